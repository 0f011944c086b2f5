#pragma once

#include <credence/base/finding.h>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace credence {

// Some keys of one [[variable]] of a training plan: their new values as TOML writes them, or none,
// for a key that goes. What is none already stays none.
struct PlanChange {
  struct Key {
    std::string name;
    std::optional<std::string> value;
  };
  std::string variable;
  std::vector<Key> keys;
};

// The text of a plan with these keys changed and every other byte as it was, comments included. A
// variable that the plan lacks comes at its end. The result is read again and compared with the
// text before: where anything else would differ (tables written inline, or keys as tables of their
// own), nothing is changed and a finding (plan.shape) tells it. Other finding: plan.syntax.
std::variant<std::string, Finding> edit_plan(const std::string& text, const std::string& file,
                                             const std::vector<PlanChange>& changes);

}  // namespace credence
