// Kills a process that appends, again and again, and looks whether everything that it had
// acknowledged over a pipe is there. The control acknowledges before the facts are durable and must
// lose some.
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <random>
#include <thread>

#include "crash/journey.h"

namespace credence {
namespace {

constexpr std::size_t kBatch = 20;

std::string text_of(std::uint64_t index) {
  return fmt::format("fact {}", index);
}

void acknowledge(int pipe, std::uint64_t index) {
  // Eight bytes are written as a whole or not at all.
  if (::write(pipe, &index, sizeof(index)) != sizeof(index)) ::_exit(3);
}

// The process that dies. Each fact says its own index, which is known because nobody else writes.
[[noreturn]] void append_for_ever(const std::string& path, int pipe, bool acknowledges_early) {
  Result<std::unique_ptr<Store>> store = Store::open(path, fixed_clock(), {});
  if (!store) ::_exit(2);
  while (true) {
    std::uint64_t next = (*store)->size();
    std::vector<Draft> drafts;
    for (std::uint64_t i = 0; i < kBatch; ++i) {
      drafts.push_back(remark("ada", text_of(next + i), (*store)->now()));
    }
    if (acknowledges_early) {
      for (std::uint64_t i = 0; i < kBatch; ++i) acknowledge(pipe, next + i);
    }
    Result<std::vector<Appended>> done = (*store)->append(std::move(drafts));
    if (!done) ::_exit(4);
    if (acknowledges_early) continue;
    for (const Appended& one : *done) acknowledge(pipe, one.index);
    if (next % 3 == 0 && !(*store)->publish()) ::_exit(5);
  }
}

struct Tally {
  std::uint64_t cycles = 0, acknowledged = 0, lost = 0, unsound = 0;
};

// One life of the process, its death, and what the record holds afterwards.
bool cycle(const std::string& path, bool early, std::mt19937_64& random, Acknowledged& acknowledged,
           Tally& tally) {
  std::array<int, 2> ends;
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
  pid_t child = ::fork();
  if (child < 0) return false;
  if (child == 0) append_for_ever(path, ends[1], early);
  ::close(ends[1]);
  std::uint64_t wanted = 1 + random() % 200, seen = 0, index = 0;
  while (seen < wanted && ::read(ends[0], &index, sizeof(index)) == sizeof(index)) {
    acknowledged[index] = text_of(index);
    ++seen;
  }
  std::this_thread::sleep_for(std::chrono::microseconds(random() % 3000));
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  // What was in the pipe when it died was acknowledged too.
  while (::read(ends[0], &index, sizeof(index)) == sizeof(index)) {
    acknowledged[index] = text_of(index);
    ++seen;
  }
  ::close(ends[0]);
  tally.acknowledged += seen;
  ++tally.cycles;
  return WIFSIGNALED(status);
}

bool judge(const std::string& path, const Acknowledged& acknowledged, Tally& tally) {
  Result<std::unique_ptr<Store>> store = Store::open(path, fixed_clock(), {});
  if (!store) {
    fmt::print("{}\n", to_text(store.error()));
    return false;
  }
  tally.lost += count_lost(**store, acknowledged);
  Result<VerifyReport> report = verify_record(path, {}, {});
  if (!report || !report->sound()) ++tally.unsound;
  return true;
}

// Null when something besides the kill went wrong.
std::optional<Tally> run(std::uint64_t cycles, bool early, std::uint64_t seed) {
  constexpr std::uint64_t kLives = 25;
  Tally tally;
  std::mt19937_64 random{seed};
  while (tally.cycles < cycles) {
    ScratchFolder folder;
    Acknowledged acknowledged;
    {
      auto store = Store::create(folder.path, "trust.example/kill", fixed_clock(), {});
      if (!store || !(*store)->append({enrolment("ada", (*store)->now())})) return std::nullopt;
    }
    for (std::uint64_t life = 0; life < kLives && tally.cycles < cycles; ++life) {
      if (!cycle(folder.path, early, random, acknowledged, tally)) return std::nullopt;
      if (!judge(folder.path, acknowledged, tally)) return std::nullopt;
      if (early) acknowledged.clear();  // count each loss once
    }
  }
  return tally;
}

bool report(std::string_view name, const std::optional<Tally>& tally) {
  if (!tally) {
    fmt::print("{}: the process ended by itself, or the record did not open\n", name);
    return false;
  }
  fmt::print("{:<18} {:>5} kills {:>8} acknowledged {:>6} lost {:>4} unsound\n", name,
             tally->cycles, tally->acknowledged, tally->lost, tally->unsound);
  std::fflush(stdout);
  return true;
}

int main_of(std::uint64_t seed) {
  std::uint64_t cycles = is_full_run() ? 1'000 : 100;
  fmt::print("seed {}\n", seed);
  std::fflush(stdout);
  std::optional<Tally> honest = run(cycles, false, seed);
  std::optional<Tally> early = run(cycles / 4, true, seed);
  bool good = report("as built", honest);
  good = report("acknowledges early", early) && good;
  good = good && honest->lost == 0 && honest->unsound == 0 && honest->acknowledged >= cycles;
  good = good && early->lost > 0;
  fmt::print("{}\n", good ? "no acknowledged fact was lost; the control lost some" : "FAILED");
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace credence

int main(int count, char** arguments) {
  std::uint64_t seed =
      count > 1 ? std::strtoull(arguments[1], nullptr, 10) : std::random_device{}();
  return credence::main_of(seed);
}
