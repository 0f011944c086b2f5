#include <credence/points/joint_sums.h>
#include <credence/points/known_bends.h>
#include <credence/points/polish.h>
#include <credence/points/polish_moves.h>
#include <credence/points/row_sets.h>
#include <credence/points/score_losses.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

namespace credence {

namespace {

// Falls below this share of the rows' weight are noise of floating point.
constexpr double kNoise = 1e-10;
constexpr std::size_t kKept =
    3;  // moves per term and change of its extremes that pairs are made of
constexpr int kScalingRounds = 10;  // of moving points, then refitting the scaling
constexpr int kMargin = 4;          // scores beyond the range that a pair may pass through
constexpr std::size_t kMostBits = std::size_t{1} << 28;  // of sets of rows kept for later moves

std::vector<JointSums::Term> terms_of(const PointCard& card) {
  std::vector<JointSums::Term> terms;
  for (const PointTerm& term : card.terms) terms.push_back({term.rows, term.points.size()});
  return terms;
}

Extremes sums_of(const PointCard& card) {
  Extremes sum{card.base, card.base};
  for (const PointTerm& term : card.terms) {
    Extremes own = extremes(term.points);
    sum.lowest += own.lowest;
    sum.highest += own.highest;
  }
  return sum;
}

// Not part of a larger function, where the sum would go through memory for every row.
[[gnu::noinline]] double sum_shared(const RowSet& a, const RowSet& b,
                                    std::span<const double> weights,
                                    std::span<const std::uint32_t> places, const double* bends) {
  double sum = 0;
  a.each_shared(b, [&](std::size_t row) { sum += weights[row] * bends[places[row]]; });
  return sum;
}

class Polisher {
 public:
  Polisher(PointCard& card, const History& history, const PolishRules& rules)
      : card_(card),
        history_(history),
        rules_(rules),
        ends_(sums_of(card)),
        losses_(std::min(rules.sum.lowest, ends_.lowest) - kMargin,
                std::max(rules.sum.highest, ends_.highest) + kMargin),
        sums_(terms_of(card)) {
    std::vector<int> points;
    for (const PointTerm& term : card_.terms) {
      first_cell_.push_back(points.size());
      points.insert(points.end(), term.points.begin(), term.points.end());
      moves_.push_back(moves_of(term, moves_.size()));
    }
    places_.resize(history.rows());
    for (std::size_t row = 0; row < places_.size(); ++row) places_[row] = history.bad[row] != 0;
    sums_.each_total(points, [&](std::size_t row, int total) {
      places_[row] =
          static_cast<std::uint32_t>(losses_.place(places_[row] != 0, card_.base + total));
    });
  }

  Polished run() {
    Polished done;
    for (int round = 0; round < kScalingRounds; ++round) {
      sum_gains();
      std::size_t before = done.moves + done.pairs;
      move_points(done);
      // The last thing that happens is a look at all moves that finds none.
      bool last = round + 1 == kScalingRounds || (round > 0 && done.moves + done.pairs == before);
      if (!rules_.refit_scaling || last) break;
      Scorecard::Scaling scaling = refit_scaling(groups(), card_.scaling);
      if (scaling.offset == card_.scaling.offset && scaling.factor == card_.scaling.factor) break;
      card_.scaling = scaling;
    }
    return done;
  }

 private:
  void move_points(Polished& done) {
    while (static_cast<int>(done.moves + done.pairs) < rules_.most_steps) {
      if (row_sets_.size() * history_.rows() > kMostBits) row_sets_.clear();
      find_gains();
      if (single())
        ++done.moves;
      else if (pair())
        ++done.pairs;
      else
        return;
    }
  }

  ScoreGroups groups() const {
    ScoreGroups out{losses_.lowest(), {}, {}};
    std::vector<double> weights(losses_.places());
    for (std::size_t row = 0; row < places_.size(); ++row)
      weights[places_[row]] += history_.weights[row];
    const auto bad = weights.begin() + static_cast<std::ptrdiff_t>(losses_.scores());
    out.good.assign(weights.begin(), bad);
    out.bad.assign(bad, weights.end());
    return out;
  }

  void sum_gains() {
    known_bends_.multiply(losses_.set(card_.scaling));
    sums_.clear();
    const JointSums::Adder sums(sums_);
    for (std::size_t row = 0; row < places_.size(); ++row) {
      const ScoreGain& gain = losses_.gain(places_[row]);
      const double weight = history_.weights[row];
      sums.add(row, {weight * gain.up, weight * gain.down});
    }
  }

  // Of every move, from the sums of its cells as they are now.
  void find_gains() {
    const std::span<const ScoreGain> cells = sums_.cells();
    for (std::vector<PointMove>& moves : moves_) {
      for (PointMove& move : moves) {
        const std::size_t start = first_cell_[move.term];
        move.gain = move.bend = 0;
        for (std::size_t c = start + move.first; c <= start + move.last; ++c) {
          move.gain += move.step > 0 ? cells[c].up : cells[c].down;
          move.bend += cells[c].up + cells[c].down;
        }
      }
    }
  }

  bool range_allows(int low, int high) const {
    if (low == 0 && high == 0) return true;
    if (rules_.sum.fit == RangeSum::Fit::exact) return false;
    return ends_.lowest + low >= rules_.sum.lowest && ends_.highest + high <= rules_.sum.highest;
  }

  double noise() const { return -kNoise * history_.total; }
  // Of the running sums of gains.
  double rounding() const { return kNoise / 100 * history_.total; }

  bool single() {
    const PointMove* best = nullptr;
    for (const std::vector<PointMove>& moves : moves_)
      for (const PointMove& move : moves)
        if (move.gain < (best ? best->gain : noise()) && range_allows(move.low, move.high))
          best = &move;
    if (best) apply(PointMove(*best));
    return best != nullptr;
  }

  // Of each term and each change of its extremes, the best few moves.
  std::vector<const PointMove*> candidates() const {
    std::vector<const PointMove*> kept, own;
    for (const std::vector<PointMove>& moves : moves_) {
      own.clear();
      for (const PointMove& move : moves)
        if (move.low != 0 || move.high != 0) own.push_back(&move);
      std::sort(own.begin(), own.end(), [](const PointMove* a, const PointMove* b) {
        return std::tuple(a->low, a->high, a->gain, a) < std::tuple(b->low, b->high, b->gain, b);
      });
      for (std::size_t i = 0; i < own.size(); ++i) {
        const PointMove* before = i >= kKept ? own[i - kKept] : nullptr;
        if (!before || before->low != own[i]->low || before->high != own[i]->high)
          kept.push_back(own[i]);
      }
    }
    return kept;
  }

  // Rows in both moves cost more than the sum of the gains when the steps are equal, for the loss
  // is convex. When they are opposite these rows stay where they are, and what that makes good is
  // their part of the bend of either move. So a pair is worth an exact test when the sum of its
  // gains is below what rows in both could make good.
  bool pair() {
    for (const Pair& pair : likely_pairs()) {
      if (exact_gain(*pair.first, *pair.second) >= noise()) continue;
      const PointMove first = *pair.first, second = *pair.second;
      apply(first);
      apply(second);
      return true;
    }
    return false;
  }

  struct Pair {
    double gain;
    std::size_t order;  // of pairs with equal gains
    const PointMove *first, *second;
  };

  // Those that nothing known of them rules out, the best sum of gains first.
  std::vector<Pair> likely_pairs() const {
    const std::vector<const PointMove*> moves = candidates();
    std::vector<Pair> pairs;
    for (auto a = moves.begin(); a != moves.end(); ++a) {
      for (auto b = a + 1; b != moves.end(); ++b) {
        const PointMove &first = **a, &second = **b;
        if (!range_allows(first.low + second.low, first.high + second.high)) continue;
        if (first.term == second.term || least_gain(first, second) >= noise()) continue;
        pairs.push_back({first.gain + second.gain, pairs.size(), &first, &second});
      }
    }
    std::sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
      return std::tuple(a.gain, a.order) < std::tuple(b.gain, b.order);
    });
    return pairs;
  }

  const RowSet& rows_in(const PointMove& move) {
    auto [place, fresh] = row_sets_.try_emplace({move.term, move.first, move.last});
    if (fresh) place->second = RowSet(card_.terms[move.term].rows, move.first, move.last);
    return place->second;
  }

  // What the pair cannot fall below by what is known of it.
  double least_gain(const PointMove& a, const PointMove& b) const {
    const double gain = a.gain + b.gain;
    if (a.step == b.step) return gain;
    const double least = gain - std::min(a.bend, b.bend) - rounding();
    if (least >= noise()) return least;
    const std::optional<double> shared = known_bends_.most(a, b);
    return shared ? gain - *shared - rounding() : least;
  }

  double exact_gain(const PointMove& a, const PointMove& b) {
    const RowSet &of_a = rows_in(a), &of_b = rows_in(b);
    // Twice the same step bends where the first one has led to.
    const double* bends = &losses_.bend(0) + (a.step == b.step ? a.step : 0);
    const double shared = sum_shared(of_a, of_b, history_.weights, places_, bends);
    if (a.step == b.step) return a.gain + b.gain + shared;
    known_bends_.note(a, b, shared);
    return a.gain + b.gain - shared;
  }

  void apply(const PointMove& move) {
    PointTerm& term = card_.terms[move.term];
    for (std::size_t c = move.first; c <= move.last; ++c) term.points[c] += move.step;
    ends_ = {ends_.lowest + move.low, ends_.highest + move.high};
    moves_[move.term] = moves_of(term, move.term);
    move_rows(rows_in(move), static_cast<std::uint32_t>(move.step));
  }

  void move_rows(const RowSet& rows, std::uint32_t step) {
    const JointSums::Adder sums(sums_);
    const ScoreGain* gains = &losses_.gain(0);
    const double* weights = history_.weights.data();
    std::uint32_t* places = places_.data();
    double bent = 0;
    rows.each([=, &bent](std::size_t row) {
      const ScoreGain& before = gains[places[row]];
      const ScoreGain& after = gains[places[row] += step];
      const double weight = weights[row];
      const ScoreGain more{weight * (after.up - before.up), weight * (after.down - before.down)};
      bent += std::abs(more.up + more.down);
      sums.add(row, more);
    });
    known_bends_.add_drift(bent);
  }

  PointCard& card_;
  const History& history_;
  const PolishRules& rules_;
  Extremes ends_;  // sums of the terms' extremes and the base
  ScoreLosses losses_;
  JointSums sums_;                             // of the gains of rows
  std::vector<std::uint32_t> places_;          // of each row among the losses
  std::vector<std::vector<PointMove>> moves_;  // of each term
  std::vector<std::size_t> first_cell_;        // of each term among all cells
  std::map<std::tuple<std::size_t, std::size_t, std::size_t>, RowSet> row_sets_;
  KnownBends known_bends_;
};

}  // namespace

Polished polish(PointCard& card, const History& history, const PolishRules& rules) {
  return Polisher(card, history, rules).run();
}

}  // namespace credence
