#pragma once

#include <nanobind/nanobind.h>

namespace credence {

// Worlds, programmes, what is built in, rules and measures.
void bind_worlds(nanobind::module_& module);

}  // namespace credence
