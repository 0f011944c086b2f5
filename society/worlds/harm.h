#pragma once

#include <credence/base/text.h>
#include <credence/people/lives.h>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace credence {

// What is counted each month for each group. Whole numbers, so that sums do not depend on order.
enum class Counter : std::uint8_t {
  people,
  adults,
  enrolled,
  scored,
  not_enough_data,
  points_sum,
  working,
  wealth_sum,
  income_sum,
  wanted_rental,
  rental_without_deposit,
  rental_with_deposit,
  rental_not_afforded,
  rental_lost,
  deposit_saved,
  deposit_paid,
  rental_loss,
  wanted_loan,
  loan_granted,
  loan_refused,
  defaulted,
  loan_loss,
  loan_interest,
  wanted_home,
  home_found,
  home_refused,
  moved,
  wanted_trip,
  trip_refused,
  wanted_job,
  found_job,
  job_refused,
  wanted_school,
  school_refused,
  refused,   // person-months with a no of any kind
  excluded,  // person-months in a spell of exclusion
  spells_begun,
  spells_ended,
  spell_months,  // months of those that ended
  reliable_wanted,
  reliable_granted,  // who would have met it: true-positive rate
  unreliable_wanted,
  unreliable_granted,  // who would not: false-positive rate
  alerts,
  true_alerts,
  false_alerts,
  falsely_matched,  // the last: people
  sanctioned,
  wrongly_sanctioned,
  sanction_months,
  black,
  red,
  named,
  critical,
  spoke,
  held_back,
  praised,
  chill_sum,
  volunteered,
  offended,
  gaming,
  game_spending,
  hit_through_others,
  lost_friend,
  faults_live,
  faults_recorded,
  faults_found,
  appeals_opened,
  appeals_won,
  appeals_lost,
  appeals_justified,
  appeals_waiting,
  waiting_months,
  operator_income,
  operator_cost,
  // Against the same person's life without any programme:
  poorer,
  richer,
  wealth_difference,
  refused_only_here,
  granted_only_here,
  silenced,
  workless_only_here,
  harmed_through_mistake,  // refused or sanctioned here by a false match or a record fault
  count_
};
inline constexpr std::size_t kCounters = static_cast<std::size_t>(Counter::count_);
std::string_view name_of(Counter counter);

struct MonthTally {
  std::array<std::int64_t, kCounters> of = {};
  std::int64_t& operator[](Counter counter) { return of[static_cast<std::size_t>(counter)]; }
  std::int64_t operator[](Counter counter) const { return of[static_cast<std::size_t>(counter)]; }
  MonthTally& operator+=(const MonthTally& other);
  bool operator==(const MonthTally&) const = default;
};

// A harm or a benefit: a ratio of counters, with the words in which people read it.
enum class Direction { harm, benefit, neutral };
enum class HarmUnit { share, per_person_year, months, points, money, money_per_person_year, ratio };
struct HarmMeasure {
  std::string_view id;  // "excluded-share"
  Text name;
  Text what;  // what it counts, in one sentence
  Direction direction = Direction::harm;
  HarmUnit unit = HarmUnit::share;
  std::string_view source;  // where the measure comes from, or ""
  // Over a sum of months; NaN when its denominator is 0. `months`: how many were summed.
  double (*of)(const MonthTally& tally, double months) = nullptr;
};
std::span<const HarmMeasure> harm_measures();
const HarmMeasure* find_harm_measure(std::string_view id);

// Ratios between groups, each a list of tallies by group: the lowest selection rate over the
// highest (four-fifths rule), gaps of true- and false-positive rates; per step and cumulated.
double adverse_impact_ratio(std::span<const MonthTally> groups);
double true_positive_gap(std::span<const MonthTally> groups);
double false_positive_gap(std::span<const MonthTally> groups);

}  // namespace credence
