#pragma once

#include <credence/training/plan.h>
#include <credence/training/plan_table.h>

namespace credence {

// What a table says about the binning of a variable, on top of what `rules` hold already.
void read_rules(PlanTable& table, VariableRules& rules);

// Whether texts of groups (and of special codes beside them) stand twice; told as T007.
bool texts_differ(PlanTable& table, std::string_view key,
                  const std::vector<std::vector<std::string>>& groups,
                  const std::vector<SpecialCode>& specials);
// Whether numbers ascend strictly; told as T008.
bool ascend(PlanTable& table, std::string_view key, const std::vector<double>& numbers);

}  // namespace credence
