#include <credence/base/text.h>
#include <credence/lab/right_aligned.h>

namespace credence {

std::string right_aligned(const std::string& text, std::size_t width) {
  std::size_t wide = characters(text);
  return std::string(wide < width ? width - wide : 1, ' ') + text;
}

}  // namespace credence
