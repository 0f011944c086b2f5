#include <credence/feature/derivation.h>
#include <credence/feature/feature.h>
#include <credence/feature/measure.h>
#include <credence/feature/standing.h>

#include <algorithm>
#include <numeric>

namespace credence {

namespace {

bool earlier(const EventFact* a, const EventFact* b) {
  if (a->at != b->at) return a->at < b->at;
  return a->index < b->index;
}

// By type, then date, then index. Records mostly come in the order of time, so that each type is in
// order as soon as the types are told apart.
std::vector<const EventFact*> in_order(const std::vector<const EventFact*>& records,
                                       std::size_t types) {
  std::vector<std::size_t> place(types + 1);
  for (const EventFact* record : records) ++place[static_cast<std::size_t>(record->type) + 1];
  std::partial_sum(place.begin(), place.end(), place.begin());
  std::vector<const EventFact*> ordered(records.size());
  for (const EventFact* record : records) {
    ordered[place[static_cast<std::size_t>(record->type)]++] = record;
  }
  auto first = ordered.begin();
  for (std::size_t type = 0; type < types; ++type) {
    auto last = ordered.begin() + static_cast<std::ptrdiff_t>(place[type]);
    if (!std::is_sorted(first, last, earlier)) std::sort(first, last, earlier);
    first = last;
  }
  return ordered;
}

Records of_type(Records sorted, int type) {
  auto first = std::partition_point(sorted.begin(), sorted.end(),
                                    [type](const EventFact* event) { return event->type < type; });
  auto last = std::partition_point(first, sorted.end(),
                                   [type](const EventFact* event) { return event->type == type; });
  return {first, last};
}

Unit unit_of_field(const Feature& feature, FieldType type) {
  bool keeps_kind = feature.measure == Measure::min || feature.measure == Measure::max ||
                    feature.measure == Measure::latest;
  switch (type) {
    case FieldType::money:
      return Unit::money;
    case FieldType::date:
      return keeps_kind || feature.measure == Measure::mean ? Unit::date : Unit::number;
    case FieldType::integer:
      return Unit::number;
    case FieldType::flag:
      return keeps_kind ? Unit::flag : Unit::number;
    case FieldType::choice:
      return keeps_kind ? Unit::choice : Unit::number;
  }
  stop_on_defect("unit_of: unknown field type");
}

}  // namespace

std::vector<const EventFact*> usable_events(const Programme& programme, const Dossier& dossier,
                                            const AsOf& as_of) {
  Standing standing{programme, dossier, as_of};
  std::vector<const EventFact*> usable;
  usable.reserve(dossier.events.size());
  for (const EventFact& event : dossier.events) {
    if (!standing.why_excluded(event)) usable.push_back(&event);
  }
  return in_order(usable, programme.events.size());
}

std::optional<Excluded> why_excluded(const Programme& programme, const Dossier& dossier,
                                     const EventFact& event, const AsOf& as_of) {
  return Standing{programme, dossier, as_of}.why_excluded(event);
}

Features derive(const Programme& programme, const Dossier& dossier, const AsOf& as_of) {
  std::vector<const EventFact*> usable = usable_events(programme, dossier, as_of);
  Features features{
      .as_of = as_of, .values = {}, .usable_facts = static_cast<int>(usable.size()), .oldest = {}};
  for (const EventFact* event : usable) {
    features.oldest = features.oldest ? std::min(*features.oldest, event->at) : event->at;
  }
  features.values.reserve(programme.features.size());
  for (const Feature& feature : programme.features) {
    features.values.push_back(measure(feature, of_type(usable, feature.from), as_of.date));
  }
  return features;
}

std::vector<const EventFact*> usable_events(const LawfulProgramme& programme,
                                            const Dossier& dossier, const AsOf& as_of) {
  return usable_events(*programme, dossier, as_of);
}

std::optional<Excluded> why_excluded(const LawfulProgramme& programme, const Dossier& dossier,
                                     const EventFact& event, const AsOf& as_of) {
  return why_excluded(*programme, dossier, event, as_of);
}

Features derive(const LawfulProgramme& programme, const Dossier& dossier, const AsOf& as_of) {
  return derive(*programme, dossier, as_of);
}

Unit unit_of(const Feature& feature, const Programme& programme) {
  switch (feature.measure) {
    case Measure::count:
    case Measure::distinct:
      return Unit::count;
    case Measure::months_since:
    case Measure::months_between:
      return Unit::months;
    case Measure::share:
      return Unit::share;
    default:
      break;
  }
  const EventType& event = programme.events.at(static_cast<std::size_t>(feature.from));
  return unit_of_field(feature, event.fields.at(static_cast<std::size_t>(feature.of)).type);
}

}  // namespace credence
