#include <credence/feature/sample_test.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

// The definitions of docs/formats/features.md, written down once more: slow, plain, and without
// sharing a line with the code that they check.

namespace credence {

namespace {

__extension__ using Exact = __int128;

struct Reference {
  const Programme& programme;
  const Dossier& dossier;
  AsOf as_of;

  bool known(std::uint64_t index) const { return index < as_of.known; }

  const Source& source_of(const EventFact& event) const {
    return programme.sources[static_cast<std::size_t>(
        programme.events[static_cast<std::size_t>(event.type)].source)];
  }

  bool replaced(const EventFact& event) const {
    for (const EventFact& other : dossier.events) {
      if (other.corrects == event.index && known(other.index)) return true;
    }
    return decided_as(event, DisputeOutcome::corrected);
  }

  bool decided_as(const EventFact& event, DisputeOutcome outcome) const {
    for (const Dispute& dispute : dossier.disputes) {
      if (dispute.record != event.index || !known(dispute.index) || !dispute.decided) continue;
      if (known(dispute.decided->index) && dispute.decided->outcome == outcome) return true;
    }
    return false;
  }

  bool frozen(const EventFact& event) const {
    for (const Dispute& dispute : dossier.disputes) {
      if (dispute.record != event.index || !dispute.frozen || !known(dispute.index)) continue;
      if (!dispute.decided || !known(dispute.decided->index)) return true;
    }
    return false;
  }

  bool consented(const EventFact& event) const {
    for (const Grant& grant : dossier.consents.grants()) {
      if (grant.source != source_of(event).id || !known(grant.index)) continue;
      bool begun = grant.granted <= as_of.asked, over = day_of(as_of.asked) >= grant.expires;
      bool withdrawn =
          grant.withdrawn_by && known(*grant.withdrawn_by) && *grant.withdrawn <= as_of.asked;
      if (begun && !over && !withdrawn) return true;
    }
    return false;
  }

  bool retained(const EventFact& event) const {
    const Source& source = source_of(event);
    Date start = source.clock_start == "recording" ? day_of(event.recorded) : event.at;
    Date over = add(start, source.retention);
    return as_of.date < over && day_of(as_of.asked) < over;
  }

  std::optional<Excluded> why(const EventFact& event) const {
    if (!known(event.index)) return Excluded::unknown_yet;
    if (event.at > as_of.date) return Excluded::in_future;
    if (replaced(event)) return Excluded::replaced;
    if (decided_as(event, DisputeOutcome::deleted)) return Excluded::deleted;
    if (frozen(event)) return Excluded::frozen;
    if (!consented(event)) return Excluded::no_consent;
    if (!retained(event)) return Excluded::past_retention;
    return std::nullopt;
  }

  std::vector<EventFact> usable(int type) const {
    std::vector<EventFact> events;
    for (const EventFact& event : dossier.events) {
      if (event.type == type && !why(event)) events.push_back(event);
    }
    std::sort(events.begin(), events.end(), [](const EventFact& a, const EventFact& b) {
      return std::pair(a.at, a.index) < std::pair(b.at, b.index);
    });
    return events;
  }
};

// The whole number nearest to number / by; of two equally near, the even one.
Exact nearest_whole(Exact number, Exact by) {
  Exact best = number / by - 2;
  for (Exact candidate = best; candidate <= number / by + 2; ++candidate) {
    Exact far = number - candidate * by, far_best = number - best * by;
    if (far < 0) far = -far;
    if (far_best < 0) far_best = -far_best;
    if (far < far_best || (far == far_best && candidate % 2 == 0)) best = candidate;
  }
  return best;
}

Cell limited(Exact value) {
  if (value > Cell::kLimit) return Cell::of(Cell::kLimit);
  if (value < -Cell::kLimit) return Cell::of(-Cell::kLimit);
  return Cell::of(static_cast<std::int64_t>(value));
}

FeatureValue from(Cell answer, const std::vector<EventFact>& events) {
  std::set<std::uint64_t> indexes;
  for (const EventFact& event : events) indexes.insert(event.index);
  return {answer, {indexes.begin(), indexes.end()}};
}

Exact total(const std::vector<EventFact>& events, std::size_t field) {
  Exact sum = 0;
  for (const EventFact& event : events) sum += event.fields[field].value();
  return sum;
}

FeatureValue last_said(const std::vector<EventFact>& events, std::size_t field) {
  FeatureValue last;
  for (const EventFact& event : events) {
    if (!event.fields[field].is_missing()) last = from(event.fields[field], {event});
  }
  return last;
}

FeatureValue extreme(const std::vector<EventFact>& valued, std::size_t field, bool largest) {
  std::set<std::int64_t> values;
  for (const EventFact& event : valued) values.insert(event.fields[field].value());
  std::int64_t chosen = largest ? *values.rbegin() : *values.begin();
  std::vector<EventFact> holders;
  for (const EventFact& event : valued) {
    if (event.fields[field].value() == chosen) holders.push_back(event);
  }
  return from(Cell::of(chosen), holders);
}

FeatureValue halves(const std::vector<EventFact>& valued, std::size_t field) {
  auto half = static_cast<std::ptrdiff_t>(valued.size() / 2);
  if (half == 0) return {};
  std::vector<EventFact> older{valued.begin(), valued.begin() + half};
  std::vector<EventFact> newer{valued.end() - half, valued.end()};
  Cell answer = limited(nearest_whole(total(newer, field) - total(older, field), half));
  older.insert(older.end(), newer.begin(), newer.end());
  return from(answer, older);
}

FeatureValue of_field(const Feature& feature, const std::vector<EventFact>& matching) {
  auto field = static_cast<std::size_t>(feature.of);
  std::vector<EventFact> valued;
  std::set<std::int64_t> values;
  for (const EventFact& event : matching) {
    if (!event.fields[field].has_value()) continue;
    valued.push_back(event);
    values.insert(event.fields[field].value());
  }
  Measure measure = feature.measure;
  if (measure == Measure::latest) return last_said(matching, field);
  bool counts = measure == Measure::sum || measure == Measure::distinct;
  if (matching.empty() && counts) return from(Cell::of(0), {});
  if (valued.empty()) return last_said(matching, field);
  if (measure == Measure::sum) return from(limited(total(valued, field)), valued);
  if (measure == Measure::distinct)
    return from(Cell::of(static_cast<std::int64_t>(values.size())), valued);
  if (measure == Measure::min) return extreme(valued, field, false);
  if (measure == Measure::max) return extreme(valued, field, true);
  if (measure == Measure::trend) return halves(valued, field);
  auto count = static_cast<Exact>(valued.size());
  return from(limited(nearest_whole(total(valued, field), count)), valued);
}

FeatureValue answer(const Feature& feature, const Reference& reference) {
  std::vector<EventFact> kept = reference.usable(feature.from), window, matching;
  Date today = reference.as_of.date;
  if (kept.empty()) return {};
  for (const EventFact& event : kept) {
    if (!feature.window || event.at > subtract(today, *feature.window)) window.push_back(event);
  }
  for (const EventFact& event : window) {
    if (feature.where.text().empty() || feature.where.holds(event.fields, today))
      matching.push_back(event);
  }
  auto count = static_cast<std::int64_t>(matching.size());
  if (feature.measure == Measure::count) return from(Cell::of(count), matching);
  if (feature.measure == Measure::share) {
    if (window.empty()) return {};
    return from(limited(nearest_whole(Exact{1000} * count, static_cast<Exact>(window.size()))),
                window);
  }
  if (feature.of >= 0) return of_field(feature, matching);
  if (matching.empty()) return {};
  const EventFact &oldest = matching.front(), &newest = matching.back();
  if (feature.measure == Measure::months_since) {
    return from(Cell::of(months_between(newest.at, today)), {newest});
  }
  return from(Cell::of(months_between(oldest.at, newest.at)), {oldest, newest});
}

sample::Life life_of(std::uint64_t seed) {
  sample::Life life{seed};
  for (std::uint64_t facts = life.below(28); facts > 0; --facts) life.fact();
  return life;
}

}  // namespace

TEST_CASE("features: 20,000 random lives agree with the definitions, record by record") {
  const Programme programme = sample::programme();
  std::size_t values = 0, specials = 0, none = 0, excluded[7] = {};
  for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
    sample::Life life = life_of(seed);
    AsOf as_of = life.as_of();
    Reference reference{programme, life.dossier, as_of};
    for (const EventFact& event : life.dossier.events) {
      auto why = reference.why(event);
      REQUIRE_MESSAGE(why_excluded(programme, life.dossier, event, as_of) == why, "life ", seed);
      if (why) ++excluded[static_cast<int>(*why)];
    }
    Features features = derive(programme, life.dossier, as_of);
    for (std::size_t i = 0; i < programme.features.size(); ++i) {
      FeatureValue expected = answer(programme.features[i], reference);
      REQUIRE_MESSAGE(features.values[i] == expected, "life ", seed, ", ",
                      programme.features[i].id);
      ++(expected.answer.has_value() ? values : expected.answer.is_special() ? specials : none);
    }
  }
  // The lives are rich enough to mean something.
  CHECK(values > 50'000);
  CHECK(specials > 500);
  CHECK(none > 50'000);
  for (std::size_t times : excluded) CHECK(times > 300);
}

TEST_CASE("features: facts that arrive later never change what was known before") {
  const Programme programme = sample::programme();
  for (std::uint64_t seed = 0; seed < 5'000; ++seed) {
    sample::Life life = life_of(seed);
    AsOf as_of = life.as_of();
    as_of.known = std::min(as_of.known, life.next);
    Features before = derive(programme, life.dossier, as_of);
    for (std::uint64_t facts = 1 + life.below(20); facts > 0; --facts) life.fact();
    REQUIRE_MESSAGE(derive(programme, life.dossier, as_of) == before, "life ", seed);
  }
}

TEST_CASE("features: a record that does not count is behind no answer") {
  const Programme programme = sample::programme();
  for (std::uint64_t seed = 0; seed < 5'000; ++seed) {
    sample::Life life = life_of(seed);
    AsOf as_of = life.as_of();
    std::set<std::uint64_t> behind;
    for (const FeatureValue& value : derive(programme, life.dossier, as_of).values) {
      behind.insert(value.facts.begin(), value.facts.end());
    }
    for (const EventFact& event : life.dossier.events) {
      if (!why_excluded(programme, life.dossier, event, as_of)) continue;
      REQUIRE_MESSAGE(!behind.contains(event.index), "life ", seed, ", record ", event.index);
    }
  }
}

TEST_CASE("features: the order in which a dossier lists its facts does not matter") {
  const Programme programme = sample::programme();
  std::mt19937_64 random{7};
  for (std::uint64_t seed = 0; seed < 5'000; ++seed) {
    sample::Life life = life_of(seed);
    AsOf as_of = life.as_of();
    Features before = derive(programme, life.dossier, as_of);
    std::shuffle(life.dossier.events.begin(), life.dossier.events.end(), random);
    std::shuffle(life.dossier.disputes.begin(), life.dossier.disputes.end(), random);
    REQUIRE_MESSAGE(derive(programme, life.dossier, as_of) == before, "life ", seed);
  }
}

TEST_CASE("features: a frozen record counts again, exactly, once it is kept") {
  const Programme programme = sample::programme();
  for (std::uint64_t seed = 0; seed < 5'000; ++seed) {
    sample::Life life = life_of(seed);
    AsOf as_of = life.as_of();
    as_of.known = UINT64_MAX;
    Features before = derive(programme, life.dossier, as_of);
    if (life.dossier.events.empty()) continue;
    std::uint64_t record = life.dossier.events[life.below(life.dossier.events.size())].index;
    Dispute dispute{.index = life.next++,
                    .record = record,
                    .because = "not mine",
                    .opened = as_of.asked,
                    .frozen = true,
                    .decided = {}};
    life.dossier.disputes.push_back(dispute);
    for (const FeatureValue& value : derive(programme, life.dossier, as_of).values) {
      REQUIRE(std::find(value.facts.begin(), value.facts.end(), record) == value.facts.end());
    }
    life.dossier.disputes.back().decided = {.index = life.next++,
                                            .outcome = DisputeOutcome::kept,
                                            .by = "B",
                                            .because = "it is right",
                                            .when = as_of.asked};
    REQUIRE_MESSAGE(derive(programme, life.dossier, as_of) == before, "life ", seed);
  }
}

TEST_CASE("features: looking at one's own file never changes an answer") {
  const Programme programme = sample::programme();
  for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
    sample::Life life = life_of(seed);
    AsOf as_of = life.as_of();
    Features before = derive(programme, life.dossier, as_of);
    for (FactKind kind :
         {FactKind::disclosure_made, FactKind::score_issued, FactKind::staff_access}) {
      life.dossier.statements.push_back({.index = life.next++,
                                         .kind = kind,
                                         .recorded = as_of.asked,
                                         .payload = Json::Object{{"own", true}}});
    }
    REQUIRE_MESSAGE(derive(programme, life.dossier, as_of) == before, "life ", seed);
  }
}

}  // namespace credence
