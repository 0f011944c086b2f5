#pragma once

#include <credence/base/result.h>
#include <credence/binning/rules.h>
#include <credence/optimum/tally.h>
#include <credence/table/key_sort.h>

#include <memory>
#include <new>
#include <span>
#include <string>
#include <vector>

namespace credence {

// Memory for numbers that are all written before they are read: a vector does not clear it first.
template <class Value>
struct Uncleared : std::allocator<Value> {
  template <class Other>
  struct rebind {
    using other = Uncleared<Other>;
  };
  void construct(Value* at) { ::new (static_cast<void*>(at)) Value; }
  void construct(Value* at, const Value& value) { ::new (static_cast<void*>(at)) Value(value); }
};

// The clean values of one variable in ascending order, each once, with what is counted of them.
// Entries are single values, or, from a summary of a stream, neighbouring values that are no longer
// told apart. Texts are entries in the order of their event rate.
struct OrderedCounts {
  using Numbers = std::vector<double, Uncleared<double>>;

  Numbers low, high;  // the least and the largest value of an entry; high empty = low
  // Running sums up to and with the entry: of weights of events, and of all weights.
  Numbers events, weight;
  // Empty = every weight is 1, so that these follow from `events` and `weight` without rounding.
  Numbers nonevents, records, squares;

  std::size_t size() const { return weight.size(); }
  double highest(std::size_t entry) const { return high.empty() ? low[entry] : high[entry]; }
  // Of the entries first..last, both included.
  Tally tally(std::size_t first, std::size_t last) const;
  // The running sums that limits of size look at.
  std::span<const double> sizes(SizeBasis basis) const;
  void append(double lowest, double highest_value, const Tally& tally, bool weighted);
};

// All that binning needs to know about one variable.
struct VariableCounts {
  std::string name;
  Column::Kind kind = Column::Kind::number;
  OrderedCounts clean;
  std::vector<std::vector<std::string>> texts;  // of texts: the names of each entry
  std::vector<Tally> specials;                  // per special code
  Tally missing;
  Tally unknown;  // texts that no group of the rules names

  Tally total() const;
};

double size_of(const Tally& tally, SizeBasis basis);

// Error with the variable's name before the message.
Error refusal(std::string code, const std::string& variable, const std::string& message,
              std::string help);

// Rows are counted and numbered in 32 bits, with one number to spare. A summary (summary.h) takes
// them in chunks and sums them in doubles, which count exactly to 2^53.
constexpr std::size_t kMostRows = 0xFFFF'FFFE;

// Whether the rules make sense for a variable of this kind: binning.rules.
Result<Done> check_rules(const VariableRules& rules, const std::string& variable,
                         Column::Kind kind);
// One outcome per row, each 0 or 1; one weight or none; at most kMostRows of them at once:
// binning.too_many_rows, binning.length, binning.weights, binning.target.
Result<Done> check_rows(const Outcome& outcome, const Column& column);
// Whether there is something to bin: binning.all_missing, binning.one_class.
Result<Done> check_counts(const VariableCounts& counts);

struct NamedTally {
  std::string text;
  Tally tally;
};
struct Counted {
  VariableCounts counts;
  std::vector<NamedTally> texts;  // of texts: in no order, not yet in `counts`
};
// Memory to count in, for one variable after the other, because fresh memory has to be cleared: of
// 150,000 rows that costs as much as counting them.
struct CountRoom {
  SortMemory sorting;
  OrderedCounts counts;  // without weights; give them back when they are no longer needed
};

// Error: binning.infinite. REQUIRES: check_rows(); specials without contradiction. The result does
// not depend on the order of the rows.
Result<Counted> count_rows(const Column& column, const Outcome& outcome,
                           const std::vector<SpecialCode>& specials, CountRoom& room);

// The whole of it: rules and rows checked, counted, texts set in order.
Result<VariableCounts> count(const Column& column, const Outcome& outcome,
                             const VariableRules& rules, CountRoom& room);
Result<VariableCounts> count(const Column& column, const Outcome& outcome,
                             const VariableRules& rules);

// The texts of a variable with their tallies, as entries in the order of (smoothed event rate,
// name); with `rare_share`, the rare ones together in one entry. With groups of the user, one entry
// per group in the given order; a group without records joins the one before it (at the beginning,
// the next one), after the texts of the group that has the records.
void set_texts(VariableCounts& counts, std::vector<NamedTally> texts, const VariableRules& rules);

}  // namespace credence
