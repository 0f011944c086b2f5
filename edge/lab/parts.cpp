#include <credence/intake/intake.h>
#include <credence/lab/parts.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

namespace credence {

namespace {

// The columns of a table of points, as doubles and words.
class PointColumns {
 public:
  explicit PointColumns(const IntakeTable& table) : table_(table) {}

  Result<std::vector<double>> numbers(const std::string& name) const {
    auto column = table_.require(name);
    if (!column) return column.error();
    std::vector<double> values(table_.table.rows(), NAN);
    // A column without any value is read as texts that are all missing.
    if ((*column)->kind() == Column::Kind::number) (*column)->read(0, values);
    return values;
  }
  Result<std::vector<std::string>> words(const std::string& name) const {
    auto column = table_.require(name);
    if (!column) return column.error();
    if ((*column)->kind() != Column::Kind::text)
      return Error{"plan.parts", fmt::format("{}: `{}` is no column of names", table_.file, name)};
    std::vector<std::string> values;
    for (std::int32_t code : (*column)->codes()) {
      values.push_back(code < 0 ? "" : (*column)->dictionary()[static_cast<std::size_t>(code)]);
    }
    return values;
  }

 private:
  const IntakeTable& table_;
};

using Lists = std::vector<std::vector<double>>;

Result<Lists> read_lists(const PointColumns& columns, const std::vector<std::string>& names) {
  Lists lists;
  for (const std::string& name : names) {
    auto values = columns.numbers(name);
    if (!values) return values.error();
    lists.push_back(std::move(*values));
  }
  return lists;
}

std::vector<double> row_of(const Lists& lists, std::size_t row) {
  std::vector<double> values;
  for (const auto& list : lists) values.push_back(list[row]);
  return values;
}

std::optional<Error> add_file(std::vector<ExperimentRow>& rows, const std::string& file,
                              const Experiment& experiment) {
  auto table = read_table_file(file, {.text_columns = {"arm"}});
  if (!table) return table.error();
  std::vector<std::string> inputs, measures, differences;
  for (const DesignInput& input : experiment.inputs) inputs.push_back(input.path);
  for (const HarmMeasure& measure : harm_measures()) {
    measures.emplace_back(measure.id);
    differences.push_back(fmt::format("{}-difference", measure.id));
  }
  PointColumns columns(*table);
  auto keys = read_lists(columns, {"point", "replicate"});
  if (!keys) return keys.error();
  auto arms = columns.words("arm");
  if (!arms) return arms.error();
  auto input_lists = read_lists(columns, inputs);
  if (!input_lists) return input_lists.error();
  auto measure_lists = read_lists(columns, measures);
  if (!measure_lists) return measure_lists.error();
  auto difference_lists = read_lists(columns, differences);
  if (!difference_lists) return difference_lists.error();
  for (std::size_t row = 0; row < table->table.rows(); ++row) {
    double point = (*keys)[0][row], replicate = (*keys)[1][row];
    bool numbered = point >= 0 && point < 1e9 && point == std::floor(point) && replicate >= 0 &&
                    replicate <= UINT32_MAX && replicate == std::floor(replicate);
    if (!numbered) {
      return Error{"plan.parts", fmt::format("{}: {} names no point", file, table->place_of(row))};
    }
    rows.push_back({.point = static_cast<std::size_t>(point),
                    .replicate = static_cast<std::uint32_t>(replicate),
                    .arm = (*arms)[row],
                    .inputs = row_of(*input_lists, row),
                    .measures = row_of(*measure_lists, row),
                    .differences = row_of(*difference_lists, row)});
  }
  return std::nullopt;
}

Error other_plan(std::string message) {
  return {"plan.parts",
          std::move(message),
          {},
          "give the plan (and the world and programmes) that made the tables"};
}

std::optional<Error> check_row(const ExperimentRow& row, const Design& design, std::size_t points,
                               const std::vector<std::string>& arms) {
  if (row.point >= points)
    return other_plan(fmt::format("point {} is not of this plan", row.point));
  if (std::find(arms.begin(), arms.end(), row.arm) == arms.end()) {
    return other_plan(fmt::format("the programme `{}` is not of this plan", row.arm));
  }
  for (std::size_t i = 0; i < design.inputs; ++i) {
    double own = design.point(row.point)[i];
    if (std::abs(row.inputs[i] - own) <= 1e-12 * std::max(1.0, std::abs(own))) continue;
    return other_plan(fmt::format("point {} was run with other inputs", row.point));
  }
  return std::nullopt;
}

// Every point has its lines: each arm's, in every replicate. With an interval to be narrow enough a
// point may have fewer replicates, of all arms alike.
std::optional<Error> check_rows(const std::vector<ExperimentRow>& rows,
                                const Experiment& experiment, const Design& design,
                                std::size_t points, const std::vector<std::string>& arms) {
  std::set<std::tuple<std::size_t, std::uint32_t, std::string>> seen;
  std::vector<std::size_t> lines(points);
  for (const ExperimentRow& row : rows) {
    if (auto error = check_row(row, design, points, arms)) return error;
    ++lines[row.point];
    if (seen.insert({row.point, row.replicate, row.arm}).second) continue;
    return Error{
        "plan.parts", fmt::format("point {} is there twice", row.point), {}, "give each part once"};
  }
  for (std::size_t point = 0; point < points; ++point) {
    bool early = experiment.options.until_width.has_value();
    std::size_t most = arms.size() * experiment.replicates;
    bool whole = early ? lines[point] > 0 && lines[point] % arms.size() == 0 : lines[point] == most;
    if (whole) continue;
    std::string_view what = lines[point] == 0 ? "is in none of the tables" : "is not whole";
    return Error{
        "plan.parts", fmt::format("point {} {}", point, what), {}, "give the tables of all parts"};
  }
  return std::nullopt;
}

}  // namespace

Result<PartOf> parse_part(std::string_view text) {
  PartOf part;
  const char* last = text.data() + text.size();
  auto number = std::from_chars(text.data(), last, part.number);
  if (number.ec == std::errc{} && number.ptr != last && *number.ptr == '/') {
    auto of = std::from_chars(number.ptr + 1, last, part.of);
    bool sound = of.ec == std::errc{} && of.ptr == last && part.number >= 1 &&
                 part.number <= part.of && part.of <= 1'000'000;
    if (sound) return part;
  }
  return Error{"usage.part",
               fmt::format("--part is not a share: `{}`", text),
               {},
               "write it as 2/8: the second of eight"};
}

ExperimentPart share_of(const PartOf& part, std::size_t points) {
  return {.first = points * (part.number - 1) / part.of, .last = points * part.number / part.of};
}

std::string points_name(const PartOf& part) {
  return part.of == 1 ? "points" : fmt::format("points-{}-of-{}", part.number, part.of);
}

Result<ExperimentResult> merge_parts(const std::vector<std::string>& files,
                                     const Experiment& experiment, const World& world,
                                     std::span<const SocietyProgramme> programmes) {
  if (experiment.kind == DesignKind::calibration) {
    return Error{"plan.parts", "a calibration has no parts", {}, "run it whole"};
  }
  auto design = design_of(experiment, world);
  if (!design) return design.error();
  ExperimentResult result;
  for (const std::string& file : files) {
    if (auto error = add_file(result.rows, file, experiment)) return *error;
  }
  auto points = points_of(experiment, world);
  if (!points) return points.error();
  std::vector<std::string> arms{"no-programme"};
  for (const SocietyProgramme& programme : programmes) arms.push_back(programme.id);
  if (auto error = check_rows(result.rows, experiment, *design, *points, arms)) return *error;
  std::stable_sort(
      result.rows.begin(), result.rows.end(),
      [](const ExperimentRow& a, const ExperimentRow& b) { return a.point < b.point; });
  result.design = std::move(*design);
  analyse(result, experiment, world);
  return result;
}

}  // namespace credence
