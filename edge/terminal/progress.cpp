#include <credence/terminal/progress.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

constexpr int kBarWidth = 30;

std::string bar(double share) {
  int full = std::clamp(static_cast<int>(share * kBarWidth), 0, kBarWidth);
  std::string drawn;
  for (int i = 0; i < kBarWidth; ++i) drawn += i < full ? "█" : "░";
  return drawn;
}

std::string left(double seconds) {
  int whole = static_cast<int>(seconds + 0.5);
  return whole >= 60 ? fmt::format("{} min {:02} s left", whole / 60, whole % 60)
                     : fmt::format("{} s left", whole);
}

}  // namespace

ProgressBar::ProgressBar(Console& console, std::string what, std::string unit)
    : console_(console), what_(std::move(what)), unit_(std::move(unit)) {}

void ProgressBar::show(std::uint64_t done, std::uint64_t total) {
  auto now = Steady::now();
  double passed = std::chrono::duration<double>(now - start_).count();
  double share = total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 0;
  if (!console_.terminal) {
    int tenths = static_cast<int>(share * 10);
    if (passed < 2 || tenths <= told_tenths_) return;
    told_tenths_ = tenths;
    console_.err(fmt::format("{}: {} % after {:.0f} s\n", what_, tenths * 10, passed));
    return;
  }
  if (now - last_ < std::chrono::milliseconds{100}) return;
  last_ = now;
  drawn_ = true;
  double rate = passed > 0 ? static_cast<double>(done) / passed : 0;
  std::string figures = fmt::format("{:.0f} {}/s", rate, unit_);
  if (total > 0 && rate > 0) figures += ", " + left(static_cast<double>(total - done) / rate);
  console_.err(fmt::format("\r\x1b[K{} {} {:3.0f} %  {}", what_, bar(share), share * 100, figures));
}

void ProgressBar::finish() {
  if (std::exchange(drawn_, false)) console_.err("\r\x1b[K");
}

}  // namespace credence
