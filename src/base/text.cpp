#include <credence/base/text.h>

#include <algorithm>
#include <array>
#include <vector>

namespace credence {

namespace {

// Optimal string alignment distance: insert, delete, replace, swap neighbours.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
      bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

template <class Word>
std::string nearest_of(std::string_view written, std::span<const Word> known) {
  constexpr std::size_t kLongestWord = 80;
  if (written.size() > kLongestWord) return {};
  std::size_t limit = std::clamp<std::size_t>(written.size() / 3, 1, 3);
  std::string_view best;
  for (std::string_view word : known) {
    if (word.size() > kLongestWord) continue;
    std::size_t found = distance(written, word);
    if (found > limit || (found == limit && !best.empty())) continue;
    best = word;
    limit = found;
  }
  return std::string{best};
}

// Length of the UTF-8 sequence at the front of `text`, or 0 when it is not valid (RFC 3629, section
// 4).
std::size_t sequence(std::string_view text) {
  auto at = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  auto tail = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      if (i >= text.size() || (at(i) & 0xc0) != 0x80) return false;
    }
    return true;
  };
  unsigned char first = at(0);
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return tail(1, 2) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    if (!tail(1, 3)) return 0;
    if (first == 0xe0 && at(1) < 0xa0) return 0;
    if (first == 0xed && at(1) > 0x9f) return 0;
    return 3;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    if (!tail(1, 4)) return 0;
    if (first == 0xf0 && at(1) < 0x90) return 0;
    if (first == 0xf4 && at(1) > 0x8f) return 0;
    return 4;
  }
  return 0;
}

// HTML and XML have no control characters but tabs and ends of lines.
bool is_control(char c) {
  auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7f;
}

// REQUIRES: `bytes` is one valid sequence.
char32_t code_point(std::string_view bytes) {
  auto byte = [bytes](std::size_t i) {
    return std::uint32_t{static_cast<unsigned char>(bytes[i])};
  };
  std::uint32_t point = bytes.size() == 1 ? byte(0) : byte(0) & (0xffU >> (bytes.size() + 1));
  for (std::size_t i = 1; i < bytes.size(); ++i) point = point << 6U | (byte(i) & 0x3fU);
  return static_cast<char32_t>(point);
}

// The blocks whose characters are of class R or AL unless told otherwise (DerivedBidiClass.txt of
// Unicode 15), and the mark U+200F.
bool is_right_to_left(char32_t point) {
  struct Block {
    char32_t first, last;
  };
  static constexpr std::array<Block, 6> kBlocks{{{0x0590, 0x08ff},
                                                 {0x200f, 0x200f},
                                                 {0xfb1d, 0xfdff},
                                                 {0xfe70, 0xfefe},
                                                 {0x10800, 0x10fff},
                                                 {0x1e800, 0x1efff}}};
  return std::any_of(kBlocks.begin(), kBlocks.end(), [point](const Block& block) {
    return block.first <= point && point <= block.last;
  });
}

// Embeddings, overrides and isolates, and what ends them.
bool turns_direction(char32_t point) {
  return (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
}

bool is_within_a_name(char c) {
  return c == ' ' || c == '_' || c == '-' || (c >= '0' && c <= '9');
}

// How much of the front of `text` are words from right to left: from one of their letters to the
// last that only spaces, digits, `_` and `-` part from it.
std::size_t right_to_left_words(std::string_view text) {
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence(text.substr(at));
    if (length > 1 && is_right_to_left(code_point(text.substr(at, length)))) {
      end = at + length;
    } else if (end == 0 || !is_within_a_name(text[at])) {
      break;
    }
    at += std::max<std::size_t>(length, 1);
  }
  return end;
}

// One sequence, or one byte that is none.
void append_escaped(std::string& out, std::string_view bytes) {
  if (bytes.size() > 1) {
    out += turns_direction(code_point(bytes)) ? "\ufffd" : bytes;
    return;
  }
  switch (bytes.front()) {
    case '&':
      out += "&amp;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    case '"':
      out += "&quot;";
      break;
    case '\'':
      out += "&#39;";
      break;
    default:
      out += is_control(bytes.front()) ? "\ufffd" : bytes;
  }
}

}  // namespace

std::string nearest(std::string_view written, std::span<const std::string_view> known) {
  return nearest_of(written, known);
}
std::string nearest(std::string_view written, std::span<const std::string> known) {
  return nearest_of(written, known);
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    std::size_t length = sequence(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

std::string escape_html(std::string_view text, HtmlPlace place) {
  const bool has_markup = place == HtmlPlace::content;
  const std::string_view open = has_markup ? "<bdi>" : "\u2068";
  const std::string_view close = has_markup ? "</bdi>" : "\u2069";
  std::string escaped;
  escaped.reserve(text.size());
  while (!text.empty()) {
    std::size_t length = right_to_left_words(text);
    if (length > 0) {
      escaped.append(open).append(text.substr(0, length)).append(close);
    } else {
      length = std::max<std::size_t>(sequence(text), 1);
      append_escaped(escaped, text.substr(0, length));
    }
    text.remove_prefix(length);
  }
  return escaped;
}

}  // namespace credence
