#pragma once

#include <credence/institutions/institutions.h>
#include <credence/institutions/life_events.h>

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace credence {

// What the institutions share: the programme in force, taken apart once, and their own terms. Each
// institution's file holds its description, how its terms are read, and what it does in a month.

// A programme, read for use month by month.
struct ProgrammeInForce {
  const SocietyProgramme* programme = nullptr;
  std::optional<LifeRecorder> recorder;                // of the lawful part
  std::array<const Benefit*, kSpheres> benefits = {};  // of the lawful part, by what they open
  std::vector<std::pair<int, Text>> tiers;             // rising
  std::vector<int> steps;                              // points at which something changes, rising
  std::array<int, kCountedDeeds> deed_points = {};     // by CountedDeed
  std::optional<int> punished_below;  // the highest line below which a list or a sanction waits
  int decay = 0;                      // points a month
  // Usual regular income against the wage, by WorkStatus: pension, stipend, ...
  std::array<double, 6> income_share = {1, 1, 1, 1, 1, 1};
  double fault_chance = 0;  // of a new record fault, a month
  int min_age = 18;

  const Constructs& constructs() const { return programme->constructs; }
  bool counts_own_points() const { return constructs().points.has_value(); }
  // The engine's points are the base of the sum, or there is no other sum.
  bool engine_gives_points() const {
    return programme->engine.has_value() &&
           (!counts_own_points() || constructs().points->from == PointsConstruct::From::engine);
  }
};
ProgrammeInForce programme_in_force(const SocietyProgramme& programme,
                                    const ParameterValues& values);

// What an arm sees by machine: chances of one month, by group and region.
struct WatchTables {
  std::size_t regions = 1;
  std::vector<double> covered;      // by region: share of places under cameras
  std::vector<double> false_alert;  // by group x region: at least one in a month
  std::vector<double> true_alert;   // by group: of somebody on the watch list
};

struct PoliceTerms {
  double noticed = 0;
};
struct OperatorTerms {
  std::int32_t fee = 0, cost_of_score = 0, cost_of_case = 0;
};
struct PlatformTerms {
  std::int32_t deposit = 0;
};
struct BankTerms {
  double income = 0, missed = 0, human_grants = 0;
};
struct LandlordTerms {
  double rent = 0, times = 0, named_refused = 0;
};
struct EmployerTerms {
  double named_refused = 0;
};
struct CityTerms {
  double volunteering_seen = 0;
};

struct Institutions::Parts {
  ProgrammeInForce force;
  WatchTables watch;
  PoliceTerms police;
  OperatorTerms operator_terms;
  PlatformTerms platform;
  BankTerms bank;
  LandlordTerms landlord;
  EmployerTerms employer;
  CityTerms city;
};

// Scratch space of a worker. The consents are those of one month, alike for everybody, so they are
// written once a month.
struct InstitutionDesk {
  Dossier dossier;
  Consents consents;
  RecordCalendar calendar;
  bool opened = false;
  std::uint64_t first_index = 0;  // of a person's events
};

const RuleDescription& operator_rule();
const RuleDescription& lists_rule();
const RuleDescription& police_rule();
const RuleDescription& city_rule();
const RuleDescription& platform_rule();
const RuleDescription& bank_rule();
const RuleDescription& landlord_rule();
const RuleDescription& employer_rule();
const RuleDescription& school_rule();
const RuleDescription& board_rule();

OperatorTerms operator_terms(const ParameterValues& values);
PoliceTerms police_terms(const ParameterValues& values);
CityTerms city_terms(const ParameterValues& values);
PlatformTerms platform_terms(const ParameterValues& values);
BankTerms bank_terms(const ParameterValues& values);
LandlordTerms landlord_terms(const ParameterValues& values);
EmployerTerms employer_terms(const ParameterValues& values);

// Police.
WatchTables watch_tables(const Constructs& constructs, const PopulationPlan& plan);
bool is_on_watch_list(const MatcherConstruct& matcher, const KeyedDraws& draws,
                      std::uint32_t person);
void look_for_faces(const ProgrammeInForce& force, const WatchTables& tables, LifeMonth& month);
bool offence_noticed(const PoliceTerms& terms, LifeMonth& month);
bool offence_filmed(const Constructs& constructs, const WatchTables& tables, LifeMonth& month);
// City.
void count_deeds(const Institutions::Parts& parts, LifeMonth& month);
void answer_trip(LifeMonth& month);
// Operator.
void ask_to_enrol(const ProgrammeInForce& force, LifeMonth& month);
void record_faults(const ProgrammeInForce& force, LifeMonth& month);
void give_points(const ProgrammeInForce& force, const OperatorTerms& terms, LifeMonth& month,
                 InstitutionDesk& desk, Date start);
// The dossier lies in the desk until the next call. `code`: what the month left so far.
const Dossier& read_record(const ProgrammeInForce& force, const Population& population,
                           const Lives& lives, const KeyedDraws& draws, std::uint32_t person,
                           std::uint8_t code, InstitutionDesk& desk);
void open_desk(const ProgrammeInForce& force, InstitutionDesk& desk, std::uint32_t month,
               Date start);
// Whether points or the red list open what others wait for.
bool is_rewarded(const ProgrammeInForce& force, const LifeMonth& month, Sphere sphere);
// The engine's answer to an order of the benefit that opens `sphere`; nothing when there is none or
// the person is not enrolled.
struct Asked {
  Sphere sphere = Sphere::rental;
  std::optional<bool> affordable = {};
};
std::optional<DecisionOutcome> ask_engine(const ProgrammeInForce& force, LifeMonth& month,
                                          InstitutionDesk& desk, Date start, const Asked& asked);
// Lists.
void count_down(LifeMonth& month);
// The mark of a mistake goes with the last listing or sanction that could rest on it.
void forget_mistakes(LifeMonth& month);
void decay_points(const ProgrammeInForce& force, LifeMonth& month);
void keep_lists(const ProgrammeInForce& force, LifeMonth& month);
void impose(const ProgrammeInForce& force, LifeMonth& month);
bool is_barred(const LifeMonth& month, Sphere sphere);
// Others.
void answer_job(const EmployerTerms& terms, LifeMonth& month);
void answer_rental(const Institutions::Parts& parts, LifeMonth& month, InstitutionDesk& desk,
                   Date start);
void answer_loan(const Institutions::Parts& parts, LifeMonth& month, InstitutionDesk& desk,
                 Date start);
void answer_home(const Institutions::Parts& parts, LifeMonth& month);
void answer_school(const ProgrammeInForce& force, LifeMonth& month);

// How many cases a board of this rate has heard by the end of `month` of them; the difference of
// two months is what it hears in one, so that small places are heard as well.
std::uint64_t heard_until(double cases_per_thousand, std::size_t people, std::uint32_t months);

}  // namespace credence
