// What a society costs: unit payments among ten contacts, the smallest step that draws, reads whom
// people know and writes their state. Person-steps per second (one person, one turn) for one and
// two threads, memory a person, and how much of what this machine can read at all that is. The best
// of several rounds; the machine should have nothing else to do.

#include <credence/clockwork/crew.h>
#include <credence/published/payments.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace credence {
namespace {

constexpr int kRounds = 5;
constexpr double kPersonTurns = 2e7;  // a round is about so long

struct Cost {
  double seconds = 1e9;  // on the clock
  double cpu = 1e9;      // of all threads together; a busy machine lengthens it least
};

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

Cost best_of(int turns, const std::function<void()>& turn) {
  Cost best;
  for (int round = 0; round < kRounds; ++round) {
    auto start = std::chrono::steady_clock::now();
    double cpu = cpu_seconds();
    for (int i = 0; i < turns; ++i) turn();
    best.cpu = std::min(best.cpu, (cpu_seconds() - cpu) / turns);
    std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
    best.seconds = std::min(best.seconds, passed.count() / turns);
  }
  return best;
}

// Reads as many bytes as a turn does, in blocks and by the same crew: what memory gives.
class PlainReading {
 public:
  explicit PlainReading(std::size_t bytes) : words_(bytes / sizeof(std::uint64_t), 1) {}

  std::uint64_t read(Crew& crew) {
    constexpr std::size_t kPart = std::size_t{1} << 16;
    std::size_t parts = (words_.size() + kPart - 1) / kPart;
    std::vector<std::uint64_t> sums(parts);
    crew.each(parts, [&](std::size_t part, unsigned) {
      std::size_t last = std::min(words_.size(), (part + 1) * kPart);
      // Eight sums side by side, so that the loop waits for memory and not for itself.
      std::array<std::uint64_t, 8> lanes{};
      std::size_t at = part * kPart;
      for (; at + lanes.size() <= last; at += lanes.size()) {
        for (std::size_t lane = 0; lane < lanes.size(); ++lane) lanes[lane] += words_[at + lane];
      }
      for (std::uint64_t lane : lanes) sums[part] += lane;
    });
    std::uint64_t all = 0;
    for (std::uint64_t sum : sums) all += sum;
    return all;
  }

 private:
  std::vector<std::uint64_t> words_;
};

struct Measured {
  Cost turn, reading;
  std::size_t bytes = 0;
  std::vector<std::int32_t> money;
};

Measured measure(const Ties& contacts, std::uint32_t people, unsigned threads) {
  Crew crew(threads);
  const KeyedDraws draws(1, 0);
  ContactPayments world(contacts, people, 5);
  const int turns = std::max(2, static_cast<int>(kPersonTurns / people));
  // The first turns warm the memory up and let money spread.
  for (int turn = 0; turn < 5; ++turn) world.live_turn(draws, crew);
  Measured measured;
  measured.bytes = world.bytes();
  measured.turn = best_of(turns, [&] { world.live_turn(draws, crew); });
  PlainReading reading(world.bytes());
  std::uint64_t sum = 0;
  measured.reading = best_of(turns, [&] { sum += reading.read(crew); });
  if (sum == 0) fmt::print("nothing was read\n");
  measured.money.assign(world.money().begin(), world.money().end());
  return measured;
}

void bench_people(std::uint32_t people) {
  auto contacts = small_world(people, {.degree = 10, .rewire = .1}, KeyedDraws(1, 0));
  if (!contacts) {
    fmt::print("{:>10}  {}\n", people, contacts.error().message);
    return;
  }
  std::vector<std::int32_t> money;
  for (unsigned threads : {1U, 2U}) {
    Measured m = measure(*contacts, people, threads);
    auto bytes = static_cast<double>(m.bytes);
    bool same = money.empty() || money == m.money;
    fmt::print("{:>10} {:>8} {:>11.1f} {:>10.1f} {:>11.0f} {:>8.1f} {:>10.1f} {:>8.0f} %  {}\n",
               people, threads, people / m.turn.seconds / 1e6, m.turn.cpu / people * 1e9,
               bytes / people, bytes / m.turn.seconds / 1e9, bytes / m.reading.seconds / 1e9,
               100 * m.reading.seconds / m.turn.seconds,
               money.empty() ? "" : (same ? "same money" : "OTHER MONEY"));
    money = std::move(m.money);
  }
}

}  // namespace
}  // namespace credence

// The largest number of people may be given: 10 000 000 where memory allows.
int main(int count, char** words) {
  using namespace credence;
  const double most = count > 1 ? std::atof(words[1]) : 1e6;
  fmt::print("{:>10} {:>8} {:>11} {:>10} {:>11} {:>8} {:>10} {:>10}\n", "people", "threads",
             "M steps/s", "CPU ns", "B a person", "GB/s", "read GB/s", "of reading");
  for (std::uint32_t people = 10'000; people <= most && people <= 10'000'000; people *= 10) {
    bench_people(people);
  }
}
