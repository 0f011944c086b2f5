#include <credence/training/joint_sums.h>
#include <credence/training/polish.h>
#include <credence/training/polish_moves.h>
#include <credence/training/row_sets.h>
#include <credence/training/score_losses.h>

#include <algorithm>
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
    const std::vector<int> scores = scores_of(card, history.rows());
    places_.reserve(scores.size());
    for (std::size_t row = 0; row < scores.size(); ++row)
      places_.push_back(
          static_cast<std::uint32_t>(losses_.place(history.bad[row] != 0, scores[row])));
    std::size_t cells = 0;
    for (std::size_t t = 0; t < card_.terms.size(); ++t) {
      first_cell_.push_back(cells);
      cells += card_.terms[t].points.size();
      moves_.push_back(moves_of(card_.terms[t], t));
    }
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
    losses_.set(card_.scaling);
    sums_.clear();
    for (std::size_t row = 0; row < places_.size(); ++row) {
      const Gain& gain = losses_.gain(places_[row]);
      const double weight = history_.weights[row];
      sums_.add(row, {weight * gain.up, weight * gain.down});
    }
  }

  // Of every move, from the sums of its cells as they are now.
  void find_gains() {
    const std::span<const Gain> cells = sums_.cells();
    for (std::vector<Move>& moves : moves_) {
      for (Move& move : moves) {
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

  bool single() {
    const Move* best = nullptr;
    for (const std::vector<Move>& moves : moves_)
      for (const Move& move : moves)
        if (move.gain < (best ? best->gain : noise()) && range_allows(move.low, move.high))
          best = &move;
    if (best) apply(*best);
    return best != nullptr;
  }

  // Of each term and each change of its extremes, the best few moves.
  std::vector<Move> candidates() const {
    std::vector<Move> kept, own;
    for (const std::vector<Move>& moves : moves_) {
      own.clear();
      for (const Move& move : moves)
        if (move.low != 0 || move.high != 0) own.push_back(move);
      std::stable_sort(own.begin(), own.end(), [](const Move& a, const Move& b) {
        return std::tuple(a.low, a.high, a.gain) < std::tuple(b.low, b.high, b.gain);
      });
      for (std::size_t i = 0; i < own.size(); ++i) {
        bool enough =
            i >= kKept && own[i - kKept].low == own[i].low && own[i - kKept].high == own[i].high;
        if (!enough) kept.push_back(own[i]);
      }
    }
    return kept;
  }

  // Rows in both moves cost more than the sum of the gains when the steps are equal, for the loss
  // is convex. When they are opposite these rows stay where they are, and what that makes good is
  // their part of the bend of either move. So a pair is worth an exact test when the sum of its
  // gains is below what rows in both could make good.
  bool pair() {
    const std::vector<Move> moves = candidates();
    struct Pair {
      double gain;
      const Move *first, *second;
    };
    std::vector<Pair> pairs;
    const double rounding = kNoise / 100 * history_.total;  // of the running sums of gains
    for (std::size_t a = 0; a < moves.size(); ++a) {
      for (std::size_t b = a + 1; b < moves.size(); ++b) {
        if (!range_allows(moves[a].low + moves[b].low, moves[a].high + moves[b].high)) continue;
        if (moves[a].term == moves[b].term) continue;
        double shared = std::min(moves[a].bend, moves[b].bend) + rounding;
        double gain = moves[a].gain + moves[b].gain;
        bool opposite = moves[a].step != moves[b].step;
        if (gain - (opposite ? shared : 0) < noise()) pairs.push_back({gain, &moves[a], &moves[b]});
      }
    }
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const Pair& a, const Pair& b) { return a.gain < b.gain; });
    for (const Pair& pair : pairs) {
      if (exact_gain(*pair.first, *pair.second) >= noise()) continue;
      apply(*pair.first);
      apply(*pair.second);
      return true;
    }
    return false;
  }

  const RowSet& rows_in(const Move& move) {
    auto [place, fresh] = row_sets_.try_emplace({move.term, move.first, move.last});
    if (fresh) place->second = RowSet(card_.terms[move.term].rows, move.first, move.last);
    return place->second;
  }

  double exact_gain(const Move& a, const Move& b) {
    const RowSet &of_a = rows_in(a), &of_b = rows_in(b);
    double shared = 0;
    // Twice the same step bends where the first one has led to.
    const std::size_t there = a.step != b.step ? 0 : static_cast<std::size_t>(a.step);
    of_a.each_shared(of_b, [&](std::size_t row) {
      shared += history_.weights[row] * losses_.bend(places_[row] + there);
    });
    return a.gain + b.gain + (a.step == b.step ? shared : -shared);
  }

  void apply(const Move move) {
    PointTerm& term = card_.terms[move.term];
    for (std::size_t c = move.first; c <= move.last; ++c) term.points[c] += move.step;
    ends_ = {ends_.lowest + move.low, ends_.highest + move.high};
    moves_[move.term] = moves_of(term, move.term);
    rows_in(move).each([&](std::size_t row) {
      const Gain& before = losses_.gain(places_[row]);
      places_[row] += static_cast<std::uint32_t>(move.step);
      const Gain& after = losses_.gain(places_[row]);
      const double weight = history_.weights[row];
      sums_.add(row, {weight * (after.up - before.up), weight * (after.down - before.down)});
    });
  }

  PointCard& card_;
  const History& history_;
  const PolishRules& rules_;
  Extremes ends_;  // sums of the terms' extremes and the base
  ScoreLosses losses_;
  JointSums sums_;                        // of the gains of rows
  std::vector<std::uint32_t> places_;     // of each row among the losses
  std::vector<std::vector<Move>> moves_;  // of each term
  std::vector<std::size_t> first_cell_;   // of each term among all cells
  std::map<std::tuple<std::size_t, std::size_t, std::size_t>, RowSet> row_sets_;
};

}  // namespace

Polished polish(PointCard& card, const History& history, const PolishRules& rules) {
  return Polisher(card, history, rules).run();
}

}  // namespace credence
