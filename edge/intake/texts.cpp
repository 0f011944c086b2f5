#include <credence/intake/texts.h>

namespace credence {

std::int32_t Texts::find(std::string_view text) {
  if (last_ >= 0 && text == last_text_) return last_;
  auto found = numbers_.find(text);
  if (found == numbers_.end()) return -1;
  last_text_ = found->first;
  last_ = found->second;
  return last_;
}

std::int32_t Texts::add(std::string_view text) {
  auto number = static_cast<std::int32_t>(texts_.size());
  texts_.emplace_back(text);
  numbers_.emplace(texts_.back(), number);
  last_text_ = texts_.back();
  last_ = number;
  return number;
}

void Texts::clear() {
  last_ = -1;
  last_text_ = {};
  numbers_.clear();
  texts_.clear();
}

}  // namespace credence
