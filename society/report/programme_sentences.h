#pragma once

#include <credence/worlds/world.h>

#include <string>
#include <vector>

namespace credence {

// What a programme contains, in plain sentences.
std::vector<std::string> programme_sentences(const SocietyProgramme& programme, const World& world,
                                             Language language);

// What of it the charter refuses for real people: one line per article and section.
struct RefusedSection {
  std::string article;  // "A05"
  std::string section;  // "society.loyalty"
  Text what, rule;
};
std::vector<RefusedSection> refused_sections(const SocietyProgramme& programme);

}  // namespace credence
