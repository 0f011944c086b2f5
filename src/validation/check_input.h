#pragma once

#include <credence/validation/validation.h>

#include <optional>

namespace credence {

// The first thing that makes the input unusable; nothing when all is well.
std::optional<Error> defect(const ValidationInput& input);

}  // namespace credence
