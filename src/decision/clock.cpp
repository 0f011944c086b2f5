#include <credence/decision/clock.h>

#include <algorithm>

namespace credence {

int dispute_days(const LawfulProgramme& programme) {
  int days = programme->rights.dispute_days;
  for (const std::string& pack : programme->jurisdictions) {
    if (pack == "us") days = std::min(days, 30);  // 15 USC 1681i(a)(1)
    if (pack == "cn") days = std::min(days, 20);  // Credit Reporting Industry Regulation, 25
  }
  return days;
}

}  // namespace credence
