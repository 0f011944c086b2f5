#pragma once

#include <credence/base/finding.h>
#include <credence/base/result.h>
#include <nanobind/nanobind.h>

#include <string_view>
#include <utility>

namespace credence {

// Raises credence.InputError, which carries the code, the message, the help and the place.
// REQUIRES: the GIL is held.
[[noreturn]] void raise(const Error& error);
// The first finding that forbids to go on, with the number of the others.
[[noreturn]] void raise(const Findings& findings);

template <class T>
T value_or_raise(Result<T> result) {
  if (!result) raise(result.error());
  return *std::move(result);
}

// Runs `work` without the GIL, so that other threads of the program go on.
template <class Work>
auto without_gil(Work&& work) {
  const nanobind::gil_scoped_release released;
  return std::forward<Work>(work)();
}

}  // namespace credence
