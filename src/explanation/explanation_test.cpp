#include <credence/decision/example_testing.h>
#include <credence/explanation/changes.h>
#include <credence/explanation/say.h>
#include <credence/explanation/what_if.h>
#include <doctest/doctest.h>

#include <algorithm>

using namespace credence;
using namespace credence::testing;

namespace {

struct Case {
  LedgerInMemory book{example_programme()};
  Card card = example_card(book.programme());

  Case() { book.fill(); }

  Assessment assess(const AsOf& as_of) const {
    Features features = derive(book.programme(), book.dossier(), as_of);
    ScoreOutcome outcome = score(features, card, book.programme());
    return {std::move(features), std::move(outcome)};
  }
  Explanation explain(std::string_view date) const {
    Assessment assessment = assess(book.as_of(date));
    return credence::explain(book.programme(), card, book.dossier(), assessment, Hash{});
  }
  IssuedScore issued(const AsOf& as_of) const {
    Statement statement{.index = 0,
                        .kind = FactKind::score_issued,
                        .recorded = as_of.asked,
                        .payload = Json{score_payload(assess(as_of), book.programme(), card, 0)}};
    return *read_issued_score(statement);
  }
  Changes changes(const AsOf& from, const AsOf& to) const {
    return credence::changes(issued(from), book.programme(), card, 0, book.dossier(), assess(to));
  }
};

const ExplainedLine& line(const Explanation& explanation, std::string_view id) {
  for (const ExplainedLine& one : explanation.lines) {
    if (one.id == id) return one;
  }
  FAIL("no such line");
  return explanation.lines.front();
}

std::vector<Cause> causes(const Changes& changes) {
  std::vector<Cause> all;
  for (const ChangedLine& changed : changes.lines) {
    for (const PointsMove& move : changed.moves) all.push_back(move.cause);
  }
  return all;
}

bool only(const Changes& changes, Cause cause) {
  std::vector<Cause> all = causes(changes);
  return !all.empty() && std::ranges::all_of(all, [&](Cause one) { return one == cause; });
}

}  // namespace

TEST_CASE("explanation: base and lines add up to the total, line by line of the card") {
  Case c;
  Explanation explanation = c.explain("2026-11-21");
  const Score& score = std::get<Score>(explanation.outcome);
  int sum = score.base;
  for (const ExplainedLine& one : explanation.lines) {
    sum += one.points;
    CHECK(one.points <= one.best);
  }
  CHECK(sum == score.total);
  CHECK(explanation.lines.size() == c.card.lines().size());
}

TEST_CASE("explanation: reasons are ranked by what they cost, at most four, none without cost") {
  Case c;
  Explanation explanation = c.explain("2026-11-21");
  CHECK(explanation.reasons.size() == 4);
  int last = 1'000'000;
  for (const ExplainedReason& reason : explanation.reasons) {
    const ExplainedLine& one = explanation.lines.at(static_cast<std::size_t>(reason.line));
    CHECK(reason.distance == one.best - one.points);
    CHECK(reason.distance > 0);
    CHECK(reason.distance <= last);
    last = reason.distance;
  }
}

TEST_CASE("explanation: a record stops counting on the first day outside of its window") {
  Case c;
  Explanation explanation = c.explain("2026-11-21");
  const ExplainedLine& late = line(explanation, "late_bills_12m");
  REQUIRE(late.records.size() == 3);
  for (const RecordLine& record : late.records) {
    AsOf then = c.book.as_of("2026-11-21");
    auto feature = static_cast<std::size_t>(late.feature);
    then.date = record.counts_until;
    auto after = c.assess(then).features.values.at(feature).facts;
    CHECK(!std::ranges::binary_search(after, record.index));
    then.date -= std::chrono::days{1};
    auto before = c.assess(then).features.values.at(feature).facts;
    CHECK(std::ranges::binary_search(before, record.index));
  }
  CHECK(late.repair.has_value());
}

TEST_CASE("explanation: records and answers are said in both languages with their units") {
  Case c;
  Explanation explanation = c.explain("2026-11-21");
  const RecordLine& bill = line(explanation, "late_bills_12m").records.at(0);
  CHECK(bill.what.en.find("amount 40.00 EUR") != std::string::npos);
  CHECK(bill.what.fr.find("amount 40,00 EUR") != std::string::npos);
  CHECK(bill.what.fr.find("15 février 2026") != std::string::npos);
  CHECK(say_date(day("2026-03-01")).fr == "1er mars 2026");
  CHECK(say_points(-60).en == "\u221260");
  CHECK(say_points(0).en == "0");
  CHECK(line(explanation, "months_since_late_bill").answer.fr == "3 mois");
}

TEST_CASE("explanation: what an identity line says is never asked to change") {
  Case c;
  Explanation explanation = c.explain("2026-11-21");
  for (const WhatIf& what_if : explanation.what_ifs) {
    const ExplainedLine& one = explanation.lines.at(static_cast<std::size_t>(what_if.line));
    const Feature& feature = c.book.programme()->features.at(static_cast<std::size_t>(one.feature));
    CHECK(feature.family != Family::identity);
    CHECK(what_if.gain > 0);
  }
}

TEST_CASE("explanation: JSON says the same as the explanation") {
  Case c;
  Explanation explanation = c.explain("2026-11-21");
  for (Language language : {Language::en, Language::fr}) {
    Json json = to_json(explanation, language);
    CHECK(*json.find("total")->integer() == std::get<Score>(explanation.outcome).total);
    CHECK(json.find("lines")->array()->size() == explanation.lines.size());
    CHECK(parse_json(to_canonical_json(json)));
  }
}

TEST_CASE("changes: nothing happened, nothing moved") {
  Case c;
  Changes changes = c.changes(c.book.as_of("2026-11-21"), c.book.as_of("2026-11-21"));
  CHECK(changes.lines.empty());
  CHECK(changes.before == changes.after);
}

TEST_CASE("changes: time alone is named time") {
  Case c;
  AsOf later = c.book.as_of("2026-11-21");
  later.date = day("2027-02-20");
  CHECK(only(c.changes(c.book.as_of("2026-11-21"), later), Cause::time));
}

TEST_CASE("changes: a new record is named new, with its index") {
  Case c;
  AsOf before = c.book.as_of("2026-11-21");
  std::uint64_t bill = c.book.bill("2026-10-25", "2026-11-20", "2026-11-21");
  Changes changes = c.changes(before, c.book.as_of("2026-11-21"));
  REQUIRE(only(changes, Cause::new_record));
  bool named = false;
  for (const ChangedLine& changed : changes.lines) {
    for (const PointsMove& move : changed.moves) {
      named = named || std::ranges::find(move.records, bill) != move.records.end();
    }
  }
  CHECK(named);
}

TEST_CASE("changes: freezing, deleting and counting again are causes of their own") {
  Case c;
  AsOf start = c.book.as_of("2026-11-21");
  std::uint64_t late = line(c.explain("2026-11-21"), "late_bills_12m").records.at(0).index;
  std::uint64_t dispute = c.book.record(Draft::statement(
      FactKind::dispute_opened, c.book.subject(),
      {{"record", late}, {"because", "wrong"}, {"frozen", true}}, noon("2026-11-21")));
  AsOf frozen = c.book.as_of("2026-11-21");
  CHECK(only(c.changes(start, frozen), Cause::frozen));
  Case deleted = c;
  auto decide = [&](Case& into, const char* outcome) {
    into.book.record(Draft::statement(
        FactKind::dispute_decided, into.book.subject(),
        {{"dispute", dispute}, {"outcome", outcome}, {"by", "R"}, {"because", "b"}},
        noon("2026-11-21")));
  };
  decide(c, "kept");
  decide(deleted, "deleted");
  CHECK(only(c.changes(frozen, c.book.as_of("2026-11-21")), Cause::restored));
  CHECK(c.changes(start, c.book.as_of("2026-11-21")).lines.empty());
  CHECK(only(deleted.changes(start, deleted.book.as_of("2026-11-21")), Cause::deleted));
  CHECK(deleted.changes(frozen, deleted.book.as_of("2026-11-21")).lines.empty());
}

TEST_CASE("changes: without a score at one of the two dates there is nothing to compare") {
  Case c;
  AsOf early = c.book.as_of("2025-12-20");
  Changes changes = c.changes(early, c.book.as_of("2026-11-21"));
  CHECK(!changes.before);
  CHECK(changes.after);
  CHECK(changes.lines.empty());
  Json json = to_json(changes, Language::fr);
  CHECK(json.find("before")->is_null());
}
