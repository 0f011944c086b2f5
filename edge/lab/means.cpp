#include <credence/lab/means.h>
#include <credence/worlds/society.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <sstream>

namespace credence {

namespace {

constexpr std::uint32_t kTrialPeople = 2 * kBlock;
constexpr std::uint32_t kTrialMonths = 3;

std::string bytes_text(double bytes, const Tongue& tongue) {
  const Text large = {"{1} GB", "{1} Go"}, small = {"{1} MB", "{1} Mo"};
  if (bytes >= 1e9) return tongue.say(large, {tongue.number(bytes / 1e9, 1)});
  return tongue.say(small, {tongue.number(std::max(1.0, std::ceil(bytes / 1e6)), 0)});
}

std::string time_text(double seconds) {
  auto whole = static_cast<std::uint64_t>(std::clamp(std::ceil(seconds), 1.0, 1e15));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

// A number in a file of one line; none for "max" or no such file.
std::optional<std::uint64_t> number_in(const std::string& path) {
  std::ifstream file(path);
  std::uint64_t number = 0;
  if (file >> number) return number;
  return std::nullopt;
}

// A batch system gives a program less than its machine has.
std::uint64_t free_in_group() {
  std::ifstream groups("/proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) {
    if (!line.starts_with("0::")) continue;
    std::string folder = "/sys/fs/cgroup" + line.substr(3);
    auto most = number_in(folder + "/memory.max"), used = number_in(folder + "/memory.current");
    if (most && used) return *most > *used ? *most - *used : 0;
  }
  return UINT64_MAX;
}

}  // namespace

std::uint64_t free_memory() {
  std::ifstream file("/proc/meminfo");
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string name;
    std::uint64_t kilobytes = 0;
    if (words >> name >> kilobytes && name == "MemAvailable:") {
      return std::min(kilobytes * 1024, free_in_group());
    }
  }
  return free_in_group();
}

RunNeed need_of(const World& world, std::span<const SocietyProgramme> programmes, double runs,
                unsigned threads) {
  RunNeed need{.estimate = estimate(world, programmes.size(), 1)};
  World trial = world;
  trial.population.people = std::min(world.population.people, kTrialPeople);
  trial.months = std::min(world.months, kTrialMonths);
  trial.burn_in = std::min(world.burn_in, 1U);
  Crew crew(threads);
  auto start = std::chrono::steady_clock::now();
  auto society = Society::make(trial, programmes, UINT32_MAX, crew);
  if (!society) return need;
  auto made = std::chrono::steady_clock::now();
  double lived = 0;
  while (!society->over()) {
    society->step(crew);
    lived += society->month() > trial.burn_in ? 1.0 : 1.0 / static_cast<double>(society->arms());
  }
  auto over = std::chrono::steady_clock::now();
  double people = static_cast<double>(world.population.people) / trial.population.people;
  double months = world.months +
                  static_cast<double>(world.burn_in) / static_cast<double>(programmes.size() + 1);
  double making = std::chrono::duration<double>(made - start).count();
  double living = std::chrono::duration<double>(over - made).count();
  need.seconds = runs * people * (making + living / std::max(lived, 1.0) * months);
  return need;
}

std::string to_text(const RunNeed& need, const Tongue& tongue) {
  const Text both = {"about {1} of memory and {2}", "environ {1} de mémoire et {2}"};
  const Text memory = {
      "about {1} of memory; a trial with fewer people cannot be made, so the time is unknown",
      "environ {1} de mémoire ; un essai avec moins de personnes est impossible, "
      "donc la durée est inconnue"};
  std::string bytes = bytes_text(static_cast<double>(need.estimate.bytes), tongue);
  if (!need.seconds) return tongue.say(memory, {bytes});
  return tongue.say(both, {bytes, time_text(*need.seconds)});
}

std::optional<Error> refuse_need(const RunNeed& need, const World& world,
                                 std::optional<double> most_minutes, std::uint64_t free) {
  const Tongue tongue(Language::en);
  // A tenth is left to what else runs on the machine.
  double may = 0.9 * static_cast<double>(free), bytes = static_cast<double>(need.estimate.bytes);
  if (bytes > may) {
    double fits = static_cast<double>(world.population.people) * may / bytes;
    double step = fits >= 2000 ? 1000 : 1;
    return Error{"society.memory",
                 fmt::format("{} people need about {}, and {} can be had",
                             tongue.count(world.population.people), bytes_text(bytes, tongue),
                             bytes_text(may, tongue)),
                 {},
                 fmt::format("give --people {:.0f} or fewer, or fewer programmes",
                             std::max(1.0, std::floor(fits / step) * step))};
  }
  if (!most_minutes) return std::nullopt;
  if (!need.seconds) {
    return Error{"society.time",
                 "how long the run takes cannot be told before",
                 {},
                 "leave --most-minutes out"};
  }
  if (*need.seconds > *most_minutes * 60) {
    return Error{"society.time",
                 fmt::format("the run needs about {}, and {:.3g} minutes are allowed",
                             time_text(*need.seconds), *most_minutes),
                 {},
                 "give fewer people, months or replicates, or more --most-minutes"};
  }
  return std::nullopt;
}

}  // namespace credence
