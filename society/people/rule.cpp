#include <credence/base/expects.h>
#include <credence/people/rule.h>

namespace credence {

ParameterValues::ParameterValues(std::span<const RuleDescription* const> rules) {
  for (const RuleDescription* rule : rules) {
    for (const RuleParameter& parameter : rule->parameters) {
      bool is_new = values_.emplace(rule->id + "." + parameter.id, parameter.standard).second;
      expects(is_new, "ParameterValues: two parameters of one name");
    }
  }
}

double ParameterValues::at(std::string_view name) const {
  auto found = values_.find(name);
  expects(found != values_.end(), "ParameterValues::at: no such parameter");
  return found->second;
}

void ParameterValues::set(std::string_view name, double value) {
  auto found = values_.find(name);
  expects(found != values_.end(), "ParameterValues::set: no such parameter");
  found->second = value;
}

}  // namespace credence
