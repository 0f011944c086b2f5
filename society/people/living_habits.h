#pragma once

#include <credence/people/lives.h>
#include <credence/people/rule.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <limits>

// The rules of behaviour of persons, each with its values read once. living_<rule>.cpp holds the
// description and the code of each; living.cpp calls them in the order of a month. Luck comes in as
// uniforms in (0, 1) where one draw serves several rules.
namespace credence {

inline constexpr int kAdultAge = 18;  // contracts, opinions and programmes begin here

using Luck = std::array<double, 4>;

// What a person lives on in a normal month, in cents.
struct Means {
  WorkStatus status = WorkStatus::working;
  double usual = 0;
};

inline constexpr std::uint64_t bits_of(std::initializer_list<Happening> happenings) {
  std::uint64_t bits = 0;
  for (Happening of : happenings) bits |= std::uint64_t{1} << static_cast<unsigned>(of);
  return bits;
}
inline bool is_adult(const LifeMonth& month) {
  return month.population.age[month.person] >= kAdultAge;
}
// 0 for who always meets what they owe, 1 for who never does.
inline double slackness(const LifeMonth& month) {
  return 1 - month.population.diligence[month.person] * (1.0 / 255);
}
// Whole cents, held inside 32 bits; what is no number is the least.
inline std::int32_t whole_cents(double cents) {
  constexpr double kMost = std::numeric_limits<std::int32_t>::max();
  if (!(cents > -kMost)) return -std::numeric_limits<std::int32_t>::max();
  if (cents > kMost) return std::numeric_limits<std::int32_t>::max();
  return static_cast<std::int32_t>(cents < 0 ? cents - 0.5 : cents + 0.5);
}

// Held inside 32 bits.
inline std::int32_t sum_of_cents(std::int32_t one, std::int32_t other) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
  std::int64_t sum = std::int64_t{one} + other;
  return static_cast<std::int32_t>(std::clamp(sum, -kMost, kMost));
}
// Off the account (which may go below zero) and on this month's spending.
void spend(LifeMonth& month, std::int32_t cents);
// Months of the last `back`, this one not counted, whose record holds a missed instalment.
int missed_before(const LifeMonth& month, std::uint32_t back);

struct WorkHabit {
  static const RuleDescription& description();
  explicit WorkHabit(const ParameterValues& values);
  void live(LifeMonth& month, WorkStatus status, double loss_luck, double find_luck) const;
  double loss, education, search;
};

struct IncomeHabit {
  static const RuleDescription& description();
  explicit IncomeHabit(const ParameterValues& values);
  Means means(const Population& population, std::uint32_t person) const;
  void live(LifeMonth& month, WorkStatus status, double luck) const;
  void begin(Lives& lives, const Population& population, const KeyedDraws& draws,
             std::uint32_t person) const;
  double variation, benefit, pension, stipend, allowance, savings, savings_spread;
};

struct CostsHabit {
  static const RuleDescription& description();
  explicit CostsHabit(const ParameterValues& values);
  void live(LifeMonth& month, const Means& means) const;
  void begin(Lives& lives, const Population& population, const KeyedDraws& draws,
             std::uint32_t person) const;
  double tenants, rent, living, frugal, least, buffer, surplus, credit_line;
};

struct ShocksHabit {
  static const RuleDescription& description();
  explicit ShocksHabit(const ParameterValues& values);
  void live(LifeMonth& month, const Means& means, double luck) const;
  double chance, size, spread;
};

struct BillsHabit {
  static const RuleDescription& description();
  explicit BillsHabit(const ParameterValues& values);
  void live(LifeMonth& month, const Means& means, double luck, double size_luck) const;
  double amount, late, unpaid, tight;
};

struct InstalmentsHabit {
  static const RuleDescription& description();
  explicit InstalmentsHabit(const ParameterValues& values);
  // Whether the person means to repay: the same in every month and every twin.
  bool would_repay(const LifeMonth& month) const;
  void live(LifeMonth& month, const Means& means) const;
  double term, rate, unwilling, skips, misses, window, loan, credit_line;

 private:
  void fall_due(LifeMonth& month, const Means& means) const;
};

struct RentingHabit {
  static const RuleDescription& description();
  explicit RentingHabit(const ParameterValues& values);
  RentalEnd outcome(const LifeMonth& month) const;  // if it came to a rental this month
  void settle(LifeMonth& month) const;
  double chance, fee, late, lost, damage;
};

struct BorrowingHabit {
  static const RuleDescription& description();
  explicit BorrowingHabit(const ParameterValues& values);
  void settle(LifeMonth& month, const Means& means) const;
  double chance, loan;
};

struct MovingHabit {
  static const RuleDescription& description();
  explicit MovingHabit(const ParameterValues& values);
  void want(LifeMonth& month, double luck) const;
  void settle(LifeMonth& month, const Means& means) const;
  double chance, cost;
};

struct TravellingHabit {
  static const RuleDescription& description();
  explicit TravellingHabit(const ParameterValues& values);
  void want(LifeMonth& month, double luck) const;
  void settle(LifeMonth& month, const Means& means) const;
  double chance, cost;
};

struct SchoolingHabit {
  static const RuleDescription& description();
  explicit SchoolingHabit(const ParameterValues& values);
  void want(LifeMonth& month, double luck) const;
  double chance;
};

struct AwarenessHabit {
  static const RuleDescription& description();
  explicit AwarenessHabit(const ParameterValues& values);
  // Both say whether surveillance has just been disclosed to the person.
  bool hear(LifeMonth& month, double luck) const;
  bool feel(LifeMonth& month) const;
  double felt;
};

struct SpeechHabit {
  static const RuleDescription& description();
  explicit SpeechHabit(const ParameterValues& values);
  void disclose(LifeMonth& month) const;
  void live(LifeMonth& month, const Luck& luck) const;
  double topic, willing, peak, opponents, half_life, lasting, conformity, praise;

 private:
  double disclosed(const LifeMonth& month) const;
  double pressure(const LifeMonth& month) const;
  void fade(LifeMonth& month, double luck) const;
  double kept_;  // share of the fading part that is left after a month
};

struct VolunteeringHabit {
  static const RuleDescription& description();
  explicit VolunteeringHabit(const ParameterValues& values);
  void live(LifeMonth& month, double luck) const;
  double chance, pull;
};

struct OffencesHabit {
  static const RuleDescription& description();
  explicit OffencesHabit(const ParameterValues& values);
  void live(LifeMonth& month, double luck) const;
  double chance, deterrence;
};

struct FriendshipsHabit {
  static const RuleDescription& description();
  explicit FriendshipsHabit(const ParameterValues& values);
  void live(LifeMonth& month, double luck) const;
  double drop, gap;
};

struct GamingHabit {
  static const RuleDescription& description();
  explicit GamingHabit(const ParameterValues& values);
  void live(LifeMonth& month, const IncomeHabit& income) const;
  double eager, cost, reserve;
};

struct ContestingHabit {
  static const RuleDescription& description();
  explicit ContestingHabit(const ParameterValues& values);
  void live(LifeMonth& month) const;
  double notice, notice_refused, contest, unfounded;
};

}  // namespace credence
