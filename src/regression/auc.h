#pragma once

#include <credence/regression/history.h>

namespace credence {

// P(risk of a bad > risk of a good) + P(equal) / 2, weighted. One half with one class. The order of
// the rows leaves no trace. REQUIRES: no risk is NaN.
double auc(const History& history, std::span<const double> risk);

}  // namespace credence
