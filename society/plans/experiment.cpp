#include <credence/base/expects.h>
#include <credence/plans/experiment.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

constexpr std::uint32_t kCalibrationRounds = 4;

KeyedDraws design_draws(const World& world) {
  return KeyedDraws{world.seed, UINT32_MAX};
}

}  // namespace

Result<Design> design_of(const Experiment& experiment, const World& world) {
  KeyedDraws draws = design_draws(world);
  switch (experiment.kind) {
    case DesignKind::replicates:
      return Design{.inputs = 0, .points = {}};
    case DesignKind::grid:
      return grid(experiment.inputs);
    case DesignKind::latin_hypercube:
    case DesignKind::calibration:
      return latin_hypercube(experiment.inputs, experiment.points, draws);
    case DesignKind::morris:
      return morris_design(experiment.inputs, experiment.points, experiment.levels, draws);
    case DesignKind::sobol:
      return sobol_design(experiment.inputs, experiment.points, draws);
  }
  stop_on_defect("design_of: unknown kind");
}

namespace {

// A design without inputs is one point: the world as it is.
std::size_t size_of(const Design& design) {
  return design.inputs == 0 ? 1 : design.size();
}

std::vector<double> all_measures(const EnsembleResult& result, std::size_t arm,
                                 std::size_t replicate, bool against_none) {
  std::vector<double> values;
  for (const HarmMeasure& measure : harm_measures()) {
    values.push_back(against_none ? result.differences(arm, measure.id)[replicate]
                                  : result.values(arm, measure.id)[replicate]);
  }
  return values;
}

void add_rows(ExperimentResult& all, std::size_t point, std::span<const double> inputs,
              const EnsembleResult& result) {
  for (std::size_t arm = 0; arm < result.arms.size(); ++arm) {
    for (std::size_t i = 0; i < result.replicates.size(); ++i) {
      all.rows.push_back({.point = point,
                          .replicate = result.replicates[i].replicate,
                          .arm = result.arms[arm],
                          .inputs = {inputs.begin(), inputs.end()},
                          .measures = all_measures(result, arm, i, false),
                          .differences = all_measures(result, arm, i, true)});
    }
  }
}

std::size_t position_of(std::string_view measure) {
  const HarmMeasure* found = find_harm_measure(measure);
  expects(found != nullptr, "experiment: the reader has checked the measure");
  return static_cast<std::size_t>(found - harm_measures().data());
}

// One number a point, for the analysis: the mean over replicates of the last programme's difference
// from no programme (of the measure itself where there is no programme). A measure that does not
// exist in a run (nobody asked for a loan) counts as no difference.
std::vector<double> outcomes_of(const ExperimentResult& result, const Experiment& experiment,
                                std::string_view arm) {
  std::size_t measure = position_of(experiment.measure), points = size_of(result.design);
  std::vector<double> sums(points), counts(points);
  for (const ExperimentRow& row : result.rows) {
    if (row.arm != arm) continue;
    double value = arm == "no-programme" ? row.measures[measure] : row.differences[measure];
    sums[row.point] += std::isfinite(value) ? value : 0;
    counts[row.point] += 1;
  }
  for (std::size_t i = 0; i < points; ++i) sums[i] = counts[i] > 0 ? sums[i] / counts[i] : 0;
  return sums;
}

// How far a point's means are from the targets, in tolerances: the farthest of them.
double distance_of(const ExperimentResult& result, const Experiment& experiment,
                   std::string_view arm, std::size_t point) {
  double farthest = 0;
  for (const CalibrationTarget& target : experiment.targets) {
    std::size_t measure = position_of(target.measure);
    double sum = 0, count = 0;
    for (const ExperimentRow& row : result.rows) {
      if (row.point != point || row.arm != arm) continue;
      sum += row.measures[measure];
      count += 1;
    }
    double off = count > 0 ? std::abs(sum / count - target.value) / target.tolerance : INFINITY;
    farthest = std::isfinite(off) ? std::max(farthest, off) : INFINITY;
  }
  return farthest;
}

std::optional<Error> run_point(ExperimentResult& result, const Experiment& experiment,
                               const World& world, std::span<const SocietyProgramme> programmes,
                               std::size_t point, std::span<const double> inputs, Crew& crew) {
  auto varied = vary(world, programmes, experiment.inputs, inputs);
  if (!varied) return varied.error();
  EnsembleOptions options = experiment.options;
  options.replicates = experiment.replicates;
  auto ensemble = run_ensemble(varied->world, varied->programmes, options, crew);
  if (!ensemble) return ensemble.error();
  result.interrupted = ensemble->interrupted;
  if (!ensemble->interrupted) add_rows(result, point, inputs, *ensemble);
  return std::nullopt;
}

// Calibration: the best of a latin hypercube, then new hypercubes in a box around the best point
// that halves each time.
std::optional<Error> calibrate(ExperimentResult& result, const Experiment& experiment,
                               const World& world, std::span<const SocietyProgramme> programmes,
                               std::string_view arm, Crew& crew, const ExperimentWatch& watch) {
  std::vector<DesignInput> box = experiment.inputs;
  result.distance = INFINITY;
  std::size_t first = 0;
  for (std::uint32_t round = 0; round < kCalibrationRounds; ++round) {
    KeyedDraws draws{world.seed, UINT32_MAX - round};
    Design design = latin_hypercube(box, experiment.points, draws);
    result.design.points.insert(result.design.points.end(), design.points.begin(),
                                design.points.end());
    for (std::size_t i = 0; i < design.size(); ++i) {
      std::size_t point = first + i;
      auto error = run_point(result, experiment, world, programmes, point, design.point(i), crew);
      if (error || result.interrupted) return error;
      double distance = distance_of(result, experiment, arm, point);
      if (distance < result.distance) {
        result.distance = distance;
        result.best.assign(design.point(i).begin(), design.point(i).end());
      }
      if (watch) watch(point + 1, kCalibrationRounds * experiment.points);
    }
    first += design.size();
    if (result.best.empty()) break;
    for (std::size_t i = 0; i < box.size(); ++i) {
      double half = (box[i].high - box[i].low) / 4;
      box[i].low = std::max(experiment.inputs[i].low, result.best[i] - half);
      box[i].high = std::min(experiment.inputs[i].high, result.best[i] + half);
    }
  }
  return std::nullopt;
}

}  // namespace

void analyse(ExperimentResult& result, const Experiment& experiment, const World& world) {
  if (result.rows.empty()) return;
  KeyedDraws draws = design_draws(world);
  auto outcomes = outcomes_of(result, experiment, result.rows.back().arm);
  if (experiment.kind == DesignKind::morris) {
    result.morris =
        morris_effects(result.design, outcomes, experiment.inputs, experiment.levels, draws);
  } else if (experiment.kind == DesignKind::sobol) {
    result.sobol = sobol_indices(experiment.inputs.size(), outcomes, draws);
  }
}

Result<std::size_t> points_of(const Experiment& experiment, const World& world) {
  if (experiment.kind == DesignKind::calibration) return kCalibrationRounds * experiment.points;
  auto design = design_of(experiment, world);
  if (!design) return design.error();
  return size_of(*design);
}

Result<ExperimentResult> run_experiment(const Experiment& experiment, const World& world,
                                        std::span<const SocietyProgramme> programmes,
                                        const ExperimentPart& part, Crew& crew,
                                        const ExperimentWatch& watch) {
  ExperimentResult result;
  if (experiment.kind == DesignKind::calibration) {
    result.design.inputs = experiment.inputs.size();
    std::string arm = programmes.empty() ? "no-programme" : programmes.back().id;
    if (auto error = calibrate(result, experiment, world, programmes, arm, crew, watch))
      return *error;
    return result;
  }
  auto design = design_of(experiment, world);
  if (!design) return design.error();
  result.design = std::move(*design);
  std::size_t points = size_of(result.design), last = std::min(part.last, points);
  for (std::size_t point = part.first; point < last && !result.interrupted; ++point) {
    std::span<const double> inputs;
    if (result.design.inputs > 0) inputs = result.design.point(point);
    auto error = run_point(result, experiment, world, programmes, point, inputs, crew);
    if (error) return *error;
    if (watch) watch(point + 1 - part.first, last - part.first);
  }
  bool whole = part.first == 0 && last == points && !result.interrupted;
  if (whole) analyse(result, experiment, world);
  return result;
}

Result<std::vector<SensitivityLine>> rank_parameters(const World& world,
                                                     std::span<const SocietyProgramme> programmes,
                                                     std::string_view measure,
                                                     std::size_t trajectories, Crew& crew,
                                                     const ExperimentWatch& watch) {
  constexpr std::uint32_t kPeople = 4000;
  World small = world;
  small.population.people = std::min(kPeople, world.population.people);
  Experiment experiment;
  experiment.kind = DesignKind::morris;
  experiment.points = trajectories;
  experiment.measure = std::string{measure};
  for (const RuleDescription* rule : all_rules()) {
    for (const RuleParameter& parameter : rule->parameters) {
      if (parameter.low < parameter.high) {
        experiment.inputs.push_back({.path = fmt::format("rules.{}.{}", rule->id, parameter.id),
                                     .low = parameter.low,
                                     .high = parameter.high,
                                     .values = {}});
      }
    }
  }
  auto result = run_experiment(experiment, small, programmes, {}, crew, watch);
  if (!result) return result.error();
  std::vector<SensitivityLine> lines;
  for (std::size_t i = 0; i < result->morris.size(); ++i) {
    lines.push_back({.path = experiment.inputs[i].path, .effect = result->morris[i]});
  }
  std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) {
    return a.effect.mu_star > b.effect.mu_star;
  });
  return lines;
}

}  // namespace credence
