#pragma once

#include <credence/advice/advice.h>
#include <credence/base/result.h>

#include <string>
#include <string_view>

namespace credence {

// What applicants can do, as a TOML file (docs/formats/actions.md). Errors: toml.*, actions.key
// (no such key: the nearest one), actions.value; each with its place.
Result<AdvicePlan> read_actions(std::string_view text, const std::string& file);

}  // namespace credence
