#pragma once

#include <credence/base/result.h>

#include <cstdint>
#include <string_view>

namespace credence {

// A whole number written on the command line. `name` is the option, for the message.
Result<std::uint64_t> parse_number(std::string_view name, std::string_view text, std::uint64_t most,
                                   std::uint64_t least = 0);

}  // namespace credence
