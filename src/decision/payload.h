#pragma once

#include <credence/base/json.h>
#include <credence/base/result.h>
#include <credence/base/sha256.h>
#include <credence/base/time.h>
#include <credence/programme/cell.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// Reads the members of one payload. The first thing that is wrong is kept and every later read
// gives a harmless value, so that a reader asks for all members first and for the error once.
class PayloadReader {
 public:
  explicit PayloadReader(std::uint64_t fact) : fact_(fact) {}

  bool has(const Json& object, std::string_view key) const { return object.find(key) != nullptr; }
  const Json& member(const Json& object, std::string_view key);
  const Json::Array& array(const Json& object, std::string_view key);
  std::string text(const Json& object, std::string_view key);
  bool boolean(const Json& object, std::string_view key);
  std::int64_t integer(const Json& object, std::string_view key);
  int small(const Json& object, std::string_view key);
  std::uint64_t index(const Json& object, std::string_view key);
  std::vector<std::uint64_t> indexes(const Json& object, std::string_view key);
  Date date(const Json& object, std::string_view key);
  Instant instant(const Json& object, std::string_view key);
  Hash hash(const Json& object, std::string_view key);
  Cell cell(const Json& object, std::string_view key);

  void refuse(std::string what);
  const std::optional<Error>& error() const { return error_; }

 private:
  std::uint64_t fact_;
  std::optional<Error> error_;
};

Json cell_to_json(const Cell& cell);
Json indexes_to_json(const std::vector<std::uint64_t>& indexes);

}  // namespace credence
