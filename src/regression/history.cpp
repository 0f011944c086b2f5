#include <credence/regression/history.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

// Sums are taken over blocks of this many rows, always in the same order.
constexpr std::size_t kBlock = 4096;

template <class Term>
double sum_in_blocks(std::size_t rows, Term term) {
  double total = 0;
  for (std::size_t from = 0; from < rows; from += kBlock) {
    double block = 0;
    for (std::size_t row = from; row < std::min(rows, from + kBlock); ++row) block += term(row);
    total += block;
  }
  return total;
}

}  // namespace

History::History(const Outcome& outcome)
    : bad(outcome.bad),
      weights(outcome.bad.size(), 1.0),
      total(static_cast<double>(outcome.bad.size())) {
  if (outcome.weights.empty()) return;
  double sum = sum_in_blocks(rows(), [&](std::size_t row) { return outcome.weights[row]; });
  double scale = total / sum;
  for (std::size_t row = 0; row < rows(); ++row) weights[row] = outcome.weights[row] * scale;
}

double softplus(double x) {
  return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x));
}

double logistic(double x) {
  if (x >= 0) return 1 / (1 + std::exp(-x));
  double e = std::exp(x);
  return e / (1 + e);
}

double mean_brier(const History& history, std::span<const double> log_odds) {
  if (history.rows() == 0) return 0;
  return sum_in_blocks(history.rows(),
                       [&](std::size_t row) {
                         double error = logistic(log_odds[row]) - history.bad[row];
                         return history.weights[row] * error * error;
                       }) /
         history.total;
}

std::vector<std::uint8_t> stratified_folds(std::span<const std::uint8_t> bad, int folds,
                                           std::uint64_t seed) {
  std::vector<std::uint8_t> fold(bad.size());
  Draws draws(seed);
  for (std::uint8_t label : {std::uint8_t{0}, std::uint8_t{1}}) {
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < bad.size(); ++row)
      if ((bad[row] != 0) == (label != 0)) rows.push_back(row);
    for (std::size_t i = rows.size(); i > 1; --i)
      std::swap(rows[i - 1], rows[static_cast<std::size_t>(draws.below(i))]);
    for (std::size_t i = 0; i < rows.size(); ++i)
      fold[rows[i]] = static_cast<std::uint8_t>(i % static_cast<std::size_t>(folds));
  }
  return fold;
}

Column take(const Column& column, std::span<const std::size_t> rows) {
  if (column.kind() == Column::Kind::number) {
    std::vector<double> all(column.size()), some(rows.size());
    column.read(0, all);
    for (std::size_t i = 0; i < rows.size(); ++i) some[i] = all[rows[i]];
    return Column::of_numbers(column.name(), std::move(some));
  }
  std::vector<std::int32_t> codes(rows.size(), -1);
  std::vector<std::int32_t> renamed(column.dictionary().size(), -1);
  std::vector<std::string> dictionary;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::int32_t code = column.codes()[rows[i]];
    if (code < 0) continue;
    std::int32_t& left = renamed[static_cast<std::size_t>(code)];
    if (left < 0) {
      left = static_cast<std::int32_t>(dictionary.size());
      dictionary.push_back(column.dictionary()[static_cast<std::size_t>(code)]);
    }
    codes[i] = left;
  }
  return Column::of_texts(column.name(), std::move(codes), std::move(dictionary));
}

Table take(const Table& table, std::span<const std::size_t> rows) {
  std::vector<Column> columns;
  for (const Column& column : table.columns()) columns.push_back(take(column, rows));
  return Table(rows.size(), std::move(columns));
}

Outcome take(const Outcome& outcome, std::span<const std::size_t> rows) {
  Outcome some;
  for (std::size_t row : rows) {
    some.bad.push_back(outcome.bad[row]);
    if (!outcome.weights.empty()) some.weights.push_back(outcome.weights[row]);
  }
  return some;
}

FoldRows rows_of_fold(std::span<const std::uint8_t> folds, int fold) {
  FoldRows rows;
  for (std::size_t row = 0; row < folds.size(); ++row)
    (folds[row] == fold ? rows.outside : rows.inside).push_back(row);
  return rows;
}

std::uint64_t Draws::next() {
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

std::uint64_t Draws::below(std::uint64_t bound) {
  // Values of the last, incomplete round are drawn again, so that no number is likelier.
  std::uint64_t reject = (0 - bound) % bound;
  for (;;) {
    std::uint64_t value = next();
    if (value >= reject) return value % bound;
  }
}

double Draws::uniform() {
  return static_cast<double>(next() >> 11U) * 0x1.0p-53;
}

}  // namespace credence
