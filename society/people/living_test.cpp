#include <credence/people/living.h>
#include <credence/people/living_habits.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <set>
#include <string>

using namespace credence;

namespace {

constexpr std::uint64_t bit(Happening what) {
  return std::uint64_t{1} << static_cast<unsigned>(what);
}

// People by hand: everybody of 40 years, working, with a wage of 2,000.00, conviction spread
// evenly.
Population people_by_hand(std::uint32_t count) {
  Population people;
  for (auto& categories : people.plan.categories) categories.resize(2);
  people.plan.places = {{0, 0, 1, 1}, {1, 0, 1.2, 1}};
  people.work_status = {WorkStatus::working, WorkStatus::seeking, WorkStatus::studying,
                        WorkStatus::retired, WorkStatus::at_home, WorkStatus::pupil};
  for (auto& column : people.trait) column.assign(count, 0);
  people.age.assign(count, 40);
  people.wage.assign(count, 200'000);
  people.diligence.assign(count, 180);
  for (std::uint32_t i = 0; i < count; ++i) {
    people.household.push_back(i);
    people.household_first.push_back(i);
    people.conviction.push_back(static_cast<std::uint8_t>((i * 255ULL) / std::max(1U, count - 1)));
  }
  people.household_first.push_back(count);
  return people;
}

ParameterValues standard() {
  return ParameterValues(Living::descriptions());
}

// A town without institutions of its own: every request is granted, deposits are asked.
struct Town {
  explicit Town(Population given, const ParameterValues& values = standard())
      : people(std::move(given)), living(values) {
    auto count = static_cast<std::uint32_t>(people.size());
    lives.resize(count);
    for (std::uint32_t i = 0; i < count; ++i) living.begin(lives, people, draws, i);
    seen.take(lives);
    now.resize(count);
    recorded.resize(count);
  }

  LifeMonth month_of(std::uint32_t person) {
    return {people,      network,          draws,  climate, seen, lives,
            now[person], recorded[person], person, month};
  }
  void live(std::uint32_t person) {
    now[person] = {};
    recorded[person] = {};
    LifeMonth life = month_of(person);
    MonthLuck luck = MonthLuck::of(draws, person, month);
    if (luck_given) life.luck = &luck;
    living.earn(life);
    living.pay(life);
    if (life.now.has(Happening::wanted_job)) {
      life.now.add(Happening::found_job);
      lives.put(person, Mark::working, true);
    }
    living.speak(life);
    living.behave(life);
    living.want(life);
    answer(life);
    living.settle(life);
    living.react(life);
    lives.record[person][month % kRecordMonths] = life.recorded.code();
  }
  static void answer(LifeMonth& life) {
    if (life.now.has(Happening::wanted_rental)) {
      life.now.add(Happening::rental_with_deposit);
      life.now.deposit_paid = 10'000;
    }
    if (life.now.has(Happening::wanted_loan)) life.now.add(Happening::loan_granted);
    if (life.now.has(Happening::wanted_home)) life.now.add(Happening::home_found);
  }
  void step() {
    for (std::uint32_t i = 0; i < people.size(); ++i) live(i);
    next();
  }
  void next() {
    seen.take(lives);
    ++month;
  }
  std::size_t count(Happening what) const {
    return static_cast<std::size_t>(
        std::count_if(now.begin(), now.end(), [&](const Happenings& of) { return of.has(what); }));
  }
  std::size_t marked(Mark mark) const {
    std::size_t sum = 0;
    for (std::uint32_t i = 0; i < people.size(); ++i) sum += lives.has(i, mark) ? 1 : 0;
    return sum;
  }

  Population people;
  Living living;
  Network network;
  KeyedDraws draws{77};
  Climate climate;
  Lives lives;
  SeenLives seen;
  std::vector<Happenings> now;
  std::vector<RecordedMonth> recorded;
  std::uint32_t month = 0;
  bool luck_given = false;
};

Climate everything_at_once() {
  Climate all;
  all.speech_watched = all.speech_cost = all.praise_pays = all.points_matter = 1;
  all.friends_matter = all.volunteering_pays = all.awareness = all.camera_coverage = 1;
  all.reachable = 1;
  return all;
}

double share(std::size_t part, std::size_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

TEST_CASE("record: every code is a month and every month its code") {
  for (unsigned code = 0; code < 256; ++code) {
    auto byte = static_cast<std::uint8_t>(code);
    CHECK(RecordedMonth::of(byte).code() == byte);
  }
  RecordedMonth month{BillPaid::late, true, true, RentalEnd::lost, InstalmentPaid::missed};
  CHECK(RecordedMonth::of(month.code()) == month);
  CHECK(RecordedMonth{}.code() == 0);
}

TEST_CASE("lives: at most 60 bytes a person, and never scored at the start") {
  Lives lives;
  lives.resize(1000);
  CHECK(lives.bytes() <= 60 * 1000);
  CHECK(lives.size() == 1000);
  CHECK(lives.points[999] == kNoPoints);
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kSpheres; ++i) names.insert(name_of(static_cast<Sphere>(i)));
  CHECK(names.size() == kSpheres);
}

TEST_CASE("rules of people: each is told in both languages, each number lies in its range") {
  std::set<std::string> ids;
  for (const RuleDescription* rule : Living::descriptions()) {
    CAPTURE(rule->id);
    CHECK(ids.insert(rule->id).second);
    CHECK(rule->actor == "person");
    CHECK(!rule->source.empty());
    for (const Text& text : {rule->name, rule->what}) {
      CHECK(!text.en.empty());
      CHECK(!text.fr.empty());
      CHECK(text.en != text.fr);
    }
    CHECK(!rule->parameters.empty());
    for (const RuleParameter& parameter : rule->parameters) {
      CAPTURE(parameter.id);
      CHECK(parameter.low <= parameter.standard);
      CHECK(parameter.standard <= parameter.high);
      CHECK(parameter.low < parameter.high);
      CHECK(!parameter.name.en.empty());
      CHECK(!parameter.name.fr.empty());
      CHECK(!parameter.unit.empty());
      CHECK(!parameter.source.empty());
    }
  }
  CHECK(ids.size() == 18);
}

TEST_CASE("parameter values: standards first, then what is set, and no others") {
  ParameterValues values = standard();
  CHECK(values.at("work.loss") == 0.01);
  values.set("work.loss", 0.02);
  CHECK(values.at("work.loss") == 0.02);
  CHECK(!values.has("work.no-such"));
  CHECK(!values.has("loss"));
  CHECK(values.has("bills.late"));
}

TEST_CASE("work: unemployment tends to loss / (loss + search)") {
  for (auto [loss, search] : {std::pair{0.01, 0.25}, std::pair{0.04, 0.05}}) {
    ParameterValues values = standard();
    values.set("work.loss", loss);
    values.set("work.search", search);
    values.set("work.education", 0);
    Town town(people_by_hand(4000), values);
    double idle = 0;
    for (int month = 0; month < 140; ++month) {
      for (std::uint32_t i = 0; i < 4000; ++i) {
        town.now[i] = {};
        LifeMonth life = town.month_of(i);
        town.living.earn(life);
        if (life.now.has(Happening::wanted_job)) town.lives.put(i, Mark::working, true);
      }
      town.next();
      if (month >= 60) idle += 1 - share(town.marked(Mark::working), 4000);
    }
    CHECK(std::abs(idle / 80 - loss / (loss + search)) < 0.006);
  }
}

TEST_CASE("work: the least educated lose jobs more often, and pupils have none") {
  Population people = people_by_hand(20'000);
  auto& education = people.trait[static_cast<std::size_t>(Trait::education)];
  for (std::size_t i = 0; i < 20'000; ++i) education[i] = i % 2 == 0 ? 0 : 1;
  auto& work = people.trait[static_cast<std::size_t>(Trait::work)];
  work[7] = 5;
  people.age[7] = 9;
  Town town(std::move(people));
  std::size_t low = 0, high = 0;
  for (int month = 0; month < 5; ++month) {
    town.step();
    for (std::size_t i = 0; i < 20'000; ++i) {
      (i % 2 == 0 ? low : high) += town.now[i].has(Happening::lost_job) ? 1U : 0U;
    }
    CHECK(town.now[7].bits == 0);
    CHECK(town.recorded[7].code() == 0);
  }
  CHECK(low > high * 3 / 2);
  CHECK(town.lives.wealth[7] == 0);
}

TEST_CASE(
    "income: the working earn about their wage, the others their share, on the record or not") {
  Population people = people_by_hand(6);
  auto& work = people.trait[static_cast<std::size_t>(Trait::work)];
  for (std::uint8_t i = 0; i < 6; ++i) work[i] = i;
  people.age[5] = 10;
  Town town(std::move(people));
  for (std::uint32_t i = 0; i < 6; ++i) {
    LifeMonth life = town.month_of(i);
    town.living.earn(life);
  }
  CHECK(town.now[0].income == doctest::Approx(200'000).epsilon(0.051));
  CHECK(town.now[1].income == 110'000);
  CHECK(town.now[2].income == 70'000);
  CHECK(town.now[3].income == 120'000);
  CHECK(town.now[4].income == 60'000);
  CHECK(town.now[5].income == 0);
  bool regular[] = {true, false, true, true, false, false};
  for (std::size_t i = 0; i < 6; ++i) CHECK(town.recorded[i].income == regular[i]);
}

TEST_CASE("bills: the less reliable pay late more often, and more often still without money") {
  auto late_of = [](std::uint8_t diligence, std::int32_t wealth) {
    Town town(people_by_hand(4000));
    std::fill(town.people.diligence.begin(), town.people.diligence.end(), diligence);
    std::fill(town.lives.wealth.begin(), town.lives.wealth.end(), wealth);
    for (std::uint32_t i = 0; i < 4000; ++i) {
      LifeMonth life = town.month_of(i);
      town.living.pay(life);
      CHECK(town.recorded[i].bill != BillPaid::none);
      CHECK(town.recorded[i].overdraft == (town.lives.wealth[i] < 0));
    }
    return town.count(Happening::paid_late) + town.count(Happening::left_unpaid);
  };
  CHECK(late_of(255, 10'000'000) == 0);
  CHECK(late_of(60, 10'000'000) > late_of(200, 10'000'000));
  CHECK(late_of(200, 0) > 2 * late_of(200, 10'000'000));
}

TEST_CASE("money: accounts saturate, whatever the wages") {
  Population people = people_by_hand(3);
  people.wage = {std::numeric_limits<std::int32_t>::max(), 0, 1};
  Town town(std::move(people));
  town.lives.wealth = {std::numeric_limits<std::int32_t>::max(), -2'147'483'647, -2'147'483'647};
  town.lives.debt = {std::numeric_limits<std::int32_t>::max(), 1, 2'000'000'000};
  for (std::uint32_t i = 0; i < 3; ++i) town.lives.put(i, Mark::borrower, true);
  town.climate = everything_at_once();
  for (int month = 0; month < 60; ++month) {
    town.step();
    for (std::int32_t debt : town.lives.debt) CHECK(debt >= 0);
    for (std::int32_t wealth : town.lives.wealth) {
      CHECK(wealth > std::numeric_limits<std::int32_t>::min());
    }
  }
  CHECK(whole_cents(1e300) == 2'147'483'647);
  CHECK(whole_cents(-1e300) == -2'147'483'647);
  CHECK(whole_cents(std::numeric_limits<double>::quiet_NaN()) == -2'147'483'647);
  CHECK(whole_cents(-2.6) == -3);
  CHECK(sum_of_cents(2'147'483'647, 5) == 2'147'483'647);
}

TEST_CASE("rules of people: no value of a parameter breaks a life") {
  const ParameterValues all = standard();
  for (const auto& [name, standard_value] : all.all()) {
    CAPTURE(name);
    for (double odd : {-1e308, -1.0, 0.0, 1e9, 1e308}) {
      ParameterValues values = standard();
      values.set(name, odd);
      Town town(people_by_hand(20), values);
      town.climate = everything_at_once();
      for (std::uint32_t i = 0; i < 20; i += 2) {
        town.lives.put(i, Mark::enrolled, true);
        town.lives.put(i, Mark::borrower, true);
        town.lives.debt[i] = 100'000;
      }
      for (int month = 0; month < 8; ++month) town.step();
      for (std::int32_t debt : town.lives.debt) CHECK(debt > -2'147'483'647 - 1);
    }
  }
}

TEST_CASE("money: in the long run most people are solvent, and their number settles") {
  Town town(people_by_hand(2000));
  auto overdrawn = [&] {
    auto& wealth = town.lives.wealth;
    return std::count_if(wealth.begin(), wealth.end(), [](auto of) { return of < 0; });
  };
  for (int month = 0; month < 120; ++month) town.step();
  auto then = overdrawn();
  CHECK(then > 50);
  CHECK(then < 700);
  for (int month = 0; month < 120; ++month) town.step();
  CHECK(overdrawn() < then + 150);
  std::vector<std::int32_t> sorted = town.lives.wealth;
  std::sort(sorted.begin(), sorted.end());
  CHECK(sorted[20] > -24 * 200'000);
  CHECK(sorted[1000] > 50'000);
  CHECK(sorted[1980] < 24 * 200'000);
}

TEST_CASE("instalments: three missed within half a year are a default, which the record forgets") {
  ParameterValues values = standard();
  values.set("instalments.unwilling", 1);
  values.set("instalments.skips", 1);
  values.set("borrowing.chance", 0);
  Population people = people_by_hand(1);
  people.diligence[0] = 0;
  Town town(std::move(people), values);
  town.lives.debt[0] = 500'000;
  town.lives.put(0, Mark::borrower, true);
  town.step();
  town.step();
  CHECK(!town.lives.has(0, Mark::in_default));
  town.step();
  CHECK(town.now[0].has(Happening::defaulted));
  CHECK(town.now[0].loan_loss == 500'000);
  CHECK(town.lives.debt[0] == 0);
  CHECK(town.lives.has(0, Mark::in_default));
  CHECK(!town.lives.has(0, Mark::borrower));
  for (int month = 0; month < 20; ++month) town.step();
  CHECK(town.lives.has(0, Mark::in_default));
  for (int month = 0; month < 6; ++month) town.step();
  CHECK(!town.lives.has(0, Mark::in_default));
}

TEST_CASE("instalments: who has the money repays everything, with interest") {
  ParameterValues values = standard();
  values.set("borrowing.chance", 0);
  Population people = people_by_hand(1);
  people.diligence[0] = 255;
  Town town(std::move(people), values);
  town.lives.wealth[0] = 50'000'000;
  town.lives.debt[0] = 600'000;
  town.lives.put(0, Mark::borrower, true);
  std::int64_t interest = 0;
  for (int month = 0; month < 24; ++month) {
    town.step();
    CHECK(town.recorded[0].instalment == InstalmentPaid::on_time);
    interest += town.now[0].loan_interest;
  }
  CHECK(town.lives.debt[0] == 0);
  CHECK(!town.lives.has(0, Mark::borrower));
  // Equal parts of 250 a month at 8 % a year: 6,000 x 8 % / 12 x 25 / 2.
  CHECK(interest == doctest::Approx(50'000).epsilon(0.001));
}

TEST_CASE("wants: `reliable` is how the rental ends, in this life and in its twin") {
  Town town(people_by_hand(20'000)), twin(people_by_hand(20'000));
  std::fill(town.people.diligence.begin(), town.people.diligence.end(), std::uint8_t{40});
  std::fill(twin.people.diligence.begin(), twin.people.diligence.end(), std::uint8_t{40});
  twin.climate = everything_at_once();
  std::fill(town.lives.wealth.begin(), town.lives.wealth.end(), 5'000'000);
  std::fill(twin.lives.wealth.begin(), twin.lives.wealth.end(), 9'000'000);
  town.step();
  twin.step();
  std::size_t ends[4] = {};
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    CHECK(town.now[i].has(Happening::wanted_rental) == twin.now[i].has(Happening::wanted_rental));
    CHECK(town.now[i].has(Happening::reliable) == twin.now[i].has(Happening::reliable));
    CHECK(town.recorded[i].rental == twin.recorded[i].rental);
    if (!town.now[i].has(Happening::wanted_rental)) continue;
    ++ends[static_cast<std::size_t>(town.recorded[i].rental)];
    bool settled = town.recorded[i].rental == RentalEnd::settled;
    CHECK(settled == town.now[i].has(Happening::reliable));
    bool lost = town.recorded[i].rental == RentalEnd::lost;
    CHECK(town.now[i].rental_loss == (lost ? 5'000 : 0));
  }
  CHECK(ends[0] == 0);
  for (std::size_t end = 1; end < 4; ++end) CHECK(ends[end] > 10);
}

TEST_CASE("renting: a deposit that the account does not hold means no rental") {
  ParameterValues values = standard();
  values.set("renting.chance", 1);
  Town town(people_by_hand(2), values);
  town.lives.wealth = {0, 1'000'000};
  for (std::uint32_t i = 0; i < 2; ++i) {
    LifeMonth life = town.month_of(i);
    town.living.want(life);
    Town::answer(life);
    town.living.settle(life);
  }
  CHECK(town.now[0].has(Happening::rental_not_afforded));
  CHECK(!town.now[0].has(Happening::rental_with_deposit));
  CHECK(town.now[0].deposit_paid == 0);
  CHECK(town.recorded[0].rental == RentalEnd::none);
  CHECK(!town.now[1].has(Happening::rental_not_afforded));
  CHECK(town.recorded[1].rental != RentalEnd::none);
}

TEST_CASE("wants: a refused request changes nothing, a granted loan and home do") {
  ParameterValues values = standard();
  values.set("renting.chance", 0);
  values.set("borrowing.chance", 1);
  values.set("moving.chance", 1);
  values.set("travelling.chance", 1);
  Town town(people_by_hand(50), values);
  Lives before = town.lives;
  for (std::uint32_t i = 0; i < 50; ++i) {
    LifeMonth life = town.month_of(i);
    town.living.want(life);
    REQUIRE(life.now.has(Happening::wanted_loan));
    REQUIRE(life.now.has(Happening::wanted_home));
    for (Happening no : {Happening::loan_refused, Happening::home_refused, Happening::trip_refused})
      life.now.add(no);
    town.living.settle(life);
  }
  CHECK(town.lives == before);
  for (std::uint32_t i = 0; i < 50; ++i) {
    town.now[i] = {};
    town.now[i].bits = bit(Happening::loan_granted) | bit(Happening::home_found);
    LifeMonth life = town.month_of(i);
    town.living.settle(life);
    CHECK(town.lives.debt[i] == 600'000);
    CHECK(town.lives.wealth[i] == before.wealth[i] + 600'000 - 60'000);
    CHECK(town.now[i].has(Happening::moved));
    CHECK(town.lives.has(i, Mark::renting_a_home));
    CHECK(town.lives.region[i] < 2);
  }
}

TEST_CASE("schooling: only households with a pupil ask for a place") {
  ParameterValues values = standard();
  values.set("schooling.chance", 1);
  Population people = people_by_hand(4);
  people.household = {0, 0, 1, 1};
  people.household_first = {0, 2, 4};
  people.age[1] = 8;
  people.trait[static_cast<std::size_t>(Trait::work)][1] = 5;
  Town town(std::move(people), values);
  for (std::uint32_t i = 0; i < 4; ++i) {
    LifeMonth life = town.month_of(i);
    town.living.want(life);
  }
  CHECK(town.now[0].has(Happening::wanted_school));
  CHECK(!town.now[1].has(Happening::wanted_school));
  CHECK(!town.now[2].has(Happening::wanted_school));
}

TEST_CASE("no programme: nothing of any programme shows in three years") {
  Town town(people_by_hand(3000));
  for (int month = 0; month < 36; ++month) {
    town.step();
    std::uint64_t all = 0;
    for (const Happenings& of : town.now) {
      all |= of.bits;
      CHECK(of.game_spending == 0);
    }
    for (Happening of : {Happening::praised, Happening::held_back, Happening::lost_friend,
                         Happening::gamed, Happening::fault_found, Happening::appeal_opened}) {
      CHECK((all & bit(of)) == 0);
    }
  }
  unsigned marks = 0;
  for (std::uint16_t of : town.lives.marks) marks |= of;
  unsigned natural = 0;
  for (Mark of : {Mark::working, Mark::in_default, Mark::renting_a_home, Mark::borrower}) {
    natural |= static_cast<unsigned>(of);
  }
  CHECK((marks & ~natural) == 0);
  CHECK(
      std::all_of(town.lives.chill.begin(), town.lives.chill.end(), [](auto c) { return c == 0; }));
}

TEST_CASE("twins: equal climates give equal lives, in whatever order people are worked on") {
  Town one(people_by_hand(1500)), other(people_by_hand(1500));
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::uint32_t i = 0; i < 1500; ++i) pairs.emplace_back(i, (i + 1) % 1500);
  std::vector<std::uint32_t> first, ends;
  for (std::uint32_t i = 0; i < 1500; ++i) {
    first.push_back(2 * i);
    std::uint32_t before = (i + 1499) % 1500, after = (i + 1) % 1500;
    ends.push_back(std::min(before, after));
    ends.push_back(std::max(before, after));
  }
  first.push_back(3000);
  for (Town* town : {&one, &other}) {
    town->network.layers[static_cast<std::size_t>(TieLayer::friends)] = Ties(first, ends);
    town->climate = everything_at_once();
  }
  for (int month = 0; month < 24; ++month) {
    one.step();
    for (std::uint32_t i = 1500; i-- > 0;) other.live(i);
    other.next();
  }
  CHECK(one.lives == other.lives);
  other.climate.speech_cost = 0;
  one.step();
  other.step();
  CHECK(!(one.lives == other.lives));
}

TEST_CASE("luck: drawn once for all twins or anew by each, a life is the same") {
  Town drawn(people_by_hand(500)), given(people_by_hand(500));
  given.luck_given = true;
  drawn.climate = given.climate = everything_at_once();
  for (int month = 0; month < 12; ++month) {
    drawn.step();
    given.step();
  }
  CHECK(drawn.lives == given.lives);
}

TEST_CASE("awareness: the programme's share knows after a year; who is hit knows at once") {
  for (double asked : {0.0, 0.11, 0.8}) {
    Town town(people_by_hand(8000));
    town.climate.awareness = asked;
    for (int month = 0; month < 12; ++month) town.step();
    CHECK(std::abs(share(town.marked(Mark::aware), 8000) - asked) < 0.02);
  }
  Town town(people_by_hand(2));
  town.now[0].add(Happening::sanctioned);
  for (std::uint32_t i = 0; i < 2; ++i) {
    LifeMonth life = town.month_of(i);
    town.living.react(life);
  }
  CHECK(town.lives.has(0, Mark::aware));
  CHECK(!town.lives.has(1, Mark::aware));
}

TEST_CASE("awareness: who is asked for consent and joins knows; who is compelled need not") {
  for (bool asked : {true, false}) {
    Town town(people_by_hand(1));
    town.climate.asks_consent = asked;
    town.lives.put(0, Mark::enrolled, true);
    town.step();
    CHECK(town.lives.has(0, Mark::aware) == asked);
  }
}

TEST_CASE(
    "speech: a fifth to a third falls silent on the news, and 14 months later not all is back") {
  Town town(people_by_hand(40'000)), free(people_by_hand(40'000));
  town.climate.speech_watched = town.climate.speech_cost = town.climate.awareness = 1;
  double loss[15] = {};
  for (double& of : loss) {
    for (Town* each : {&town, &free}) {
      for (std::uint32_t i = 0; i < 40'000; ++i) {
        each->now[i] = {};
        LifeMonth life = each->month_of(i);
        each->living.speak(life);
      }
      each->next();
    }
    CHECK(town.count(Happening::critical) == free.count(Happening::critical));
    CHECK(town.count(Happening::spoke) + town.count(Happening::held_back) ==
          free.count(Happening::spoke));
    of = 1 - share(town.count(Happening::spoke), free.count(Happening::spoke));
  }
  CHECK(loss[0] > 0.20);
  CHECK(loss[0] < 0.30);
  CHECK(loss[14] < loss[0] - 0.05);
  CHECK(loss[14] > 0.05);
  // Those who find surveillance justified (weak conviction, low numbers) react most.
  CHECK(town.lives.chill[4000] > 2 * town.lives.chill[39'999]);
}

TEST_CASE("speech: consent given this month discloses; who knew before is not told again") {
  Town town(people_by_hand(2));
  town.people.conviction = {0, 0};
  town.climate.speech_watched = town.climate.speech_cost = 1;
  for (std::uint32_t i = 0; i < 2; ++i) {
    town.lives.put(i, Mark::aware, true);
    town.lives.put(i, Mark::enrolled, true);
  }
  town.now[0].add(Happening::enrolled_now);
  for (std::uint32_t i = 0; i < 2; ++i) {
    LifeMonth life = town.month_of(i);
    town.living.speak(life);
  }
  CHECK(town.lives.chill[0] > 100);
  CHECK(town.lives.chill[1] == 0);
}

TEST_CASE("speech: silent friends make the watched more silent") {
  auto held_back = [](std::uint16_t friends_marks) {
    Town town(people_by_hand(10'000));
    std::vector<std::uint32_t> first, ends;
    for (std::uint32_t i = 0; i <= 10'000; ++i) first.push_back(i);
    for (std::uint32_t i = 0; i < 10'000; ++i) ends.push_back(i ^ 1U);
    town.network.layers[static_cast<std::size_t>(TieLayer::friends)] = Ties(first, ends);
    std::fill(town.seen.marks.begin(), town.seen.marks.end(), friends_marks);
    town.climate.speech_watched = town.climate.speech_cost = town.climate.awareness = 1;
    for (std::uint32_t i = 0; i < 10'000; ++i) {
      LifeMonth life = town.month_of(i);
      town.living.speak(life);
    }
    return town.count(Happening::held_back);
  };
  CHECK(held_back(static_cast<std::uint16_t>(Mark::silent)) > held_back(0) * 3 / 2);
}

TEST_CASE("speech: who is barred from it says nothing, and that counts as held back") {
  Town town(people_by_hand(5000)), free(people_by_hand(5000));
  for (auto& barred : town.lives.barred) barred[static_cast<std::size_t>(Sphere::speech)] = 2;
  town.climate.praise_pays = 1;
  for (std::uint32_t i = 0; i < 5000; ++i) {
    town.lives.put(i, Mark::aware, true);
    LifeMonth life = town.month_of(i), open = free.month_of(i);
    town.living.speak(life);
    free.living.speak(open);
  }
  CHECK(town.count(Happening::spoke) + town.count(Happening::praised) == 0);
  CHECK(free.count(Happening::spoke) > 0);
  CHECK(town.count(Happening::held_back) == free.count(Happening::spoke));
  CHECK(town.marked(Mark::silent) == town.count(Happening::held_back));
}

TEST_CASE("behaviour: reward draws volunteers, cameras deter a little, points part friends") {
  auto counts = [](const Climate& climate, std::int16_t friends_points) {
    Town town(people_by_hand(20'000));
    std::vector<std::uint32_t> first, ends;
    for (std::uint32_t i = 0; i <= 20'000; ++i) first.push_back(i);
    for (std::uint32_t i = 0; i < 20'000; ++i) ends.push_back(i ^ 1U);
    town.network.layers[static_cast<std::size_t>(TieLayer::friends)] = Ties(first, ends);
    std::fill(town.seen.points.begin(), town.seen.points.end(), friends_points);
    std::fill(town.seen.marks.begin(), town.seen.marks.end(),
              static_cast<std::uint16_t>(Mark::aware));
    std::fill(town.lives.points.begin(), town.lives.points.end(), std::int16_t{1000});
    town.climate = climate;
    for (std::uint32_t i = 0; i < 20'000; ++i) {
      LifeMonth life = town.month_of(i);
      town.lives.put(i, Mark::aware, true);
      town.living.behave(life);
    }
    return std::array{town.count(Happening::volunteered), town.count(Happening::offended),
                      town.count(Happening::lost_friend)};
  };
  auto free = counts({}, 1200), watched = counts(everything_at_once(), 1200);
  CHECK(watched[0] > free[0] * 3 / 2);
  CHECK(watched[1] < free[1]);
  CHECK(watched[1] > free[1] / 2);
  CHECK(free[2] == 0);
  CHECK(watched[2] > 1000);
  CHECK(counts(everything_at_once(), 1010)[2] == 0);
  CHECK(counts(everything_at_once(), 800)[2] == 0);
  CHECK(counts(everything_at_once(), kNoPoints)[2] == 0);
}

TEST_CASE("gaming: only members who know, where points matter, and with money to spare") {
  Population people = people_by_hand(4000);
  Town town(std::move(people));
  town.climate.points_matter = town.climate.reachable = 1;
  for (std::uint32_t i = 0; i < 4000; ++i) {
    town.lives.put(i, Mark::aware, i % 4 != 0);
    town.lives.put(i, Mark::enrolled, i % 4 != 1);
    town.lives.wealth[i] = i % 4 == 2 ? 0 : 1'000'000;
    town.lives.game_spent[i] = 65'530;
    LifeMonth life = town.month_of(i);
    town.living.react(life);
    bool may = i % 4 == 3;
    if (!may) CHECK(town.now[i].game_spending == 0);
    CHECK(town.lives.has(i, Mark::gaming) == town.now[i].has(Happening::gamed));
    if (!town.now[i].has(Happening::gamed)) continue;
    CHECK(town.now[i].game_spending == 4'000);
    CHECK(town.lives.wealth[i] == 996'000);
    CHECK(town.lives.game_spent[i] == 65'535);
  }
  CHECK(std::abs(share(town.count(Happening::gamed), 1000) - 0.6) < 0.07);
}

TEST_CASE("contesting: faults are noticed when they hurt, and nobody has two appeals") {
  Town town(people_by_hand(30'000));
  for (std::uint32_t i = 0; i < 30'000; ++i) {
    town.lives.fault[i] = i % 3 == 2 ? 0 : 1;
    if (i % 3 == 1) town.now[i].add(Happening::loan_refused);
    LifeMonth life = town.month_of(i);
    town.living.react(life);
    CHECK(town.now[i].has(Happening::appeal_opened) == (town.lives.appeal[i] == 1));
    CHECK(town.now[i].has(Happening::appeal_opened) == town.now[i].has(Happening::fault_found));
  }
  std::size_t opened[3] = {};
  for (std::uint32_t i = 0; i < 30'000; ++i) opened[i % 3] += town.lives.appeal[i];
  CHECK(share(opened[0], 10'000) == doctest::Approx(0.01).epsilon(0.4));
  CHECK(share(opened[1], 10'000) == doctest::Approx(0.15).epsilon(0.1));
  CHECK(opened[2] == 0);
  for (std::uint32_t i = 0; i < 30'000; ++i) {
    if (town.lives.appeal[i] == 0) continue;
    town.now[i] = {};
    town.lives.appeal[i] = 5;
    LifeMonth life = town.month_of(i);
    town.living.react(life);
    CHECK(town.lives.appeal[i] == 5);
    CHECK(!town.now[i].has(Happening::appeal_opened));
  }
}
