#include <credence/training/plan_rules.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace credence {

namespace {

constexpr double kMany = 1e15;
constexpr PlanTable::Range kShare{0, 1};

void read_binning(PlanTable& table, BinningRules& rules) {
  table.word("divergence", rules.divergence,
             {{"iv", Divergence::iv},
              {"js", Divergence::js},
              {"hellinger", Divergence::hellinger},
              {"triangular", Divergence::triangular}});
  table.word("trend", rules.trend,
             {{"automatic", Trend::automatic},
              {"none", Trend::none},
              {"ascending", Trend::ascending},
              {"descending", Trend::descending},
              {"peak", Trend::peak},
              {"valley", Trend::valley},
              {"concave", Trend::concave},
              {"convex", Trend::convex}});
  table.flag("strict_shape", rules.strict_shape);
  table.whole("min_bins", rules.min_bins, {1, 1000});
  table.whole("max_bins", rules.max_bins, {1, 1000});
  table.number("min_bin_share", rules.min_bin_share, kShare);
  table.number("max_bin_share", rules.max_bin_share, kShare);
  table.number("min_bin_events", rules.min_bin_events, {0, kMany});
  table.number("max_bin_events", rules.max_bin_events, {0, kMany});
  table.number("min_bin_nonevents", rules.min_bin_nonevents, {0, kMany});
  table.number("max_bin_nonevents", rules.max_bin_nonevents, {0, kMany});
  table.number("min_rate_difference", rules.min_rate_difference, kShare);
  table.number("max_p_value", rules.max_p_value, kShare);
  table.word("p_value_policy", rules.p_value_policy,
             {{"consecutive", PValuePolicy::consecutive}, {"all", PValuePolicy::all}});
  table.number("gamma", rules.gamma, {0, 1e9});
  table.word("size_basis", rules.size_basis,
             {{"records", SizeBasis::records}, {"weight", SizeBasis::weight}});
}

// A pair of limits of which the lower one lies above the upper one.
template <class T>
void check_order(PlanTable& table, std::string_view low_key, const T& low,
                 std::string_view high_key, const T& high) {
  if (!(low > high)) return;
  table.report("T008", low_key,
               {fmt::format("`{}` lies above `{}`", low_key, high_key),
                fmt::format("« {} » dépasse « {} »", low_key, high_key)},
               {"lower the one or raise the other", "baissez l'un ou relevez l'autre"});
}

void check_orders(PlanTable& table, const BinningRules& rules) {
  if (rules.min_bins && rules.max_bins)
    check_order(table, "min_bins", *rules.min_bins, "max_bins", *rules.max_bins);
  check_order(table, "min_bin_share", rules.min_bin_share, "max_bin_share", rules.max_bin_share);
  if (rules.min_bin_events && rules.max_bin_events)
    check_order(table, "min_bin_events", *rules.min_bin_events, "max_bin_events",
                *rules.max_bin_events);
  if (rules.min_bin_nonevents && rules.max_bin_nonevents)
    check_order(table, "min_bin_nonevents", *rules.min_bin_nonevents, "max_bin_nonevents",
                *rules.max_bin_nonevents);
}

void read_prebins(PlanTable table, PrebinRules& rules) {
  table.word("method", rules.method,
             {{"cart", Prebinning::cart},
              {"quantile", Prebinning::quantile},
              {"uniform", Prebinning::uniform},
              {"mdlp", Prebinning::mdlp},
              {"splits", Prebinning::splits}});
  table.whole("max", rules.max_prebins, {1, 1000});
  table.number("min_share", rules.min_share, kShare);
  if (auto splits = table.numbers("splits"))
    if (ascend(table, "splits", *splits)) rules.splits = std::move(*splits);
  if (auto fixed = table.flags("fixed")) {
    if (fixed->size() == rules.splits.size()) {
      rules.fixed = std::move(*fixed);
    } else {
      table.report(
          "T008", "fixed",
          {fmt::format("`fixed` has {} values for {} splits", fixed->size(), rules.splits.size()),
           fmt::format("« fixed » a {} valeurs pour {} coupures", fixed->size(),
                       rules.splits.size())},
          {"one true or false for each split", "un true ou false par coupure"});
    }
  }
  if (auto groups = table.groups("groups"))
    if (texts_differ(table, "groups", *groups, {})) rules.groups = std::move(*groups);
  if (!rules.fixed.empty() && rules.fixed.size() != rules.splits.size()) rules.fixed.clear();
  table.finish();
}

void read_absence(PlanTable table, Absence& absence) {
  const std::initializer_list<std::pair<std::string_view, AbsencePolicy>> words = {
      {"empirical", AbsencePolicy::empirical},
      {"neutral", AbsencePolicy::neutral},
      {"worst", AbsencePolicy::worst},
      {"nearest", AbsencePolicy::nearest},
      {"fixed", AbsencePolicy::fixed}};
  table.word("policy", absence.policy, words);
  table.number("value", absence.value, {-100, 100});
  table.number("min_records", absence.min_records, {0, kMany});
  table.word("fallback", absence.fallback, words);
  table.finish();
}

std::optional<SpecialCode> read_code(PlanTable& table) {
  SpecialCode code;
  table.need("name");
  table.string("name", code.name, 200);
  bool texts = table.has("texts");
  if (auto values = table.strings("texts")) code.texts = std::move(*values);
  if (auto values = table.numbers("numbers")) code.numbers = std::move(*values);
  table.finish();
  if (code.name.empty()) return std::nullopt;
  if (!code.texts.empty() || !code.numbers.empty()) return code;
  table.report("T003", texts ? "texts" : "numbers",
               {fmt::format("the code `{}` names no value", code.name),
                fmt::format("le code « {} » ne nomme aucune valeur", code.name)},
               {"add `numbers = [-9]` or `texts = [\"none\"]`",
                "ajoutez « numbers = [-9] » ou « texts = [\"aucun\"] »"});
  return std::nullopt;
}

void read_codes(PlanTable& table, VariableRules& rules) {
  if (!table.has("special")) {
    table.tables("special");
    return;
  }
  rules.specials.clear();
  std::set<std::string> names, texts;
  std::set<double> numbers;
  for (PlanTable& item : table.tables("special")) {
    std::optional<SpecialCode> code = read_code(item);
    if (!code) continue;
    bool fresh = names.insert(code->name).second;
    for (double value : code->numbers) fresh = numbers.insert(value).second && fresh;
    for (const std::string& value : code->texts) fresh = texts.insert(value).second && fresh;
    if (fresh) {
      rules.specials.push_back(std::move(*code));
      continue;
    }
    item.report("T007", "",
                {fmt::format("the code `{}`, or a value of it, stands twice", code->name),
                 fmt::format("le code « {} » ou une de ses valeurs figure deux fois", code->name)},
                {"each name and each value once", "chaque nom et chaque valeur une seule fois"});
  }
}

}  // namespace

bool ascend(PlanTable& table, std::string_view key, const std::vector<double>& numbers) {
  if (std::adjacent_find(numbers.begin(), numbers.end(), std::greater_equal<>()) == numbers.end())
    return true;
  table.report("T008", key,
               {fmt::format("the numbers of `{}` do not ascend", key),
                fmt::format("les nombres de « {} » ne vont pas en croissant", key)},
               {"from the smallest to the largest, none twice",
                "du plus petit au plus grand, aucun deux fois"});
  return false;
}

bool texts_differ(PlanTable& table, std::string_view key,
                  const std::vector<std::vector<std::string>>& groups,
                  const std::vector<SpecialCode>& specials) {
  std::set<std::string> seen;
  for (const SpecialCode& code : specials) seen.insert(code.texts.begin(), code.texts.end());
  for (const std::vector<std::string>& group : groups) {
    for (const std::string& text : group) {
      if (seen.insert(text).second) continue;
      table.report("T007", key,
                   {fmt::format("`{}` stands twice in bins and special codes", text),
                    fmt::format("« {} » figure deux fois dans les classes et codes", text)},
                   {"each text once", "chaque texte une seule fois"});
      return false;
    }
  }
  return true;
}

void read_rules(PlanTable& table, VariableRules& rules) {
  read_binning(table, rules.binning);
  check_orders(table, rules.binning);
  read_prebins(table.table("prebins"), rules.prebins);
  read_codes(table, rules);
  PlanTable policy = table.table("policy");
  read_absence(policy.table("missing"), rules.missing);
  read_absence(policy.table("special"), rules.special);
  read_absence(policy.table("unknown"), rules.unknown);
  policy.finish();
  table.number("rare_share", rules.rare_share, kShare);
  table.number("smoothing", rules.smoothing, {0, 1000});
  table.word("on_infeasible", rules.on_infeasible,
             {{"error", OnInfeasible::error},
              {"relax", OnInfeasible::relax},
              {"one-bin", OnInfeasible::one_bin}});
  table.whole("trend_folds", rules.folds, {2, 100});
}

}  // namespace credence
