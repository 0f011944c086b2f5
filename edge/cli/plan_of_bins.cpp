#include <credence/cli/plan_of_bins.h>
#include <credence/cli/toml_text.h>
#include <fmt/format.h>

namespace credence {

namespace {

constexpr std::string_view kBecause = "taken over from OptBinning";

}  // namespace

std::string plan_of_bins(std::span<const Scorecard::Variable> variables, const std::string& id) {
  std::string out;
  if (!id.empty()) out += fmt::format("id = {}\n", toml_quoted(id));
  for (const Scorecard::Variable& variable : variables) {
    out += fmt::format("\n[[variable]]\nname = {}\n", toml_quoted(variable.name));
    if (variable.cells.kind() == Column::Kind::text) out += "kind = \"text\"\n";
    if (!variable.cells.specials().empty())
      out += fmt::format("special = {}\n", toml_codes(variable.cells.specials()));
    out += fmt::format("bins = {}\n", toml_bins(variable.cells, kBecause));
  }
  return out;
}

}  // namespace credence
