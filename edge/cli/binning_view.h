#pragma once

#include <credence/binning/binning.h>

#include <span>
#include <string>
#include <vector>

namespace credence {

// One variable for the terminal: its bins with counts, bad rates and weights of evidence as bars,
// what the certificate proves, and how the trends compare.
std::string view(const Binning& binning);

// All variables, the most telling first.
struct RankedVariable {
  std::string name;
  double iv = 0;
  std::string trend;
  int bins = 0;
  std::string note;  // why there is none, or what was relaxed
};
std::string view(std::span<const RankedVariable> ranked);

}  // namespace credence
