#pragma once

#include <nanobind/nanobind.h>

namespace credence {

void bind_advice(nanobind::module_& module);

}  // namespace credence
