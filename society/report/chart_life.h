#pragma once

#include <credence/report/figure_sheet.h>

#include <optional>
#include <string>
#include <vector>

namespace credence {

// One life as a strip: points above, money below, bars where something is barred, and letters where
// something happened.
struct LifeStrip {
  struct Letter {
    std::size_t month = 0;
    std::string letter;
  };
  std::string label;
  std::size_t arm = 0;
  std::string points_name, money_name, barred_name, begin_name;
  std::string first_month, last_month;
  std::vector<std::optional<double>> points;  // by month; nothing where there are none
  std::vector<double> money;
  std::vector<bool> barred;
  std::vector<Letter> letters;
  std::optional<std::size_t> begins;  // the month in which the programme begins
  // Of all lives that stand side by side, so that they compare.
  double least_points = 0, most_points = 0, least_money = 0, most_money = 0;
};
std::string draw_life(const LifeStrip& strip, Language language);

}  // namespace credence
