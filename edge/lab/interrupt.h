#pragma once

#include <atomic>

namespace credence {

// While it lives, Ctrl-C (and a polite end from the system, and a terminal that closes) asks for a
// stop instead of ending the program; a second one ends it. There is one at a time.
class InterruptWatch {
 public:
  InterruptWatch();
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch&) = delete;
  InterruptWatch& operator=(const InterruptWatch&) = delete;
  const std::atomic<bool>& asked() const;
};

}  // namespace credence
