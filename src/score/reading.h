#pragma once

#include <credence/score/score.h>

namespace credence {

// The same as card.h and score.h on a programme that nobody has admitted. The service has no way
// here, since it holds lawful programmes alone; the synthetic society and the tests, where nobody
// is real, do.
ReadCard read_card(std::string_view text, const std::string& file, const Programme& programme);
ScoreOutcome score(const Features& features, const Card& card, const Programme& programme);

}  // namespace credence
