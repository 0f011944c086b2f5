#pragma once

#include <credence/base/result.h>
#include <credence/binning/prebin_counts.h>
#include <credence/binning/rules.h>

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace credence {

// What binning needs to know about one variable, gathered from a stream of rows in bounded memory.
//
// Numbers: counts on an adaptive grid of dyadic intervals of the 64-bit keys that order the
// doubles. An interval is a single value as long as there is room. Above the capacity, neighbours
// with few records are folded into the smallest dyadic interval that holds both. Dyadic intervals
// nest or are disjoint, so summaries merge without loss of a single count: every count is exact,
// and only the power to tell neighbouring values apart is lost. Each interval keeps its least and
// largest value, so the cut points it offers are those of the whole table.
//
// Texts: every text with its counts, up to a limit.
//
// To work in parallel, give each thread columns of its own, or merge chunks in a fixed order.
// Deterministic: equal chunks, added and merged in equal order, give equal bits. Without weights
// the counts do not depend on the order at all.
class Summary {
 public:
  struct Options {
    std::size_t capacity = 4096;         // intervals, at least 64
    std::size_t most_texts = 1'000'000;  // different ones
  };

  // Error: binning.rules (special codes that contradict each other).
  static Result<Summary> of(std::string name, Column::Kind kind, std::vector<SpecialCode> specials,
                            Options options);
  static Result<Summary> of(std::string name, Column::Kind kind,
                            std::vector<SpecialCode> specials = {}) {
    return of(std::move(name), kind, std::move(specials), Options{});
  }

  // The next rows, a piece of the column and of the outcome. Chunks of 100,000 rows and more are
  // fast. Errors (the summary is as before): binning.kind, binning.length, binning.weights,
  // binning.target, binning.infinite, binning.too_many_texts.
  Result<Done> add(const Column& rows, const Outcome& outcome);
  // The rows of another summary of the same variable. Errors: binning.rules, when name, kind or
  // special codes differ; binning.too_many_texts.
  Result<Done> merge(const Summary& other);

  const std::string& name() const { return counts_.name; }
  Column::Kind kind() const { return counts_.kind; }
  double records() const { return counts_.total().records + clean_.records; }
  std::size_t intervals() const { return leaves_.size(); }
  // The largest share of all clean records in an interval of more than one value; 0 = nothing lost.
  double resolution() const;

  // What bin_summary() bins. The special codes are those of the summary; `rules` must name the
  // same. Errors: binning.rules, binning.all_missing, binning.one_class.
  Result<VariableCounts> counts(const VariableRules& rules) const;

 private:
  struct Leaf {
    std::uint64_t start = 0;  // least key of the interval
    unsigned level = 0;       // the interval holds 2^level keys
    double low = 0, high = 0;
    Tally tally;
  };

  using Leaves = std::vector<Leaf>;
  class Row;     // leaves in ascending order, one after the other
  class Folder;  // joins neighbours among them

  static Leaves merged(const Leaves& left, const Leaves& right);
  void take(const OrderedCounts& values);
  void shrink(double most_records);
  double least_worth_keeping() const;  // records of an interval
  Result<Done> add_texts(const std::vector<NamedTally>& texts);

  Options options_;
  std::vector<SpecialCode> specials_;
  VariableCounts counts_;  // all but the clean rows
  Tally clean_;
  bool is_weighted_ = false;
  Leaves leaves_;  // disjoint, ascending
  std::unordered_map<std::string, Tally> texts_;
};

}  // namespace credence
