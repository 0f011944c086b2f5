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

std::string bytes_text(double bytes) {
  if (bytes >= 1e9) return fmt::format("{:.1f} GB", bytes / 1e9);
  return fmt::format("{:.0f} MB", std::max(1.0, bytes / 1e6));
}

std::string time_text(double seconds) {
  if (seconds < 60) return fmt::format("{:.0f} s", std::max(1.0, seconds));
  if (seconds < 3600)
    return fmt::format("{:.0f} min {:02.0f} s", std::floor(seconds / 60), std::fmod(seconds, 60));
  return fmt::format("{:.0f} h {:02.0f} min", std::floor(seconds / 3600),
                     std::fmod(seconds / 60, 60));
}

}  // namespace

std::uint64_t free_memory() {
  std::ifstream file("/proc/meminfo");
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string name;
    std::uint64_t kilobytes = 0;
    if (words >> name >> kilobytes && name == "MemAvailable:") return kilobytes * 1024;
  }
  return UINT64_MAX;
}

RunNeed need_of(const World& world, std::span<const SocietyProgramme> programmes, double runs,
                unsigned threads) {
  RunNeed need{.estimate = estimate(world, programmes.size(), 1), .seconds = 0};
  World trial = world;
  trial.population.people = std::min(world.population.people, kTrialPeople);
  trial.months = std::min(world.months, kTrialMonths);
  trial.burn_in = std::min(world.burn_in, 1U);
  Crew crew(threads);
  auto start = std::chrono::steady_clock::now();
  auto society = Society::make(trial, programmes, UINT32_MAX, crew);
  if (!society) return need;  // the run itself says why
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

std::string to_text(const RunNeed& need) {
  return fmt::format("about {} of memory and {}",
                     bytes_text(static_cast<double>(need.estimate.bytes)), time_text(need.seconds));
}

std::optional<Error> refuse_need(const RunNeed& need, const World& world,
                                 std::optional<double> most_minutes) {
  std::uint64_t free = free_memory();
  if (need.estimate.bytes > free) {
    double fits = static_cast<double>(world.population.people) * static_cast<double>(free) /
                  static_cast<double>(need.estimate.bytes);
    return Error{"society.memory",
                 fmt::format("{} people need about {}, and {} are free", world.population.people,
                             bytes_text(static_cast<double>(need.estimate.bytes)),
                             bytes_text(static_cast<double>(free))),
                 {},
                 fmt::format("give --people {:.0f} or fewer, or fewer programmes",
                             std::floor(fits * 0.9 / 1000) * 1000)};
  }
  if (most_minutes && need.seconds > *most_minutes * 60) {
    return Error{"society.time",
                 fmt::format("the run needs about {}, and {:.3g} minutes are allowed",
                             time_text(need.seconds), *most_minutes),
                 {},
                 "give fewer people, months or replicates, or more --most-minutes"};
  }
  return std::nullopt;
}

}  // namespace credence
