#include <credence/points/plain_rounding.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace credence {

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr double kSame = 1e-12;    // costs that differ by less are not told apart
constexpr double kMiddle = 1e-9;   // nearer than this to the middle of two whole numbers
constexpr double kFarthest = 1e8;  // points beyond are left to the program, as odd ones are

bool in_order(const RealTerm& term) {
  const PointsRules& rules = term.rules;
  for (int bin = 0; bin + 1 < rules.bins; ++bin) {
    const auto b = static_cast<std::size_t>(bin);
    if (rules.direction[b] * (term.points[b + 1] - term.points[b]) < 0) return false;
  }
  return true;
}

bool is_plain(const RealTerm& term) {
  const PointsRules& rules = term.rules;
  const bool rules_of_values =
      rules.min_gap != 0 || std::any_of(rules.fixed.begin(), rules.fixed.end(),
                                        [](const auto& fixed) { return fixed.has_value(); });
  if (term.points.empty() || rules_of_values) return false;
  for (std::size_t c = 0; c < term.points.size(); ++c)
    if (!(std::abs(term.points[c]) < kFarthest) || !(term.weights[c] > 0)) return false;
  return in_order(term);
}

// The two least of some numbers, for when a cell cannot serve both ends.
struct TwoLeast {
  std::size_t first = 0, second = 0;
  double least = kNever, next = kNever;

  void add(std::size_t index, double value) {
    if (value < least) {
      second = first, next = least;
      first = index, least = value;
    } else if (value < next) {
      second = index, next = value;
    }
  }
};

}  // namespace

PlainRounding::PlainRounding(const RealTerm& term) : term_(&term), cells_(term.points.size()) {
  const auto bins = static_cast<std::size_t>(term.rules.bins);
  for (std::size_t c = 0; c < cells_.size(); ++c) {
    cells_[c].real = term.points[c];
    cells_[c].weight = term.weights[c];
    cells_[c].near = std::round(term.points[c]);
    cells_[c].low = c < bins || !term.rules.never_below_worst;
  }
}

std::optional<PlainRounding> PlainRounding::of(const RealTerm& term) {
  if (!is_plain(term)) return std::nullopt;
  PlainRounding out(term);
  out.keep_order();
  return out;
}

PlainRounding PlainRounding::relaxed(const RealTerm& term) {
  return PlainRounding(term);
}

// A bin whose neighbour may not be above it comes to the lowest end only with that one, which is
// then dearer than the neighbour alone; likewise for the highest end.
void PlainRounding::keep_order() {
  for (int bin = 0; bin + 1 < term_->rules.bins; ++bin) {
    const auto b = static_cast<std::size_t>(bin);
    const int direction = term_->rules.direction[b];
    if (direction > 0) cells_[b + 1].low = cells_[b].high = false;
    if (direction < 0) cells_[b].low = cells_[b + 1].high = false;
  }
}

std::optional<Extremes> PlainRounding::own() const {
  const PointsRules& rules = term_->rules;
  const auto bins = static_cast<std::size_t>(rules.bins);
  double floor = -kNever, worst = kNever;
  for (std::size_t c = 0; c < bins; ++c) worst = std::min(worst, cells_[c].real);
  if (rules.never_below_worst && bins > 0) floor = worst;
  const double lowest = rules.lowest ? *rules.lowest : -kNever;
  const double highest = rules.highest ? *rules.highest : kNever;
  if (lowest > highest) return std::nullopt;
  double least = kNever, most = -kNever;
  for (std::size_t c = 0; c < cells_.size(); ++c) {
    const double real = c < bins ? cells_[c].real : std::max(cells_[c].real, floor);
    if (std::abs(real - std::floor(real) - 0.5) < kMiddle) return std::nullopt;
    const double points = std::clamp(std::round(real), lowest, highest);
    least = std::min(least, points);
    most = std::max(most, points);
  }
  return Extremes{static_cast<int>(least), static_cast<int>(most)};
}

bool PlainRounding::possible(Extremes within) const {
  const PointsRules& rules = term_->rules;
  return within.lowest <= within.highest && within.lowest >= rules.lowest.value_or(within.lowest) &&
         within.highest <= rules.highest.value_or(within.highest);
}

void PlainRounding::place_cells(Extremes within) {
  const double lowest = within.lowest, highest = within.highest;
  for (Cell& cell : cells_) {
    cell.points = std::min(std::max(cell.near, lowest), highest);
    cell.cost = cell.weight * std::abs(cell.points - cell.real);
    cell.to_low = cell.weight * std::abs(lowest - cell.real) - cell.cost;
    cell.to_high = cell.weight * std::abs(highest - cell.real) - cell.cost;
  }
}

std::optional<PlainRounding::Touching> PlainRounding::cheapest(Extremes within) const {
  TwoLeast low, high;
  for (std::size_t c = 0; c < cells_.size(); ++c) {
    if (cells_[c].low) low.add(c, cells_[c].to_low);
    if (cells_[c].high) high.add(c, cells_[c].to_high);
  }
  if (low.least == kNever || high.least == kNever) return std::nullopt;
  if (low.first != high.first || within.lowest == within.highest)
    return Touching{low.first, high.first};
  const double other_high = low.least + high.next, other_low = low.next + high.least;
  if (std::min(other_high, other_low) == kNever) return std::nullopt;
  return other_high <= other_low ? Touching{low.first, high.second}
                                 : Touching{low.second, high.first};
}

double PlainRounding::cost(Extremes within) {
  if (!possible(within)) return kNever;
  place_cells(within);
  const std::optional<Touching> touching = cheapest(within);
  if (!touching) return kNever;
  // Not `cost + to_low`, which would round otherwise than the program does.
  Cell &low = cells_[touching->low], &high = cells_[touching->high];
  low.cost = low.weight * std::abs(within.lowest - low.real);
  high.cost = high.weight * std::abs(within.highest - high.real);
  double sum = 0;
  for (const Cell& cell : cells_) sum += cell.cost;
  return sum;
}

std::optional<std::vector<int>> PlainRounding::points(Extremes within) {
  if (!possible(within)) return std::nullopt;
  place_cells(within);
  const std::optional<Touching> touching = cheapest(within);
  if (!touching || !no_other(within, *touching)) return std::nullopt;
  std::vector<int> out;
  out.reserve(cells_.size());
  for (const Cell& cell : cells_) out.push_back(static_cast<int>(cell.points));
  out[touching->low] = within.lowest;
  out[touching->high] = within.highest;
  return out;
}

// Whether every other choice costs more by what sums of floating point can tell.
bool PlainRounding::no_other(Extremes within, const Touching& best) const {
  double sum = 0;
  for (const Cell& cell : cells_) sum += cell.cost;
  const double tolerance = kSame * (1 + sum);
  if (within.lowest == within.highest) return true;
  for (const Cell& cell : cells_) {
    const double aside = 0.5 - std::abs(cell.near - cell.real);
    if (cell.weight * std::min(1.0, 2 * aside) <= tolerance) return false;
  }
  const double least = cells_[best.low].to_low + cells_[best.high].to_high;
  for (std::size_t low = 0; low < cells_.size(); ++low) {
    for (std::size_t high = 0; high < cells_.size(); ++high) {
      if (low == high || !cells_[low].low || !cells_[high].high) continue;
      if (cells_[low].to_low + cells_[high].to_high > least + tolerance) continue;
      const bool same_low =
          low == best.low || (cells_[low].to_low == 0 && cells_[best.low].to_low == 0);
      const bool same_high =
          high == best.high || (cells_[high].to_high == 0 && cells_[best.high].to_high == 0);
      if (!same_low || !same_high) return false;
    }
  }
  return true;
}

}  // namespace credence
