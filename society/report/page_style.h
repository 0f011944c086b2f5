#pragma once

#include <string_view>

namespace credence {

// The style sheet of the society's report: light and dark, screen, phone and print.
std::string_view page_style();

}  // namespace credence
