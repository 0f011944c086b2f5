#pragma once

#include <credence/binning/binning.h>
#include <credence/terminal/tongue.h>

#include <span>
#include <string>
#include <vector>

namespace credence {

// One variable for the terminal: its bins with counts, bad rates and weights of evidence as bars,
// what the certificate proves, and how the trends compare.
std::string view(const Binning& binning, const Tongue& tongue);

// Its parts: what the certificate proves, and how the trends compare; each in lines with their
// ends.
std::string certificate_text(const Binning& binning, const Tongue& tongue);
std::string candidates_text(const Binning& binning, const Tongue& tongue);

// All variables, the most telling first.
struct RankedVariable {
  std::string name;
  double iv = 0;
  Trend trend = Trend::none;
  int bins = 0;
  Text note;  // why there is none, or what was relaxed
};
std::string view(std::span<const RankedVariable> ranked, const Tongue& tongue);

std::string name_of(Trend trend, const Tongue& tongue);
// "1 bin", "5 bins".
std::string bins_text(int bins, const Tongue& tongue);
// A note of training, which comes in English.
std::string note_in(const std::string& note, const Tongue& tongue);

}  // namespace credence
