#pragma once

#include <credence/base/text.h>
#include <credence/validation/study.h>

#include <vector>

namespace credence {

// All dated rows of all samples that were opened in one month, quarter or year.
struct PeriodRows {
  Text label;  // "2024-03", "2024 Q1", "2024"
  Rows rows;
  std::vector<std::int32_t> months_to_bad;  // as long as rows, or empty
};

// At most `most` periods of the shortest length that allows it; beyond, the latest years. Oldest
// first; periods without rows are left out.
std::vector<PeriodRows> periods(const Study& study, std::size_t most);

}  // namespace credence
