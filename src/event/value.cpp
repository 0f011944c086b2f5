#include <credence/base/bytes.h>
#include <credence/base/sha256.h>
#include <credence/base/text.h>
#include <credence/event/value.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

namespace credence {

namespace {

// What a message quotes of a value that somebody wrote, so that a line stays a line.
std::string quoted(std::string_view text) {
  constexpr std::size_t kShown = 60;
  if (text.size() <= kShown) return fmt::format("`{}`", text);
  std::size_t end = kShown;
  while (end > 0 && (text[end] & 0xc0) == 0x80) --end;
  return fmt::format("`{}…`", text.substr(0, end));
}

std::optional<int> position(const std::vector<std::string>& words, std::string_view word) {
  auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return std::nullopt;
  return static_cast<int>(found - words.begin());
}

Result<Cell> parse_amount(std::string_view text, Currency currency) {
  std::size_t space = text.find(' ');
  if (space != std::string_view::npos && text.substr(space + 1) == currency.name()) {
    if (auto minor = parse_minor(text.substr(0, space), currency)) return Cell::of(*minor);
  } else if (auto other = parse_money(text)) {
    return Error{"event.currency",
                 fmt::format("{} is not in the programme's currency", quoted(text)),
                 {},
                 fmt::format("amounts of this programme are in {}", currency.name())};
  }
  return Error{
      "event.money",
      fmt::format("{} is not an amount", quoted(text)),
      {},
      fmt::format("write {} {}, with a point, no thousands separator and at most {} decimals",
                  minor_to_text(1250, currency), currency.name(), currency.digits)};
}

Result<Cell> parse_day(std::string_view text) {
  if (auto date = parse_date(text)) return Cell::of(day_number(*date));
  return Error{"event.date",
               fmt::format("{} is not a calendar day", quoted(text)),
               {},
               "write YYYY-MM-DD, as in 2026-01-31"};
}

Error not_an_integer(std::string_view written) {
  return Error{"event.integer",
               fmt::format("{} is not a whole number in range", written),
               {},
               fmt::format("write digits alone, at most {} either way", kMaxInteger)};
}

Result<Cell> parse_integer(std::string_view text) {
  std::int64_t value = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool whole = failure == std::errc{} && end == text.data() + text.size();
  if (!whole || value > kMaxInteger || value < -kMaxInteger) return not_an_integer(quoted(text));
  return Cell::of(value);
}

Result<Cell> parse_flag(std::string_view text) {
  if (text == "true") return Cell::of(1);
  if (text == "false") return Cell::of(0);
  return Error{"event.flag",
               fmt::format("{} is neither true nor false", quoted(text)),
               {},
               "write true or false"};
}

Result<Cell> parse_choice(const Field& field, std::string_view text) {
  if (auto found = position(field.choices, text)) return Cell::of(*found);
  return Error{"event.choice",
               fmt::format("{} is no choice of `{}`{}", quoted(text), field.name,
                           suggest(text, field.choices)),
               {},
               fmt::format("one of: {}", fmt::join(field.choices, ", "))};
}

Error wrong_shape(std::string_view wanted) {
  return Error{
      "event.shape", fmt::format("this is not {}", wanted), {}, fmt::format("write {}", wanted)};
}

Result<Cell> special_from_json(const Field& field, const Json::Object& object) {
  auto token = object.find("special");
  if (object.size() != 1 || token == object.end() || token->second.string() == nullptr) {
    return wrong_shape("a value or {\"special\":\"...\"}");
  }
  if (auto code = position(field.special, *token->second.string())) return Cell::special(*code);
  return Error{
      "event.choice",
      fmt::format("{} is no special code of `{}`", quoted(*token->second.string()), field.name),
      {},
      field.special.empty() ? "the field declares no special codes"
                            : fmt::format("one of: {}", fmt::join(field.special, ", "))};
}

}  // namespace

std::string suggest(std::string_view written, const std::vector<std::string>& known) {
  std::string near = nearest(written, std::span<const std::string>{known});
  return near.empty() ? "" : fmt::format(", did you mean `{}`?", near);
}

Result<Cell> parse_cell(const Field& field, std::string_view text, Currency currency) {
  if (!field.special.empty()) {
    if (auto code = position(field.special, text)) return Cell::special(*code);
  }
  switch (field.type) {
    case FieldType::money:
      return parse_amount(text, currency);
    case FieldType::date:
      return parse_day(text);
    case FieldType::integer:
      return parse_integer(text);
    case FieldType::flag:
      return parse_flag(text);
    case FieldType::choice:
      return parse_choice(field, text);
  }
  stop_on_defect("parse_cell: unknown field type");
}

Result<Cell> cell_from_json(const Field& field, const Json& json, Currency currency) {
  if (auto* object = json.object()) return special_from_json(field, *object);
  const std::string* text = json.string();
  switch (field.type) {
    case FieldType::money:
      return text != nullptr ? parse_amount(*text, currency)
                             : Result<Cell>{wrong_shape("an amount as text, as in \"12.50 EUR\"")};
    case FieldType::date:
      return text != nullptr ? parse_day(*text)
                             : Result<Cell>{wrong_shape("a day as text, as in \"2026-01-31\"")};
    case FieldType::choice:
      return text != nullptr ? parse_choice(field, *text)
                             : Result<Cell>{wrong_shape("a choice as text")};
    case FieldType::flag:
      if (auto* flag = json.boolean()) return Cell::of(*flag ? 1 : 0);
      return wrong_shape("true or false");
    case FieldType::integer:
      if (auto* value = json.integer()) {
        if (*value <= kMaxInteger && *value >= -kMaxInteger) return Cell::of(*value);
        return not_an_integer(fmt::format("`{}`", *value));
      }
      return wrong_shape("a whole number");
  }
  stop_on_defect("cell_from_json: unknown field type");
}

Json cell_to_json(const Field& field, Cell cell, Currency currency) {
  if (cell.is_special()) {
    auto code = static_cast<std::size_t>(cell.special_code());
    expects(code < field.special.size(), "cell_to_json: the field has no such special code");
    return Json::Object{{"special", field.special[code]}};
  }
  std::int64_t value = cell.value();
  switch (field.type) {
    case FieldType::money:
      return to_text(Money{value, currency});
    case FieldType::date:
      return to_text(date_of_day_number(static_cast<int>(value)));
    case FieldType::integer:
      return value;
    case FieldType::flag:
      return value != 0;
    case FieldType::choice:
      expects(value >= 0 && static_cast<std::size_t>(value) < field.choices.size(),
              "cell_to_json: the field has no such choice");
      return field.choices[static_cast<std::size_t>(value)];
  }
  stop_on_defect("cell_to_json: unknown field type");
}

std::optional<Error> check_name(std::string_view name, std::string_view code) {
  auto wrong = [&](std::string message) {
    return Error{std::string{code},
                 std::move(message),
                 {},
                 fmt::format("1 to {} characters, no control characters", kMaxNameCharacters)};
  };
  if (name.empty()) return wrong("the name is empty");
  bool plain = true;
  for (char c : name) {
    auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) return wrong("the name has a control character");
    plain = plain && byte < 0x80;
  }
  if (plain && name.size() <= kMaxNameCharacters) return std::nullopt;
  if (!is_utf8(name)) return wrong("the name is not valid UTF-8");
  // U+0080 to U+009F are the control characters that take two bytes.
  for (std::size_t i = 0; i + 1 < name.size(); ++i) {
    bool control = static_cast<unsigned char>(name[i]) == 0xc2 &&
                   static_cast<unsigned char>(name[i + 1]) < 0xa0;
    if (control) return wrong("the name has a control character");
  }
  if (characters(name) > kMaxNameCharacters) {
    return wrong(fmt::format("the name has {} characters", characters(name)));
  }
  return std::nullopt;
}

std::optional<Error> check_source_key(std::string_view key) {
  if (auto wrong = check_name(key, "event.key")) return wrong;
  if (!key.starts_with(kReservedKeys)) return std::nullopt;
  return Error{"event.key",
               fmt::format("keys that begin with `{}` are reserved for corrections", kReservedKeys),
               {},
               "give the record the name that it has at its source"};
}

Result<int> find_event_type(std::string_view id, const Programme& programme) {
  for (std::size_t i = 0; i < programme.events.size(); ++i) {
    if (programme.events[i].id == id) return static_cast<int>(i);
  }
  std::vector<std::string> known;
  for (const EventType& type : programme.events) known.push_back(type.id);
  return Error{"event.type",
               fmt::format("the programme has no event {}{}", quoted(id), suggest(id, known)),
               {},
               fmt::format("one of: {}", fmt::join(known, ", "))};
}

std::optional<MissingField> find_missing_field(const Event& event, const Programme& programme) {
  const EventType& type = programme.events[static_cast<std::size_t>(event.type)];
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    const Field& field = type.fields[i];
    if (field.optional || !event.fields[i].is_missing()) continue;
    return MissingField{field.name,
                        Error{"event.missing",
                              fmt::format("a `{}` needs `{}`", type.id, field.name),
                              {},
                              "give the value, or declare the field optional in the programme"}};
  }
  return std::nullopt;
}

std::string content_key(const Event& event, const Programme& programme) {
  Event bare = event;
  bare.key.clear();
  return "sha256:" + to_hex(sha256(to_canonical_json(to_json(bare, programme))));
}

}  // namespace credence
