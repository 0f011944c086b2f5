#pragma once

#include <credence/validation/study.h>

#include <optional>
#include <string>
#include <vector>

namespace credence {

// How much a variable stands in for membership of a group, against the reference.
struct Proxy {
  Text variable;
  // P(a member has fewer points from it than somebody of the reference) + P(equal) / 2; 1/2 tells
  // nothing.
  double fewer_points = 0.5;
  // The acceptance ratio at the cut-off if everybody had the variable's mean points. Nothing
  // without a cut-off, or when the reference would accept nobody.
  std::optional<double> ratio_without;
};

// The variables of the card that tell most about membership of `group`, the strongest first; at
// most `most`. Empty without cells. REQUIRES: group and reference are labels of `column`, each with
// rows.
std::vector<Proxy> strongest_proxies(const Study& study, const ValidationSample::Groups& column,
                                     const std::string& group, const std::string& reference,
                                     std::size_t most);

}  // namespace credence
