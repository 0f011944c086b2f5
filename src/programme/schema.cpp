#include <credence/programme/schema.h>

#include <algorithm>

namespace credence {

int EventType::find_field(std::string_view name) const {
  auto found =
      std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.name == name; });
  return found == fields.end() ? -1 : static_cast<int>(found - fields.begin());
}

}  // namespace credence
