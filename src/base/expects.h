#pragma once

#include <string_view>

namespace credence {

// A broken expectation is our defect, never the user's: say which and stop, in release builds too.
[[noreturn]] void stop_on_defect(std::string_view what);

constexpr void expects(bool condition, std::string_view what) {
  if (!condition) stop_on_defect(what);
}

}  // namespace credence
