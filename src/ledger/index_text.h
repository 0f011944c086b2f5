#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace credence {

// A size or index as the C2SP texts write it: decimal digits without leading zeroes, below 2^63 (so
// that readers with signed numbers agree). Nothing on any other text.
std::optional<std::uint64_t> parse_index(std::string_view text);

}  // namespace credence
