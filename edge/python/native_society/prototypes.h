#pragma once

#include <credence/plans/ensemble.h>
#include <nanobind/nanobind.h>

namespace credence {

// A rule of Python's as a change of lives: `rule(month, arm, replicate, columns, traits)`, where
// columns are NumPy arrays over the memory of the society itself. An array that outlives its call
// keeps what it held then, and the society goes on with a copy. Raises InputError where a rule
// leaves a state that cannot be lived. REQUIRES: the change is called without the GIL.
LifeChange change_of(const nanobind::object& rule);

}  // namespace credence
