#include <credence/decision/example_testing.h>
#include <credence/explanation/ways_up.h>
#include <doctest/doctest.h>

#include <algorithm>

using namespace credence;
using namespace credence::testing;

namespace {

constexpr const char* kToday = "2026-11-21";

// A person on one day, and the ways of that day.
struct Case {
  LedgerInMemory book{example_programme()};
  Card card = example_card(book.programme());
  AsOf as_of;
  Features features;
  Score score;

  explicit Case(const Edit& edit = {}, std::string_view date = kToday)
      : book(example_programme(edit)), card(example_card(book.programme())) {
    book.fill();
    as_of = book.as_of(date);
    features = derive(book.programme(), book.dossier(), as_of);
    score = points_of_answers(features, card, book.programme());
  }

  Result<WaysUp> ask(const WaysUpOptions& options) const {
    Dossier dossier = book.dossier();
    return ways_up({book.programme(), card, dossier, features, score}, options);
  }
  WaysUp ways(const WaysUpOptions& options) const {
    auto result = ask(options);
    if (!result) FAIL(result.error().message);
    return *result;
  }
};

std::string month_from(std::string_view date, int months) {
  return to_text(add(day(date), Period{.months = months, .days = 0}));
}

// What the real river says once the records are really there: recorded, derived, scored.
int total_after(int months, int bills, int rentals, const Edit& edit = {}) {
  Case c{edit};
  for (int i = 1; i <= bills; ++i) {
    std::string at = month_from(kToday, i);
    c.book.bill(at, at, at);
  }
  for (int i = 1; i <= rentals; ++i) {
    std::string at = month_from(kToday, i);
    c.book.rental(at, "settled", at);
  }
  AsOf then = c.book.as_of(month_from(kToday, months));
  Features features = derive(c.book.programme(), c.book.dossier(), then);
  ScoreOutcome outcome = score(features, c.card, c.book.programme());
  const Score* scored = std::get_if<Score>(&outcome);
  return scored == nullptr ? 0 : scored->total;
}

int times_of(const Case& c, const WayUp& way, std::string_view event) {
  for (const NewRecords& records : way.records) {
    if (records.event == c.book.programme()->find_event(event)) return records.times;
  }
  return 0;
}

}  // namespace

TEST_CASE("ways up: no way of bills, rentals and months is cheaper than the one that is told") {
  constexpr int kMonths = 4;
  int total = Case{}.score.total;
  struct Tried {
    int cost, total;
  };
  std::vector<Tried> tried;
  for (int months = 0; months <= kMonths; ++months) {
    for (int bills = 0; bills <= months; ++bills) {
      for (int rentals = 0; rentals <= months; ++rentals) {
        tried.push_back({months + bills + rentals, total_after(months, bills, rentals)});
      }
    }
  }
  int reachable = 0;
  for (int gain = 0; gain <= 160; gain += 8) {
    CAPTURE(gain);
    int best = 1'000;
    for (const Tried& one : tried) {
      if (one.total >= total + gain) best = std::min(best, one.cost);
    }
    WaysUp ways = Case{}.ways({.target = total + gain, .most_months = kMonths});
    REQUIRE(ways.ways.empty() == (best == 1'000));
    if (ways.ways.empty()) continue;
    ++reachable;
    CHECK(ways.ways.front().cost == best);
  }
  CHECK(reachable > 2);
  CHECK(reachable < 20);
}

TEST_CASE("ways up: the river gives the told score once the records are really there") {
  Case c;
  int told = 0;
  for (int gain : {5, 20, 40, 60}) {
    for (const WayUp& way : c.ways({.target = c.score.total + gain, .ways = 4}).ways) {
      ++told;
      CAPTURE(way.months);
      CHECK(way.total >= c.score.total + gain);
      CHECK(way.total ==
            total_after(way.months, times_of(c, way, "bill"), times_of(c, way, "rental")));
      int points = 0;
      for (const ChangedAnswer& answer : way.answers) {
        points += answer.points_after - answer.points_before;
      }
      CHECK(points == way.total - c.score.total);
    }
  }
  CHECK(told > 4);
}

TEST_CASE("ways up: what somebody has never done is not promised") {
  Case c;
  for (const WayUp& way : c.ways({.target = c.score.total + 40, .ways = 8}).ways) {
    CHECK(times_of(c, way, "income") == 0);
    CHECK(times_of(c, way, "overdraft") == 0);
    for (const NewRecords& records : way.records) {
      const auto& events = c.book.dossier().events;
      CHECK(std::ranges::any_of(events, [&](const EventFact& event) {
        return event.index == records.like && event.type == records.event;
      }));
    }
  }
}

TEST_CASE("ways up: a target far beyond the card's scores is not reachable, and no error") {
  Case c;
  for (int target : {100'000, 1'000'000}) CHECK(c.ways({.target = target}).not_reachable);
}

TEST_CASE("ways up: points that cannot be reached are said plainly, in both languages") {
  Case c;
  WaysUp ways = c.ways({.target = 940});
  REQUIRE(ways.not_reachable);
  CHECK(ways.ways.empty());
  CHECK(ways.not_reachable->best_gain < 940 - c.score.total);
  std::vector<Text> said = say_ways_up(ways);
  REQUIRE(said.size() == 1);
  CHECK(said[0].en.find("940") != std::string::npos);
  CHECK(said[0].fr.find("940") != std::string::npos);
}

TEST_CASE("ways up: somebody who is there has nothing to do") {
  Case c;
  WaysUp ways = c.ways({.target = c.score.total});
  REQUIRE(ways.ways.size() == 1);
  CHECK(ways.ways[0].months == 0);
  CHECK(ways.ways[0].records.empty());
  CHECK(ways.ways[0].total == c.score.total);
}

TEST_CASE(
    "ways up: where waiting is enough, records are told about only if they are there sooner") {
  Case c;
  int waited = 0;
  for (int gain = 5; gain < 60; gain += 5) {
    WaysUp ways = c.ways({.target = c.score.total + gain, .ways = 8});
    auto waiting =
        std::ranges::find_if(ways.ways, [](const WayUp& w) { return w.records.empty(); });
    if (waiting == ways.ways.end()) continue;
    ++waited;
    for (const WayUp& way : ways.ways) {
      CHECK((way.records.empty() || way.months < waiting->months));
    }
    CHECK(std::ranges::is_sorted(ways.ways, {}, &WayUp::cost));
  }
  CHECK(waited > 3);
}

TEST_CASE("ways up: a margin is kept") {
  Case c;
  WaysUp ways = c.ways({.target = c.score.total, .margin = 10});
  REQUIRE_FALSE(ways.ways.empty());
  CHECK(ways.ways[0].total >= c.score.total + 10);
}

TEST_CASE("ways up: a day on which too little would be known is no way") {
  // With 14 records needed, and 16 there, what passes its retention soon takes the score away.
  Case c{[](std::string text) {
    return replaced(std::move(text), "needs = { facts = 6", "needs = { facts = 14");
  }};
  for (const WayUp& way : c.ways({.target = c.score.total + 5, .ways = 8}).ways) {
    AsOf then = c.as_of;
    then.date = way.day;
    CHECK(usable_events(c.book.programme(), c.book.dossier(), then).size() >= 14);
  }
}

TEST_CASE("ways up: a day after the consents have ended is no way, for nobody has renewed them") {
  Case c{{}, "2027-10-20"};  // given on 2025-11-01 for 24 months
  for (int gain = 1; gain < 120; gain += 3) {
    CHECK(c.ways({.target = c.score.total + gain}).not_reachable);
  }
}

TEST_CASE("ways up: more records of a source are offered only while its consent holds") {
  Case c{{}, "2027-10-20"};
  c.book.record(Draft::statement(FactKind::consent_granted, c.book.subject(),
                                 {{"purpose", c.book.programme()->purpose},
                                  {"source", "bank"},
                                  {"recipient", "operator"},
                                  {"expires", "2030-01-01"}},
                                 noon("2027-10-19")));
  c.as_of = c.book.as_of("2027-10-20");
  c.features = derive(c.book.programme(), c.book.dossier(), c.as_of);
  c.score = points_of_answers(c.features, c.card, c.book.programme());
  for (int gain = 1; gain < 120; gain += 3) {
    for (const WayUp& way : c.ways({.target = c.score.total + gain, .ways = 8}).ways) {
      CHECK(times_of(c, way, "rental") == 0);
    }
  }
}

TEST_CASE("ways up: options outside of their range are refused") {
  Case c;
  for (const WaysUpOptions& options :
       {WaysUpOptions{.target = INT32_MAX}, WaysUpOptions{.margin = -1},
        WaysUpOptions{.most_months = 61}, WaysUpOptions{.most_months = -1},
        WaysUpOptions{.cost_of_month = -1}, WaysUpOptions{.cost_of_record = 1'001},
        WaysUpOptions{.ways = 0}}) {
    auto result = c.ask(options);
    REQUIRE_FALSE(result);
    CHECK(result.error().code == "ways.options");
  }
}

TEST_CASE("ways up: more records than are looked at in seconds are refused, not begun") {
  Case c;
  Dossier dossier = c.book.dossier();
  while (dossier.events.size() < 15'000) {
    EventFact copy = dossier.events.front();
    copy.index = dossier.events.back().index + 1;
    dossier.events.push_back(copy);
  }
  auto result = ways_up({c.book.programme(), c.card, dossier, c.features, c.score},
                        {.target = c.score.total + 5, .most_months = 60});
  REQUIRE_FALSE(result);
  CHECK(result.error().code == "ways.size");
}

TEST_CASE("ways up: JSON says the same as the ways") {
  Case c;
  WaysUp ways = c.ways({.target = c.score.total + 20});
  for (Language language : {Language::en, Language::fr}) {
    Json json = to_json(*c.book.programme(), ways, language);
    CHECK(json.find("ways")->array()->size() == ways.ways.size());
    CHECK(parse_json(to_canonical_json(json)));
  }
  CHECK(to_json(*c.book.programme(), c.ways({.target = 940}), Language::en).find("not_reachable"));
}

TEST_CASE("ways up: a sentence names the day, the records and the score, in both languages") {
  Case c;
  WaysUp ways = c.ways({.target = c.score.total + 20, .ways = 8});
  std::vector<Text> said = say_ways_up(ways);
  REQUIRE(said.size() == ways.ways.size());
  for (std::size_t i = 0; i < said.size(); ++i) {
    CHECK(said[i].en.find(std::to_string(ways.ways[i].total)) != std::string::npos);
    CHECK(said[i].fr.find(std::to_string(ways.ways[i].total)) != std::string::npos);
    CHECK(said[i].en.find("{}") == std::string::npos);
  }
}
