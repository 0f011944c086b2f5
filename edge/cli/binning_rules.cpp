#include <credence/cli/binning_rules.h>
#include <credence/optimum/solve.h>
#include <credence/terminal/decimals.h>
#include <credence/terminal/numbers.h>
#include <fmt/format.h>

#include <cmath>

namespace credence {

namespace {

constexpr double kMost = 1e15;

// Reads options one after the other and keeps the first error.
class Reader {
 public:
  explicit Reader(const Arguments& arguments) : arguments_(arguments) {}

  template <class To>
  void decimal(const char* name, To& to, double least, double most) {
    if (error_ || !arguments_.has(name)) return;
    auto value = parse_decimal(name, arguments_.one(name), least, most);
    if (value)
      to = *value;
    else
      error_ = value.error();
  }
  template <class To>
  void whole(const char* name, To& to, std::uint64_t most) {
    if (error_ || !arguments_.has(name)) return;
    auto value = parse_number(name, arguments_.one(name), most);
    if (value)
      to = static_cast<int>(*value);
    else
      error_ = value.error();
  }
  const std::optional<Error>& error() const { return error_; }

 private:
  const Arguments& arguments_;
  std::optional<Error> error_;
};

constexpr Trend kTrends[] = {Trend::automatic, Trend::none,   Trend::ascending, Trend::descending,
                             Trend::peak,      Trend::valley, Trend::concave,   Trend::convex};
constexpr Divergence kDivergences[] = {Divergence::iv, Divergence::js, Divergence::hellinger,
                                       Divergence::triangular};

std::vector<std::string> trend_names() {
  std::vector<std::string> names;
  for (Trend trend : kTrends) names.push_back(to_text(trend));
  return names;
}

std::vector<std::string> divergence_names() {
  std::vector<std::string> names;
  for (Divergence divergence : kDivergences) names.push_back(to_text(divergence));
  return names;
}

}  // namespace

std::vector<Option> binning_options() {
  return {{"trend", "TREND",
           "how the bad rate goes from bin to bin (automatic: all are solved, chosen by held-out "
           "loss)",
           false, false, trend_names()},
          {"divergence", "NAME", "what is maximised (iv)", false, false, divergence_names()},
          {"min-bins", "N", "bins at least, missing and special ones not counted"},
          {"max-bins", "N", "bins at most"},
          {"min-bin-share", "SHARE", "of all records, in each bin at least (0.05)"},
          {"max-bin-share", "SHARE", "of all records, in each bin at most (1)"},
          {"min-bin-events", "N", "bad records in each bin at least"},
          {"min-bin-nonevents", "N", "good records in each bin at least"},
          {"min-rate-difference", "SHARE", "between the bad rates of neighbouring bins (0)"},
          {"max-p-value", "P", "of equal bad rates, two-proportion test of neighbours"},
          {"all-p-values", "", "test every pair of bins, not only neighbours"},
          {"prebins", "N", "cut into at most so many pieces first (50)"},
          {"prebin-method",
           "NAME",
           "how pieces are cut (cart)",
           false,
           false,
           {"cart", "quantile", "uniform", "mdlp"}}};
}

Result<VariableRules> with_options(VariableRules rules, const Arguments& arguments) {
  BinningRules& limits = rules.binning;
  Reader read(arguments);
  read.whole("min-bins", limits.min_bins, 1000);
  read.whole("max-bins", limits.max_bins, 1000);
  read.decimal("min-bin-share", limits.min_bin_share, 0, 1);
  read.decimal("max-bin-share", limits.max_bin_share, 0, 1);
  read.decimal("min-bin-events", limits.min_bin_events, 0, kMost);
  read.decimal("min-bin-nonevents", limits.min_bin_nonevents, 0, kMost);
  read.decimal("min-rate-difference", limits.min_rate_difference, 0, 1);
  read.decimal("max-p-value", limits.max_p_value, 0, 1);
  read.whole("prebins", rules.prebins.max_prebins, 1000);
  if (read.error()) return *read.error();
  if (arguments.has("all-p-values")) limits.p_value_policy = PValuePolicy::all;
  for (Trend trend : kTrends) {
    if (arguments.one_or("trend", "") == to_text(trend)) limits.trend = trend;
  }
  for (Divergence divergence : kDivergences) {
    if (arguments.one_or("divergence", "") == to_text(divergence)) limits.divergence = divergence;
  }
  std::string method = arguments.one_or("prebin-method", "");
  if (method == "quantile") rules.prebins.method = Prebinning::quantile;
  if (method == "uniform") rules.prebins.method = Prebinning::uniform;
  if (method == "mdlp") rules.prebins.method = Prebinning::mdlp;
  return rules;
}

}  // namespace credence
