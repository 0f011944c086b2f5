#pragma once

#include <credence/report/figure_sheet.h>

#include <string>
#include <vector>

namespace credence {

// People who moved between grades: two columns of blocks, and a ribbon for each way that was taken.
struct FlowChart {
  std::string label;
  std::vector<std::string> names;  // of the grades, rising; the first is "not scored"
  std::vector<double> moved;       // names x names: row then, column now
  std::string then, now;           // heads of the two columns
};
std::string draw_flows(const FlowChart& chart, Language language);

}  // namespace credence
