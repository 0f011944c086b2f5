#include <credence/consent/consent.h>
#include <credence/store/store_fixture.h>
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

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

// A bill that rests on a consent; `key` is what makes it the same bill again.
Draft bill(const Store& store, const std::string& name, const std::string& key, int amount) {
  Event event;
  event.subject = name;
  event.type = deposit_free()->find_event("bill");
  event.at = day_of(store.now());
  event.fields[0] = Cell::of(amount);
  event.fields[1] = Cell::of(day_number(event.at));
  event.key = key;
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
  CHECK_FALSE(again[2].duplicate);  // no key, no idempotency
  CHECK_FALSE(again[3].duplicate);
  CHECK(store->size() == 7);
  CHECK(verified(folder).sound());
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
