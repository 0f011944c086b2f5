#include <credence/charter/charter.h>
#include <credence/native/charter.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <string>
#include <tuple>
#include <vector>

namespace credence {

namespace nb = nanobind;

namespace {

// Article and what the name betrays, for each rule that it breaks.
std::vector<std::tuple<std::string, std::string>> betrayed_by(const std::string& name) {
  std::vector<std::tuple<std::string, std::string>> broken;
  for (const NameRule* rule : Charter::builtin().catalogue().betrayed_by(name)) {
    broken.emplace_back(rule->article, rule->betrays.en);
  }
  return broken;
}

}  // namespace

void bind_charter(nb::module_& module) {
  module.def("betrayed_by", &betrayed_by, nb::arg("name"),
             "The articles of the charter that a column of this name would break as an input of a "
             "card, each with what the name betrays.");
}

}  // namespace credence
