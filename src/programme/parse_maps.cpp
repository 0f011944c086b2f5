#include <credence/programme/message.h>
#include <credence/programme/parts.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace credence {

namespace {

bool is_integer(std::string_view text) {
  std::int64_t value = 0;
  auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && stop == text.data() + text.size() && value >= -Cell::kLimit &&
         value <= Cell::kLimit;
}

bool is_amount(std::string_view text, const EventMap::Column& column, Currency currency) {
  bool bare = text.find(' ') == std::string_view::npos;
  if (bare) return column.currency && parse_minor(text, *column.currency).has_value();
  auto money = parse_money(text);
  return money && money->currency == currency;
}

// Whether `text` is a value of the field; an empty one stands for missing.
bool is_value(const std::string& text, const Field& field, const EventMap::Column& column,
              Currency currency) {
  auto among = [&](const std::vector<std::string>& words) {
    return std::find(words.begin(), words.end(), text) != words.end();
  };
  if (text.empty()) return field.optional;
  if (among(field.special)) return true;
  switch (field.type) {
    case FieldType::money:
      return is_amount(text, column, currency);
    case FieldType::date:
      return parse_date(text).has_value();
    case FieldType::integer:
      return is_integer(text);
    case FieldType::flag:
      return text == "true" || text == "false";
    default:
      return among(field.choices);
  }
}

void report_column(const TableReader& reader, std::string_view key, Text message, Text help) {
  reader.report("P022", key, std::move(message), std::move(help));
}

void check_value(const TableReader& reader, std::string_view key, const std::string& text,
                 const Field& field, const EventMap::Column& column, Currency currency) {
  if (is_value(text, field, column, currency)) return;
  const auto& words = field.choices;
  report_column(
      reader, key,
      {fmt::format("{} is no value of the field `{}`", in_backticks(text), field.name),
       fmt::format("{} n'est pas une valeur du champ `{}`", in_backticks(text), field.name)},
      join_texts(
          suggest(nearest(text, std::span<const std::string>{words})),
          {"a value is written as in an event file; an empty one needs an optional field",
           "une valeur s'écrit comme dans un fichier d'événements ; une valeur vide suppose un "
           "champ facultatif"}));
}

// A year, a month and a day, each once, with hours, minutes, seconds and separators as they may
// come.
bool is_date_format(std::string_view format) {
  constexpr std::array<std::string_view, 7> kParts = {"YYYY", "YY", "MM", "DD", "hh", "mm", "ss"};
  std::array<int, 7> seen{};
  while (!format.empty()) {
    auto part =
        std::find_if(kParts.begin(), kParts.end(), [&](auto p) { return format.starts_with(p); });
    bool separator = std::string_view{" -/.:TZ"}.find(format[0]) != std::string_view::npos;
    if (part == kParts.end() && !separator) return false;
    if (part != kParts.end() && ++seen[static_cast<std::size_t>(part - kParts.begin())] > 1)
      return false;
    format.remove_prefix(part == kParts.end() ? 1 : part->size());
  }
  return seen[0] + seen[1] == 1 && seen[2] == 1 && seen[3] == 1;
}

void check_format(const TableReader& reader, const Field& field) {
  if (!reader.has("format")) return;
  std::string format = reader.string("format");
  bool date = field.type == FieldType::date;
  if (date && is_date_format(format)) return;
  report_column(reader, "format",
                {fmt::format("{} is no format of `{}`", in_backticks(format), field.name),
                 fmt::format("{} n'est pas un format de `{}`", in_backticks(format), field.name)},
                date ? Text{"as in YYYY-MM-DD, YYMMDD or DD/MM/YYYY hh:mm:ss",
                            "comme YYYY-MM-DD, YYMMDD ou DD/MM/YYYY hh:mm:ss"}
                     : Text{"only dates have a format", "seules les dates ont un format"});
}

void read_currency(const TableReader& reader, const Field& field, Currency wanted,
                   EventMap::Column& column) {
  if (!reader.has("currency")) return;
  auto currency = find_currency(reader.string("currency"));
  bool fits = currency && *currency == wanted && field.type == FieldType::money;
  if (fits) column.currency = currency;
  if (fits) return;
  reader.report(
      "P012", "currency",
      {fmt::format("`currency` is for amounts, and this programme counts in {}", wanted.name()),
       fmt::format("`currency` vaut pour les montants, et ce programme compte en {}",
                   wanted.name())},
      {fmt::format("write `currency = \"{}\"` on a field of type money", wanted.name()),
       fmt::format("écrivez `currency = \"{}\"` sur un champ de type money", wanted.name())});
}

EventMap::Column read_column(const TableReader& reader, const Field& field, Currency currency) {
  EventMap::Column column;
  column.column = reader.string("column");
  column.format = reader.string("format");
  column.constant = reader.string("constant");
  bool constant = reader.has("constant");
  if (column.column.empty() != constant) {
    report_column(
        reader, "",
        {fmt::format("`{}` comes from a `column` or is a `constant`, one of both", field.name),
         fmt::format("`{}` vient d'une `column` ou est une `constant`, l'un des deux", field.name)},
        {"write `{ column = \"header\" }`", "écrivez `{ column = \"en-tête\" }`"});
  }
  check_format(reader, field);
  read_currency(reader, field, currency, column);
  if (constant) check_value(reader, "constant", column.constant, field, column, currency);
  TableReader values = reader.table("values");
  const TomlNode::Table none;
  for (const TomlNode::Member& member : values.node() ? *values.node()->table() : none) {
    const std::string* to = member.value.string();
    if (to == nullptr) continue;
    check_value(values, member.key, *to, field, column, currency);
    column.values[member.key] = *to;
  }
  return column;
}

void read_fields(const TableReader& reader, const EventType& event, Currency currency,
                 EventMap& map) {
  TableReader fields = reader.table("fields");
  std::vector<std::string> names;
  for (const Field& field : event.fields) names.push_back(field.name);
  const TomlNode::Table none;
  for (const TomlNode::Member& member : fields.node() ? *fields.node()->table() : none) {
    int position = event.find_field(member.key);
    if (position < 0) {
      std::string near = nearest(member.key, std::span<const std::string>{names});
      fields.report(
          "P008", member.key,
          {fmt::format("the event `{}` has no field {}", event.id, in_backticks(member.key)),
           fmt::format("l'événement `{}` n'a pas de champ {}", event.id, in_backticks(member.key))},
          suggest(near));
      continue;
    }
    const Field& field = event.fields[static_cast<std::size_t>(position)];
    map.fields[member.key] = read_column(fields.table(member.key), field, currency);
  }
  for (const Field& field : event.fields) {
    if (field.optional || map.fields.contains(field.name)) continue;
    report_column(reader, "fields",
                  {fmt::format("nothing gives the field `{}` of `{}`", field.name, event.id),
                   fmt::format("rien ne donne le champ `{}` de `{}`", field.name, event.id)},
                  {"map a column or a constant to it", "donnez-lui une colonne ou une constante"});
  }
}

void read_delimiter(const TableReader& reader, EventMap& map) {
  std::string delimiter = reader.string("delimiter", ",");
  bool fits =
      delimiter.size() == 1 && std::string_view{",;|\t: "}.find(delimiter[0]) != std::string::npos;
  if (fits) {
    map.delimiter = delimiter[0];
    return;
  }
  reader.report("P023", "delimiter",
                {fmt::format("{} does not separate columns", in_backticks(delimiter)),
                 fmt::format("{} ne sépare pas des colonnes", in_backticks(delimiter))},
                {"one of `,` `;` `|` `:`, a space or a tab (\"\\t\")",
                 "au choix `,` `;` `|` `:`, une espace ou une tabulation (\"\\t\")"});
}

void read_when(const TableReader& reader, EventMap& map) {
  TableReader when = reader.table("when");
  const TomlNode::Table none;
  for (const TomlNode::Member& member : when.node() ? *when.node()->table() : none) {
    std::vector<std::string> values = when.strings(member.key);
    if (values.empty()) {
      when.report("P024", member.key,
                  {"no row can have one of no values", "aucune ligne n'a l'une de zéro valeurs"},
                  {"list the values that rows must have",
                   "donnez les valeurs que les lignes doivent avoir"});
    }
    map.when[member.key] = std::move(values);
  }
}

EventMap read_map(const TableReader& reader, const Programme& programme) {
  EventMap map;
  map.name = reader.string("name");
  map.subject = reader.string("subject");
  map.key = reader.strings("key");
  read_delimiter(reader, map);
  read_when(reader, map);
  Field at;
  at.name = "at";
  at.type = FieldType::date;
  if (reader.table("at").node() != nullptr) {
    map.at = read_column(reader.table("at"), at, programme.currency);
  }
  map.event = read_reference(reader, "event", "event", ids_of_events(programme));
  if (map.event < 0) return map;
  const EventType& event = programme.events[static_cast<std::size_t>(map.event)];
  if (reader.table("fields").node() != nullptr) read_fields(reader, event, programme.currency, map);
  return map;
}

}  // namespace

std::vector<EventMap> read_maps(const TableReader& root, const Programme& programme) {
  std::vector<EventMap> maps;
  for (const TableReader& reader : read_entries(root, "map", "name")) {
    maps.push_back(read_map(reader, programme));
  }
  return maps;
}

}  // namespace credence
