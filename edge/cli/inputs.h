#pragma once

#include <credence/charter/catalogue.h>
#include <credence/table/column.h>
#include <credence/terminal/tongue.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// Why a column of a table cannot be an input of a card.
struct NoInput {
  enum class Why {
    betrays,  // its name, or a value of it, speaks of what no score may read
    names,    // nearly every row has a text of its own: it names rows, it does not describe them
    numbers,  // it counts the rows
    dates     // a day is no trait
  };
  Why why = Why::betrays;
  std::string column;
  std::string value;               // the text that betrays, when it is not the name
  const NameRule* rule = nullptr;  // of `betrays`
};

// What the charter keeps out of every card, whatever the command line says; there is no switch.
std::vector<NoInput> betrayed_columns(const Table& table, const Catalogue& catalogue);
// Columns that tell rows apart rather than people: a card could only learn them by heart.
std::vector<NoInput> row_markers(const Table& table);

// One line with its end, as a warning.
std::string say(const NoInput& column, const Tongue& tongue);

}  // namespace credence
