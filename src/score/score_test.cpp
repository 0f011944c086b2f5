#include <credence/score/reasons.h>
#include <credence/score/sample_card_test.h>
#include <doctest/doctest.h>

namespace credence {

namespace {

// Answers around every threshold of the line, its special codes, and none.
Cell random_answer(const Card::Line& line, std::mt19937_64& random) {
  std::size_t draw = random() % 8;
  if (draw == 0) return {};
  if (draw == 1 && !line.special.empty())
    return Cell::special(static_cast<int>(random() % line.special.size()));
  const Card::Bin& bin = line.bins[random() % line.bins.size()];
  if (!bin.choices.empty()) return Cell::of(bin.choices[random() % bin.choices.size()]);
  if (bin.below == INT64_MAX)
    return Cell::of(draw == 2 ? Cell::kLimit : static_cast<std::int64_t>(random() % 5000));
  return Cell::of(bin.below - 1 + static_cast<std::int64_t>(random() % 3));
}

Features random_features(const Programme& programme, const Card& card, std::mt19937_64& random) {
  Features features{.as_of = {}, .values = {}, .usable_facts = 10, .oldest = {}};
  features.values.resize(programme.features.size());
  for (const Card::Line& line : card.lines()) {
    features.values[static_cast<std::size_t>(line.feature)].answer = random_answer(line, random);
  }
  return features;
}

Score scored(const Features& features, const Card& card, const Programme& programme) {
  ScoreOutcome outcome = score(features, card, programme);
  REQUIRE(std::holds_alternative<Score>(outcome));
  return std::get<Score>(outcome);
}

// An answer that falls into the bin.
Cell answer_in(const Card::Line& line, std::size_t bin) {
  const Card::Bin& wanted = line.bins[bin];
  if (!wanted.choices.empty()) return Cell::of(wanted.choices.front());
  if (wanted.below != INT64_MAX) return Cell::of(wanted.below - 1);
  return Cell::of(Cell::kLimit);
}

}  // namespace

TEST_CASE(
    "score: its total is its base and the points of its terms, exactly and within the range") {
  const Programme programme = sample::wide_programme();
  std::mt19937_64 random{1};
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Card card = sample::random_card(programme, seed);
    for (int i = 0; i < 30; ++i) {
      Score result = scored(random_features(programme, card, random), card, programme);
      int total = result.base;
      for (const Term& term : result.terms) total += term.points;
      REQUIRE(result.total == total);
      REQUIRE(result.total >= card.lowest());
      REQUIRE(result.total <= card.highest());
    }
  }
}

TEST_CASE(
    "score: an answer falls into the first bin above it; none and special codes have their own") {
  Programme programme = sample::programme();
  Feature latest =
      programme.features[static_cast<std::size_t>(programme.find_feature("latest_bill"))];
  programme.features = {latest};
  ReadCard read = read_card(
      "base = 600\n[[feature]]\nid = \"latest_bill\"\nnone = 3\nspecial = { hidden = 4, no-record "
      "= 5 }\n"
      "bins = [{ below = \"1 EUR\", points = 0 }, { below = \"2 EUR\", points = 1 }, { points = 2 "
      "}]",
      "card.toml", programme);
  REQUIRE(read.card);
  auto term = [&](Cell answer) {
    Features features{.as_of = {}, .values = {{answer, {}}}, .usable_facts = 0, .oldest = {}};
    Term got = scored(features, *read.card, programme).terms[0];
    return std::pair{got.bin, got.points};
  };
  CHECK(term(Cell::of(-Cell::kLimit)) == std::pair{0, 0});
  CHECK(term(Cell::of(99)) == std::pair{0, 0});
  CHECK(term(Cell::of(100)) == std::pair{1, 1});
  CHECK(term(Cell::of(199)) == std::pair{1, 1});
  CHECK(term(Cell::of(200)) == std::pair{2, 2});
  CHECK(term(Cell::of(Cell::kLimit)) == std::pair{2, 2});
  CHECK(term({}) == std::pair{-1, 3});
  CHECK(term(Cell::special(0)) == std::pair{-2, 5});
  CHECK(term(Cell::special(1)) == std::pair{-3, 4});
}

TEST_CASE("score: too few records, or too short a time, is not enough data and never a score") {
  Programme programme = sample::wide_programme();
  programme.needs = {.facts = 6, .span = {.months = 3}};
  Card card = sample::random_card(programme, 1);
  Features features{.as_of = {.date = sample::day("2026-05-31"), .known = 9, .asked = {}},
                    .values = std::vector<FeatureValue>(programme.features.size()),
                    .usable_facts = 6,
                    .oldest = sample::day("2026-02-28")};
  CHECK(std::holds_alternative<Score>(score(features, card, programme)));
  features.oldest = sample::day("2026-03-01");
  auto lacking = std::get<NotEnoughData>(score(features, card, programme));
  CHECK(lacking.days == 91);
  CHECK(lacking.days_needed == 92);
  features.oldest = sample::day("2026-01-01");
  features.usable_facts = 5;
  lacking = std::get<NotEnoughData>(score(features, card, programme));
  CHECK(lacking.facts == 5);
  CHECK(lacking.facts_needed == 6);
  features.usable_facts = 0;
  features.oldest = {};
  CHECK(std::get<NotEnoughData>(score(features, card, programme)).days == 0);
}

TEST_CASE("score: without declared needs a person without records gets the points of none") {
  const Programme programme = sample::wide_programme();
  Card card = sample::random_card(programme, 2);
  int expected = card.base();
  for (const Card::Line& line : card.lines()) expected += line.none;
  CHECK(scored(derive(programme, Dossier{}, AsOf{}), card, programme).total == expected);
}

TEST_CASE(
    "reasons: moving a named factor to its baseline answer changes the score by exactly its "
    "points") {
  const Programme programme = sample::wide_programme();
  std::mt19937_64 random{3};
  int moved = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Card card = sample::random_card(programme, seed);
    Features features = random_features(programme, card, random);
    Score before = scored(features, card, programme);
    for (Baseline baseline : {Baseline::best, Baseline::policy}) {
      for (const Reason& reason : adverse_reasons(before, card, baseline)) {
        const Card::Line& line = card.lines()[static_cast<std::size_t>(reason.line)];
        auto reached = std::find_if(line.bins.begin(), line.bins.end(), [&](const Card::Bin& bin) {
          return bin.points == reason.baseline;
        });
        if (reached == line.bins.end())
          continue;  // the best answer of the line is none or a special code
        Features changed = features;
        changed.values[static_cast<std::size_t>(reason.feature)].answer =
            answer_in(line, static_cast<std::size_t>(reached - line.bins.begin()));
        REQUIRE(scored(changed, card, programme).total == before.total + reason.lost());
        ++moved;
      }
    }
  }
  CHECK(moved > 2'000);
}

TEST_CASE(
    "reasons: they are ranked by what was lost, then by what can be lost, then by the card's "
    "order") {
  const Programme programme = sample::wide_programme();
  std::mt19937_64 random{4};
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    Card card = sample::random_card(programme, seed);
    Score result = scored(random_features(programme, card, random), card, programme);
    for (Baseline baseline : {Baseline::best, Baseline::mean, Baseline::policy}) {
      auto reasons = adverse_reasons(result, card, baseline);
      auto most = [&](const Reason& reason) {
        return reason.baseline - card.lines()[static_cast<std::size_t>(reason.line)].lowest();
      };
      for (std::size_t i = 0; i < reasons.size(); ++i) {
        REQUIRE(reasons[i].lost() > 0);
        if (i == 0) continue;
        const Reason &a = reasons[i - 1], &b = reasons[i];
        bool ordered =
            std::tuple(-a.lost(), -most(a), a.line) < std::tuple(-b.lost(), -most(b), b.line);
        REQUIRE(ordered);
      }
      std::size_t losing = 0;
      for (std::size_t i = 0; i < card.lines().size(); ++i) {
        losing += baseline_of(card.lines()[i], baseline) > result.terms[i].points;
      }
      REQUIRE(reasons.size() == losing);
    }
  }
}

TEST_CASE("reasons: at most as many are shown as the programme says, and the first ones") {
  const Programme programme = sample::wide_programme();
  std::mt19937_64 random{5};
  Card card = sample::random_card(programme, 9);
  Score result = scored(random_features(programme, card, random), card, programme);
  auto all = adverse_reasons(result, card, Baseline::best);
  REQUIRE(all.size() > 4);
  for (int most : {-1, 0, 1, 4, 100}) {
    auto shown = adverse_reasons(result, card, ExplanationRules{Baseline::best, most});
    auto count = std::min(all.size(), static_cast<std::size_t>(std::max(most, 0)));
    CHECK(shown ==
          std::vector<Reason>(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count)));
  }
}

TEST_CASE("reasons: the best possible answers leave no reason") {
  const Programme programme = sample::wide_programme();
  Card card = sample::random_card(programme, 11);
  Score best{.total = card.highest(), .base = card.base(), .terms = {}};
  for (const Card::Line& line : card.lines())
    best.terms.push_back({line.feature, 0, line.highest()});
  CHECK(adverse_reasons(best, card, Baseline::best).empty());
}

}  // namespace credence
