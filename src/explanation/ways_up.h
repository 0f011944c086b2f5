#pragma once

#include <credence/explanation/what_if.h>
#include <credence/recourse/recourse.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace credence {

// The cheapest ways to a number of points, counted by the programme's own engine on later days.
// Two things move a score: time, which passes for every answer at once (records stop counting,
// months go by), and new records. Only records like one that the person already has are thought
// of, one a month from next month on, each with its effect on every question that it answers;
// what nobody has done yet is not promised. Nothing is asked that is about who somebody is, and
// nothing counts beyond the day on which its consent ends.
struct WaysUpOptions {
  int target = 0;          // points
  int margin = 0;          // on top of it
  int most_months = 24;    // 0 to 60
  int cost_of_month = 1;   // of waiting, 0 to 1,000
  int cost_of_record = 1;  // 0 to 1,000
  int ways = 3;            // with different sets of records
};

struct NewRecords {
  int event = 0;           // index into Programme::events
  int times = 0;           // one a month
  std::uint64_t like = 0;  // the record of theirs that they are to be like
  RecordLine example;
  Date first, last;
};

struct ChangedAnswer {
  int line = 0;  // of the card
  Text question, before, after;
  int points_before = 0, points_after = 0;
};

struct WayUp {
  Date day;                         // from when the points are there
  int months = 0;                   // until then
  std::vector<NewRecords> records;  // none: time alone is enough
  std::vector<ChangedAnswer> answers;
  int total = 0;  // on that day, by the same engine
  int cost = 0;
};

struct WaysUp {
  int target = 0, total = 0;     // total: today
  std::vector<WayUp> ways = {};  // cheapest first
  std::optional<NotReachable> not_reachable = {};
};

// Days on which what remains of today's records would not be enough for a score are left aside.
// Errors: ways.options (a number outside of its range), ways.size (too many records for so many
// months), recourse.*.
// REQUIRES: as for nearest_better().
Result<WaysUp> ways_up(const WhatIfQuestion& question, const WaysUpOptions& options);

// What a person reads: a sentence for each way, or why there is none.
std::vector<Text> say_ways_up(const WaysUp& ways);
Json to_json(const Programme& programme, const WaysUp& ways, Language language);

}  // namespace credence
