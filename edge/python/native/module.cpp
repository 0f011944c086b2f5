#include <credence/native/advice.h>
#include <credence/native/binnings.h>
#include <credence/native/capsules.h>
#include <credence/native/cards.h>
#include <credence/native/charter.h>
#include <credence/native/exchange.h>
#include <credence/native/tables.h>
#include <credence/native/training.h>
#include <credence/native/validation.h>
#include <nanobind/nanobind.h>

#include <exception>
#include <typeinfo>

// What Python sees of the engine. The package `credence` is written over it; nobody else should be.
NB_MODULE(_native, module) {
  module.doc() = "The engine under the package credence.";
  // A value that is of another type than a parameter needs.
  nanobind::register_exception_translator([](const std::exception_ptr& thrown, void*) {
    try {
      std::rethrow_exception(thrown);
    } catch (const std::bad_cast&) {
      PyErr_SetString(PyExc_TypeError, "a parameter holds a value of another type than it needs");
    }
  });
  credence::bind_tables(module);
  credence::bind_capsules(module);
  credence::bind_binnings(module);
  credence::bind_cards(module);
  credence::bind_training(module);
  credence::bind_charter(module);
  credence::bind_advice(module);
  credence::bind_validation(module);
  credence::bind_exchange(module);
}
