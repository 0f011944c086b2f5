#include <credence/terminal/numbers.h>
#include <fmt/format.h>

#include <charconv>

namespace credence {

Result<std::uint64_t> parse_number(std::string_view name, std::string_view text, std::uint64_t most,
                                   std::uint64_t least) {
  std::uint64_t value = 0;
  auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool whole = ec == std::errc{} && end == text.data() + text.size() && !text.empty();
  if (whole && value >= least && value <= most) return value;
  return Error{"usage.number",
               fmt::format("{} `{}` is not a whole number from {} to {}", name, text, least, most),
               {},
               "write digits only"};
}

}  // namespace credence
