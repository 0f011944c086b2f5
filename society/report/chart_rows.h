#pragma once

#include <credence/report/figure_sheet.h>

#include <string>
#include <vector>

namespace credence {

// Rows down the page, each with one value for each series, as dots or as bars from 0, with
// whiskers where there is an interval.
struct RowChart {
  struct Value {
    double at = 0, low = 0, high = 0;  // no number: nothing is drawn; low == high: no whisker
    std::string written;               // beside a bar; may be empty
  };
  struct Series {
    std::string name;
    std::size_t arm = 0;
    std::vector<Value> values;  // by row
  };
  enum class Form { dots, bars };
  std::string label;
  Form form = Form::dots;
  std::vector<std::string> rows;
  std::vector<Series> series;
};
std::string draw_rows(const RowChart& chart, Language language);

}  // namespace credence
