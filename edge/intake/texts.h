#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace credence {

// The different texts of a column, numbered in the order in which they came.
class Texts {
 public:
  Texts() = default;
  // Moves keep the views into the texts, and copies would not. A vector that grows moves only what
  // promises not to throw, which a deque alone does not.
  Texts(Texts&&) noexcept = default;
  Texts& operator=(Texts&&) noexcept = default;
  Texts(const Texts&) = delete;
  Texts& operator=(const Texts&) = delete;

  // The text's number, or -1 when it is new.
  std::int32_t find(std::string_view text);
  std::int32_t add(std::string_view text);  // REQUIRES: find(text) is -1
  std::size_t size() const { return texts_.size(); }
  std::vector<std::string> list() const { return {texts_.begin(), texts_.end()}; }
  void clear();

 private:
  std::deque<std::string> texts_;  // a deque, so that the views into it stay valid
  std::unordered_map<std::string_view, std::int32_t> numbers_;
  std::string_view last_text_;  // neighbouring rows often say the same
  std::int32_t last_ = -1;
};

}  // namespace credence
