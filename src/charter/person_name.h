#pragma once

#include <string_view>

namespace credence {

// Whether two names as people write them name the same person: case, accents, blanks, dots and the
// order of the parts do not count ("Petit, L." is "l petit"). Better one colleague too many asked
// to step back than one who looks twice.
bool same_person(std::string_view a, std::string_view b);

// Whether a name can be a person's who answers for a decision (A18): it has a letter, and is no
// word of the catalogue for a machine or an office ("the programme", "system").
bool names_a_person(std::string_view name);

}  // namespace credence
