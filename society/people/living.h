#pragma once

#include <credence/people/lives.h>
#include <credence/people/rule.h>

#include <memory>
#include <span>

namespace credence {

// How people live a month: the rules of behaviour of persons, each in its own file
// (society/people/living_*.cpp). The order is that of the functions below; a run calls institutions
// between them (worlds/month.cpp).
//
// Who does what, where people and institutions meet:
// - hire() of an employer answers `wanted_job` and sets Mark::working and `found_job`.
// - A platform answers `wanted_rental` with `rental_without_deposit`, or with `rental_with_deposit`
//   and the sum in `deposit_paid`; settle() turns the latter into `rental_not_afforded` when the
//   account does not hold the sum. settle() alone writes `rental_loss` (beyond the deposit).
// - A bank answers `wanted_loan`; settle() pays out what was granted (borrowing.loan months of the
//   own income), pay() writes `loan_interest` and, on default, `loan_loss`.
// - A landlord answers `wanted_home` with `home_found` or `home_refused`; settle() moves.
// - Months of `barred`, `excluded`, `fault` and `appeal` are counted on by who sets them, not here;
//   the caller writes `recorded` into Lives::record after settle().
// - The climate must be all zero before the programme begins; then nothing here shows a trace of
//   it.
class Living {
 public:
  static std::span<const RuleDescription* const> descriptions();
  explicit Living(const ParameterValues& values);
  ~Living();
  Living(Living&&) noexcept;
  Living& operator=(Living&&) noexcept;

  // The state in which a life begins: work, savings, home, debts, an empty record.
  void begin(Lives& lives, const Population& population, const KeyedDraws& draws,
             std::uint32_t person) const;

  // 1. Work and income; shocks; bills, overdraft; instalments of a loan. Sets the money and the
  //    record of the month. A job that was found is only *wanted* here: the employer answers.
  void earn(LifeMonth& month) const;
  void pay(LifeMonth& month) const;
  // 2. Opinions: who is critical, who says so, who holds back, who praises; volunteering; minor
  //    offences; friends dropped for their points.
  void speak(LifeMonth& month) const;
  void behave(LifeMonth& month) const;
  // 3. What people ask of institutions this month: wanted_rental, wanted_loan, wanted_home,
  //    wanted_trip, wanted_job, wanted_school in `now`, and whether they are `reliable`.
  void want(LifeMonth& month) const;
  // 4. After the answers: what became of a rental or a loan, the end of the month's money.
  void settle(LifeMonth& month) const;
  // 5. Reactions to the programme: gaming, and whether a fault or a sanction is found and contested
  //    (appeal_opened in `now`; the board takes it from there).
  void react(LifeMonth& month) const;

 private:
  struct RulesOfPeople;
  std::unique_ptr<RulesOfPeople> rules_;
};

}  // namespace credence
