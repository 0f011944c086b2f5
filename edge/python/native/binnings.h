#pragma once

#include <nanobind/nanobind.h>

#include <credence/binning/binning.h>

namespace credence {

// All of a binning as data that JSON can hold.
nanobind::dict to_dict(const Binning& binning);

void bind_binnings(nanobind::module_& module);

}  // namespace credence
