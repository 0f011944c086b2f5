#pragma once

#include <credence/base/text.h>
#include <credence/optimum/solve.h>

#include <span>
#include <string_view>

namespace credence {

// The words for what limits bins, in both languages. English calls a limit by its key, which is a
// word; French says what it is, with the key that a plan or an option has.
Text limit_name(std::string_view limit);  // those of BinningRules, "fixed" and "divergence"
Text trend_name(Trend trend);
Text decimal_text(double value);  // "0.05" and "0,05"

// "min_bins 3 instead of 4, or with ..."; nothing where there are none.
Text relaxations_text(std::span<const Infeasibility::Relaxation> relaxations);

}  // namespace credence
