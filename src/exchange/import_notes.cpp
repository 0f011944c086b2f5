#include <credence/exchange/import_notes.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace credence {

std::optional<int> RoundedPoints::round(double points) {
  double whole = std::round(points);
  if (!(std::abs(whole) <= Scorecard::kMaxPoints)) return std::nullopt;
  largest_ = std::max(largest_, std::abs(points - whole));
  return static_cast<int>(whole);
}

std::optional<Text> RoundedPoints::note() const {
  if (largest_ == 0) return std::nullopt;
  return Text{fmt::format("points were made whole, each by at most {:.3f}", largest_),
              fmt::format("les points ont été arrondis, chacun de {:.3f} au plus", largest_)};
}

Result<Imported> finish_import(Scorecard card, std::vector<Text> notes, const std::string& file) {
  for (Scorecard::Term& term : card.terms) {
    std::string reason = std::move(term.reason);
    term.reason.clear();
    if (reason != card.reason_of(term)) term.reason = std::move(reason);
  }
  std::set<std::string> reasons;
  for (Scorecard::Term& term : card.terms) {
    if (reasons.insert(card.reason_of(term)).second) continue;
    std::string shared = card.reason_of(term);
    for (int n = 2; !reasons.insert(term.reason = fmt::format("{} ({})", shared, n)).second; ++n) {
    }
    notes.push_back(
        {fmt::format("the reason `{}` was told twice; one is `{}` now", shared, term.reason),
         fmt::format("le motif « {} » était donné deux fois ; l'un est « {} » désormais", shared,
                     term.reason)});
  }
  if (card.lowest() < card.range_lowest || card.highest() > card.range_highest) {
    card.range_lowest = card.lowest();
    card.range_highest = std::max(card.highest(), card.lowest() + 1);
  }
  std::vector<Error> found = defects(card);
  if (found.empty()) return Imported{std::move(card), std::move(notes)};
  return Error{"import.card", found.front().message, {file}, found.front().help};
}

}  // namespace credence
