#include <credence/clockwork/crew.h>
#include <credence/published/attention.h>
#include <credence/published/check_list.h>
#include <credence/published/models.h>

namespace credence {
namespace {

constexpr std::string_view kAttentionSource = "D'Amour et al. 2020, Fairness Is Not Static";
constexpr std::size_t kAttentionRuns = 50;
constexpr std::uint32_t kAttentionSteps = 1000;
constexpr std::array kDeterrences = {0., .0025, .01, .05};

struct FoundMissed {
  double found = 0, missed = 0;
};

struct AttentionRow {
  const char* name;
  AttentionRules rules;
  std::array<FoundMissed, kDeterrences.size()> published;
};

const std::array kAttentionRows = {
    AttentionRow{"uniform", {}, {{{5289, 17223}, {4412, 12381}, {2041, 4790}, {485, 1004}}}},
    AttentionRow{"proportional, eps .1",
                 {AttentionAgent::proportional, .1},
                 {{{5643, 16881}, {5297, 11720}, {2136, 3900}, {754, 1530}}}},
    AttentionRow{"proportional, eps .5",
                 {AttentionAgent::proportional, .5},
                 {{{5488, 17036}, {5095, 11823}, {2007, 3742}, {506, 872}}}},
    AttentionRow{"greedy, alpha 1",
                 {AttentionAgent::greedy, .1, 1},
                 {{{5535, 16973}, {5412, 11770}, {2216, 4554}, {1589, 6321}}}},
    AttentionRow{"greedy, alpha .75",
                 {AttentionAgent::greedy, .1, .75},
                 {{{5633, 16875}, {5492, 11345}, {1959, 3301}, {390, 772}}}},
};

struct AttentionBench {
  const AttentionChange& change;
  const PublishedSetting& setting;
  Crew& crew;
  CheckList& list;

  FoundMissed mean(AttentionRules rules, double deterrence) const {
    rules.deterrence = deterrence;
    rules.rates = change.rates;
    if (change.swap_spare_rules) {
      rules.spare = rules.spare == SpareUnits::gain ? SpareUnits::difference : SpareUnits::gain;
    }
    std::vector<AttentionTotals> runs(list.runs(kAttentionRuns));
    crew.each(runs.size(), [&](std::size_t run, unsigned) {
      runs[run] =
          run_attention(rules, kAttentionSteps, setting.seed, static_cast<std::uint32_t>(run));
    });
    FoundMissed mean;
    for (const AttentionTotals& run : runs) {
      mean.found += static_cast<double>(run.found);
      mean.missed += static_cast<double>(run.missed);
    }
    mean.found /= static_cast<double>(runs.size());
    mean.missed /= static_cast<double>(runs.size());
    return mean;
  }
};

void check_cell(const AttentionBench& bench, const std::string& name, double deterrence,
                const FoundMissed& published, const FoundMissed& ours) {
  bool strong = deterrence >= .05;
  std::string at = name + ", d = " + shown_number(deterrence, 4) + ": ";
  bench.list.sampled("D2", at + "incidents found", published.found, ours.found,
                     published.found * (strong ? .07 : .02), kAttentionRuns);
  bench.list.sampled("D2", at + "incidents missed", published.missed, ours.missed,
                     published.missed * (strong ? .15 : .03), kAttentionRuns);
}

void check_uniform(const AttentionBench& bench, const FoundMissed& ours) {
  AttentionExpectation step = expect_uniform_attention(bench.change.rates);
  bench.list.exact("D1", "uniform, no deterrence, expectation: found", 5288.55,
                   step.found * kAttentionSteps, .006);
  bench.list.sampled("D1", "uniform, no deterrence, agents: found", 5288.5, ours.found, 18,
                     kAttentionRuns);
  bench.list.sampled("D1", "uniform, no deterrence, agents: missed", 17211.5, ours.missed, 90,
                     kAttentionRuns);
}

}  // namespace

std::vector<PublishedCheck> check_attention(const AttentionChange& change,
                                            const PublishedSetting& setting, Crew& crew) {
  CheckList list(kAttentionSource, setting.effort);
  AttentionBench bench{change, setting, crew, list};
  std::array<FoundMissed, kAttentionRows.size()> last;
  for (std::size_t row = 0; row < kAttentionRows.size(); ++row) {
    const AttentionRow& published = kAttentionRows[row];
    for (std::size_t cell = 0; cell < kDeterrences.size(); ++cell) {
      last[row] = bench.mean(published.rules, kDeterrences[cell]);
      if (row == 0 && cell == 0) check_uniform(bench, last[row]);
      check_cell(bench, published.name, kDeterrences[cell], published.published[cell], last[row]);
    }
  }
  AttentionRules by_gain{AttentionAgent::greedy, .1, 1, SpareUnits::gain, EqualYields::first};
  check_cell(bench, "greedy, alpha 1, spare units by gain and the first of equals", .05,
             {893, 2435}, bench.mean(by_gain, .05));
  list.claim("D2",
             "where attention deters (d = .05), the agent that finds most also misses most: found "
             "incidents are no measure of welfare",
             last[3].found > last[0].found && last[3].found > last[1].found &&
                 last[3].missed > last[0].missed && last[3].missed > last[1].missed);
  return list.take();
}

std::vector<PublishedCheck> attention_checks(const PublishedSetting& setting, Crew& crew) {
  return check_attention({}, setting, crew);
}

}  // namespace credence
