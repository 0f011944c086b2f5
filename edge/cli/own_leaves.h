#pragma once

#include <credence/store/store.h>

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace credence {

// Every leaf of these people among the first `size` of the log, by their subject tags alone,
// whether its content is left or not: indexes, ascending. One pass over the log, whatever their
// number.
using OwnLeaves = std::map<std::string, std::vector<std::uint64_t>, std::less<>>;
Result<OwnLeaves> own_leaves(const Store& store, std::span<const std::string> subjects,
                             std::uint64_t size);

// Those of `leaves` that are not among the facts that are left: their content was erased. Both
// ascending.
std::vector<std::uint64_t> erased_of(const std::vector<std::uint64_t>& leaves,
                                     const std::vector<Fact>& facts);

}  // namespace credence
