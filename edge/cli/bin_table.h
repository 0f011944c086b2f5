#pragma once

#include <credence/binning/binning.h>
#include <credence/terminal/tongue.h>

#include <string>
#include <vector>

namespace credence {

// The bins of one variable, one line each under a header: counts, bad rates and weights of evidence
// with bars. In few columns the least needed figures go first; bars get shorter.
struct BinTableLook {
  int width = 0;          // columns at most; 0: as many as it likes
  bool numbered = false;  // bins have their numbers, from 1
  int chosen = 0;         // the bin that is marked; 0: none
};
std::vector<std::string> bin_table(const Binning& binning, const BinTableLook& look,
                                   const Tongue& tongue);

}  // namespace credence
