#include <credence/institutions/life_events.h>

#include <algorithm>
#include <string_view>

namespace credence {

namespace {

using std::chrono::days;

constexpr std::array<std::string_view, kLifeEvents> kNames = {"bill", "income", "overdraft",
                                                              "rental", "instalment"};
constexpr std::int64_t kDeposit = 150'00;

int position_of(const std::vector<std::string>& words, std::string_view word) {
  auto found = std::find(words.begin(), words.end(), word);
  return found == words.end() ? -1 : static_cast<int>(found - words.begin());
}

// A draw, spread over the whole numbers from `low` to `high`.
std::int64_t spread(double uniform, std::int64_t low, std::int64_t high) {
  return low + static_cast<std::int64_t>(uniform * static_cast<double>(high - low + 1));
}

void put(EventFact& fact, int field, std::int64_t value) {
  if (field >= 0) fact.fields[static_cast<std::size_t>(field)] = Cell::of(value);
}

void put(EventFact& fact, int field, Date date) {
  put(fact, field, day_number(date));
}

}  // namespace

RecordCalendar record_calendar(std::uint32_t month, Date start) {
  RecordCalendar calendar;
  calendar.month = month;
  for (std::size_t age = 0; age < calendar.starts.size(); ++age) {
    int since = static_cast<int>(month) + 1 - static_cast<int>(age);
    calendar.starts[age] =
        since >= 0 ? add(start, Period{since, 0}) : subtract(start, Period{-since, 0});
  }
  return calendar;
}

// One month while it is expanded.
struct LifeRecorder::Month {
  Date start;
  Instant recorded;
  std::int64_t income_amount = 0;
  std::array<double, 4> day = {}, size = {};  // bill, rental or delay, overdraft, instalment
  std::vector<EventFact>& events;
  std::uint64_t& index;

  EventFact* add(const Slots& slots, Date at) const {
    if (slots.type < 0) return nullptr;
    EventFact& fact = events.emplace_back();
    fact.index = index++;
    fact.recorded = recorded;
    fact.at = at;
    fact.type = slots.type;
    return &fact;
  }
};

LifeRecorder::Slots LifeRecorder::slots_of(const EventType& type, int position, LifeEvent event) {
  Slots slots;
  struct Known {
    LifeEvent event;
    std::string_view name;
    FieldType type;
    int Slots::* slot;
  };
  static constexpr Known kKnown[] = {
      {LifeEvent::bill, "amount", FieldType::money, &Slots::amount},
      {LifeEvent::bill, "due", FieldType::date, &Slots::due},
      {LifeEvent::bill, "paid", FieldType::date, &Slots::paid},
      {LifeEvent::income, "amount", FieldType::money, &Slots::amount},
      {LifeEvent::income, "regular", FieldType::flag, &Slots::regular},
      {LifeEvent::overdraft, "amount", FieldType::money, &Slots::amount},
      {LifeEvent::overdraft, "days", FieldType::integer, &Slots::days},
      {LifeEvent::rental, "deposit", FieldType::money, &Slots::deposit},
      {LifeEvent::rental, "due_back", FieldType::date, &Slots::due_back},
      {LifeEvent::rental, "returned", FieldType::date, &Slots::returned},
      {LifeEvent::rental, "outcome", FieldType::choice, &Slots::outcome},
      {LifeEvent::instalment, "amount", FieldType::money, &Slots::amount},
      {LifeEvent::instalment, "due", FieldType::date, &Slots::due},
      {LifeEvent::instalment, "paid", FieldType::date, &Slots::paid},
  };
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    const Field& field = type.fields[i];
    auto known = std::find_if(std::begin(kKnown), std::end(kKnown), [&](const Known& one) {
      return one.event == event && one.name == field.name && one.type == field.type;
    });
    bool filled = known != std::end(kKnown);
    if (filled && field.type == FieldType::choice) {
      slots.settled = position_of(field.choices, "settled");
      slots.lost = position_of(field.choices, "lost");
      filled = slots.settled >= 0 && slots.lost >= 0;
    }
    // What is paid or brought back late may not have come yet, so such a field must be optional.
    bool may_be_missing = field.name == "paid" || field.name == "returned";
    if ((!filled || may_be_missing) && !field.optional) return Slots{};
    if (filled) slots.*(known->slot) = static_cast<int>(i);
  }
  slots.type = position;
  return slots;
}

LifeRecorder::LifeRecorder(const Programme& programme) {
  for (std::size_t event = 0; event < kLifeEvents; ++event) {
    int position = programme.find_event(kNames[event]);
    if (position < 0) continue;
    slots_[event] = slots_of(programme.events[static_cast<std::size_t>(position)], position,
                             static_cast<LifeEvent>(event));
  }
}

std::vector<std::string> events_no_life_emits(const Programme& programme) {
  LifeRecorder recorder{programme};
  std::vector<std::string> missing;
  for (std::size_t type = 0; type < programme.events.size(); ++type) {
    bool emitted = std::ranges::any_of(recorder.slots_, [type](const auto& slots) {
      return slots.type == static_cast<int>(type);
    });
    if (!emitted) missing.push_back(programme.events[type].id);
  }
  return missing;
}

void LifeRecorder::income(const Month& month) const {
  const Slots& slots = of(LifeEvent::income);
  EventFact* fact = month.add(slots, month.start + days{spread(month.day[0], 0, 4)});
  if (fact == nullptr) return;
  put(*fact, slots.amount, month.income_amount * spread(month.size[0], 95, 105) / 100);
  put(*fact, slots.regular, 1);
}

void LifeRecorder::bill(const Month& month, BillPaid paid) const {
  const Slots& slots = of(LifeEvent::bill);
  Date due = month.start + days{spread(month.day[0], 5, 9)};
  EventFact* fact = month.add(slots, due);
  if (fact == nullptr) return;
  put(*fact, slots.amount, spread(month.size[1], 35'00, 1150'00));
  put(*fact, slots.due, due);
  // Late is later than the days of grace that programmes give, and still within the month.
  if (paid == BillPaid::on_time) put(*fact, slots.paid, due - days{spread(month.day[1], 0, 4)});
  if (paid == BillPaid::late) put(*fact, slots.paid, due + days{spread(month.day[1], 5, 17)});
}

void LifeRecorder::instalment(const Month& month, InstalmentPaid paid) const {
  const Slots& slots = of(LifeEvent::instalment);
  Date due = month.start + days{10};
  EventFact* fact = month.add(slots, due);
  if (fact == nullptr) return;
  put(*fact, slots.amount, spread(month.size[2], 80'00, 400'00));
  put(*fact, slots.due, due);
  if (paid == InstalmentPaid::on_time) put(*fact, slots.paid, due);
  if (paid == InstalmentPaid::late) put(*fact, slots.paid, due + days{spread(month.day[1], 5, 16)});
}

void LifeRecorder::rental(const Month& month, RentalEnd end) const {
  const Slots& slots = of(LifeEvent::rental);
  Date at = month.start + days{spread(month.day[2], 11, 18)};
  EventFact* fact = month.add(slots, at);
  if (fact == nullptr) return;
  Date due_back = at + days{3};
  put(*fact, slots.deposit, kDeposit);
  put(*fact, slots.due_back, due_back);
  if (end != RentalEnd::lost) {
    put(*fact, slots.returned, due_back + days{end == RentalEnd::late ? 3 : 0});
  }
  put(*fact, slots.outcome, end == RentalEnd::lost ? slots.lost : slots.settled);
}

void LifeRecorder::overdraft(const Month& month) const {
  const Slots& slots = of(LifeEvent::overdraft);
  EventFact* fact = month.add(slots, month.start + days{22});
  if (fact == nullptr) return;
  std::int64_t euros = spread(month.size[3], 20, 900);
  put(*fact, slots.amount, euros * 100);
  put(*fact, slots.days, 1 + euros / 60);
}

std::uint64_t LifeRecorder::expand(const PersonalRecord& record, const RecordCalendar& calendar,
                                   const KeyedDraws& draws, std::uint64_t index,
                                   std::vector<EventFact>& events,
                                   std::optional<std::uint64_t>& faulty) const {
  std::uint32_t reach = std::min(kRecordMonths, calendar.month + 1);
  for (std::uint32_t age = reach; age-- > 0;) {
    std::uint32_t number = calendar.month - age;
    std::uint8_t code = age == 0 ? record.this_month : (*record.ring)[number % kRecordMonths];
    bool at_fault = record.fault == age + 1;
    if (code == 0 && !at_fault) continue;
    RecordedMonth left = RecordedMonth::of(code);
    Month month{.start = calendar.first_day(age),
                .recorded = calendar.starts[age] - std::chrono::hours{2},
                .income_amount = record.income,
                .day = draws.uniforms(record.person, number, Purpose::record_day),
                .size = draws.uniforms(record.person, number, Purpose::record_amount),
                .events = events,
                .index = index};
    if (left.income) income(month);
    if (at_fault) faulty = index;
    // A fault: a bill that was met, or was never theirs, stands there as unpaid.
    if (at_fault || left.bill != BillPaid::none)
      bill(month, at_fault ? BillPaid::unpaid : left.bill);
    if (left.instalment != InstalmentPaid::none) instalment(month, left.instalment);
    if (left.rental != RentalEnd::none) rental(month, left.rental);
    if (left.overdraft) overdraft(month);
  }
  if (of(LifeEvent::bill).type < 0) faulty.reset();
  return index;
}

}  // namespace credence
