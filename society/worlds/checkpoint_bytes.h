#pragma once

#include <credence/base/sha256.h>

#include <array>
#include <bit>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace credence {

// Columns are written as they lie in memory.
static_assert(std::endian::native == std::endian::little,
              "checkpoints and hashes of lives are little-endian");

template <class T>
inline constexpr bool kPlainItem = std::is_integral_v<T>;
template <class T, std::size_t size>
inline constexpr bool kPlainItem<std::array<T, size>> = std::is_integral_v<T>;

template <class T>
ByteView bytes_of_column(const std::vector<T>& column) {
  static_assert(kPlainItem<T>);
  return {reinterpret_cast<const Byte*>(column.data()), column.size() * sizeof(T)};
}

class CheckpointWriter {
 public:
  template <class T>
  void number(T value) {
    static_assert(std::is_arithmetic_v<T>);
    char bytes[sizeof(T)];
    std::memcpy(bytes, &value, sizeof(T));
    text_.append(bytes, sizeof(T));
  }
  void raw(ByteView bytes) { text_.append(as_text(bytes)); }
  void words(std::string_view words) {
    number(std::uint64_t{words.size()});
    text_.append(words);
  }
  template <class T>
  void column(const std::vector<T>& column) {
    number(std::uint64_t{column.size()});
    raw(bytes_of_column(column));
  }
  template <class T>
  void numbers(const std::vector<T>& values) {
    number(std::uint64_t{values.size()});
    for (const T& value : values) number(value);
  }
  void reserve(std::size_t bytes) { text_.reserve(bytes); }
  std::string take() { return std::move(text_); }
  std::string_view text() const { return text_; }

 private:
  std::string text_;
};

// Reads what was written; after the first thing that does not fit, everything is zero and ok() is
// false.
class CheckpointReader {
 public:
  explicit CheckpointReader(std::string_view text) : left_(text) {}

  template <class T>
  T number() {
    static_assert(std::is_arithmetic_v<T>);
    T value = {};
    std::string_view bytes = take(sizeof(T));
    if (ok_) std::memcpy(&value, bytes.data(), sizeof(T));
    return value;
  }
  Hash hash() {
    Hash value = {};
    std::string_view bytes = take(value.size());
    if (ok_) std::memcpy(value.data(), bytes.data(), value.size());
    return value;
  }
  // REQUIRES: `column` has the length that is expected; another length is damage.
  template <class T>
  void column(std::vector<T>& column) {
    static_assert(kPlainItem<T>);
    if (number<std::uint64_t>() != column.size()) ok_ = false;
    std::string_view bytes = take(column.size() * sizeof(T));
    if (ok_ && !bytes.empty()) std::memcpy(column.data(), bytes.data(), bytes.size());
  }
  void fail() { ok_ = false; }
  bool ok() const { return ok_; }
  bool at_end() const { return ok_ && left_.empty(); }

 private:
  std::string_view take(std::size_t bytes) {
    if (!ok_ || bytes > left_.size()) {
      ok_ = false;
      return {};
    }
    std::string_view taken = left_.substr(0, bytes);
    left_.remove_prefix(bytes);
    return taken;
  }
  std::string_view left_;
  bool ok_ = true;
};

}  // namespace credence
