#include <credence/published/check_list.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

bool PublishedCheck::holds() const {
  return std::abs(ours - published) <= tolerance;
}

CheckList::CheckList(std::string_view source, double effort)
    : source_(source), effort_(effort > 0 ? std::min(effort, 1000.0) : 0) {}

std::size_t CheckList::runs(std::size_t reference) const {
  auto wanted = static_cast<std::size_t>(std::ceil(static_cast<double>(reference) * effort_));
  return std::max<std::size_t>(wanted, std::min<std::size_t>(reference, 4));
}

void CheckList::exact(std::string id, std::string what, double published, double ours,
                      double tolerance) {
  checks_.push_back({std::move(id), std::move(what), source_, published, ours, tolerance});
}

void CheckList::sampled(std::string id, std::string what, double published, double ours,
                        double tolerance, std::size_t reference) {
  std::size_t made = runs(reference);
  if (made < reference) {
    tolerance *= std::sqrt(static_cast<double>(reference) / static_cast<double>(made));
    what += " (" + std::to_string(made) + " of " + std::to_string(reference) +
            " runs: tolerance widened)";
  }
  exact(std::move(id), std::move(what), published, ours, tolerance);
}

void CheckList::claim(std::string id, std::string what, bool true_here) {
  exact(std::move(id), std::move(what), 1, true_here ? 1 : 0, 0);
}

std::string shown_number(double value, int digits) {
  return fmt::format("{:.{}f}", value, digits);
}

}  // namespace credence
