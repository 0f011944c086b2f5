#include <credence/intake/number_text.h>
#include <credence/terminal/decimals.h>
#include <fmt/format.h>

namespace credence {

Result<double> parse_decimal(std::string_view name, std::string_view text, double least,
                             double most) {
  auto value = parse_cell(text, '.');
  if (value && *value >= least && *value <= most) return *value;
  return Error{"usage.number",
               fmt::format("{} `{}` is not a number from {} to {}", name, text, least, most),
               {},
               "write it with a point, as in 0.05"};
}

}  // namespace credence
