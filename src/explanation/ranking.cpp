#include <credence/explanation/ranking.h>
#include <credence/score/reasons.h>

#include <algorithm>

namespace credence {

namespace {

bool is_about_inquiries(const Programme& programme, const Term& term) {
  const std::string& signal = programme.features.at(static_cast<std::size_t>(term.feature)).signal;
  return signal.find("inquir") != std::string::npos;
}

}  // namespace

std::vector<ExplainedReason> ranked_reasons(const Programme& programme, const Card& card,
                                            const Score& score) {
  std::vector<Reason> ranked = adverse_reasons(score, card, programme.explanation.baseline);
  auto shown = static_cast<std::size_t>(std::max(0, programme.explanation.max_reasons));
  bool wants_inquiries =
      std::ranges::find(programme.jurisdictions, "us") != programme.jurisdictions.end();
  std::vector<ExplainedReason> reasons;
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    const Term& term = score.terms.at(static_cast<std::size_t>(ranked[i].line));
    bool beside = wants_inquiries && is_about_inquiries(programme, term);
    if (i >= shown && !beside) continue;
    reasons.push_back(
        {.line = ranked[i].line, .distance = ranked[i].lost(), .inquiries = i >= shown});
  }
  return reasons;
}

}  // namespace credence
