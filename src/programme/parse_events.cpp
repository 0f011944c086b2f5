#include <credence/programme/message.h>
#include <credence/programme/parts.h>
#include <credence/programme/shape.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace credence {

namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_choice(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == ' ' || c == '_' || c == '.' || c == '-';
  });
}

bool is_field_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && name[0] >= 'a' && name[0] <= 'z' &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_'; });
}

bool is_reserved(std::string_view name) {
  // The words of conditions, and the columns of an event file.
  constexpr std::array<std::string_view, 11> kReserved = {
      "and", "or", "not", "missing", "today", "true", "false", "subject", "event", "at", "key"};
  return std::find(kReserved.begin(), kReserved.end(), name) != kReserved.end();
}

void refuse_type(std::string_view written, const TableReader& reader, std::string_view key) {
  constexpr std::array<std::string_view, 6> kFreeText = {"text",      "string",  "free-text",
                                                         "free text", "varchar", "char"};
  if (std::find(kFreeText.begin(), kFreeText.end(), written) != kFreeText.end()) {
    reader.report(
        "P015", key,
        {fmt::format("{}: free text is never a signal", in_backticks(written)),
         fmt::format("{} : le texte libre n'est jamais un signal", in_backticks(written))},
        {"what people write is not scored; declare a choice: `choice: a | b`",
         "ce que les gens écrivent n'est pas noté ; déclarez un choix : `choice: a | b`"});
    return;
  }
  constexpr std::array<std::string_view, 5> kTypes = {"money", "date", "integer", "flag", "choice"};
  reader.report(
      "P016", key,
      {fmt::format("{} is no field type", in_backticks(written)),
       fmt::format("{} n'est pas un type de champ", in_backticks(written))},
      join_texts(
          suggest(nearest(written, kTypes)),
          {"one of money, date, integer, flag, choice: a | b; `?` at the end makes it optional",
           "au choix money, date, integer, flag, choice: a | b ; `?` à la fin le rend "
           "facultatif"}));
}

std::optional<std::vector<std::string>> read_choices(std::string_view list,
                                                     const TableReader& reader,
                                                     std::string_view key) {
  constexpr std::size_t kMostChoices = 256;
  std::vector<std::string> choices;
  while (true) {
    std::size_t bar = list.find('|');
    std::string_view choice = trimmed(list.substr(0, bar));
    bool repeated = std::find(choices.begin(), choices.end(), choice) != choices.end();
    if (!is_choice(choice) || repeated || choices.size() == kMostChoices) {
      reader.report(
          "P016", key,
          repeated ? Text{fmt::format("the choice {} stands twice", in_backticks(choice)),
                          fmt::format("le choix {} figure deux fois", in_backticks(choice))}
                   : Text{fmt::format("{} is no choice", in_backticks(choice)),
                          fmt::format("{} n'est pas un choix", in_backticks(choice))},
          {"write `choice: a | b | c`: letters, digits, spaces, `_`, `.`, `-`; at most 256",
           "écrivez `choice: a | b | c` : lettres, chiffres, espaces, `_`, `.`, `-` ; au plus "
           "256"});
      return std::nullopt;
    }
    choices.emplace_back(choice);
    if (bar == std::string_view::npos) return choices;
    list.remove_prefix(bar + 1);
  }
}

void read_special(const TableReader& reader, Field& field) {
  for (const std::string& token : reader.strings("special")) {
    auto known = [&](const std::vector<std::string>& words) {
      return std::find(words.begin(), words.end(), token) != words.end();
    };
    bool full = field.special.size() == static_cast<std::size_t>(Cell::kMaxSpecial);
    if (!is_id(token) || full || known(field.special) || known(field.choices)) {
      reader.report("P021", "special",
                    {fmt::format("{} cannot be a special token here", in_backticks(token)),
                     fmt::format("{} ne peut pas être un code spécial ici", in_backticks(token))},
                    {"at most 16 identifiers, each once, none of them a choice of the field",
                     "au plus 16 identifiants, chacun une fois, aucun n'étant un choix du champ"});
      continue;
    }
    field.special.push_back(token);
  }
}

bool check_field_name(const TableReader& fields, const std::string& name) {
  if (is_field_name(name) && !is_reserved(name)) return true;
  bool reserved = is_reserved(name);
  fields.report("P006", name,
                reserved
                    ? Text{fmt::format("`{}` has a meaning of its own and names no field", name),
                           fmt::format("`{}` a déjà un sens et ne nomme aucun champ", name)}
                    : Text{fmt::format("{} is no field name", in_backticks(name)),
                           fmt::format("{} n'est pas un nom de champ", in_backticks(name))},
                {"a field name starts with a to z, then a to z, 0 to 9 and `_`",
                 "un nom de champ commence par a à z, puis a à z, 0 à 9 et `_`"});
  return false;
}

void read_field(const TableReader& fields, const TomlNode::Member& member, EventType& event) {
  if (!check_field_name(fields, member.key)) return;
  TableReader table = fields.table(member.key);
  bool short_form = member.value.string() != nullptr;
  if (!short_form && table.find("type") == nullptr) return;
  const TableReader& place = short_form ? fields : table;
  std::string_view key = short_form ? std::string_view{member.key} : "type";
  Field field;
  field.name = member.key;
  // A field whose type is wrong stays known by name, so that conditions are not told that it is
  // absent.
  if (auto type = read_field_type(place.string(key), place, key)) {
    field.type = type->type;
    field.optional = type->optional;
    field.choices = std::move(type->choices);
  }
  if (!short_form) read_special(table, field);
  event.fields.push_back(std::move(field));
}

}  // namespace

std::optional<FieldText> read_field_type(std::string_view written, const TableReader& reader,
                                         std::string_view key) {
  FieldText field;
  std::string_view text = trimmed(written);
  if (text.ends_with('?')) {
    field.optional = true;
    text = trimmed(text.substr(0, text.size() - 1));
  }
  if (text == "money") return field.type = FieldType::money, field;
  if (text == "date") return field.type = FieldType::date, field;
  if (text == "integer") return field.type = FieldType::integer, field;
  if (text == "flag") return field.type = FieldType::flag, field;
  std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || trimmed(text.substr(0, colon)) != "choice") {
    refuse_type(text, reader, key);
    return std::nullopt;
  }
  field.type = FieldType::choice;
  auto choices = read_choices(text.substr(colon + 1), reader, key);
  if (!choices) return std::nullopt;
  field.choices = *std::move(choices);
  return field;
}

void read_events(const TableReader& root, Programme& programme) {
  for (const TableReader& reader : read_entries(root, "event", "type")) {
    EventType event;
    event.id = reader.string("type");
    event.source = read_reference(reader, "source", "source", ids_of_sources(programme));
    TableReader fields = reader.table("fields");
    const TomlNode::Table none;
    for (const TomlNode::Member& member : fields.node() ? *fields.node()->table() : none) {
      if (event.fields.size() == EventType::kMaxFields) {
        reader.report(
            "P014", "fields",
            {fmt::format("the event `{}` has more than 16 fields", event.id),
             fmt::format("l'événement `{}` a plus de 16 champs", event.id)},
            {"keep the fields that features read", "gardez les champs que lisent les facteurs"});
        break;
      }
      read_field(fields, member, event);
    }
    programme.events.push_back(std::move(event));
  }
}

}  // namespace credence
