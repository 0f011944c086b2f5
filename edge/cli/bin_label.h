#pragma once

#include <credence/binning/cells.h>
#include <credence/terminal/tongue.h>

#include <string>

namespace credence {

// What a person calls a cell: "below 3", "3 to below 7.5", "12 or more", "rent, free", "missing",
// "code -9", "any other".
std::string bin_label(const Cells& cells, int cell, const Tongue& tongue);

}  // namespace credence
