#pragma once

#include <cstddef>
#include <string_view>

namespace credence {

// A word of a `where`.
struct Token {
  enum class Kind {
    end,
    name,        // field, keyword, unit or currency
    number,      // 12 or 12.50
    date,        // 2026-01-31, not yet known to exist
    choice,      // 'settled'; `text` is what stands between the quotes
    operation,   // = != < <= > >= + - ( )
    unclosed,    // a quote that never ends
    unreadable,  // a character that no condition has
  };
  Kind kind = Kind::end;
  std::string_view text;
  std::size_t begin = 0;  // bytes from the start of the expression
  std::size_t size = 0;   // bytes, quotes included

  bool is(Kind wanted, std::string_view word) const { return kind == wanted && text == word; }
};

// The token at or after byte `from`. Every text has one: at worst `unreadable`, or `end` at the
// end.
Token next_token(std::string_view expression, std::size_t from);

}  // namespace credence
