#pragma once

#include <credence/base/finding.h>
#include <credence/base/text.h>
#include <nanobind/nanobind.h>

#include <utility>
#include <vector>

namespace credence {

// Each finding as (is_error, code, file, line, column, message, help), in English, as Python shows
// it. REQUIRES: the GIL is held.
nanobind::list to_list(const Findings& findings);

// {"en": ..., "fr": ...}
nanobind::dict to_dict(const Text& text);

// A vector handed over to NumPy without copying it.
template <class T>
std::pair<const T*, nanobind::capsule> given_away(std::vector<T> values) {
  auto* kept = new std::vector<T>(std::move(values));
  return {kept->data(), nanobind::capsule(kept, [](void* data) noexcept {
            delete static_cast<std::vector<T>*>(data);
          })};
}

}  // namespace credence
