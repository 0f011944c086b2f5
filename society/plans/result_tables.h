#pragma once

#include <credence/plans/ensemble.h>
#include <credence/plans/experiment.h>

#include <string>
#include <vector>

namespace credence {

// Results as tables, which CSV, JSON Lines and Parquet hold alike.
struct ResultColumn {
  std::string name;
  std::vector<std::string> words;  // one of the two is filled
  std::vector<double> numbers;
};
struct ResultTable {
  std::string name;  // "months", "replicates", "groups", "stories", "points"
  std::vector<ResultColumn> columns;
  std::size_t rows() const;
};
// months: replicate, arm, month, group, every counter; replicates: replicate, arm, every measure
// and its difference from no programme, the state's hash; groups: the same by group; stories: the
// panel.
std::vector<ResultTable> tables_of(const EnsembleResult& result, const World& world);
ResultTable table_of(const ExperimentResult& result, const Experiment& experiment);
std::string to_csv(const ResultTable& table);
std::string to_json_lines(const ResultTable& table);

}  // namespace credence
