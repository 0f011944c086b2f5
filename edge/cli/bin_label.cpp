#include <credence/cli/bin_label.h>
#include <fmt/format.h>

namespace credence {

namespace {

std::string label_of_numbers(std::span<const double> edges, std::size_t bin) {
  if (edges.empty()) return "any number";
  if (bin == 0) return fmt::format("below {}", edges.front());
  if (bin == edges.size()) return fmt::format("{} or more", edges.back());
  return fmt::format("{} to below {}", edges[bin - 1], edges[bin]);
}

std::string label_of_texts(const std::vector<std::string>& texts) {
  constexpr std::size_t kTold = 4;
  std::string out;
  for (std::size_t i = 0; i < texts.size() && i < kTold; ++i)
    out += fmt::format("{}{}", i == 0 ? "" : ", ", texts[i]);
  if (texts.size() > kTold) out += fmt::format(" and {} more", texts.size() - kTold);
  return out;
}

}  // namespace

std::string bin_label(const Cells& cells, int cell) {
  auto at = static_cast<std::size_t>(cell);
  if (cell < cells.bins() && cells.kind() == Column::Kind::number)
    return label_of_numbers(cells.edges(), at);
  if (cell < cells.bins()) return label_of_texts(cells.groups()[at]);
  if (cell < cells.missing())
    return fmt::format("code {}",
                       cells.specials()[at - static_cast<std::size_t>(cells.bins())].name);
  return cell == cells.missing() ? "missing" : "any other";
}

}  // namespace credence
