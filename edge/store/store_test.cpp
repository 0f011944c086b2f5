#include <credence/ledger/tile.h>
#include <credence/store/store.h>
#include <credence/store/store_fixture.h>
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

using namespace credence;

TEST_CASE("record: a fact that was appended is read back, opened, by index and by person") {
  Folder folder;
  TestClock clock;
  auto store = create(folder, clock);
  CHECK(add(*store, enrol(*store, "ada")) == 0);
  CHECK(add(*store, note(*store, "ada", "first")) == 1);
  CHECK(add(*store, note(*store, "", "the operator's", FactKind::programme_published)) == 2);
  CHECK(store->size() == 3);
  Result<std::vector<Fact>> facts = store->facts_of("ada");
  REQUIRE(facts);
  REQUIRE(facts->size() == 2);
  CHECK((*facts)[1].index == 1);
  CHECK((*facts)[1].kind == FactKind::notice_written);
  CHECK(*(*facts)[1].payload.find("text")->string() == "first");
  Result<StoredFact> stored = store->fact(1);
  REQUIRE(stored);
  CHECK(stored->subject == "ada");
  CHECK(stored->payload->find("first") != std::string::npos);
  CHECK(store->fact(2)->subject.empty());
  CHECK(store->fact(3).error().code == "store.index");
  const FactKind kinds[] = {FactKind::subject_enrolled};
  CHECK(store->facts_of("ada", kinds)->size() == 1);
  CHECK(store->facts_of("nobody")->empty());
  CHECK(verified(folder).sound());
}

TEST_CASE("record: facts, checkpoints and counters outlive the process") {
  Folder folder;
  TestClock clock;
  std::string published;
  {
    auto store = create(folder, clock);
    add(*store, enrol(*store, "ada"));
    for (int i = 0; i < 700; ++i) add(*store, note(*store, "ada", std::to_string(i)));
    published = *store->publish();
  }
  auto store = reopen(folder, clock);
  CHECK(store->size() == 701);
  CHECK(**store->latest_checkpoint() == published);
  CHECK(*store->publish() == published);
  CHECK(store->checkpoints()->size() == 1);
  CHECK(add(*store, note(*store, "ada", "after")) == 701);
  CHECK(store->facts_of("ada")->size() == 702);
  CHECK(store->last_recorded() == clock.clock()());
  VerifyReport report = verified(folder);
  CHECK(report.sound());
  CHECK(report.leaves == 702);
  CHECK(report.payloads == 702);
  CHECK(report.tiles == 2);
  CHECK(report.checkpoints == 1);
}

TEST_CASE("record: the same events in one batch and in many give the same tree shape and tiles") {
  Folder folder;
  TestClock clock;
  auto store = create(folder, clock);
  std::vector<Draft> drafts{enrol(*store, "ada")};
  for (int i = 0; i < 999; ++i) drafts.push_back(note(*store, "ada", std::to_string(i)));
  REQUIRE(store->append(drafts));
  Result<std::string> published = store->publish();
  REQUIRE(published);
  VerifierKey key = store->verifier();
  Result<Checkpoint> checkpoint = open_checkpoint(*published, {&key, 1});
  REQUIRE(checkpoint);
  CHECK(checkpoint->size == 1000);
  Frontier frontier;
  REQUIRE(store->each_entry(0, 1000, [&](std::uint64_t, ByteView entry) {
    frontier.append(leaf_hash(entry));
    return true;
  }));
  CHECK(frontier.root() == checkpoint->root);
  TileReader tiles = [&](int level, std::uint64_t index, std::uint64_t width) {
    return store->tile(level, index, width);
  };
  Result<Hash> root = root_of(1000, nodes_from_tiles(1000, tiles));
  REQUIRE(root);
  CHECK(*root == checkpoint->root);
  root = root_of(777, nodes_from_tiles(777, tiles));
  REQUIRE(root);
  CHECK(store->tile(0, 3, 232)->size() == 232 * 32);
  CHECK(store->tile(0, 3, 233).error().code == "store.index");
  CHECK(store->tile(1, 0, 3)->size() == 3 * 32);
  CHECK_FALSE(store->tile(1, 1, 1));
  CHECK_FALSE(store->tile(-1, 0, 1));
  CHECK_FALSE(store->tile(0, 0, 257));
}

TEST_CASE("append: a person who is not enrolled is refused, and the whole call with them") {
  Folder folder;
  TestClock clock;
  auto store = create(folder, clock);
  CHECK(code_of(store->append({note(*store, "ada", "x")})) == "store.enrol");
  CHECK(code_of(store->append({enrol(*store, "ada"), note(*store, "bob", "x")})) == "store.enrol");
  CHECK(store->size() == 0);
  CHECK_FALSE(*store->is_enrolled("ada"));
  CHECK(store->append({enrol(*store, "ada"), note(*store, "ada", "x")}));
  CHECK(*store->is_enrolled("ada"));
  CHECK_FALSE(*store->is_enrolled(""));
}

TEST_CASE("append: recording time never goes back, whatever the clock says") {
  Folder folder;
  TestClock clock;
  auto store = create(folder, clock);
  add(*store, enrol(*store, "ada"));
  Draft late = note(*store, "ada", "late");
  *clock.seconds += 10;
  add(*store, note(*store, "ada", "newer"));
  CHECK(code_of(store->append({late})) == "store.time");
  *clock.seconds -= 100;
  CHECK(store->now() == store->last_recorded());
  add(*store, note(*store, "ada", "with the record's time"));
}

TEST_CASE("append: references to facts that do not exist are refused") {
  Folder folder;
  TestClock clock;
  auto store = create(folder, clock);
  Draft draft = Draft::statement(FactKind::programme_published, "", {}, store->now(), {7});
  CHECK(code_of(store->append({draft})) == "store.ref");
  CHECK(store->append({})->empty());
}

TEST_CASE("append: many threads get indexes that are dense, each its own") {
  Folder folder;
  TestClock clock;
  auto store = create(folder, clock);
  add(*store, enrol(*store, "ada"));
  constexpr int kThreads = 8, kEach = 60;
  std::vector<std::atomic<int>> seen(kThreads * kEach + 1);
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        auto done = store->append({note(*store, "ada", std::to_string(t * kEach + i))});
        if (done) ++seen[done->front().index];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t i = 1; i < seen.size(); ++i) CHECK(seen[i] == 1);
  CHECK(verified(folder).sound());
}

TEST_CASE("folder: one process writes, and others may read beside it") {
  Folder folder;
  TestClock clock;
  auto store = create(folder, clock);
  add(*store, enrol(*store, "ada"));
  CHECK(Store::open(folder.path + "/r", clock.clock(), {}).error().code == "store.locked");
  auto reader = must(Store::open_for_reading(folder.path + "/r", {}));
  CHECK(reader->size() == 1);
  add(*store, note(*store, "ada", "x"));
  CHECK(reader->size() == 2);
  CHECK(reader->facts_of("ada")->size() == 2);
  CHECK(reader->tile(0, 0, 2)->size() == 64);
  CHECK(code_of(reader->append({enrol(*store, "bob")})) == "store.read_only");
  CHECK(reader->publish().error().code == "store.read_only");
}

TEST_CASE("folder: nothing there, something there already, and a bad origin are told apart") {
  Folder folder;
  TestClock clock;
  CHECK(Store::open(folder.path + "/none", clock.clock(), {}).error().code == "store.missing");
  CHECK(Store::open_for_reading(folder.path, {}).error().code == "store.missing");
  for (std::string origin : {"", "two words", "a+b", "line\nbreak"}) {
    CHECK(Store::create(folder.path + "/r", origin, clock.clock(), {}).error().code ==
          "store.origin");
  }
  create(folder, clock).reset();
  CHECK(Store::create(folder.path + "/r", kTestOrigin, clock.clock(), {}).error().code ==
        "store.exists");
  std::ofstream(folder.path + "/r/credence.db") << std::string(5000, 'x');
  CHECK(Store::open(folder.path + "/r", clock.clock(), {}).error().code == "store.corrupt");
}

TEST_CASE("folder: keys, head and database can be read by their owner alone") {
  Folder folder;
  TestClock clock;
  auto store = create(folder, clock);
  for (std::string name : {"credence.db", "credence.db-wal", "head", "keys/index.key",
                           "keys/signing.key", "keys/epoch-1.key"}) {
    struct stat status;
    REQUIRE(::stat((folder.path + "/r/" + name).c_str(), &status) == 0);
    CHECK_MESSAGE((status.st_mode & 0777) == 0600, name);
  }
  struct stat status;
  REQUIRE(::stat((folder.path + "/r/keys").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0700);
}

TEST_CASE("folder: keys of another record are refused") {
  Folder one, two;
  TestClock clock;
  create(one, clock).reset();
  create(two, clock).reset();
  std::filesystem::copy(
      two.path + "/r/keys", one.path + "/r/keys",
      std::filesystem::copy_options::overwrite_existing | std::filesystem::copy_options::recursive);
  CHECK(Store::open(one.path + "/r", clock.clock(), {}).error().code == "store.keys");
}

TEST_CASE(
    "evidence: nonce and payload give the commitment of the leaf; the tag key gives its tag") {
  Folder folder;
  TestClock clock;
  auto store = create(folder, clock);
  add(*store, enrol(*store, "ada"));
  Result<Store::Evidence> evidence = store->evidence(0);
  REQUIRE(evidence);
  Result<Leaf> leaf = decode_leaf(evidence->entry);
  REQUIRE(leaf);
  CHECK(payload_commitment(evidence->nonce, evidence->payload) == leaf->commitment);
  CHECK(subject_tag(*store->subject_key("ada"), 1) == leaf->subject_tag);
  CHECK(store->subject_key("bob").error().code == "store.enrol");
  CHECK(store->pairwise("bank", "ada").size() == 32);
  CHECK(store->pairwise("bank", "ada") != store->pairwise("shop", "ada"));
}

TEST_CASE("append: more drafts than may wait are told so, and nothing is lost or doubled") {
  Folder folder;
  TestClock clock;
  Store::Options options;
  options.queue_limit = 2;
  options.batch_limit = 1;
  auto store = must(Store::create(folder.path + "/r", kTestOrigin, clock.clock(), options));
  add(*store, enrol(*store, "ada"));
  std::atomic<std::uint64_t> recorded = 1, refused = 0, other = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 16; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) {
        std::string code = code_of(store->append({note(*store, "ada", "x")}));
        ++(code.empty() ? recorded : code == "store.busy" ? refused : other);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(other == 0);
  CHECK(refused > 0);
  CHECK(store->size() == recorded);
  CHECK(verified(folder).sound());
}

TEST_CASE("folder: a creation that was cut short is no record, and can be begun again") {
  Folder folder;
  TestClock clock;
  const std::string directory = folder.path + "/r";
  create(folder, clock).reset();
  std::filesystem::remove(directory + "/head");
  std::filesystem::resize_file(directory + "/credence.db", 0);
  std::filesystem::remove(directory + "/credence.db-wal");
  CHECK(Store::open(directory, clock.clock(), {}).error().code == "store.missing");
  auto store = create(folder, clock);
  add(*store, enrol(*store, "ada"));
  CHECK(verified(folder).sound());
}
