#include <credence/cli/desk_plan.h>
#include <credence/cli/plan_edit.h>
#include <credence/cli/toml_text.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

using Keys = std::vector<PlanChange::Key>;

std::string word_of(PValuePolicy policy) {
  return policy == PValuePolicy::all ? "all" : "consecutive";
}
std::string word_of(SizeBasis basis) {
  return basis == SizeBasis::weight ? "weight" : "records";
}
std::string word_of(Prebinning method) {
  switch (method) {
    case Prebinning::quantile:
      return "quantile";
    case Prebinning::uniform:
      return "uniform";
    case Prebinning::mdlp:
      return "mdlp";
    case Prebinning::splits:
      return "splits";
    case Prebinning::cart:
      break;
  }
  return "cart";
}

void differ(Keys& keys, const char* name, double wanted, double given) {
  if (wanted != given) keys.push_back({name, toml_number(wanted)});
}
void differ(Keys& keys, const char* name, const std::optional<double>& wanted,
            const std::optional<double>& given) {
  if (wanted && wanted != given) keys.push_back({name, toml_number(*wanted)});
}
// The plan has no word for "no limit": it is lifted by the widest value that there is.
void differ(Keys& keys, const char* name, const std::optional<int>& wanted,
            const std::optional<int>& given, int widest) {
  if (wanted.value_or(widest) != given.value_or(widest))
    keys.push_back({name, std::to_string(wanted.value_or(widest))});
}
void differ(Keys& keys, const char* name, const std::string& wanted, const std::string& given) {
  if (wanted != given) keys.push_back({name, toml_quoted(wanted)});
}

std::string prebins_text(const PrebinRules& rules) {
  std::string out =
      fmt::format("{{ method = \"{}\", max = {}, min_share = {}", word_of(rules.method),
                  rules.max_prebins, toml_number(rules.min_share));
  if (!rules.splits.empty()) out += ", splits = " + toml_numbers(rules.splits);
  std::string fixed;
  for (bool one : rules.fixed) fixed += fmt::format("{}{}", fixed.empty() ? "" : ", ", one);
  if (!fixed.empty()) out += ", fixed = [" + fixed + "]";
  if (!rules.groups.empty()) out += ", groups = " + toml_groups(rules.groups);
  return out + " }";
}

// The keys with which the rules of a plan become the ones that are wanted, as far as the command
// line or the desk can have changed them.
Keys differences(const VariableRules& wanted, const VariableRules& given) {
  constexpr int most_bins = 1000;
  const BinningRules &to = wanted.binning, &from = given.binning;
  Keys keys;
  differ(keys, "trend", to_text(to.trend), to_text(from.trend));
  differ(keys, "divergence", to_text(to.divergence), to_text(from.divergence));
  differ(keys, "min_bins", to.min_bins, from.min_bins, 1);
  differ(keys, "max_bins", to.max_bins, from.max_bins, most_bins);
  differ(keys, "min_bin_share", to.min_bin_share, from.min_bin_share);
  differ(keys, "max_bin_share", to.max_bin_share, from.max_bin_share);
  differ(keys, "min_bin_events", to.min_bin_events, from.min_bin_events);
  differ(keys, "min_bin_nonevents", to.min_bin_nonevents, from.min_bin_nonevents);
  differ(keys, "min_rate_difference", to.min_rate_difference, from.min_rate_difference);
  differ(keys, "max_p_value", to.max_p_value, from.max_p_value);
  differ(keys, "p_value_policy", word_of(to.p_value_policy), word_of(from.p_value_policy));
  differ(keys, "size_basis", word_of(to.size_basis), word_of(from.size_basis));
  const std::string prebins = prebins_text(wanted.prebins);
  if (prebins != prebins_text(given.prebins)) keys.push_back({"prebins", prebins});
  if (wanted.specials != given.specials) keys.push_back({"special", toml_codes(wanted.specials)});
  return keys;
}

void add_flag(Keys& keys, const char* name, bool wanted, bool given) {
  if (wanted == given) return;
  keys.push_back({name, wanted ? std::optional<std::string>{"true"} : std::nullopt});
}

PlanChange change_of(const TrainingPlan& plan, const DeskDecision& decision) {
  const BinDesk::State& state = *decision.state;
  const std::string& name = decision.column->name();
  const Column::Kind kind = decision.column->kind();
  const TrainingPlan::Variable* own = plan.find(name);
  PlanChange change{.variable = name, .keys = differences(state.rules, plan.rules_of(name, kind))};
  add_flag(change.keys, "leave_out", state.place == BinDesk::Place::left_out,
           own != nullptr && own->leave_out);
  add_flag(change.keys, "keep", state.place == BinDesk::Place::kept, own != nullptr && own->keep);
  if (state.by_hand) {
    // Numbers that were read as texts would come back as numbers, and their groups fit none.
    const bool is_told = own != nullptr && own->kind == kind;
    if (kind == Column::Kind::text && !is_told) change.keys.push_back({"kind", "\"text\""});
    change.keys.push_back({"bins", toml_bins(state.bins->cells, state.because)});
  } else if (own != nullptr && own->bins) {
    change.keys.push_back({"bins", std::nullopt});
  }
  return change;
}

bool says(const TrainingPlan& plan, const DeskDecision& decision) {
  const PlanChange rest = change_of(plan, decision);
  const BinDesk::State& state = *decision.state;
  const TrainingPlan::Variable* own = plan.find(decision.column->name());
  if (!state.by_hand) return rest.keys.empty();
  return own != nullptr && own->bins && *own->bins == state.bins->cells &&
         own->bins_because == state.because && rest.keys.size() == 1;
}

Finding first_error(const Findings& findings) {
  for (const Finding& finding : findings)
    if (finding.severity == Finding::Severity::error) return finding;
  return {};
}

Finding not_said(const std::string& variable) {
  Finding finding;
  finding.code = "plan.shape";
  finding.message = {
      fmt::format("the plan would not say what was decided about `{}`", variable),
      fmt::format("le plan ne dirait pas ce qui a été décidé pour « {} »", variable)};
  finding.help = {"write to a new file, or take what the plan says about it out first",
                  "écrivez dans un nouveau fichier, ou retirez d'abord ce que le plan en dit"};
  return finding;
}

}  // namespace

std::variant<std::string, Finding> with_decisions(const DeskPlan& plan,
                                                  const std::vector<DeskDecision>& decisions) {
  ReadPlan before = read_plan(plan.text, plan.path);
  if (!before.plan) return first_error(before.findings);
  std::vector<PlanChange> changes;
  for (const DeskDecision& decision : decisions)
    changes.push_back(change_of(*before.plan, decision));
  auto edited = edit_plan(plan.text, plan.path, changes);
  if (std::holds_alternative<Finding>(edited)) return edited;
  ReadPlan after = read_plan(std::get<std::string>(edited), plan.path);
  if (!after.plan) return first_error(after.findings);
  for (const DeskDecision& decision : decisions)
    if (!says(*after.plan, decision)) return not_said(decision.column->name());
  return edited;
}

}  // namespace credence
