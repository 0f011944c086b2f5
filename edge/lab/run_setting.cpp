#include <credence/lab/lab_numbers.h>
#include <credence/lab/run_setting.h>
#include <credence/terminal/decimals.h>
#include <credence/terminal/files.h>
#include <credence/worlds/harm.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace credence {

namespace {

// A checkpoint holds every person's life: of the largest world, some gigabytes.
constexpr std::size_t kLargestCheckpoint = std::size_t{1} << 36;

struct WorldOption {
  const char* name;
  std::uint32_t* value;
  std::uint64_t least, most;
};

std::optional<Error> change_world(const Arguments& arguments, World& world, unsigned& threads) {
  const WorldOption options[] = {{"people", &world.population.people, 1, 100'000'000},
                                 {"months", &world.months, 1, 600},
                                 {"burn-in", &world.burn_in, 0, 600},
                                 {"seed", &world.seed, 0, INT32_MAX},
                                 {"replicates", &world.replicates, 1, 10'000},
                                 {"threads", &threads, 1, 256}};
  for (const WorldOption& option : options) {
    if (!arguments.has(option.name)) continue;
    auto value = parse_between(option.name, arguments.one(option.name), option.least, option.most);
    if (!value) return value.error();
    *option.value = static_cast<std::uint32_t>(*value);
  }
  return std::nullopt;
}

std::optional<Error> take_decimal(const Arguments& arguments, const std::string& name, double least,
                                  double most, std::optional<double>& to) {
  if (!arguments.has(name)) return std::nullopt;
  auto value = parse_decimal("--" + name, arguments.one(name), least, most);
  if (!value) return value.error();
  to = *value;
  return std::nullopt;
}

std::optional<Error> take_up(const Arguments& arguments, RunSetting& setting) {
  if (!arguments.has("resume")) return std::nullopt;
  const std::string& file = arguments.one("resume");
  std::error_code ignored;
  // A device has no end to read to.
  if (std::filesystem::exists(file, ignored) && !std::filesystem::is_regular_file(file, ignored)) {
    return Error{"file.kind",
                 "this is no file that a run was kept in",
                 {file},
                 "give the run.checkpoint of the run's folder"};
  }
  auto text = read_text(file, kLargestCheckpoint);
  if (!text) return text.error();
  auto kept = read_ensemble(*text, *setting.named.world, setting.named.programmes);
  if (!kept) return kept.error();
  setting.earlier = std::move(*kept);
  auto done = static_cast<std::uint32_t>(setting.earlier.replicates.size());
  EnsembleOptions& options = setting.options;
  options.resume = setting.earlier.checkpoint;
  options.first_replicate = done;
  options.earlier = setting.earlier.replicates;
  if (options.replicates > done) {
    options.replicates -= done;
    return std::nullopt;
  }
  return Error{"society.resume",
               fmt::format("all {} replicates were lived already", done),
               {},
               "ask for more with --replicates"};
}

bool is_plain(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') ||
         std::string_view{"-_./:,+@%"}.find(letter) != std::string_view::npos;
}

// A word as a shell takes it.
std::string shell_word(const std::string& word) {
  if (!word.empty() && std::all_of(word.begin(), word.end(), is_plain)) return word;
  std::string quoted = "'";
  for (char letter : word) {
    if (letter == '\'')
      quoted += "'\\''";
    else
      quoted += letter;
  }
  return quoted + "'";
}

}  // namespace

std::optional<Error> unknown_measure(const std::string& id) {
  if (find_harm_measure(id) != nullptr) return std::nullopt;
  std::vector<std::string_view> known;
  for (const HarmMeasure& measure : harm_measures()) known.push_back(measure.id);
  std::string near = nearest(id, std::span<const std::string_view>{known});
  return Error{"ensemble.measure",
               fmt::format("there is no measure `{}`", id),
               {},
               near.empty() ? "`credence society measures` lists them"
                            : fmt::format("did you mean `{}`?", near)};
}

std::optional<Error> take_options(const Arguments& arguments, RunSetting& setting) {
  World& world = *setting.named.world;
  if (auto error = change_world(arguments, world, setting.threads)) return error;
  setting.options.replicates = world.replicates;
  setting.measure = arguments.one_or("measure", setting.measure);
  if (auto error = unknown_measure(setting.measure)) return error;
  setting.options.until_measure = setting.measure;
  auto& width = setting.options.until_width;
  if (auto error = take_decimal(arguments, "until-width", 1e-12, 1e12, width)) return error;
  if (auto error = take_decimal(arguments, "most-minutes", 1e-3, 1e7, setting.most_minutes)) {
    return error;
  }
  auto trajectories = parse_between("sensitivity", arguments.one_or("sensitivity", "0"), 0, 1000);
  if (!trajectories) return trajectories.error();
  setting.trajectories = static_cast<std::size_t>(*trajectories);
  setting.folder = arguments.one_or("out", "society-run");
  return take_up(arguments, setting);
}

std::string command_text(const Arguments& arguments, const World& world) {
  std::string text = "credence society run " + shell_word(arguments.one_or("WORLD", "town"));
  for (const char* name : {"programme", "versus"}) {
    for (const std::string& value : arguments.all(name)) {
      text += fmt::format(" --{} {}", name, shell_word(value));
    }
  }
  text += fmt::format(" --people {} --burn-in {} --months {} --replicates {} --seed {}",
                      world.population.people, world.burn_in, world.months, world.replicates,
                      world.seed);
  for (const char* name : {"until-width", "measure", "sensitivity"}) {
    if (arguments.has(name)) text += fmt::format(" --{} {}", name, shell_word(arguments.one(name)));
  }
  return text;
}

}  // namespace credence
