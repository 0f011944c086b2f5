#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace credence {

// Scored cases whose outcome is known, where they lie. High scores are safe. Weights say how many
// cases of the population a row stands for (sampling weights, not repetitions); multiplying all of
// them by one number changes no metric. REQUIRES: lists of one length, or no weights (1 each);
// weights are positive and finite; bad is 0 or 1.
struct ScoredSample {
  std::span<const std::int32_t> scores;
  std::span<const std::uint8_t> bad;
  std::span<const double> weights;

  std::size_t size() const { return scores.size(); }
  double weight(std::size_t row) const { return weights.empty() ? 1.0 : weights[row]; }
};

// What is counted of cases that belong together: sums of weights by class, sums of their squares
// and rows.
struct ClassTally {
  double bad = 0, good = 0;
  double bad_squares = 0, good_squares = 0;
  double bad_records = 0, good_records = 0;

  double weight() const { return bad + good; }
  double records() const { return bad_records + good_records; }
  double rate() const { return bad / weight(); }  // REQUIRES: weight() > 0
  // How many equally weighted cases tell as much (Kish): (sum w)^2 / sum w^2; 0 without cases.
  double effective() const {
    double squares = bad_squares + good_squares;
    return squares > 0 ? weight() * weight() / squares : 0;
  }
  void add(bool is_bad, double weight);
  ClassTally& operator+=(const ClassTally& other);
};

// All cases of one score. Metrics never look inside, for nothing orders what is equal.
struct TieGroup {
  std::int32_t score = 0;
  ClassTally tally;
};

std::vector<TieGroup> tie_groups(const ScoredSample& sample);  // scores ascend
ClassTally total(std::span<const TieGroup> groups);

// Neighbouring tie groups that are looked at together; `from` and `to` are scores that occur.
struct ScoreBand {
  std::int32_t from = 0, to = 0;
  ClassTally tally;
};

// Bands of nearly equal weight, cut only between tie groups: a band closes with the group that
// reaches its share. Fewer than `count` when ties fill more than a share. REQUIRES: count >= 1.
std::vector<ScoreBand> equal_bands(std::span<const TieGroup> groups, int count);

// The same cases in bands that begin at `starts` (ascending; scores below the first one join it).
// Bands may be empty; `from` and `to` then are those of the neighbours' limits.
std::vector<ScoreBand> bands_from(std::span<const TieGroup> groups,
                                  std::span<const std::int32_t> starts);

}  // namespace credence
