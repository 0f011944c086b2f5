#include <credence/score/reading.h>
#include <credence/score/score.h>

#include <algorithm>

namespace credence {

namespace {

int bin_of(const Card::Line& line, std::int64_t value) {
  auto holds = [value](const Card::Bin& bin) {
    if (bin.choices.empty()) return value < bin.below;
    return std::find(bin.choices.begin(), bin.choices.end(), value) != bin.choices.end();
  };
  // The last bin is open and takes what no other takes.
  auto found = std::find_if(line.bins.begin(), line.bins.end() - 1, holds);
  return static_cast<int>(found - line.bins.begin());
}

Term term_of(const Card::Line& line, Cell answer) {
  if (answer.is_missing()) return {line.feature, -1, line.none};
  if (answer.is_special()) {
    int code = answer.special_code();
    expects(static_cast<std::size_t>(code) < line.special.size(),
            "score: a special code without points");
    return {line.feature, -2 - code, line.special[static_cast<std::size_t>(code)]};
  }
  int bin = bin_of(line, answer.value());
  return {line.feature, bin, line.bins[static_cast<std::size_t>(bin)].points};
}

std::optional<NotEnoughData> what_lacks(const Features& features, const Needs& needs) {
  Date today = features.as_of.date;
  NotEnoughData data{
      .facts = features.usable_facts,
      .facts_needed = needs.facts,
      .days = features.oldest ? static_cast<int>((today - *features.oldest).count()) : 0,
      .days_needed = static_cast<int>((today - subtract(today, needs.span)).count())};
  if (data.facts >= data.facts_needed && data.days >= data.days_needed) return std::nullopt;
  return data;
}

}  // namespace

ScoreOutcome score(const Features& features, const Card& card, const Programme& programme) {
  expects(features.values.size() == programme.features.size(),
          "score: features of another programme");
  if (auto lacking = what_lacks(features, programme.needs)) return *lacking;
  Score result{.total = card.base(), .base = card.base(), .terms = {}};
  result.terms.reserve(card.lines().size());
  for (const Card::Line& line : card.lines()) {
    Term term = term_of(line, features.values.at(static_cast<std::size_t>(line.feature)).answer);
    result.terms.push_back(term);
    result.total += term.points;
  }
  expects(result.total >= programme.lowest && result.total <= programme.highest,
          "score: a card of another programme");
  return result;
}

ScoreOutcome score(const Features& features, const Card& card, const LawfulProgramme& programme) {
  return score(features, card, *programme);
}

}  // namespace credence
