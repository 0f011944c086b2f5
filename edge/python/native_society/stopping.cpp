#include <credence/native_society/stopping.h>

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

namespace credence {

namespace nb = nanobind;

void run_watched(StopFlag& stop, const std::function<void()>& work,
                 const std::function<void()>& look) {
  std::mutex mutex;
  std::condition_variable ended;
  bool done = false;
  std::thread worker([&] {
    work();
    const std::lock_guard lock(mutex);
    done = true;
    ended.notify_one();
  });
  std::exception_ptr raised;
  auto waited = [&] {
    const nb::gil_scoped_release released;
    std::unique_lock lock(mutex);
    return ended.wait_for(lock, std::chrono::milliseconds(100), [&] { return done; });
  };
  while (!waited()) {
    if (raised) continue;
    try {
      if (PyErr_CheckSignals() != 0) throw nb::python_error();
      look();
    } catch (...) {
      raised = std::current_exception();
      stop.asked = true;
    }
  }
  worker.join();
  if (raised) std::rethrow_exception(raised);
  look();
}

void bind_stopping(nb::module_& module) {
  nb::class_<StopFlag>(module, "StopFlag")
      .def(nb::init<>())
      .def("ask", [](StopFlag& stop) { stop.asked = true; })
      .def_prop_ro("asked", [](const StopFlag& stop) { return stop.asked.load(); });
}

}  // namespace credence
