#include <credence/binning/summary.h>
#include <credence/cli/history.h>
#include <credence/cli/inputs.h>
#include <credence/cli/planning.h>
#include <credence/cli/summaries.h>
#include <credence/terminal/progress.h>
#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace credence {

namespace {

constexpr std::size_t kBatchRows = 131'072;

class Gathering {
 public:
  Gathering(const Arguments& arguments, Console& console)
      : arguments_(arguments), console_(console), threads_(threads_from(arguments)) {}

  Result<Done> add(const IntakeTable& batch, std::size_t first_row) {
    auto outcome = read_batch_outcome(batch, arguments_);
    if (!outcome) return outcome.error();
    if (first_row == 0) {
      if (auto begun = begin(batch.table); !begun) return begun;
    }
    return add_columns(batch.table, *outcome);
  }

  std::vector<StreamedBinning> bin(const VariableRules& rules) const {
    std::vector<StreamedBinning> all;
    for (const Summary& summary : summaries_) {
      VariableRules own = rules;
      own.specials = codes_of(summary.kind());
      all.push_back({summary.name(), bin_summary(summary, own)});
    }
    return all;
  }

 private:
  std::vector<SpecialCode> codes_of(Column::Kind kind) const {
    auto codes = special_codes(arguments_, kind);
    expects(bool(codes), "special_codes: of any text");
    return *std::move(codes);
  }

  Result<Done> begin(const Table& table) {
    std::set<std::string> apart = {arguments_.one("target"), arguments_.one_or("weight", "")};
    for (const NoInput& marker : row_markers(table)) {
      if (!apart.insert(marker.column).second || arguments_.has("variable")) continue;
      console_.err(say(marker, Tongue{arguments_.language()}));
    }
    if (arguments_.has("variable"))
      apart = {arguments_.one("target"), arguments_.one_or("weight", "")};
    for (const Column& column : table.columns()) {
      if (apart.contains(column.name())) continue;
      auto summary = Summary::of(column.name(), column.kind(), codes_of(column.kind()));
      if (!summary) return summary.error();
      summaries_.push_back(*std::move(summary));
    }
    return Done{};
  }

  // Each thread has columns of its own, so that the result does not depend on their number.
  Result<Done> add_columns(const Table& table, const Outcome& outcome) {
    std::vector<std::optional<Error>> errors(summaries_.size());
    auto work = [&](std::size_t first) {
      for (std::size_t i = first; i < summaries_.size(); i += threads_) {
        auto added = summaries_[i].add(*table.find(summaries_[i].name()), outcome);
        if (!added) errors[i] = added.error();
      }
    };
    {
      std::vector<std::jthread> helpers;
      for (std::size_t i = 1; i < threads_; ++i) helpers.emplace_back(work, i);
      work(0);
    }
    for (const auto& error : errors) {
      if (error) return *error;
    }
    return Done{};
  }

  const Arguments& arguments_;
  Console& console_;
  std::size_t threads_;
  std::vector<Summary> summaries_;
};

}  // namespace

Result<std::vector<StreamedBinning>> bin_stream(const Arguments& arguments, Console& console,
                                                const VariableRules& rules) {
  auto options = intake_options(arguments);
  if (!options) return options.error();
  options->columns = arguments.all("variable");
  for (const char* name : {"target", "weight"}) {
    if (!options->columns.empty() && arguments.has(name))
      options->columns.push_back(arguments.one(name));
  }
  Gathering gathering(arguments, console);
  ProgressBar progress(console, "reading", "B");
  auto done = read_batches(
      arguments.one("TABLE"), *options, kBatchRows,
      [&](const IntakeTable& batch, std::size_t first) { return gathering.add(batch, first); },
      [&](std::uint64_t read, std::uint64_t total) { progress.show(read, total); });
  progress.finish();
  if (!done) return done.error();
  return gathering.bin(rules);
}

}  // namespace credence
