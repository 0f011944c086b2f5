#include <credence/binning/bin_desk_state.h>
#include <credence/optimum/question.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

constexpr double kEqualRates = 1e-12;

// Cells that make no difference: what is shown of a variable for which there is no optimum.
Cells one_bin_of(const Column& column, const VariableRules& rules) {
  if (column.kind() == Column::Kind::number) return Cells::of_numbers({}, rules.specials);
  std::vector<std::string> texts;
  for (const std::string& text : column.dictionary()) {
    const bool is_code = std::ranges::any_of(rules.specials, [&](const SpecialCode& code) {
      return std::ranges::count(code.texts, text) > 0;
    });
    if (!is_code) texts.push_back(text);
  }
  return Cells::of_texts({std::move(texts)}, rules.specials);
}

// The bins (from 1) at which the rates leave the way of a trend.
class Way {
 public:
  explicit Way(std::vector<double> rates) : rates_(std::move(rates)) {}

  std::vector<int> against(Trend trend) const {
    switch (trend) {
      case Trend::ascending:
        return steps([](int, int direction) { return direction < 0; });
      case Trend::descending:
        return steps([](int, int direction) { return direction > 0; });
      case Trend::peak:
        return steps([](int turned, int direction) { return turned < 0 && direction > 0; });
      case Trend::valley:
        return steps([](int turned, int direction) { return turned > 0 && direction < 0; });
      case Trend::concave:
        return bends(-1);
      case Trend::convex:
        return bends(1);
      case Trend::automatic:
      case Trend::none:
        break;
    }
    return {};
  }

 private:
  static int direction_of(double difference) {
    return difference > kEqualRates ? 1 : difference < -kEqualRates ? -1 : 0;
  }
  // `turned` is the last direction that a peak or a valley turns into: -1 after a first fall, 1
  // after a first rise. A peak may rise before it falls, so its first rise turns nothing.
  template <typename Wrong>
  std::vector<int> steps(const Wrong& wrong) const {
    std::vector<int> found;
    bool fell = false, rose = false;
    for (std::size_t bin = 1; bin < rates_.size(); ++bin) {
      const int direction = direction_of(rates_[bin] - rates_[bin - 1]);
      const bool is_wrong =
          (fell && wrong(-1, direction)) || (rose && wrong(1, direction)) || wrong(0, direction);
      if (is_wrong) found.push_back(static_cast<int>(bin) + 1);
      fell = fell || direction < 0;
      rose = rose || direction > 0;
    }
    return found;
  }
  std::vector<int> bends(int wanted) const {
    std::vector<int> found;
    for (std::size_t bin = 1; bin + 1 < rates_.size(); ++bin) {
      const double bend = rates_[bin - 1] + rates_[bin + 1] - 2 * rates_[bin];
      if (direction_of(bend) == -wanted) found.push_back(static_cast<int>(bin) + 1);
    }
    return found;
  }

  std::vector<double> rates_;
};

std::optional<double> worth(const Binning* binning, Divergence divergence) {
  if (binning == nullptr) return std::nullopt;
  return divergence == Divergence::iv ? binning->iv : binning->certificate.objective;
}

}  // namespace

VariableRules rules_of_hand(const BinDesk::State& state) {
  VariableRules rules = state.rules;
  if (rules.binning.trend == Trend::automatic)
    rules.binning.trend = state.best ? state.best->trend : Trend::none;
  return rules;
}

BinDesk::State solved_state(const Column& column, const Outcome& outcome,
                            const BinDesk::State& rules, const Attempt<Binning>& best) {
  BinDesk::State state = rules;
  state.by_hand = false;
  state.because.clear();
  state.best = state.bins = nullptr;
  state.no_best.reset();
  if (best) {
    state.best = state.bins = std::make_shared<const Binning>(*best);
    return state;
  }
  state.no_best = best.told(column.name());
  auto single = bin_as(column, outcome, one_bin_of(column, state.rules), state.rules);
  if (single) state.bins = std::make_shared<const Binning>(*std::move(single));
  return state;
}

Finding desk_finding(std::string code, Text message, Text help) {
  Finding finding;
  finding.code = std::move(code);
  finding.message = std::move(message);
  finding.help = std::move(help);
  return finding;
}

Finding desk_finding(Finding told, Text help) {
  if (told.help.en.empty()) told.help = std::move(help);
  return told;
}

BrokenRules broken_rules(const BinDesk::State& state) {
  BrokenRules broken;
  if (!state.bins) return broken;
  const Binning& binning = *state.bins;
  const BinningRules& rules = state.rules.binning;
  const bool by_weight = rules.size_basis == SizeBasis::weight;
  double total = 0;
  for (const Binning::Row& row : binning.rows)
    total += by_weight ? row.tally.weight() : row.tally.records;
  const double least = size_limit(rules, rules.min_bin_share, total) * (1 - kEqualRates);
  std::vector<double> rates;
  for (int bin = 1; bin <= binning.cells.bins(); ++bin) {
    const Tally& tally = binning.rows[static_cast<std::size_t>(bin) - 1].tally;
    if (tally.weight() > 0) rates.push_back(tally.rate());
    if ((by_weight ? tally.weight() : tally.records) < least) broken.too_small.push_back(bin);
    if (rules.min_bin_events && tally.events < *rules.min_bin_events)
      broken.too_few_bad.push_back(bin);
    if (rules.min_bin_nonevents && tally.nonevents < *rules.min_bin_nonevents)
      broken.too_few_good.push_back(bin);
  }
  // With a bin that has no records the numbers of bins and rates part, and no rate is to blame.
  const bool all_have_rates = rates.size() == static_cast<std::size_t>(binning.cells.bins());
  const bool has_order = binning.cells.kind() == Column::Kind::number;
  if (all_have_rates && has_order)
    broken.against_trend = Way{std::move(rates)}.against(rules_of_hand(state).binning.trend);
  return broken;
}

std::optional<double> worth_of_bins(const BinDesk::State& state) {
  return worth(state.bins.get(), state.rules.binning.divergence);
}

std::optional<double> worth_of_best(const BinDesk::State& state) {
  return worth(state.best.get(), state.rules.binning.divergence);
}

}  // namespace credence
