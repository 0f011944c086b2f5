#pragma once

#include <credence/decision/decision.h>

namespace credence {

// The one maker of decisions; used by the functions of this layer alone. It refuses, as our defect,
// what the charter forbids to exist: a disadvantage that no human decided.
struct DecisionMaker {
  struct Parts {
    std::variant<Order, Detriment> about;
    DecisionOutcome outcome = DecisionOutcome::awaits_human;
    std::optional<Ruling> ruling = {};
    std::optional<Hash> trace = {};
    std::optional<Date> ends = {};
    std::optional<std::string> answer = {};
  };
  static Decision make(Parts parts);
  // Whether the parts are a decision that may exist; made() expects it, a reader asks.
  static bool is_possible(const Parts& parts);
};

Result<Decision> rule_on_detriment(const Decision& proposed, const LawfulProgramme& programme,
                                   const Dossier& dossier, const Ruling& ruling);

}  // namespace credence
