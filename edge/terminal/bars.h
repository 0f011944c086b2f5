#pragma once

#include <string>

namespace credence {

// A bar of eighths of a block, `width` characters wide, for a share from 0 to 1.
std::string bar(double share, int width);

// A number around zero, -1 to 1: to the left of the middle when negative. 2 * half + 1 wide.
std::string two_sided_bar(double share, int half);

// Columns count characters, not bytes; a longer text is cut with a mark.
std::string left_aligned(std::string text, std::size_t width);

std::string with_commas(double count);  // 12,345; two decimals when it is not whole

}  // namespace credence
