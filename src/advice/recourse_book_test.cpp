#include <credence/advice/recourse_book.h>
#include <doctest/doctest.h>

#include <atomic>
#include <cmath>
#include <variant>

using namespace credence;

namespace {

constexpr int kTarget = 130;

// 100 points; `debt` brings 40, 20 or 0, `home` 10 as an owner.
Scorecard card_of_two() {
  Scorecard card;
  card.id = "two";
  card.base = 100;
  card.variables.push_back({"debt", "", {}, Cells::of_numbers({10, 20}, {}), {}, {}});
  card.variables.push_back({"home", "", {}, Cells::of_texts({{"rent"}, {"own"}}, {}), {}, {}});
  card.terms.push_back({{0}, {40, 20, 0, 0}, 40, "debt"});
  card.terms.push_back({{1}, {0, 10, 0, 0}, 10, "home"});
  card.range_lowest = card.lowest();
  card.range_highest = card.highest();
  return card;
}

Adviser adviser_of_debt() {
  AdvicePlan plan;
  plan.variables = {{.variable = "debt", .may_rise = false, .weight = 0.5, .months = 3}};
  auto adviser = Adviser::of(card_of_two(), plan);
  REQUIRE(adviser);
  return *std::move(adviser);
}

// A hundred rows: debts of 5, 15, 25 and none; every other one rents; branches 0, 1 and unknown.
Table book_of(std::size_t rows = 100) {
  const double none = std::nan("");
  std::vector<double> debts, branches;
  std::vector<std::int32_t> homes;
  for (std::size_t i = 0; i < rows; ++i) {
    debts.push_back(i % 4 == 3 ? none : 5.0 + 10.0 * static_cast<double>(i % 4));
    homes.push_back(static_cast<std::int32_t>(i % 2));
    branches.push_back(i % 5 == 0 ? none : static_cast<double>(i % 3 == 0));
  }
  return Table(rows,
               {Column::of_numbers("debt", debts), Column::of_texts("home", homes, {"rent", "own"}),
                Column::of_numbers("branch", branches)});
}

}  // namespace

TEST_CASE("recourse book: the audit counts what the advice to each row says") {
  const Table table = book_of();
  auto book = RecourseBook::of(adviser_of_debt(), table, {"branch", "home"});
  REQUIRE(book);
  std::size_t there = 0, reachable = 0;
  for (std::size_t row = 0; row < book->rows(); ++row) {
    auto answer = book->advise(row, kTarget);
    REQUIRE(answer);
    const bool has_way = std::holds_alternative<std::vector<Advice>>(*answer);
    there += book->score(row) >= kTarget ? 1 : 0;
    reachable += book->score(row) < kTarget && has_way ? 1 : 0;
  }
  auto audit = book->audit({.target = kTarget});
  REQUIRE(audit);
  CHECK(audit->not_asked == there);
  CHECK(audit->whole.people == book->rows() - there);
  CHECK(audit->whole.reachable == reachable);
  REQUIRE(audit->whole.quantiles);
  CHECK(static_cast<double>(audit->whole.quantiles->cost[4]) == 1.0 * Adviser::kOneCost);
  REQUIRE(audit->partitions.size() == 2);
  CHECK(audit->partitions[0].parts.size() == 3);
  CHECK(audit->partitions[0].parts.back().name == "unknown");
  CHECK(audit->partitions[1].parts.size() == 2);
}

TEST_CASE("recourse book: threads change nothing") {
  const Table table = book_of();
  auto book = RecourseBook::of(adviser_of_debt(), table, {"home"});
  REQUIRE(book);
  auto one = book->audit({.target = kTarget});
  auto many = book->audit({.target = kTarget, .threads = 5});
  REQUIRE(one);
  REQUIRE(many);
  CHECK(to_canonical_json(to_json(*one)) == to_canonical_json(to_json(*many)));
}

TEST_CASE("recourse book: an audit that is told to stop ends between two people") {
  const Table table = book_of();
  auto book = RecourseBook::of(adviser_of_debt(), table, {});
  REQUIRE(book);
  std::atomic<int> asked = 0;
  BookAudit audit{.target = kTarget};
  audit.stopped = [&asked] { return ++asked > 10; };
  auto ended = book->audit(audit);
  REQUIRE_FALSE(ended);
  CHECK(ended.error().code == "recourse.stopped");
  CHECK(asked == 11);
}

TEST_CASE("recourse book: a column that is not there, or of too many values, is no group") {
  const Table table = book_of(400);
  auto missing = RecourseBook::of(adviser_of_debt(), table, {"branch", "town"});
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == "recourse.groups");
  CHECK(missing.error().message.find("town") != std::string::npos);
  std::vector<double> many(400);
  for (std::size_t i = 0; i < many.size(); ++i) many[i] = static_cast<double>(i % 51);
  const Table wide(400,
                   {*table.find("debt"), *table.find("home"), Column::of_numbers("street", many)});
  auto refused = RecourseBook::of(adviser_of_debt(), wide, {"street"});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == "recourse.groups");
  const Table bare(400, {Column::of_numbers("debt", many)});
  auto homeless = RecourseBook::of(adviser_of_debt(), bare, {});
  REQUIRE_FALSE(homeless);
  CHECK(homeless.error().code == "score.column");
}
