#pragma once

#include <credence/base/json.h>
#include <credence/base/money.h>
#include <credence/base/result.h>
#include <credence/event/event.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace credence {

// One field's value as people write it: "12.50 EUR", "2026-01-31", "42", "true", a choice's word,
// or a special token of the field. `text` is not empty: an empty cell is a missing value, which the
// caller knows. An amount must be in `currency`, the programme's. Errors: event.money,
// event.currency, event.date, event.integer, event.flag, event.choice.
Result<Cell> parse_cell(const Field& field, std::string_view text, Currency currency);
// The same from JSON: amounts, dates and choices are strings, whole numbers and flags are JSON's
// own, a special code is {"special":"token"}. One error more: event.shape (another kind of JSON
// value).
Result<Cell> cell_from_json(const Field& field, const Json& json, Currency currency);
// REQUIRES: the cell is not missing and fits the field.
Json cell_to_json(const Field& field, Cell cell, Currency currency);

// An integer field holds |value| <= kMaxMinor, like an amount, so that sums cannot overflow.
inline constexpr std::int64_t kMaxInteger = kMaxMinor;

// Names of people and records: 1 to 200 characters of UTF-8, taken exactly as written, no control
// characters.
inline constexpr std::size_t kMaxNameCharacters = 200;
// `code` is event.subject or event.key.
std::optional<Error> check_name(std::string_view name, std::string_view code);
// The name of a record in a file. Keys that begin with "credence:" are reserved for what the record
// itself makes (corrections), so that no source can name, or take, one of those.
inline constexpr std::string_view kReservedKeys = "credence:";
std::optional<Error> check_source_key(std::string_view key);

// Index of the event type; the error event.type suggests the nearest one.
Result<int> find_event_type(std::string_view id, const Programme& programme);
// The first required field without a cell, as the error event.missing; `field` names it.
struct MissingField {
  std::string field;
  Error error;
};
std::optional<MissingField> find_missing_field(const Event& event, const Programme& programme);

// The key of a record that has none at its source: "sha256:" and the digest of its canonical
// payload without a key. Two records of one person that agree in everything are therefore one
// record.
std::string content_key(const Event& event, const Programme& programme);

// ", did you mean `x`?" or nothing.
std::string suggest(std::string_view written, const std::vector<std::string>& known);

}  // namespace credence
