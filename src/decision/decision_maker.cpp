#include <credence/decision/decision_maker.h>

namespace credence {

bool DecisionMaker::is_possible(const Parts& parts) {
  bool of_order = std::holds_alternative<Order>(parts.about);
  bool ruled = parts.ruling.has_value();
  bool traced = parts.trace.has_value();
  if (of_order != traced) return false;
  if ((parts.outcome == DecisionOutcome::imposed) != parts.ends.has_value()) return false;
  if (parts.answer && (!of_order || parts.outcome == DecisionOutcome::awaits_human)) return false;
  if (ruled) {
    bool for_the_person = parts.ruling->verdict == RulingVerdict::for_the_person;
    bool with_the_verdict = for_the_person ? parts.outcome == DecisionOutcome::granted ||
                                                 parts.outcome == DecisionOutcome::not_imposed
                                           : parts.outcome == DecisionOutcome::refused ||
                                                 parts.outcome == DecisionOutcome::imposed;
    if (!with_the_verdict || parts.ruling->reviewer.empty() || parts.ruling->reason.empty()) {
      return false;
    }
  }
  switch (parts.outcome) {
    case DecisionOutcome::granted:
      return of_order;
    case DecisionOutcome::equal_path:
    case DecisionOutcome::not_enough_data:
      return of_order && !ruled;
    case DecisionOutcome::awaits_human:
      return !ruled;
    case DecisionOutcome::refused:
      return of_order && ruled;
    case DecisionOutcome::imposed:
    case DecisionOutcome::not_imposed:
      return !of_order && ruled;
  }
  return false;
}

Decision DecisionMaker::make(Parts parts) {
  expects(is_possible(parts), "Decision: no such decision may exist");
  Decision decision;
  decision.about_ = std::move(parts.about);
  decision.outcome_ = parts.outcome;
  decision.ruling_ = std::move(parts.ruling);
  decision.trace_ = parts.trace;
  decision.ends_ = parts.ends;
  decision.answer_ = std::move(parts.answer);
  return decision;
}

}  // namespace credence
