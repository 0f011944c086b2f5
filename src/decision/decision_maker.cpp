#include <credence/decision/decision_maker.h>

namespace credence {

bool DecisionMaker::is_possible(const Parts& parts) {
  bool of_order = std::holds_alternative<Order>(parts.about);
  bool ruled = parts.ruling.has_value();
  bool traced = parts.trace.has_value();
  if (of_order != traced) return false;
  if ((parts.outcome == Outcome::imposed) != parts.ends.has_value()) return false;
  if (parts.answer && (!of_order || parts.outcome == Outcome::awaits_human)) return false;
  if (ruled) {
    bool for_the_person = parts.ruling->verdict == Verdict::for_the_person;
    bool with_the_verdict =
        for_the_person ? parts.outcome == Outcome::granted || parts.outcome == Outcome::not_imposed
                       : parts.outcome == Outcome::refused || parts.outcome == Outcome::imposed;
    if (!with_the_verdict || parts.ruling->reviewer.empty() || parts.ruling->reason.empty()) {
      return false;
    }
  }
  switch (parts.outcome) {
    case Outcome::granted:
      return of_order;
    case Outcome::equal_path:
    case Outcome::not_enough_data:
      return of_order && !ruled;
    case Outcome::awaits_human:
      return !ruled;
    case Outcome::refused:
      return of_order && ruled;
    case Outcome::imposed:
    case Outcome::not_imposed:
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
