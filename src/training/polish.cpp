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

// A change of one term: these cells go up or down by one point.
struct Move {
  std::size_t term = 0;
  int step = 1;
  std::vector<std::size_t> cells;
  int low = 0, high = 0;  // change of the term's extremes
  double gain = 0;        // change of the summed log-loss; negative is better
};

class Polisher {
 public:
  Polisher(PointCard& card, const History& history, const PolishRules& rules)
      : card_(card), history_(history), rules_(rules), scores_(scores_of(card, history.rows())) {
    for (const PointTerm& term : card_.terms) index_rows(term);
    for (std::vector<double>& gain : gains_) gain.resize(cells_);
    marked_.resize(history.rows());
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
    std::vector<double> weight(cells, 0.0);
    for (std::size_t row = 0; row < term.rows.size(); ++row)
      weight[term.rows[row]] += history_.weights[row];
    rows_.push_back({std::move(first), std::move(rows), std::move(weight), cells_});
    cells_ += cells;
  }

  double loss(bool bad, int score) const {
    const std::vector<double>& table = losses_[bad ? 1 : 0];
    return table[static_cast<std::size_t>(score - lowest_)];
  }
  // Change of a row's loss when its score goes one up or one down.
  double up(std::size_t row, int score) const {
    bool bad = history_.bad[row] != 0;
    return history_.weights[row] * (loss(bad, score + 1) - loss(bad, score));
  }
  double down(std::size_t row, int score) const {
    bool bad = history_.bad[row] != 0;
    return history_.weights[row] * (loss(bad, score - 1) - loss(bad, score));
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
    for (std::vector<double>& gain : gains_) std::fill(gain.begin(), gain.end(), 0.0);
    for (std::size_t row = 0; row < scores_.size(); ++row) add_gains(row, 1);
  }

  void add_gains(std::size_t row, double sign) {
    double u = sign * up(row, scores_[row]), d = sign * down(row, scores_[row]);
    for (std::size_t t = 0; t < card_.terms.size(); ++t) {
      std::size_t cell = rows_[t].first_cell + card_.terms[t].rows[row];
      gains_[0][cell] += u;
      gains_[1][cell] += d;
    }
  }

  std::span<const std::uint32_t> rows_in(std::size_t term, std::size_t cell) const {
    const CellRows& rows = rows_[term];
    return std::span{rows.rows}.subspan(rows.first[cell], rows.first[cell + 1] - rows.first[cell]);
  }

  // The cell and the neighbours that must go along; empty when one of them may not.
  std::vector<std::size_t> with_neighbours(const PointTerm& term, std::size_t cell,
                                           int step) const {
    std::vector<std::size_t> cells = {cell};
    auto bins = static_cast<std::size_t>(term.rules.bins);
    auto blocked = [&](std::size_t a, std::size_t b, int change_a, int change_b) {
      int direction = term.rules.direction[a];
      return direction != 0 && direction * (term.points[b] + change_b - term.points[a] - change_a) <
                                   term.rules.min_gap;
    };
    if (cell < bins) {
      for (std::size_t b = cell; b + 1 < bins && blocked(b, b + 1, step, 0); ++b)
        cells.push_back(b + 1);
      for (std::size_t b = cell; b > 0 && blocked(b - 1, b, 0, step); --b) cells.push_back(b - 1);
    }
    for (std::size_t c : cells) {
      int to = term.points[c] + step;
      if (to < term.least[c] || to > term.most[c]) return {};
    }
    return cells;
  }

  std::optional<Move> move_of(std::size_t t, std::size_t cell, int step) const {
    const PointTerm& term = card_.terms[t];
    Move move{t, step, with_neighbours(term, cell, step), 0, 0, 0};
    if (move.cells.empty()) return std::nullopt;
    std::vector<int> after = term.points;
    for (std::size_t c : move.cells) {
      after[c] += step;
      move.gain += gains_[step > 0 ? 0 : 1][rows_[t].first_cell + c];
    }
    if (!keeps(term.rules, after)) return std::nullopt;
    Extremes was = extremes(term.points), is = extremes(after);
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

  std::vector<Move> all_moves() const {
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
  std::vector<Move> candidates() const {
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

  // Rows in both moves of opposite steps stay where they are, which can only help; of equal steps
  // they cost at most the largest curvature of the loss, 1 / (4 factor^2), each. So a pair is worth
  // an exact test when the sum of its gains is below what rows in both could make good.
  bool pair() {
    std::vector<Move> moves = candidates();
    struct Pair {
      double gain;
      const Move *first, *second;
    };
    std::vector<Pair> pairs;
    double curvature = 1 / (4 * card_.scaling.factor * card_.scaling.factor);
    for (std::size_t a = 0; a < moves.size(); ++a) {
      for (std::size_t b = a + 1; b < moves.size(); ++b) {
        if (moves[a].term == moves[b].term) continue;
        if (moves[a].low == 0 && moves[b].high == 0 && moves[b].low == 0) continue;
        if (!range_allows(moves[a].low + moves[b].low, moves[a].high + moves[b].high)) continue;
        double shared = 2 * curvature * std::min(weight_of(moves[a]), weight_of(moves[b]));
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

  double weight_of(const Move& move) const {
    double sum = 0;
    for (std::size_t cell : move.cells) sum += rows_[move.term].weight[cell];
    return sum;
  }

  double exact_gain(const Move& a, const Move& b) {
    double gain = a.gain + b.gain;
    for (std::size_t cell : a.cells)
      for (std::uint32_t row : rows_in(a.term, cell)) marked_[row] = 1;
    for (std::size_t cell : b.cells) {
      for (std::uint32_t row : rows_in(b.term, cell)) {
        if (!marked_[row]) continue;
        int score = scores_[row];
        bool bad = history_.bad[row] != 0;
        gain += history_.weights[row] *
                (loss(bad, score + a.step + b.step) - loss(bad, score + a.step) -
                 loss(bad, score + b.step) + loss(bad, score));
      }
    }
    for (std::size_t cell : a.cells)
      for (std::uint32_t row : rows_in(a.term, cell)) marked_[row] = 0;
    return gain;
  }

  void apply(const Move& move) {
    for (std::size_t cell : move.cells) {
      card_.terms[move.term].points[cell] += move.step;
      for (std::uint32_t row : rows_in(move.term, cell)) {
        add_gains(row, -1);
        scores_[row] += move.step;
        add_gains(row, 1);
      }
    }
  }

  struct CellRows {
    std::vector<std::size_t> first;
    std::vector<std::uint32_t> rows;
    std::vector<double> weight;
    std::size_t first_cell = 0;
  };

  PointCard& card_;
  const History& history_;
  const PolishRules& rules_;
  std::vector<int> scores_;
  std::vector<CellRows> rows_;
  std::size_t cells_ = 0;
  std::array<std::vector<double>, 2> losses_;  // good, bad
  std::array<std::vector<double>, 2> gains_;   // of each cell, one up and one down
  std::vector<std::uint8_t> marked_;
  int lowest_ = 0;
};

}  // namespace

Polished polish(PointCard& card, const History& history, const PolishRules& rules) {
  return Polisher(card, history, rules).run();
}

}  // namespace credence
