#pragma once

#include <credence/base/result.h>

#include <cstdint>
#include <string_view>

namespace credence {

// A whole number written on the command line, within [least, most]; `name` is the option, for the
// message. Errors: usage.number.
Result<std::uint64_t> parse_between(std::string_view name, std::string_view text,
                                    std::uint64_t least, std::uint64_t most);

}  // namespace credence
