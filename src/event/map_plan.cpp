#include <credence/event/date_format.h>
#include <credence/event/row_plan.h>
#include <credence/event/value.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

using Cells = std::span<const std::string_view>;

// A column of a map, found in the header.
struct Binding {
  std::size_t column = SIZE_MAX;  // SIZE_MAX: the constant
  const EventMap::Column* source = nullptr;
  DateFormat date_format;
  std::string name;  // for rejects: the column's, or the field's when there is no column

  // A constant or a translation is written as in Credence's own files, whatever the file's formats
  // are.
  struct Written {
    std::string_view text;
    bool is_own = false;
  };
  Written written(Cells cells) const {
    Written found{column == SIZE_MAX ? std::string_view{source->constant} : cells[column],
                  column == SIZE_MAX};
    if (source->values.empty()) return found;
    auto translated = source->values.find(std::string{found.text});
    return translated == source->values.end() ? found : Written{translated->second, true};
  }
  std::optional<Date> day(Written found) const {
    return found.is_own ? parse_date(found.text) : date_format.parse(found.text);
  }
};

struct BoundMap {
  const EventMap* map = nullptr;
  std::size_t subject = 0;
  Binding at;
  std::vector<std::size_t> key;
  std::vector<std::pair<std::size_t, const std::vector<std::string>*>> when;
  std::vector<std::pair<std::size_t, Binding>> fields;  // by position in the event type
};

std::vector<std::string_view> named_columns(const EventMap& map) {
  std::vector<std::string_view> names{map.subject};
  auto name = [&names](const EventMap::Column& column) {
    if (!column.column.empty()) names.push_back(column.column);
  };
  name(map.at);
  names.insert(names.end(), map.key.begin(), map.key.end());
  for (const auto& [column, values] : map.when) names.push_back(column);
  for (const auto& [field, column] : map.fields) name(column);
  return names;
}

Result<Binding> bind_column(const Header& header, const EventMap::Column& column,
                            std::string_view field) {
  Binding binding;
  binding.source = &column;
  binding.name = column.column.empty() ? std::string{field} : column.column;
  if (!column.column.empty()) binding.column = find_column(header, column.column);
  auto format = DateFormat::compile(column.format);
  if (!format) {
    return Error{"map.format",
                 fmt::format("the date format `{}` cannot be understood", column.format),
                 {},
                 "use YYYY or YY, MM, DD, hh, mm, ss, as in DD/MM/YYYY"};
  }
  binding.date_format = *format;
  return binding;
}

Result<BoundMap> bind_map(const Header& header, const EventMap& map, const Programme& programme) {
  BoundMap bound;
  bound.map = &map;
  bound.subject = find_column(header, map.subject);
  auto at = bind_column(header, map.at, "at");
  if (!at) return at.error();
  bound.at = *at;
  for (const std::string& column : map.key) bound.key.push_back(find_column(header, column));
  for (const auto& [column, values] : map.when) {
    bound.when.emplace_back(find_column(header, column), &values);
  }
  const EventType& type = programme.events[static_cast<std::size_t>(map.event)];
  for (const auto& [name, column] : map.fields) {
    auto field = std::find_if(type.fields.begin(), type.fields.end(),
                              [&](const Field& candidate) { return candidate.name == name; });
    if (field == type.fields.end()) {
      return Error{
          "map.column",
          fmt::format("the map `{}` fills `{}`, which `{}` lacks", map.name, name, type.id),
          {},
          "correct the map in the programme"};
    }
    auto binding = bind_column(header, column, name);
    if (!binding) return binding.error();
    bound.fields.emplace_back(static_cast<std::size_t>(field - type.fields.begin()), *binding);
  }
  return bound;
}

Result<Cell> map_cell(const Field& field, const Binding& binding, Binding::Written written,
                      Currency currency) {
  std::string_view text = written.text;
  bool is_special =
      std::find(field.special.begin(), field.special.end(), text) != field.special.end();
  if (is_special) return parse_cell(field, text, currency);
  if (field.type == FieldType::date && !written.is_own && !binding.source->format.empty()) {
    if (auto date = binding.date_format.parse(text)) return Cell::of(day_number(*date));
    return Error{"event.date",
                 fmt::format("`{}` is not a calendar day", front_of(text, 60)),
                 {},
                 fmt::format("the map reads {}", binding.source->format)};
  }
  bool is_bare_amount = field.type == FieldType::money && binding.source->currency.has_value() &&
                        text.find(' ') == std::string_view::npos;
  if (!is_bare_amount) return parse_cell(field, text, currency);
  std::string amount{text};
  amount += ' ';
  amount += binding.source->currency->name();
  return parse_cell(field, amount, currency);
}

class MapPlan : public RowPlan {
 public:
  MapPlan(Header header, std::vector<BoundMap> maps, const Programme& programme)
      : programme_(programme), header_(std::move(header)), maps_(std::move(maps)) {}

  void read(const RawRecord& record, const OnRecord& on_record) const override {
    bool wanted = false;
    for (const BoundMap& map : maps_) {
      if (!wants(map, record.fields)) continue;
      wanted = true;
      Event event;
      if (auto fault = read_event(event, map, record.fields)) {
        on_record(record.line, make_reject(record, std::move(*fault)));
      } else {
        on_record(record.line, std::move(event));
      }
    }
    if (!wanted) on_record(record.line, Skipped{});
  }

  std::vector<std::string> ignored_columns() const override {
    std::vector<std::string> ignored;
    for (const std::string& column : header_) {
      bool used = std::any_of(maps_.begin(), maps_.end(), [&](const BoundMap& bound) {
        auto names = named_columns(*bound.map);
        return std::find(names.begin(), names.end(), column) != names.end();
      });
      if (!used) ignored.push_back(column);
    }
    return ignored;
  }

 private:
  static bool wants(const BoundMap& map, Cells cells) {
    return std::all_of(map.when.begin(), map.when.end(), [&](const auto& condition) {
      const std::vector<std::string>& values = *condition.second;
      return std::find(values.begin(), values.end(), cells[condition.first]) != values.end();
    });
  }

  std::optional<Fault> read_event(Event& event, const BoundMap& bound, Cells cells) const {
    const EventMap& map = *bound.map;
    event.type = map.event;
    event.subject = cells[bound.subject];
    if (auto wrong = check_name(event.subject, "event.subject")) return Fault{map.subject, *wrong};
    Binding::Written day = bound.at.written(cells);
    auto at = bound.at.day(day);
    if (!at) {
      std::string_view format =
          map.at.format.empty() ? "YYYY-MM-DD" : std::string_view{map.at.format};
      return Fault{bound.at.name,
                   Error{"event.date",
                         fmt::format("`{}` is not a calendar day", front_of(day.text, 60)),
                         {},
                         fmt::format("the map reads {}", format)}};
    }
    event.at = *at;
    if (auto fault = read_fields(event, bound, cells)) return fault;
    return read_key(event, bound, cells);
  }

  std::optional<Fault> read_fields(Event& event, const BoundMap& bound, Cells cells) const {
    const EventType& type = programme_.events[static_cast<std::size_t>(event.type)];
    for (const auto& [slot, binding] : bound.fields) {
      Binding::Written written = binding.written(cells);
      if (written.text.empty()) continue;
      auto cell = map_cell(type.fields[slot], binding, written, programme_.currency);
      if (!cell) return Fault{binding.name, cell.error()};
      event.fields[slot] = *cell;
    }
    auto missing = find_missing_field(event, programme_);
    if (!missing) return std::nullopt;
    auto source = bound.map->fields.find(missing->field);
    bool has_column = source != bound.map->fields.end() && !source->second.column.empty();
    return Fault{has_column ? source->second.column : missing->field, missing->error};
  }

  // "MAP/value" or "MAP/value/value": the map's name keeps two events of one row apart. With
  // several columns a slash or percent sign in a value is written %2F or %25, so that no two rows
  // share a key.
  std::optional<Fault> read_key(Event& event, const BoundMap& bound, Cells cells) const {
    if (bound.key.empty()) {
      event.key = content_key(event, programme_);
      return std::nullopt;
    }
    event.key = bound.map->name;
    bool has_value = false;
    for (std::size_t column : bound.key) {
      event.key += '/';
      has_value = has_value || !cells[column].empty();
      for (char c : cells[column]) {
        bool escape = bound.key.size() > 1 && (c == '/' || c == '%');
        if (escape)
          event.key += c == '/' ? "%2F" : "%25";
        else
          event.key += c;
      }
    }
    const std::string& first = bound.map->key.front();
    if (!has_value) {
      return Fault{first, Error{"event.key",
                                "the columns that name the record are empty",
                                {},
                                "every record needs its own name at the source"}};
    }
    if (auto wrong = check_source_key(event.key)) return Fault{first, *wrong};
    return std::nullopt;
  }

  const Programme& programme_;
  Header header_;
  std::vector<BoundMap> maps_;
};

}  // namespace

std::size_t columns_of(const EventMap& map) {
  return named_columns(map).size();
}

std::vector<std::string> missing_columns(const Header& header, const EventMap& map) {
  std::vector<std::string> missing;
  for (std::string_view name : named_columns(map)) {
    bool fits = find_column(header, name) < header.size() && !appears_twice(header, name);
    bool told = std::find(missing.begin(), missing.end(), name) != missing.end();
    if (!fits && !told) missing.emplace_back(name);
  }
  return missing;
}

Result<std::unique_ptr<RowPlan>> make_map_plan(const Header& header, char delimiter,
                                               const Programme& programme) {
  std::vector<BoundMap> bound;
  for (const EventMap& map : programme.maps) {
    if (map.delimiter != delimiter || !missing_columns(header, map).empty()) continue;
    auto fitting = bind_map(header, map, programme);
    if (!fitting) return fitting.error();
    bound.push_back(std::move(*fitting));
  }
  expects(!bound.empty(), "make_map_plan: no map fits");
  return std::unique_ptr<RowPlan>{std::make_unique<MapPlan>(header, std::move(bound), programme)};
}

}  // namespace credence
