#pragma once

#include <credence/terminal/command.h>

#include <chrono>
#include <cstdint>
#include <string>

namespace credence {

// Progress of long work on stderr: a bar on a terminal (at most ten redraws a second), one line
// every 10 % of what takes longer than two seconds otherwise. It cleans up after itself.
class ProgressBar {
 public:
  ProgressBar(Console& console, std::string what, std::string unit);
  ~ProgressBar() { finish(); }
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void show(std::uint64_t done, std::uint64_t total);  // total 0 = unknown
  void finish();

 private:
  using Steady = std::chrono::steady_clock;
  Console& console_;
  std::string what_, unit_;
  Steady::time_point start_ = Steady::now();
  Steady::time_point last_ = start_;
  int told_tenths_ = 0;
  bool drawn_ = false;
};

}  // namespace credence
