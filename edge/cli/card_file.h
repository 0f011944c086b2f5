#pragma once

#include <credence/scorecard/scorecard.h>
#include <credence/terminal/command.h>

#include <string>

namespace credence {

// The points card of --card, ready to score. Its findings go to the console. Errors: file.*,
// card.file (the findings said why).
Result<Scorecard> read_card_file(const std::string& path, Language language, Console& console);

}  // namespace credence
