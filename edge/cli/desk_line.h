#pragma once

#include <credence/base/finding.h>
#include <credence/binning/bin_desk.h>
#include <credence/terminal/tongue.h>

#include <string>
#include <string_view>
#include <variant>

namespace credence {

// A line that somebody wrote at the desk of bins, in English or in French words, whatever the
// language of the answers: `split 2 at 41.5`, `couper 2 à 41,5`.
struct DeskLine {
  struct Nothing {};  // an empty line, or a comment after #
  struct Show {};
  struct List {};
  struct Proof {};
  struct Help {
    std::string word;
  };
  struct Write {
    std::string path;  // empty: the plan that was read
  };
  struct Quit {
    bool without_writing = false;
  };
  using Wish = std::variant<Nothing, BinDesk::Command, Show, List, Proof, Help, Write, Quit>;
};

// What the line wishes, or what is wrong with it (desk.line, desk.number) and how to mend it.
std::variant<DeskLine::Wish, Finding> read_desk_line(std::string_view line);

// All that can be written, a line each; or of one word, told at length. Nothing for no word at all.
std::string desk_help(const std::string& word, const Tongue& tongue);

}  // namespace credence
