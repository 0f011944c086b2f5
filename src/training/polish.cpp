#include <credence/training/polish.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace credence {

namespace {

// Falls below this share of the rows' weight are noise of floating point.
constexpr double kNoise = 1e-10;
constexpr std::size_t kKept =
    3;  // moves per term and change of its extremes that pairs are made of
constexpr int kScalingRounds = 10;  // of moving points, then refitting the scaling

// A change of one term: the cells from `first` to `last` go up or down by one point.
struct Move {
  std::size_t term = 0;
  int step = 1;
  std::size_t first = 0, last = 0;
  int low = 0, high = 0;  // change of the term's extremes
  double gain = 0;        // change of the summed log-loss; negative is better
  double bend = 0;        // the gain and that of the same move the other way: never negative
};

class Polisher {
 public:
  Polisher(PointCard& card, const History& history, const PolishRules& rules)
      : card_(card), history_(history), rules_(rules), scores_(scores_of(card, history.rows())) {
    for (const PointTerm& term : card_.terms) index_rows(term);
    gains_.resize(cells_);
    list_cells();
  }

  Polished run() {
    Polished done;
    for (int round = 0; round < kScalingRounds; ++round) {
      fill_tables();
      std::size_t before = done.moves + done.pairs;
      move_points(done);
      // The last thing that happens is a look at all moves that finds none.
      bool last = round + 1 == kScalingRounds || (round > 0 && done.moves + done.pairs == before);
      if (!rules_.refit_scaling || last) break;
      Scorecard::Scaling scaling = refit_scaling(history_, scores_, card_.scaling);
      if (scaling.offset == card_.scaling.offset && scaling.factor == card_.scaling.factor) break;
      card_.scaling = scaling;
    }
    return done;
  }

 private:
  void move_points(Polished& done) {
    while (static_cast<int>(done.moves + done.pairs) < rules_.most_steps) {
      if (single())
        ++done.moves;
      else if (pair())
        ++done.pairs;
      else
        return;
    }
  }

  void index_rows(const PointTerm& term) {
    std::size_t cells = term.points.size();
    std::vector<std::size_t> first(cells + 1, 0);
    for (std::uint16_t cell : term.rows) ++first[cell + 1];
    for (std::size_t c = 0; c < cells; ++c) first[c + 1] += first[c];
    std::vector<std::uint32_t> rows(term.rows.size());
    std::vector<std::size_t> next(first.begin(), first.end() - 1);
    for (std::size_t row = 0; row < term.rows.size(); ++row)
      rows[next[term.rows[row]]++] = static_cast<std::uint32_t>(row);
    rows_.push_back({std::move(first), std::move(rows), cells_});
    cells_ += cells;
  }

  void list_cells() {
    const std::size_t terms = card_.terms.size();
    cells_of_rows_.resize(scores_.size() * terms);
    for (std::size_t t = 0; t < terms; ++t)
      for (std::size_t row = 0; row < scores_.size(); ++row)
        cells_of_rows_[row * terms + t] =
            static_cast<std::uint32_t>(rows_[t].first_cell + card_.terms[t].rows[row]);
  }

  double loss(bool bad, int score) const {
    const std::vector<double>& table = losses_[bad ? 1 : 0];
    return table[static_cast<std::size_t>(score - lowest_)];
  }
  // Change of loss when a score goes one up or one down.
  struct Gain {
    double up = 0, down = 0;
  };
  Gain gain(std::size_t row, int score) const {
    bool bad = history_.bad[row] != 0;
    double weight = history_.weights[row];
    return {weight * (loss(bad, score + 1) - loss(bad, score)),
            weight * (loss(bad, score - 1) - loss(bad, score))};
  }

  // Losses of every whole score that a row can have now or after a few moves, then the gains.
  void fill_tables() {
    lowest_ = rules_.sum.lowest - 4;
    int highest = rules_.sum.highest + 4;
    for (int bad = 0; bad < 2; ++bad) {
      losses_[static_cast<std::size_t>(bad)].clear();
      for (int score = lowest_; score <= highest; ++score) {
        double x = (card_.scaling.offset - score) / card_.scaling.factor;
        losses_[static_cast<std::size_t>(bad)].push_back(softplus(bad ? -x : x));
      }
    }
    std::fill(gains_.begin(), gains_.end(), Gain{});
    for (std::size_t row = 0; row < scores_.size(); ++row) add_gains(row, gain(row, scores_[row]));
  }

  void add_gains(std::size_t row, const Gain& more) {
    const std::size_t terms = card_.terms.size();
    for (const std::uint32_t cell : std::span{cells_of_rows_}.subspan(row * terms, terms)) {
      gains_[cell].up += more.up;
      gains_[cell].down += more.down;
    }
  }

  std::span<const std::uint32_t> rows_in(const Move& move) const {
    const CellRows& rows = rows_[move.term];
    std::size_t from = rows.first[move.first], to = rows.first[move.last + 1];
    return std::span{rows.rows}.subspan(from, to - from);
  }

  // Takes the neighbours into the move that must go along; false when one of them may not.
  static bool take_neighbours(const PointTerm& term, Move& move) {
    auto bins = static_cast<std::size_t>(term.rules.bins);
    auto blocked = [&](std::size_t a, std::size_t b, int change_a, int change_b) {
      int direction = term.rules.direction[a];
      return direction != 0 && direction * (term.points[b] + change_b - term.points[a] - change_a) <
                                   term.rules.min_gap;
    };
    if (move.first < bins) {
      while (move.last + 1 < bins && blocked(move.last, move.last + 1, move.step, 0)) ++move.last;
      while (move.first > 0 && blocked(move.first - 1, move.first, 0, move.step)) --move.first;
    }
    for (std::size_t c = move.first; c <= move.last; ++c) {
      int to = term.points[c] + move.step;
      if (to < term.least[c] || to > term.most[c]) return false;
    }
    return true;
  }

  std::optional<Move> move_of(std::size_t t, std::size_t cell, int step) {
    const PointTerm& term = card_.terms[t];
    Move move{t, step, cell, cell, 0, 0, 0, 0};
    if (!take_neighbours(term, move)) return std::nullopt;
    after_ = term.points;
    for (std::size_t c = move.first; c <= move.last; ++c) {
      after_[c] += step;
      const Gain& gain = gains_[rows_[t].first_cell + c];
      move.gain += step > 0 ? gain.up : gain.down;
      move.bend += gain.up + gain.down;
    }
    if (!keeps(term.rules, after_)) return std::nullopt;
    Extremes was = extremes(term.points), is = extremes(after_);
    move.low = is.lowest - was.lowest;
    move.high = is.highest - was.highest;
    return move;
  }

  bool range_allows(int low, int high) const {
    if (low == 0 && high == 0) return true;
    if (rules_.sum.fit == RangeSum::Fit::exact) return false;
    Extremes sum = sums();
    return sum.lowest + low >= rules_.sum.lowest && sum.highest + high <= rules_.sum.highest;
  }

  Extremes sums() const {
    Extremes sum{card_.base, card_.base};
    for (const PointTerm& term : card_.terms) {
      Extremes own = extremes(term.points);
      sum.lowest += own.lowest;
      sum.highest += own.highest;
    }
    return sum;
  }

  std::vector<Move> all_moves() {
    std::vector<Move> moves;
    for (std::size_t t = 0; t < card_.terms.size(); ++t)
      for (std::size_t cell = 0; cell < card_.terms[t].points.size(); ++cell)
        for (int step : {1, -1})
          if (std::optional<Move> move = move_of(t, cell, step)) moves.push_back(std::move(*move));
    return moves;
  }

  double noise() const { return -kNoise * history_.total; }

  bool single() {
    const Move* best = nullptr;
    std::vector<Move> moves = all_moves();
    for (const Move& move : moves)
      if (move.gain < (best ? best->gain : noise()) && range_allows(move.low, move.high))
        best = &move;
    if (best) apply(*best);
    return best != nullptr;
  }

  // Of each term and each change of its extremes, the best few moves.
  std::vector<Move> candidates() {
    std::vector<Move> moves = all_moves(), kept;
    std::erase_if(moves, [](const Move& m) { return m.low == 0 && m.high == 0; });
    std::stable_sort(moves.begin(), moves.end(), [](const Move& a, const Move& b) {
      return std::tuple(a.term, a.low, a.high, a.gain) < std::tuple(b.term, b.low, b.high, b.gain);
    });
    std::size_t same = 0;
    for (Move& move : moves) {
      bool alike = !kept.empty() && kept.back().term == move.term && kept.back().low == move.low &&
                   kept.back().high == move.high;
      same = alike ? same + 1 : 0;
      if (same < kKept) kept.push_back(std::move(move));
    }
    return kept;
  }

  // Rows in both moves cost more than the sum of the gains when the steps are equal, for the loss
  // is convex. When they are opposite these rows stay where they are, and what that makes good is
  // their part of the bend of either move. So a pair is worth an exact test when the sum of its
  // gains is below what rows in both could make good.
  bool pair() {
    std::vector<Move> moves = candidates();
    struct Pair {
      double gain;
      const Move *first, *second;
    };
    std::vector<Pair> pairs;
    const double rounding = kNoise / 100 * history_.total;  // of the running sums of gains
    for (std::size_t a = 0; a < moves.size(); ++a) {
      for (std::size_t b = a + 1; b < moves.size(); ++b) {
        if (moves[a].term == moves[b].term) continue;
        if (moves[a].low == 0 && moves[b].high == 0 && moves[b].low == 0) continue;
        if (!range_allows(moves[a].low + moves[b].low, moves[a].high + moves[b].high)) continue;
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

  // Looks at the rows of the move that has fewer of them.
  double exact_gain(const Move& a, const Move& b) const {
    if (rows_in(a).size() > rows_in(b).size()) return exact_gain(b, a);
    double gain = a.gain + b.gain;
    for (std::uint32_t row : rows_in(a)) {
      std::size_t cell = card_.terms[b.term].rows[row];
      if (cell < b.first || cell > b.last) continue;
      int score = scores_[row];
      bool bad = history_.bad[row] != 0;
      gain +=
          history_.weights[row] * (loss(bad, score + a.step + b.step) - loss(bad, score + a.step) -
                                   loss(bad, score + b.step) + loss(bad, score));
    }
    return gain;
  }

  void apply(const Move& move) {
    for (std::size_t c = move.first; c <= move.last; ++c)
      card_.terms[move.term].points[c] += move.step;
    for (std::uint32_t row : rows_in(move)) {
      Gain before = gain(row, scores_[row]);
      scores_[row] += move.step;
      Gain after = gain(row, scores_[row]);
      add_gains(row, {after.up - before.up, after.down - before.down});
    }
  }

  struct CellRows {
    std::vector<std::size_t> first;
    std::vector<std::uint32_t> rows;
    std::size_t first_cell = 0;
  };

  PointCard& card_;
  const History& history_;
  const PolishRules& rules_;
  std::vector<int> scores_;
  std::vector<CellRows> rows_;
  std::size_t cells_ = 0;
  std::vector<std::uint32_t> cells_of_rows_;   // row by row, the cell of each term among all cells
  std::array<std::vector<double>, 2> losses_;  // good, bad
  std::vector<Gain> gains_;                    // of each cell
  std::vector<int> after_;                     // the points that a move would leave
  int lowest_ = 0;
};

}  // namespace

Polished polish(PointCard& card, const History& history, const PolishRules& rules) {
  return Polisher(card, history, rules).run();
}

}  // namespace credence
