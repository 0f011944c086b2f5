#include <credence/score/reasons.h>

#include <algorithm>

namespace credence {

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

std::vector<Reason> adverse_reasons(const Score& score, const Card& card, Baseline baseline) {
  expects(score.terms.size() == card.lines().size(), "adverse_reasons: a score of another card");
  struct Ranked {
    Reason reason;
    int most = 0;  // that the factor can lose
  };
  std::vector<Ranked> ranked;
  for (std::size_t i = 0; i < card.lines().size(); ++i) {
    const Card::Line& line = card.lines()[i];
    Reason reason{.line = static_cast<int>(i),
                  .feature = line.feature,
                  .points = score.terms[i].points,
                  .baseline = baseline_of(line, baseline)};
    if (reason.lost() > 0) ranked.push_back({reason, reason.baseline - line.lowest()});
  }
  std::sort(ranked.begin(), ranked.end(), [](const Ranked& a, const Ranked& b) {
    if (a.reason.lost() != b.reason.lost()) return a.reason.lost() > b.reason.lost();
    if (a.most != b.most) return a.most > b.most;
    return a.reason.line < b.reason.line;
  });
  std::vector<Reason> reasons;
  for (const Ranked& entry : ranked) reasons.push_back(entry.reason);
  return reasons;
}

std::vector<Reason> adverse_reasons(const Score& score, const Card& card,
                                    const ExplanationRules& rules) {
  std::vector<Reason> reasons = adverse_reasons(score, card, rules.baseline);
  std::size_t most = rules.max_reasons > 0 ? static_cast<std::size_t>(rules.max_reasons) : 0;
  if (reasons.size() > most) reasons.resize(most);
  return reasons;
}

}  // namespace credence
