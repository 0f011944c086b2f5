#pragma once

#include <credence/scorecard/scorecard.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// What makes a card unusable, and which part of it is to blame: an index into its variables or
// terms, or neither, when it is the card as a whole.
struct ScorecardDefect {
  std::string code;  // scorecard.range
  std::string rule;  // S010, as docs/formats/table-card.md counts them
  Text message, help;
  int variable = -1, term = -1;
};
std::vector<ScorecardDefect> find_defects(const Scorecard& card);

// The five families of docs/formats/table-card.md.
std::span<const std::string_view> family_names();

}  // namespace credence
