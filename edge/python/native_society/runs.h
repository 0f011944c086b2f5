#pragma once

#include <nanobind/nanobind.h>

namespace credence {

// Runs of a world, their results, and the report.
void bind_runs(nanobind::module_& module);

}  // namespace credence
