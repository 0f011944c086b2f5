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

}  // namespace credence
