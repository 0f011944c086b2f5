#include <credence/consent/consent.h>
#include <credence/store/sqlite.h>
#include <credence/store/store_fixture.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>

using namespace credence;

namespace {

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

// An event that rests on a consent.
Draft draft_of(const Store& store, Event event) {
  Consents consents;
  Grant grant;
  grant.index = 1;
  grant.purpose = deposit_free()->purpose;
  grant.source = "bank";
  grant.recipient = kOperator;
  grant.granted = store.now();
  grant.expires = day_of(store.now()) + std::chrono::days{300};
  consents.add(grant);
  auto judged = admit(std::move(event), deposit_free(), &consents, store.now());
  const Admitted* admitted = std::get_if<Admitted>(&judged);
  REQUIRE(admitted);
  return Draft::event(*admitted, *deposit_free());
}

// A bill; `key` is what makes it the same bill again.
Draft bill(const Store& store, const std::string& name, const std::string& key, int amount,
           std::optional<Date> at = {}) {
  Event event;
  event.subject = name;
  event.type = deposit_free()->find_event("bill");
  event.at = at.value_or(day_of(store.now()));
  event.fields[0] = Cell::of(amount);
  event.fields[1] = Cell::of(day_number(event.at));
  event.key = key;
  return draft_of(store, std::move(event));
}

Draft income(const Store& store, const std::string& name, const std::string& key) {
  Event event;
  event.subject = name;
  event.type = deposit_free()->find_event("income");
  event.at = day_of(store.now());
  event.fields[0] = Cell::of(5);
  event.fields[1] = Cell::of(1);
  event.key = key;
  return draft_of(store, std::move(event));
}

std::vector<Appended> must_append(Store& store, std::vector<Draft> drafts) {
  Result<std::vector<Appended>> done = store.append(std::move(drafts));
  if (!done) MESSAGE(to_text(done.error()));
  REQUIRE(done);
  return *done;
}

}  // namespace

TEST_CASE("idempotency: the same event again records nothing and answers with the first index") {
  Folder folder;
  TestClock clock;
  auto store = create(folder, clock);
  add(*store, enrol(*store, "ada"));
  add(*store, enrol(*store, "bob"));
  auto first = must_append(*store, {bill(*store, "ada", "b1", 100), bill(*store, "ada", "b2", 200),
                                    bill(*store, "ada", "b1", 100)});
  CHECK(first[0].index == 2);
  CHECK(first[1].index == 3);
  CHECK(first[2].index == 2);
  CHECK_FALSE(first[0].duplicate);
  CHECK(first[2].duplicate);
  store.reset();
  store = reopen(folder, clock);
  auto again = must_append(*store, {bill(*store, "ada", "b2", 200), bill(*store, "bob", "b2", 200),
                                    bill(*store, "ada", "", 1), bill(*store, "ada", "", 1)});
  CHECK(again[0].index == 3);
  CHECK(again[0].duplicate);
  CHECK_FALSE(again[1].duplicate);  // another person's key is another key
  CHECK_FALSE(again[2].duplicate);
  CHECK(again[3].duplicate);  // without a key the content names it
  CHECK_FALSE(again[3].conflict);
  CHECK(store->size() == 6);
  CHECK(verified(folder).sound());
}

TEST_CASE("idempotency: the same key of another type of event is another record") {
  Folder folder;
  TestClock clock;
  auto store = create(folder, clock);
  add(*store, enrol(*store, "ada"));
  auto done = must_append(*store, {bill(*store, "ada", "k1", 100), income(*store, "ada", "k1")});
  CHECK_FALSE(done[1].duplicate);
  CHECK(store->size() == 3);
  CHECK(verified(folder).sound());
}

TEST_CASE("idempotency: a changed record under the same key is a conflict, and is not recorded") {
  Folder folder;
  TestClock clock;
  auto store = create(folder, clock);
  add(*store, enrol(*store, "ada"));
  auto done = must_append(*store, {bill(*store, "ada", "b1", 100), bill(*store, "ada", "b1", 101)});
  CHECK(done[1].duplicate);
  CHECK(done[1].conflict);
  CHECK(done[1].index == done[0].index);
  // Recorded later and under another consent, it is the same record still.
  *clock.seconds += 86'400;
  store.reset();
  store = reopen(folder, clock);
  Draft same = bill(*store, "ada", "b1", 100, day_of(Instant{std::chrono::seconds{1'700'000'000}}));
  done = must_append(*store, {same, bill(*store, "ada", "b1", 99)});
  CHECK(done[0].duplicate);
  CHECK_FALSE(done[0].conflict);
  CHECK(done[1].conflict);
  CHECK(store->size() == 2);
  // What is erased contradicts nobody.
  const std::uint64_t indexes[] = {1};
  REQUIRE(store->erase_facts("ada", indexes, "retention"));
  done = must_append(*store, {bill(*store, "ada", "b1", 7)});
  CHECK(done[0].duplicate);
  CHECK_FALSE(done[0].conflict);
  CHECK(verified(folder).sound());
}

TEST_CASE("verify: idempotency keys that were taken away, swapped or put in are found") {
  struct Deed {
    std::string sql, where;
  };
  const Deed deeds[] = {
      {"UPDATE payload SET key = NULL", "payload 2, key"},
      {"UPDATE payload SET key = NULL WHERE seq = 4", "payload 4, key"},  // an erased one's
      {"CREATE TABLE k(a, b); INSERT INTO k SELECT (SELECT key FROM payload WHERE seq = 2),"
       " (SELECT key FROM payload WHERE seq = 3); UPDATE payload SET key = NULL WHERE seq IN (2,3);"
       "UPDATE payload SET key = (SELECT b FROM k) WHERE seq = 2;"
       "UPDATE payload SET key = (SELECT a FROM k) WHERE seq = 3; DROP TABLE k",
       "payload 2, key"},
      {"UPDATE payload SET key = NULL WHERE seq = 3; UPDATE payload SET key = (SELECT key FROM"
       " payload WHERE seq = 2), subject = 3 WHERE seq = 3",
       "payload 3"},
      {"UPDATE payload SET key = zeroblob(24) WHERE seq = 0", "payload 0, key"},
  };
  for (const Deed& deed : deeds) {
    Folder folder;
    TestClock clock;
    auto store = create(folder, clock);
    add(*store, enrol(*store, "ada"));
    add(*store, enrol(*store, "bob"));
    must_append(*store, {bill(*store, "ada", "b1", 1), bill(*store, "ada", "b2", 2),
                         bill(*store, "ada", "b3", 3)});
    const std::uint64_t indexes[] = {4};
    REQUIRE(store->erase_facts("ada", indexes, "retention"));
    REQUIRE(store->publish());
    store.reset();
    REQUIRE(verified(folder).sound());
    Result<Database> database = Database::open(folder.path + "/r/credence.db", "", Access::write);
    REQUIRE(database);
    REQUIRE(database->execute(deed.sql.c_str()));
    VerifyReport report = verify_quietly(folder);
    CHECK_MESSAGE(std::any_of(report.faults.begin(), report.faults.end(),
                              [&](const auto& f) { return f.where.starts_with(deed.where); }),
                  deed.sql);
  }
}

TEST_CASE("idempotency: a fact that was erased does not come back with a replayed file") {
  Folder folder;
  TestClock clock;
  auto store = create(folder, clock);
  add(*store, enrol(*store, "ada"));
  std::uint64_t gone = must_append(*store, {bill(*store, "ada", "b1", 100)})[0].index;
  const std::uint64_t indexes[] = {gone};
  REQUIRE(store->erase_facts("ada", indexes, "retention"));
  auto again = must_append(*store, {bill(*store, "ada", "b1", 100)});
  CHECK(again[0].duplicate);
  CHECK(again[0].index == gone);
  CHECK_FALSE(store->fact(gone)->payload);
  REQUIRE(store->erase("ada", "request", "x"));
  CHECK(code_of(store->append({bill(*store, "ada", "b1", 100)})) == "store.erased");
  CHECK(verified(folder).sound());
}

TEST_CASE("idempotency: keys and payloads of events never stand in the file in clear") {
  Folder folder;
  TestClock clock;
  auto store = create(folder, clock);
  add(*store, enrol(*store, "ada-lovelace"));
  must_append(*store, {bill(*store, "ada-lovelace", "CANARY-KEY-91", 987654)});
  REQUIRE(store->publish());
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file{entry.path(), std::ios::binary};
    std::string bytes{std::istreambuf_iterator<char>{file}, {}};
    for (std::string_view canary : {"CANARY-KEY-91", "ada-lovelace", "9876.54"}) {
      CHECK_MESSAGE(bytes.find(canary) == std::string::npos, entry.path() << " holds " << canary);
    }
  }
}
