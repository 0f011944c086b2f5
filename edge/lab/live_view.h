#pragma once

#include <credence/plans/ensemble.h>
#include <credence/terminal/command.h>
#include <credence/terminal/tongue.h>

#include <chrono>
#include <string>
#include <vector>

namespace credence {

// What a terminal shows while a society lives: how far it is, and for each arm how many are
// excluded and how many of the critical speak, as curves over the months. Redrawn at most ten times
// a second; it only reads. On anything but a terminal: one line for every tenth of the way.
class LiveView {
 public:
  LiveView(Console& console, Tongue tongue, std::vector<std::string> arms,
           std::uint32_t replicates);
  ~LiveView();
  LiveView(const LiveView&) = delete;
  LiveView& operator=(const LiveView&) = delete;

  void show(const EnsembleProgress& progress);
  // The lines of one picture.
  std::string frame(const EnsembleProgress& progress) const;

 private:
  using Steady = std::chrono::steady_clock;
  void clear();

  Console& console_;
  Tongue tongue_;
  std::vector<std::string> arms_;
  std::uint32_t replicates_;
  Steady::time_point start_ = Steady::now(), last_ = start_;
  std::size_t drawn_ = 0;  // lines on the screen that are ours
  std::uint64_t told_tenths_ = 0;
};

// A curve of eight heights, one character a value; of the last `width` values.
std::string sparkline(const std::vector<double>& values, double highest, std::size_t width);

}  // namespace credence
