#pragma once

#include <atomic>
#include <functional>

namespace credence {

// Runs `work` in a thread of its own while this thread, without the GIL, looks a few times a second
// whether the person at the keyboard wants to stop. `work` is told so by the flag; then, or when
// Python's handler raised something else, that exception is raised once `work` has ended.
// REQUIRES: the GIL is held; `work` throws nothing and touches no object of Python.
void run_interruptibly(const std::function<void(const std::atomic<bool>& stop)>& work);

}  // namespace credence
