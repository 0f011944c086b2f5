#include <credence/scorecard/sample_scorecard_test.h>
#include <credence/scorecard/scoring.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace credence;

namespace {

struct Rows {
  std::vector<std::vector<double>> numbers;      // per variable
  std::vector<std::vector<std::int32_t>> codes;  // of texts
  std::vector<std::vector<std::string>> dictionaries;
  Table table;
};

Rows rows_of(sample::Cards& random, const Scorecard& card, std::size_t rows) {
  Rows out;
  std::vector<Column> columns;
  for (const Scorecard::Variable& variable : card.variables) {
    out.numbers.emplace_back();
    out.codes.emplace_back();
    out.dictionaries.emplace_back();
    if (variable.cells.kind() == Column::Kind::number) {
      for (std::size_t i = 0; i < rows; ++i)
        out.numbers.back().push_back(random.value(variable.cells));
      columns.push_back(Column::of_numbers(variable.name, out.numbers.back()));
      continue;
    }
    std::vector<std::string> dictionary{"nobody knows it", "refused", ""};
    for (const auto& group : variable.cells.groups())
      dictionary.insert(dictionary.end(), group.begin(), group.end());
    for (std::size_t i = 0; i < rows; ++i)
      out.codes.back().push_back(static_cast<std::int32_t>(random.below(dictionary.size() + 1)) -
                                 1);
    out.dictionaries.back() = dictionary;
    columns.push_back(Column::of_texts(variable.name, out.codes.back(), dictionary));
  }
  out.table = Table{rows, std::move(columns)};
  return out;
}

std::vector<std::uint16_t> cells_of(const Scorecard& card, const Rows& rows, std::size_t row) {
  std::vector<std::uint16_t> cells;
  for (std::size_t v = 0; v < card.variables.size(); ++v) {
    const Cells& of = card.variables[v].cells;
    int cell = 0;
    if (of.kind() == Column::Kind::number) {
      cell = of.of(rows.numbers[v][row]);
    } else {
      std::int32_t code = rows.codes[v][row];
      cell = code < 0 ? of.missing() : of.of(rows.dictionaries[v][static_cast<std::size_t>(code)]);
    }
    cells.push_back(static_cast<std::uint16_t>(cell));
  }
  return cells;
}

// The definition, with no table of keys and no block.
struct Naive {
  int score = 0;
  std::vector<int> reasons;
};
Naive naive(const Scorecard& card, const std::vector<std::uint16_t>& cells) {
  Naive out{card.base, {}};
  std::map<int, int> lost;
  for (int t = 0; t < static_cast<int>(card.terms.size()); ++t) {
    const Scorecard::Term& term = card.terms[static_cast<std::size_t>(t)];
    std::size_t at = cells[static_cast<std::size_t>(term.variables[0])];
    if (term.variables.size() == 2)
      at = at * sample::Cards::count(card, term.variables[1]) +
           cells[static_cast<std::size_t>(term.variables[1])];
    out.score += term.points[at];
    lost[t] = term.baseline - term.points[at];
    if (lost[t] > 0) out.reasons.push_back(t);
  }
  auto can_lose = [&](int t) {
    const Scorecard::Term& term = card.terms[static_cast<std::size_t>(t)];
    return term.baseline - term.lowest();
  };
  std::sort(out.reasons.begin(), out.reasons.end(), [&](int a, int b) {
    return std::tuple{-lost[a], -can_lose(a), a} < std::tuple{-lost[b], -can_lose(b), b};
  });
  return out;
}

}  // namespace

TEST_CASE("scoring: a table's scores and reasons are those of the definition, row by row") {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    sample::Cards random{seed};
    Scorecard card = random.card(2 + static_cast<int>(random.below(8)), seed % 3 == 0 ? 1 : 0);
    REQUIRE(defects(card).empty());
    Rows rows = rows_of(random, card, 2100 + random.below(100));
    for (std::size_t reasons : {0U, 1U, 4U}) {
      auto scored = score_table(card, rows.table, {.reasons = reasons});
      REQUIRE(scored);
      for (std::size_t row = 0; row < rows.table.rows(); ++row) {
        auto cells = cells_of(card, rows, row);
        Naive expected = naive(card, cells);
        REQUIRE(scored->scores[row] == expected.score);
        for (std::size_t r = 0; r < reasons; ++r) {
          int given = scored->reasons[row * reasons + r];
          int wanted = r < expected.reasons.size() ? expected.reasons[r] : ScoredRows::kNoReason;
          REQUIRE(given == wanted);
        }
        if (reasons > 0) continue;
        ScoredRow one = score_cells(card, cells);
        REQUIRE(one.score == expected.score);
        REQUIRE(std::equal(one.reasons.begin(), one.reasons.end(), expected.reasons.begin(),
                           expected.reasons.end()));
      }
    }
  }
}

TEST_CASE("scoring: the number of threads changes nothing") {
  sample::Cards random{7};
  Scorecard card = random.card(6, 2);
  Rows rows = rows_of(random, card, 30'000);
  auto one = score_table(card, rows.table, {.reasons = 4, .threads = 1});
  for (unsigned threads : {0U, 2U, 3U, 16U}) {
    auto many = score_table(card, rows.table, {.reasons = 4, .threads = threads});
    CHECK(one->scores == many->scores);
    CHECK(one->reasons == many->reasons);
  }
}

TEST_CASE(
    "scoring: giving the first reason its baseline raises the score by exactly what was lost") {
  sample::Cards random{11};
  for (int round = 0; round < 500; ++round) {
    Scorecard card = random.card(5, 0);
    for (Scorecard::Term& term : card.terms) term.baseline = term.highest();
    std::vector<std::uint16_t> cells;
    for (int v = 0; v < 5; ++v)
      cells.push_back(static_cast<std::uint16_t>(random.below(sample::Cards::count(card, v))));
    ScoredRow before = score_cells(card, cells);
    if (before.reasons.empty()) {
      CHECK(before.score == card.highest());
      continue;
    }
    std::size_t first = before.reasons.front();
    const Scorecard::Term& term = card.terms[first];
    auto best = std::find(term.points.begin(), term.points.end(), term.baseline);
    cells[first] = static_cast<std::uint16_t>(best - term.points.begin());
    CHECK(score_cells(card, cells).score - before.score == term.baseline - before.points[first]);
  }
}

TEST_CASE("scoring: numbers of any width in pieces score as doubles do") {
  Scorecard card;
  card.base = 600;
  card.variables.push_back(
      {"age", "", {}, Cells::of_numbers({18, 30}, {{"unknown", {-1}, {}}}), {}, {}});
  card.terms.push_back({{0}, {-10, 5, 20, -3, -7}, 20, ""});
  std::vector<std::int16_t> small{17, 18, -1, 40};
  std::vector<float> floats{29.5F, 30.0F};
  std::uint8_t valid = 0b1011;
  NumberChunk first{
      .type = NumberChunk::Type::i16, .values = small.data(), .validity = &valid, .size = 4};
  NumberChunk second{.type = NumberChunk::Type::f32, .values = floats.data(), .size = 2};
  Table table{6, {Column::of_chunks("age", {first, second}, nullptr)}};
  auto scored = score_table(card, table, {.reasons = 1});
  REQUIRE(scored);
  CHECK(scored->scores == std::vector<std::int32_t>{590, 605, 593, 620, 605, 620});
}

TEST_CASE("scoring: a table without a column, or with texts for numbers, is refused by name") {
  sample::Cards random{3};
  Scorecard card;
  card.base = 600;
  card.variables.push_back({"income", "", {}, Cells::of_numbers({10}, {}), {}, {}});
  card.terms.push_back({{0}, {0, 1, 2}, 2, ""});
  Table without{1, {Column::of_numbers("incom", {1})}};
  auto refused = score_table(card, without, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == "score.column");
  CHECK(refused.error().message.find("`income`") != std::string::npos);
  CHECK(refused.error().help.find("`incom`") != std::string::npos);
  Table texts{1, {Column::of_texts("income", {0}, {"much"})}};
  CHECK(score_table(card, texts, {}).error().code == "score.kind");
  CHECK(score_table(card, Table{0, {Column::of_numbers("income", {})}}, {.reasons = 5})
            .error()
            .code == "score.reasons");
  card.terms[0].points.pop_back();
  CHECK(score_table(card, without, {}).error().code == "score.card");
}

TEST_CASE("scoring: no rows give no scores") {
  Scorecard card;
  card.base = 600;
  auto scored = score_table(card, Table{3, {}}, {.reasons = 2, .threads = 4});
  REQUIRE(scored);
  CHECK(scored->scores == std::vector<std::int32_t>{600, 600, 600});
  CHECK(scored->reasons == std::vector<std::uint16_t>(6, ScoredRows::kNoReason));
  CHECK(score_table(card, Table{}, {.threads = 4})->scores.empty());
}
