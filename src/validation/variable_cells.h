#pragma once

#include <credence/monitor/stability.h>
#include <credence/monitor/tie_groups.h>
#include <credence/validation/sample.h>

#include <span>
#include <vector>

namespace credence {

using CellTallies = std::vector<ClassTally>;  // per cell of one variable

// Empty when the sample has no cells.
CellTallies cell_tallies(const ValidationSample& sample, const Scorecard& card,
                         std::size_t variable);
// What the card remembers of its training; empty when it remembers nothing.
CellTallies trained_tallies(const Scorecard& card, std::size_t variable);

CellCounts counts_of(std::span<const ClassTally> cells);

// The term that the variable has for itself; nullptr when it stands only in two-way tables.
const Scorecard::Term* own_term(const Scorecard& card, std::size_t variable);

// Missing and unknown in words; other cells as the card names them.
Text cell_label(const Scorecard& card, std::size_t variable, int cell);

// ln(share of goods / share of bads), smoothed by half a record of mean weight in each occupied
// cell; NaN where the cell is empty. Empty without both classes.
std::vector<double> weights_of_evidence(std::span<const ClassTally> cells);
double information_value(std::span<const ClassTally> cells);  // with the same shares

}  // namespace credence
