#pragma once

#include <nanobind/nanobind.h>

namespace credence {

// Published results that the same code repeats.
void bind_published(nanobind::module_& module);

}  // namespace credence
