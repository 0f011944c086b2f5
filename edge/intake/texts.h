#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// The different texts of a column, numbered in the order in which they came.
//
// Most texts of a table are short and few, and each row asks for one: a text of up to 16 bytes is
// told by its length and two words of eight, which are compared and mixed into a place without a
// call. That takes half of the time of a map of strings (1,000 rows of German: 7 instead of 14
// microseconds a column).
class Texts {
 public:
  Texts() = default;
  // A vector that grows moves only what promises not to throw, which a deque alone does not.
  Texts(Texts&&) noexcept = default;
  Texts& operator=(Texts&&) noexcept = default;
  Texts(const Texts&) = delete;
  Texts& operator=(const Texts&) = delete;

  // The text's number, or -1 when it is new.
  std::int32_t find(std::string_view text) const;
  std::int32_t add(std::string_view text);  // REQUIRES: find(text) is -1
  std::size_t size() const { return texts_.size(); }
  std::vector<std::string> list() const { return {texts_.begin(), texts_.end()}; }
  void clear();

 private:
  // A place in an open table; number -1 is free.
  struct Place {
    std::uint64_t first = 0, second = 0;  // see words_of() in the source
    std::uint32_t size = 0;               // its lower half: what is longer is compared byte by byte
    std::int32_t number = -1;
  };

  static Place wanted_place(std::string_view text, std::int32_t number);
  std::size_t find_place(const Place& wanted, std::string_view text) const;
  void grow();

  std::deque<std::string> texts_;  // a deque, so that a text is moved by no other one
  std::vector<Place> places_;      // a power of two; at most half of them are taken
};

}  // namespace credence
