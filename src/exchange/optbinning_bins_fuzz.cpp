#include <credence/base/expects.h>
#include <credence/exchange/import.h>

// Any bytes as bins of OptBinning: no crash, errors with help, and counts for every cell.

using namespace credence;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text{reinterpret_cast<const char*>(data), size};
  auto read = import_optbinning_bins(text, {});
  if (!read) {
    expects(!read.error().help.empty(), "an error without help");
    return 0;
  }
  for (const Scorecard::Variable& variable : *read) {
    expects(variable.tallies.size() == static_cast<std::size_t>(variable.cells.count()),
            "a tally per cell");
  }
  return 0;
}
