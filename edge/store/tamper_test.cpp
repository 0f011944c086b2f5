// What somebody with access to the files, and without the keys, may try.
#include <credence/store/sqlite.h>
#include <credence/store/store_fixture.h>
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

using namespace credence;

namespace {

// A second tool on the file, which puts the guards back when it is done.
void tamper(const Folder& folder, const std::string& sql) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open((folder.path + "/r/credence.db").c_str(), &database) == SQLITE_OK);
  char* message = nullptr;
  int code = sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message);
  if (code != SQLITE_OK) MESSAGE(sql << ": " << std::string{message});
  REQUIRE(code == SQLITE_OK);
  sqlite3_close(database);
}

bool says(const VerifyReport& report, std::string_view where) {
  return std::any_of(report.faults.begin(), report.faults.end(),
                     [&](const auto& fault) { return fault.where.starts_with(where); });
}

std::string hex_of(std::uint64_t number) {
  Bytes bytes;
  append_be(bytes, number, 8);
  return to_hex(bytes);
}

const std::string kZeroes(64, '0');

std::string row(std::uint64_t seq, std::uint64_t subject, int scope, std::uint64_t index) {
  return "INSERT INTO erasure VALUES(" + std::to_string(seq) + "," + std::to_string(subject) +
         ",zeroblob(32)," + std::to_string(scope) + ",zeroblob(32),x'" + hex_of(index) + "');";
}

std::string blanked(std::uint64_t index) {
  return "UPDATE payload SET record = zeroblob(length(record)) WHERE seq = " +
         std::to_string(index) + ";";
}

std::string read(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

// Ada and Bob with two facts each, an operator's fact, and an honest erasure of one fact.
struct Sample {
  Sample() {
    auto store = create(folder, clock);
    add(*store, enrol(*store, "ada"));
    add(*store, enrol(*store, "bob"));
    operators = add(*store, note(*store, "", "the programme", FactKind::programme_published));
    adas = add(*store, note(*store, "ada", "one"));
    gone = add(*store, note(*store, "ada", "two"));
    add(*store, note(*store, "bob", "three"));
    const std::uint64_t indexes[] = {gone};
    erasure = store->erase_facts("ada", indexes, "retention")->index;
    ordinary = add(*store, note(*store, "bob", "four"));
    REQUIRE(store->publish());
  }
  std::string lines() const { return folder.path + "/r/erasures"; }

  Folder folder;
  TestClock clock;
  std::uint64_t operators = 0, adas = 0, gone = 0, erasure = 0, ordinary = 0;
};

}  // namespace

TEST_CASE("verify: a journal row that no erasure in the log bears out explains no blank fact") {
  struct Deed {
    std::string what;
    std::function<std::string(const Sample&)> sql;
    std::function<std::uint64_t(const Sample&)> blank;
  };
  const Deed deeds[] = {
      {"its leaf is an ordinary fact",
       [](const Sample& s) { return row(s.ordinary, 2, 2, s.adas) + blanked(s.adas); },
       [](const Sample& s) { return s.adas; }},
      {"its leaf is the operator's, but no erasure",
       [](const Sample& s) { return row(s.operators, 2, 2, s.adas) + blanked(s.adas); },
       [](const Sample& s) { return s.adas; }},
      {"its leaf lies beyond the log",
       [](const Sample& s) { return row(999, 2, 2, s.adas) + blanked(s.adas); },
       [](const Sample& s) { return s.adas; }},
      {"it is of the operator's own facts",
       [](const Sample& s) { return row(s.ordinary, 1, 2, s.operators) + blanked(s.operators); },
       [](const Sample& s) { return s.operators; }},
      {"the honest row was made longer",
       [](const Sample& s) {
         return "DROP TRIGGER erasure_update; UPDATE erasure SET list = x'" + hex_of(s.adas) +
                hex_of(s.gone) + "';" + blanked(s.adas) +
                "CREATE TRIGGER erasure_update BEFORE UPDATE ON erasure\n"
                "  BEGIN SELECT RAISE(ABORT, 'erasure is append-only'); END;";
       },
       [](const Sample& s) { return s.adas; }},
  };
  for (const Deed& deed : deeds) {
    Sample sample;
    REQUIRE(verified(sample.folder).sound());
    tamper(sample.folder, deed.sql(sample));
    VerifyReport report = verify_quietly(sample.folder);
    CHECK_MESSAGE(says(report, "erasure"), deed.what);
    std::string blank = "payload " + std::to_string(deed.blank(sample)) + ", record";
    CHECK_MESSAGE(says(report, blank), deed.what);
  }
}

TEST_CASE("verify: a person who was blanked without an erasure in the log is found") {
  Sample sample;
  Hash pseudonym = sha256({as_bytes("erased-subject-v1"), Bytes{0, 0, 0, 0, 0, 0, 0, 2}});
  tamper(sample.folder,
         row(sample.ordinary, 2, 1, sample.adas) + blanked(sample.adas) + blanked(1) +
             "UPDATE subject SET pseudonym = x'" + to_hex(pseudonym) +
             "', epoch = zeroblob(4), counter = zeroblob(8), keys = zeroblob(length(keys))"
             " WHERE id = 2;");
  VerifyReport report = verify_quietly(sample.folder);
  CHECK(says(report, "subject 2, keys"));
  CHECK(says(report, "payload 1, record"));
}

TEST_CASE("erasures: a line that the record did not write blanks nothing, and is told") {
  for (std::uint64_t seq :
       {std::uint64_t{0}, std::uint64_t{7}, std::uint64_t{8}, std::uint64_t{999}}) {
    for (std::uint64_t subject : {std::uint64_t{1}, std::uint64_t{2}}) {
      Sample sample;
      std::uint64_t index = subject == 1 ? sample.operators : sample.adas;
      // The digest of such a line anybody can make; the code at its end nobody without the keys.
      Bytes numbers;
      append_be(numbers, subject, 8);
      append_be(numbers, 2, 1);
      append_be(numbers, index, 8);
      Hash zeroes = {};
      Hash digest = sha256({as_bytes("erasure-v1"), zeroes, zeroes, numbers});
      std::string line = std::to_string(seq) + " " + std::to_string(subject) + " 2 " + kZeroes +
                         " " + kZeroes + " " + hex_of(index) + " " + to_hex(digest) + "\n";
      std::string honest = read(sample.lines());
      std::ofstream(sample.lines(), std::ios::app | std::ios::binary) << line;
      Result<std::unique_ptr<Store>> opened =
          Store::open(sample.folder.path + "/r", sample.clock.clock(), {});
      CHECK_FALSE(opened);
      if (!opened) CHECK(opened.error().code == "store.erasures");
      if (opened) opened->reset();
      CHECK(says(verify_quietly(sample.folder), "erasures line 2"));
      std::ofstream(sample.lines(), std::ios::binary) << honest;
      auto store = reopen(sample.folder, sample.clock);
      CHECK(store->fact(index)->payload);
      CHECK(verified(sample.folder).sound());
    }
  }
}

TEST_CASE("erasures: the torn end of the file is put right from the table") {
  for (const std::string& torn :
       {std::string{"8 2 2 00"}, "8 2 2 " + std::string(30, '\0') + " 00\n"}) {
    Sample sample;
    std::string honest = read(sample.lines());
    std::ofstream(sample.lines(), std::ios::app | std::ios::binary) << torn;
    CHECK(verified(sample.folder).sound());
    reopen(sample.folder, sample.clock).reset();
    CHECK(read(sample.lines()) == honest);
    std::ofstream(sample.lines(), std::ios::binary) << honest.substr(0, 100);
    reopen(sample.folder, sample.clock).reset();
    CHECK(read(sample.lines()) == honest);
    std::filesystem::remove(sample.lines());
    reopen(sample.folder, sample.clock).reset();
    CHECK(read(sample.lines()) == honest);
  }
}

TEST_CASE("erasures: a row that somebody put into the table gets no line of the record's own") {
  Sample sample;
  std::string honest = read(sample.lines());
  tamper(sample.folder, row(sample.ordinary, 2, 2, sample.adas));
  auto store = reopen(sample.folder, sample.clock);
  CHECK(read(sample.lines()) == honest);
  CHECK(store->fact(sample.adas)->payload);
  CHECK_FALSE(verify_quietly(sample.folder).sound());
}

TEST_CASE("verify: how many facts lie behind the last signed head is told") {
  Sample sample;
  CHECK(verified(sample.folder).unsigned_tail == 0);
  auto store = reopen(sample.folder, sample.clock);
  add(*store, note(*store, "bob", "five"));
  add(*store, note(*store, "bob", "six"));
  CHECK(verified(sample.folder).unsigned_tail == 2);
  REQUIRE(store->publish());
  CHECK(verified(sample.folder).unsigned_tail == 0);
}

TEST_CASE("rotation: a damaged row does not keep the old epoch alive, and harms nobody else") {
  for (const char* column : {"keys", "pseudonym", "epoch", "counter"}) {
    Sample sample;
    const std::string keys = sample.folder.path + "/r/keys/";
    tamper(sample.folder, "UPDATE subject SET " + std::string{column} + " = randomblob(length(" +
                              column + ")) WHERE id = 2");
    auto store = reopen(sample.folder, sample.clock);
    Result<std::uint32_t> rotated = store->rotate_keys();
    bool is_lost = std::string_view{column} != "counter";
    CAPTURE(column);
    CHECK(static_cast<bool>(rotated) != is_lost);
    if (!rotated) {
      CHECK(rotated.error().code == "store.lost");
      CHECK(rotated.error().message.find("1 damaged rows") != std::string::npos);
      CHECK(rotated.error().message.ends_with(": 2"));
    }
    CHECK_FALSE(std::filesystem::exists(keys + "epoch-1.key"));
    add(*store, note(*store, "bob", "later"));
    store.reset();
    store = reopen(sample.folder, sample.clock);
    CHECK(store->facts_of("bob")->size() == 4);
    CHECK(says(verify_quietly(sample.folder), "subject 2"));
    Result<std::uint32_t> again = store->rotate_keys();
    CHECK(static_cast<bool>(again) != is_lost);
    CHECK_FALSE(std::filesystem::exists(keys + "epoch-2.key"));
  }
}

TEST_CASE("rotation: when the operator's row or most rows do not open, nothing is rotated") {
  for (const char* which : {"id = 1", "id > 1"}) {
    Sample sample;
    const std::string keys = sample.folder.path + "/r/keys/";
    auto store = reopen(sample.folder, sample.clock);
    tamper(sample.folder,
           "UPDATE subject SET keys = randomblob(length(keys)) WHERE " + std::string{which});
    CHECK(store->rotate_keys().error().code == "store.keys");
    CHECK(store->rotate_keys().error().code == "store.stopped");
    store.reset();
    CHECK(std::filesystem::exists(keys + "epoch-1.key"));
  }
}
