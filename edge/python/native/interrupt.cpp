#include <credence/native/interrupt.h>
#include <nanobind/nanobind.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace credence {

namespace nb = nanobind;

void run_interruptibly(const std::function<void(const std::atomic<bool>& stop)>& work) {
  std::atomic<bool> stop = false;
  std::mutex mutex;
  std::condition_variable ended;
  bool done = false;
  std::thread worker([&] {
    work(stop);
    const std::lock_guard lock(mutex);
    done = true;
    ended.notify_one();
  });
  bool raised = false;
  {
    const nb::gil_scoped_release released;
    std::unique_lock lock(mutex);
    while (!ended.wait_for(lock, std::chrono::milliseconds(100), [&] { return done; })) {
      if (raised) continue;
      lock.unlock();
      {
        const nb::gil_scoped_acquire held;
        raised = PyErr_CheckSignals() != 0;
      }
      stop = raised;
      lock.lock();
    }
    lock.unlock();
    worker.join();
  }
  if (raised) throw nb::python_error();
}

}  // namespace credence
