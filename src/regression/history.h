#pragma once

#include <credence/table/column.h>

#include <cstdint>
#include <span>
#include <vector>

namespace credence {

// The outcome as the fits see it: one weight per row, scaled to a mean of 1, so that multiplying
// all weights by a number changes nothing.
struct History {
  std::vector<std::uint8_t> bad;
  std::vector<double> weights;

  double total = 0;  // of the weights: how many rows there were before equal ones became one

  History() = default;
  explicit History(const Outcome& outcome);
  std::size_t rows() const { return bad.size(); }
};

// A row's weight, of a bad row below zero. The sign is looked up, because whether a row is bad
// cannot be guessed.
inline double signed_weight(const History& history, std::size_t row) {
  static constexpr double signs[] = {1, -1};
  return history.weights[row] * signs[history.bad[row] != 0 ? 1 : 0];
}

// ln(1 + e^x) and 1 / (1 + e^-x) without overflow.
double softplus(double x);
double logistic(double x);

// Mean log-loss of log-odds of bad.
double mean_log_loss(const History& history, std::span<const double> log_odds);
double mean_brier(const History& history, std::span<const double> log_odds);

// The fold of each row: each class dealt round in an order shuffled by the seed.
std::vector<std::uint8_t> stratified_folds(std::span<const std::uint8_t> bad, int folds,
                                           std::uint64_t seed);

// The rows named, in that order. A dictionary keeps only the texts that are left.
Column take(const Column& column, std::span<const std::size_t> rows);
Table take(const Table& table, std::span<const std::size_t> rows);
Outcome take(const Outcome& outcome, std::span<const std::size_t> rows);
struct FoldRows {
  std::vector<std::size_t> inside, outside;  // of the training part and of the part held out
};
FoldRows rows_of_fold(std::span<const std::uint8_t> folds, int fold);

// A small generator (splitmix64, Steele et al. 2014): equal seeds give equal draws everywhere.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  std::uint64_t below(std::uint64_t bound);  // REQUIRES: bound > 0
  double uniform();                          // in [0, 1)

 private:
  std::uint64_t state_;
};

}  // namespace credence
