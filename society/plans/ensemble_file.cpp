#include <credence/plans/ensemble_file.h>
#include <credence/worlds/checkpoint.h>
#include <credence/worlds/checkpoint_items.h>

#include <algorithm>

namespace credence {

namespace {

constexpr std::string_view kRunWord = "CREDENCE-RUN";
constexpr std::uint32_t kRunVersion = 1;

Error run_file_error(std::string code, std::string message, std::string help) {
  return {.code = "checkpoint." + std::move(code),
          .message = std::move(message),
          .where = {},
          .help = std::move(help)};
}

Hash programmes_hash(std::span<const SocietyProgramme> programmes) {
  std::vector<const SocietyProgramme*> list;
  for (const SocietyProgramme& programme : programmes) list.push_back(&programme);
  return hash_of_programmes(list);
}

using TalliesByMonth = std::vector<std::vector<MonthTally>>;

void write_counts(CheckpointWriter& to, const std::vector<std::vector<std::uint64_t>>& counts) {
  write_list(to, counts, [&](const auto& arm) {
    write_list(to, arm, [&](std::uint64_t count) { to.number(count); });
  });
}

void read_counts(CheckpointReader& from, std::vector<std::vector<std::uint64_t>>& counts) {
  read_list(from, counts, [&] {
    std::vector<std::uint64_t> arm;
    read_list(from, arm, [&] { return from.number<std::uint64_t>(); });
    return arm;
  });
}

void write_tallies(CheckpointWriter& to, const TalliesByMonth& tallies) {
  write_list(to, tallies, [&](const auto& list) {
    write_list(to, list, [&](const MonthTally& tally) { write_tally(to, tally); });
  });
}

TalliesByMonth read_tallies(CheckpointReader& from) {
  TalliesByMonth tallies;
  read_list(from, tallies, [&] {
    std::vector<MonthTally> list;
    read_list(from, list, [&] {
      MonthTally tally;
      read_tally(from, tally);
      return tally;
    });
    return list;
  });
  return tallies;
}

void write_replicate(CheckpointWriter& to, const ReplicateResult& replicate) {
  to.number(replicate.replicate);
  write_list(to, replicate.tallies, [&](const TalliesByMonth& arm) { write_tallies(to, arm); });
  write_tallies(to, replicate.regions);
  write_counts(to, replicate.flows);
  write_counts(to, replicate.spells);
  to.raw(replicate.hash);
  to.number(replicate.fit.sweeps);
  to.number(replicate.fit.largest_marginal_error);
  to.number(replicate.fit.largest_fitting_error);
  to.number(replicate.fit.srmse);
  to.number(replicate.fit.households);
}

ReplicateResult read_replicate(CheckpointReader& from) {
  ReplicateResult replicate;
  replicate.replicate = from.number<std::uint32_t>();
  read_list(from, replicate.tallies, [&] { return read_tallies(from); });
  replicate.regions = read_tallies(from);
  read_counts(from, replicate.flows);
  read_counts(from, replicate.spells);
  replicate.hash = from.hash();
  replicate.fit.sweeps = from.number<int>();
  replicate.fit.largest_marginal_error = from.number<double>();
  replicate.fit.largest_fitting_error = from.number<double>();
  replicate.fit.srmse = from.number<double>();
  replicate.fit.households = from.number<std::uint64_t>();
  return replicate;
}

std::string read_words(CheckpointReader& from) {
  std::vector<char> letters;
  read_list(from, letters, [&] { return from.number<char>(); });
  return {letters.begin(), letters.end()};
}

using Stories = std::vector<std::vector<StoryMonth>>;

EnsembleResult read_result(CheckpointReader& from) {
  EnsembleResult result;
  result.interrupted = true;
  read_list(from, result.arms, [&] { return read_words(from); });
  read_list(from, result.replicates, [&] { return read_replicate(from); });
  read_list(from, result.panel, [&] { return from.number<std::uint32_t>(); });
  read_list(from, result.stories, [&] {
    Stories arm;
    read_list(from, arm, [&] {
      std::vector<StoryMonth> story;
      read_list(from, story, [&] { return read_story_month(from); });
      return story;
    });
    return arm;
  });
  result.checkpoint = read_words(from);
  return result;
}

// Whether the parts have the sizes that the world and the arms give them: a report looks them up.
bool fits(const EnsembleResult& result, const World& world, std::size_t arms) {
  std::size_t groups = world.population.categories[static_cast<std::size_t>(Trait::group)].size();
  auto right_tallies = [&](const ReplicateResult& replicate) {
    bool all = replicate.tallies.size() == arms && replicate.regions.size() == arms &&
               replicate.flows.size() == arms && replicate.spells.size() == arms;
    for (const TalliesByMonth& arm : replicate.tallies) {
      all = all && arm.size() == world.months;
      for (const auto& month : arm) all = all && month.size() == groups;
    }
    return all;
  };
  bool stories = result.replicates.empty() || result.stories.size() == arms;
  for (const Stories& arm : result.stories) stories = stories && arm.size() == result.panel.size();
  return result.arms.size() == arms && stories &&
         std::ranges::all_of(result.replicates, right_tallies);
}

}  // namespace

std::string ensemble_text(const EnsembleResult& result, const World& world,
                          std::span<const SocietyProgramme> programmes) {
  CheckpointWriter to;
  to.raw(as_bytes(kRunWord));
  to.number(kRunVersion);
  to.raw(hash_of_world(world));
  to.raw(programmes_hash(programmes));
  write_list(to, result.arms, [&](const std::string& arm) { to.words(arm); });
  write_list(to, result.replicates, [&](const auto& each) { write_replicate(to, each); });
  write_list(to, result.panel, [&](std::uint32_t person) { to.number(person); });
  write_list(to, result.stories, [&](const Stories& arm) {
    write_list(to, arm, [&](const auto& story) {
      write_list(to, story, [&](const StoryMonth& month) { write_story_month(to, month); });
    });
  });
  to.words(result.checkpoint);
  Hash sum = sha256(to.text());
  to.raw(sum);
  return to.take();
}

Result<EnsembleResult> read_ensemble(std::string_view text, const World& world,
                                     std::span<const SocietyProgramme> programmes) {
  Error damaged =
      run_file_error("damaged", "the file is cut short or was changed after it was written",
                     "begin the run again");
  if (!text.starts_with(kRunWord)) {
    return run_file_error("format", "this is not what a run of a society was stopped with",
                          "give the run.checkpoint of the run's folder");
  }
  if (text.size() < kRunWord.size() + sizeof(std::uint32_t) + 3 * sizeof(Hash)) return damaged;
  std::string_view body = text.substr(0, text.size() - sizeof(Hash));
  if (as_text(sha256(body)) != text.substr(body.size())) return damaged;
  CheckpointReader from(body.substr(kRunWord.size()));
  if (from.number<std::uint32_t>() != kRunVersion) {
    return run_file_error("version", "another version of Credence wrote this file",
                          "go on with the Credence that wrote it");
  }
  if (from.hash() != hash_of_world(world)) {
    return run_file_error("world", "the run was of another world",
                          "give the same world with the same --people, --months and --seed");
  }
  if (from.hash() != programmes_hash(programmes)) {
    return run_file_error("programmes", "the run was under other programmes",
                          "give the same programmes in the same order");
  }
  EnsembleResult result = read_result(from);
  if (!from.at_end() || !fits(result, world, programmes.size() + 1)) return damaged;
  return result;
}

EnsembleResult joined(EnsembleResult earlier, EnsembleResult later) {
  if (earlier.replicates.empty()) return later;
  for (ReplicateResult& replicate : later.replicates) {
    earlier.replicates.push_back(std::move(replicate));
  }
  earlier.interrupted = later.interrupted;
  earlier.stopped_early = later.stopped_early;
  earlier.checkpoint = std::move(later.checkpoint);
  return earlier;
}

}  // namespace credence
