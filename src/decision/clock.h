#pragma once

#include <credence/charter/charter.h>

namespace credence {

// Days within which a dispute is answered: the programme's, or fewer where a rule pack says so.
int dispute_days(const LawfulProgramme& programme);

// Who decided a dispute when nobody answered in time.
inline constexpr std::string_view kSilence = "the clock";

}  // namespace credence
