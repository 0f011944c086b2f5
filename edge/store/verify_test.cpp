#include <credence/store/store_fixture.h>
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <random>

using namespace credence;

namespace {

// A second tool that works behind the record's back: without its guards, and leaving them in place
// after.
class Tamperer {
 public:
  explicit Tamperer(const std::string& directory) {
    REQUIRE(sqlite3_open((directory + "/credence.db").c_str(), &database_) == SQLITE_OK);
    std::vector<std::string> names;
    read("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'", [&](sqlite3_stmt* row) {
      names.emplace_back(text(row, 0));
      guards_.emplace_back(text(row, 1));
    });
    for (const std::string& name : names) run("DROP TRIGGER " + name);
    run("PRAGMA ignore_check_constraints=ON");
  }
  ~Tamperer() {
    for (const std::string& guard : guards_) run(guard);
    sqlite3_close(database_);
  }
  Tamperer(const Tamperer&) = delete;
  Tamperer& operator=(const Tamperer&) = delete;

  void run(const std::string& sql) {
    char* message = nullptr;
    int code = sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, &message);
    if (code != SQLITE_OK) MESSAGE(sql << ": " << message);
    REQUIRE(code == SQLITE_OK);
    REQUIRE((sql.starts_with("UPDATE") || sql.starts_with("DELETE") ? sqlite3_changes(database_) > 0
                                                                    : true));
  }

  // Flips one bit of a blob or a text; says which.
  void flip(const std::string& table, const std::string& column, const std::string& row,
            std::mt19937& random) {
    Bytes value;
    bool is_text = false;
    read("SELECT " + column + " FROM " + table + " WHERE " + row, [&](sqlite3_stmt* found) {
      is_text = sqlite3_column_type(found, 0) == SQLITE_TEXT;
      auto* bytes = static_cast<const Byte*>(sqlite3_column_blob(found, 0));
      value.assign(bytes, bytes + sqlite3_column_bytes(found, 0));
    });
    REQUIRE_FALSE(value.empty());
    // The high bit of a text would make it no text; the other seven do as well.
    value[random() % value.size()] ^= static_cast<Byte>(1u << random() % (is_text ? 7 : 8));
    std::string literal = "x'" + to_hex(value) + "'";
    if (is_text) literal = "CAST(" + literal + " AS TEXT)";
    run("UPDATE " + table + " SET " + column + " = " + literal + " WHERE " + row);
  }

 private:
  static std::string text(sqlite3_stmt* row, int column) {
    return reinterpret_cast<const char*>(sqlite3_column_text(row, column));
  }
  void read(const std::string& sql, const std::function<void(sqlite3_stmt*)>& visit) {
    sqlite3_stmt* statement = nullptr;
    REQUIRE(sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW) visit(statement);
    sqlite3_finalize(statement);
  }
  sqlite3* database_ = nullptr;
  std::vector<std::string> guards_;
};

// A record with everything in it: tiles, checkpoints, idempotency keys, erasures of both kinds.
struct Sample {
  Sample() {
    TestClock clock;
    auto store = create(folder, clock);
    for (int person = 0; person < 12; ++person) add(*store, enrol(*store, name(person)));
    std::vector<Draft> drafts;
    for (int i = 0; i < 600; ++i) drafts.push_back(note(*store, name(i % 12), std::to_string(i)));
    REQUIRE(store->append(std::move(drafts)));
    REQUIRE(store->publish());
    REQUIRE(store->erase(name(5), "request", "x"));
    const std::uint64_t single[] = {13};
    REQUIRE(store->erase_facts(name(1), single, "x"));
    add(*store, note(*store, name(2), "last"));
    REQUIRE(store->publish());
    directory = folder.path + "/r";
  }
  static std::string name(int person) { return "person-" + std::to_string(person); }

  Folder folder;
  std::string directory;
};

// What verify says after the deed, which is then undone by putting the file back.
class Workshop {
 public:
  Workshop() {
    std::filesystem::copy_file(file(), sample_.folder.path + "/good.db");
    REQUIRE(verify_quietly(sample_.folder).sound());
  }
  VerifyReport after(const std::function<void(Tamperer&)>& deed) {
    {
      Tamperer tamperer{sample_.directory};
      deed(tamperer);
    }
    VerifyReport report = verify_quietly(sample_.folder);
    for (std::string end : {"-wal", "-shm"}) std::filesystem::remove(file() + end);
    std::filesystem::copy_file(sample_.folder.path + "/good.db", file(),
                               std::filesystem::copy_options::overwrite_existing);
    return report;
  }
  const std::string& directory() const { return sample_.directory; }
  const Folder& folder() const { return sample_.folder; }

 private:
  std::string file() const { return sample_.directory + "/credence.db"; }
  Sample sample_;
};

bool says(const VerifyReport& report, std::string_view where) {
  return std::any_of(report.faults.begin(), report.faults.end(),
                     [&](const auto& fault) { return fault.where.starts_with(where); });
}

}  // namespace

TEST_CASE("verify: an untouched record is sound, also after the tools have looked at it") {
  Workshop workshop;
  VerifyReport report = workshop.after([](Tamperer&) {});
  for (const VerifyReport::Fault& fault : report.faults) MESSAGE(fault.where << ": " << fault.what);
  CHECK(report.sound());
  CHECK(report.leaves == 615);
  CHECK(report.tombstones == 52);
  CHECK(report.payloads == 563);
  CHECK(report.checkpoints == 2);
  CHECK(report.tiles == 2);
}

TEST_CASE("verify: one flipped bit of any stored value is found and its place is named") {
  Workshop workshop;
  std::mt19937 random{7};
  struct Place {
    std::string table, column, row, where;
  };
  const Place places[] = {
      {"log_entry", "entry", "seq = 77", "log_entry 77"},
      {"log_entry", "entry", "seq = 614", "log_entry 614"},
      {"log_tile", "hashes", "level = 0 AND idx = 1", "log_tile 0/1, hashes"},
      {"checkpoint", "root", "id = 1", "checkpoint 1, root"},
      {"checkpoint", "note", "id = 2", "checkpoint 2, note"},
      {"payload", "record", "seq = 100", "payload 100, record"},
      {"subject", "keys", "id = 4", "subject 4"},
      {"subject", "pseudonym", "id = 4", "subject 4, pseudonym"},
      {"subject", "counter", "id = 4", "subject 4, counter"},
      {"subject", "epoch", "id = 4", "subject 4"},
      {"subject", "pseudonym", "id = 7", "subject 7, pseudonym"},
      {"erasure", "list", "seq = 612", "erasure"},
      {"erasure", "salt", "seq = 613", "erasure 613"},
      {"erasure", "pseudonym", "seq = 612", "erasure 612"},
  };
  for (const Place& place : places) {
    for (int round = 0; round < 6; ++round) {
      VerifyReport report = workshop.after(
          [&](Tamperer& tool) { tool.flip(place.table, place.column, place.row, random); });
      // A changed entry shows at the entry, or at what hangs on it.
      bool found =
          says(report, place.where) || (place.table == "log_entry" && !report.sound() &&
                                        (says(report, "payload " + place.row.substr(6)) ||
                                         says(report, "checkpoint") || says(report, "log_tile")));
      std::string said;
      for (const auto& fault : report.faults) said += fault.where + ": " + fault.what + "\n";
      CHECK_MESSAGE(found, place.table << "." << place.column << " gave " << said);
    }
  }
}

TEST_CASE("verify: rows that are missing, moved, changed or put in are found") {
  Workshop workshop;
  struct Deed {
    std::string sql, where;
  };
  const std::string copy_tile = "INSERT INTO log_tile SELECT 0, 9, hashes FROM log_tile LIMIT 1";
  const Deed deeds[] = {
      {"DELETE FROM log_entry WHERE seq = 50", "log_entry 50, seq"},
      {"DELETE FROM log_entry WHERE seq = 614", "head note"},
      {"DELETE FROM log_tile WHERE level = 0 AND idx = 0", "log_tile 0/0"},
      {"DELETE FROM payload WHERE seq = 50", "payload 50, seq"},
      {"DELETE FROM checkpoint WHERE id = 1", "checkpoint 2, id"},
      {"DELETE FROM subject WHERE id = 4", "payload"},
      {"DELETE FROM subject WHERE id = 1", "subject 1"},
      {"DELETE FROM erasure WHERE seq = 612", "erasure 612"},
      {copy_tile, "log_tile 0/9"},
      {"INSERT INTO payload SELECT 9999, subject, NULL, record FROM payload WHERE seq = 20",
       "payload 9999, seq"},
      {"UPDATE payload SET subject = 3 WHERE seq = 100", "payload 100, record"},
      {"UPDATE payload SET record = zeroblob(length(record)) WHERE seq = 100",
       "payload 100, record"},
      {"UPDATE payload SET record = (SELECT record FROM payload WHERE seq = 112) WHERE seq = 100",
       "payload 100, record"},
      {"UPDATE payload SET record = randomblob(length(record)) WHERE seq = 13",
       "payload 13, record"},
      {"UPDATE payload SET key = randomblob(24) WHERE seq = 100", "payload 100, key"},
      {"UPDATE checkpoint SET size = 611 WHERE id = 1", "checkpoint 1, size"},
      {"UPDATE subject SET counter = x'0000000000000001' WHERE id = 5", "subject 5, counter"},
      {"UPDATE erasure SET subject = 3 WHERE seq = 612", "erasure 612"},
      {"UPDATE erasure SET scope = 2 WHERE seq = 612", "erasure 612"},
      {"CREATE TABLE extra(x)", "schema table extra"},
  };
  for (const Deed& deed : deeds) {
    VerifyReport report = workshop.after([&](Tamperer& tool) { tool.run(deed.sql); });
    std::string said;
    for (const auto& fault : report.faults) said += fault.where + ": " + fault.what + "\n";
    CHECK_MESSAGE(says(report, deed.where), deed.sql << " gave " << said);
  }
}

TEST_CASE("verify: missing guards and a damaged head are found") {
  Workshop workshop;
  CHECK(says(workshop.after([](Tamperer& tool) { tool.run("DROP INDEX erasure_pseudonym"); }),
             "schema index erasure_pseudonym"));
  std::filesystem::resize_file(workshop.directory() + "/head", 40);
  CHECK(says(verify_quietly(workshop.folder()), "head note"));
  std::filesystem::remove(workshop.directory() + "/head");
  CHECK(says(verify_quietly(workshop.folder()), "head file"));
}

TEST_CASE("verify: the guards of the tables refuse what the log must not lose") {
  Sample sample;
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open((sample.directory + "/credence.db").c_str(), &database) == SQLITE_OK);
  for (const char* sql :
       {"DELETE FROM log_entry WHERE seq = 1",
        "UPDATE log_entry SET entry = zeroblob(81) WHERE seq = 1", "DELETE FROM log_tile",
        "UPDATE log_tile SET level = 4", "DELETE FROM checkpoint", "UPDATE checkpoint SET size = 1",
        "DELETE FROM erasure", "UPDATE erasure SET subject = 1", "DELETE FROM subject WHERE id = 2",
        "DELETE FROM payload WHERE seq = 1"}) {
    CHECK_MESSAGE(
        (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) & 0xff) == SQLITE_CONSTRAINT, sql);
  }
  sqlite3_close(database);
  CHECK(verified(sample.folder).sound());
}
