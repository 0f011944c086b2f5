#include <credence/base/expects.h>
#include <credence/lab/interrupt.h>

#include <csignal>

namespace credence {

namespace {

// A signal handler can reach nothing but this.
std::atomic<bool> stop_asked{false};
static_assert(std::atomic<bool>::is_always_lock_free);
struct sigaction before_interrupt, before_end, before_hang_up;
bool watching = false;

}  // namespace

InterruptWatch::InterruptWatch() {
  expects(!watching, "InterruptWatch: one at a time");
  watching = true;
  stop_asked = false;
  struct sigaction action = {};
  action.sa_handler = [](int) { stop_asked = true; };
  // The second one ends the program; what is being written when the first comes is not broken off.
  action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
  sigaction(SIGINT, &action, &before_interrupt);
  sigaction(SIGTERM, &action, &before_end);
  sigaction(SIGHUP, &action, &before_hang_up);
}

InterruptWatch::~InterruptWatch() {
  sigaction(SIGINT, &before_interrupt, nullptr);
  sigaction(SIGTERM, &before_end, nullptr);
  sigaction(SIGHUP, &before_hang_up, nullptr);
  watching = false;
}

const std::atomic<bool>& InterruptWatch::asked() const {
  return stop_asked;
}

}  // namespace credence
