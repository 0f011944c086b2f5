#include <credence/lab/lab_numbers.h>
#include <credence/terminal/numbers.h>
#include <fmt/format.h>

namespace credence {

Result<std::uint64_t> parse_between(std::string_view name, std::string_view text,
                                    std::uint64_t least, std::uint64_t most) {
  auto number = parse_number(name, text, UINT64_MAX);
  if (number && *number >= least && *number <= most) return number;
  std::string wrong = fmt::format("--{} `{}` is not a whole number", name, text);
  if (number) {
    wrong = *number < least ? fmt::format("--{} must be at least {}", name, least)
                            : fmt::format("--{} must be at most {}", name, most);
  }
  return Error{"usage.number", wrong, {}, fmt::format("give a number from {} to {}", least, most)};
}

}  // namespace credence
