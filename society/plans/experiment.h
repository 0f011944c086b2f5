#pragma once

#include <credence/base/finding.h>
#include <credence/design/design.h>
#include <credence/plans/ensemble.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// A plan file (docs/formats/plan-of-runs.md): a world, programmes, what is varied and how, what is
// measured. L-codes.
enum class DesignKind { replicates, grid, latin_hypercube, morris, sobol, calibration };
struct CalibrationTarget {
  std::string measure;
  double value = 0, tolerance = 0;
  std::string source;
};
struct Experiment {
  std::string id;
  Text title;
  std::string world;                    // a file or a built-in name
  std::vector<std::string> programmes;  // the same
  DesignKind kind = DesignKind::replicates;
  std::vector<DesignInput> inputs;
  std::size_t points = 0;  // latin hypercube: points; morris: trajectories; sobol: base
  int levels = 4;
  std::uint32_t replicates = 1;  // per point
  std::string measure = "excluded-share";
  std::vector<CalibrationTarget> targets;
  EnsembleOptions options;
};
struct ReadExperiment {
  std::optional<Experiment> experiment;
  Findings findings;
};
ReadExperiment read_experiment(std::string_view text, const std::string& file);
std::optional<Text> explain_experiment_code(std::string_view code);

// Sets `path` (DesignInput::path) in a world or a programme's text. Errors: plan.path with the
// nearest known one, plan.range.
struct VariedInputs {
  World world;
  std::vector<SocietyProgramme> programmes;
};
Result<VariedInputs> vary(const World& world, std::span<const SocietyProgramme> programmes,
                          std::span<const DesignInput> inputs, std::span<const double> point);

// One row per point, arm and replicate: point, inputs, arm, replicate, every measure, arm's
// difference from no programme. The points of a design may be shared out: [first, last).
struct ExperimentRow {
  std::size_t point = 0;
  std::uint32_t replicate = 0;
  std::string arm;
  std::vector<double> inputs;
  std::vector<double> measures;     // harm_measures(), in their order
  std::vector<double> differences;  // against no programme
};
struct ExperimentResult {
  Design design;
  std::vector<ExperimentRow> rows;
  std::vector<MorrisEffect> morris;  // per input, of the last programme's difference in `measure`
  std::vector<SobolIndex> sobol;
  std::vector<double> best;  // calibration: the inputs found
  double distance = 0;       // calibration: largest |value - target| / tolerance
  bool interrupted = false;
};
struct ExperimentPart {
  std::size_t first = 0, last = SIZE_MAX;  // points of this machine's share
};
// The points of a plan (a calibration looks for its own). Errors: design.*.
Result<Design> design_of(const Experiment& experiment, const World& world);
// How many points a plan runs. Errors: design.*.
Result<std::size_t> points_of(const Experiment& experiment, const World& world);
// Morris effects or Sobol indices, of a result whose rows are all there.
void analyse(ExperimentResult& result, const Experiment& experiment, const World& world);

using ExperimentWatch = std::function<void(std::size_t done, std::size_t of)>;
Result<ExperimentResult> run_experiment(const Experiment& experiment, const World& world,
                                        std::span<const SocietyProgramme> programmes,
                                        const ExperimentPart& part, Crew& crew,
                                        const ExperimentWatch& watch = {});

// Sensitivity of a run's headline without a plan: Morris over every parameter of every rule in use,
// on a smaller population.
struct SensitivityLine {
  std::string path;
  MorrisEffect effect;
};
Result<std::vector<SensitivityLine>> rank_parameters(const World& world,
                                                     std::span<const SocietyProgramme> programmes,
                                                     std::string_view measure,
                                                     std::size_t trajectories, Crew& crew,
                                                     const ExperimentWatch& watch = {});

}  // namespace credence
