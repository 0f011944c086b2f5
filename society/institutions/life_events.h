#pragma once

#include <credence/clockwork/draw.h>
#include <credence/ledger/dossier.h>
#include <credence/people/lives.h>
#include <credence/programme/programme.h>

#include <array>
#include <string>
#include <vector>

namespace credence {

// The events that lives emit, by the names that a programme must use to get them:
//   bill       { amount money, due date, paid date }         dated on the day it is due
//   income     { amount money, regular flag }
//   overdraft  { amount money, days integer }
//   rental     { deposit money, due_back date, returned date, outcome choice: settled, lost }
//   instalment { amount money, due date, paid date }
// A field of a programme is filled when name and type fit; an optional one that no life knows stays
// missing. An event type with a required field that no life can fill is emitted by nobody.
enum class LifeEvent : std::uint8_t { bill, income, overdraft, rental, instalment };
inline constexpr std::size_t kLifeEvents = 5;

// Ids of the programme's event types for which no life has records: their features will answer as
// for somebody without records. In the programme's order.
std::vector<std::string> events_no_life_emits(const Programme& programme);

// First days of the months that a record reaches back, and the end of the last.
struct RecordCalendar {
  std::uint32_t month = 0;                          // the last of them
  std::array<Date, kRecordMonths + 1> starts = {};  // by age + 1; [0]: of the month after
  Date last_day() const { return starts[0] - std::chrono::days{1}; }
  Date first_day(std::uint32_t age) const { return starts[age + 1]; }
  bool operator==(const RecordCalendar&) const = default;
};
// `start` is the first day of month 0.
RecordCalendar record_calendar(std::uint32_t month, Date start);

// One person's record, as far as a programme may look at it.
struct PersonalRecord {
  std::uint32_t person = 0;
  std::int32_t income = 0;                              // usual regular income a month, in cents
  const std::array<std::uint8_t, kRecordMonths>* ring;  // by month % kRecordMonths
  std::uint8_t this_month = 0;                          // code that holds instead of the ring's
  std::uint8_t fault = 0;                               // as in Lives
};

// Makes the events of a programme from what months left on a record. Amounts and days are keyed
// draws of person and month, so that a month reads the same whenever it is asked for.
class LifeRecorder {
 public:
  explicit LifeRecorder(const Programme& programme);

  // Appends what counts as recorded at the end of each month, by date; indexes rise from `index`.
  // Returns the index after the last. `faulty`: index of the fact that rests on a record fault.
  std::uint64_t expand(const PersonalRecord& record, const RecordCalendar& calendar,
                       const KeyedDraws& draws, std::uint64_t index, std::vector<EventFact>& events,
                       std::optional<std::uint64_t>& faulty) const;

 private:
  struct Slots {  // positions of the fields, -1 where the programme has none
    int type = -1;
    int amount = -1, due = -1, paid = -1, regular = -1, days = -1, deposit = -1, due_back = -1,
        returned = -1, outcome = -1;
    int settled = -1, lost = -1;  // positions of the words
  };
  struct Month;
  static Slots slots_of(const EventType& type, int position, LifeEvent event);
  const Slots& of(LifeEvent event) const { return slots_[static_cast<std::size_t>(event)]; }
  friend std::vector<std::string> events_no_life_emits(const Programme& programme);

  void income(const Month& month) const;
  void bill(const Month& month, BillPaid paid) const;
  void instalment(const Month& month, InstalmentPaid paid) const;
  void rental(const Month& month, RentalEnd end) const;
  void overdraft(const Month& month) const;

  std::array<Slots, kLifeEvents> slots_;
};

}  // namespace credence
