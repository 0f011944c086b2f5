// What one exact solve costs, certificate and limits that bind included, next to taking the maximum
// over as many numbers as the search has edges, in the same run. CPU time of this thread; the best
// of several rounds.

#include <credence/optimum/sample_problem_test.h>
#include <credence/optimum/solve.h>
#include <fmt/format.h>

#include <ctime>
#include <functional>
#include <string>
#include <vector>

namespace credence {
namespace {

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// The compiler must not drop a result that nobody prints.
template <class T>
void keep(const T& value) {
  asm volatile("" : : "r"(&value) : "memory");
}

// Seconds per call; calls are repeated until they can be timed.
double per_call(const std::function<void()>& work) {
  constexpr double kLongEnough = 0.005;
  double best = 1e9;
  int calls = 1;
  for (int round = 0; round < 7; ++round) {
    double seconds = 0;
    while (true) {
      const double start = cpu_seconds();
      for (int i = 0; i < calls; ++i) work();
      seconds = cpu_seconds() - start;
      if (seconds >= kLongEnough || calls >= 1 << 20) break;
      calls *= 4;
    }
    best = std::min(best, seconds / calls);
    if (seconds > 1) break;
  }
  return best;
}

// Eight maxima side by side over a block that stays in the first cache, as often as needed.
double seconds_to_look_at(std::uint64_t edges) {
  static const std::vector<double> block(512, 1.5);
  return per_call([&] {
    double most[8] = {};
    for (std::uint64_t seen = 0; seen < edges; seen += block.size()) {
      keep(block);
      for (std::size_t i = 0; i < block.size(); i += 8)
        for (std::size_t k = 0; k < 8; ++k)
          most[k] = block[i + k] > most[k] ? block[i + k] : most[k];
    }
    keep(most);
  });
}

struct Line {
  std::string name;
  Trend trend;
  std::function<void(BinningRules&)> more = [](BinningRules&) {};
};

void usual(BinningRules& rules) {
  rules.max_bins = 8;
  rules.min_bin_share = 0.05;
}

std::vector<Line> lines() {
  auto tested = [](BinningRules& rules) { usual(rules), rules.max_p_value = 0.05; };
  auto strict = [](BinningRules& rules) { usual(rules), rules.strict_shape = true; };
  auto all = [=](BinningRules& rules) { tested(rules), rules.p_value_policy = PValuePolicy::all; };
  auto strict_all = [=](BinningRules& rules) { all(rules), rules.strict_shape = true; };
  auto even = [](BinningRules& rules) { usual(rules), rules.gamma = 0.05; };
  return {{"ascending, no limits", Trend::ascending},
          {"none", Trend::none, usual},
          {"ascending", Trend::ascending, usual},
          {"peak", Trend::peak, usual},
          {"ascending, p-value", Trend::ascending, tested},
          {"peak, p-value", Trend::peak, tested},
          {"none, p-value", Trend::none, tested},
          {"concave", Trend::concave, usual},
          {"concave, strict", Trend::concave, strict},
          {"ascending, gamma", Trend::ascending, even},
          {"ascending, p-value of all", Trend::ascending, all},
          {"none, p-value of all", Trend::none, all},
          {"none, gamma", Trend::none, even},
          {"concave, strict, p-value of all", Trend::concave, strict_all}};
}

void bench(int prebins) {
  fmt::print("\n{} prebins\n{:<32} {:>12} {:>12} {:>8} {:>6}\n", prebins, "", "us", "edges",
             "of bound", "bins");
  for (const Line& line : lines()) {
    std::mt19937_64 random{3};
    const bool peaked = line.trend == Trend::peak || line.trend == Trend::concave;
    BinningProblem problem =
        sample::problem_of(sample::large_prebins(random, prebins, peaked), line.trend);
    line.more(problem.rules);
    auto outcome = solve(problem);
    if (!outcome || !outcome->solution) {
      fmt::print("{:<32} {}\n", line.name,
                 outcome ? outcome->infeasible->reason.en : to_text(outcome.error()));
      continue;
    }
    const Certificate& certificate = outcome->solution->certificate;
    double seconds = per_call([&] { keep(solve(problem)); });
    double bound = seconds_to_look_at(certificate.work);
    fmt::print("{:<32} {:>12.1f} {:>12} {:>7.0f}x {:>6}{}\n", line.name, seconds * 1e6,
               certificate.work, seconds / bound, outcome->solution->last.size(),
               certificate.optimality == Optimality::optimal ? "" : "  (not proven)");
  }
}

}  // namespace
}  // namespace credence

int main(int count, char** arguments) {
  fmt::print(
      "one solve with its certificate (usual limits: at most 8 bins of at least 5%), one core\n");
  if (count > 1) return credence::bench(std::atoi(arguments[1])), 0;
  for (int prebins : {20, 50, 100, 200}) credence::bench(prebins);
}
