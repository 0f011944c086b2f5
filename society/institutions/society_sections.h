#pragma once

#include <credence/base/toml.h>
#include <credence/institutions/society_programme.h>

#include <string_view>

namespace credence {

// Reading the [society.*] sections, apart from the lawful part of a file. All findings have codes
// S101 and up, since S001 to S099 are those of cards over tables.

// Kinds and ranges of what the sections say; what cannot be read keeps its standard value.
// `has_lawful_part`: without one the file may hold [programme] and [society.*] and nothing else.
enum class LawfulPart { there, absent };
Constructs read_sections(const TomlNode& document, LawfulPart lawful_part, Findings& findings);

// What the sections, and they and the lawful part, say against each other. `lowest` and `highest`
// are the least and most points anybody can have; `scored` is false when nothing gives points.
struct PointsReach {
  bool scored = false;
  int lowest = 0, highest = 0;
};
void find_contradictions(const TomlNode& document, const Constructs& constructs,
                         const PointsReach& reach, LawfulPart lawful_part, Findings& findings);

bool has_lawful_part(const TomlNode& document);  // a [[source]]

inline constexpr std::size_t kMostSocietyEntries = 64;  // of each list of sections
inline constexpr int kLongestBar = 254;                 // months; 0 is for ever

}  // namespace credence
