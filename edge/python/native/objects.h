#pragma once

#include <credence/table/column.h>
#include <nanobind/nanobind.h>

#include <string>

namespace credence {

// A column out of a sequence of Python's objects: all numbers (bool, int, float and what converts
// by __float__), or all str. None, NaN and pandas' NA are missing. Raises InputError for a mixture
// and TypeError for anything else.
Column column_of_objects(std::string name, const nanobind::sequence& values);

}  // namespace credence
