#pragma once

#include <nanobind/nanobind.h>

namespace credence {

void bind_charter(nanobind::module_& module);

}  // namespace credence
