#include <credence/base/expects.h>
#include <credence/published/delayed_impact.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace credence {
namespace {

constexpr std::string_view kTitles = "percentile,score,cdf_black,cdf_white,repay_black,repay_white";
constexpr int kHalvings = 100;  // beyond what a double can tell apart

std::optional<std::array<double, 6>> numbers_of(std::string_view line) {
  std::array<double, 6> numbers{};
  const char *at = line.data(), *end = line.data() + line.size();
  for (std::size_t column = 0; column < numbers.size(); ++column) {
    if (column > 0 && (at == end || *at++ != ',')) return {};
    auto [next, failure] = std::from_chars(at, end, numbers[column]);
    if (failure != std::errc{} || !std::isfinite(numbers[column])) return {};
    at = next;
  }
  if (at != end) return {};
  return numbers;
}

bool is_share(double value) {
  return value >= 0 && value <= 1;
}

// Appends a row; false where it cannot follow the one before.
bool append_row(ScoreTable& table, std::array<double, 2>& reached,
                const std::array<double, 6>& row) {
  if (!table.score.empty() && row[1] <= table.score.back()) return false;
  for (std::size_t group = 0; group < 2; ++group) {
    double until = row[2 + group], repay = row[4 + group];
    if (!is_share(until) || !is_share(repay) || until < reached[group]) return false;
    table.mass[group].push_back(until - reached[group]);
    table.repay[group].push_back(repay);
    reached[group] = until;
  }
  table.score.push_back(row[1]);
  return true;
}

}  // namespace

ScoreTableReading read_score_table(std::string_view text) {
  ScoreTable table;
  std::array<double, 2> reached{};
  std::size_t row = 0;
  while (!text.empty()) {
    std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (++row == 1) {
      if (line != kTitles) return {{}, row};
      continue;
    }
    auto numbers = numbers_of(line);
    if (!numbers || !append_row(table, reached, *numbers)) return {{}, row};
  }
  if (table.score.size() < 2 || reached[0] <= 0 || reached[1] <= 0) return {{}, row + 1};
  return {std::move(table), 0};
}

DelayedImpact::DelayedImpact(const ScoreTable& table, const ImpactRules& rules, double odds)
    : table_(table), rules_(rules), break_even_(odds / (odds + 1)) {
  expects(odds > 0 && table.score.size() >= 2, "DelayedImpact: odds above 0, two scores");
}

LoanShares DelayedImpact::max_profit() const {
  LoanShares loans;
  for (std::size_t group = 0; group < 2; ++group) {
    for (double repay : table_.repay[group]) loans[group].push_back(repay >= break_even_ ? 1 : 0);
  }
  return loans;
}

std::vector<double> DelayedImpact::by_rate(std::size_t group, double rate) const {
  const std::vector<double>& mass = table_.mass[group];
  std::vector<double> loans(mass.size());
  double given = 0;
  for (std::size_t at = mass.size(); at-- > 0;) {
    if (given + mass[at] > rate) {
      loans[at] = (rate - given) / mass[at];
      break;
    }
    loans[at] = 1;
    given += mass[at];
  }
  return loans;
}

std::vector<double> DelayedImpact::by_true_positives(std::size_t group, double rate) const {
  double low = 0, high = 1;
  for (int halving = 0; halving < kHalvings; ++halving) {
    double middle = (low + high) / 2;
    (true_positives(group, by_rate(group, middle)) < rate ? low : high) = middle;
  }
  return by_rate(group, (low + high) / 2);
}

// Ternary search: the profit has one hill over the rate.
template <typename LoansAt>
LoanShares DelayedImpact::most_profitable(const LoansAt& loans_at) const {
  double low = 0, high = 1;
  for (int cut = 0; cut < kHalvings && high - low > 1e-13; ++cut) {
    double third = (high - low) / 3, left = low + third, right = high - third;
    if (profit(loans_at(left)) < profit(loans_at(right))) {
      low = left;
    } else {
      high = right;
    }
  }
  return loans_at((low + high) / 2);
}

LoanShares DelayedImpact::demographic_parity() const {
  return most_profitable(
      [this](double rate) { return LoanShares{by_rate(kGroupB, rate), by_rate(kGroupW, rate)}; });
}

LoanShares DelayedImpact::equal_opportunity() const {
  return most_profitable([this](double rate) {
    return LoanShares{by_true_positives(kGroupB, rate), by_true_positives(kGroupW, rate)};
  });
}

double DelayedImpact::selected(std::size_t group, const std::vector<double>& loans) const {
  double share = 0;
  for (std::size_t at = 0; at < loans.size(); ++at) share += loans[at] * table_.mass[group][at];
  return share;
}

double DelayedImpact::true_positives(std::size_t group, const std::vector<double>& loans) const {
  double with_loan = 0, all = 0;
  for (std::size_t at = 0; at < loans.size(); ++at) {
    double would_repay = table_.mass[group][at] * table_.repay[group][at];
    with_loan += loans[at] * would_repay;
    all += would_repay;
  }
  return all > 0 ? with_loan / all : 0;
}

double DelayedImpact::mean_change(std::size_t group, const std::vector<double>& loans) const {
  double change = 0;
  for (std::size_t at = 0; at < loans.size(); ++at) {
    double repay = table_.repay[group][at], score = table_.score[at];
    double expected = score + rules_.gain * repay - rules_.loss * (1 - repay);
    double moved = std::clamp(expected, rules_.lowest, rules_.highest) - score;
    change += loans[at] * table_.mass[group][at] * moved;
  }
  return change;
}

double DelayedImpact::profit(const LoanShares& loans) const {
  double profit = 0;
  for (std::size_t group = 0; group < 2; ++group) {
    double of_group = 0;
    for (std::size_t at = 0; at < loans[group].size(); ++at) {
      of_group +=
          loans[group][at] * table_.mass[group][at] * (table_.repay[group][at] - break_even_);
    }
    profit += rules_.weight[group] * of_group;
  }
  return profit;
}

double DelayedImpact::threshold(const std::vector<double>& loans) const {
  for (std::size_t at = 0; at < loans.size(); ++at) {
    if (loans[at] <= 0) continue;
    double next = table_.score[std::min(at + 1, loans.size() - 1)];
    return table_.score[at] + (1 - loans[at]) * (next - table_.score[at]);
  }
  return table_.score.back();
}

}  // namespace credence
