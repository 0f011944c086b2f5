#pragma once

#include <nanobind/nanobind.h>

namespace credence {

void bind_training(nanobind::module_& module);

}  // namespace credence
