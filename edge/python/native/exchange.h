#pragma once

#include <nanobind/nanobind.h>

namespace credence {

void bind_exchange(nanobind::module_& module);

}  // namespace credence
