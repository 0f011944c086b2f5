#include <credence/native_society/plans.h>
#include <credence/native_society/published_models.h>
#include <credence/native_society/result_arrow.h>
#include <credence/native_society/runs.h>
#include <credence/native_society/stopping.h>
#include <credence/native_society/worlds.h>
#include <nanobind/nanobind.h>

#include <exception>
#include <typeinfo>

// What Python sees of the society. The package `credence.society` is written over it. No layer that
// can open a record is linked here.
NB_MODULE(_native, module) {
  module.doc() = "The society under the package credence.society.";
  // A value that is of another type than a parameter needs.
  nanobind::register_exception_translator([](const std::exception_ptr& thrown, void*) {
    try {
      std::rethrow_exception(thrown);
    } catch (const std::bad_cast&) {
      PyErr_SetString(PyExc_TypeError, "a parameter holds a value of another type than it needs");
    }
  });
  credence::bind_worlds(module);
  credence::bind_result_tables(module);
  credence::bind_stopping(module);
  credence::bind_runs(module);
  credence::bind_plans(module);
  credence::bind_published(module);
}
