#include <credence/base/bytes.h>
#include <credence/base/sha256.h>
#include <credence/optimum/problem.h>
#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace credence {

namespace {

constexpr double kMostCounted = 1e15;  // whole numbers beyond lose their unit in sums of doubles
constexpr double kMostSquares = kMostCounted * kMostCounted;
// Ratios of what is counted must stay numbers too; no real weight is so small.
constexpr double kLeastCounted = 1e-100;

Error refusal(std::string code, std::string message, std::string help) {
  return Error{.code = "binning." + code, .message = std::move(message), .help = std::move(help)};
}

bool is_count(double value) {
  return value == 0 || (value >= kLeastCounted && value <= kMostCounted);
}

bool is_sum_of_squares(double value) {
  return value == 0 || (value >= kLeastCounted * kLeastCounted && value <= kMostSquares);
}

Result<Done> sensible_prebins(const BinningProblem& problem) {
  if (problem.prebins.empty())
    return refusal("prebins", "there are no prebins", "give at least one group of clean rows");
  if (problem.prebins.size() > static_cast<std::size_t>(kMostPrebins))
    return refusal(
        "prebins",
        fmt::format("{} prebins are more than the {} that are solved exactly",
                    problem.prebins.size(), kMostPrebins),
        "lower `max_prebins` (50 to 100 lose next to nothing), or raise the prebins' `min_share`");
  for (std::size_t i = 0; i < problem.prebins.size(); ++i) {
    const Tally& tally = problem.prebins[i];
    for (auto [name, value] : {std::pair{"events", tally.events},
                               {"nonevents", tally.nonevents},
                               {"records", tally.records}})
      if (!is_count(value))
        return refusal("tally", fmt::format("prebin {} has {} {}", i + 1, name, value),
                       "counts and sums of weights are 0 or between 1e-100 and 1e15");
    if (!is_sum_of_squares(tally.squares))
      return refusal("tally",
                     fmt::format("prebin {} has a sum of squares of {}", i + 1, tally.squares),
                     "sums of squared weights are between 0 and 1e30");
    if (!(tally.weight() > 0) || !(tally.records > 0))
      return refusal("tally", fmt::format("prebin {} is empty", i + 1),
                     "join prebins without records or without weight to a neighbour");
    double effective = tally.weight() / tally.squares * tally.weight();
    if (problem.rules.max_p_value && !(effective > 0 && effective <= kMostCounted))
      return refusal("tally",
                     fmt::format("prebin {} has no effective size for `max_p_value`: its sum of "
                                 "squared weights is {}",
                                 i + 1, tally.squares),
                     "fill `squares`; it is the number of records when every weight is 1");
  }
  return Done{};
}

Result<Done> sensible_totals(const BinningProblem& problem) {
  Tally all;
  for (const Tally& tally : problem.prebins) all += tally;
  if (!(all.events > 0) || !(all.nonevents > 0))
    return refusal("one_class",
                   all.events > 0 ? "the prebins have no non-event" : "the prebins have no event",
                   "binning needs both outcomes among the rows that have a value");
  double clean = problem.rules.size_basis == SizeBasis::records ? all.records : all.weight();
  if (!is_count(problem.total) || problem.total < clean * (1 - 1e-9))
    return refusal("total",
                   fmt::format("the total size is {}, but the prebins alone have {}",
                               number_text(problem.total), number_text(clean)),
                   "`total` counts all rows, missing and special ones included, in `size_basis`");
  if (!problem.fixed_after.empty() && problem.fixed_after.size() + 1 != problem.prebins.size())
    return refusal("fixed",
                   fmt::format("`fixed_after` has {} entries for {} prebins",
                               problem.fixed_after.size(), problem.prebins.size()),
                   "give one entry per prebin but the last, or none at all");
  return Done{};
}

Result<Done> ordered(std::string_view least_name, double least, std::string_view most_name,
                     double most, double floor, double ceiling) {
  for (auto [name, value] : {std::pair{least_name, least}, {most_name, most}})
    if (!(value >= floor && value <= ceiling))
      return refusal("rules", fmt::format("`{}` is {}", name, number_text(value)),
                     fmt::format("it is at least {} and at most {}", floor, number_text(ceiling)));
  if (least > most)
    return refusal("rules",
                   fmt::format("`{}` is {}, above `{}`, which is {}", least_name,
                               number_text(least), most_name, number_text(most)),
                   "lower the first or raise the second");
  return Done{};
}

Result<Done> sensible_rules(const BinningRules& rules) {
  if (rules.trend == Trend::automatic)
    return refusal("rules", "the trend is `automatic`",
                   "one solve has one trend; bin() tries them all and chooses");
  if (auto done = ordered("min_bins", rules.min_bins.value_or(1), "max_bins",
                          rules.max_bins.value_or(kMostPrebins * 1000), 1, kMostPrebins * 1000);
      !done)
    return done;
  if (auto done =
          ordered("min_bin_share", rules.min_bin_share, "max_bin_share", rules.max_bin_share, 0, 1);
      !done)
    return done;
  if (auto done = ordered("min_bin_events", rules.min_bin_events.value_or(0), "max_bin_events",
                          rules.max_bin_events.value_or(kMostCounted), 0, kMostCounted);
      !done)
    return done;
  if (auto done =
          ordered("min_bin_nonevents", rules.min_bin_nonevents.value_or(0), "max_bin_nonevents",
                  rules.max_bin_nonevents.value_or(kMostCounted), 0, kMostCounted);
      !done)
    return done;
  if (!(rules.min_rate_difference >= 0 && rules.min_rate_difference <= 1))
    return refusal("rules", fmt::format("`min_rate_difference` is {}", rules.min_rate_difference),
                   "event rates differ by 0 to 1");
  if (rules.max_p_value && !(*rules.max_p_value > 0 && *rules.max_p_value <= 1))
    return refusal("rules", fmt::format("`max_p_value` is {}", *rules.max_p_value),
                   "it is above 0 and at most 1; 0.05 is usual");
  if (!(rules.gamma >= 0 && rules.gamma <= 1e6))
    return refusal("rules", fmt::format("`gamma` is {}", rules.gamma),
                   "it is between 0 (sizes may differ) and 1e6");
  return Done{};
}

void append(std::string& text, std::string_view name, const std::string& value) {
  if (text.back() != '{') text += ',';
  text += fmt::format("\"{}\":{}", name, value);
}

std::string optional_text(const std::optional<double>& value) {
  return value ? number_text(*value) : "null";
}

std::string rules_text(const BinningRules& rules) {
  auto count = [](const std::optional<int>& value) {
    return value ? std::to_string(*value) : std::string{"null"};
  };
  std::string text = "{";
  append(text, "divergence", '"' + to_text(rules.divergence) + '"');
  append(text, "gamma", number_text(rules.gamma));
  append(text, "max_bin_events", optional_text(rules.max_bin_events));
  append(text, "max_bin_nonevents", optional_text(rules.max_bin_nonevents));
  append(text, "max_bin_share", number_text(rules.max_bin_share));
  append(text, "max_bins", count(rules.max_bins));
  append(text, "max_p_value", optional_text(rules.max_p_value));
  append(text, "min_bin_events", optional_text(rules.min_bin_events));
  append(text, "min_bin_nonevents", optional_text(rules.min_bin_nonevents));
  append(text, "min_bin_share", number_text(rules.min_bin_share));
  append(text, "min_bins", count(rules.min_bins));
  append(text, "min_rate_difference", number_text(rules.min_rate_difference));
  append(text, "p_value_policy",
         rules.p_value_policy == PValuePolicy::all ? "\"all\"" : "\"consecutive\"");
  append(text, "size_basis", rules.size_basis == SizeBasis::records ? "\"records\"" : "\"weight\"");
  append(text, "strict_shape", rules.strict_shape ? "true" : "false");
  append(text, "trend", '"' + to_text(rules.trend) + '"');
  return text + '}';
}

}  // namespace

std::string number_text(double value) {
  char buffer[32];
  auto end = std::to_chars(buffer, buffer + sizeof buffer, value == 0 ? 0.0 : value).ptr;
  return {buffer, end};
}

Result<Done> sensible(const BinningProblem& problem) {
  if (auto done = sensible_rules(problem.rules); !done) return done;
  if (auto done = sensible_prebins(problem); !done) return done;
  return sensible_totals(problem);
}

std::string problem_text(const BinningProblem& problem) {
  std::string text = "{\"fixed_after\":[";
  for (std::size_t i = 0; i < problem.fixed_after.size(); ++i)
    if (problem.fixed_after[i]) text += (text.back() == '[' ? "" : ",") + std::to_string(i);
  text += "],\"prebins\":[";
  for (const Tally& tally : problem.prebins) {
    if (text.back() != '[') text += ',';
    text += '[';
    for (double value : {tally.events, tally.nonevents, tally.records, tally.squares}) {
      if (text.back() != '[') text += ',';
      text += number_text(value);
    }
    text += ']';
  }
  text += "],\"rules\":" + rules_text(problem.rules) + ",\"total\":" + number_text(problem.total);
  return text + '}';
}

std::string problem_hash(const BinningProblem& problem) {
  return to_hex(sha256(problem_text(problem)));
}

}  // namespace credence
