#include <credence/engine/story_test.h>
#include <doctest/doctest.h>

#include <random>

using namespace credence;
using namespace credence::testing;

TEST_CASE("engine: erased records excuse no score that they do not account for") {
  Story story;
  std::uint64_t issued = story.issue("2026-11-21");
  std::uint64_t gone = late_bill(story);
  story.book.erase(gone);
  const std::vector<std::uint64_t> erased{gone};
  const Json::Object honest = *story.book.statement(issued).payload.object();
  auto verdict = [&](const Json::Object& payload, std::span<const std::uint64_t> tombstones) {
    Statement statement = story.book.statement(issued);
    statement.payload = Json{payload};
    return story.engine.recheck(story.book.dossier(), statement, tombstones).verdict;
  };
  auto changed = [&](std::string_view feature, const std::function<void(Json::Object&)>& change) {
    Json::Object payload = honest;
    Json::Array terms = *payload["terms"].array();
    for (Json& term : terms) {
      if (*term.find("feature")->string() == feature) change(*term.object());
    }
    payload["terms"] = terms;
    return payload;
  };
  constexpr auto differs = Recheck::Verdict::differs;
  REQUIRE(verdict(honest, erased) == Recheck::Verdict::not_recomputable);
  CHECK(verdict(honest, std::vector<std::uint64_t>{gone + 1}) == differs);
  CHECK(verdict(honest, std::vector<std::uint64_t>{issued + 1}) == differs);

  SUBCASE("a record that never was") {
    auto forged = changed("late_bills_12m", [](Json::Object& term) {
      Json::Array facts = *term["facts"].array();
      facts.back() = 999;
      term["facts"] = facts;
    });
    CHECK(verdict(forged, erased) == differs);
  }
  SUBCASE("a living record that did not count") {
    auto forged = changed("late_bills_12m", [](Json::Object& term) {
      Json::Array facts = *term["facts"].array();
      facts.front() = 1;
      term["facts"] = facts;
    });
    CHECK(verdict(forged, erased) == differs);
  }
  SUBCASE("more records than were erased") {
    Json::Object forged = honest;
    forged["usable"] = *forged["usable"].integer() + 1;
    CHECK(verdict(forged, erased) == differs);
  }
  SUBCASE("points that the card does not give, in a sum that adds up") {
    auto forged = changed("rentals_settled_24m", [](Json::Object& term) {
      term["points"] = *term["points"].integer() - 30;
    });
    forged["total"] = *forged["total"].integer() - 30;
    CHECK(verdict(forged, erased) == differs);
  }
  SUBCASE("another base, in a sum that adds up") {
    Json::Object forged = honest;
    forged["base"] = *forged["base"].integer() - 30;
    forged["total"] = *forged["total"].integer() - 30;
    CHECK(verdict(forged, erased) == differs);
  }
  SUBCASE("another answer to a question whose records are all there") {
    auto forged = changed("rentals_settled_24m", [&](Json::Object& term) {
      term["answer"] = *term["answer"].integer() + 1;
    });
    CHECK(verdict(forged, erased) == differs);
  }
  SUBCASE("a special code that the card does not know") {
    auto forged = changed("mean_income_6m", [&](Json::Object& term) {
      term["answer"] = Json::Object{{"special", 15}};
    });
    CHECK(verdict(forged, erased) == differs);
  }
  SUBCASE("a line that the card does not have, and a line left out") {
    auto forged =
        changed("late_bills_12m", [](Json::Object& term) { term["feature"] = "shoe_size"; });
    CHECK(verdict(forged, erased) == differs);
    forged = honest;
    Json::Array terms = *forged["terms"].array();
    std::int64_t points = *terms.back().find("points")->integer();
    terms.pop_back();
    forged["terms"] = terms;
    forged["total"] = *forged["total"].integer() - points;
    CHECK(verdict(forged, erased) == differs);
  }
  SUBCASE("knowledge of what came after it") {
    Json::Object forged = honest;
    Json::Object as_of = *forged["as_of"].object();
    as_of["known"] = issued + 1;
    forged["as_of"] = as_of;
    CHECK(verdict(forged, erased) == differs);
  }
}

TEST_CASE("engine: whatever records are erased, an honest score is never called false") {
  Story story;
  std::uint64_t correct = story.issue("2026-11-21");
  std::vector<std::uint64_t> records;
  for (const EventFact& event : story.book.dossier().events) records.push_back(event.index);
  std::mt19937 random{20261122};
  for (int round = 0; round < 200; ++round) {
    Story left;
    REQUIRE(left.issue("2026-11-21") == correct);
    std::vector<std::uint64_t> erased;
    for (std::uint64_t record : records) {
      if (random() % 4 == 0) erased.push_back(record);
    }
    for (std::uint64_t record : erased) left.book.erase(record);
    Recheck recheck =
        left.engine.recheck(left.book.dossier(), left.book.statement(correct), erased);
    CAPTURE(recheck.what);
    CHECK(recheck.verdict != Recheck::Verdict::differs);
  }
}
