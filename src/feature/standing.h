#pragma once

#include <credence/feature/feature.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace credence {

// Which of a person's records count at one moment. Built once for a dossier, asked for each of its
// events.
class Standing {
 public:
  Standing(const Programme& programme, const Dossier& dossier, const AsOf& as_of);

  // Nothing when the record counts. REQUIRES: the event's type is one of the programme's.
  std::optional<Excluded> why_excluded(const EventFact& event) const;

 private:
  struct SourceStanding {
    bool consented = false;
    bool clock_starts_at_recording = false;
    Date first_kept;  // a record whose clock started earlier is past its retention
  };
  // INVARIANT: ascending, so that a record is found by bisection.
  using Indexes = std::vector<std::uint64_t>;

  void read_disputes(const Dossier& dossier);

  const Programme& programme_;
  AsOf as_of_;
  Indexes replaced_, deleted_, frozen_;
  std::vector<SourceStanding> sources_;  // by Programme::sources
};

}  // namespace credence
