#include <credence/event/row_plan.h>
#include <credence/event/value.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace credence {

namespace {

constexpr std::array<std::string_view, 3> kNeeded = {"subject", "event", "at"};
constexpr std::size_t kNoSlot = SIZE_MAX;

bool is_own_column(std::string_view name) {
  return name == "key" || std::find(kNeeded.begin(), kNeeded.end(), name) != kNeeded.end();
}

std::vector<std::string> known_columns(const Programme& programme) {
  std::vector<std::string> known{kNeeded.begin(), kNeeded.end()};
  known.emplace_back("key");
  for (const EventType& type : programme.events) {
    for (const Field& field : type.fields) {
      if (std::find(known.begin(), known.end(), field.name) == known.end())
        known.push_back(field.name);
    }
  }
  return known;
}

Error bad_date(std::string_view text) {
  return Error{"event.date",
               fmt::format("`{}` is not a calendar day", front_of(text, 60)),
               {},
               "write YYYY-MM-DD, as in 2026-01-31"};
}

class NativePlan : public RowPlan {
 public:
  NativePlan(const Header& header, const Programme& programme)
      : programme_(programme), header_(header) {
    subject_ = find_column(header, "subject");
    event_ = find_column(header, "event");
    at_ = find_column(header, "at");
    key_ = find_column(header, "key");
    for (const EventType& type : programme.events) {
      std::vector<std::size_t>& slots = slots_.emplace_back(header.size(), kNoSlot);
      for (std::size_t i = 0; i < type.fields.size(); ++i) {
        std::size_t column = find_column(header, type.fields[i].name);
        if (column < header.size() && !is_own_column(header[column])) slots[column] = i;
      }
    }
  }

  void read(const RawRecord& record, const OnRecord& on_record) const override {
    Event event;
    if (auto fault = read_event(event, record.fields)) {
      on_record(record.line, make_reject(record, std::move(*fault)));
    } else {
      on_record(record.line, std::move(event));
    }
  }

 private:
  std::optional<Fault> read_event(Event& event, std::span<const std::string_view> cells) const {
    if (auto wrong = check_name(cells[subject_], "event.subject")) return Fault{"subject", *wrong};
    event.subject = cells[subject_];
    auto type = find_event_type(cells[event_], programme_);
    if (!type) return Fault{"event", type.error()};
    event.type = *type;
    auto at = parse_date(cells[at_]);
    if (!at) return Fault{"at", bad_date(cells[at_])};
    event.at = *at;
    if (auto fault = read_fields(event, cells)) return fault;
    if (auto missing = find_missing_field(event, programme_)) {
      return Fault{missing->field, missing->error};
    }
    bool has_key = key_ < cells.size() && !cells[key_].empty();
    if (!has_key) {
      event.key = content_key(event, programme_);
      return std::nullopt;
    }
    if (auto wrong = check_source_key(cells[key_])) return Fault{"key", *wrong};
    event.key = cells[key_];
    return std::nullopt;
  }

  std::optional<Fault> read_fields(Event& event, std::span<const std::string_view> cells) const {
    auto index = static_cast<std::size_t>(event.type);
    const EventType& type = programme_.events[index];
    for (std::size_t column = 0; column < cells.size(); ++column) {
      if (cells[column].empty() || is_head(column)) continue;
      std::size_t slot = slots_[index][column];
      if (slot == kNoSlot) {
        return Fault{header_[column],
                     Error{"event.unknown",
                           fmt::format("a `{}` has no field `{}`", type.id, header_[column]),
                           {},
                           "leave the cell empty in rows of this event"}};
      }
      auto cell = parse_cell(type.fields[slot], cells[column], programme_.currency);
      if (!cell) return Fault{header_[column], cell.error()};
      event.fields[slot] = *cell;
    }
    return std::nullopt;
  }

  bool is_head(std::size_t column) const {
    return column == subject_ || column == event_ || column == at_ || column == key_;
  }

  const Programme& programme_;
  Header header_;
  std::size_t subject_, event_, at_, key_;
  std::vector<std::vector<std::size_t>> slots_;  // [event type][column]
};

}  // namespace

int native_columns_in(const Header& header) {
  return static_cast<int>(std::count_if(kNeeded.begin(), kNeeded.end(), [&](std::string_view name) {
    return find_column(header, name) < header.size();
  }));
}

std::optional<Fault> check_native(const Header& header, const Programme& programme) {
  for (std::string_view name : kNeeded) {
    if (find_column(header, name) < header.size()) continue;
    return Fault{std::string{name},
                 Error{"csv.header",
                       fmt::format("the column `{}` is missing{}", name, suggest(name, header)),
                       {},
                       fmt::format("columns seen: {}", listed(header))}};
  }
  std::vector<std::string> known = known_columns(programme);
  for (const std::string& name : header) {
    if (appears_twice(header, name)) {
      return Fault{name, Error{"csv.header",
                               fmt::format("the column `{}` appears twice", name),
                               {},
                               "keep one of the two"}};
    }
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    return Fault{
        name,
        Error{"csv.header",
              fmt::format("no event has a field `{}`{}", front_of(name, 60), suggest(name, known)),
              {},
              fmt::format("columns known: {}; other files need a [[map]] in the programme",
                          listed(known))}};
  }
  return std::nullopt;
}

std::unique_ptr<RowPlan> make_native_plan(const Header& header, const Programme& programme) {
  return std::make_unique<NativePlan>(header, programme);
}

}  // namespace credence
