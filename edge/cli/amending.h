#pragma once

#include <credence/base/result.h>
#include <credence/engine/engine.h>

#include <cstdint>
#include <map>
#include <optional>

namespace credence {

// Why `next` may not follow the programmes that were published before it, by the index of their
// fact; nothing when it may. It keeps the purpose (A30), reads every record that was made under the
// version in force, and changes under no name what people agreed to under any version (A13). Code
// charter.amend. REQUIRES: `published` is not empty; its last one is in force.
std::optional<Error> amendment_error(const std::map<std::uint64_t, Engine>& published,
                                     const Programme& next);

}  // namespace credence
