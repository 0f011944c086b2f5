#include <credence/ledger/dossier.h>
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

using namespace credence;

namespace {

const Instant kNow = *parse_instant("2026-11-21T10:00:00Z");

const LawfulProgramme& deposit_free() {
  static const LawfulProgramme programme = [] {
    std::ifstream file{CREDENCE_PROGRAMMES "/deposit-free/programme.toml"};
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    ParsedProgramme parsed = parse_programme(text, "programme.toml");
    REQUIRE(parsed.programme);
    Admission admission = admit(*std::move(parsed.programme), Charter::builtin());
    REQUIRE(admission.lawful);
    return *admission.lawful;
  }();
  return programme;
}

Event some_bill() {
  Event event;
  event.subject = "ada";
  event.type = deposit_free()->find_event("bill");
  event.at = *parse_date("2026-10-31");
  event.fields[0] = Cell::of(1250);
  event.fields[1] = Cell::of(day_number(*parse_date("2026-10-20")));
  event.key = "b1";
  return event;
}

// The draft of an event that rests on the consent recorded as fact 2.
Draft draft_of(Event event) {
  Consents consents;
  consents.add(Grant{2,
                     deposit_free()->purpose,
                     "bank",
                     std::string{kOperator},
                     *parse_instant("2026-01-01T08:00:00Z"),
                     *parse_date("2028-01-01"),
                     {},
                     {}});
  auto judged = admit(std::move(event), deposit_free(), &consents, kNow);
  const Admitted* admitted = std::get_if<Admitted>(&judged);
  REQUIRE(admitted);
  return Draft::event(*admitted, *deposit_free());
}

}  // namespace

TEST_CASE("draft: an event carries its consent, its recording time and its key") {
  Draft draft = draft_of(some_bill());
  CHECK(draft.kind() == FactKind::event_recorded);
  CHECK(draft.subject() == "ada");
  CHECK(draft.key() == "bank/bill/b1");
  CHECK(draft.recorded() == kNow);
  CHECK(draft.refs().empty());
  CHECK(draft.payload() ==
        R"({"at":"2026-10-31","event":"bill","fields":{"amount":"12.50 EUR","due":"2026-10-20"},)"
        R"("grant":2,"key":"b1","recorded":"2026-11-21T10:00:00Z","source":"bank"})");
}

TEST_CASE("draft: the same key of another source or another type of event is another record") {
  auto key = [](const char* text) {
    return idempotency_key(FactKind::event_recorded, *parse_json(text));
  };
  std::string bill = key(R"({"event":"bill","key":"k1","source":"bank"})");
  CHECK(bill == "bank/bill/k1");
  CHECK(key(R"({"event":"rental","key":"k1","source":"bank"})") != bill);
  CHECK(key(R"({"event":"bill","key":"k1","source":"registry"})") != bill);
  CHECK(key(R"({"event":"bill","key":"rental/k1","source":"bank"})") !=
        key(R"({"event":"rental","key":"k1","source":"bank"})"));
  CHECK(key(R"({"event":"bill","key":"","source":"bank"})").empty());
  CHECK(key(R"({"event":"bill","key":7,"source":"bank"})").empty());
  CHECK(key(R"({"event":"bill","key":"k1"})").empty());
  CHECK(idempotency_key(FactKind::notice_written,
                        *parse_json(R"({"event":"bill","key":"k1","source":"bank"})"))
            .empty());
}

TEST_CASE("draft: an event without a key is named by its content") {
  Event event = some_bill();
  event.key.clear();
  Draft draft = draft_of(event);
  CHECK(draft.key().starts_with("bank/bill/sha256:"));
  CHECK(draft.key() == draft_of(event).key());
  event.fields[0] = Cell::of(1251);
  CHECK(draft.key() != draft_of(event).key());
}

TEST_CASE("fact: two payloads say the same when they differ in recording time and consent alone") {
  Json one = *parse_json(R"({"fields":{"paid":"2026-01-01"},"grant":2,"recorded":"a"})");
  CHECK(say_the_same(one, *parse_json(R"({"fields":{"paid":"2026-01-01"},"grant":9})")));
  CHECK_FALSE(say_the_same(one, *parse_json(R"({"fields":{},"grant":2,"recorded":"a"})")));
  CHECK_FALSE(say_the_same(one, *parse_json(R"({"fields":{"paid":"2026-01-02"}})")));
}

TEST_CASE("draft: an event that corrects another is a correction") {
  Event event = some_bill();
  event.corrects = 7;
  Draft draft = draft_of(event);
  CHECK(draft.kind() == FactKind::correction_made);
  CHECK(parse_json(draft.payload())->find("corrects")->integer()[0] == 7);
}

TEST_CASE("draft: what was drafted is read back as the same event") {
  Event event = some_bill();
  for (int i = 0; i < 2; ++i) {
    Draft draft = draft_of(event);
    std::vector<Fact> facts = {{11, draft.kind(), *parse_json(draft.payload())}};
    auto dossier = read_dossier("ada", facts, deposit_free());
    REQUIRE(dossier);
    REQUIRE(dossier->events.size() == 1);
    const EventFact& read = dossier->events[0];
    CHECK(read.index == 11);
    CHECK(read.recorded == kNow);
    CHECK(read.at == event.at);
    CHECK(read.type == event.type);
    CHECK(read.fields == event.fields);
    CHECK(read.corrects == event.corrects);
    event.corrects = 4;
  }
}

TEST_CASE("fact: each of the sixteen kinds has its own name") {
  std::set<std::string_view> names;
  for (int kind = 1; kind <= 16; ++kind) names.insert(name_of(static_cast<FactKind>(kind)));
  CHECK(names.size() == 16);
  CHECK(name_of(FactKind::event_recorded) == "event recorded");
}

TEST_CASE("draft: a statement is canonical and carries its recording time") {
  Draft draft = Draft::statement(FactKind::consent_withdrawn, "p1", {{"source", ""}}, kNow, {3, 8});
  CHECK(draft.kind() == FactKind::consent_withdrawn);
  CHECK(draft.subject() == "p1");
  CHECK(draft.payload() == R"({"recorded":"2026-11-21T10:00:00Z","source":""})");
  CHECK(draft.recorded() == kNow);
  CHECK(draft.key().empty());
  CHECK(draft.refs() == std::vector<std::uint64_t>{3, 8});
}

TEST_CASE("draft: an enrolment carries the person's name") {
  Draft draft = Draft::statement(FactKind::subject_enrolled, "p1", {}, kNow);
  CHECK(draft.payload() == R"({"name":"p1","recorded":"2026-11-21T10:00:00Z"})");
}

TEST_CASE("draft: a recording time within the payload is replaced by the true one") {
  Json::Object payload{{"recorded", "2000-01-01T00:00:00Z"}};
  Draft draft = Draft::statement(FactKind::model_stop, "", payload, kNow);
  CHECK(draft.payload() == R"({"recorded":"2026-11-21T10:00:00Z"})");
}
