#pragma once

#include <credence/binning/binning.h>
#include <credence/binning/rules.h>

namespace credence {

// Fills in woe, iv and fallback of each row, and the IV of the whole, from the tallies:
//   woe = ln( ((Q_b + a) / (Q + a B)) / ((E_b + a) / (E + a B)) ), a = smoothing * mean weight,
// over the B cells that have records; a cell without any has no share in the IV. Special codes,
// missing and unknown follow their Absence policy; the IV of a cell is always of its own rows.
// Errors: binning.rules (without smoothing, a bin without events or non-events has no weight).
Result<Done> weigh(Binning& binning, const VariableRules& rules);

}  // namespace credence
