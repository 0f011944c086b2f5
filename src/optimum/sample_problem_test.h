#pragma once

#include <credence/optimum/solve.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace credence::sample {

// Prebins whose counts are small, so that equal rates, empty classes and ties are common.
inline std::vector<Tally> small_prebins(std::mt19937_64& random, int prebins, bool weighted) {
  auto draw = [&](int most) { return static_cast<double>(random() % static_cast<unsigned>(most)); };
  std::vector<Tally> tallies;
  for (int i = 0; i < prebins; ++i) {
    Tally tally{.events = draw(12), .nonevents = draw(25)};
    if (tally.weight() == 0) tally.nonevents = 1;
    if (i == 0) tally.events += 1;  // both classes are there
    if (i + 1 == prebins) tally.nonevents += 1;
    tally.records = tally.squares = tally.weight();
    if (weighted) {
      tally.events *= 0.1 + draw(7) * 0.3, tally.nonevents *= 0.7;
      tally.squares *= 0.6;
    }
    tallies.push_back(tally);
  }
  return tallies;
}

// Prebins as real history has them: thousands of records, a rate that rises, with noise, or rises
// and falls.
inline std::vector<Tally> large_prebins(std::mt19937_64& random, int prebins, bool peaked) {
  std::vector<Tally> tallies;
  for (int i = 0; i < prebins; ++i) {
    const double place = (i + 0.5) / prebins;
    const double course = peaked ? 1 - std::abs(2 * place - 1) : place;
    const double records =
        std::round(300'000.0 / prebins * (0.7 + 0.6 * std::generate_canonical<double, 53>(random)));
    std::binomial_distribution<long> events{static_cast<long>(records), 0.03 + 0.25 * course};
    Tally tally{.records = records, .squares = records};
    tally.events = static_cast<double>(events(random));
    tally.nonevents = records - tally.events;
    tallies.push_back(tally);
  }
  return tallies;
}

// The problem of these prebins with no limits but `trend`, missing rows included in the total.
inline BinningProblem problem_of(std::vector<Tally> prebins, Trend trend) {
  BinningProblem problem{.prebins = std::move(prebins), .fixed_after = {}, .total = 0, .rules = {}};
  for (const Tally& tally : problem.prebins) problem.total += tally.records;
  problem.rules.trend = trend;
  problem.rules.min_bin_share = 0;
  return problem;
}

inline BinningRules random_rules(std::mt19937_64& random) {
  auto draw = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
  auto one_of = [&](std::initializer_list<double> values) {
    return values.begin()[draw(static_cast<int>(values.size()))];
  };
  BinningRules rules;
  rules.divergence = static_cast<Divergence>(draw(4));
  rules.trend = static_cast<Trend>(1 + draw(7));
  rules.strict_shape = draw(2) == 0;
  rules.size_basis = draw(3) == 0 ? SizeBasis::weight : SizeBasis::records;
  rules.min_bin_share = draw(2) == 0 ? 0 : one_of({0.05, 0.1, 0.15, 0.2, 0.3});
  rules.max_bin_share = draw(3) > 0 ? 1 : one_of({0.3, 0.4, 0.5, 0.7});
  if (draw(3) == 0) rules.max_bins = 2 + draw(4);
  if (draw(4) == 0) rules.min_bins = std::min(2 + draw(3), rules.max_bins.value_or(9));
  if (draw(8) == 0) rules.min_bin_events = one_of({1, 3, 6.5});
  if (draw(10) == 0) rules.max_bin_events = one_of({12, 20, 31.5});
  if (draw(8) == 0) rules.min_bin_nonevents = one_of({1, 5, 11.5});
  if (draw(10) == 0) rules.max_bin_nonevents = one_of({25, 40, 61.5});
  if (draw(5) == 0) rules.min_rate_difference = one_of({0.01, 0.05, 0.1});
  if (draw(3) == 0) rules.max_p_value = one_of({0.01, 0.05, 0.2, 0.5});
  if (draw(2) == 0) rules.p_value_policy = PValuePolicy::all;
  if (draw(6) == 0) rules.gamma = one_of({0.01, 0.1, 0.5, 2});
  return rules;
}

inline BinningProblem random_problem(std::mt19937_64& random) {
  const int prebins = 3 + static_cast<int>(random() % 9);
  BinningProblem problem =
      problem_of(small_prebins(random, prebins, random() % 3 == 0), Trend::none);
  problem.rules = random_rules(random);
  if (problem.rules.size_basis == SizeBasis::weight) {
    problem.total = 0;
    for (const Tally& tally : problem.prebins) problem.total += tally.weight();
  }
  problem.total *= random() % 2 == 0 ? 1 : 1.25;
  if (random() % 6 == 0)
    for (int i = 0; i + 1 < prebins; ++i) problem.fixed_after.push_back(random() % 4 == 0);
  return problem;
}

}  // namespace credence::sample
