#include <credence/decision/example_testing.h>
#include <credence/redress/redress.h>
#include <doctest/doctest.h>

using namespace credence;
using namespace credence::testing;

namespace {

FreezeEffect harmless() {
  return {.before = Score{500, 500, {}}, .after = Score{520, 520, {}}};
}
FreezeEffect harmful() {
  return {.before = Score{500, 500, {}}, .after = Score{480, 480, {}}};
}

template <class T>
std::string code_of(const Result<T>& result) {
  return result ? "" : result.error().code;
}

struct Case {
  LedgerInMemory book{example_programme()};
  std::uint64_t bill = 0, dispute = 0;

  Case() {
    book.enrol("2026-01-01");
    bill = book.bill("2026-03-15", "2026-04-30", "2026-05-01");
  }
  Contest contest() const {
    return {.record = bill, .because = "I paid in time", .when = noon("2026-05-10")};
  }
  void open() {
    auto opened = open_dispute(book.dossier(), contest(), harmless());
    REQUIRE(opened);
    dispute = book.record(*opened);
  }
  Resolution resolution(DisputeOutcome outcome) const {
    return {.dispute = dispute,
            .outcome = outcome,
            .by = "R. Haddad",
            .because = "checked",
            .when = noon("2026-05-20")};
  }
  Resolution correction(std::map<std::string, std::string> fields) const {
    Resolution wanted = resolution(DisputeOutcome::corrected);
    wanted.fields = std::move(fields);
    return wanted;
  }
  std::string resolve_code(const Resolution& wanted) const {
    return code_of(resolve(book.programme(), book.dossier(), wanted, &book.fact(bill)));
  }
};

}  // namespace

TEST_CASE("redress: a dispute freezes its record at once") {
  Case c;
  c.open();
  REQUIRE(c.book.dossier().disputes.size() == 1);
  CHECK(c.book.dossier().disputes[0].frozen);
  CHECK(why_excluded(c.book.programme(), c.book.dossier(), c.book.dossier().events[0],
                     c.book.as_of("2026-05-11")) == Excluded::frozen);
}

TEST_CASE("redress: a freeze that would lower the score waits for the person's word") {
  Case c;
  Contest contest = c.contest();
  CHECK(code_of(open_dispute(c.book.dossier(), contest, harmful())) == "redress.ask_first");
  contest.choice = FreezeChoice::keep_counting;
  auto kept = open_dispute(c.book.dossier(), contest, harmful());
  REQUIRE(kept);
  CHECK(kept->payload().find("\"frozen\":false") != std::string::npos);
  contest.choice = FreezeChoice::freeze;
  CHECK(open_dispute(c.book.dossier(), contest, harmful())->payload().find("\"frozen\":true") !=
        std::string::npos);
}

TEST_CASE("redress: losing the score altogether counts as lower") {
  FreezeEffect effect{.before = Score{500, 500, {}}, .after = NotEnoughData{}};
  CHECK(effect.lowers());
  effect.before = NotEnoughData{};
  CHECK(!effect.lowers());
  CHECK(!harmless().lowers());
}

TEST_CASE("redress: what cannot be disputed says why") {
  Case c;
  Contest contest = c.contest();
  contest.record = 999;
  CHECK(code_of(open_dispute(c.book.dossier(), contest, harmless())) == "redress.record");
  contest = c.contest();
  contest.because = "  ";
  CHECK(code_of(open_dispute(c.book.dossier(), contest, harmless())) == "redress.because");
  contest.because = std::string(2001, 'x');
  CHECK(code_of(open_dispute(c.book.dossier(), contest, harmless())) == "redress.because");
  contest.because = "\xc3";
  CHECK(code_of(open_dispute(c.book.dossier(), contest, harmless())) == "redress.because");
  c.open();
  CHECK(code_of(open_dispute(c.book.dossier(), c.contest(), harmless())) == "redress.open");
}

TEST_CASE("redress: a dispute is settled by a named person who is not concerned, in writing") {
  Case c;
  c.open();
  Resolution wanted = c.resolution(DisputeOutcome::kept);
  CHECK(c.resolve_code(wanted) == "");
  wanted.by = "";
  CHECK(c.resolve_code(wanted) == "redress.by");
  wanted.by = c.book.subject();
  CHECK(c.resolve_code(wanted) == "redress.by");
  wanted.by = std::string{kSilence};
  CHECK(c.resolve_code(wanted) == "redress.by");
  wanted = c.resolution(DisputeOutcome::kept);
  wanted.because = "";
  CHECK(c.resolve_code(wanted) == "redress.because");
  wanted = c.resolution(DisputeOutcome::kept);
  wanted.dispute = 999;
  CHECK(c.resolve_code(wanted) == "redress.dispute");
  wanted = c.resolution(DisputeOutcome::kept);
  wanted.fields = {{"paid", "2026-03-15"}};
  CHECK(c.resolve_code(wanted) == "redress.outcome");
  CHECK(c.resolve_code(c.resolution(DisputeOutcome::corrected)) == "redress.outcome");
}

TEST_CASE("redress: whoever decided first does not settle the appeal (four eyes)") {
  Case c;
  c.open();
  auto kept = resolve(c.book.programme(), c.book.dossier(), c.resolution(DisputeOutcome::kept),
                      &c.book.fact(c.bill));
  REQUIRE(kept);
  c.book.record(kept->decided);
  CHECK(c.resolve_code(c.resolution(DisputeOutcome::kept)) == "redress.dispute");
  c.open();
  CHECK(c.resolve_code(c.resolution(DisputeOutcome::kept)) == "redress.by");
  Resolution second = c.resolution(DisputeOutcome::kept);
  second.by = "S. Nguyen";
  CHECK(c.resolve_code(second) == "");
}

TEST_CASE("redress: four eyes see through another way of writing the same name") {
  Case c;
  c.open();
  auto kept = resolve(c.book.programme(), c.book.dossier(), c.resolution(DisputeOutcome::kept),
                      &c.book.fact(c.bill));
  REQUIRE(kept);
  c.book.record(kept->decided);
  c.open();
  Resolution wanted = c.resolution(DisputeOutcome::kept);
  for (const char* same : {"r. haddad ", "R Haddad", "R.HADDAD", "Haddad, R.", "r. h\u00e2ddad",
                           "R.\u00a0Haddad", "ada example", "Ada  Example.", "\u00c1da EXAMPLE"}) {
    CAPTURE(same);
    wanted.by = same;
    CHECK(c.resolve_code(wanted) == "redress.by");
  }
  for (const char* other : {"R. Haddat", "S. Nguyen", "\u674e\u5a1c"}) {
    CAPTURE(other);
    wanted.by = other;
    CHECK(c.resolve_code(wanted) == "");
  }
}

TEST_CASE("redress: a machine or an office settles no dispute") {
  Case c;
  c.open();
  Resolution wanted = c.resolution(DisputeOutcome::kept);
  for (const char* nobody :
       {"programme", "The Programme", "SYSTEM", "le syst\u00e8me", "the  clock", "l'horloge",
        "operator", "machine.", "12345", "...", "- _"}) {
    CAPTURE(nobody);
    wanted.by = nobody;
    CHECK(c.resolve_code(wanted) == "redress.by");
  }
}

TEST_CASE("redress: what was not verified in time cannot be kept, only put right or deleted") {
  Case c;
  c.open();
  Resolution kept = c.resolution(DisputeOutcome::kept);
  kept.when = noon("2026-06-09");
  CHECK(c.resolve_code(kept) == "");
  kept.when = noon("2026-06-10");
  CHECK(c.resolve_code(kept) == "redress.late");
  Resolution deleted = kept;
  deleted.outcome = DisputeOutcome::deleted;
  CHECK(c.resolve_code(deleted) == "");
  Resolution corrected = c.correction({{"paid", "2026-03-14"}});
  corrected.when = noon("2026-06-10");
  CHECK(c.resolve_code(corrected) == "");
}

TEST_CASE("redress: a correction whose key is taken would be lost, so it is refused") {
  Case c;
  c.open();
  auto event =
      correct(c.book.programme(), c.book.dossier(), c.correction({{"paid", "2026-03-14"}}));
  REQUIRE(event);
  CHECK(!refuse_key(c.book.facts(), event->key));
  std::uint64_t taken = c.book.record(*event, noon("2026-05-20"));
  auto refused = refuse_key(c.book.facts(), event->key);
  REQUIRE(refused);
  CHECK(refused->code == "redress.key");
  CHECK(refused->message.find(std::to_string(taken)) != std::string::npos);
}

TEST_CASE("redress: a correction whose key was deleted would be lost, so it is refused") {
  Case c;
  c.open();
  const std::string key = *c.book.fact(c.bill).payload.find("key")->string();
  auto deleted = resolve(c.book.programme(), c.book.dossier(),
                         c.resolution(DisputeOutcome::deleted), &c.book.fact(c.bill));
  REQUIRE(deleted);
  c.book.record(deleted->decided);
  c.book.erase(c.bill);
  auto refused = refuse_key(c.book.facts(), key);
  REQUIRE(refused);
  CHECK(refused->code == "redress.key");
}

TEST_CASE("redress: a correction is an event that names what it replaces") {
  Case c;
  c.open();
  auto event =
      correct(c.book.programme(), c.book.dossier(), c.correction({{"paid", "2026-03-14"}}));
  REQUIRE(event);
  CHECK(event->corrects == c.bill);
  CHECK(event->at == day("2026-03-15"));
  std::uint64_t corrected = c.book.record(*event, noon("2026-05-20"));
  CHECK(c.book.fact(corrected).kind == FactKind::correction_made);
  auto removed = correct(c.book.programme(), c.book.dossier(), c.correction({{"paid", ""}}));
  REQUIRE(removed);
  CHECK(removed->fields[2].is_missing());
}

TEST_CASE("redress: a correction that cannot be read, or changes nothing, is refused") {
  Case c;
  c.open();
  auto code = [&](std::map<std::string, std::string> fields) {
    return code_of(correct(c.book.programme(), c.book.dossier(), c.correction(std::move(fields))));
  };
  CHECK(code({{"payed", "2026-03-14"}}) == "redress.fields");
  CHECK(code({{"paid", "14 March"}}) == "redress.fields");
  CHECK(code({{"amount", ""}}) == "redress.fields");
  CHECK(code({{"amount", "40.00 USD"}}) == "redress.fields");
  CHECK(code({{"paid", "2026-04-30"}}) == "redress.fields");
  Resolution future = c.correction({});
  future.at = day("2027-01-01");
  CHECK(code_of(correct(c.book.programme(), c.book.dossier(), future)) == "redress.fields");
}

TEST_CASE("redress: silence deletes the record on the day after the last") {
  Case c;
  c.open();
  const Dossier open = c.book.dossier();
  CHECK(due_date(c.book.programme(), open.disputes[0]) == day("2026-06-09"));
  CHECK(overdue(c.book.programme(), open, day("2026-06-09")).empty());
  REQUIRE(overdue(c.book.programme(), open, day("2026-06-10")).size() == 1);
  c.book.record(delete_on_silence(c.book.programme(), open, open.disputes[0], noon("2026-06-10"),
                                  &c.book.fact(c.bill)));
  Dossier after = c.book.dossier();
  CHECK(after.disputes[0].decided->outcome == DisputeOutcome::deleted);
  CHECK(overdue(c.book.programme(), after, day("2026-07-10")).empty());
  CHECK(why_excluded(c.book.programme(), after, after.events[0], c.book.as_of("2026-06-11")) ==
        Excluded::deleted);
}

TEST_CASE("redress: a rule pack shortens the clock and never lengthens it") {
  auto days = [](std::string_view packs, std::string_view limit) {
    return dispute_days(example_programme([&](std::string text) {
      text = replaced(std::move(text), "jurisdiction = [\"eu\"]",
                      "jurisdiction = " + std::string{packs});
      return replaced(std::move(text), "dispute_days = 30", "dispute_days = " + std::string{limit});
    }));
  };
  CHECK(days("[\"eu\"]", "25") == 25);
  CHECK(days("[\"eu\", \"us\"]", "30") == 30);
  CHECK(days("[\"eu\"]", "30") == 30);
}

TEST_CASE("redress: what a dispute deleted does not come back under the same key") {
  Case c;
  c.open();
  auto deleted = resolve(c.book.programme(), c.book.dossier(),
                         c.resolution(DisputeOutcome::deleted), &c.book.fact(c.bill));
  REQUIRE(deleted);
  c.book.record(deleted->decided);
  const std::string key = *c.book.fact(c.bill).payload.find("key")->string();
  c.book.erase(c.bill);
  auto blocked = deleted_keys(c.book.facts());
  CHECK(is_reinsertion(blocked, key));
  CHECK(!is_reinsertion(blocked, key + "x"));
  CHECK(deleted_keys({}).empty());
}

TEST_CASE("redress: what a dispute deleted does not come back under another key") {
  Case c;
  c.open();
  auto deleted = resolve(c.book.programme(), c.book.dossier(),
                         c.resolution(DisputeOutcome::deleted), &c.book.fact(c.bill));
  REQUIRE(deleted);
  const EventFact stored = c.book.dossier().events.at(0);
  Event again{.subject = c.book.subject(),
              .type = stored.type,
              .at = stored.at,
              .fields = stored.fields,
              .key = *c.book.fact(c.bill).payload.find("key")->string(),
              .corrects = {}};
  c.book.record(deleted->decided);
  c.book.erase(c.bill);
  auto blocked = deleted_keys(c.book.facts());
  CHECK(is_reinsertion(blocked, again, *c.book.programme()));
  again.key = "bank-2026-77";
  CHECK(!is_reinsertion(blocked, again.key));
  CHECK(is_reinsertion(blocked, again, *c.book.programme()));
  CHECK(!is_reinsertion({}, again, *c.book.programme()));
  again.at = day("2026-03-16");
  CHECK(!is_reinsertion(blocked, again, *c.book.programme()));
}

TEST_CASE("redress: who made a correction may not settle the contest of it") {
  Case c;
  c.open();
  auto corrected = resolve(c.book.programme(), c.book.dossier(),
                           c.correction({{"paid", "2026-04-10"}}), &c.book.fact(c.bill));
  REQUIRE(corrected);
  std::uint64_t correction = c.book.record(*corrected->correction, noon("2026-05-20"));
  c.book.record(corrected->decided);
  c.bill = correction;
  c.open();
  Resolution again = c.resolution(DisputeOutcome::deleted);
  CHECK(c.resolve_code(again) == "redress.by");
  again.by = "S. Nguyen";
  CHECK(c.resolve_code(again) == "");
}
