#include <credence/lab/lab_numbers.h>
#include <credence/terminal/numbers.h>
#include <fmt/format.h>

namespace credence {

Result<std::uint64_t> parse_between(std::string_view name, std::string_view text,
                                    std::uint64_t least, std::uint64_t most) {
  auto number = parse_number(name, text, most);
  if (number && *number < least) {
    return Error{"usage.number",
                 fmt::format("--{} must be at least {}", name, least),
                 {},
                 fmt::format("give a number from {} to {}", least, most)};
  }
  return number;
}

}  // namespace credence
