#include <credence/binning/special_codes.h>
#include <credence/training/plan.h>

#include <algorithm>

namespace credence {

const TrainingPlan::Variable* TrainingPlan::find(std::string_view name) const {
  auto found = std::find_if(variables.begin(), variables.end(),
                            [name](const Variable& variable) { return variable.name == name; });
  return found == variables.end() ? nullptr : &*found;
}

VariableRules TrainingPlan::rules_of(std::string_view name) const {
  const Variable* own = find(name);
  return own ? own->rules : defaults;
}

VariableRules TrainingPlan::rules_of(std::string_view name, Column::Kind kind) const {
  return rules_of(find(name), kind);
}

VariableRules TrainingPlan::rules_of(const Variable* own, Column::Kind kind) const {
  VariableRules rules = own ? own->rules : defaults;
  std::vector<SpecialCode> codes;
  for (SpecialCode& code : rules.specials) {
    const bool is_shared = std::find(defaults.specials.begin(), defaults.specials.end(), code) !=
                           defaults.specials.end();
    std::vector<SpecialCode> held{std::move(code)};
    if (is_shared) held = codes_of_kind(held, kind);
    codes.insert(codes.end(), held.begin(), held.end());
  }
  rules.specials = std::move(codes);
  return rules;
}

PlanIndex::PlanIndex(const TrainingPlan& plan) {
  by_name_.reserve(plan.variables.size());
  for (const TrainingPlan::Variable& variable : plan.variables)
    by_name_.emplace(variable.name, &variable);
}

const TrainingPlan::Variable* PlanIndex::find(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : found->second;
}

}  // namespace credence
