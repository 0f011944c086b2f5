#include <credence/cli/bin_label.h>
#include <fmt/format.h>

namespace credence {

namespace {

std::string label_of_numbers(std::span<const double> edges, std::size_t bin, const Tongue& tongue) {
  if (edges.empty()) return tongue.say({"any number", "tout nombre"});
  auto edge = [&](std::size_t at) { return tongue.shortest(edges[at]); };
  if (bin == 0) return tongue.say({"below {1}", "moins de {1}"}, {edge(0)});
  if (bin == edges.size()) return tongue.say({"{1} or more", "{1} ou plus"}, {edge(bin - 1)});
  return tongue.say({"{1} to below {2}", "{1} à moins de {2}"}, {edge(bin - 1), edge(bin)});
}

std::string label_of_texts(const std::vector<std::string>& texts, const Tongue& tongue) {
  constexpr std::size_t kTold = 4;
  std::string out;
  for (std::size_t i = 0; i < texts.size() && i < kTold; ++i)
    out += fmt::format("{}{}", i == 0 ? "" : ", ", texts[i]);
  if (texts.size() > kTold)
    out += tongue.say({" and {1} more", " et {1} autres"}, {std::to_string(texts.size() - kTold)});
  return out;
}

}  // namespace

std::string bin_label(const Cells& cells, int cell, const Tongue& tongue) {
  auto at = static_cast<std::size_t>(cell);
  if (cell < cells.bins() && cells.kind() == Column::Kind::number)
    return label_of_numbers(cells.edges(), at, tongue);
  if (cell < cells.bins()) return label_of_texts(cells.groups()[at], tongue);
  if (cell < cells.missing())
    return fmt::format("code {}",
                       cells.specials()[at - static_cast<std::size_t>(cells.bins())].name);
  return cell == cells.missing() ? tongue.say({"missing", "manquant"})
                                 : tongue.say({"any other", "tout autre"});
}

}  // namespace credence
