#include <credence/engine/remains.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>

namespace credence {

namespace {

using Indexes = std::vector<std::uint64_t>;

bool contains(std::span<const std::uint64_t> ascending, std::uint64_t index) {
  return std::binary_search(ascending.begin(), ascending.end(), index);
}

// Whether an answer of this measure names every record that took part: then erasing takes records
// away from it and brings none.
bool names_all(Measure measure) {
  return measure == Measure::count || measure == Measure::share || measure == Measure::sum ||
         measure == Measure::mean || measure == Measure::distinct;
}

class Inspection {
 public:
  Inspection(const Remains& remains, const IssuedScore& issued, const Json::Object& recorded)
      : remains_(remains), issued_(issued), recorded_(recorded) {
    for (const EventFact* event : usable_events(remains.programme, remains.dossier, issued.as_of)) {
      usable_.emplace(event->index, event->type);
    }
  }

  std::string run() {
    if (remains_.erased.empty()) return "no record that it could know was erased";
    std::int64_t fewer = std::int64_t{issued_.usable_facts} - remains_.again.usable_facts;
    if (static_cast<std::uint64_t>(std::abs(fewer)) > remains_.erased.size()) {
      return fmt::format("it counted {} records; {} are left and only {} were erased",
                         issued_.usable_facts, remains_.again.usable_facts, remains_.erased.size());
    }
    if (std::string wrong = check_points(); !wrong.empty()) return wrong;
    for (const IssuedScore::IssuedTerm& term : issued_.terms) {
      if (std::string wrong = check_answer(term); !wrong.empty())
        return fmt::format("`{}`: {}", term.feature, wrong);
    }
    return {};
  }

 private:
  // The recorded answers, scored again.
  std::string check_points() {
    Features features{.as_of = issued_.as_of,
                      .values = std::vector<FeatureValue>(remains_.programme->features.size()),
                      .usable_facts = issued_.usable_facts,
                      .oldest = oldest()};
    for (const IssuedScore::IssuedTerm& term : issued_.terms) {
      int feature = remains_.programme->find_feature(term.feature);
      const Card::Line* line = feature < 0 ? nullptr : remains_.card.find_line(feature);
      if (line == nullptr) return fmt::format("the card has no line `{}`", term.feature);
      if (term.answer.is_special() &&
          static_cast<std::size_t>(term.answer.special_code()) >= line->special.size()) {
        return fmt::format("`{}` has no such special code", term.feature);
      }
      features.values[static_cast<std::size_t>(feature)] = {term.answer, term.facts};
    }
    ScoreOutcome outcome = score(features, remains_.card, remains_.programme);
    return first_difference(
        recorded_, score_payload({.features = std::move(features), .outcome = std::move(outcome)},
                                 remains_.programme, remains_.card, remains_.programme_fact));
  }

  // One that is no date is found as a difference.
  std::optional<Date> oldest() const {
    auto found = recorded_.find("oldest");
    if (found == recorded_.end() || found->second.string() == nullptr) return std::nullopt;
    return parse_date(*found->second.string());
  }

  std::string check_answer(const IssuedScore::IssuedTerm& term) const {
    auto at = static_cast<std::size_t>(remains_.programme->find_feature(term.feature));
    const Feature& feature = remains_.programme->features[at];
    if (std::string wrong = check_records(term, feature); !wrong.empty()) return wrong;
    const FeatureValue& again = remains_.again.values[at];
    if (term.facts.empty()) {
      bool nothing =
          term.answer.is_missing() || (term.answer.has_value() && term.answer.value() == 0);
      if (!nothing) return "an answer without a record";
    } else if (term.answer.is_missing()) {
      return "records without an answer";
    } else if (term.facts == again.facts && term.answer != again.answer) {
      return "its records are all there and answer otherwise";
    }
    if (feature.measure == Measure::count && term.answer.has_value() &&
        term.answer.value() != static_cast<std::int64_t>(term.facts.size())) {
      return "it counts other records than it names";
    }
    // A record that an erased correction had replaced counts again; others were left out.
    Indexes more;
    std::set_difference(again.facts.begin(), again.facts.end(), term.facts.begin(),
                        term.facts.end(), std::back_inserter(more));
    bool from_all = names_all(feature.measure) || term.facts.empty();
    if (from_all && more.size() > remains_.erased.size())
      return fmt::format("record {} is left out", more.front());
    return {};
  }

  std::string check_records(const IssuedScore::IssuedTerm& term, const Feature& feature) const {
    for (std::size_t i = 0; i < term.facts.size(); ++i) {
      std::uint64_t index = term.facts[i];
      if (i > 0 && term.facts[i - 1] >= index) return "its records do not rise";
      if (contains(remains_.erased, index)) continue;
      auto found = usable_.find(index);
      if (found == usable_.end())
        return fmt::format("record {} did not count, and was not erased", index);
      if (found->second != feature.from) return fmt::format("record {} is of another kind", index);
    }
    return {};
  }

  const Remains& remains_;
  const IssuedScore& issued_;
  const Json::Object& recorded_;
  std::map<std::uint64_t, int> usable_;  // type by index
};

}  // namespace

std::string first_difference(const Json::Object& recorded, const Json::Object& computed) {
  for (const auto& [key, value] : computed) {
    auto found = recorded.find(key);
    if (found == recorded.end()) return fmt::format("`{}` is missing", key);
    if (found->second == value) continue;
    return fmt::format("`{}` is recorded as {} and computed as {}", key,
                       to_canonical_json(found->second), to_canonical_json(value));
  }
  for (const auto& [key, value] : recorded) {
    if (!computed.contains(key)) return fmt::format("`{}` is recorded and not computed", key);
  }
  return {};
}

std::vector<std::uint64_t> missing_records(const IssuedScore& issued, const Dossier& dossier) {
  std::set<std::uint64_t> missing;
  for (const IssuedScore::IssuedTerm& term : issued.terms) {
    missing.insert(term.facts.begin(), term.facts.end());
  }
  for (const EventFact& event : dossier.events) missing.erase(event.index);
  return {missing.begin(), missing.end()};
}

std::string what_erasure_leaves_open(const Remains& remains, const IssuedScore& issued,
                                     const Json::Object& recorded) {
  return Inspection{remains, issued, recorded}.run();
}

}  // namespace credence
