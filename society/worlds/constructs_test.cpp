#include <credence/worlds/village.h>
#include <doctest/doctest.h>

#include <set>

using namespace credence;

namespace {

using Counters = std::set<Counter>;

Counters operator+(Counters one, const Counters& other) {
  one.insert(other.begin(), other.end());
  return one;
}

// What moves with points that lead nowhere.
const Counters kScoring = {Counter::enrolled, Counter::scored, Counter::points_sum,
                           Counter::operator_cost};
const Counters kAlerts = {Counter::alerts, Counter::true_alerts, Counter::false_alerts,
                          Counter::falsely_matched};
const Counters kExclusion = {Counter::excluded, Counter::spells_begun, Counter::spells_ended,
                             Counter::spell_months, Counter::harmed_through_mistake};
const Counters kSanctions = {Counter::sanctioned, Counter::wrongly_sanctioned,
                             Counter::sanction_months};
const Counters kAppeals = {Counter::appeals_opened,  Counter::appeals_won,
                           Counter::appeals_lost,    Counter::appeals_justified,
                           Counter::appeals_waiting, Counter::waiting_months};
const Counters kSpeech = {Counter::spoke, Counter::held_back, Counter::praised, Counter::chill_sum,
                          Counter::silenced};
// What more or less money on the account moves in turn.
const Counters kMoney = {Counter::wealth_sum,
                         Counter::wealth_difference,
                         Counter::poorer,
                         Counter::richer,
                         Counter::rental_without_deposit,
                         Counter::rental_with_deposit,
                         Counter::rental_not_afforded,
                         Counter::rental_lost,
                         Counter::rental_loss,
                         Counter::deposit_saved,
                         Counter::deposit_paid,
                         Counter::wanted_loan,
                         Counter::loan_granted,
                         Counter::loan_refused,
                         Counter::loan_interest,
                         Counter::loan_loss,
                         Counter::defaulted,
                         Counter::refused,
                         Counter::refused_only_here,
                         Counter::granted_only_here,
                         Counter::reliable_wanted,
                         Counter::reliable_granted,
                         Counter::unreliable_wanted,
                         Counter::unreliable_granted,
                         Counter::operator_income};
const Counters kShunned = {
    Counter::named,       Counter::lost_friend,  Counter::wanted_job, Counter::found_job,
    Counter::job_refused, Counter::working,      Counter::income_sum, Counter::workless_only_here,
    Counter::home_found,  Counter::home_refused, Counter::moved};

// Points that everybody has, and nothing that could change them.
SocietyProgramme points_alone() {
  SocietyProgramme programme;
  programme.id = programme.text = "one construct";
  programme.constructs.points = PointsConstruct{};
  programme.constructs.enrolment.compulsory = true;
  programme.constructs.awareness.share = 0.9;
  programme.constructs.record.share = 0;
  programme.constructs.sections = {"society.points"};
  return programme;
}

// Lives the village under the programme: `moved` must differ from life without it, and nothing
// outside `may_move`.
void check_moves(const SocietyProgramme& programme, const Counters& moved,
                 const Counters& may_move) {
  World world = village(2000, 2, 10);
  std::vector<SocietyProgramme> programmes = {programme};
  Crew crew(1);
  Society society = society_of(world, programmes, crew);
  live_all(society, crew);
  MonthTally without = total_of(society, 0), with = total_of(society, 1);
  for (std::size_t number = 0; number < kCounters; ++number) {
    auto counter = static_cast<Counter>(number);
    CAPTURE(name_of(counter));
    if (moved.contains(counter)) CHECK(with[counter] != without[counter]);
    if (!moved.contains(counter) && !may_move.contains(counter)) {
      CHECK(with[counter] == without[counter]);
    }
  }
}

DeedRule rule_for(CountedDeed deed, int points) {
  return {.deed = deed, .points = points, .title = {}};
}

}  // namespace

TEST_CASE("constructs: awareness, reviewers and enrolment alone move nothing") {
  SocietyProgramme programme = points_alone();
  programme.constructs.points.reset();
  check_moves(programme, {}, {});
}

TEST_CASE("constructs: points and deeds that lead nowhere are counted and move nothing else") {
  SocietyProgramme programme = points_alone();
  check_moves(programme, kScoring, {});
  programme.constructs.rules = {rule_for(CountedDeed::late_bill, -40),
                                rule_for(CountedDeed::offence, -40)};
  check_moves(programme, kScoring, {});
}

TEST_CASE("constructs: faults of a record are contested, and move nothing else") {
  SocietyProgramme programme = points_alone();
  programme.constructs.record.share = 0.5;
  check_moves(programme,
              kScoring + Counters{Counter::faults_recorded, Counter::faults_live,
                                  Counter::faults_found, Counter::appeals_opened},
              kAppeals);
}

TEST_CASE("constructs: loyalty moves speech alone") {
  SocietyProgramme programme = points_alone();
  programme.constructs.loyalty = LoyaltyConstruct{0.8, -300, 300};
  check_moves(programme, kScoring + kSpeech, {});
}

TEST_CASE("constructs: cameras deter offences, and a matcher alone only alerts") {
  SocietyProgramme programme = points_alone();
  programme.constructs.cameras = CamerasConstruct{1, 1, 30};
  check_moves(programme, kScoring + Counters{Counter::offended}, {});
  programme.constructs.matcher = MatcherConstruct{1.0 / 2000, 0.11, {1, 10}, {1, 1}, 0.01};
  check_moves(programme, kScoring + kAlerts + Counters{Counter::offended}, {});
  programme.constructs.points.reset();
  check_moves(programme, kAlerts + Counters{Counter::offended}, {});
}

TEST_CASE("constructs: volunteering that pays is done more often") {
  SocietyProgramme programme = points_alone();
  programme.constructs.rules = {rule_for(CountedDeed::volunteering, 100)};
  check_moves(programme, kScoring + Counters{Counter::volunteered}, {});
}

TEST_CASE("constructs: friends' points pull and part friends, and move nothing else") {
  SocietyProgramme programme = points_alone();
  programme.constructs.rules = {rule_for(CountedDeed::late_bill, -200)};
  programme.constructs.tiers = {{0, {"D", "D"}}, {900, {"A", "A"}}};
  programme.constructs.friends = FriendsConstruct{0.5, true};
  check_moves(programme, kScoring + Counters{Counter::hit_through_others, Counter::lost_friend},
              {});
}

TEST_CASE("constructs: a list alone lists, and its publication shuns") {
  SocietyProgramme programme = points_alone();
  programme.constructs.rules = {rule_for(CountedDeed::late_bill, -200)};
  programme.constructs.lists = {{ListRule::Colour::black, 900, {}, false, 4},
                                {ListRule::Colour::red, {}, 1000, false, 4}};
  Counters listed = {Counter::black, Counter::red, Counter::excluded, Counter::spells_begun};
  check_moves(programme, kScoring + listed, kExclusion + kAppeals);
  programme.constructs.publication = PublicationConstruct{true, true, 0.2};
  check_moves(
      programme,
      kScoring + listed + Counters{Counter::named, Counter::lost_friend, Counter::job_refused},
      kExclusion + kAppeals + kShunned + kMoney);
}

TEST_CASE("constructs: a sanction closes its own sphere and no other") {
  struct Closed {
    Sphere sphere;
    Counters moved, may_move;
  };
  const Counters ways = kScoring + kExclusion + kSanctions + kAppeals;
  for (const Closed& closed : std::vector<Closed>{
           {Sphere::travel, {Counter::trip_refused, Counter::richer}, kMoney},
           {Sphere::speech, {Counter::held_back, Counter::silenced}, {Counter::spoke}},
           {Sphere::school,
            {Counter::school_refused},
            {Counter::refused, Counter::refused_only_here, Counter::hit_through_others}},
           {Sphere::housing,
            {Counter::home_refused},
            kMoney + Counters{Counter::home_found, Counter::moved}},
           {Sphere::credit, {Counter::loan_refused}, kMoney},
           {Sphere::rental, {Counter::rental_not_afforded}, kMoney},
           {Sphere::work,
            {Counter::job_refused, Counter::workless_only_here},
            kShunned + kMoney}}) {
    CAPTURE(name_of(closed.sphere));
    SocietyProgramme programme = points_alone();
    programme.constructs.rules = {rule_for(CountedDeed::late_bill, -200)};
    programme.constructs.sanctions = {{closed.sphere, 900, false, false, 3, {}}};
    check_moves(
        programme, closed.moved + Counters{Counter::sanctioned, Counter::excluded},
        ways + closed.may_move + Counters{Counter::gaming, Counter::game_spending} + kMoney);
  }
}

TEST_CASE("constructs: a reward opens its sphere, and money alone follows from it") {
  SocietyProgramme programme = points_alone();
  programme.constructs.rewards = {{Sphere::rental, 1000, {}}};
  check_moves(programme,
              kScoring + Counters{Counter::rental_without_deposit, Counter::deposit_saved,
                                  Counter::granted_only_here, Counter::operator_income},
              kMoney);
}
