#pragma once

#include <cstdint>

namespace credence {

// What a random draw is for. Every draw is keyed by seed, person, time and purpose, so that it does
// not depend on any other draw: adding one purpose or one person leaves all others as they were.
enum class Purpose : std::uint32_t {
  care,
  means,
  rental_habit,
  enrolment,
  income,
  income_day,
  bill_amount,
  bill_delay,
  bill_unpaid,
  overdraft,
  overdraft_size,
  rental,
  rental_day,
  rental_return,
  rental_outcome,
  flaw,
  consent,
  application,
};

// Counter-based randomness (Philox 4x32-10; Salmon et al., "Parallel random numbers: as easy as 1,
// 2, 3", 2011).
class LifeDraws {
 public:
  explicit LifeDraws(std::uint64_t seed) : seed_(seed) {}

  // In [0, 1), with 32 random bits.
  double uniform(std::uint32_t person, std::uint32_t time, Purpose purpose,
                 std::uint32_t item = 0) const;
  // A whole number in [lowest, highest]. REQUIRES: lowest <= highest.
  int between(int lowest, int highest, std::uint32_t person, std::uint32_t time, Purpose purpose,
              std::uint32_t item = 0) const;
  bool chance(double probability, std::uint32_t person, std::uint32_t time, Purpose purpose,
              std::uint32_t item = 0) const {
    return uniform(person, time, purpose, item) < probability;
  }

 private:
  std::uint64_t seed_;
};

}  // namespace credence
