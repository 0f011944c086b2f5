#include <credence/binning/prebin_counts.h>
#include <credence/binning/special_codes.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

namespace credence {

namespace {

constexpr int most_prebins = 1000;
constexpr std::size_t most_codes = 1000;
// Within these, sums of weights and of their squares keep the digits that rates need.
constexpr double least_weight = 1e-12, most_weight = 1e12;

using Complaint = std::optional<std::string>;

Complaint of_specials(const std::vector<SpecialCode>& specials, Column::Kind kind) {
  if (specials.size() > most_codes) return fmt::format("more than {} special codes", most_codes);
  return defect_of(specials, kind);
}

Complaint of_splits(const PrebinRules& rules, Column::Kind kind) {
  if (!rules.splits.empty() && kind == Column::Kind::text)
    return "splits are numbers, and the variable holds texts; use groups";
  for (std::size_t i = 0; i < rules.splits.size(); ++i) {
    if (!std::isfinite(rules.splits[i])) return "a split is not a finite number";
    if (i > 0 && rules.splits[i - 1] >= rules.splits[i])
      return fmt::format("splits ascend, and {} does not come after {}", rules.splits[i],
                         rules.splits[i - 1]);
  }
  if (rules.splits.size() >= most_prebins)
    return fmt::format("{} splits are more than {}", rules.splits.size(), most_prebins - 1);
  if (!rules.fixed.empty() && rules.fixed.size() != rules.splits.size())
    return fmt::format("{} marks of fixed splits for {} splits", rules.fixed.size(),
                       rules.splits.size());
  return std::nullopt;
}

Complaint of_groups(const VariableRules& rules, Column::Kind kind) {
  const PrebinRules& prebins = rules.prebins;
  if (prebins.groups.empty()) {
    const bool needed = prebins.method == Prebinning::splits && kind == Column::Kind::text;
    return needed ? Complaint{"the method is `splits` and no groups are given"} : std::nullopt;
  }
  if (kind == Column::Kind::number) return "groups are of texts, and the variable holds numbers";
  if (prebins.method != Prebinning::splits) return "groups are for the method `splits`";
  if (prebins.groups.size() > most_prebins)
    return fmt::format("{} groups are more than {}", prebins.groups.size(), most_prebins);
  std::set<std::string> seen;
  for (const SpecialCode& special : rules.specials)
    seen.insert(special.texts.begin(), special.texts.end());
  for (const auto& group : prebins.groups) {
    for (const std::string& text : group) {
      if (!seen.insert(text).second)
        return fmt::format("the text `{}` stands in groups or special codes twice", text);
    }
  }
  return std::nullopt;
}

Complaint of_prebins(const PrebinRules& rules, Column::Kind kind) {
  if (rules.max_prebins < 1 || rules.max_prebins > most_prebins)
    return fmt::format("max_prebins is {}, not from 1 to {}", rules.max_prebins, most_prebins);
  if (!(rules.min_share >= 0 && rules.min_share <= 1))
    return fmt::format("min_share is {}, not from 0 to 1", rules.min_share);
  if (rules.method == Prebinning::uniform && kind == Column::Kind::text)
    return "the method `uniform` is for numbers; use `cart` for texts";
  return std::nullopt;
}

Complaint of_absence(const Absence& absence, const char* what) {
  const bool is_fixed =
      absence.policy == AbsencePolicy::fixed || absence.fallback == AbsencePolicy::fixed;
  if (is_fixed && !std::isfinite(absence.value))
    return fmt::format("the fixed value of {} is not a finite number", what);
  if (!(absence.min_records >= 0))
    return fmt::format("min_records of {} is {}, not 0 or more", what, absence.min_records);
  return std::nullopt;
}

Complaint of_the_rest(const VariableRules& rules) {
  if (!(rules.smoothing >= 0 && std::isfinite(rules.smoothing)))
    return fmt::format("smoothing is {}, not 0 or more", rules.smoothing);
  if (rules.rare_share && !(*rules.rare_share >= 0 && *rules.rare_share <= 1))
    return fmt::format("rare_share is {}, not from 0 to 1", *rules.rare_share);
  if (rules.folds < 2 || rules.folds > 100)
    return fmt::format("folds is {}, not from 2 to 100", rules.folds);
  if (Complaint complaint = of_absence(rules.missing, "missing")) return complaint;
  if (Complaint complaint = of_absence(rules.special, "special codes")) return complaint;
  return of_absence(rules.unknown, "unknown texts");
}

}  // namespace

Result<Done> check_rules(const VariableRules& rules, const std::string& variable,
                         Column::Kind kind) {
  Complaint complaint = of_specials(rules.specials, kind);
  if (!complaint) complaint = of_prebins(rules.prebins, kind);
  if (!complaint) complaint = of_splits(rules.prebins, kind);
  if (!complaint) complaint = of_groups(rules, kind);
  if (!complaint) complaint = of_the_rest(rules);
  if (complaint)
    return refusal("binning.rules", variable, *complaint, "change the rules of this variable");
  return Done{};
}

Result<Done> check_rows(const Outcome& outcome, const Column& column) {
  const std::string& name = column.name();
  if (column.size() > kMostRows)
    return refusal("binning.too_many_rows", name,
                   fmt::format("{} rows are more than the {} that are counted at once",
                               column.size(), kMostRows),
                   "summarise them in chunks (`credence bin --streaming` does), or bin a sample");
  if (outcome.bad.size() != column.size()) {
    return refusal("binning.length", name,
                   fmt::format("{} rows, but {} outcomes", column.size(), outcome.bad.size()),
                   "give one outcome per row of the column");
  }
  if (!outcome.weights.empty() && outcome.weights.size() != column.size()) {
    return refusal("binning.length", name,
                   fmt::format("{} rows, but {} weights", column.size(), outcome.weights.size()),
                   "give one weight per row, or none at all");
  }
  for (std::size_t row = 0; row < outcome.weights.size(); ++row) {
    const double weight = outcome.weights[row];
    if (weight >= least_weight && weight <= most_weight) continue;
    return refusal("binning.weights", name,
                   fmt::format("the weight of row {} is {}; a weight lies from {} to {}", row + 1,
                               weight, least_weight, most_weight),
                   "leave rows that do not count out of the table");
  }
  // All bits together first, because a search that may end at each row takes ten times as long.
  std::uint8_t seen = 0;
  for (const std::uint8_t bad : outcome.bad) seen |= bad;
  if (seen > 1) {
    const auto other = std::ranges::find_if(outcome.bad, [](std::uint8_t bad) { return bad > 1; });
    return refusal("binning.target", name,
                   fmt::format("the outcome of row {} is {}, neither 0 (good) nor 1 (bad)",
                               other - outcome.bad.begin() + 1, *other),
                   "say which value of the target is the bad one");
  }
  return Done{};
}

Result<Done> check_counts(const VariableCounts& counts) {
  const Tally total = counts.total();
  if (total.records == 0)
    return refusal("binning.length", counts.name, "there are no rows", "give a table with rows");
  if (total.events <= 0 || total.nonevents <= 0) {
    return refusal(
        "binning.one_class", counts.name,
        fmt::format("all {} outcomes are {}", total.records, total.events <= 0 ? "good" : "bad"),
        "binning needs rows of both outcomes; see which value of the target is bad");
  }
  if (counts.clean.size() == 0 || counts.clean.weight.back() <= 0) {
    return refusal("binning.all_missing", counts.name,
                   "no row has a value: each is missing, a special code or an unnamed text",
                   "leave this variable out, or see whether the file was read as meant");
  }
  return Done{};
}

}  // namespace credence
