#include <credence/regression/history.h>
#include <credence/training/real_data_test.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <limits>
#include <map>

namespace credence {

namespace {

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> out(1);
  bool quoted = false;
  for (char c : line) {
    if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      out.emplace_back();
    else if (c != '\r')
      out.back() += c;
  }
  return out;
}

std::optional<double> number(const std::string& text) {
  if (text.empty() || text == "NA") return std::numeric_limits<double>::quiet_NaN();
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Column column_of(const std::string& name, const std::vector<std::string>& texts) {
  std::vector<double> numbers;
  for (const std::string& text : texts) {
    std::optional<double> value = number(text);
    if (!value) break;
    numbers.push_back(*value);
  }
  if (numbers.size() == texts.size()) return Column::of_numbers(name, std::move(numbers));
  std::map<std::string, std::int32_t> known;
  std::vector<std::string> dictionary;
  std::vector<std::int32_t> codes;
  for (const std::string& text : texts) {
    auto [place, fresh] = known.try_emplace(text, static_cast<std::int32_t>(dictionary.size()));
    if (fresh) dictionary.push_back(text);
    codes.push_back(place->second);
  }
  return Column::of_texts(name, std::move(codes), std::move(dictionary));
}

std::optional<RealData> load(const std::string& path, const std::string& target,
                             const std::string& bad, const std::vector<std::string>& without) {
  std::optional<Table> all = read_csv(std::string(CREDENCE_SHARED) + "/data/" + path);
  if (!all) {
    MESSAGE("skipped: " << path << " is not on this machine");
    return std::nullopt;
  }
  RealData out;
  std::vector<Column> columns;
  for (const Column& column : all->columns()) {
    if (column.name() != target) {
      if (std::find(without.begin(), without.end(), column.name()) == without.end())
        columns.push_back(column);
      continue;
    }
    std::vector<double> values(column.kind() == Column::Kind::number ? column.size() : 0);
    if (!values.empty()) column.read(0, values);
    for (std::size_t row = 0; row < column.size(); ++row) {
      bool is = values.empty()
                    ? column.dictionary()[static_cast<std::size_t>(column.codes()[row])] == bad
                    : values[row] == *number(bad);
      out.outcome.bad.push_back(is ? 1 : 0);
    }
  }
  out.table = Table(all->rows(), std::move(columns));
  // The settings of the baseline: at most 20 prebins of at least 5 %.
  out.plan.defaults.prebins.max_prebins = 20;
  out.plan.defaults.prebins.min_share = 0.05;
  return out;
}

}  // namespace

std::optional<Table> read_csv(const std::string& path) {
  std::ifstream file(path);
  if (!file) return std::nullopt;
  std::string line;
  std::getline(file, line);
  std::vector<std::string> names = split(line);
  std::vector<std::vector<std::string>> texts(names.size());
  while (std::getline(file, line)) {
    std::vector<std::string> fields = split(line);
    fields.resize(names.size());
    for (std::size_t c = 0; c < names.size(); ++c) texts[c].push_back(std::move(fields[c]));
  }
  std::vector<Column> columns;
  for (std::size_t c = 0; c < names.size(); ++c) columns.push_back(column_of(names[c], texts[c]));
  return Table(texts[0].size(), std::move(columns));
}

std::optional<RealData> heloc() {
  std::optional<RealData> data = load("heloc/heloc.csv", "RiskPerformance", "Bad", {});
  if (data)
    data->plan.defaults.specials = {
        {"no-record", {-9}, {}}, {"no-trades", {-8}, {}}, {"not-met", {-7}, {}}};
  return data;
}

std::optional<RealData> taiwan() {
  std::optional<RealData> data = load("taiwan/UCI_Credit_Card.csv", "Default", "1", {"ID"});
  if (!data) return data;
  for (const Column& column : data->table.columns()) {
    if (!column.name().starts_with("PAY_") || column.name().starts_with("PAY_AMT")) continue;
    TrainingPlan::Variable variable;
    variable.name = column.name();
    variable.rules = data->plan.defaults;
    variable.rules.specials = {{"no-use", {-2}, {}}, {"in-full", {-1}, {}}, {"revolving", {0}, {}}};
    data->plan.variables.push_back(std::move(variable));
  }
  return data;
}

std::optional<RealData> german() {
  return load("german/germancredit.csv", "creditability", "bad", {});
}

RealData thinned(const RealData& data, std::size_t every) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < data.table.rows(); row += every) rows.push_back(row);
  return {take(data.table, rows), take(data.outcome, rows), data.plan};
}

}  // namespace credence
