#pragma once

#include <credence/base/finding.h>
#include <credence/base/text.h>
#include <credence/base/time.h>
#include <credence/programme/schema.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// A `where`: a total, typed condition over one event's fields. Grammar (docs/formats/where.md):
//   or: and ("or" and)*    and: not ("and" not)*    not: "not" not | compare
//   compare: sum (("=" | "!=" | "<" | "<=" | ">" | ">=") sum)? | "missing" "(" field ")" | "(" or
//   ")" sum: term (("+" | "-") period)?    term: field | "today" | date | money | integer | "true"
//   | "false" | 'choice'
// Three-valued (Kleene): a comparison with a missing or special field is unknown; an event counts
// when the whole is true. `today` is the as-of date.
class Condition {
 public:
  Condition() = default;  // holds for every event

  bool holds(std::span<const Cell> fields, Date today) const;

  const std::string& text() const { return text_; }
  // The condition read out: "paid is later than due plus 3 days, or ...".
  const Text& sentence() const { return sentence_; }

  // One instruction of the compiled form, for a stack of cells.
  struct Step {
    int operation = 0;
    std::int64_t operand = 0;
  };

 private:
  friend class ConditionCompiler;
  std::string text_;
  Text sentence_;
  std::vector<Step> steps_;
};

struct CompiledCondition {
  Condition condition;
  Findings findings;  // empty path; `where` points into the expression
};
// `where` is the place of the quoted text in the programme file.
CompiledCondition compile_condition(std::string_view text, const EventType& event,
                                    Currency currency, const Where& where);

}  // namespace credence
