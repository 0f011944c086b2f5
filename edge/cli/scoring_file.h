#pragma once

#include <credence/terminal/command.h>

namespace credence {

// `credence score TABLE --card CARD`: every row of a table, in memory that does not grow with it.
Exit score_file(const Arguments& arguments, Console& console);

}  // namespace credence
