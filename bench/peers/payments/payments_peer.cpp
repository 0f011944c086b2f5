// Credence among its peers: RULES.md tells the model. Writes the contacts, or reads them and runs.
//
//   payments_peer contacts PEOPLE FILE
//   payments_peer run FILE MONTHS THREADS SEED...
//
// A run prints a line for each seed: seconds, processor seconds, units in all, Gini, bytes a
// person.

#include <credence/clockwork/statistics.h>
#include <credence/published/payments.h>
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>

namespace credence {
namespace {

constexpr std::int32_t kUnits = 5;

double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double memory(std::string_view item) {
  std::ifstream status("/proc/self/status");
  std::string line;
  while (std::getline(status, line)) {
    if (line.starts_with(item)) return 1024 * std::strtod(line.c_str() + item.size(), nullptr);
  }
  return 0;
}

void append(std::vector<std::uint32_t>& all, std::uint32_t number) {
  all.push_back(number);
}

int write_contacts(std::uint32_t people, const char* file) {
  Result<Ties> ties = small_world(people, {.degree = 10, .rewire = 0.1}, KeyedDraws{1, 0});
  if (!ties) {
    fmt::print(stderr, "{}\n", to_text(ties.error()));
    return 2;
  }
  std::vector<std::uint32_t> numbers{people, 0};
  for (std::uint32_t person = 0; person < people; ++person) {
    append(numbers, numbers.back() + static_cast<std::uint32_t>(ties->of(person).size()));
  }
  for (std::uint32_t person = 0; person < people; ++person) {
    for (std::uint32_t contact : ties->of(person)) append(numbers, contact);
  }
  std::ofstream out(file, std::ios::binary);
  out.write(reinterpret_cast<const char*>(numbers.data()),
            static_cast<std::streamsize>(numbers.size() * sizeof(std::uint32_t)));
  return out ? 0 : 2;
}

std::vector<std::uint32_t> read_numbers(std::ifstream& in, std::size_t count) {
  std::vector<std::uint32_t> numbers(count);
  in.read(reinterpret_cast<char*>(numbers.data()),
          static_cast<std::streamsize>(count * sizeof(std::uint32_t)));
  return numbers;
}

int run(const char* file, std::uint32_t months, unsigned threads, std::span<char*> seeds) {
  double before = memory("VmRSS:");
  std::ifstream in(file, std::ios::binary);
  std::uint32_t people = read_numbers(in, 1)[0];
  std::vector<std::uint32_t> first = read_numbers(in, people + std::size_t{1});
  std::vector<std::uint32_t> ends = read_numbers(in, first.back());
  if (!in) return 2;
  Ties contacts(std::move(first), std::move(ends));
  Crew crew(threads);
  double bytes = 0;
  for (const char* seed : seeds) {
    KeyedDraws draws(static_cast<std::uint32_t>(std::strtoul(seed, nullptr, 10)), 0);
    ContactPayments payments(contacts, people, kUnits);
    double start = wall_seconds(), processor = processor_seconds();
    for (std::uint32_t month = 0; month < months; ++month) payments.live_turn(draws, crew);
    start = wall_seconds() - start;
    processor = processor_seconds() - processor;
    if (bytes <= 0) bytes = memory("VmHWM:") - before;
    auto money = payments.money();
    fmt::print("{} {} {} {} {}\n", start, processor, payments.total(),
               gini(std::vector<double>(money.begin(), money.end())), bytes / people);
  }
  return 0;
}

}  // namespace
}  // namespace credence

int main(int count, char** words) {
  using namespace credence;
  std::string_view what = count > 3 ? words[1] : "";
  auto number = [&](int at) {
    return static_cast<std::uint32_t>(std::strtoul(words[at], nullptr, 10));
  };
  if (what == "contacts") return write_contacts(number(2), words[3]);
  if (what == "run" && count > 5) {
    return run(words[2], number(3), number(4), std::span(words + 5, words + count));
  }
  fmt::print(stderr, "payments_peer contacts PEOPLE FILE | run FILE MONTHS THREADS SEED...\n");
  return 2;
}
