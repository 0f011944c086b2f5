#include <credence/base/expects.h>
#include <credence/plans/ensemble.h>

#include <algorithm>

namespace credence {
namespace {

constexpr std::size_t kFewestReplicates = 4;

MonthTally sum_of(const std::vector<MonthTally>& groups, std::optional<std::size_t> group) {
  if (group) {
    expects(*group < groups.size(), "EnsembleResult: no such group");
    return groups[*group];
  }
  MonthTally sum;
  for (const MonthTally& tally : groups) sum += tally;
  return sum;
}

const HarmMeasure& measure_named(std::string_view id) {
  const HarmMeasure* measure = find_harm_measure(id);
  expects(measure != nullptr, "EnsembleResult: no such measure");
  return *measure;
}

std::vector<StoryMonth> copy_of(std::span<const StoryMonth> story) {
  return {story.begin(), story.end()};
}

ReplicateResult result_of(const Society& society) {
  ReplicateResult result;
  result.replicate = society.replicate();
  const World& world = society.world();
  std::size_t groups =
      society.population().plan.categories[static_cast<std::size_t>(Trait::group)].size();
  for (std::size_t arm = 0; arm < society.arms(); ++arm) {
    auto& months = result.tallies.emplace_back(world.months);
    for (std::uint32_t month = 0; month < world.months; ++month) {
      for (std::size_t group = 0; group < groups; ++group) {
        months[month].push_back(society.tally(arm, month, group));
      }
    }
    std::span<const MonthTally> regions = society.by_region(arm);
    result.regions.emplace_back(regions.begin(), regions.end());
    result.flows.push_back(society.flows(arm));
    std::span<const std::uint64_t> spells = society.spells(arm);
    result.spells.emplace_back(spells.begin(), spells.end());
  }
  result.hash = society.hash();
  result.fit = society.population().fit;
  return result;
}

void keep_stories(const Society& society, EnsembleResult& result) {
  std::span<const std::uint32_t> panel = society.panel();
  result.panel.assign(panel.begin(), panel.end());
  for (std::size_t arm = 0; arm < society.arms(); ++arm) {
    auto& stories = result.stories.emplace_back();
    for (std::size_t panelist = 0; panelist < panel.size(); ++panelist) {
      stories.push_back(copy_of(society.story(arm, panelist)));
    }
  }
}

bool narrow_enough(const EnsembleResult& result, const EnsembleOptions& options) {
  if (!options.until_width) return false;
  std::size_t replicates = options.earlier.size() + result.replicates.size();
  if (replicates < kFewestReplicates) return false;
  EnsembleResult all;
  all.arms = result.arms;
  all.replicates = options.earlier;
  all.replicates.insert(all.replicates.end(), result.replicates.begin(), result.replicates.end());
  for (std::size_t arm = 1; arm < result.arms.size(); ++arm) {
    ReplicateSpread spread = spread_of(all.differences(arm, options.until_measure));
    // Written so that an interval that is not a number is not narrow.
    if (!(2 * spread.error < *options.until_width)) return false;
  }
  return true;
}

std::optional<Error> check(const EnsembleOptions& options) {
  if (options.replicates == 0) {
    return Error{.code = "ensemble.replicates",
                 .message = "no replicate is asked for",
                 .help = "ask for at least one"};
  }
  if (options.first_replicate > UINT32_MAX - options.replicates) {
    return Error{.code = "ensemble.replicates",
                 .message = "the numbers of the replicates go beyond " + std::to_string(UINT32_MAX),
                 .help = "begin with a lower number"};
  }
  if (options.until_width && !(*options.until_width > 0)) {
    return Error{.code = "ensemble.width",
                 .message = "the width of the interval must be above 0",
                 .help = "leave it out to run all replicates"};
  }
  if (find_harm_measure(options.until_measure) == nullptr) {
    std::vector<std::string_view> known;
    for (const HarmMeasure& measure : harm_measures()) known.push_back(measure.id);
    std::string near = nearest(options.until_measure, known);
    return Error{
        .code = "ensemble.measure",
        .message = "there is no measure `" + options.until_measure + "`",
        .help = near.empty() ? "see the list of measures" : "did you mean `" + near + "`?"};
  }
  return std::nullopt;
}

bool asked_to_stop(const EnsembleOptions& options) {
  return options.stop != nullptr && options.stop->load();
}

// Draws of different replicates have different keys, so equal ends mean that the number did not
// reach the draws. Only a world in which no month is lived may be equal.
std::optional<Error> check_difference(const EnsembleResult& result, const World& world) {
  if (world.months == 0 && world.burn_in == 0) return std::nullopt;
  const ReplicateResult& last = result.replicates.back();
  for (const ReplicateResult& earlier : result.replicates) {
    if (&earlier == &last || earlier.hash != last.hash) continue;
    return Error{.code = "ensemble.identical",
                 .message = "replicates " + std::to_string(earlier.replicate) + " and " +
                            std::to_string(last.replicate) + " are equal to the bit",
                 .help =
                     "a replicate that repeats another says nothing new: use more people or "
                     "one replicate"};
  }
  return std::nullopt;
}

struct EnsembleRun {
  const World& world;
  std::span<const SocietyProgramme> programmes;
  const EnsembleOptions& options;
  Crew& crew;
  const EnsembleWatch& watch;
  const LifeChange& change;

  Result<Society> begin(std::uint32_t replicate) const {
    if (!options.resume.empty() && replicate == options.first_replicate) {
      return Society::restore(world, programmes, options.resume, crew);
    }
    return Society::make(world, programmes, replicate, crew);
  }

  // False when it was asked to stop before the end.
  bool live(Society& society) const {
    EnsembleProgress progress{society.replicate(), society.month(), world.burn_in + world.months,
                              &society};
    while (!society.over()) {
      if (asked_to_stop(options)) return false;
      society.step(crew);
      if (change) {
        std::size_t arms = society.month() > world.burn_in ? society.arms() : 1;
        for (std::size_t arm = 0; arm < arms; ++arm) change(society, arm);
      }
      progress.month = society.month();
      if (watch) watch(progress);
    }
    return true;
  }
};

}  // namespace

Result<EnsembleResult> run_ensemble(const World& world,
                                    std::span<const SocietyProgramme> programmes,
                                    const EnsembleOptions& options, Crew& crew,
                                    const EnsembleWatch& watch, const LifeChange& change) {
  if (std::optional<Error> error = check(options)) return *error;
  EnsembleRun run{world, programmes, options, crew, watch, change};
  EnsembleResult result;
  result.arms.push_back("no-programme");
  for (const SocietyProgramme& programme : programmes) result.arms.push_back(programme.id);
  for (std::uint32_t number = 0; number < options.replicates; ++number) {
    if (asked_to_stop(options)) {
      result.interrupted = true;
      break;
    }
    Result<Society> society = run.begin(options.first_replicate + number);
    if (!society) return society.error();
    if (society->replicate() != options.first_replicate + number) {
      return Error{.code = "ensemble.resume",
                   .message = "the checkpoint is of replicate " +
                              std::to_string(society->replicate()) + ", not of " +
                              std::to_string(options.first_replicate + number),
                   .help = "begin with the replicate that was interrupted"};
    }
    if (!run.live(*society)) {
      result.interrupted = true;
      result.checkpoint = society->checkpoint();
      break;
    }
    if (number == 0) keep_stories(*society, result);
    result.replicates.push_back(result_of(*society));
    if (std::optional<Error> error = check_difference(result, world)) return *error;
    if (number + 1 < options.replicates && narrow_enough(result, options)) {
      result.stopped_early = true;
      break;
    }
  }
  return result;
}

std::vector<double> EnsembleResult::values(std::size_t arm, std::string_view measure,
                                           std::optional<std::size_t> group) const {
  expects(arm < arms.size(), "EnsembleResult::values: no such arm");
  const HarmMeasure& of = measure_named(measure);
  std::vector<double> values;
  for (const ReplicateResult& replicate : replicates) {
    MonthTally sum;
    for (const std::vector<MonthTally>& month : replicate.tallies[arm]) {
      sum += sum_of(month, group);
    }
    values.push_back(of.of(sum, static_cast<double>(replicate.tallies[arm].size())));
  }
  return values;
}

std::vector<double> EnsembleResult::differences(std::size_t arm, std::string_view measure,
                                                std::optional<std::size_t> group) const {
  std::vector<double> differences = values(arm, measure, group);
  std::vector<double> without = values(0, measure, group);
  for (std::size_t replicate = 0; replicate < without.size(); ++replicate) {
    differences[replicate] -= without[replicate];
  }
  return differences;
}

std::vector<double> EnsembleResult::values_in_month(std::size_t arm, std::string_view measure,
                                                    std::uint32_t month) const {
  expects(arm < arms.size(), "EnsembleResult::values_in_month: no such arm");
  const HarmMeasure& of = measure_named(measure);
  std::vector<double> values;
  for (const ReplicateResult& replicate : replicates) {
    expects(month < replicate.tallies[arm].size(),
            "EnsembleResult::values_in_month: no such month");
    values.push_back(of.of(sum_of(replicate.tallies[arm][month], {}), 1));
  }
  return values;
}

}  // namespace credence
