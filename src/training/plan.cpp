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
  VariableRules rules = rules_of(name);
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

}  // namespace credence
