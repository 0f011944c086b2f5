#pragma once

#include <credence/plans/experiment.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// A machine's share of a design: the number-th of `of` equal parts.
struct PartOf {
  std::size_t number = 1, of = 1;
};
Result<PartOf> parse_part(std::string_view text);  // "2/8"; error usage.part
ExperimentPart share_of(const PartOf& part, std::size_t points);
std::string points_name(const PartOf& part);  // "points", "points-2-of-8"

// The tables of all parts, as one result with its analysis. Errors: table.* of a file;
// plan.parts (a point or one of its lines is missing, twice, or of another plan).
Result<ExperimentResult> merge_parts(const std::vector<std::string>& files,
                                     const Experiment& experiment, const World& world,
                                     std::span<const SocietyProgramme> programmes);

}  // namespace credence
