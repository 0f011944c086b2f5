#pragma once

#include <credence/training/plan.h>

#include <optional>
#include <string>

namespace credence {

// A table of real history with its outcome and the plan that suits it.
struct RealData {
  Table table;
  Outcome outcome;
  TrainingPlan plan;
};

// nullopt, with a message, where the data is not on this machine.
std::optional<RealData> heloc();
std::optional<RealData> taiwan();
std::optional<RealData> german();
// Every how many-th row, for checks that must be quick.
RealData thinned(const RealData& data, std::size_t every);

// A comma-separated file whose fields have no quoted line ends. Columns whose fields are all
// numbers or empty are numbers.
std::optional<Table> read_csv(const std::string& path);

}  // namespace credence
