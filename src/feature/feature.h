#pragma once

#include <credence/ledger/dossier.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace credence {

// A point in time, in three senses: events on or after `date` + 1 day have not happened yet, facts
// with index
// >= `known` are not known yet, and consent must hold at `asked`. A record must be within its
// retention on `date` and on the day of `asked`.
struct AsOf {
  Date date;
  std::uint64_t known = UINT64_MAX;
  Instant asked;

  bool operator==(const AsOf&) const = default;
};

struct FeatureValue {
  Cell answer;                       // missing = no such record
  std::vector<std::uint64_t> facts;  // the records it came from, ascending

  bool operator==(const FeatureValue&) const = default;
};

// Why a record does not count, in this order of precedence. docs/formats/features.md defines each.
enum class Excluded {
  unknown_yet,
  in_future,
  replaced,
  deleted,
  frozen,
  no_consent,
  past_retention
};

struct Features {
  AsOf as_of;
  std::vector<FeatureValue> values;  // one per Programme::features, in that order
  int usable_facts = 0;
  std::optional<Date> oldest;  // of the usable facts

  bool operator==(const Features&) const = default;
};

// The dossier's events that count at `as_of`, by type, then date, then index; pointers into
// `dossier`.
std::vector<const EventFact*> usable_events(const LawfulProgramme& programme,
                                            const Dossier& dossier, const AsOf& as_of);
// Nothing when the record counts. REQUIRES: the event's type is one of the programme's.
std::optional<Excluded> why_excluded(const LawfulProgramme& programme, const Dossier& dossier,
                                     const EventFact& event, const AsOf& as_of);

// Every answer of the programme's features; their definitions are in docs/formats/features.md.
Features derive(const LawfulProgramme& programme, const Dossier& dossier, const AsOf& as_of);

// What the number of an answer means.
enum class Unit { count, number, money, months, share, date, flag, choice };
Unit unit_of(const Feature& feature, const Programme& programme);

}  // namespace credence
