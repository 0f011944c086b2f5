#include <credence/base/json.h>
#include <credence/plans/result_tables.h>
#include <fmt/format.h>

#include <cmath>

namespace credence {

namespace {

ResultColumn words(std::string name) {
  return {.name = std::move(name), .words = {}, .numbers = {}};
}
ResultColumn numbers(std::string name) {
  return {.name = std::move(name), .words = {}, .numbers = {}};
}

const std::vector<TraitCategory>& groups_of(const World& world) {
  return world.population.categories[static_cast<std::size_t>(Trait::group)];
}

ResultTable months_table(const EnsembleResult& result, const World& world) {
  ResultTable table{
      .name = "months",
      .columns = {numbers("replicate"), words("arm"), numbers("month"), words("group")}};
  for (std::size_t i = 0; i < kCounters; ++i) {
    table.columns.push_back(numbers(std::string{name_of(static_cast<Counter>(i))}));
  }
  for (const ReplicateResult& replicate : result.replicates) {
    for (std::size_t arm = 0; arm < replicate.tallies.size(); ++arm) {
      for (std::size_t month = 0; month < replicate.tallies[arm].size(); ++month) {
        for (std::size_t group = 0; group < replicate.tallies[arm][month].size(); ++group) {
          table.columns[0].numbers.push_back(replicate.replicate);
          table.columns[1].words.push_back(result.arms[arm]);
          table.columns[2].numbers.push_back(static_cast<double>(month + 1));
          table.columns[3].words.push_back(groups_of(world)[group].id);
          const MonthTally& tally = replicate.tallies[arm][month][group];
          for (std::size_t i = 0; i < kCounters; ++i) {
            table.columns[4 + i].numbers.push_back(static_cast<double>(tally.of[i]));
          }
        }
      }
    }
  }
  return table;
}

void add_measure_columns(ResultTable& table) {
  for (const HarmMeasure& measure : harm_measures()) {
    table.columns.push_back(numbers(std::string{measure.id}));
  }
  for (const HarmMeasure& measure : harm_measures()) {
    table.columns.push_back(numbers(fmt::format("{}-difference", measure.id)));
  }
}

// Every measure, then every difference, of one arm (and group) for all replicates at once.
void add_measures(ResultTable& table, std::size_t from, const EnsembleResult& result,
                  std::size_t arm, std::optional<std::size_t> group) {
  for (const HarmMeasure& measure : harm_measures()) {
    auto values = result.values(arm, measure.id, group);
    auto& column = table.columns[from++].numbers;
    column.insert(column.end(), values.begin(), values.end());
  }
  for (const HarmMeasure& measure : harm_measures()) {
    auto values = result.differences(arm, measure.id, group);
    auto& column = table.columns[from++].numbers;
    column.insert(column.end(), values.begin(), values.end());
  }
}

ResultTable replicates_table(const EnsembleResult& result) {
  ResultTable table{.name = "replicates",
                    .columns = {words("arm"), numbers("replicate"), words("state")}};
  add_measure_columns(table);
  for (std::size_t arm = 0; arm < result.arms.size(); ++arm) {
    for (const ReplicateResult& replicate : result.replicates) {
      table.columns[0].words.push_back(result.arms[arm]);
      table.columns[1].numbers.push_back(replicate.replicate);
      table.columns[2].words.push_back(to_hex(replicate.hash));
    }
    add_measures(table, 3, result, arm, {});
  }
  return table;
}

ResultTable groups_table(const EnsembleResult& result, const World& world) {
  ResultTable table{.name = "groups",
                    .columns = {words("arm"), words("group"), numbers("replicate")}};
  add_measure_columns(table);
  for (std::size_t arm = 0; arm < result.arms.size(); ++arm) {
    for (std::size_t group = 0; group < groups_of(world).size(); ++group) {
      for (const ReplicateResult& replicate : result.replicates) {
        table.columns[0].words.push_back(result.arms[arm]);
        table.columns[1].words.push_back(groups_of(world)[group].id);
        table.columns[2].numbers.push_back(replicate.replicate);
      }
      add_measures(table, 3, result, arm, group);
    }
  }
  return table;
}

ResultTable stories_table(const EnsembleResult& result) {
  ResultTable table{
      .name = "stories",
      .columns = {words("arm"), numbers("person"), numbers("month"), numbers("points"),
                  numbers("wealth_cents"), numbers("marks"), numbers("happenings")}};
  for (std::size_t arm = 0; arm < result.stories.size(); ++arm) {
    for (std::size_t i = 0; i < result.stories[arm].size(); ++i) {
      for (const StoryMonth& month : result.stories[arm][i]) {
        table.columns[0].words.push_back(result.arms[arm]);
        table.columns[1].numbers.push_back(result.panel[i]);
        table.columns[2].numbers.push_back(month.month);
        table.columns[3].numbers.push_back(month.points == kNoPoints ? NAN : month.points);
        table.columns[4].numbers.push_back(month.wealth);
        table.columns[5].numbers.push_back(month.marks);
        table.columns[6].numbers.push_back(static_cast<double>(month.happenings));
      }
    }
  }
  return table;
}

std::string csv_word(const std::string& word) {
  if (word.find_first_of(",\"\r\n") == std::string::npos) return word;
  std::string quoted = "\"";
  for (char letter : word) {
    if (letter == '"') quoted += '"';
    quoted += letter;
  }
  return quoted + '"';
}

bool is_words(const ResultColumn& column) {
  return !column.words.empty();
}

}  // namespace

std::size_t ResultTable::rows() const {
  if (columns.empty()) return 0;
  return std::max(columns[0].words.size(), columns[0].numbers.size());
}

std::vector<ResultTable> tables_of(const EnsembleResult& result, const World& world) {
  return {months_table(result, world), replicates_table(result), groups_table(result, world),
          stories_table(result)};
}

ResultTable table_of(const ExperimentResult& result, const Experiment& experiment) {
  ResultTable table{.name = "points",
                    .columns = {numbers("point"), numbers("replicate"), words("arm")}};
  for (const DesignInput& input : experiment.inputs) table.columns.push_back(numbers(input.path));
  add_measure_columns(table);
  for (const ExperimentRow& row : result.rows) {
    table.columns[0].numbers.push_back(static_cast<double>(row.point));
    table.columns[1].numbers.push_back(row.replicate);
    table.columns[2].words.push_back(row.arm);
    std::size_t at = 3;
    for (const auto* values : {&row.inputs, &row.measures, &row.differences}) {
      for (double value : *values) table.columns[at++].numbers.push_back(value);
    }
  }
  return table;
}

// A number that does not exist (nobody asked, so no share was refused) is an empty cell.
std::string to_csv(const ResultTable& table) {
  std::string text;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    text += (i > 0 ? "," : "") + csv_word(table.columns[i].name);
  }
  text += '\n';
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const ResultColumn& column = table.columns[i];
      if (i > 0) text += ',';
      if (is_words(column)) {
        text += csv_word(column.words[row]);
      } else if (std::isfinite(column.numbers[row])) {
        fmt::format_to(std::back_inserter(text), "{}", column.numbers[row]);
      }
    }
    text += '\n';
  }
  return text;
}

std::string to_json_lines(const ResultTable& table) {
  std::string text;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    text += '{';
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const ResultColumn& column = table.columns[i];
      fmt::format_to(std::back_inserter(text), "{}{}:", i > 0 ? "," : "",
                     to_canonical_json(Json{column.name}));
      if (is_words(column)) {
        text += to_canonical_json(Json{column.words[row]});
      } else if (std::isfinite(column.numbers[row])) {
        fmt::format_to(std::back_inserter(text), "{}", column.numbers[row]);
      } else {
        text += "null";
      }
    }
    text += "}\n";
  }
  return text;
}

}  // namespace credence
