#include <credence/charter/charter.h>
#include <credence/native/charter.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <string>
#include <vector>

namespace credence {

namespace nb = nanobind;

namespace {

// Of each name that breaks a rule, the article and what it betrays by rule.
nb::dict betrayals(const std::vector<std::string>& names) {
  const Catalogue& catalogue = Charter::builtin().catalogue();
  nb::dict betrayed;
  for (const std::string& name : names) {
    nb::list broken;
    for (const NameRule* rule : catalogue.betrayed_by(name)) {
      broken.append(nb::make_tuple(rule->article, rule->betrays.en));
    }
    if (broken.size() > 0) betrayed[nb::cast(name)] = broken;
  }
  return betrayed;
}

}  // namespace

void bind_charter(nb::module_& module) {
  module.def("betrayals", &betrayals, nb::arg("names"),
             "By name, for columns that would break articles of the charter as inputs of a card: "
             "each article with what the name betrays.");
}

}  // namespace credence
