#pragma once

#include <credence/monitor/tie_groups.h>

#include <cmath>
#include <cstdint>
#include <vector>

namespace credence {

// Cases of one generator that Python repeats in three lines, so that reference figures can be taken
// from other programs: state = state * 1664525 + 1013904223 (mod 2^32) from 7, drawn three times a
// row; score = 500 + 5 * ((state >> 24) % 40); bad when (state >> 8) / 2^24 < 1 / (1 + exp((score -
// 560) / 40)); weight = 0.5 + (state >> 30).
struct ReferenceCases {
  std::vector<std::int32_t> scores;
  std::vector<std::uint8_t> bad;
  std::vector<double> weights;
  std::vector<double> probabilities;  // 1 / (1 + exp((score - 600) / 40)), too high on purpose

  ScoredSample sample() const { return {scores, bad, {}}; }
  ScoredSample weighted() const { return {scores, bad, weights}; }
};

inline ReferenceCases reference_cases(int count) {
  ReferenceCases cases;
  std::uint32_t state = 7;
  auto draw = [&] { return state = state * 1664525 + 1013904223; };
  for (int i = 0; i < count; ++i) {
    int score = 500 + 5 * static_cast<int>((draw() >> 24) % 40);
    double uniform = static_cast<double>(draw() >> 8) / (1 << 24);
    cases.scores.push_back(score);
    cases.bad.push_back(uniform < 1 / (1 + std::exp((score - 560) / 40.0)) ? 1 : 0);
    cases.weights.push_back(0.5 + (draw() >> 30));
    cases.probabilities.push_back(1 / (1 + std::exp((score - 600) / 40.0)));
  }
  return cases;
}

}  // namespace credence
