#pragma once

#include <credence/clockwork/draw.h>
#include <credence/people/network.h>
#include <credence/people/population.h>

#include <array>
#include <cstdint>
#include <vector>

namespace credence {

// What a month leaves on a person's record, in one byte: this is the memory from which the facts of
// a programme are made again whenever it asks (amounts and days are keyed draws).
enum class BillPaid : std::uint8_t { none, on_time, late, unpaid };
enum class RentalEnd : std::uint8_t { none, settled, late, lost };
enum class InstalmentPaid : std::uint8_t { none, on_time, late, missed };
struct RecordedMonth {
  BillPaid bill = BillPaid::none;
  bool income = false;     // a regular income arrived
  bool overdraft = false;  // the account was overdrawn
  RentalEnd rental = RentalEnd::none;
  InstalmentPaid instalment = InstalmentPaid::none;

  std::uint8_t code() const;
  static RecordedMonth of(std::uint8_t code);
  bool operator==(const RecordedMonth&) const = default;
};
inline constexpr std::uint32_t kRecordMonths = 24;  // how far back a record reaches

// Parts of life in which an answer may be no.
enum class Sphere : std::uint8_t { rental, credit, housing, travel, work, school, speech };
inline constexpr std::size_t kSpheres = 7;
std::string_view name_of(Sphere sphere);

// States that last.
enum class Mark : std::uint16_t {
  working = 1 << 0,   // has a job
  enrolled = 1 << 1,  // is in the programme
  aware = 1 << 2,     // knows that there is a programme and what it watches
  black = 1 << 3,     // on a black list
  red = 1 << 4,       // on a red list
  named = 1 << 5,     // name published
  silent = 1 << 6,    // held a critical opinion back last month
  gaming = 1 << 7,    // spends on looking good
  in_default = 1 << 8,
  wrongly_hit = 1 << 9,  // a running sanction or listing rests on a mistake
  renting_a_home = 1 << 10,
  borrower = 1 << 11,
  wrongly_listed = 1 << 12,  // on the black list by a mistake
};

inline constexpr std::int16_t kNoPoints = INT16_MIN;

// Everything about people that changes, one column per item; one of these per twin. With the traits
// below 100 bytes a person; ties to others come on top.
struct Lives {
  std::vector<std::int32_t> wealth;  // cents on the account; may be negative
  std::vector<std::int32_t> debt;    // cents
  std::vector<std::uint16_t> marks;
  std::vector<std::int16_t> points;      // as last scored; kNoPoints: never, or not enough data
  std::vector<std::int16_t> own_points;  // what constructs beyond the charter added or took
  std::vector<std::array<std::uint8_t, kRecordMonths>> record;  // by month % kRecordMonths
  std::vector<std::array<std::uint8_t, kSpheres>> barred;       // months still to go, by sphere
  std::vector<std::uint8_t> listed;  // months still to go on the black or the red list (255: ever)
  std::vector<std::uint8_t>
      excluded;                     // length of the running spell of exclusion, months (255 = more)
  std::vector<std::uint8_t> idle;   // months out of work
  std::vector<std::uint8_t> fault;  // record fault: 0 none, else 1 + months since it was recorded
  std::vector<std::uint8_t> appeal;       // 0 none, else 1 + months waited
  std::vector<std::uint8_t> region;       // where they live now
  std::vector<std::uint8_t> chill;        // 0..255: what surveillance has done to the will to speak
  std::vector<std::uint16_t> game_spent;  // whole units of currency since the start

  void resize(std::size_t people);
  std::size_t size() const { return wealth.size(); }
  std::size_t bytes() const;
  bool has(std::uint32_t person, Mark mark) const {
    return (marks[person] & static_cast<std::uint16_t>(mark)) != 0;
  }
  void put(std::uint32_t person, Mark mark, bool on) {
    auto bit = static_cast<std::uint16_t>(mark);
    marks[person] = static_cast<std::uint16_t>(on ? marks[person] | bit : marks[person] & ~bit);
  }
  bool operator==(const Lives&) const = default;
};

// What others could see of a person at the end of last month. Rules read neighbours here and
// nowhere else, so that the order in which people are worked on does not matter.
struct SeenLives {
  std::vector<std::int16_t> points;
  std::vector<std::uint16_t> marks;
  bool has(std::uint32_t person, Mark mark) const {
    return (marks[person] & static_cast<std::uint16_t>(mark)) != 0;
  }
  void take(const Lives& lives);
};

// What happened to one person in one month; it lasts until it is counted.
enum class Happening : std::uint8_t {
  earned,
  lost_job,
  found_job,
  had_shock,
  paid_late,
  left_unpaid,
  overdrawn,
  missed_instalment,
  defaulted,
  wanted_rental,
  rental_without_deposit,
  rental_with_deposit,
  rental_not_afforded,
  rental_lost,
  wanted_loan,
  loan_granted,
  loan_refused,
  wanted_home,
  home_found,
  home_refused,
  moved,
  wanted_trip,
  trip_refused,
  wanted_job,
  job_refused,
  wanted_school,
  school_refused,
  critical,
  spoke,
  praised,
  held_back,
  volunteered,
  offended,
  enrolled_now,
  scored,
  not_enough_data,
  true_alert,
  false_alert,
  sanctioned,
  wrongly_sanctioned,
  put_on_black_list,
  put_on_red_list,
  name_published,
  hit_through_others,
  lost_friend,
  gamed,
  fault_recorded,
  fault_found,
  appeal_opened,
  appeal_won,
  appeal_lost,
  reliable,  // would have met the obligation that was asked for this month (the latent truth)
  count_
};
static_assert(static_cast<unsigned>(Happening::count_) <= 64);

struct Happenings {
  std::uint64_t bits = 0;
  // Money of this month, in cents.
  std::int32_t income = 0, spent = 0;
  std::int32_t deposit_paid = 0, deposit_saved = 0;
  std::int32_t rental_loss = 0, loan_loss = 0, loan_interest = 0;
  std::int32_t game_spending = 0;
  std::int32_t operator_income = 0, operator_cost = 0;
  std::uint8_t alerts = 0;
  std::int16_t points_through_others = 0;
  // What a fault of the record does to the points; told where they stand below a line that hurts.
  std::int16_t points_through_fault = 0;

  bool has(Happening what) const { return (bits >> static_cast<unsigned>(what)) & 1U; }
  void add(Happening what) { bits |= std::uint64_t{1} << static_cast<unsigned>(what); }
};

// What a programme makes people feel, whoever runs it: plain numbers, so that a rule of behaviour
// needs to know nothing of programmes. All zero where there is none.
struct Climate {
  double speech_watched = 0;     // share of what is said that is noticed and held against people
  double speech_cost = 0;        // how much it costs then, 0..1
  double praise_pays = 0;        // 0..1
  double points_matter = 0;      // share of wanted services that depend on points, 0..1
  double friends_matter = 0;     // weight of friends in one's own points, 0..1
  double volunteering_pays = 0;  // 0..1
  double awareness = 0;          // share of people who know of it by the end of the first year
  double camera_coverage = 0;    // share of places under cameras
  double reachable = 0;          // share of what counts that spending can change (gaming)
  bool asks_consent = true;
};

// What every life draws in every month, so often that it is drawn once for all twins of a person:
// no arm enters the keys, hence it is the same for each of them.
struct MonthLuck {
  std::array<double, 4> work, bills, opinion, conduct, wants;  // uniforms in (0, 1)
  static MonthLuck of(const KeyedDraws& draws, std::uint32_t person, std::uint32_t month);
};

// One person, one month, for a rule to work on.
struct LifeMonth {
  const Population& population;
  const Network& network;
  const KeyedDraws& draws;
  const Climate& climate;
  const SeenLives& seen;
  Lives& lives;
  Happenings& now;
  RecordedMonth& recorded;  // what this month leaves on the record
  std::uint32_t person = 0;
  std::uint32_t month = 0;          // since the world began, burn-in included
  const MonthLuck* luck = nullptr;  // of this person and month; drawn where there is none
};

}  // namespace credence
