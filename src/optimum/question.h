#pragma once

#include <credence/optimum/pairs.h>

#include <functional>
#include <string>
#include <string_view>

namespace credence {

// One problem with its rules, which may be loosened, over bins that were summed once.
struct Question {
  const Nodes* nodes = nullptr;
  BinningRules rules;
  std::vector<bool> fixed_after;
  double total = 0;

  PathRules path_rules() const;
  Worth worth() const;  // with the limits of single bins
};

Found answer(const Question& question, Effort& effort, const Wanted& wanted = {});
// The same with a worth of one's own, and nothing taken off for unlike sizes.
Found answer(const Question& question, const Worth& worth, Effort& effort);

// Questions that differ in nothing but limits of rows (LimitFamily): what is known of single bins
// serves them all.
class AlikeQuestions {
 public:
  // The nodes of `one` outlive it.
  explicit AlikeQuestions(const Question& one);
  Found answer(const Question& question, Effort& effort, const Wanted& wanted = {});
  const Worth& worth() const { return worth_; }

 private:
  Worth worth_;
  PathSearch search_;
};

// A share of `total` as a limit: whole records (up), or a weight as it is.
double size_limit(const BinningRules& rules, double share, double total);
// The z that a pooled two-proportion test needs for this two-sided p-value, and the reverse.
double z_of_p_value(double p_value);
double p_value_of_z(double z);

// A family of limits that can be lifted as a whole.
struct LimitFamily {
  enum class Scope { bins, rows };  // what it limits: each bin by itself, or which stand together
  std::string_view name;
  Scope scope;
  bool Idle::* idle;  // of rows: where an answer says that it is the same without this family
  bool (*active)(const Question&);
  void (*lift)(Question&);
};
std::span<const LimitFamily> limit_families();

}  // namespace credence
