#include <credence/explanation/ranking.h>

#include <algorithm>

namespace credence {

namespace {

int baseline_of(const Card::Line& line, Baseline baseline) {
  switch (baseline) {
    case Baseline::best:
      return line.highest();
    case Baseline::mean:
      return line.mean;
    case Baseline::policy:
      return line.policy;
  }
  stop_on_defect("baseline_of: unknown baseline");
}

bool is_about_inquiries(const Programme& programme, const Term& term) {
  const std::string& signal = programme.features.at(static_cast<std::size_t>(term.feature)).signal;
  return signal.find("inquir") != std::string::npos;
}

}  // namespace

std::vector<ExplainedReason> ranked_reasons(const Programme& programme, const Card& card,
                                            const Score& score) {
  std::vector<ExplainedReason> ranked;
  for (std::size_t i = 0; i < score.terms.size(); ++i) {
    int distance =
        baseline_of(card.lines().at(i), programme.explanation.baseline) - score.terms[i].points;
    if (distance > 0) ranked.push_back({.line = static_cast<int>(i), .distance = distance});
  }
  std::ranges::stable_sort(ranked, std::ranges::greater{}, &ExplainedReason::distance);
  auto shown = static_cast<std::size_t>(std::max(0, programme.explanation.max_reasons));
  bool wants_inquiries =
      std::ranges::find(programme.jurisdictions, "us") != programme.jurisdictions.end();
  std::vector<ExplainedReason> reasons;
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    const Term& term = score.terms.at(static_cast<std::size_t>(ranked[i].line));
    if (i < shown) {
      reasons.push_back(ranked[i]);
    } else if (wants_inquiries && is_about_inquiries(programme, term)) {
      reasons.push_back(ranked[i]);
      reasons.back().inquiries = true;
    }
  }
  return reasons;
}

}  // namespace credence
