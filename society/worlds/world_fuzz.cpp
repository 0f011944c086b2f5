#include <credence/base/expects.h>
#include <credence/worlds/world.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace credence;

// Any text is a world or told why not, with a code that can be explained; and what a world needs
// can always be estimated.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text{reinterpret_cast<const char*>(data), size};
  ReadWorld read = read_world(text, "fuzz.toml");
  expects(read.world.has_value() == !has_errors(read.findings), "a world without errors is read");
  for (const Finding& finding : read.findings) {
    expects(explain_world_code(finding.code).has_value(), "every code is explained");
  }
  if (read.world) (void)estimate(*read.world, 3, 2);
  return 0;
}
