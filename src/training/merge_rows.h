#pragma once

#include <credence/training/candidates.h>

#include <vector>

namespace credence {

// Rows that lie in the same cells of all candidates and have the same outcome are one row to every
// fit, with the sum of their weights. Changes the candidates' rows and returns their history.
History merge_equal_rows(std::vector<Candidate>& candidates, const History& history);

}  // namespace credence
