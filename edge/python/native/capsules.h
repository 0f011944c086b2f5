#pragma once

#include <nanobind/nanobind.h>

namespace credence {

// The Arrow PyCapsule interface: tables of pandas, polars, pyarrow, DuckDB and whatever else speaks
// it, without copying their numbers.
void bind_capsules(nanobind::module_& module);

}  // namespace credence
