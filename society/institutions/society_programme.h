#pragma once

#include <credence/base/finding.h>
#include <credence/engine/engine.h>
#include <credence/people/lives.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// A programme as the society runs it: its lawful part, which is held against the charter and then
// run by the same engine as for real people, and what its [society.*] sections add, which no engine
// and no service of Credence takes. docs/formats/society-programme.md tells the sections.
//
// The lawful part is the file without its [society.*] sections. Where the charter refuses that part
// too, the society does not run it: what is beyond the charter is said in [society.*] or not at
// all. A file without [[source]] has no lawful part: nobody is scored by the engine.

// A deed that constructs beyond the charter count. The list is closed: the rules of life make them.
enum class CountedDeed : std::uint8_t {
  late_bill,
  unpaid_bill,
  default_on_loan,
  lost_rental,
  settled_rental,
  offence,
  camera_offence,
  criticism,
  praise,
  volunteering,
  gaming
};
inline constexpr std::size_t kCountedDeeds = 11;
std::string_view name_of(CountedDeed deed);  // "late-bill", ...

struct PointsConstruct {  // [society.points]
  enum class From { engine, start } from = From::start;
  int start = 1000;                // where everybody begins, when not from the engine
  int lowest = 0, highest = 2000;  // the sum is held inside
  int decay_months = 0;            // own points return to 0 in equal steps; 0: never (A11)
};
struct DeedRule {  // [[society.rule]]
  CountedDeed deed = CountedDeed::late_bill;
  int points = 0;
  Text title;
};
struct SocietyTier {  // [[society.tier]]; else the programme's own tiers
  int from = 0;
  Text name;
};
struct CamerasConstruct {       // [society.cameras]                         A01
  double coverage = 0;          // share of places, times the region's policing
  double detection = 0;         // of an offence under a camera
  double scans_per_month = 30;  // faces of one person compared
};
struct MatcherConstruct {             // [society.matcher]                         A01
  double false_match = 1.0 / 60'000;  // per scan against the watch list
  double false_non_match = 0.11;
  std::vector<double> false_match_times;  // by group category; 1 where shorter
  std::vector<double> false_non_match_times;
  double watch_list_share = 0.001;  // of people
};
struct LoyaltyConstruct {         // [society.loyalty]                         A05
  double monitored = 0;           // share of what is said that is read
  int criticism = 0, praise = 0;  // points
};
struct FriendsConstruct {  // [society.friends]                         A04
  double weight = 0;       // own total moves towards the mean of friends by this share
  bool household = false;  // a listed relative bars the household too
};
struct ListRule {  // [[society.list]]                          A10
  enum class Colour { black, red } colour = Colour::black;
  std::optional<int> below, from;  // points
  bool on_default = false;         // a defaulted loan lists at once
  int months = 12;                 // at least; 0: for ever (A11)
};
struct SocietySanction {  // [[society.sanction]]                      A09, A10
  Sphere sphere = Sphere::travel;
  std::optional<int> below;  // points
  bool black_list = false;
  bool on_alert = false;  // an alert of the matcher is enough
  int months = 12;
  Text title;
};
struct RewardRule {  // [[society.reward]]: red list or points open what others wait for
  Sphere sphere = Sphere::rental;
  int from = 0;
  Text title;
};
struct PublicationConstruct {  // [society.publication]                     A10
  bool black_list = false, red_list = false;
  double stigma = 0;  // share of ties that shun a named person, a month
};
struct ReviewersConstruct {       // [society.reviewers]                       A18, A19
  double cases_per_thousand = 2;  // people, a month
  double right = 0.8;             // share of justified appeals that they see to be justified
  double wrong = 0.02;            // share of unjustified ones that they grant
  bool freeze = true;             // what is contested does not count meanwhile (A19)
};
struct EnrolmentConstruct {  // [society.enrolment]                       A13
  bool compulsory = false;
  double share = 0.6;  // of adults who say yes when asked (within a year)
};
struct AwarenessConstruct {  // [society.awareness]
  double share = 0.11;       // who know of the programme after a year
};
struct RecordFaults {   // [society.record]
  double share = 0.13;  // of people a year whose record gains a fault that moves the score
  bool contested_counts = false;  // the fault counts while contested
};

struct Constructs {
  std::optional<PointsConstruct> points;
  std::vector<DeedRule> rules;
  std::vector<SocietyTier> tiers;
  std::optional<CamerasConstruct> cameras;
  std::optional<MatcherConstruct> matcher;
  std::optional<LoyaltyConstruct> loyalty;
  std::optional<FriendsConstruct> friends;
  std::vector<ListRule> lists;
  std::vector<SocietySanction> sanctions;
  std::vector<RewardRule> rewards;
  std::optional<PublicationConstruct> publication;
  ReviewersConstruct reviewers;
  EnrolmentConstruct enrolment;
  AwarenessConstruct awareness;
  RecordFaults record;
  std::vector<std::string> sections;  // those that the file has, "society.cameras", in its order
};

struct SocietyProgramme {
  std::string id;  // of the file; unique among the programmes of a run
  Text title;
  std::string text;  // the whole file, for the report
  std::string card_text;
  std::optional<Engine> engine;  // the lawful part
  Constructs constructs;

  bool scores() const { return engine.has_value() || constructs.points.has_value(); }
};

// Findings: S-codes for the sections, the programme's and the charter's own for the lawful part,
// the card's; all point into the texts they come from. The programme is there when none is an
// error.
struct ReadSocietyProgramme {
  std::optional<SocietyProgramme> programme;
  Findings findings;       // into `text`
  Findings card_findings;  // into `card_text`
};
// The card's file name that the lawful part asks for; nothing when it has no lawful part or cannot
// be read. (Files are the caller's business.)
std::optional<std::string> card_file_of(std::string_view text, const std::string& file);
ReadSocietyProgramme read_society_programme(std::string_view text, const std::string& file,
                                            std::string_view card_text,
                                            const std::string& card_file);
// Life without any programme: the arm that every other is held against.
SocietyProgramme no_programme();

// `text` with every line of its [society.*] sections emptied: the lawful part, line for line.
std::string lawful_part(std::string_view text, const std::string& file);

// What a rule of the format demands and why, for `credence explain S003`.
std::optional<Text> explain_society_code(std::string_view code);

// What people feel of it.
Climate climate_of(const SocietyProgramme& programme);

}  // namespace credence
