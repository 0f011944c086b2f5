#pragma once

#include <cstddef>
#include <string>

namespace credence {

// Columns count characters, not bytes; a longer text keeps its end, with a space before it.
std::string right_aligned(const std::string& text, std::size_t width);

}  // namespace credence
