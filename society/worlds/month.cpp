#include <credence/worlds/month.h>

namespace credence {

void live_month(const ArmMonth& arm, std::uint32_t person, Happenings& now, const MonthLuck* luck) {
  const Living& living = arm.living;
  const Institutions& institutions = arm.institutions;
  // The ring holds this month from its first day on, as far as it is known, so that nobody reads
  // the month that stood in its place two years ago.
  std::uint8_t& page = arm.lives.record[person][arm.month % kRecordMonths];
  RecordedMonth recorded;
  page = recorded.code();
  LifeMonth month{arm.population, arm.network, arm.draws, institutions.climate(),
                  arm.seen,       arm.lives,   now,       recorded,
                  person,         arm.month,   luck};

  // The first days: who takes part, who works, what comes in and goes out.
  institutions.enrol(month);
  living.earn(month);
  institutions.hire(month);
  living.pay(month);
  page = recorded.code();

  // Life among others, and who watches it.
  living.speak(month);
  living.behave(month);
  institutions.watch(month);

  // The day of the score, and what follows from it.
  institutions.score(month, arm.desk, arm.start);
  institutions.sanction(month);

  // What people ask for, what they are told, and what becomes of it.
  living.want(month);
  institutions.answer(month, arm.desk, arm.start);
  living.settle(month);
  page = recorded.code();

  // The last days: whoever found something out contests it or plays along.
  living.react(month);
}

}  // namespace credence
