#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace credence {

// What a random draw is for: a closed, numbered, append-only list. A number never changes its
// meaning, so that adding a purpose moves no other draw. 0 to 99 belong to the sample files, 100 to
// 499 to lives in a society, 500 on to the published models (each file there has its own hundred or
// less, see published.h).
enum class Purpose : std::uint32_t {
  care = 0,
  means = 1,
  rental_habit = 2,
  enrolment = 3,
  income = 4,
  income_day = 5,
  bill_amount = 6,
  bill_delay = 7,
  bill_unpaid = 8,
  overdraft = 9,
  overdraft_size = 10,
  rental = 11,
  rental_day = 12,
  rental_return = 13,
  rental_outcome = 14,
  flaw = 15,
  consent = 16,
  application = 17,

  // Who people are and whom they know (time 0).
  rounding = 100,   // of expected cells to whole people
  traits = 101,     // of one person, index: which trait
  household = 102,  // who lives with whom
  network = 103,    // index: layer

  // A month of a life.
  job = 120,
  wage = 121,
  shock = 122,
  bill = 123,
  loan = 124,
  instalment = 125,
  trip = 126,
  rent = 127,
  rent_outcome = 128,
  move = 129,
  opinion = 130,
  speech = 131,
  volunteer = 132,
  offence = 133,
  game = 134,
  friendship = 135,
  schooling = 136,
  awareness = 137,

  // What institutions do.
  enrolment_asked = 160,
  record_fault = 161,
  camera = 162,
  match = 163,
  report = 164,
  hire = 165,
  review = 166,
  lottery = 167,
  detection = 168,
  listing = 169,
  discovery = 170,  // whether a person finds out about a fault or a sanction
  record_day = 171,
  record_amount = 172,
  panel = 173,  // whose every month is kept

  // The design of experiments (person: point, time: dimension).
  design = 300,
  bootstrap = 301,
  calibration = 302,
};

// Counter-based randomness: Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1,
// 2, 3", 2011). The key is (seed, replicate), the counter (person, time, purpose, index); no draw
// depends on any other, on the order in which draws are made, or on the programme that is tried: a
// person has the same luck in each of their twin lives.
class KeyedDraws {
 public:
  explicit KeyedDraws(std::uint64_t seed)
      : low_(static_cast<std::uint32_t>(seed)), high_(static_cast<std::uint32_t>(seed >> 32)) {}
  KeyedDraws(std::uint32_t seed, std::uint32_t replicate) : low_(seed), high_(replicate) {}

  std::array<std::uint32_t, 4> words(std::uint32_t person, std::uint32_t time, Purpose purpose,
                                     std::uint32_t index = 0) const;
  // In (0, 1): (first word + 1/2) / 2^32.
  double uniform(std::uint32_t person, std::uint32_t time, Purpose purpose,
                 std::uint32_t index = 0) const {
    return to_unit(words(person, time, purpose, index)[0]);
  }
  // Four independent uniforms of one call.
  std::array<double, 4> uniforms(std::uint32_t person, std::uint32_t time, Purpose purpose,
                                 std::uint32_t index = 0) const;
  bool chance(double probability, std::uint32_t person, std::uint32_t time, Purpose purpose,
              std::uint32_t index = 0) const {
    return uniform(person, time, purpose, index) < probability;
  }
  // A whole number in [lowest, highest]. REQUIRES: lowest <= highest.
  int between(int lowest, int highest, std::uint32_t person, std::uint32_t time, Purpose purpose,
              std::uint32_t index = 0) const;
  // A whole number below `bound`, without bias worth naming (bound / 2^32). REQUIRES: bound > 0.
  std::uint32_t below(std::uint32_t bound, std::uint32_t person, std::uint32_t time,
                      Purpose purpose, std::uint32_t index = 0) const;
  // Standard normal by the inverse of its distribution function.
  double normal(std::uint32_t person, std::uint32_t time, Purpose purpose,
                std::uint32_t index = 0) const;

  std::array<std::uint32_t, 2> key() const { return {low_, high_}; }
  static double to_unit(std::uint32_t word) { return (word + 0.5) * (1.0 / 4294967296.0); }

 private:
  std::uint32_t low_, high_;
};

// Puts `items` into an order that the key alone decides (Fisher-Yates over below(); `person` and
// `time` tell the shuffle, the index of each draw is the step).
void shuffle(std::span<std::uint32_t> items, const KeyedDraws& draws, std::uint32_t person,
             std::uint32_t time, Purpose purpose);

}  // namespace credence
