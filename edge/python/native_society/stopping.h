#pragma once

#include <nanobind/nanobind.h>

#include <atomic>
#include <functional>

namespace credence {

// Asked for from Python, looked at between two months.
struct StopFlag {
  std::atomic<bool> asked = false;
};

// Runs `work` in a thread of its own while this thread, a few times a second, lets Python handle
// its signals and calls `look`. What either raises asks for a stop and is raised once `work` has
// ended. REQUIRES: the GIL is held; `work` throws nothing and touches no object of Python.
void run_watched(StopFlag& stop, const std::function<void()>& work,
                 const std::function<void()>& look);

void bind_stopping(nanobind::module_& module);

}  // namespace credence
