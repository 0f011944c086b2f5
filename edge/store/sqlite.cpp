#include <credence/store/sqlite.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <utility>

namespace credence {

namespace {

constexpr int kWaitMilliseconds = 5000;

Error error_of(sqlite3* handle, int code, std::string_view doing) {
  return sqlite_error(code, doing, handle != nullptr ? sqlite3_errmsg(handle) : "");
}

Result<Done> configure(sqlite3* handle) {
  int set = 0;
  // A second checkpointer, or a checkpoint while another connection writes, is what the WAL-reset
  // bug needs.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, &set);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, &set);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, &set);
  sqlite3_busy_timeout(handle, kWaitMilliseconds);
  int code = sqlite3_wal_autocheckpoint(handle, 0);
  if (code != SQLITE_OK) return error_of(handle, code, "configure");
  return Done{};
}

}  // namespace

Error sqlite_error(int code, std::string_view doing, std::string_view detail) {
  auto message = [&](std::string_view what) {
    return fmt::format("credence.db: {}: {} ({})", doing, what, detail);
  };
  switch (code & 0xff) {
    case SQLITE_FULL:
      return {
          "store.full", message("the disk is full"), {}, "make room, then open the record again"};
    case SQLITE_NOMEM:
      return {"store.memory", message("out of memory"), {}, ""};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {"store.corrupt",
              message("the file is damaged"),
              {},
              "keep the file as it is and restore a backup"};
    default:
      return {"store.io", message("SQLite failed"), {}, ""};
  }
}

SqlRows::~SqlRows() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

SqlRows& SqlRows::bind(int at, std::uint64_t number) {
  note(sqlite3_bind_int64(statement_, at, static_cast<sqlite3_int64>(number)));
  return *this;
}

SqlRows& SqlRows::bind(int at, ByteView bytes) {
  // A null pointer would bind NULL, and an empty view may have one.
  static constexpr Byte kNothing = 0;
  const Byte* data = bytes.empty() ? &kNothing : bytes.data();
  note(sqlite3_bind_blob64(statement_, at, data, bytes.size(), SQLITE_STATIC));
  return *this;
}

SqlRows& SqlRows::bind_text(int at, std::string_view text) {
  note(sqlite3_bind_text64(statement_, at, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}

Result<bool> SqlRows::next() {
  sqlite3* handle = sqlite3_db_handle(statement_);
  if (failed_ != 0) return error_of(handle, failed_, "bind");
  int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return error_of(handle, sqlite3_extended_errcode(handle), sqlite3_sql(statement_));
}

Result<Done> SqlRows::finish() {
  Result<bool> row = next();
  if (!row) return row.error();
  expects(!*row, "SqlRows::finish: the statement has no rows");
  return Done{};
}

std::uint64_t SqlRows::number(int column) const {
  return static_cast<std::uint64_t>(sqlite3_column_int64(statement_, column));
}

ByteView SqlRows::bytes(int column) const {
  const void* data = sqlite3_column_blob(statement_, column);
  auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return data == nullptr ? ByteView{} : ByteView{static_cast<const Byte*>(data), size};
}

std::string_view SqlRows::text(int column) const {
  return as_text(bytes(column));
}

bool SqlRows::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

PreparedQuery::~PreparedQuery() {
  sqlite3_finalize(statement_);
}

Database::~Database() {
  sqlite3_close_v2(handle_);
}

Result<Database> Database::open(const std::string& path, const std::string& vfs, Access access) {
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (access == Access::read) flags |= SQLITE_OPEN_READONLY;
  if (access != Access::read) flags |= SQLITE_OPEN_READWRITE;
  if (access == Access::create) flags |= SQLITE_OPEN_CREATE;
  Database database;
  int code =
      sqlite3_open_v2(path.c_str(), &database.handle_, flags, vfs.empty() ? nullptr : vfs.c_str());
  if (code != SQLITE_OK) return error_of(database.handle_, code, "open");
  Result<Done> configured = configure(database.handle_);
  if (!configured) return configured.error();
  return database;
}

Result<Done> Database::execute(const char* sql) {
  int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return error_of(handle_, code, sql);
  return Done{};
}

Result<PreparedQuery> Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return error_of(handle_, code, sql);
  return PreparedQuery{statement};
}

Result<std::uint64_t> Database::number(std::string_view sql) {
  Result<PreparedQuery> query = prepare(sql);
  if (!query) return query.error();
  SqlRows rows{query->handle()};
  Result<bool> row = rows.next();
  if (!row) return row.error();
  return *row ? rows.number(0) : std::uint64_t{0};
}

Result<bool> Database::truncate_wal() {
  int code =
      sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if ((code & 0xff) == SQLITE_BUSY) return false;
  if (code != SQLITE_OK) return error_of(handle_, code, "truncate the write-ahead log");
  return true;
}

Result<Done> Database::copy_wal() {
  int code =
      sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY) {
    return error_of(handle_, code, "copy the write-ahead log");
  }
  return Done{};
}

Result<Done> Database::copy_to(const std::string& file) const {
  Result<Database> target = open(file, "", Access::create);
  if (!target) return target.error();
  sqlite3_backup* copy = sqlite3_backup_init(target->handle_, "main", handle_, "main");
  if (copy == nullptr) return error_of(target->handle_, SQLITE_ERROR, "backup");
  // All pages in one step are one snapshot; the write-ahead log lets the writer go on meanwhile.
  int stepped = sqlite3_backup_step(copy, -1);
  int finished = sqlite3_backup_finish(copy);
  if (stepped != SQLITE_DONE) return error_of(target->handle_, stepped, "backup");
  if (finished != SQLITE_OK) return error_of(target->handle_, finished, "backup");
  return Done{};
}

std::uint64_t Database::changes() const {
  return static_cast<std::uint64_t>(sqlite3_changes64(handle_));
}

}  // namespace credence
