#include <credence/feature/standing.h>

#include <algorithm>

namespace credence {

namespace {

using std::chrono::days;

// The first day from which a record is still kept on `today`: it is kept while today < add(start,
// retention). add() never falls when its date rises, so the boundary is found from nearby and one
// comparison per record is enough.
Date first_kept_start(Date today, Period retention) {
  Date start = subtract(today, retention);
  while (add(start, retention) > today) start -= days{1};
  while (add(start, retention) <= today) start += days{1};
  return start;
}

bool contains(const std::vector<std::uint64_t>& ascending, std::uint64_t index) {
  return std::binary_search(ascending.begin(), ascending.end(), index);
}

}  // namespace

Standing::Standing(const Programme& programme, const Dossier& dossier, const AsOf& as_of)
    : programme_(programme), as_of_(as_of) {
  for (const EventFact& event : dossier.events) {
    if (event.corrects && event.index < as_of.known) replaced_.push_back(*event.corrects);
  }
  read_disputes(dossier);
  // What may no longer be kept when the question is asked counts on no earlier day either.
  Date kept_on = std::max(as_of.date, day_of(as_of.asked));
  for (Indexes* indexes : {&replaced_, &deleted_, &frozen_}) {
    std::sort(indexes->begin(), indexes->end());
  }
  for (const Source& source : programme.sources) {
    sources_.push_back({
        .consented = dossier.consents.live(programme.purpose, source.id, kOperator, as_of.asked,
                                           as_of.known) != nullptr,
        .clock_starts_at_recording = source.clock_start == "recording",
        .first_kept = first_kept_start(kept_on, source.retention),
    });
  }
}

void Standing::read_disputes(const Dossier& dossier) {
  for (const Dispute& dispute : dossier.disputes) {
    if (dispute.index >= as_of_.known) continue;
    bool open = !dispute.decided || dispute.decided->index >= as_of_.known;
    if (open) {
      if (dispute.frozen) frozen_.push_back(dispute.record);
    } else if (dispute.decided->outcome == DisputeOutcome::deleted) {
      deleted_.push_back(dispute.record);
    } else if (dispute.decided->outcome == DisputeOutcome::corrected) {
      // Found wrong: from the decision on it must not count, even before its correction is
      // recorded.
      replaced_.push_back(dispute.record);
    }
  }
}

std::optional<Excluded> Standing::why_excluded(const EventFact& event) const {
  expects(event.type >= 0 && static_cast<std::size_t>(event.type) < programme_.events.size(),
          "Standing: the event's type is not of this programme");
  if (event.index >= as_of_.known) return Excluded::unknown_yet;
  if (event.at > as_of_.date) return Excluded::in_future;
  if (contains(replaced_, event.index)) return Excluded::replaced;
  if (contains(deleted_, event.index)) return Excluded::deleted;
  if (contains(frozen_, event.index)) return Excluded::frozen;
  int source_index = programme_.events[static_cast<std::size_t>(event.type)].source;
  const SourceStanding& source = sources_[static_cast<std::size_t>(source_index)];
  if (!source.consented) return Excluded::no_consent;
  Date start = source.clock_starts_at_recording ? day_of(event.recorded) : event.at;
  if (start < source.first_kept) return Excluded::past_retention;
  return std::nullopt;
}

}  // namespace credence
