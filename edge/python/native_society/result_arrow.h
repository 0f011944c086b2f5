#pragma once

#include <credence/plans/result_tables.h>
#include <nanobind/nanobind.h>

namespace credence {

// Tables of results, which every library that speaks the Arrow PyCapsule interface can take.
void bind_result_tables(nanobind::module_& module);

}  // namespace credence
