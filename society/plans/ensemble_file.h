#pragma once

#include <credence/plans/ensemble.h>

#include <string>
#include <string_view>

namespace credence {

// What was lived so far, to go on from later: whole replicates, the stories, and the checkpoint of
// the one that was interrupted; with the hashes of world and programmes, and a SHA-256 at the end.
std::string ensemble_text(const EnsembleResult& result, const World& world,
                          std::span<const SocietyProgramme> programmes);
// Errors: checkpoint.world, checkpoint.programmes (another one), checkpoint.version,
// checkpoint.damaged.
Result<EnsembleResult> read_ensemble(std::string_view text, const World& world,
                                     std::span<const SocietyProgramme> programmes);

// `later` goes on where `earlier` was interrupted.
EnsembleResult joined(EnsembleResult earlier, EnsembleResult later);

}  // namespace credence
