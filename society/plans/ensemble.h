#pragma once

#include <credence/clockwork/statistics.h>
#include <credence/worlds/society.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace credence {

// The replicates of one world under several programmes, kept small: what reports and tables need.
struct ReplicateResult {
  std::uint32_t replicate = 0;
  // [arm][month][group]
  std::vector<std::vector<std::vector<MonthTally>>> tallies;
  std::vector<std::vector<MonthTally>> regions;    // [arm][region], the last month
  std::vector<std::vector<std::uint64_t>> flows;   // [arm]
  std::vector<std::vector<std::uint64_t>> spells;  // [arm]
  Hash hash = {};
  PopulationFit fit;
};

struct EnsembleOptions {
  std::uint32_t replicates = 8;
  std::uint32_t first_replicate = 0;  // replicates are numbered; a number is never run twice
  // Stops before `replicates` when the 95 % interval of `until_measure`, arm against no programme,
  // is narrower than this for every arm (never before 4).
  std::optional<double> until_width = {};
  std::string until_measure = "excluded-share";
  const std::atomic<bool>* stop = nullptr;  // asked for from outside: what is done is kept
  // Of a run that is resumed: its whole replicates count for `until_width` too.
  std::vector<ReplicateResult> earlier = {};
  std::string resume = {};  // checkpoint of an interrupted `first_replicate`: it goes on from there
};

struct EnsembleResult {
  std::vector<ReplicateResult> replicates;  // complete ones, by number
  std::vector<std::string> arms;            // "no-programme", then the programmes' ids
  bool stopped_early = false;               // by interval width
  bool interrupted = false;
  std::string checkpoint;  // of the replicate that was interrupted; else empty
  // From the first replicate:
  std::vector<std::uint32_t> panel;
  std::vector<std::vector<std::vector<StoryMonth>>> stories;  // [arm][panelist][month]
  // A measure over all months and groups (or one group) by replicate: arm, and arm minus arm 0.
  std::vector<double> values(std::size_t arm, std::string_view measure,
                             std::optional<std::size_t> group = {}) const;
  std::vector<double> differences(std::size_t arm, std::string_view measure,
                                  std::optional<std::size_t> group = {}) const;
  // By month: of each replicate.
  std::vector<double> values_in_month(std::size_t arm, std::string_view measure,
                                      std::uint32_t month) const;
};

struct EnsembleProgress {
  std::uint32_t replicate = 0, month = 0, months = 0;
  const Society* society = nullptr;  // for a live view; read only
};
using EnsembleWatch = std::function<void(const EnsembleProgress&)>;

// Replicates are run one after another, each with all threads of the crew, so that the memory is
// that of one. `change`: a prototype's rule, called after each month of each arm (in the burn-in,
// of arm 0 alone). Errors: those of Society; ensemble.replicates, ensemble.width, ensemble.measure
// (options that cannot be), ensemble.resume (a checkpoint of another replicate),
// ensemble.identical (two replicates equal to the bit, though months were lived).
using LifeChange = std::function<void(Society&, std::size_t arm)>;
Result<EnsembleResult> run_ensemble(const World& world,
                                    std::span<const SocietyProgramme> programmes,
                                    const EnsembleOptions& options, Crew& crew,
                                    const EnsembleWatch& watch = {}, const LifeChange& change = {});

}  // namespace credence
