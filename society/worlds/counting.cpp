#include <credence/base/expects.h>
#include <credence/worlds/counting.h>

#include <algorithm>
#include <bit>

namespace credence {
namespace {

constexpr int kAdult = 18;

constexpr std::uint64_t bit(Happening what) {
  return std::uint64_t{1} << static_cast<unsigned>(what);
}

constexpr std::uint64_t kRefusals = bit(Happening::rental_not_afforded) |
                                    bit(Happening::loan_refused) | bit(Happening::home_refused) |
                                    bit(Happening::trip_refused) | bit(Happening::job_refused) |
                                    bit(Happening::school_refused);
// A trip and a school have no "yes" of their own, so they are missing here.
constexpr std::uint64_t kGrants = bit(Happening::rental_without_deposit) |
                                  bit(Happening::loan_granted) | bit(Happening::home_found) |
                                  bit(Happening::found_job);

// The counter of each happening that is simply counted; count_ where there is none.
constexpr auto kCounterOf = [] {
  using H = Happening;
  using C = Counter;
  std::array<Counter, static_cast<std::size_t>(H::count_)> of = {};
  of.fill(C::count_);
  constexpr std::pair<Happening, Counter> kPairs[] = {
      {H::wanted_rental, C::wanted_rental},
      {H::rental_without_deposit, C::rental_without_deposit},
      {H::rental_with_deposit, C::rental_with_deposit},
      {H::rental_not_afforded, C::rental_not_afforded},
      {H::rental_lost, C::rental_lost},
      {H::wanted_loan, C::wanted_loan},
      {H::loan_granted, C::loan_granted},
      {H::loan_refused, C::loan_refused},
      {H::defaulted, C::defaulted},
      {H::wanted_home, C::wanted_home},
      {H::home_found, C::home_found},
      {H::home_refused, C::home_refused},
      {H::moved, C::moved},
      {H::wanted_trip, C::wanted_trip},
      {H::trip_refused, C::trip_refused},
      {H::wanted_job, C::wanted_job},
      {H::found_job, C::found_job},
      {H::job_refused, C::job_refused},
      {H::wanted_school, C::wanted_school},
      {H::school_refused, C::school_refused},
      {H::critical, C::critical},
      {H::spoke, C::spoke},
      {H::praised, C::praised},
      {H::held_back, C::held_back},
      {H::volunteered, C::volunteered},
      {H::offended, C::offended},
      {H::scored, C::scored},
      {H::not_enough_data, C::not_enough_data},
      {H::sanctioned, C::sanctioned},
      {H::wrongly_sanctioned, C::wrongly_sanctioned},
      {H::hit_through_others, C::hit_through_others},
      {H::lost_friend, C::lost_friend},
      {H::gamed, C::gaming},
      {H::fault_recorded, C::faults_recorded},
      {H::fault_found, C::faults_found},
      {H::appeal_opened, C::appeals_opened},
  };
  for (auto [happening, counter] : kPairs) of[static_cast<std::size_t>(happening)] = counter;
  return of;
}();

bool barred_anywhere(const Lives& lives, std::uint32_t person) {
  return std::any_of(lives.barred[person].begin(), lives.barred[person].end(),
                     [](std::uint8_t months) { return months > 0; });
}

// Adds to a person's group and to their region.
class PersonTally {
 public:
  PersonTally(MonthTally& group, MonthTally& region) : group_(group), region_(region) {}
  void add(Counter counter, std::int64_t amount) {
    group_[counter] += amount;
    region_[counter] += amount;
  }
  void add_if(bool counted, Counter counter) {
    if (counted) add(counter, 1);
  }

 private:
  MonthTally& group_;
  MonthTally& region_;
};

void count_state(const CountedMonth& month, PersonTally& tally) {
  const Lives& lives = month.lives;
  std::uint32_t person = month.person;
  bool adult = month.population.age[person] >= kAdult;
  tally.add(Counter::people, 1);
  tally.add_if(adult, Counter::adults);
  tally.add_if(adult && lives.has(person, Mark::working), Counter::working);
  tally.add(Counter::wealth_sum, lives.wealth[person]);
  tally.add_if(lives.has(person, Mark::enrolled), Counter::enrolled);
  tally.add_if(lives.has(person, Mark::black), Counter::black);
  tally.add_if(lives.has(person, Mark::red), Counter::red);
  tally.add_if(lives.has(person, Mark::named), Counter::named);
  tally.add_if(lives.fault[person] > 0, Counter::faults_live);
  tally.add_if(lives.excluded[person] > 0, Counter::excluded);
  tally.add_if(barred_anywhere(lives, person), Counter::sanction_months);
  if (lives.chill[person] > 0) tally.add(Counter::chill_sum, lives.chill[person]);
}

void count_money(const Happenings& now, PersonTally& tally) {
  for (auto [counter, cents] : {std::pair{Counter::income_sum, now.income},
                                {Counter::deposit_paid, now.deposit_paid},
                                {Counter::deposit_saved, now.deposit_saved},
                                {Counter::rental_loss, now.rental_loss},
                                {Counter::loan_loss, now.loan_loss},
                                {Counter::loan_interest, now.loan_interest},
                                {Counter::game_spending, now.game_spending},
                                {Counter::operator_income, now.operator_income},
                                {Counter::operator_cost, now.operator_cost}}) {
    if (cents != 0) tally.add(counter, cents);
  }
}

// The answers to whoever would meet the obligation, and to whoever would not. A month holds one
// rental or one loan, so that `reliable` speaks of that one.
void count_requests(const Happenings& now, PersonTally& tally) {
  bool reliable = now.has(Happening::reliable);
  auto count = [&](Happening wanted, Happening granted) {
    if (!now.has(wanted)) return;
    tally.add(reliable ? Counter::reliable_wanted : Counter::unreliable_wanted, 1);
    tally.add_if(now.has(granted),
                 reliable ? Counter::reliable_granted : Counter::unreliable_granted);
  };
  count(Happening::wanted_rental, Happening::rental_without_deposit);
  count(Happening::wanted_loan, Happening::loan_granted);
}

// A person is on the watch list or is not, so the alerts of a month are all right or all wrong; in
// the one month in which both are marked, one is right.
void count_alerts(const Happenings& now, PersonTally& tally) {
  bool right = now.has(Happening::true_alert), wrong = now.has(Happening::false_alert);
  if (!right && !wrong) return;
  std::int64_t alerts = std::max<std::int64_t>(now.alerts, (right ? 1 : 0) + (wrong ? 1 : 0));
  std::int64_t true_alerts = !wrong ? alerts : right ? 1 : 0;
  tally.add(Counter::alerts, alerts);
  tally.add(Counter::true_alerts, true_alerts);
  tally.add(Counter::false_alerts, alerts - true_alerts);
  tally.add_if(wrong, Counter::falsely_matched);
}

void count_against_twin(const CountedMonth& month, PersonTally& tally) {
  std::uint32_t person = month.person;
  const Lives& lives = month.lives;
  std::uint64_t here = month.now.bits, there = month.now_without.bits;
  std::int64_t difference = std::int64_t{lives.wealth[person]} - month.lives_without.wealth[person];
  if (difference != 0) {
    tally.add(Counter::wealth_difference, difference);
    tally.add(difference < 0 ? Counter::poorer : Counter::richer, 1);
  }
  bool refused_only_here = (here & ~there & kRefusals) != 0;
  tally.add_if(refused_only_here, Counter::refused_only_here);
  tally.add_if((here & ~there & kGrants) != 0, Counter::granted_only_here);
  tally.add_if((there & ~here & bit(Happening::spoke)) != 0, Counter::silenced);
  tally.add_if(month.population.age[person] >= kAdult && !lives.has(person, Mark::working) &&
                   month.lives_without.has(person, Mark::working),
               Counter::workless_only_here);
  // Institutions mark a listing or a sanction that rests on a mistake; a refusal rests on one when
  // it would not have been without the programme and a fault or such a mark stands there.
  bool struck = barred_anywhere(lives, person) || lives.has(person, Mark::black);
  bool mistaken = lives.has(person, Mark::wrongly_hit);
  tally.add_if(month.now.has(Happening::wrongly_sanctioned) || (mistaken && struck) ||
                   (refused_only_here && (mistaken || lives.fault[person] > 0)),
               Counter::harmed_through_mistake);
}

}  // namespace

void ArmCounts::clear(std::size_t group_count, std::size_t region_count) {
  groups.assign(group_count, {});
  regions.assign(region_count, {});
  ended = {};
  running = {};
  appellants.clear();
}

void ArmCounts::operator+=(const ArmCounts& other) {
  for (std::size_t group = 0; group < groups.size(); ++group) groups[group] += other.groups[group];
  for (std::size_t region = 0; region < regions.size(); ++region) {
    regions[region] += other.regions[region];
  }
  for (std::size_t length = 0; length < ended.size(); ++length) {
    ended[length] += other.ended[length];
    running[length] += other.running[length];
  }
  appellants.insert(appellants.end(), other.appellants.begin(), other.appellants.end());
}

bool shut_out(const CountedMonth& month) {
  return (month.now.bits & ~month.now_without.bits & kRefusals) != 0 ||
         month.lives.has(month.person, Mark::black) || barred_anywhere(month.lives, month.person);
}

SpellStep advance_spell(Lives& lives, std::uint32_t person, bool shut_out) {
  std::uint8_t& length = lives.excluded[person];
  SpellStep step;
  if (shut_out) {
    step.begun = length == 0;
    if (length < UINT8_MAX) ++length;
  } else {
    step.ended = length;
    length = 0;
  }
  return step;
}

void count_month(const CountedMonth& month, const SpellStep& spell, ArmCounts& counts) {
  std::uint8_t group = month.population.of(Trait::group, month.person);
  std::uint8_t region = month.lives.region[month.person];
  expects(group < counts.groups.size() && region < counts.regions.size(),
          "count_month: a group or region that the world has not");
  PersonTally tally(counts.groups[group], counts.regions[region]);
  count_state(month, tally);
  count_money(month.now, tally);
  for (std::uint64_t left = month.now.bits; left != 0; left &= left - 1) {
    Counter counter = kCounterOf[static_cast<std::size_t>(std::countr_zero(left))];
    if (counter != Counter::count_) tally.add(counter, 1);
  }
  if (month.now.has(Happening::scored) && month.lives.points[month.person] != kNoPoints) {
    tally.add(Counter::points_sum, month.lives.points[month.person]);
  }
  tally.add_if((month.now.bits & kRefusals) != 0, Counter::refused);
  count_requests(month.now, tally);
  count_alerts(month.now, tally);
  count_against_twin(month, tally);

  tally.add_if(spell.begun, Counter::spells_begun);
  auto place = [](std::uint8_t length) {
    return std::min<std::size_t>(length, kLongestCountedSpell + 1);
  };
  if (spell.ended > 0) {
    tally.add(Counter::spells_ended, 1);
    tally.add(Counter::spell_months, spell.ended);
    ++counts.ended[place(spell.ended)];
  }
  if (std::uint8_t length = month.lives.excluded[month.person]; length > 0) {
    ++counts.running[place(length)];
  }
  if (month.lives.appeal[month.person] > 0) counts.appellants.push_back(month.person);
}

}  // namespace credence
