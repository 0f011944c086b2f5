#pragma once

#include <credence/explanation/explanation.h>

#include <vector>

namespace credence {

// The lines furthest below the programme's baseline, at most as many as it shows, and beside them
// the inquiries line where the law of a pack wants it told (15 USC 1681g(f)) and it counted.
std::vector<ExplainedReason> ranked_reasons(const Programme& programme, const Card& card,
                                            const Score& score);

}  // namespace credence
