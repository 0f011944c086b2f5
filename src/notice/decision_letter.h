#pragma once

#include <credence/notice/page.h>

namespace credence {

// What was decided, by whom, and what the person can do instead.
// REQUIRES: `letter` has a decision.
void write_outcome(Page& page, const Programme& programme, const DecisionLetter& letter);

}  // namespace credence
