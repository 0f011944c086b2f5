#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace credence {

// What came from a keyboard, or what happened to the terminal meanwhile.
struct Key {
  enum class Kind {
    text,  // one character, in `text`
    up,
    down,
    left,
    right,
    enter,
    backspace,
    escape,
    interrupt,  // Ctrl-C
    resize,     // the terminal has another size now
    end,        // nothing more will come
    other       // a key that has no name here
  };
  Kind kind = Kind::other;
  std::string text = {};
  bool operator==(const Key&) const = default;
};

// Makes keys of the bytes of a terminal: UTF-8 and the sequences of VT100, xterm, tmux and the
// Linux console. A byte of its own may begin a longer sequence: more() says so, and flush() ends it
// when nothing follows, as after the escape key. Bytes that make no sense are left out; no input is
// waited for without end.
class KeyDecoder {
 public:
  std::optional<Key> take(char byte);  // the key that ends with this byte
  std::optional<Key> flush();
  bool more() const { return !held_.empty(); }

 private:
  std::optional<Key> take_sequence();
  std::optional<Key> take_text();

  std::string held_;
};

}  // namespace credence
