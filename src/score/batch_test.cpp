#include <credence/score/batch.h>
#include <credence/score/reasons.h>
#include <credence/score/sample_card_test.h>
#include <doctest/doctest.h>

namespace credence {

namespace {

using Answers = std::vector<std::vector<Cell>>;  // by line, then applicant

Cell random_answer(const Card::Line& line, std::mt19937_64& random) {
  std::uint64_t draw = random() % 16;
  if (draw < 2) return {};
  if (draw < 4 && !line.special.empty())
    return Cell::special(static_cast<int>(random() % line.special.size()));
  if (draw == 4) return Cell::of(random() % 2 == 0 ? Cell::kLimit : -Cell::kLimit);
  if (draw == 5)
    return Cell::of(static_cast<std::int64_t>(random() % 5'000'000'000) - 2'500'000'000);
  const Card::Bin& bin = line.bins[random() % line.bins.size()];
  if (!bin.choices.empty()) return Cell::of(bin.choices[random() % bin.choices.size()]);
  if (bin.below == INT64_MAX) return Cell::of(static_cast<std::int64_t>(random() % 5000));
  return Cell::of(bin.below - 1 + static_cast<std::int64_t>(random() % 2));
}

Answers random_answers(const Card& card, std::size_t people, std::mt19937_64& random) {
  Answers answers(card.lines().size());
  for (std::size_t i = 0; i < answers.size(); ++i) {
    for (std::size_t p = 0; p < people; ++p)
      answers[i].push_back(random_answer(card.lines()[i], random));
  }
  return answers;
}

struct Scored {
  std::vector<std::int16_t> scores, scores_alone;
  std::array<std::vector<std::uint8_t>, 4> ranks;
  bool operator==(const Scored&) const = default;
};

template <class Code>
Scored by_batch(const BatchCard& batch, const Answers& answers) {
  std::vector<std::vector<Code>> codes;
  for (const auto& line : answers) {
    auto& column = codes.emplace_back();
    for (Cell answer : line) column.push_back(BatchCode<Code>::of(answer));
  }
  std::vector<std::span<const Code>> columns(codes.begin(), codes.end());
  std::size_t people = answers[0].size();
  Scored scored;
  scored.scores.resize(people);
  scored.scores_alone.resize(people);
  BatchReasons reasons;
  for (std::size_t rank = 0; rank < 4; ++rank) {
    scored.ranks[rank].resize(people);
    reasons.ranks[rank] = scored.ranks[rank];
  }
  batch.score<Code>(columns, scored.scores, reasons);
  batch.score<Code>(columns, scored.scores_alone);
  return scored;
}

Scored one_by_one(const Programme& programme, const Card& card, Baseline baseline,
                  const Answers& answers) {
  Scored scored;
  Features features{.as_of = {},
                    .values = std::vector<FeatureValue>(programme.features.size()),
                    .usable_facts = 0,
                    .oldest = {}};
  for (std::size_t p = 0; p < answers[0].size(); ++p) {
    for (std::size_t i = 0; i < answers.size(); ++i) {
      features.values[static_cast<std::size_t>(card.lines()[i].feature)].answer = answers[i][p];
    }
    Score result = std::get<Score>(score(features, card, programme));
    auto reasons = adverse_reasons(result, card, baseline);
    scored.scores.push_back(static_cast<std::int16_t>(result.total));
    for (std::size_t rank = 0; rank < 4; ++rank) {
      bool given = rank < reasons.size();
      scored.ranks[rank].push_back(given ? static_cast<std::uint8_t>(reasons[rank].line)
                                         : BatchReasons::kNoReason);
    }
  }
  scored.scores_alone = scored.scores;
  return scored;
}

Card steep_card(int points) {
  Programme programme = sample::programme();
  programme.features.resize(1);
  programme.lowest = -200'000;
  programme.highest = 200'000;
  std::string text = fmt::format(
      "base = 0\n[[feature]]\nid = \"late_bills_12m\"\nnone = 0\n"
      "bins = [{{ below = 9, points = 0 }}, {{ points = {} }}]\n",
      points);
  return *read_card(text, "card.toml", programme).card;
}

}  // namespace

TEST_CASE(
    "batch: a million random applicants get the scores and reasons that they get one by one") {
  const Programme programme = sample::wide_programme();
  std::mt19937_64 random{6};
  const Baseline baselines[] = {Baseline::best, Baseline::mean, Baseline::policy};
  std::size_t people = 0;
  for (std::uint64_t seed = 0; people < 1'000'000; ++seed) {
    Card card = sample::random_card(programme, seed);
    Baseline baseline = baselines[seed % 3];
    auto batch = BatchCard::make(card, baseline);
    REQUIRE(batch);
    REQUIRE(batch->narrow());
    std::size_t size = seed < 40 ? seed : 20'000 + random() % 1000;
    if (size == 0) continue;
    Answers answers = random_answers(card, size, random);
    Scored expected = one_by_one(programme, card, baseline, answers);
    REQUIRE(by_batch<std::int32_t>(*batch, answers) == expected);
    REQUIRE(by_batch<std::int64_t>(*batch, answers) == expected);
    people += size;
  }
}

TEST_CASE("batch: thresholds beyond 32 bits need 64-bit codes, which stay exact") {
  Programme programme = sample::wide_programme();
  programme.features = {
      programme.features[static_cast<std::size_t>(programme.find_feature("smallest_bill"))]};
  ReadCard read = read_card(
      "base = 600\n[[feature]]\nid = \"smallest_bill\"\nnone = 3\nspecial = { no-record = 3, "
      "hidden = 4 }\n"
      "bins = [{ below = \"30000000.00 EUR\", points = 3 }, { points = 9 }]\n",
      "card.toml", programme);
  REQUIRE(read.card);
  auto batch = BatchCard::make(*read.card, Baseline::best);
  REQUIRE(batch);
  CHECK_FALSE(batch->narrow());
  Answers answers{{Cell::of(2'999'999'999), Cell::of(3'000'000'000), Cell{}, Cell::special(1)}};
  CHECK(by_batch<std::int64_t>(*batch, answers).scores ==
        std::vector<std::int16_t>{603, 609, 603, 604});
}

TEST_CASE("batch: a card whose scores or losses do not fit 16 bits is refused") {
  CHECK(BatchCard::make(steep_card(-32'000), Baseline::best));
  CHECK(BatchCard::make(steep_card(-32'768), Baseline::best).error().code == "batch.range");
  CHECK(BatchCard::make(steep_card(-40'000), Baseline::best).error().code == "batch.range");
}

TEST_CASE("batch: codes keep the order none, special codes, values") {
  using Narrow = BatchCode<std::int32_t>;
  CHECK(Narrow::of({}) < Narrow::of(Cell::special(0)));
  CHECK(Narrow::of(Cell::special(15)) < Narrow::of(Cell::of(-Cell::kLimit)));
  CHECK(Narrow::of(Cell::of(-Cell::kLimit)) < Narrow::of(Cell::of(-5)));
  CHECK(Narrow::of(Cell::of(Cell::kLimit)) == INT32_MAX);
  CHECK(BatchCode<std::int64_t>::of(Cell::of(-Cell::kLimit)) == -Cell::kLimit);
}

TEST_CASE("batch: nobody to score is nothing to do") {
  const Programme programme = sample::wide_programme();
  auto batch = BatchCard::make(sample::random_card(programme, 1), Baseline::best);
  REQUIRE(batch);
  CHECK(by_batch<std::int32_t>(*batch, Answers(batch->lines())).scores.empty());
}

}  // namespace credence
