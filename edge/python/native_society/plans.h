#pragma once

#include <nanobind/nanobind.h>

namespace credence {

// Plans of runs: designs, their parts, and what they say.
void bind_plans(nanobind::module_& module);

}  // namespace credence
