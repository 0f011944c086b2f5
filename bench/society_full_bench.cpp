// What a month of a society costs: the built-in town at any size, with no programme and with a
// built-in one, next to copying the bytes of its people in the same run. The least of the months
// with programmes, by the clock on the wall and in processor time, which other programs on the
// machine lengthen less; the burn-in is lived before.
//
//   society_full_bench [PEOPLE [PROGRAMME|none [THREADS [MONTHS]]]]

#include <credence/worlds/society.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <optional>
#include <string>

namespace credence {
namespace {

constexpr std::uint32_t kBurnIn = 6;
constexpr int kCopies = 7;

struct Run {
  std::uint32_t people = 10'000;
  std::string programme = "none";
  unsigned threads = 2;
  std::uint32_t months = 12;
};

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Of all threads together.
double processor_seconds_now() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

const Preset& preset(std::span<const Preset> presets, std::string_view id) {
  for (const Preset& one : presets) {
    if (one.id == id) return one;
  }
  fmt::print(stderr, "no preset is called {}\n", id);
  std::exit(2);
}

World town(const Run& run) {
  ReadWorld read = read_world(preset(built_in_worlds(), "town").text, "town");
  World world = std::move(*read.world);
  world.population.people = run.people;
  world.burn_in = kBurnIn;
  world.months = run.months;
  return world;
}

std::vector<SocietyProgramme> programmes(const Run& run) {
  std::vector<SocietyProgramme> all;
  if (run.programme == "none") return all;
  const Preset& of = preset(built_in_programmes(), run.programme);
  ReadSocietyProgramme read = read_society_programme(of.text, run.programme, of.card, "card");
  all.push_back(std::move(*read.programme));
  return all;
}

// The most memory since the last call, in bytes; Linux counts it for each process.
double peak_memory() {
  std::ifstream status("/proc/self/status");
  std::string line;
  double kilobytes = 0;
  while (std::getline(status, line)) {
    if (line.starts_with("VmHWM:")) kilobytes = std::strtod(line.c_str() + 6, nullptr);
  }
  std::ofstream("/proc/self/clear_refs") << 5;
  return kilobytes * 1024;
}

// Processor time of a plain copy of as many bytes by the same threads.
double copying(std::size_t bytes, Crew& crew) {
  std::vector<char> from(bytes, 1), to(bytes, 2);
  std::size_t piece = bytes / crew.threads() + 1;
  double least = 1e9;
  for (int round = 0; round < kCopies; ++round) {
    double start = processor_seconds_now();
    crew.each(crew.threads(), [&](std::size_t task, unsigned) {
      std::size_t first = std::min(bytes, task * piece), last = std::min(bytes, first + piece);
      std::memcpy(to.data() + first, from.data() + first, last - first);
    });
    least = std::min(least, processor_seconds_now() - start);
    asm volatile("" : : "r"(to.data()) : "memory");
  }
  return least;
}

void row(const Run& run) {
  Crew crew(run.threads);
  World world = town(run);
  std::vector<SocietyProgramme> arms = programmes(run);
  peak_memory();
  double start = seconds_now();
  Result<Society> society = Society::make(world, arms, 0, crew);
  if (!society) {
    fmt::print(stderr, "{}\n", to_text(society.error()));
    std::exit(2);
  }
  double making = seconds_now() - start;
  while (society->month() < kBurnIn) society->step(crew);
  double all = seconds_now(), least = 1e9, processor = 1e9;
  while (!society->over()) {
    start = seconds_now();
    double worked = processor_seconds_now();
    society->step(crew);
    least = std::min(least, seconds_now() - start);
    processor = std::min(processor, processor_seconds_now() - worked);
  }
  all = seconds_now() - all;
  double peak = peak_memory();
  std::size_t state = society->population().bytes();
  for (std::size_t arm = 0; arm < society->arms(); ++arm) state += society->lives(arm).bytes();
  double people = run.people, lives = people * static_cast<double>(society->arms());
  fmt::print(
      "{:<20} {:>9} {:>5} {:>7} {:>7.2f} {:>9.3f} {:>7.2f} {:>7.2f} {:>7.2f} {:>7.0f} {:>6.0f} "
      "{:>6.0f} {:>5.1f}  {}\n",
      run.programme, run.people, society->arms(), run.threads, making, all,
      lives * run.months / all / 1e6, lives / least / 1e6, lives / processor / 1e6,
      static_cast<double>(state) / people, static_cast<double>(society->network().bytes()) / people,
      peak / 1e6, 100 * copying(state, crew) / processor, to_hex(society->hash()).substr(0, 16));
  std::fflush(stdout);
}

void header(std::uint32_t months) {
  fmt::print("{:<20} {:>9} {:>5} {:>7} {:>7} {:>9} {:>23} {:>7} {:>6} {:>6} {:>5}\n", "", "", "",
             "", "made in", fmt::format("{} months", months), "million person-months/s", "bytes a",
             "and", "peak", "copy");
  fmt::print("{:<20} {:>9} {:>5} {:>7} {:>7} {:>9} {:>7} {:>7} {:>7} {:>7} {:>6} {:>6} {:>5}  {}\n",
             "programme", "people", "lives", "threads", "s", "in s", "all", "at best", "cpu",
             "person", "ties", "MB", "%", "hash");
}

}  // namespace
}  // namespace credence

int main(int count, char** words) {
  using namespace credence;
  if (count == 1) {
    header(12);
    for (const char* programme : {"none", "lawful-open", "total-surveillance"}) {
      for (std::uint32_t people : {10'000u, 100'000u}) {
        row({.people = people, .programme = programme});
      }
    }
    return 0;
  }
  Run run;
  run.people = static_cast<std::uint32_t>(std::strtoul(words[1], nullptr, 10));
  if (count > 2) run.programme = words[2];
  if (count > 3) run.threads = static_cast<unsigned>(std::strtoul(words[3], nullptr, 10));
  if (count > 4) run.months = static_cast<std::uint32_t>(std::strtoul(words[4], nullptr, 10));
  header(run.months);
  row(run);
}
