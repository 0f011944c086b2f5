#include <credence/explanation/say.h>
#include <credence/explanation/what_if.h>
#include <credence/feature/measure.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <set>

namespace credence {

namespace {

// How many days ahead are tried at most: each is one derivation of one feature.
constexpr std::size_t kMostDays = 36;

bool is_ordered(const Card::Line& line) {
  return std::ranges::all_of(line.bins, [](const Card::Bin& bin) { return bin.choices.empty(); });
}

// The better bin that is nearest: by position when the answers have an order and the present answer
// a place in it, else by the smallest gain.
const Card::Bin* nearest_better_bin(const Card::Line& line, const Term& term) {
  bool by_position = term.bin >= 0 && is_ordered(line);
  const Card::Bin* best = nullptr;
  std::int64_t best_distance = 0;
  for (std::size_t i = 0; i < line.bins.size(); ++i) {
    if (line.bins[i].points <= term.points) continue;
    std::int64_t distance = by_position ? std::abs(static_cast<std::int64_t>(i) - term.bin)
                                        : line.bins[i].points - term.points;
    if (best != nullptr && distance >= best_distance) continue;
    best = &line.bins[i];
    best_distance = distance;
  }
  return best;
}

// The answer to the feature on a later day, if nothing happens until then.
FeatureValue answer_on(const WhatIfQuestion& question, int feature, Date day) {
  AsOf then = question.features.as_of;
  then.date = day;
  const Feature& asked = question.programme->features.at(static_cast<std::size_t>(feature));
  std::vector<const EventFact*> usable = usable_events(question.programme, question.dossier, then);
  std::erase_if(usable, [&](const EventFact* event) { return event->type != asked.from; });
  return measure(asked, Records{usable}, day);
}

int points_on(const WhatIfQuestion& question, std::size_t term, Date day) {
  int feature = question.score.terms.at(term).feature;
  Features then = question.features;
  then.values.at(static_cast<std::size_t>(feature)) = answer_on(question, feature, day);
  return points_of_answers(std::move(then), question.card, question.programme)
      .terms.at(term)
      .points;
}

// Days on which the answer may move although nothing happens: records stop counting, and months
// pass.
std::set<Date> days_ahead(const WhatIfQuestion& question, const Card::Line& line) {
  auto position = static_cast<std::size_t>(line.feature);
  const Feature& feature = question.programme->features.at(position);
  const FeatureValue& now = question.features.values.at(position);
  std::set<Date> days;
  for (const EventFact& event : question.dossier.events) {
    if (!std::ranges::binary_search(now.facts, event.index)) continue;
    days.insert(say_record(*question.programme, event, &feature).counts_until);
    if (feature.measure != Measure::months_since) continue;
    for (const Card::Bin& bin : line.bins) {
      constexpr std::int64_t kLongest = 2400;  // months in 200 years
      if (bin.below <= 0 || bin.below > kLongest) continue;
      days.insert(add(event.at, Period{.months = static_cast<int>(bin.below), .days = 0}));
    }
  }
  days.erase(days.begin(), days.upper_bound(question.features.as_of.date));
  return days;
}

}  // namespace

Score points_of_answers(Features features, const Card& card, const LawfulProgramme& programme) {
  features.usable_facts = std::numeric_limits<int>::max();
  features.oldest = Date{std::chrono::year{1} / 1 / 1};
  return std::get<Score>(score(features, card, programme));
}

std::optional<WhatIf> nearest_better(const WhatIfQuestion& question, std::size_t position) {
  const Term& term = question.score.terms.at(position);
  const Card::Line& line = question.card.lines().at(position);
  auto feature = static_cast<std::size_t>(term.feature);
  if (question.programme->features.at(feature).family == Family::identity) return std::nullopt;
  const Card::Bin* bin = nearest_better_bin(line, term);
  if (bin == nullptr) return std::nullopt;
  WhatIf what_if{.line = static_cast<int>(position),
                 .answer = bin->label,
                 .gain = bin->points - term.points,
                 .total = question.score.total + bin->points - term.points,
                 .by_itself = {},
                 .gain_by_itself = 0};
  std::size_t tried = 0;
  for (Date day : days_ahead(question, line)) {
    if (++tried > kMostDays) break;
    int points = points_on(question, position, day);
    if (points <= term.points) continue;
    what_if.by_itself = day;
    what_if.gain_by_itself = points - term.points;
    break;
  }
  return what_if;
}

}  // namespace credence
