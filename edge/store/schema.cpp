#include <credence/store/schema.h>

namespace credence {

namespace {

constexpr std::string_view kFormat = "credence-store-1";

// Guards: what is in the log can be neither changed nor taken away, not even by a defect of ours.
constexpr const char* kTables = R"sql(
CREATE TABLE record(
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE log_entry(
  seq INTEGER PRIMARY KEY,
  entry BLOB NOT NULL CHECK(length(entry) BETWEEN 81 AND 1024)
) STRICT;
CREATE TABLE log_tile(
  level INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  hashes BLOB NOT NULL CHECK(length(hashes) = 8192),
  UNIQUE(level, idx)
) STRICT;
CREATE TABLE checkpoint(
  id INTEGER PRIMARY KEY,
  size INTEGER NOT NULL UNIQUE,
  root BLOB NOT NULL CHECK(length(root) = 32),
  note TEXT NOT NULL
) STRICT;
CREATE TABLE erasure(
  seq INTEGER PRIMARY KEY,
  subject INTEGER NOT NULL,
  pseudonym BLOB NOT NULL CHECK(length(pseudonym) = 32),
  scope INTEGER NOT NULL CHECK(scope IN (1, 2)),
  salt BLOB NOT NULL CHECK(length(salt) = 32),
  list BLOB NOT NULL CHECK(length(list) % 8 = 0)
) STRICT;
CREATE INDEX erasure_pseudonym ON erasure(pseudonym);
CREATE TABLE subject(
  id INTEGER PRIMARY KEY,
  pseudonym BLOB NOT NULL UNIQUE CHECK(length(pseudonym) = 32),
  epoch BLOB NOT NULL CHECK(length(epoch) = 4),
  counter BLOB NOT NULL CHECK(length(counter) = 8),
  keys BLOB NOT NULL
) STRICT;
CREATE TABLE payload(
  seq INTEGER PRIMARY KEY,
  subject INTEGER NOT NULL,
  key BLOB CHECK(length(key) = 24),
  record BLOB NOT NULL,
  UNIQUE(subject, key)
) STRICT;
CREATE TRIGGER log_entry_update BEFORE UPDATE ON log_entry
  BEGIN SELECT RAISE(ABORT, 'log_entry is append-only'); END;
CREATE TRIGGER log_entry_delete BEFORE DELETE ON log_entry
  BEGIN SELECT RAISE(ABORT, 'log_entry is append-only'); END;
CREATE TRIGGER log_tile_update BEFORE UPDATE ON log_tile
  BEGIN SELECT RAISE(ABORT, 'log_tile is append-only'); END;
CREATE TRIGGER log_tile_delete BEFORE DELETE ON log_tile
  BEGIN SELECT RAISE(ABORT, 'log_tile is append-only'); END;
CREATE TRIGGER checkpoint_update BEFORE UPDATE ON checkpoint
  BEGIN SELECT RAISE(ABORT, 'checkpoint is append-only'); END;
CREATE TRIGGER checkpoint_delete BEFORE DELETE ON checkpoint
  BEGIN SELECT RAISE(ABORT, 'checkpoint is append-only'); END;
CREATE TRIGGER erasure_update BEFORE UPDATE ON erasure
  BEGIN SELECT RAISE(ABORT, 'erasure is append-only'); END;
CREATE TRIGGER erasure_delete BEFORE DELETE ON erasure
  BEGIN SELECT RAISE(ABORT, 'erasure is append-only'); END;
CREATE TRIGGER subject_delete BEFORE DELETE ON subject
  BEGIN SELECT RAISE(ABORT, 'a subject is blanked, not deleted'); END;
CREATE TRIGGER payload_delete BEFORE DELETE ON payload
  BEGIN SELECT RAISE(ABORT, 'a payload is blanked, not deleted'); END;
)sql";

Result<Done> insert(Database& database, std::string_view name, std::string_view value) {
  Result<PreparedQuery> query = database.prepare("INSERT INTO record VALUES(?1, ?2)");
  if (!query) return query.error();
  return SqlRows{query->handle()}.bind_text(1, name).bind_text(2, value).finish();
}

}  // namespace

Result<Done> create_tables(Database& database, const RecordHeader& header) {
  Result<Done> done = database.execute(kTables);
  if (done) done = insert(database, "format", kFormat);
  if (done) done = insert(database, "origin", header.origin);
  if (done) done = insert(database, "verifier", header.verifier);
  return done;
}

Result<Done> configure_writer(Database& database) {
  return database.execute(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
      "PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY;"
      "PRAGMA recursive_triggers=ON; PRAGMA cache_size=-32768");
}

Result<Done> configure_reader(Database& database) {
  return database.execute(
      "PRAGMA query_only=ON; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY;"
      "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-8192");
}

Result<RecordHeader> read_header(Database& database) {
  Error missing{"store.missing",
                "there is no record in credence.db",
                {},
                "its creation was not finished; create it again"};
  Result<std::uint64_t> tables = database.number(
      "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'record'");
  if (!tables) return tables.error();
  if (*tables == 0) return missing;
  Result<PreparedQuery> query = database.prepare("SELECT name, value FROM record");
  if (!query) return query.error();
  SqlRows rows{query->handle()};
  RecordHeader header;
  std::string format;
  while (true) {
    Result<bool> row = rows.next();
    if (!row) return row.error();
    if (!*row) break;
    if (rows.text(0) == "format") format = rows.text(1);
    if (rows.text(0) == "origin") header.origin = rows.text(1);
    if (rows.text(0) == "verifier") header.verifier = rows.text(1);
  }
  if (format != kFormat) {
    return Error{"store.corrupt",
                 "credence.db has another format than " + std::string{kFormat},
                 {},
                 "open it with the version that made it"};
  }
  return header;
}

}  // namespace credence
