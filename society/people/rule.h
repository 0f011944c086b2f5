#pragma once

#include <credence/base/text.h>

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// One number of a rule, with the range in which it is plausible: what sensitivity analysis varies
// and what the description of the model prints.
struct RuleParameter {
  std::string id;  // within its rule: "late"
  double standard = 0, low = 0, high = 0;
  std::string unit;  // "a month", "share", "EUR", "points", ...
  Text name;
  std::string source;  // a paper, a statistic, or "invented"
};

// A rule of behaviour, of a person or of an institution. Each stands in a file of its own, which
// holds this description and the code that follows it, and nothing else.
struct RuleDescription {
  std::string id;     // "bills"
  std::string actor;  // "person", "bank", "police", ...
  Text name;
  Text what;  // what is done each month, in sentences that a teacher can read out
  std::string source;
  std::vector<RuleParameter> parameters;
};

// The values in force: every parameter of every rule, by "rule.parameter". A rule reads its own
// once, when a run begins.
class ParameterValues {
 public:
  // All standards. REQUIRES: no two parameters of one name.
  explicit ParameterValues(std::span<const RuleDescription* const> rules);
  // REQUIRES: there is such a parameter.
  double at(std::string_view name) const;
  bool has(std::string_view name) const { return values_.contains(name); }
  void set(std::string_view name, double value);  // REQUIRES as above
  const std::map<std::string, double, std::less<>>& all() const { return values_; }

 private:
  std::map<std::string, double, std::less<>> values_;
};

}  // namespace credence
