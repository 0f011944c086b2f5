#include <credence/validation/section_writer.h>
#include <fmt/format.h>

namespace credence {

std::string score_label(int from, int to) {
  return from == to ? fmt::format("{}", from) : fmt::format("{}\u2013{}", from, to);
}

}  // namespace credence
