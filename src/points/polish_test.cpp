#include <credence/points/polish.h>
#include <credence/points/polish_moves.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <tuple>

using namespace credence;

namespace {

double mean_log_loss(const PointCard& card, const History& history) {
  return credence::mean_log_loss(history,
                                 log_odds_of(scores_of(card, history.rows()), card.scaling));
}

struct Game {
  Outcome outcome;
  std::vector<std::vector<std::uint16_t>> rows;
  PointCard card;
  PolishRules rules;
};

// Terms of five cells, four of them ordered, with points that are near the truth and off by chance.
Game random_game(std::uint64_t seed, bool with_rules) {
  Draws draws(seed);
  Game game;
  constexpr std::size_t kTerms = 4, kRows = 500;
  game.rows.resize(kTerms);
  for (std::size_t row = 0; row < kRows; ++row) {
    double x = 0.4;
    for (std::size_t t = 0; t < kTerms; ++t) {
      auto cell = static_cast<std::uint16_t>(draws.below(5));
      game.rows[t].push_back(cell);
      x -= cell < 4 ? 0.5 * cell - 0.75 : 0;
    }
    game.outcome.bad.push_back(draws.uniform() < logistic(x) ? 1 : 0);
    game.outcome.weights.push_back(0.5 + draws.uniform());
  }
  game.card.base = 500;
  game.card.scaling = {500, 20};
  Extremes sum{500, 500};
  for (std::size_t t = 0; t < kTerms; ++t) {
    PointTerm term;
    term.rows = game.rows[t];
    term.rules.bins = 4;
    term.rules.direction.assign(3, with_rules ? 1 : 0);
    if (with_rules) {
      term.rules.min_gap = static_cast<int>(draws.below(3));
      term.rules.never_below_worst = draws.below(2) == 0;
    }
    int last = -15;
    for (int cell = 0; cell < 4; ++cell) {
      term.points.push_back(last);
      last += 3 + static_cast<int>(draws.below(12));
    }
    term.points.push_back(static_cast<int>(draws.below(10)) - 5);
    for (int points : term.points) {
      term.least.push_back(points - 6);
      term.most.push_back(points + 6);
    }
    if (with_rules && draws.below(3) == 0) {
      term.rules.fixed.resize(5);
      term.rules.fixed[1] = term.points[1];
    }
    sum.lowest += extremes(term.points).lowest;
    sum.highest += extremes(term.points).highest;
    game.card.terms.push_back(std::move(term));
  }
  bool exact = seed % 2 == 0;
  int room = exact ? 0 : 3;
  game.rules.sum = {sum.lowest - room, sum.highest + room,
                    exact ? RangeSum::Fit::exact : RangeSum::Fit::inside};
  game.rules.refit_scaling = seed % 3 == 0;
  return game;
}

Extremes sums(const PointCard& card) {
  Extremes out{card.base, card.base};
  for (const PointTerm& term : card.terms) {
    out.lowest += extremes(term.points).lowest;
    out.highest += extremes(term.points).highest;
  }
  return out;
}

bool allowed(const Game& game, const PointCard& card) {
  for (const PointTerm& term : card.terms) {
    if (!keeps(term.rules, term.points)) return false;
    for (std::size_t c = 0; c < term.points.size(); ++c)
      if (term.points[c] < term.least[c] || term.points[c] > term.most[c]) return false;
  }
  Extremes of = sums(card);
  const RangeSum& sum = game.rules.sum;
  if (sum.fit == RangeSum::Fit::exact) return of.lowest == sum.lowest && of.highest == sum.highest;
  return of.lowest >= sum.lowest && of.highest <= sum.highest;
}

// The same search without anything kept from one step to the next: every move and every pair is
// made on a copy of the card, and the loss is that of all its rows.
class PlainPolisher {
 public:
  PlainPolisher(PointCard& card, const History& history, const PolishRules& rules)
      : card_(card), history_(history), rules_(rules) {}

  Polished run() {
    Polished done;
    for (int round = 0; round < 10; ++round) {
      const std::size_t before = done.moves + done.pairs;
      while (single(done) || pair(done)) {
      }
      const bool last = round == 9 || (round > 0 && done.moves + done.pairs == before);
      if (!rules_.refit_scaling || last) break;
      const auto scaling =
          refit_scaling(group_by_score(history_, scores_of(card_, history_.rows())), card_.scaling);
      if (scaling.offset == card_.scaling.offset) break;
      card_.scaling = scaling;
    }
    return done;
  }

 private:
  static constexpr double kNoise = 1e-10;

  static void make(PointCard& card, const PointMove& move) {
    for (std::size_t c = move.first; c <= move.last; ++c)
      card.terms[move.term].points[c] += move.step;
  }

  double change(std::initializer_list<PointMove> moves) const {
    PointCard other = card_;
    for (const PointMove& move : moves) make(other, move);
    return mean_log_loss(other, history_) - mean_log_loss(card_, history_);
  }

  bool fits(int low, int high) const {
    if (low == 0 && high == 0) return true;
    const Extremes of = sums(card_);
    return rules_.sum.fit == RangeSum::Fit::inside && of.lowest + low >= rules_.sum.lowest &&
           of.highest + high <= rules_.sum.highest;
  }

  bool single(Polished& done) {
    moves_.clear();
    for (std::size_t t = 0; t < card_.terms.size(); ++t) {
      for (PointMove& move : moves_of(card_.terms[t], t)) {
        move.gain = change({move});
        moves_.push_back(move);
      }
    }
    const PointMove* best = nullptr;
    for (const PointMove& move : moves_)
      if (fits(move.low, move.high) && move.gain < (best ? best->gain : -kNoise)) best = &move;
    if (best) make(card_, *best);
    done.moves += best ? 1 : 0;
    return best;
  }

  bool pair(Polished& done) {
    std::stable_sort(moves_.begin(), moves_.end(), [](const PointMove& a, const PointMove& b) {
      return std::tuple(a.term, a.low, a.high, a.gain) < std::tuple(b.term, b.low, b.high, b.gain);
    });
    std::vector<PointMove> kept;
    for (const PointMove& move : moves_) {
      const auto alike = std::count_if(kept.begin(), kept.end(), [&](const PointMove& other) {
        return other.term == move.term && other.low == move.low && other.high == move.high;
      });
      if ((move.low != 0 || move.high != 0) && alike < 3) kept.push_back(move);
    }
    std::vector<std::pair<PointMove, PointMove>> pairs;
    for (std::size_t a = 0; a < kept.size(); ++a)
      for (std::size_t b = a + 1; b < kept.size(); ++b)
        if (kept[a].term != kept[b].term &&
            fits(kept[a].low + kept[b].low, kept[a].high + kept[b].high))
          pairs.emplace_back(kept[a], kept[b]);
    std::stable_sort(pairs.begin(), pairs.end(), [](const auto& a, const auto& b) {
      return a.first.gain + a.second.gain < b.first.gain + b.second.gain;
    });
    for (const auto& [first, second] : pairs) {
      if (change({first, second}) >= -kNoise) continue;
      make(card_, first);
      make(card_, second);
      ++done.pairs;
      return true;
    }
    return false;
  }

  PointCard& card_;
  const History& history_;
  const PolishRules& rules_;
  std::vector<PointMove> moves_;
};

}  // namespace

TEST_CASE("polish: the card is that of a search that computes every loss anew") {
  std::size_t moves = 0, pairs = 0;
  for (std::uint64_t seed = 0; seed < 24; ++seed) {
    Game game = random_game(seed, seed % 4 < 2);
    const History history(game.outcome);
    PointCard plain = game.card;
    const Polished expected = PlainPolisher(plain, history, game.rules).run();
    const Polished polished = polish(game.card, history, game.rules);
    CAPTURE(seed);
    CHECK(polished.moves == expected.moves);
    CHECK(polished.pairs == expected.pairs);
    for (std::size_t t = 0; t < plain.terms.size(); ++t)
      CHECK(game.card.terms[t].points == plain.terms[t].points);
    CHECK(game.card.scaling.offset == doctest::Approx(plain.scaling.offset).epsilon(1e-10));
    CHECK(game.card.scaling.factor == doctest::Approx(plain.scaling.factor).epsilon(1e-10));
    moves += polished.moves;
    pairs += polished.pairs;
  }
  CHECK(moves > 100);
  CHECK(pairs > 20);
}

TEST_CASE("polish: the loss never rises, every rule is kept, and no single move is left") {
  int moved = 0, pairs = 0;
  for (std::uint64_t seed = 0; seed < 120; ++seed) {
    Game game = random_game(seed, seed % 4 < 2);
    History history(game.outcome);
    REQUIRE(allowed(game, game.card));
    double before = mean_log_loss(game.card, history);
    Polished polished = polish(game.card, history, game.rules);
    moved += polished.moves > 0 ? 1 : 0;
    pairs += polished.pairs > 0 ? 1 : 0;
    CAPTURE(seed);
    CHECK(allowed(game, game.card));
    double after = mean_log_loss(game.card, history);
    CHECK(after <= before + 1e-12);
    for (std::size_t t = 0; t < game.card.terms.size(); ++t) {
      for (std::size_t cell = 0; cell < 5; ++cell) {
        for (int step : {1, -1}) {
          PointCard other = game.card;
          other.terms[t].points[cell] += step;
          if (allowed(game, other)) CHECK(mean_log_loss(other, history) > after - 1e-9);
        }
      }
    }
  }
  CHECK(moved > 100);
  CHECK(pairs > 20);
}

TEST_CASE("polish: on a range that must be kept, no pair of moves at the extremes is left") {
  for (std::uint64_t seed = 0; seed < 20; seed += 2) {
    Game game = random_game(seed, false);
    game.rules.refit_scaling = false;
    History history(game.outcome);
    polish(game.card, history, game.rules);
    double after = mean_log_loss(game.card, history);
    for (std::size_t i = 0; i < 20; ++i) {
      for (std::size_t j = 0; j < 20; ++j) {
        if (i / 5 == j / 5) continue;
        PointCard one = game.card, other = game.card;
        one.terms[i / 5].points[i % 5] += 1;
        other.terms[j / 5].points[j % 5] -= 1;
        if (allowed(game, one) || allowed(game, other)) continue;
        other.terms[i / 5].points[i % 5] += 1;
        if (allowed(game, other)) CHECK(mean_log_loss(other, history) > after - 1e-9);
      }
    }
  }
}

TEST_CASE("polish: fixed points stay where they are") {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    Game game = random_game(seed, true);
    std::vector<std::vector<int>> before;
    for (const PointTerm& term : game.card.terms) before.push_back(term.points);
    polish(game.card, History(game.outcome), game.rules);
    for (std::size_t t = 0; t < before.size(); ++t)
      if (!game.card.terms[t].rules.fixed.empty())
        CHECK(game.card.terms[t].points[1] == before[t][1]);
  }
}

TEST_CASE("scaling: the refitted one has no better neighbour, and odd scores leave it alone") {
  Game game = random_game(1, false);
  History history(game.outcome);
  std::vector<int> scores = scores_of(game.card, history.rows());
  Scorecard::Scaling fitted = refit_scaling(group_by_score(history, scores), game.card.scaling);
  double best = credence::mean_log_loss(history, log_odds_of(scores, fitted));
  CHECK(best < credence::mean_log_loss(history, log_odds_of(scores, game.card.scaling)));
  for (double shift : {-0.5, 0.5}) {
    CHECK(credence::mean_log_loss(
              history, log_odds_of(scores, {fitted.offset + shift, fitted.factor})) > best);
    CHECK(credence::mean_log_loss(
              history, log_odds_of(scores, {fitted.offset, fitted.factor + shift})) > best);
  }
  // By score and by row are one and the same.
  Scorecard::Scaling grouped = refit_scaling(group_by_score(history, scores), game.card.scaling);
  CHECK(grouped.offset == fitted.offset);
  CHECK(grouped.factor == fitted.factor);
  CHECK(group_by_score(history, {}).good.empty());
  // One score for all, and scores that rise with the risk: no positive factor is better.
  std::vector<int> same(scores.size(), 500), reversed;
  for (int score : scores) reversed.push_back(1000 - score);
  CHECK(refit_scaling(group_by_score(history, same), {480, 20}).factor > 0);
  CHECK(refit_scaling(group_by_score(history, reversed), {480, 20}).factor > 0);
}
