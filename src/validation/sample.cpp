#include <credence/base/expects.h>
#include <credence/validation/sample.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace credence {

namespace {

Error no_column(const Table& table, const std::string& name) {
  std::vector<std::string> known;
  for (const Column& column : table.columns()) known.push_back(column.name());
  std::string near = nearest(name, std::span<const std::string>{known});
  return Error{
      "validation.column",
      fmt::format("no column `{}`", name),
      {},
      near.empty() ? "name a column of the table" : fmt::format("did you mean `{}`?", near)};
}

std::vector<double> numbers(const Column& column) {
  std::vector<double> values(column.size());
  column.read(0, values);
  return values;
}

std::optional<Date> date_of_parts(int year, int month, int day) {
  std::chrono::year_month_day date{std::chrono::year{year},
                                   std::chrono::month{static_cast<unsigned>(month)},
                                   std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return Date{date};
}

// 202403, 20240331, or days since 1970.
std::optional<Date> date_of(double value) {
  if (value != std::floor(value) || value < 0 || value > 99991231) return std::nullopt;
  int number = static_cast<int>(value);
  if (number < 100000) return date_of_day_number(number);
  if (number < 1000000) return date_of_parts(number / 100, number % 100, 1);
  return date_of_parts(number / 10000, number / 100 % 100, number % 100);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Takes two digits of at most `most` from the front; whether they were there.
bool take_two(std::string_view& text, int most) {
  if (text.size() < 2 || !is_digit(text[0]) || !is_digit(text[1])) return false;
  int value = (text[0] - '0') * 10 + (text[1] - '0');
  text.remove_prefix(2);
  return value <= most;
}

bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

// "", "Z", "UTC", "+01", "-0530", "+05:30".
bool is_zone(std::string_view text) {
  if (text.empty() || text == "Z" || text == "z" || text == "UTC") return true;
  if (!take(text, "+-") || !take_two(text, 23)) return false;
  if (text.empty()) return true;
  take(text, ":");
  return take_two(text, 59) && text.empty();
}

// "10:00", "10:00:00", "10:00:00.123", with a zone or none, perhaps behind a blank.
bool is_time(std::string_view text) {
  if (!take_two(text, 23) || !take(text, ":") || !take_two(text, 59)) return false;
  if (take(text, ":")) {
    if (!take_two(text, 60)) return false;  // 60 is a leap second
    if (take(text, ".,")) {
      if (text.empty() || !is_digit(text.front())) return false;
      while (!text.empty() && is_digit(text.front())) text.remove_prefix(1);
    }
  }
  return take(text, " ") ? !text.empty() && is_zone(text) : is_zone(text);
}

// A time says nothing more than its day, as it is written.
std::optional<Date> date_of(const std::string& text) {
  if (text.size() == 7) return parse_date(text + "-01");
  std::string_view rest = text;
  auto date = parse_date(rest.substr(0, 10));
  if (!date || rest.size() == 10) return date;
  rest.remove_prefix(10);
  return take(rest, "Tt ") && is_time(rest) ? date : std::nullopt;
}

Error bad_date(const Column& column, std::size_t row, const std::string& written) {
  return Error{"validation.date",
               fmt::format("row {} of `{}` is no date: `{}`", row + 1, column.name(), written),
               {},
               "write 2024-03-31, 2024-03, 20240331 or 202403"};
}

Result<std::vector<std::optional<Date>>> dates_of(const Column& column) {
  std::vector<std::optional<Date>> dates(column.size());
  if (column.kind() == Column::Kind::text) {
    std::vector<std::optional<Date>> known;
    for (const std::string& text : column.dictionary()) known.push_back(date_of(text));
    for (std::size_t row = 0; row < dates.size(); ++row) {
      std::int32_t code = column.codes()[row];
      if (code < 0) continue;
      auto index = static_cast<std::size_t>(code);
      if (!known[index]) return bad_date(column, row, column.dictionary()[index]);
      dates[row] = known[index];
    }
    return dates;
  }
  std::vector<double> values = numbers(column);
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (std::isnan(values[row])) continue;
    dates[row] = date_of(values[row]);
    if (!dates[row]) return bad_date(column, row, fmt::format("{}", values[row]));
  }
  return dates;
}

ValidationSample::Groups groups_of(const Column& column, std::string reference) {
  ValidationSample::Groups groups{column.name(), {}, {}, std::move(reference)};
  if (column.kind() == Column::Kind::text) {
    groups.codes.assign(column.codes().begin(), column.codes().end());
    groups.labels.assign(column.dictionary().begin(), column.dictionary().end());
    return groups;
  }
  std::vector<double> values = numbers(column);
  std::set<double> known;
  for (double value : values) {
    if (!std::isnan(value)) known.insert(value);
  }
  for (double value : known) groups.labels.push_back(fmt::format("{}", value));
  for (double value : values) {
    auto index = std::distance(known.begin(), known.find(value));
    groups.codes.push_back(std::isnan(value) ? -1 : static_cast<std::int32_t>(index));
  }
  return groups;
}

ValidationSample::Quality quality_of(const Column& column, const Cells& cells,
                                     std::span<const std::uint16_t> assigned) {
  ValidationSample::Quality quality{.column = column.name()};
  quality.records = static_cast<double>(column.size());
  for (std::uint16_t cell : assigned) {
    if (cell == cells.missing()) quality.missing += 1;
    if (cell >= cells.bins() && cell < cells.missing()) quality.special += 1;
    if (cell > cells.missing()) quality.unknown += 1;
  }
  if (column.kind() == Column::Kind::text) {
    std::set<std::int32_t> codes(column.codes().begin(), column.codes().end());
    codes.erase(-1);
    quality.distinct = static_cast<double>(codes.size());
    return quality;
  }
  std::vector<double> values = numbers(column), clean;
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (assigned[row] < cells.bins()) clean.push_back(values[row]);
  }
  if (clean.empty()) return quality;
  std::sort(clean.begin(), clean.end());
  quality.lowest = clean.front();
  quality.median = (clean[(clean.size() - 1) / 2] + clean[clean.size() / 2]) / 2;
  quality.highest = clean.back();
  quality.distinct = static_cast<double>(std::unique(clean.begin(), clean.end()) - clean.begin());
  return quality;
}

Result<Done> read_extras(const Table& table, const SampleColumns& columns,
                         ValidationSample& sample) {
  if (!columns.date.empty()) {
    const Column* column = table.find(columns.date);
    if (column == nullptr) return no_column(table, columns.date);
    auto dates = dates_of(*column);
    if (!dates) return dates.error();
    sample.dates = *dates;
  }
  if (!columns.months_to_bad.empty()) {
    const Column* column = table.find(columns.months_to_bad);
    if (column == nullptr) return no_column(table, columns.months_to_bad);
    if (column->kind() == Column::Kind::text) {
      return Error{"validation.column",
                   fmt::format("`{}` holds texts, and months are numbers", columns.months_to_bad),
                   {},
                   "give whole months, and nothing for a good"};
    }
    for (double months : numbers(*column)) {
      bool known = months >= 0 && months <= 1200;
      sample.months_to_bad.push_back(known ? static_cast<std::int32_t>(months) : -1);
    }
  }
  for (std::size_t i = 0; i < columns.groups.size(); ++i) {
    const Column* column = table.find(columns.groups[i]);
    if (column == nullptr) return no_column(table, columns.groups[i]);
    sample.groups.push_back(
        groups_of(*column, i < columns.references.size() ? columns.references[i] : ""));
  }
  return Done{};
}

// A copy of the chosen rows.
template <class T>
std::vector<T> chosen(const std::vector<T>& all, const std::vector<std::size_t>& rows) {
  std::vector<T> result;
  if (all.empty()) return result;
  result.reserve(rows.size());
  for (std::size_t row : rows) result.push_back(all[row]);
  return result;
}

ValidationSample chosen(const ValidationSample& all, const std::vector<std::size_t>& rows) {
  ValidationSample sample = {.role = all.role, .name = all.name};
  sample.scores = chosen(all.scores, rows);
  sample.probabilities = chosen(all.probabilities, rows);
  sample.other_scores = chosen(all.other_scores, rows);
  sample.outcome = {chosen(all.outcome.bad, rows), chosen(all.outcome.weights, rows)};
  for (const auto& cells : all.cells) sample.cells.push_back(chosen(cells, rows));
  sample.dates = chosen(all.dates, rows);
  sample.months_to_bad = chosen(all.months_to_bad, rows);
  for (const auto& one : all.groups)
    sample.groups.push_back({one.name, chosen(one.codes, rows), one.labels, one.reference});
  return sample;
}

}  // namespace

Result<ValidationSample> sample_of(const Scorecard& card, const Table& table, Outcome outcome,
                                   const SampleColumns& columns) {
  if (outcome.bad.size() != table.rows()) {
    return Error{"validation.rows",
                 fmt::format("{} outcomes for {} rows", outcome.bad.size(), table.rows()),
                 {},
                 "give one outcome per row"};
  }
  auto scored = score_table(card, table, {.reasons = 0, .threads = columns.threads});
  if (!scored) return scored.error();
  ValidationSample sample = {.role = columns.role, .name = columns.name};
  sample.scores = std::move(scored->scores);
  sample.outcome = std::move(outcome);
  for (const Scorecard::Variable& variable : card.variables) {
    const Column* column = table.find(variable.name);
    expects(column != nullptr, "sample_of: a column that score_table found is gone");
    std::vector<std::uint16_t> cells(table.rows());
    variable.cells.assign(*column, cells);
    sample.quality.push_back(quality_of(*column, variable.cells, cells));
    sample.cells.push_back(std::move(cells));
  }
  if (auto read = read_extras(table, columns, sample); !read) return read.error();
  return sample;
}

std::pair<ValidationSample, ValidationSample> split_by_date(const ValidationSample& sample,
                                                            Date from) {
  expects(sample.dates.size() == sample.scores.size(), "split_by_date: a sample without dates");
  std::vector<std::size_t> before, after;
  for (std::size_t row = 0; row < sample.dates.size(); ++row)
    (sample.dates[row] && *sample.dates[row] >= from ? after : before).push_back(row);
  auto parts = std::pair{chosen(sample, before), chosen(sample, after)};
  parts.second.role = ValidationSample::Role::out_of_time;
  parts.second.name.clear();
  return parts;
}

}  // namespace credence
