#pragma once

#include <credence/base/text.h>

#include <string>
#include <variant>
#include <vector>

namespace credence {

// A letter before it is set as text or HTML: a list of blocks, in one language.
struct Heading {
  std::string text;
};
struct Paragraph {
  std::string text;
};
struct Items {
  bool numbered = false;
  std::vector<std::string> items;
};
struct LetterTable {
  struct Column {
    std::string name;
    bool number = false;  // set to the right
  };
  std::string caption;
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;
  bool last_is_sum = false;
};
// Names and values, as at the head of a letter.
struct Particulars {
  struct Entry {
    std::string name, value;
  };
  std::vector<Entry> entries;
};
// A number on the range that it can have, drawn and written.
struct Bar {
  std::string label;  // says all that the drawing shows
  int lowest = 0, highest = 0, value = 0;
};
using Block = std::variant<Heading, Paragraph, Items, LetterTable, Particulars, Bar>;

struct Document {
  Language language = Language::en;
  std::string title;
  std::vector<Block> blocks;
};

std::string set_as_text(const Document& document);
std::string set_as_html(const Document& document);

}  // namespace credence
