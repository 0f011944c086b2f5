#include <credence/ledger/proof.h>
#include <credence/ledger/tile.h>
#include <credence/store/sqlite.h>
#include <credence/store/store_fixture.h>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

using namespace credence;

namespace {

const std::string kCanary = "CANARY-payload-7f3a91";
const std::string kCanaryName = "CANARY-name-c2";

Bytes slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return Bytes(std::istreambuf_iterator<char>(file), {});
}

bool holds(const Bytes& haystack, ByteView needle) {
  return std::search(haystack.begin(), haystack.end(), needle.begin(), needle.end()) !=
         haystack.end();
}

// Which files of the record hold the bytes.
std::vector<std::string> found_in(const std::string& directory, ByteView needle) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (entry.is_regular_file() && holds(slurp(entry.path()), needle)) {
      files.push_back(entry.path().filename());
    }
  }
  return files;
}

// Every blob that the query gives: what must be gone afterwards.
std::vector<Bytes> blobs(const std::string& directory, const std::string& sql) {
  Result<Database> database = Database::open(directory + "/credence.db", "", Access::read);
  REQUIRE(database);
  Result<PreparedQuery> query = database->prepare(sql);
  REQUIRE(query);
  SqlRows rows{query->handle()};
  std::vector<Bytes> all;
  while (*rows.next()) all.emplace_back(rows.bytes(0).begin(), rows.bytes(0).end());
  return all;
}

struct Secrets {
  std::vector<Bytes> wrapped, records;
};

// The person under the canary's name among many others, spread over pages.
Secrets fill(Store& store, const std::string& directory) {
  std::vector<Draft> drafts;
  for (int person = 0; person < 60; ++person) {
    std::string name = person == 30 ? kCanaryName : "person-" + std::to_string(person);
    drafts.push_back(enrol(store, name));
  }
  for (int i = 0; i < 600; ++i) {
    std::string name = i % 20 == 0 ? kCanaryName : "person-" + std::to_string(i % 29);
    drafts.push_back(note(store, name, kCanary + std::to_string(i) + std::string(300, 'x')));
  }
  REQUIRE(store.append(std::move(drafts)));
  // Row 32: the operator is the first.
  return {blobs(directory, "SELECT keys FROM subject WHERE id = 32"),
          blobs(directory, "SELECT record FROM payload WHERE subject = 32")};
}

std::size_t remnants(const std::string& directory, const Secrets& secrets) {
  std::size_t count = found_in(directory, as_bytes(kCanaryName)).size();
  count += found_in(directory, as_bytes(kCanary)).size();
  for (const Bytes& bytes : secrets.wrapped) count += found_in(directory, bytes).size();
  for (const Bytes& bytes : secrets.records) count += found_in(directory, bytes).size();
  return count;
}

}  // namespace

TEST_CASE("erase: neither name, payload, keys nor records stay readable in any file") {
  Folder folder;
  TestClock clock;
  const std::string directory = folder.path + "/r";
  auto store = create(folder, clock);
  Secrets secrets = fill(*store, directory);
  REQUIRE(secrets.wrapped.size() == 1);
  REQUIRE(secrets.records.size() == 31);
  CHECK(remnants(directory, secrets) > 0);  // or the scan sees nothing
  CHECK(found_in(directory, as_bytes(kCanary)).empty());
  Result<Store::Erased> erased = store->erase(kCanaryName, "request", "art-17");
  REQUIRE(erased);
  CHECK(erased->facts == 31);
  CHECK(remnants(directory, secrets) == 0);
  CHECK(store->facts_of(kCanaryName)->empty());
  CHECK_FALSE(store->fact(30)->payload);
  CHECK(store->evidence(30).error().code == "store.erased");
  CHECK(*store->was_erased(kCanaryName));
  CHECK_FALSE(*store->is_enrolled(kCanaryName));
  CHECK(verified(folder).sound());
  CHECK(verified(folder).tombstones == 31);
}

TEST_CASE("erase: with secure_delete off and rows deleted, the scan would see what is left") {
  Folder folder;
  TestClock clock;
  const std::string directory = folder.path + "/r";
  Secrets secrets;
  {
    auto store = create(folder, clock);
    secrets = fill(*store, directory);
  }
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open((directory + "/credence.db").c_str(), &database) == SQLITE_OK);
  CHECK(sqlite3_exec(database,
                     "PRAGMA secure_delete=OFF; DROP TRIGGER payload_delete;"
                     "DROP TRIGGER subject_delete; DELETE FROM payload WHERE subject = 32;"
                     "DELETE FROM subject WHERE id = 32; PRAGMA wal_checkpoint(TRUNCATE)",
                     nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(database);
  CHECK(remnants(directory, secrets) > 0);
}

TEST_CASE(
    "erase: a process that is killed before it cleans up leaves nothing after the next opening") {
  Folder folder;
  TestClock clock;
  const std::string directory = folder.path + "/r";
  create(folder, clock).reset();
  pid_t child = ::fork();
  if (child == 0) {
    auto store = must(Store::open(directory, clock.clock(), {}));
    Secrets secrets = fill(*store, directory);
    std::ofstream(folder.path + "/wrapped") << as_text(secrets.wrapped.front());
    // A reader with an old snapshot keeps the truncation from happening.
    Result<Database> reader = Database::open(directory + "/credence.db", "", Access::read);
    if (!reader || !reader->execute("BEGIN; SELECT count(*) FROM payload")) ::_exit(1);
    Result<Store::Erased> erased = store->erase(kCanaryName, "request", "art-17");
    if (erased || erased.error().code != "store.remnants") ::_exit(2);
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  REQUIRE(WIFSIGNALED(status));
  Bytes wrapped = slurp(folder.path + "/wrapped");
  REQUIRE(wrapped.size() > 64);
  CHECK_FALSE(found_in(directory, wrapped).empty());
  auto store = reopen(folder, clock);
  CHECK(found_in(directory, wrapped).empty());
  CHECK(*store->was_erased(kCanaryName));
  CHECK(verified(folder).sound());
}

TEST_CASE("erase: erased people are refused until they are enrolled anew, and then begin afresh") {
  Folder folder;
  TestClock clock;
  auto store = create(folder, clock);
  add(*store, enrol(*store, "ada"));
  add(*store, note(*store, "ada", "old"));
  CHECK(store->erase("bob", "request", "x").error().code == "store.enrol");
  CHECK(store->erase("", "request", "x").error().code == "store.operator");
  REQUIRE(store->erase("ada", "request", "x"));
  CHECK(store->erase("ada", "request", "x").error().code == "store.enrol");
  CHECK(store->append({note(*store, "ada", "again")}).error().code == "store.erased");
  add(*store, enrol(*store, "ada"));
  CHECK_FALSE(*store->was_erased("ada"));
  add(*store, note(*store, "ada", "new"));
  CHECK(store->facts_of("ada")->size() == 2);
  REQUIRE(store->erase("ada", "request", "x"));
  CHECK(*store->was_erased("ada"));
  CHECK(verified(folder).sound());
  store.reset();
  store = reopen(folder, clock);
  CHECK(store->append({note(*store, "ada", "again")}).error().code == "store.erased");
}

TEST_CASE("erase: every proof made before still verifies") {
  Folder folder;
  TestClock clock;
  auto store = create(folder, clock);
  fill(*store, folder.path + "/r");
  std::string published = *store->publish();
  VerifierKey key = store->verifier();
  TileReader tiles = [&](int level, std::uint64_t index, std::uint64_t width) {
    return store->tile(level, index, width);
  };
  auto proof_of = [&](std::uint64_t index) {
    auto path = inclusion_proof(index, 660, nodes_from_tiles(660, tiles));
    REQUIRE(path);
    return ProofFile{{}, index, *path, published};
  };
  std::vector<ProofFile> proofs;
  for (std::uint64_t index : {0ul, 30ul, 60ul, 300ul, 659ul}) proofs.push_back(proof_of(index));
  REQUIRE(store->erase(kCanaryName, "request", "x"));
  for (const ProofFile& proof : proofs) {
    CHECK(verify_proof(proof, store->fact(proof.index)->entry, {&key, 1}));
    CHECK(proof_of(proof.index).path == proof.path);
  }
}

TEST_CASE("erase: single facts go, the others and the idempotency stay") {
  Folder folder;
  TestClock clock;
  auto store = create(folder, clock);
  add(*store, enrol(*store, "ada"));
  add(*store, enrol(*store, "bob"));
  std::uint64_t gone = add(*store, note(*store, "ada", "gone"));
  std::uint64_t kept = add(*store, note(*store, "ada", "kept"));
  const std::uint64_t wanted[] = {gone};
  const std::uint64_t others[] = {gone, 1};
  CHECK(store->erase_facts("ada", others, "x").error().code == "store.index");
  CHECK(store->erase_facts("ada", {}, "x").error().code == "store.index");
  Result<Store::Erased> erased = store->erase_facts("ada", wanted, "retention");
  REQUIRE(erased);
  CHECK(erased->facts == 1);
  CHECK_FALSE(store->fact(gone)->payload);
  CHECK(store->fact(kept)->payload);
  CHECK(store->facts_of("ada")->size() == 2);
  CHECK(*store->is_enrolled("ada"));
  CHECK(store->erase_facts("ada", wanted, "x").error().code == "store.index");
  add(*store, note(*store, "ada", "later"));
  CHECK(verified(folder).sound());
  REQUIRE(store->erase("ada", "request", "x"));
  CHECK(verified(folder).sound());
}

TEST_CASE("erase: a decision and the deletion that it orders are one commit, or neither") {
  Folder folder;
  TestClock clock;
  auto store = create(folder, clock);
  add(*store, enrol(*store, "ada"));
  std::uint64_t wrong = add(*store, note(*store, "ada", "wrong"));
  const std::uint64_t indexes[] = {wrong};
  auto both = [&](std::vector<Draft> drafts, std::string_view subject,
                  std::span<const std::uint64_t> which) {
    return store->append_and_erase_facts(std::move(drafts), subject, which, "dispute-deleted");
  };
  auto decided = [&](const std::string& name) {
    return note(*store, name, "deleted", FactKind::dispute_decided);
  };
  std::uint64_t size = store->size();
  // Whatever refuses one half refuses the other.
  const std::uint64_t unknown[] = {wrong, 99};
  CHECK(both({decided("ada")}, "ada", unknown).error().code == "store.index");
  CHECK(both({decided("ada")}, "ada", {}).error().code == "store.index");
  CHECK(both({decided("bob")}, "ada", indexes).error().code == "store.enrol");
  CHECK(both({decided("ada")}, "bob", indexes).error().code == "store.enrol");
  CHECK(both({decided("ada")}, "", indexes).error().code == "store.operator");
  CHECK(store->size() == size);
  CHECK(store->fact(wrong)->payload);
  Result<Store::Erased> done = both({decided("ada")}, "ada", indexes);
  REQUIRE(done);
  CHECK(done->facts == 1);
  REQUIRE(done->appended.size() == 1);
  CHECK(done->appended.front().index == size);
  CHECK(done->index == size + 1);
  CHECK_FALSE(store->fact(wrong)->payload);
  CHECK(store->fact(size)->payload);
  CHECK(both({decided("ada")}, "ada", indexes).error().code == "store.index");
  const std::uint64_t decision[] = {size};
  CHECK(both({}, "ada", decision));
  CHECK(verified(folder).sound());
  store.reset();
  auto reader = must(Store::open_for_reading(folder.path + "/r", {}));
  CHECK(reader->append_and_erase_facts({}, "ada", indexes, "x").error().code == "store.read_only");
}

TEST_CASE(
    "rotation: facts stay readable, the old epoch's key is gone, and an old copy is unreadable") {
  Folder folder;
  TestClock clock;
  const std::string directory = folder.path + "/r";
  auto store = create(folder, clock);
  Secrets secrets = fill(*store, directory);
  REQUIRE(store->backup(folder.path + "/old.db"));
  REQUIRE(store->erase(kCanaryName, "request", "x"));
  CHECK(*store->rotate_keys() == 2);
  CHECK_FALSE(std::filesystem::exists(directory + "/keys/epoch-1.key"));
  CHECK(store->facts_of("person-3")->size() > 5);
  CHECK(*store->rotate_keys() == 3);
  add(*store, enrol(*store, "new"));
  CHECK(verified(folder).sound());
  store.reset();
  store = reopen(folder, clock);
  CHECK(store->facts_of("person-3")->size() > 5);
  store.reset();
  CHECK(remnants(directory, secrets) == 0);
  // The copy still has the wrapped keys, but nothing opens them any more.
  std::filesystem::remove(directory + "/credence.db-wal");
  std::filesystem::copy_file(folder.path + "/old.db", directory + "/credence.db",
                             std::filesystem::copy_options::overwrite_existing);
  CHECK(Store::open_for_reading(directory, {}).error().code == "store.rollback");
  std::filesystem::rename(directory + "/erasures", folder.path + "/erasures");
  auto reader = must(Store::open_for_reading(directory, {}));
  CHECK(reader->facts_of("person-3").error().code == "store.keys");
  reader.reset();
  std::filesystem::rename(folder.path + "/erasures", directory + "/erasures");
  // The journal of erasures tells that the log was longer, so nobody writes to this copy.
  store = reopen(folder, clock);
  CHECK(store->facts_of("person-3").error().code == "store.keys");
  CHECK(store->append({note(*store, "person-3", "x")}).error().code == "store.rollback");
  CHECK(store->rotate_keys().error().code == "store.rollback");
  CHECK(std::filesystem::exists(directory + "/keys/epoch-3.key"));
}

TEST_CASE("rotation: one that was cut short before its commit is undone, after it ended") {
  Folder folder;
  TestClock clock;
  const std::string keys = folder.path + "/r/keys/";
  auto store = create(folder, clock);
  add(*store, enrol(*store, "ada"));
  store.reset();
  std::filesystem::copy_file(keys + "epoch-1.key", keys + "epoch-2.key");
  store = reopen(folder, clock);
  CHECK_FALSE(std::filesystem::exists(keys + "epoch-2.key"));
  Bytes old = slurp(keys + "epoch-1.key");
  CHECK(*store->rotate_keys() == 2);
  store.reset();
  std::ofstream(keys + "epoch-1.key", std::ios::binary) << std::string{as_text(old)};
  store = reopen(folder, clock);
  CHECK_FALSE(std::filesystem::exists(keys + "epoch-1.key"));
  CHECK(store->facts_of("ada")->size() == 1);
}

TEST_CASE("restore: an older copy is blanked again by the journal, serves reads, and never signs") {
  Folder folder;
  TestClock clock;
  const std::string directory = folder.path + "/r";
  auto store = create(folder, clock);
  add(*store, enrol(*store, "ada"));
  add(*store, enrol(*store, "bob"));
  add(*store, note(*store, "ada", "secret"));
  REQUIRE(store->publish());
  REQUIRE(store->backup(folder.path + "/old.db"));
  REQUIRE(store->erase("ada", "request", "x"));
  add(*store, note(*store, "bob", "tail"));
  REQUIRE(store->publish());
  store.reset();
  std::filesystem::remove(directory + "/credence.db-wal");
  std::filesystem::copy_file(folder.path + "/old.db", directory + "/credence.db",
                             std::filesystem::copy_options::overwrite_existing);
  store = reopen(folder, clock);
  CHECK(store->size() == 3);
  CHECK(store->facts_of("ada")->empty());
  CHECK(store->facts_of("bob")->size() == 1);
  CHECK(*store->was_erased("ada"));
  CHECK(store->append({note(*store, "bob", "x")}).error().code == "store.rollback");
  CHECK(store->publish().error().code == "store.rollback");
  CHECK(store->erase("bob", "x", "y").error().code == "store.rollback");
  CHECK(store->rotate_keys().error().code == "store.rollback");
  VerifyReport report = verify_quietly(folder);
  CHECK(std::any_of(report.faults.begin(), report.faults.end(),
                    [](const auto& fault) { return fault.where == "head note"; }));
}

TEST_CASE("restore: without the guard the log would fork, and consistency shows it") {
  Folder folder;
  TestClock clock;
  const std::string directory = folder.path + "/r";
  Bytes first_head;
  std::string signed_before;
  {
    auto store = create(folder, clock);
    first_head = slurp(directory + "/head");
    add(*store, enrol(*store, "ada"));
    REQUIRE(store->backup(folder.path + "/old.db"));
    add(*store, note(*store, "ada", "one history"));
    signed_before = *store->publish();
  }
  auto put_back = [&] {
    std::filesystem::remove(directory + "/credence.db-wal");
    std::filesystem::copy_file(folder.path + "/old.db", directory + "/credence.db",
                               std::filesystem::copy_options::overwrite_existing);
  };
  put_back();
  std::filesystem::remove(directory + "/head");
  CHECK(reopen(folder, clock)->publish().error().code == "store.rollback");
  std::ofstream(directory + "/head", std::ios::binary) << std::string{as_text(first_head)};
  auto store = reopen(folder, clock);
  add(*store, note(*store, "ada", "another history"));
  std::string forked = *store->publish();
  VerifierKey key = store->verifier();
  Result<Checkpoint> one = open_checkpoint(signed_before, {&key, 1});
  Result<Checkpoint> other = open_checkpoint(forked, {&key, 1});
  REQUIRE(one);
  REQUIRE(other);
  CHECK(one->size == other->size);
  CHECK_FALSE(verify_consistency(one->size, other->size, {}, one->root, other->root));
}
