#include <credence/clockwork/statistics.h>
#include <credence/people/ipf.h>
#include <credence/people/network.h>
#include <credence/published/selfcheck.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

namespace credence {
namespace {

constexpr Purpose kJobLuck{1320};
constexpr std::size_t kWorkers = 1'000'000;
constexpr std::uint32_t kMonthsOfWork = 120;

struct JobMarket {
  double lost, found;  // chances a month
};

// How many are out of work in the end, all of whom began with a job; both markets with the same
// luck, four months a draw.
template <std::size_t count>
std::array<std::uint64_t, count> out_of_work(const std::array<JobMarket, count>& markets,
                                             const PeopleBlock& block, const KeyedDraws& draws) {
  std::array<std::uint64_t, count> idle{};
  for (std::size_t at = block.first; at < block.last; ++at) {
    std::array<bool, count> works;
    works.fill(true);
    for (std::uint32_t month = 0; month < kMonthsOfWork; month += 4) {
      for (double luck : draws.uniforms(static_cast<std::uint32_t>(at), month / 4, kJobLuck)) {
        for (std::size_t m = 0; m < count; ++m)
          works[m] = works[m] ? luck >= markets[m].lost : luck < markets[m].found;
      }
    }
    for (std::size_t m = 0; m < count; ++m) idle[m] += works[m] ? 0 : 1;
  }
  return idle;
}

double clustering_of(const Ties& ties, std::uint32_t people) {
  std::vector<double> shares(people, 0);
  std::vector<bool> mine(people, false);
  for (std::uint32_t person = 0; person < people; ++person) {
    auto contacts = ties.of(person);
    if (contacts.size() < 2) continue;
    for (std::uint32_t contact : contacts) mine[contact] = true;
    std::size_t known = 0;  // each pair twice
    for (std::uint32_t contact : contacts) {
      for (std::uint32_t other : ties.of(contact)) known += mine[other];
    }
    for (std::uint32_t contact : contacts) mine[contact] = false;
    shares[person] =
        static_cast<double>(known) / static_cast<double>(contacts.size() * (contacts.size() - 1));
  }
  return sum_by_halves(shares) / std::max(1U, people);
}

// Breadth first from 64 people at a time, one bit each.
struct Reached {
  std::uint64_t steps = 0, pairs = 0;

  void from(const Ties& ties, std::uint32_t people, std::uint32_t first) {
    std::vector<std::uint64_t> seen(people, 0), front(people, 0), next(people, 0);
    for (std::uint32_t at = first; at < std::min(people, first + 64); ++at) {
      seen[at] = front[at] = std::uint64_t{1} << (at - first);
    }
    std::uint64_t arrived = 1;
    for (std::uint64_t step = 1; arrived > 0; ++step) {
      arrived = 0;
      for (std::uint32_t person = 0; person < people; ++person) {
        std::uint64_t sources = 0;
        for (std::uint32_t contact : ties.of(person)) sources |= front[contact];
        next[person] = sources & ~seen[person];
        arrived += static_cast<std::uint64_t>(std::popcount(next[person]));
      }
      for (std::uint32_t person = 0; person < people; ++person) seen[person] |= next[person];
      std::swap(front, next);
      steps += step * arrived;
      pairs += arrived;
    }
  }
};

NetworkShape mean_shape(std::size_t runs, double rewire, const SelfcheckRun& run) {
  constexpr std::uint32_t kRing = 1000;
  std::vector<double> clustering(runs), path(runs);
  run.crew.each(runs, [&](std::size_t replicate, unsigned) {
    const KeyedDraws draws(run.setting.seed, static_cast<std::uint32_t>(replicate));
    auto ties = small_world(kRing, {.degree = 10, .rewire = rewire}, draws);
    NetworkShape shape = ties ? shape_of(*ties, kRing)
                              : NetworkShape{std::nan(""), std::nan("")};  // which never holds
    clustering[replicate] = shape.clustering;
    path[replicate] = shape.path;
  });
  return {spread_of(clustering).mean, spread_of(path).mean};
}

}  // namespace

NetworkShape shape_of(const Ties& ties, std::uint32_t people) {
  NetworkShape shape{clustering_of(ties, people), 0};
  if (people < 2) return shape;
  Reached reached;
  for (std::uint32_t first = 0; first < people; first += 64) reached.from(ties, people, first);
  bool all = reached.pairs == std::uint64_t{people} * (people - 1);
  shape.path = all ? static_cast<double>(reached.steps) / static_cast<double>(reached.pairs)
                   : std::numeric_limits<double>::infinity();
  return shape;
}

std::vector<PublishedCheck> check_jobs(const SelfcheckRun& run) {
  CheckList list("two-state Markov chain: s / (s + f)", run.setting.effort);
  const double times = run.change.hired_times;
  const std::array<JobMarket, 2> markets{{{.01, .25 * times}, {.04, .05 * times}}};
  const std::array names{"jobs lost .01, found .25 a month: out of work",
                         "jobs lost .04, found .05 a month: out of work"};
  const std::array published{.03846, .44444};
  const std::size_t people = list.runs(kWorkers);
  const KeyedDraws draws(run.setting.seed, 0);
  std::vector<std::array<std::uint64_t, 2>> idle(Crew::blocks(people));
  run.crew.work(people, [&](const PeopleBlock& block, unsigned) {
    idle[block.number] = out_of_work(markets, block, draws);
  });
  for (std::size_t m = 0; m < markets.size(); ++m) {
    std::uint64_t sum = 0;
    for (const auto& block : idle) sum += block[m];
    list.exact("J3", std::string(names[m]) + ", exact", published[m],
               markets[m].lost / (markets[m].lost + markets[m].found), 5e-6);
    list.sampled("J3", std::string(names[m]) + ", a million people", published[m],
                 static_cast<double>(sum) / static_cast<double>(people), .002, kWorkers);
  }
  return list.take();
}

std::vector<PublishedCheck> check_small_worlds(const SelfcheckRun& run) {
  CheckList list("Watts and Strogatz 1998, Collective dynamics of small-world networks",
                 run.setting.effort);
  constexpr std::size_t kNetworks = 20;
  struct Row {
    double rewired, clustering, clustering_spread, path, path_spread;
  };
  for (const Row& row : {Row{.01, .6483, .0022, 9.13, .54}, Row{.1, .4938, .0061, 4.451, .034},
                         Row{1, .0092, .0008, 3.268, .002}}) {
    NetworkShape shape =
        mean_shape(list.runs(kNetworks), std::min(1., row.rewired * run.change.rewired_times), run);
    std::string name =
        "small world of 1,000 with 10 ties, rewired " + shown_number(row.rewired, 2) + ": mean ";
    // Four standard errors of two means over 20, and the rounding of the reference.
    const double errors = 4 * std::sqrt(2. / kNetworks);
    list.sampled("J4", name + "local clustering", row.clustering, shape.clustering,
                 errors * row.clustering_spread + 5e-5, kNetworks);
    list.sampled("J4", name + "path", row.path, shape.path, errors * row.path_spread + 5e-4,
                 kNetworks);
  }
  NetworkShape ring = mean_shape(1, 0, run);
  list.exact("J4", "ring of 1,000 with 10 ties: mean local clustering", .6667, ring.clustering,
             5e-5);
  list.exact("J4", "ring of 1,000 with 10 ties: mean path", 50.450, ring.path, 5e-4);
  return list.take();
}

std::vector<PublishedCheck> check_fitting(const SelfcheckRun& run) {
  CheckList list("Deming and Stephan 1940, iterative proportional fitting", run.setting.effort);
  const std::array<double, 6> published{9.090034,  12.306690, 18.603276,
                                        20.909966, 17.693310, 21.396724};
  const std::array<Margin, 2> margins{Margin{{0}, {40, 60}}, Margin{{1}, {30, 30, 40}}};
  auto fitted = fit_proportionally({{2, 3}, {1, 2, 3, 4, 5, 6}}, margins, 1e-14);
  auto cell = [&](std::size_t at) { return fitted ? fitted->table.cells[at] : std::nan(""); };
  for (std::size_t at = 0; at < published.size(); ++at) {
    list.exact("J5",
               "table of 2 by 3 fitted to its margins: cell " + std::to_string(at / 3 + 1) + ", " +
                   std::to_string(at % 3 + 1),
               published[at], cell(at), 1e-6);
  }
  list.exact("J5", "the odds ratio of the first two columns stays", .625,
             cell(0) * cell(4) / (cell(1) * cell(3)), 1e-9);
  list.exact("J5", "sweeps until the margins hold to 1e-12 (of sums of 100: 1e-14 of them)", 8,
             fitted ? fitted->sweeps : -1, 0);
  return list.take();
}

}  // namespace credence
