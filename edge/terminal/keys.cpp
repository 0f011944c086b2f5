#include <credence/base/text.h>
#include <credence/terminal/keys.h>

#include <utility>

namespace credence {

namespace {

constexpr std::size_t kLongestSequence = 32;

Key::Kind arrow(char last) {
  switch (last) {
    case 'A':
      return Key::Kind::up;
    case 'B':
      return Key::Kind::down;
    case 'C':
      return Key::Kind::right;
    case 'D':
      return Key::Kind::left;
    default:
      return Key::Kind::other;
  }
}

std::size_t length_of_character(unsigned char first) {
  return first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
}

bool is_final(char byte) {
  return byte >= 0x40 && byte <= 0x7e;
}

}  // namespace

std::optional<Key> KeyDecoder::take(char byte) {
  held_ += byte;
  return held_[0] == '\x1b' ? take_sequence() : take_text();
}

// ESC [ parameters final, ESC O final; on the Linux console F1 is ESC [ [ A.
std::optional<Key> KeyDecoder::take_sequence() {
  if (held_.size() < 2) return std::nullopt;
  const bool is_long = held_[1] == '[' || held_[1] == 'O';
  if (!is_long) {
    // Escape, and then another key: the second one is read for itself.
    const char next = held_[1];
    held_.clear();
    if (next == '\x1b') {
      held_ = next;
      return Key{Key::Kind::escape};
    }
    return Key{Key::Kind::other};
  }
  if (held_.size() < 3) return std::nullopt;
  const bool is_console_function = held_.starts_with("\x1b[[");
  if (is_console_function && held_.size() < 4) return std::nullopt;
  const char last = held_.back();
  if (!is_final(last) && held_.size() < kLongestSequence) return std::nullopt;
  held_.clear();
  return Key{is_console_function ? Key::Kind::other : arrow(last)};
}

std::optional<Key> KeyDecoder::take_text() {
  const auto first = static_cast<unsigned char>(held_[0]);
  if (held_.size() < length_of_character(first)) return std::nullopt;
  const std::string text = std::exchange(held_, {});
  if (text == "\r" || text == "\n") return Key{Key::Kind::enter};
  if (text == "\x7f" || text == "\b") return Key{Key::Kind::backspace};
  if (text == "\x03") return Key{Key::Kind::interrupt};
  if (text == "\x04") return Key{Key::Kind::end};
  if (first < 0x20 || !is_utf8(text)) return Key{Key::Kind::other};
  return Key{Key::Kind::text, text};
}

std::optional<Key> KeyDecoder::flush() {
  const std::string held = std::exchange(held_, {});
  if (held.empty()) return std::nullopt;
  return Key{held == "\x1b" ? Key::Kind::escape : Key::Kind::other};
}

}  // namespace credence
