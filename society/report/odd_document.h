#pragma once

#include <credence/report/society_page.h>
#include <credence/worlds/world.h>

#include <span>
#include <string>
#include <variant>
#include <vector>

namespace credence {

// The description of the model, before it is set as a page or as plain text.
struct OddHeading {
  std::string text;
};
struct OddItems {
  std::vector<std::string> texts;
  bool numbered = false;
};
using OddBlock = std::variant<std::string, OddHeading, OddItems, PageTable>;  // string: a paragraph
struct OddElement {
  std::string title;
  std::vector<OddBlock> blocks;
};

// The seven elements, in their order.
std::vector<OddElement> odd_document(const World& world,
                                     std::span<const SocietyProgramme> programmes,
                                     Language language);

// Who acts in a rule, the unit of a number or "invented", as a reader says it. What a rule of
// one's own names otherwise, and every source, stays as it is.
std::string rule_word(const std::string& word, Language language);

// The seventh: rules with the numbers in force, and what the programmes contain.
OddElement odd_submodels(const World& world, std::span<const SocietyProgramme> programmes,
                         Language language);

}  // namespace credence
