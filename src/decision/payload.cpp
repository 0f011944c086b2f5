#include <credence/decision/payload.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace credence {

namespace {

const Json kNull;
const Json::Array kEmpty;

}  // namespace

void PayloadReader::refuse(std::string what) {
  if (error_) return;
  error_ =
      Error{.code = "decision.payload",
            .message = fmt::format("fact {} cannot be read: {}", fact_, what),
            .where = {},
            .help = "the record was made by another version, or is corrupt: run `credence verify`"};
}

const Json& PayloadReader::member(const Json& object, std::string_view key) {
  const Json* found = object.find(key);
  if (found == nullptr) refuse(fmt::format("`{}` is missing", key));
  return found == nullptr ? kNull : *found;
}

const Json::Array& PayloadReader::array(const Json& object, std::string_view key) {
  const Json::Array* found = member(object, key).array();
  if (found == nullptr) refuse(fmt::format("`{}` is no list", key));
  return found == nullptr ? kEmpty : *found;
}

std::string PayloadReader::text(const Json& object, std::string_view key) {
  const std::string* found = member(object, key).string();
  if (found == nullptr) refuse(fmt::format("`{}` is no text", key));
  return found == nullptr ? std::string{} : *found;
}

bool PayloadReader::boolean(const Json& object, std::string_view key) {
  const bool* found = member(object, key).boolean();
  if (found == nullptr) refuse(fmt::format("`{}` is neither true nor false", key));
  return found != nullptr && *found;
}

std::int64_t PayloadReader::integer(const Json& object, std::string_view key) {
  const std::int64_t* found = member(object, key).integer();
  if (found == nullptr) refuse(fmt::format("`{}` is no whole number", key));
  return found == nullptr ? 0 : *found;
}

int PayloadReader::small(const Json& object, std::string_view key) {
  std::int64_t value = integer(object, key);
  if (std::in_range<int>(value)) return static_cast<int>(value);
  refuse(fmt::format("`{}` is out of range", key));
  return 0;
}

std::uint64_t PayloadReader::index(const Json& object, std::string_view key) {
  std::int64_t value = integer(object, key);
  if (value >= 0) return static_cast<std::uint64_t>(value);
  refuse(fmt::format("`{}` is below zero", key));
  return 0;
}

std::vector<std::uint64_t> PayloadReader::indexes(const Json& object, std::string_view key) {
  std::vector<std::uint64_t> indexes;
  for (const Json& item : array(object, key)) {
    const std::int64_t* value = item.integer();
    if (value == nullptr || *value < 0) {
      refuse(fmt::format("`{}` holds something that is no index", key));
      return {};
    }
    indexes.push_back(static_cast<std::uint64_t>(*value));
  }
  return indexes;
}

Date PayloadReader::date(const Json& object, std::string_view key) {
  std::optional<Date> date = parse_date(text(object, key));
  if (!date) refuse(fmt::format("`{}` is no date", key));
  return date.value_or(Date{});
}

Instant PayloadReader::instant(const Json& object, std::string_view key) {
  std::optional<Instant> instant = parse_instant(text(object, key));
  if (!instant) refuse(fmt::format("`{}` is no time", key));
  return instant.value_or(Instant{});
}

Hash PayloadReader::hash(const Json& object, std::string_view key) {
  Hash hash = {};
  std::optional<Bytes> bytes = parse_hex(text(object, key));
  if (bytes && bytes->size() == hash.size()) {
    std::copy(bytes->begin(), bytes->end(), hash.begin());
  } else {
    refuse(fmt::format("`{}` is no SHA-256 in hex", key));
  }
  return hash;
}

Cell PayloadReader::cell(const Json& object, std::string_view key) {
  const Json& json = member(object, key);
  if (json.is_null()) return {};
  if (const std::int64_t* value = json.integer()) {
    if (*value >= -Cell::kLimit && *value <= Cell::kLimit) return Cell::of(*value);
  } else if (json.object() != nullptr) {
    int code = small(json, "special");
    if (code >= 0 && code < Cell::kMaxSpecial) return Cell::special(code);
  }
  refuse(fmt::format("`{}` is no answer", key));
  return {};
}

Json cell_to_json(const Cell& cell) {
  if (cell.is_missing()) return nullptr;
  if (cell.is_special()) return Json::Object{{"special", cell.special_code()}};
  return cell.value();
}

Json indexes_to_json(const std::vector<std::uint64_t>& indexes) {
  Json::Array array;
  array.reserve(indexes.size());
  for (std::uint64_t index : indexes) array.emplace_back(index);
  return array;
}

}  // namespace credence
