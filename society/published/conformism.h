#pragma once

#include <credence/published/published.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace credence {

// Model H: people who enforce a norm that hardly anybody believes in (Centola, Willer and Macy
// 2005, "The Emperor's Dilemma"). A few believers comply and enforce; the others comply and enforce
// against their own belief where the pressure of their neighbours is above what they can stand.
enum class EmperorNetwork : std::uint8_t { everybody, torus };  // 30 x 30, eight neighbours
enum class EmperorSeats : std::uint8_t { clustered, scattered };
enum class EmperorSchedule : std::uint8_t { in_turn, all_at_once };

inline constexpr std::uint32_t kCourtSide = 30;
inline constexpr std::uint32_t kCourt = kCourtSide * kCourtSide;

struct EmperorRules {
  EmperorNetwork network = EmperorNetwork::torus;
  EmperorSeats seats = EmperorSeats::clustered;  // a square block, filled row by row
  double believers = .01;
  double rewired = 0;  // share of the links looked along that lead to anyone instead
  double cost = .125;  // what enforcing costs
  EmperorSchedule schedule = EmperorSchedule::in_turn;
  bool enforces = true;  // people who comply may also enforce
};

// The luck of one replicate, the same for all rules: how strong convictions are (purpose 1100), in
// which order people are visited in each sweep (1101), where believers sit when scattered (1102)
// and where links are rewired to (1103).
class EmperorLuck {
 public:
  explicit EmperorLuck(const KeyedDraws& draws);
  const KeyedDraws& draws() const { return draws_; }
  double strength(std::uint32_t person) const { return strengths_[person]; }
  std::span<const std::uint32_t> seats() const { return seats_; }
  // REQUIRES: sweeps are asked for in rising order; those asked for before are kept.
  std::span<const std::uint32_t> order(std::uint32_t sweep);

 private:
  KeyedDraws draws_;
  std::vector<double> strengths_;
  std::vector<std::uint32_t> seats_;
  std::vector<std::vector<std::uint32_t>> orders_;
};

// Share complying when nothing changes any more (or after 100 sweeps).
double emperor_compliance(const EmperorRules& rules, EmperorLuck& luck);

// Granovetter 1978, "Threshold models of collective behavior": how many act in the end, when each
// acts as soon as at least `threshold` others do. From nobody.
std::uint32_t acting_in_the_end(std::span<const std::uint32_t> thresholds);
// The same for a crowd of 100 (in parts of people) with normally distributed thresholds.
double acting_in_the_end(double mean, double deviation);
// The deviation at which so few turn into nearly all.
double deviation_of_the_jump(double mean);

// What is left out of the rules for all of them.
struct ConformismChange {
  bool enforces = true;
  double cost_times = 1;
};
std::vector<PublishedCheck> check_conformism(const ConformismChange& change,
                                             const PublishedSetting& setting, Crew& crew);

}  // namespace credence
