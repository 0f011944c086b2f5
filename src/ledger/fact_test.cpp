#include <credence/ledger/fact.h>
#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace credence;

namespace {

const Instant kNow = *parse_instant("2026-11-21T10:00:00Z");

}  // namespace

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
