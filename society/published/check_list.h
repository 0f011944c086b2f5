#pragma once

#include <credence/published/published.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace credence {

// Collects the checks of one model and keeps account of the effort: with fewer replicates than the
// reference had, a mean strays further, so its tolerance widens by the square root of the ratio
// and the check says so.
class CheckList {
 public:
  // An effort that is not above 0 counts as the smallest; the smallest is 4 replicates.
  CheckList(std::string_view source, double effort);

  // How many replicates (or people) to run where the reference has `reference`.
  std::size_t runs(std::size_t reference) const;
  // A number without chance in it: the tolerance stands whatever the effort.
  void exact(std::string id, std::string what, double published, double ours, double tolerance);
  // A mean over runs(reference) replicates; `tolerance` is the one at `reference` replicates.
  void sampled(std::string id, std::string what, double published, double ours, double tolerance,
               std::size_t reference);
  // A claim without a number: 1 where it holds.
  void claim(std::string id, std::string what, bool true_here);

  std::vector<PublishedCheck> take() { return std::move(checks_); }

 private:
  std::string source_;
  double effort_;
  std::vector<PublishedCheck> checks_;
};

// A number for the text of a check, with `digits` behind the point.
std::string shown_number(double value, int digits);

}  // namespace credence
