#pragma once

#include <credence/report/figure_sheet.h>

#include <string>
#include <vector>

namespace credence {

// Lines over months, each with a band; values that are no number leave a gap.
struct BandChart {
  struct Line {
    std::string name;
    std::size_t arm = 0;
    std::vector<double> mean, low, high;  // by month; the last two may be empty: no band
  };
  std::string label;  // what it shows, in words
  std::string first_month, last_month;
  std::vector<Line> lines;
};
std::string draw_bands(const BandChart& chart, Language language);

}  // namespace credence
