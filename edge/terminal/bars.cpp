#include <credence/base/text.h>
#include <credence/terminal/bars.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace credence {

namespace {

constexpr std::array<std::string_view, 9> kEighths = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};

double within(double share) {
  return std::isfinite(share) ? std::clamp(share, 0.0, 1.0) : 0;
}

}  // namespace

std::string bar(double share, int width) {
  int eighths = static_cast<int>(std::lround(within(share) * width * 8));
  std::string drawn;
  for (int i = 0; i < width; ++i)
    drawn += kEighths[static_cast<std::size_t>(std::clamp(eighths - i * 8, 0, 8))];
  return drawn;
}

// Blocks fill from the left alone, so the left side is drawn in whole ones.
std::string two_sided_bar(double share, int half) {
  int left = share < 0 ? static_cast<int>(std::lround(within(-share) * half)) : 0;
  std::string drawn(static_cast<std::size_t>(half - left), ' ');
  for (int i = 0; i < left; ++i) drawn += "█";
  return drawn + "│" + bar(std::max(share, 0.0), half);
}

std::string left_aligned(std::string text, std::size_t width) {
  std::size_t size = characters(text);
  if (size <= width) return text + std::string(width - size, ' ');
  std::size_t at = 0;
  for (std::size_t kept = 0; kept + 1 < width; ++kept) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
  }
  return text.substr(0, at) + "…";
}

std::string with_commas(double count) {
  bool whole = count == std::floor(count);
  std::string digits = whole ? fmt::format("{:.0f}", count) : fmt::format("{:.2f}", count);
  auto end = static_cast<std::ptrdiff_t>(std::min(digits.find('.'), digits.size()));
  for (std::ptrdiff_t at = end - 3; at > (count < 0 ? 1 : 0); at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

}  // namespace credence
