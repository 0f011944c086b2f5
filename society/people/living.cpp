#include <credence/people/living.h>
#include <credence/people/living_habits.h>

#include <array>

namespace credence {

void spend(LifeMonth& month, std::int32_t cents) {
  std::int32_t& wealth = month.lives.wealth[month.person];
  wealth = sum_of_cents(wealth, -cents);
  month.now.spent = sum_of_cents(month.now.spent, cents);
}

int missed_before(const LifeMonth& month, std::uint32_t back) {
  int missed = 0;
  for (std::uint32_t ago = 1; ago <= back && ago < kRecordMonths; ++ago) {
    std::uint32_t slot = (month.month % kRecordMonths + kRecordMonths - ago) % kRecordMonths;
    auto then = RecordedMonth::of(month.lives.record[month.person][slot]);
    missed += then.instalment == InstalmentPaid::missed ? 1 : 0;
  }
  return missed;
}

namespace {

Luck luck_for(const LifeMonth& month, Purpose purpose, Luck MonthLuck::* part) {
  if (month.luck != nullptr) return month.luck->*part;
  return month.draws.uniforms(month.person, month.month, purpose);
}

}  // namespace

struct Living::RulesOfPeople {
  explicit RulesOfPeople(const ParameterValues& values)
      : work(values),
        income(values),
        costs(values),
        shocks(values),
        bills(values),
        instalments(values),
        renting(values),
        borrowing(values),
        moving(values),
        travelling(values),
        schooling(values),
        awareness(values),
        speech(values),
        volunteering(values),
        offences(values),
        friendships(values),
        gaming(values),
        contesting(values) {}

  WorkHabit work;
  IncomeHabit income;
  CostsHabit costs;
  ShocksHabit shocks;
  BillsHabit bills;
  InstalmentsHabit instalments;
  RentingHabit renting;
  BorrowingHabit borrowing;
  MovingHabit moving;
  TravellingHabit travelling;
  SchoolingHabit schooling;
  AwarenessHabit awareness;
  SpeechHabit speech;
  VolunteeringHabit volunteering;
  OffencesHabit offences;
  FriendshipsHabit friendships;
  GamingHabit gaming;
  ContestingHabit contesting;
};

std::span<const RuleDescription* const> Living::descriptions() {
  static const std::array<const RuleDescription*, 18> in_order = {
      &WorkHabit::description(),         &IncomeHabit::description(),
      &CostsHabit::description(),        &ShocksHabit::description(),
      &InstalmentsHabit::description(),  &BillsHabit::description(),
      &AwarenessHabit::description(),    &SpeechHabit::description(),
      &VolunteeringHabit::description(), &OffencesHabit::description(),
      &FriendshipsHabit::description(),  &RentingHabit::description(),
      &BorrowingHabit::description(),    &MovingHabit::description(),
      &TravellingHabit::description(),   &SchoolingHabit::description(),
      &GamingHabit::description(),       &ContestingHabit::description()};
  return in_order;
}

Living::Living(const ParameterValues& values) : rules_(std::make_unique<RulesOfPeople>(values)) {}
Living::~Living() = default;
Living::Living(Living&&) noexcept = default;
Living& Living::operator=(Living&&) noexcept = default;

void Living::begin(Lives& lives, const Population& population, const KeyedDraws& draws,
                   std::uint32_t person) const {
  lives.debt[person] = 0;
  lives.marks[person] = 0;
  lives.points[person] = kNoPoints;
  lives.own_points[person] = 0;
  lives.record[person] = {};
  lives.barred[person] = {};
  lives.listed[person] = 0;
  lives.excluded[person] = lives.idle[person] = lives.fault[person] = lives.appeal[person] = 0;
  lives.chill[person] = 0;
  lives.game_spent[person] = 0;
  lives.region[person] = population.of(Trait::region, person);
  lives.put(person, Mark::working, population.work(person) == WorkStatus::working);
  rules_->income.begin(lives, population, draws, person);
  rules_->costs.begin(lives, population, draws, person);
}

void Living::earn(LifeMonth& month) const {
  WorkStatus status = month.population.work(month.person);
  if (status == WorkStatus::pupil) return;
  Luck luck = luck_for(month, Purpose::job, &MonthLuck::work);
  rules_->work.live(month, status, luck[0], luck[1]);
  rules_->income.live(month, status, luck[2]);
}

void Living::pay(LifeMonth& month) const {
  Means means = rules_->income.means(month.population, month.person);
  if (means.status == WorkStatus::pupil) return;
  rules_->costs.live(month, means);
  if (!is_adult(month)) return;
  Luck luck = luck_for(month, Purpose::bill, &MonthLuck::bills);
  rules_->shocks.live(month, means, luck[0]);
  rules_->instalments.live(month, means);
  rules_->bills.live(month, means, luck[1], luck[2]);
}

void Living::speak(LifeMonth& month) const {
  if (!is_adult(month)) return;
  Luck luck = luck_for(month, Purpose::opinion, &MonthLuck::opinion);
  if (rules_->awareness.hear(month, luck[2])) rules_->speech.disclose(month);
  rules_->speech.live(month, luck);
}

void Living::behave(LifeMonth& month) const {
  if (!is_adult(month)) return;
  Luck luck = luck_for(month, Purpose::volunteer, &MonthLuck::conduct);
  rules_->volunteering.live(month, luck[0]);
  rules_->offences.live(month, luck[1]);
  rules_->friendships.live(month, luck[2]);
}

void Living::want(LifeMonth& month) const {
  if (!is_adult(month)) return;
  Luck luck = luck_for(month, Purpose::rent, &MonthLuck::wants);
  // A month holds a rental or a loan, not both, so that `reliable` speaks of one obligation.
  if (luck[0] < rules_->renting.chance) {
    month.now.add(Happening::wanted_rental);
    if (rules_->renting.outcome(month) == RentalEnd::settled) month.now.add(Happening::reliable);
  } else if (luck[0] < rules_->renting.chance + rules_->borrowing.chance &&
             !month.lives.has(month.person, Mark::borrower)) {
    month.now.add(Happening::wanted_loan);
    if (rules_->instalments.would_repay(month)) month.now.add(Happening::reliable);
  }
  rules_->travelling.want(month, luck[1]);
  rules_->moving.want(month, luck[2]);
  rules_->schooling.want(month, luck[3]);
}

void Living::settle(LifeMonth& month) const {
  constexpr std::uint64_t kSettled = bits_of({Happening::wanted_rental, Happening::loan_granted,
                                              Happening::home_found, Happening::wanted_trip});
  if ((month.now.bits & kSettled) == 0) return;
  Means means = rules_->income.means(month.population, month.person);
  rules_->renting.settle(month);
  rules_->borrowing.settle(month, means);
  rules_->moving.settle(month, means);
  rules_->travelling.settle(month, means);
}

void Living::react(LifeMonth& month) const {
  if (!is_adult(month)) return;
  if (rules_->awareness.feel(month)) rules_->speech.disclose(month);
  rules_->gaming.live(month, rules_->income);
  rules_->contesting.live(month);
}

}  // namespace credence
