#pragma once

#include <credence/binning/binning.h>
#include <nanobind/nanobind.h>

namespace credence {

// All of a binning as data that JSON can hold.
nanobind::dict to_dict(const Binning& binning);

void bind_binnings(nanobind::module_& module);

}  // namespace credence
