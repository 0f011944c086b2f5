#pragma once

#include <nanobind/nanobind.h>

namespace credence {

void bind_validation(nanobind::module_& module);

}  // namespace credence
