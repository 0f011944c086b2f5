#include <credence/institutions/parts.h>
#include <credence/people/living_habits.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace credence {

const RuleDescription& operator_rule() {
  static const RuleDescription rule{
      .id = "operator",
      .actor = "operator",
      .name = {"The operator enrols and scores", "L'opérateur inscrit et note"},
      .what =
          {"Adults are asked once, some time within a year, and a share agrees; a compulsory "
           "programme asks nobody. Each month the engine answers its questions from the facts of "
           "whoever is in it. Now and then a bill stands on a record as unpaid though it was not; "
           "while that is contested, it counts only if the programme lets it. Where there are "
           "points beyond the engine's, they are added to the engine's or to a start, held inside "
           "their limits, and moved towards the mean of friends as far as friends count. The "
           "operator earns a fee with each deposit that is saved and pays for scores and cases.",
           "Les adultes sont sollicités une fois dans l'année, et une part accepte ; un programme "
           "obligatoire ne demande rien. Chaque mois, le moteur répond à ses questions d'après les "
           "faits des membres. Parfois une facture figure comme impayée alors qu'elle ne l'est "
           "pas ; contestée, elle ne compte que si le programme le veut. Les points ajoutés hors "
           "du moteur s'ajoutent aux siens ou à un départ, restent dans leurs bornes, et glissent "
           "vers la moyenne des amis autant que ceux-ci comptent. L'opérateur touche des frais "
           "pour chaque caution évitée et paie les notes et les recours."},
      .source =
          "faults: Federal Trade Commission (2012), 13% of people have one that moves the "
          "score; contested record facts: the programme; costs invented",
      .parameters = {{"fee",
                      3,
                      0,
                      10,
                      "EUR",
                      {"Income from a deposit saved", "Revenu d'une caution évitée"},
                      "invented"},
                     {"cost-of-score",
                      0.02,
                      0,
                      0.5,
                      "EUR a month",
                      {"Cost of scoring a person", "Coût d'une note"},
                      "invented"},
                     {"cost-of-case",
                      40,
                      10,
                      150,
                      "EUR",
                      {"Cost of hearing an appeal", "Coût d'un recours"},
                      "invented"}}};
  return rule;
}

OperatorTerms operator_terms(const ParameterValues& values) {
  auto cents = [&values](std::string_view name) { return whole_cents(values.at(name) * 100); };
  return {.fee = cents("operator.fee"),
          .cost_of_score = cents("operator.cost-of-score"),
          .cost_of_case = cents("operator.cost-of-case")};
}

void ask_to_enrol(const ProgrammeInForce& force, LifeMonth& month) {
  std::uint32_t person = month.person;
  bool may = force.programme->scores() && !month.lives.has(person, Mark::enrolled) &&
             month.population.age[person] >= force.min_age;
  if (!may) return;
  const EnrolmentConstruct& enrolment = force.constructs().enrolment;
  if (!enrolment.compulsory) {
    auto luck = month.draws.uniforms(person, 0, Purpose::enrolment_asked);
    bool asked_now = static_cast<std::uint32_t>(luck[1] * 12) == month.month % 12;
    if (!asked_now || luck[0] >= enrolment.share) return;
    // Whoever agreed was told what to.
    month.lives.put(person, Mark::aware, true);
  }
  month.lives.put(person, Mark::enrolled, true);
  month.now.add(Happening::enrolled_now);
}

void record_faults(const ProgrammeInForce& force, LifeMonth& month) {
  std::uint8_t& fault = month.lives.fault[month.person];
  if (fault > 0) {
    fault = fault < kRecordMonths ? static_cast<std::uint8_t>(fault + 1) : std::uint8_t{0};
    return;
  }
  bool recorded =
      month.draws.chance(force.fault_chance, month.person, month.month, Purpose::record_fault);
  if (!recorded) return;
  fault = 1;
  month.now.add(Happening::fault_recorded);
}

void open_desk(const ProgrammeInForce& force, InstitutionDesk& desk, std::uint32_t month,
               Date start) {
  RecordCalendar calendar = record_calendar(month, start);
  if (desk.opened && desk.calendar == calendar) return;
  desk.calendar = calendar;
  desk.opened = true;
  // Fact 0 published the programme, fact 1 enrolled the person; consents are renewed in time.
  const Programme& programme = *force.programme->engine->programme();
  Consents consents;
  std::uint64_t index = 2;
  for (const ConsentTerm& term : programme.consents) {
    Date given = calendar.starts[kRecordMonths];
    if (add(given, term.expiry) <= calendar.last_day()) given = calendar.last_day();
    consents.add({.index = index++,
                  .purpose = term.purpose,
                  .source = term.source,
                  .recipient = term.recipient,
                  .granted = given,
                  .expires = add(given, term.expiry),
                  .withdrawn_by = {},
                  .withdrawn = {}});
  }
  desk.dossier.consents = std::move(consents);
  desk.first_index = index;
}

namespace {

bool is_frozen(const ProgrammeInForce& force, const Lives& lives, std::uint32_t person) {
  const Constructs& constructs = force.constructs();
  return lives.appeal[person] > 0 && constructs.reviewers.freeze &&
         !constructs.record.contested_counts;
}

}  // namespace

const Dossier& read_record(const ProgrammeInForce& force, const Population& population,
                           const Lives& lives, const KeyedDraws& draws, std::uint32_t person,
                           std::uint8_t code, InstitutionDesk& desk) {
  Dossier& dossier = desk.dossier;
  dossier.events.clear();
  dossier.disputes.clear();
  double share = force.income_share[static_cast<std::size_t>(population.work(person))];
  PersonalRecord record{.person = person,
                        .income = whole_cents(population.wage[person] * share),
                        .ring = &lives.record[person],
                        .this_month = code,
                        .fault = lives.fault[person]};
  std::optional<std::uint64_t> faulty;
  std::uint64_t end = force.recorder->expand(record, desk.calendar, draws, desk.first_index,
                                             dossier.events, faulty);
  if (faulty && is_frozen(force, lives, person)) {
    Dispute dispute;
    dispute.index = end;
    dispute.record = *faulty;
    dispute.opened = desk.calendar.last_day();
    dossier.disputes.push_back(std::move(dispute));
  }
  return dossier;
}

namespace {

// The engine's points of a person, or that too little is known.
std::optional<int> engine_points(const ProgrammeInForce& force, const LifeMonth& month,
                                 InstitutionDesk& desk, Date start) {
  open_desk(force, desk, month.month, start);
  const Dossier& dossier = read_record(force, month.population, month.lives, month.draws,
                                       month.person, month.recorded.code(), desk);
  std::uint64_t known = desk.first_index + dossier.events.size() + dossier.disputes.size();
  AsOf as_of{.date = desk.calendar.last_day(),
             .known = known,
             .asked = desk.calendar.last_day() + std::chrono::hours{23}};
  Assessment assessment = force.programme->engine->assess(dossier, as_of);
  const Score* score = assessment.score();
  return score == nullptr ? std::nullopt : std::optional{score->total};
}

// How far the mean of friends' points, as seen last month, moves one's own.
int pull_of_friends(const FriendsConstruct& friends, const LifeMonth& month, int own) {
  std::int64_t sum = 0, scored = 0;
  for (std::uint32_t friend_of : month.network.of(TieLayer::friends).of(month.person)) {
    std::int16_t points = month.seen.points[friend_of];
    if (points == kNoPoints) continue;
    sum += points;
    ++scored;
  }
  if (scored == 0) return 0;
  double mean = static_cast<double>(sum) / static_cast<double>(scored);
  return static_cast<int>(std::floor(friends.weight * (mean - own) + 0.5));
}

// Whether going from `from` down to `to` costs a tier, a benefit, or the safety from a list.
bool costs_a_step(const ProgrammeInForce& force, int from, int to) {
  return std::ranges::any_of(force.steps, [=](int step) { return to < step && step <= from; });
}

int held_inside(const ProgrammeInForce& force, int points) {
  if (const auto& limits = force.constructs().points) {
    return std::clamp(points, limits->lowest, std::max(limits->lowest, limits->highest));
  }
  if (force.programme->engine) {
    const Programme& programme = *force.programme->engine->programme();
    return std::clamp(points, programme.lowest, programme.highest);
  }
  return points;
}

int with_friends(const ProgrammeInForce& force, const LifeMonth& month, int own) {
  const auto& friends = force.constructs().friends;
  if (!friends || friends->weight <= 0) return own;
  return held_inside(force, own + pull_of_friends(*friends, month, own));
}

// A fault of a record that no engine reads costs what a late bill costs.
int points_of_fault(const ProgrammeInForce& force, const LifeMonth& month) {
  if (force.engine_gives_points() || month.lives.fault[month.person] == 0) return 0;
  if (is_frozen(force, month.lives, month.person)) return 0;
  return force.deed_points[static_cast<std::size_t>(CountedDeed::late_bill)];
}

// What a person's own record and deeds amount to.
std::optional<int> own_sum(const ProgrammeInForce& force, const LifeMonth& month,
                           InstitutionDesk& desk, Date start) {
  std::optional<int> sum = force.engine_gives_points()
                               ? engine_points(force, month, desk, start)
                               : std::optional{force.constructs().points->start};
  if (!sum || !force.counts_own_points()) return sum;
  int added = month.lives.own_points[month.person] + points_of_fault(force, month);
  return held_inside(force, *sum + added);
}

int held_in_column(int points) {
  return std::clamp(points, -30'000, 30'000);
}

// How many of the points there would not be without the fault that stands on the record. It is only
// asked where it may decide about a punishment.
int through_fault(const ProgrammeInForce& force, LifeMonth& month, InstitutionDesk& desk,
                  Date start, int points) {
  std::uint8_t& fault = month.lives.fault[month.person];
  bool asked = fault > 0 && force.punished_below && points < *force.punished_below &&
               !is_frozen(force, month.lives, month.person);
  if (!asked) return 0;
  std::uint8_t stands = std::exchange(fault, std::uint8_t{0});
  std::optional<int> without = own_sum(force, month, desk, start);
  fault = stands;
  // Without the fault too little would be known to score, hence to punish.
  if (!without) return points - *force.punished_below;
  return points - held_in_column(with_friends(force, month, *without));
}

}  // namespace

void give_points(const ProgrammeInForce& force, const OperatorTerms& terms, LifeMonth& month,
                 InstitutionDesk& desk, Date start) {
  std::uint32_t person = month.person;
  bool counts = month.lives.has(person, Mark::enrolled) && force.programme->scores();
  if (!counts) return;
  record_faults(force, month);
  month.now.operator_cost += terms.cost_of_score;
  std::optional<int> own = own_sum(force, month, desk, start);
  month.now.add(own ? Happening::scored : Happening::not_enough_data);
  if (!own) {
    month.lives.points[person] = kNoPoints;
    return;
  }
  int total = with_friends(force, month, *own);
  month.now.points_through_others = static_cast<std::int16_t>(total - *own);
  if (costs_a_step(force, *own, total)) month.now.add(Happening::hit_through_others);
  int points = held_in_column(total);
  month.lives.points[person] = static_cast<std::int16_t>(points);
  int faulty = through_fault(force, month, desk, start, points);
  month.now.points_through_fault = static_cast<std::int16_t>(std::clamp(faulty, -32'000, 32'000));
}

bool is_rewarded(const ProgrammeInForce& force, const LifeMonth& month, Sphere sphere) {
  std::int16_t points = month.lives.points[month.person];
  return std::ranges::any_of(force.constructs().rewards, [&](const RewardRule& reward) {
    bool earned = points != kNoPoints && points >= reward.from;
    return reward.sphere == sphere && (earned || month.lives.has(month.person, Mark::red));
  });
}

namespace {

// What the engine decides on: the points that it issued this month, moved by what the programme
// adds to them, or its own where the programme's points are none of its.
Assessment assessment_for(const ProgrammeInForce& force, const LifeMonth& month,
                          InstitutionDesk& desk, Date start) {
  std::optional<int> points;
  if (!force.engine_gives_points()) {
    points = engine_points(force, month, desk, start);
  } else if (month.lives.points[month.person] != kNoPoints) {
    points = month.lives.points[month.person];
  }
  Assessment assessment;
  assessment.outcome = NotEnoughData{};
  if (points) assessment.outcome = Score{.total = *points, .base = *points, .terms = {}};
  return assessment;
}

}  // namespace

std::optional<DecisionOutcome> ask_engine(const ProgrammeInForce& force, LifeMonth& month,
                                          InstitutionDesk& desk, Date start, const Asked& asked) {
  const Benefit* benefit = force.benefits[static_cast<std::size_t>(asked.sphere)];
  if (benefit == nullptr || !month.lives.has(month.person, Mark::enrolled)) return std::nullopt;
  open_desk(force, desk, month.month, start);
  Order order{.reference = "asked in person",
              .benefit = benefit->id,
              .recipient = std::string{kOperator},
              .amount = {},
              .date = desk.calendar.last_day(),
              .affordability = {}};
  if (asked.affordable) order.affordability = Affordability{"own", *asked.affordable};
  // No record is written, so nobody will ask for the trace of this decision.
  Result<Decision> decision =
      decide(assessment_for(force, month, desk, start), force.programme->engine->programme(),
             Hash{}, desk.dossier, order);
  if (!decision) return std::nullopt;
  return decision->outcome();
}

}  // namespace credence
