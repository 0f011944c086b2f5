#include <credence/binning/held_out.h>
#include <credence/optimum/problem.h>
#include <credence/optimum/question.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace credence {

namespace {

// Beyond, the noise of dealing larger units is far below any difference that matters.
constexpr double most_units = 1 << 20;
// Of one trend on one fold; without bins by then, those of all rows are looked at.
constexpr std::uint64_t most_work = 50'000'000;

std::uint64_t mixed(std::uint64_t bits) {  // SplitMix64's finalizer (Steele, Lea, Flood, 2014)
  bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebULL;
  return bits ^ (bits >> 31U);
}

using Tallies = std::vector<Tally>;

constexpr std::uint64_t step_of_unit = 0x9e3779b97f4a7c15ULL;

// The fold of a unit is floor(high * folds / 2^32), `high` being the upper half of its mixed bits.
void count_one_by_one(std::uint64_t start, std::uint64_t from, std::uint64_t to,
                      std::vector<std::uint64_t>& counts) {
  for (std::uint64_t unit = from; unit < to; ++unit) {
    const std::uint64_t bits = mixed(start + (unit + 1) * step_of_unit);
    ++counts[(bits >> 32U) * counts.size() >> 32U];
  }
}

// How many of the units 0, 1, ... fall into each fold.
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
// Eight at a time, in half the time: for each fold but the first, those at or beyond its start.
[[gnu::target("avx512f")]] void count_units(std::uint64_t start, std::uint64_t units,
                                            std::vector<std::uint64_t>& counts) {
  using Words [[gnu::vector_size(8 * sizeof(std::uint64_t))]] = std::uint64_t;
  constexpr std::size_t most = 16, lanes = 8;
  const std::size_t folds = counts.size();
  if (folds > most) return count_one_by_one(start, 0, units, counts);
  Words state = {}, beyond[most] = {};
  std::uint64_t first[most];
  for (std::size_t lane = 0; lane < lanes; ++lane) state[lane] = start + (lane + 1) * step_of_unit;
  for (std::size_t fold = 0; fold < folds; ++fold)
    first[fold] = ((static_cast<std::uint64_t>(fold) << 32U) + folds - 1) / folds;
  const std::uint64_t whole = units / lanes * lanes;
  for (std::uint64_t unit = 0; unit < whole; unit += lanes) {
    Words bits = (state ^ (state >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebULL;
    bits = (bits ^ (bits >> 31U)) >> 32U;
    for (std::size_t fold = 1; fold < folds; ++fold) beyond[fold] -= (Words)(bits >= first[fold]);
    state += lanes * step_of_unit;
  }
  std::uint64_t before = whole;
  for (std::size_t fold = 1; fold <= folds; ++fold) {
    std::uint64_t after = 0;
    for (std::size_t lane = 0; fold < folds && lane < lanes; ++lane) after += beyond[fold][lane];
    counts[fold - 1] += before - after;
    before = after;
  }
  count_one_by_one(start, whole, units, counts);
}
[[gnu::target("default")]]
#endif
void count_units(std::uint64_t start, std::uint64_t units, std::vector<std::uint64_t>& counts) {
  count_one_by_one(start, 0, units, counts);
}

// Deals one class of one prebin to the folds, in units of the mean weight.
std::vector<double> deal(double weight, const Tally& prebin, std::uint64_t stream, int folds) {
  std::vector<double> shares(static_cast<std::size_t>(folds), 0);
  if (weight <= 0) return shares;
  const double mean = prebin.squares / prebin.weight();
  const double units = std::clamp(std::round(weight / mean), 1.0, most_units);
  std::vector<std::uint64_t> counts(shares.size());
  count_units(mixed(stream + 1), static_cast<std::uint64_t>(units), counts);
  for (std::size_t fold = 0; fold < shares.size(); ++fold)
    shares[fold] = static_cast<double>(counts[fold]) * (weight / units);
  return shares;
}

// Per fold, the tallies that it holds out.
std::vector<Tallies> held_out(const Tallies& prebins, int folds) {
  std::vector<Tallies> result(static_cast<std::size_t>(folds), Tallies(prebins.size()));
  for (std::size_t i = 0; i < prebins.size(); ++i) {
    const Tally& all = prebins[i];
    const auto events = deal(all.events, all, 2 * i, folds);
    const auto nonevents = deal(all.nonevents, all, 2 * i + 1, folds);
    for (std::size_t fold = 0; fold < result.size(); ++fold) {
      Tally& part = result[fold][i];
      part.events = events[fold];
      part.nonevents = nonevents[fold];
      const double share = part.weight() / all.weight();
      part.records = all.records * share;
      part.squares = all.squares * share;
    }
  }
  return result;
}

// The problem of the rows that a fold keeps, without prebins that have lost all their rows.
struct Kept {
  BinningProblem problem;
  std::vector<int> last;  // per prebin of it, the last prebin of the whole
};

Kept kept_rows(const BinningProblem& whole, const Tallies& out) {
  Kept kept;
  Tally all, rest;
  bool fixed = false;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Tally& full = whole.prebins[i];
    const Tally part{.events = std::max(0.0, full.events - out[i].events),
                     .nonevents = std::max(0.0, full.nonevents - out[i].nonevents),
                     .records = full.records - out[i].records,
                     .squares = full.squares - out[i].squares};
    all += full;
    rest += part;
    const bool joins = part.weight() <= full.weight() * 1e-9 && !kept.last.empty();
    if (joins) {
      kept.last.back() = static_cast<int>(i);
    } else if (part.weight() > full.weight() * 1e-9) {
      if (!kept.last.empty()) kept.problem.fixed_after.push_back(fixed);
      kept.problem.prebins.push_back(part);
      kept.last.push_back(static_cast<int>(i));
      fixed = false;
    }
    fixed |= i + 1 < out.size() && !whole.fixed_after.empty() && whole.fixed_after[i];
  }
  const double share = rest.weight() / all.weight();
  kept.problem.total = whole.total * share;
  kept.problem.rules = whole.rules;
  kept.problem.rules.trend = Trend::none;  // each trial sets its own
  for (auto* limit :
       {&kept.problem.rules.min_bin_events, &kept.problem.rules.max_bin_events,
        &kept.problem.rules.min_bin_nonevents, &kept.problem.rules.max_bin_nonevents}) {
    if (*limit) **limit *= share;
  }
  return kept;
}

// The bins of the rows that a fold keeps, for every trend over the same nodes.
class FoldBins {
 public:
  explicit FoldBins(const BinningProblem& whole, const Tallies& out)
      : kept_(kept_rows(whole, out)) {
    if (!sensible(kept_.problem)) return;
    nodes_ = make_nodes(kept_.problem);
    question_ = {.nodes = &nodes_,
                 .rules = kept_.problem.rules,
                 .fixed_after = kept_.problem.fixed_after,
                 .total = kept_.problem.total};
    alike_.emplace(question_);
  }
  FoldBins(const FoldBins&) = delete;
  FoldBins& operator=(const FoldBins&) = delete;

  std::vector<int> of(const Trial& trial) {
    if (!alike_) return trial.last;
    question_.rules.trend = trial.trend;
    Effort effort{.limit = most_work};
    const Found found = alike_->answer(question_, effort);
    if (!found.path) return trial.last;
    std::vector<int> last;
    for (int end : found.path->last) last.push_back(kept_.last[static_cast<std::size_t>(end)]);
    return last;
  }

 private:
  Kept kept_;
  Nodes nodes_;
  Question question_;
  std::optional<AlikeQuestions> alike_;  // when the problem is sensible
};

// Log-loss of the rows held out, per unit of their weight, with the rates of the other rows.
double loss_of(const Tallies& whole, const Tallies& out, std::span<const int> last, double added) {
  double loss = 0, weight = 0;
  std::size_t prebin = 0;
  for (int end : last) {
    Tally held, rest;
    for (; prebin <= static_cast<std::size_t>(end); ++prebin) {
      held += out[prebin];
      rest.events += whole[prebin].events - out[prebin].events;
      rest.nonevents += whole[prebin].nonevents - out[prebin].nonevents;
    }
    const double rate = (std::max(0.0, rest.events) + added) /
                        (std::max(0.0, rest.events) + std::max(0.0, rest.nonevents) + 2 * added);
    loss -= held.events * std::log(rate) + held.nonevents * std::log1p(-rate);
    weight += held.weight();
  }
  return weight > 0 ? loss / weight : 0;
}

}  // namespace

void try_on_folds(const BinningProblem& problem, const VariableRules& rules,
                  std::vector<Trial>& trials) {
  Tally all;
  for (const Tally& prebin : problem.prebins) all += prebin;
  const double smoothing = rules.smoothing > 0 ? rules.smoothing : 0.5;  // no loss is infinite
  const double added = smoothing * all.weight() / all.records;
  for (const Tallies& out : held_out(problem.prebins, rules.folds)) {
    FoldBins bins{problem, out};
    for (Trial& trial : trials)
      trial.losses.push_back(loss_of(problem.prebins, out, bins.of(trial), added));
  }
}

}  // namespace credence
