#pragma once

#include <credence/binning/binning.h>
#include <credence/terminal/command.h>

#include <vector>

namespace credence {

// Binning of a file that need not fit into memory: it is read once in batches, and what each
// variable needs is gathered in a summary of fixed size. One binning (or why there is none) per
// variable, in the order of the file; columns that mark rows are left out with a word on the
// console. Errors: as of read_batches() and read_outcome().
struct StreamedBinning {
  std::string name;
  Attempt<Binning> binning;
};
Result<std::vector<StreamedBinning>> bin_stream(const Arguments& arguments, Console& console,
                                                const VariableRules& rules);

}  // namespace credence
