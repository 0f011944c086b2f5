#pragma once

#include <credence/decision/decision.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace credence {

// A record as a person reads it.
struct RecordLine {
  std::uint64_t index = 0;  // the fact's
  Date at;
  Instant recorded;
  Text what;           // "bill: amount 12.50 EUR, due 2026-01-20, paid missing"
  std::string source;  // id
  Text source_name;
  std::string sender;  // how it was proved: the source's verification
  Date counts_until;   // the first day on which it no longer counts here (window or retention)
};

// One question of the card, answered.
struct ExplainedLine {
  int feature = 0;  // index into Programme::features
  std::string id;
  Text question;
  Text answer;  // with its unit: "2", "14 months", "33.3 %", "no such record"
  Text bin;     // the row of the points table that it falls into
  int points = 0;
  int best = 0;  // the most that this line can give
  std::vector<RecordLine> records;
  std::optional<Text> repair;  // the programme's own rule for when it stops counting
};

// A reason is a line whose points lie below the baseline, ranked by how far.
struct ExplainedReason {
  int line = 0;      // index into Explanation::lines
  int distance = 0;  // points below the baseline, > 0
  bool inquiries =
      false;  // shown beside the ranked ones because the pack asks for it (15 USC 1681g(f))
};

// One thing that would change the score, everything else as it is: computed by the same card, so
// exact.
struct WhatIf {
  int line = 0;
  Text answer;                    // the nearest answer that brings more points
  int gain = 0;                   // > 0
  int total = 0;                  // the score then
  std::optional<Date> by_itself;  // the day from which it happens without anything being done
  int gain_by_itself = 0;         // points of this line on that day, minus today's
};

struct Explanation {
  std::string subject;
  std::string programme;
  int programme_version = 0;
  std::string card;
  AsOf as_of;
  ScoreOutcome outcome;
  int lowest = 0, highest = 0;  // of any score that this card can give
  std::optional<Text> tier;
  std::vector<ExplainedLine> lines;  // base + their points == total; empty without enough data
  std::vector<ExplainedReason> reasons;
  std::vector<WhatIf> what_ifs;  // one per reason for which a person can do something
  Hash trace = {};               // equal to the decision's
};

// REQUIRES: `assessment` was made from `dossier` with `programme` and `card`.
Explanation explain(const LawfulProgramme& programme, const Card& card, const Dossier& dossier,
                    const Assessment& assessment, const Hash& trace);

Json to_json(const Explanation& explanation, Language language);

// An answer and a record as people say them; also used by lists outside of an explanation.
Text say_answer(const Programme& programme, const Feature& feature, const Cell& answer);
RecordLine say_record(const Programme& programme, const EventFact& event, const Feature* feature);

}  // namespace credence
