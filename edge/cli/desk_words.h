#pragma once

#include <credence/base/text.h>

#include <span>
#include <string_view>

namespace credence {

// The words of the desk of bins, as data: what is written, what follows, and what it does.
enum class DeskWord {
  join,
  split,
  edge,
  take,
  put,
  bins,
  trend,
  share,
  best,
  undo,
  redo,
  next,
  previous,
  go,
  leave_out,
  keep,
  free,
  because,
  show,
  list,
  proof,
  write,
  quit,
  help
};
struct DeskWordEntry {
  DeskWord word;
  Text name;   // how it is written; a second French spelling, without accents, is read as well
  Text after;  // "BIN [at NUMBER]"
  Text does;
};
std::span<const DeskWordEntry> desk_words();

}  // namespace credence
