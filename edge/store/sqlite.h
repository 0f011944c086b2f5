#pragma once

#include <credence/base/bytes.h>
#include <credence/base/result.h>

#include <cstdint>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace credence {

// One run of a prepared query. The query is reset when this goes, so no read transaction is left
// open behind. Bound bytes must outlive the run; column bytes hold until the next row.
class SqlRows {
 public:
  explicit SqlRows(sqlite3_stmt* statement) : statement_(statement) {}
  ~SqlRows();
  SqlRows(const SqlRows&) = delete;
  SqlRows& operator=(const SqlRows&) = delete;

  SqlRows& bind(int at, std::uint64_t number);
  SqlRows& bind(int at, ByteView bytes);
  SqlRows& bind_text(int at, std::string_view text);

  Result<bool> next();    // whether there is a row
  Result<Done> finish();  // for statements without rows

  std::uint64_t number(int column) const;
  ByteView bytes(int column) const;
  std::string_view text(int column) const;
  bool is_null(int column) const;

 private:
  void note(int code) {
    if (code != 0 && failed_ == 0) failed_ = code;
  }
  sqlite3_stmt* statement_;
  int failed_ = 0;  // of a bind; reported by next()
};

class PreparedQuery {
 public:
  PreparedQuery() = default;
  explicit PreparedQuery(sqlite3_stmt* statement) : statement_(statement) {}
  ~PreparedQuery();
  PreparedQuery(PreparedQuery&& from) noexcept : statement_(from.statement_) {
    from.statement_ = nullptr;
  }
  PreparedQuery& operator=(PreparedQuery&& from) noexcept {
    std::swap(statement_, from.statement_);
    return *this;
  }
  // The caller names the variable: SqlRows rows{query.handle()}.
  sqlite3_stmt* handle() const { return statement_; }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

enum class Access { read, write, create };

// One connection, for one thread at a time. It never checkpoints by itself, also not when it is
// closed.
class Database {
 public:
  Database() = default;
  ~Database();
  Database(Database&& from) noexcept : handle_(from.handle_) { from.handle_ = nullptr; }
  Database& operator=(Database&& from) noexcept {
    std::swap(handle_, from.handle_);
    return *this;
  }

  // `vfs` empty: the default. Errors: store.io, store.memory, store.corrupt, store.full.
  static Result<Database> open(const std::string& path, const std::string& vfs, Access access);

  Result<Done> execute(const char* sql);
  Result<PreparedQuery> prepare(std::string_view sql);
  Result<std::uint64_t> number(std::string_view sql);  // first column of the first row; 0 when NULL
  Result<bool> truncate_wal();  // false: a reader of an old snapshot holds it up
  Result<Done> copy_wal();      // what can be copied into the file without waiting for anybody
  Result<Done> copy_to(const std::string& file) const;
  std::uint64_t changes() const;

 private:
  sqlite3* handle_ = nullptr;
};

// What an extended result code means to the caller.
Error sqlite_error(int code, std::string_view doing, std::string_view detail);

}  // namespace credence
