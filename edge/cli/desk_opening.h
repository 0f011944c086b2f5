#pragma once

#include <credence/terminal/command.h>

namespace credence {

// `credence bin --interactive`: the history is read, every variable solved, and the desk of bins
// opened, by keys on a terminal and by lines otherwise. What the charter keeps out of every card
// is set apart. A plan that is named and not there yet is begun.
Exit run_desk(const Arguments& arguments, Console& console);

// Its options, and what is wrong where they are given without --interactive (usage.interactive).
std::vector<Option> desk_options();
std::optional<Error> misplaced_desk_option(const Arguments& arguments);

}  // namespace credence
