#include <credence/feature/sample_test.h>
#include <doctest/doctest.h>

namespace credence {

namespace {

using sample::day;
using Indexes = std::vector<std::uint64_t>;

// One person with all consents, whose records are given by hand.
struct Person {
  Programme programme = sample::programme();
  Dossier dossier;
  AsOf as_of{.date = day("2026-06-15"), .known = UINT64_MAX, .asked = Instant{day("2026-06-15")}};

  Person() {
    programme.features.clear();
    for (const char* name : {"bank", "rentals"}) {
      dossier.consents.add({.index = 0,
                            .purpose = "deposit-waiver",
                            .source = name,
                            .recipient = std::string{kOperator},
                            .granted = Instant{day("2020-01-01")},
                            .expires = day("2030-01-01"),
                            .withdrawn_by = {},
                            .withdrawn = {}});
    }
  }
  EventFact& record(std::uint64_t index, sample::Type type, std::string_view at, Cell first = {}) {
    EventFact made;
    made.index = index;
    made.type = type;
    made.at = day(at);
    made.recorded = Instant{made.at};
    made.fields[0] = first;
    return dossier.events.emplace_back(made);
  }
  FeatureValue ask(sample::Type type, Measure measure, int of = -1,
                   std::optional<Period> window = {}) {
    programme.features = {sample::feature("asked", type, measure, of, window)};
    return derive(programme, dossier, as_of).values[0];
  }
  std::optional<Excluded> why(std::size_t event) {
    return why_excluded(programme, dossier, dossier.events[event], as_of);
  }
  Dispute& dispute(std::uint64_t index, std::uint64_t record) {
    dossier.disputes.push_back({.index = index,
                                .record = record,
                                .because = "wrong",
                                .opened = Instant{day("2026-06-01")},
                                .frozen = true,
                                .decided = {}});
    return dossier.disputes.back();
  }
  void decide(Dispute& dispute, std::uint64_t index, DisputeOutcome outcome) {
    dispute.decided = {
        .index = index, .outcome = outcome, .by = "B", .because = "checked", .when = {}};
  }
};

FeatureValue value(std::int64_t answer, Indexes facts) {
  return {Cell::of(answer), std::move(facts)};
}

}  // namespace

TEST_CASE(
    "features: without any record of the kind every measure answers none, and none is not zero") {
  Person person;
  person.record(1, sample::income, "2026-05-01", Cell::of(100));
  for (Measure measure :
       {Measure::count, Measure::share, Measure::months_since, Measure::months_between}) {
    CHECK(person.ask(sample::bill, measure) == FeatureValue{});
  }
  for (Measure measure : {Measure::sum, Measure::mean, Measure::min, Measure::max, Measure::latest,
                          Measure::distinct, Measure::trend}) {
    CHECK(person.ask(sample::bill, measure, 0) == FeatureValue{});
  }
}

TEST_CASE(
    "features: records outside the window leave count, sum and distinct at zero, and the rest "
    "without answer") {
  Person person;
  person.record(1, sample::bill, "2025-01-10", Cell::of(100));
  const Period year{.months = 12};
  CHECK(person.ask(sample::bill, Measure::count, -1, year) == value(0, {}));
  CHECK(person.ask(sample::bill, Measure::sum, 0, year) == value(0, {}));
  CHECK(person.ask(sample::bill, Measure::distinct, 0, year) == value(0, {}));
  for (Measure measure :
       {Measure::mean, Measure::min, Measure::max, Measure::latest, Measure::trend}) {
    CHECK(person.ask(sample::bill, measure, 0, year) == FeatureValue{});
  }
  CHECK(person.ask(sample::bill, Measure::share, -1, year) == FeatureValue{});
  CHECK(person.ask(sample::bill, Measure::months_since, -1, year) == FeatureValue{});
}

TEST_CASE(
    "features: a window of 12 months holds the day after a year ago and today, and not a year "
    "ago") {
  Person person;
  person.record(1, sample::bill, "2025-06-15");
  person.record(2, sample::bill, "2025-06-16");
  person.record(3, sample::bill, "2026-06-15");
  person.record(4, sample::bill, "2026-06-16");
  CHECK(person.ask(sample::bill, Measure::count, -1, Period{.months = 12}) == value(2, {2, 3}));
}

TEST_CASE(
    "features: a window back from the last day of a long month starts at the end of the short "
    "one") {
  Person person;
  person.as_of.date = day("2026-03-31");
  person.record(1, sample::bill, "2026-02-28");
  person.record(2, sample::bill, "2026-03-01");
  CHECK(person.ask(sample::bill, Measure::count, -1, Period{.months = 1}) == value(1, {2}));
}

TEST_CASE("features: a mean is rounded half to even, above and below zero") {
  struct Case {
    std::int64_t a, b, mean;
  };
  for (Case c : {Case{1, 2, 2}, Case{2, 3, 2}, Case{3, 4, 4}, Case{-1, -2, -2}, Case{-2, -3, -2},
                 Case{0, -1, 0}, Case{5, 5, 5}}) {
    Person person;
    person.record(1, sample::bill, "2026-01-01", Cell::of(c.a));
    person.record(2, sample::bill, "2026-01-02", Cell::of(c.b));
    CHECK(person.ask(sample::bill, Measure::mean, 0) == value(c.mean, {1, 2}));
  }
}

TEST_CASE(
    "features: a share is told in thousandths of the window's records and rests on all of them") {
  Person person;
  for (std::uint64_t i = 1; i <= 3; ++i) {
    person.record(i, sample::rental, "2026-06-01", Cell::of(i == 1 ? 0 : 2));
  }
  person.programme.features = {sample::feature("lost", sample::rental, Measure::share)};
  person.programme.features[0].where =
      compile_condition("outcome = 'lost'", person.programme.events[sample::rental],
                        person.programme.currency, Where{})
          .condition;
  CHECK(derive(person.programme, person.dossier, person.as_of).values[0] == value(667, {1, 2, 3}));
}

TEST_CASE("features: missing values are left out of a sum, never counted as zero in a mean") {
  Person person;
  person.record(1, sample::bill, "2026-01-01", Cell::of(10));
  person.record(2, sample::bill, "2026-01-02");
  person.record(3, sample::bill, "2026-01-03", Cell::special(1));
  CHECK(person.ask(sample::bill, Measure::sum, 0) == value(10, {1}));
  CHECK(person.ask(sample::bill, Measure::mean, 0) == value(10, {1}));
}

TEST_CASE("features: when no record tells a value, the last special code is the answer") {
  Person person;
  person.record(1, sample::bill, "2026-01-01", Cell::special(0));
  person.record(2, sample::bill, "2026-01-02", Cell::special(1));
  person.record(3, sample::bill, "2026-01-03");
  FeatureValue special{Cell::special(1), {2}};
  for (Measure measure : {Measure::sum, Measure::mean, Measure::min, Measure::max, Measure::latest,
                          Measure::distinct, Measure::trend}) {
    CHECK(person.ask(sample::bill, measure, 0) == special);
  }
}

TEST_CASE("features: records without the value answer none, not zero") {
  Person person;
  person.record(1, sample::bill, "2026-01-01");
  CHECK(person.ask(sample::bill, Measure::sum, 0) == FeatureValue{});
  CHECK(person.ask(sample::bill, Measure::distinct, 0) == FeatureValue{});
  CHECK(person.ask(sample::bill, Measure::count) == value(1, {1}));
}

TEST_CASE("features: the smallest and the largest rest on every record that holds them") {
  Person person;
  person.record(4, sample::bill, "2026-01-01", Cell::of(7));
  person.record(2, sample::bill, "2026-01-02", Cell::of(7));
  person.record(3, sample::bill, "2026-01-03", Cell::of(9));
  CHECK(person.ask(sample::bill, Measure::min, 0) == value(7, {2, 4}));
  CHECK(person.ask(sample::bill, Measure::max, 0) == value(9, {3}));
}

TEST_CASE("features: of two records of one day the one recorded later is the latest") {
  Person person;
  person.record(8, sample::bill, "2026-01-02", Cell::of(1));
  person.record(5, sample::bill, "2026-01-02", Cell::of(2));
  CHECK(person.ask(sample::bill, Measure::latest, 0) == value(1, {8}));
  CHECK(person.ask(sample::bill, Measure::months_since) == value(5, {8}));
}

TEST_CASE(
    "features: a trend is the newer half's mean above the older half's, without the middle "
    "record") {
  Person person;
  for (std::int64_t i = 0; i < 5; ++i) {
    std::int64_t amount = i == 2 ? 1'000 : i * 10;
    person.record(static_cast<std::uint64_t>(i), sample::bill, "2026-01-05", Cell::of(amount));
  }
  CHECK(person.ask(sample::bill, Measure::trend, 0) == value(30, {0, 1, 3, 4}));
  Person alone;
  alone.record(1, sample::bill, "2026-01-05", Cell::of(3));
  CHECK(alone.ask(sample::bill, Measure::trend, 0) == FeatureValue{});
}

TEST_CASE("features: a sum beyond the largest number answers the largest number") {
  Person person;
  for (std::uint64_t i = 0; i < 20; ++i)
    person.record(i, sample::bill, "2026-01-05", Cell::of(Cell::kLimit));
  CHECK(person.ask(sample::bill, Measure::sum, 0).answer == Cell::of(Cell::kLimit));
  CHECK(person.ask(sample::bill, Measure::mean, 0).answer == Cell::of(Cell::kLimit));
}

TEST_CASE("features: months are whole, and one record spans none") {
  Person person;
  person.record(1, sample::rental, "2025-12-31", Cell::of(0));
  CHECK(person.ask(sample::rental, Measure::months_between) == value(0, {1}));
  person.record(2, sample::rental, "2026-02-28", Cell::of(0));
  CHECK(person.ask(sample::rental, Measure::months_between) == value(2, {1, 2}));
  person.as_of.date = day("2026-03-27");
  CHECK(person.ask(sample::rental, Measure::months_since) == value(0, {2}));
}

TEST_CASE(
    "features: a record counts no more once it is corrected, and only the last correction counts") {
  Person person;
  person.record(1, sample::bill, "2026-01-01", Cell::of(10));
  person.record(2, sample::bill, "2026-01-01", Cell::of(20)).corrects = 1;
  person.record(3, sample::bill, "2026-01-01", Cell::of(30)).corrects = 2;
  CHECK(person.ask(sample::bill, Measure::sum, 0) == value(30, {3}));
  person.as_of.known = 3;
  CHECK(person.ask(sample::bill, Measure::sum, 0) == value(20, {2}));
  person.as_of.known = 2;
  CHECK(person.ask(sample::bill, Measure::sum, 0) == value(10, {1}));
  CHECK(person.why(2) == Excluded::unknown_yet);
}

TEST_CASE(
    "features: a correction to a later day takes the old record away before the new one counts") {
  Person person;
  person.record(1, sample::bill, "2026-01-01", Cell::of(10));
  person.record(2, sample::bill, "2026-07-01", Cell::of(10)).corrects = 1;
  CHECK(person.why(0) == Excluded::replaced);
  CHECK(person.why(1) == Excluded::in_future);
}

TEST_CASE("features: an open dispute freezes its record, and its decision settles it") {
  Person person;
  person.record(1, sample::bill, "2026-01-01", Cell::of(10));
  Dispute& dispute = person.dispute(5, 1);
  CHECK(person.why(0) == Excluded::frozen);
  person.as_of.known = 5;
  CHECK_FALSE(person.why(0));
  person.decide(dispute, 7, DisputeOutcome::deleted);
  person.as_of.known = 7;
  CHECK(person.why(0) == Excluded::frozen);
  person.as_of.known = 8;
  CHECK(person.why(0) == Excluded::deleted);
  dispute.decided->outcome = DisputeOutcome::kept;
  CHECK_FALSE(person.why(0));
}

TEST_CASE("features: a record found wrong does not count even before its correction arrives") {
  Person person;
  person.record(1, sample::bill, "2026-01-01", Cell::of(10));
  person.decide(person.dispute(5, 1), 7, DisputeOutcome::corrected);
  CHECK(person.why(0) == Excluded::replaced);
}

TEST_CASE("features: a dispute without a freeze leaves its record counting") {
  Person person;
  person.record(1, sample::bill, "2026-01-01", Cell::of(10));
  person.dispute(5, 1).frozen = false;
  CHECK_FALSE(person.why(0));
}

TEST_CASE("features: one settled dispute does not lift the freeze of another") {
  Person person;
  person.record(1, sample::bill, "2026-01-01", Cell::of(10));
  person.decide(person.dispute(5, 1), 6, DisputeOutcome::kept);
  person.dispute(7, 1);
  CHECK(person.why(0) == Excluded::frozen);
}

TEST_CASE(
    "features: a withdrawn consent takes its source's records away, once the withdrawal is known") {
  Person person;
  person.record(1, sample::bill, "2026-01-01", Cell::of(10));
  person.record(2, sample::rental, "2026-01-01", Cell::of(0));
  person.dossier.consents.withdraw("bank", 950, Instant{day("2026-06-10")});
  CHECK(person.why(0) == Excluded::no_consent);
  CHECK_FALSE(person.why(1));
  person.as_of.known = 950;
  CHECK_FALSE(person.why(0));
}

TEST_CASE("features: a record of 24 months' retention counts until the day before they are over") {
  Person person;
  person.record(1, sample::bill, "2024-06-30");
  person.as_of.date = day("2026-06-29");
  CHECK_FALSE(person.why(0));
  person.as_of.date = day("2026-06-30");
  CHECK(person.why(0) == Excluded::past_retention);
}

TEST_CASE(
    "features: a question about an earlier day counts nothing that is past its retention now") {
  Person person;
  person.record(1, sample::bill, "2024-06-30");
  person.as_of.date = day("2026-06-01");
  person.as_of.asked = Instant{day("2026-06-29")};
  CHECK_FALSE(person.why(0));
  person.as_of.asked = Instant{day("2026-06-30")};
  CHECK(person.why(0) == Excluded::past_retention);
}

TEST_CASE("features: a retention that starts at recording ignores the event's own day") {
  Person person;
  person.record(1, sample::rental, "2023-01-01").recorded = Instant{day("2025-06-20")};
  CHECK_FALSE(person.why(0));
  person.as_of.date = day("2026-06-23");
  CHECK(person.why(0) == Excluded::past_retention);
}

TEST_CASE("features: reasons not to count come in one order") {
  Person person;
  person.record(1, sample::bill, "2020-01-01");
  person.dispute(5, 1);
  person.decide(person.dispute(6, 1), 7, DisputeOutcome::deleted);
  person.dossier.consents.withdraw("", 950, Instant{day("2026-06-10")});
  person.record(2, sample::bill, "2026-01-01").corrects = 1;
  CHECK(person.why(0) == Excluded::replaced);
  person.dossier.events.pop_back();
  CHECK(person.why(0) == Excluded::deleted);
  person.dossier.disputes.pop_back();
  CHECK(person.why(0) == Excluded::frozen);
  person.dossier.disputes.clear();
  CHECK(person.why(0) == Excluded::no_consent);
}

TEST_CASE("features: the number of usable facts and the oldest are told beside the answers") {
  Person person;
  person.record(1, sample::rental, "2026-02-01");
  person.record(2, sample::bill, "2026-01-01");
  person.record(3, sample::bill, "2027-01-01");
  Features features = derive(person.programme, person.dossier, person.as_of);
  CHECK(features.usable_facts == 2);
  CHECK(features.oldest == day("2026-01-01"));
  CHECK_FALSE(derive(person.programme, Dossier{}, person.as_of).oldest);
}

TEST_CASE("features: usable events come by type, then day, then index") {
  Person person;
  person.record(3, sample::rental, "2026-01-01");
  person.record(9, sample::bill, "2026-03-01");
  person.record(7, sample::bill, "2026-03-01");
  person.record(8, sample::bill, "2026-02-01");
  Indexes order;
  for (const EventFact* event : usable_events(person.programme, person.dossier, person.as_of)) {
    order.push_back(event->index);
  }
  CHECK(order == Indexes{8, 7, 9, 3});
}

}  // namespace credence
