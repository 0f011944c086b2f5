#include <credence/regression/auc.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <utility>

namespace credence {

namespace {

struct RiskyRow {
  double risk, weight;  // a negative weight is that of a bad row
  // By weight too, so that sums over equal risks have one order.
  bool operator<(const RiskyRow& other) const {
    return risk != other.risk ? risk < other.risk : weight < other.weight;
  }
};

RiskyRow risky_row(const History& history, std::span<const double> risk, std::size_t row) {
  return {risk[row], signed_weight(history, row)};
}

// Puts nearly sorted rows in order, or gives up and leaves them half done.
bool finish_by_insertion(std::vector<RiskyRow>& rows) {
  std::size_t moves = 4 * rows.size();
  for (std::size_t i = 1; i < rows.size() && moves > 0; ++i) {
    const RiskyRow row = rows[i];
    std::size_t to = i;
    for (; to > 0 && row < rows[to - 1] && moves > 0; --to, --moves) rows[to] = rows[to - 1];
    rows[to] = row;
  }
  return moves > 0;
}

// RiskPlaces of equal width between the least risk and the most: 2^24, which tell most risks apart,
// in two digits.
class RiskPlaces {
 public:
  static constexpr unsigned digit_bits = 12;
  static constexpr std::size_t digits = std::size_t{1} << digit_bits;

  RiskPlaces(double least, double most)
      : least_(least),
        scale_(static_cast<double>(digits * digits) / (most - least) * (1 - 1e-12)) {}
  bool are_told() const { return std::isnormal(scale_); }
  std::uint32_t of(double risk) const {
    return static_cast<std::uint32_t>(static_cast<std::int32_t>((risk - least_) * scale_));
  }

 private:
  double least_, scale_;
};

using Counters = std::array<std::uint32_t, RiskPlaces::digits>;

void start(Counters& counters) {
  std::uint32_t sum = 0;
  for (std::uint32_t& counter : counters) sum += std::exchange(counter, sum);
}

std::vector<RiskyRow> placed(const History& history, std::span<const double> risk,
                             const RiskPlaces& places) {
  Counters low{}, high{};
  for (const double one : risk) {
    const std::uint32_t place = places.of(one);
    ++low[place % RiskPlaces::digits];
    ++high[place / RiskPlaces::digits];
  }
  start(low);
  start(high);
  std::vector<std::uint64_t> by_low(risk.size());
  for (std::size_t row = 0; row < risk.size(); ++row) {
    const std::uint32_t place = places.of(risk[row]);
    by_low[low[place % RiskPlaces::digits]++] =
        std::uint64_t{place / RiskPlaces::digits} << 32 | row;
  }
  std::vector<RiskyRow> rows(risk.size());
  for (const std::uint64_t item : by_low)
    rows[high[item >> 32]++] = risky_row(history, risk, item & 0xffffffffU);
  return rows;
}

std::vector<RiskyRow> by_risk(const History& history, std::span<const double> risk) {
  double least = risk[0], most = risk[0];
  for (const double one : risk) {
    least = std::min(least, one);
    most = std::max(most, one);
  }
  const RiskPlaces places(least, most);
  std::vector<RiskyRow> rows;
  if (places.are_told()) {
    rows = placed(history, risk, places);
    if (finish_by_insertion(rows)) return rows;
  } else {
    for (std::size_t row = 0; row < risk.size(); ++row)
      rows.push_back(risky_row(history, risk, row));
  }
  std::ranges::sort(rows, std::less<>{});
  return rows;
}

}  // namespace

double auc(const History& history, std::span<const double> risk) {
  if (risk.empty()) return 0.5;
  static constexpr double kept[] = {0, 1};
  double area = 0, good_below = 0, bad_total = 0;
  double good = 0, bad = 0, before = risk[0];  // of the rows of one risk so far
  // A pair of equal risks counts half, whichever of the two comes first. No branches, because
  // neither the class nor the end of a risk can be guessed.
  for (const RiskyRow& row : by_risk(history, risk)) {
    const double same = kept[row.risk == before ? 1 : 0];
    good_below += good * (1 - same);
    good *= same;
    bad *= same;
    const double weight = std::abs(row.weight);
    const double bad_weight = weight * kept[row.weight < 0 ? 1 : 0];
    const double good_weight = weight - bad_weight;
    area += bad_weight * (good_below + good / 2) + good_weight * (bad / 2);
    good += good_weight;
    bad += bad_weight;
    bad_total += bad_weight;
    before = row.risk;
  }
  good_below += good;
  return bad_total > 0 && good_below > 0 ? area / (bad_total * good_below) : 0.5;
}

}  // namespace credence
