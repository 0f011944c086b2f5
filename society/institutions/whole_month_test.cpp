#include <credence/institutions/town_testing.h>

#include <algorithm>
#include <numeric>
#include <thread>

using namespace credence;
using namespace credence::testing;

namespace {

// Everything at once, beyond any charter.
SocietyProgramme everything() {
  SocietyProgramme programme = deposit_free();
  Constructs& of = programme.constructs;
  of.points = PointsConstruct{
      .from = PointsConstruct::From::engine, .lowest = 350, .highest = 950, .decay_months = 24};
  of.rules = {{.deed = CountedDeed::late_bill, .points = -20, .title = {}},
              {.deed = CountedDeed::camera_offence, .points = -50, .title = {}},
              {.deed = CountedDeed::volunteering, .points = 10, .title = {}},
              {.deed = CountedDeed::gaming, .points = 15, .title = {}}};
  of.cameras = CamerasConstruct{.coverage = 0.6, .detection = 0.5, .scans_per_month = 150};
  of.matcher = MatcherConstruct{.false_match = 1.0 / 6000,
                                .false_match_times = {1, 10},
                                .false_non_match_times = {},
                                .watch_list_share = 0.01};
  of.loyalty = LoyaltyConstruct{.monitored = 0.3, .criticism = -40, .praise = 5};
  of.friends = FriendsConstruct{.weight = 0.2, .household = true};
  of.lists = {{.below = 560, .from = {}, .on_default = true, .months = 12},
              {.colour = ListRule::Colour::red, .below = {}, .from = 760, .months = 1}};
  of.sanctions = {
      {.sphere = Sphere::travel, .below = {}, .black_list = true, .title = {}},
      {.sphere = Sphere::school, .below = {}, .black_list = true, .title = {}},
      {.sphere = Sphere::work, .below = 500, .months = 6, .title = {}},
      {.sphere = Sphere::rental, .below = {}, .on_alert = true, .months = 2, .title = {}}};
  of.rewards = {{.sphere = Sphere::rental, .from = 700, .title = {}},
                {.sphere = Sphere::housing, .from = 800, .title = {}}};
  of.publication = PublicationConstruct{.black_list = true, .red_list = true, .stigma = 0.05};
  of.enrolment.compulsory = true;
  of.awareness.share = 1;
  return programme;
}

Network ring_of_friends(std::uint32_t people) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::uint32_t person = 0; person < people; ++person) {
    pairs.emplace_back(person, (person + 3) % people);
    pairs.emplace_back(person, (person + 7) % people);
  }
  Network network;
  network.layers[static_cast<std::size_t>(TieLayer::friends)] = ties_from_pairs(people, pairs);
  return network;
}

// Lives a month of everybody, in the order given.
class WholeMonth {
 public:
  WholeMonth(const SocietyProgramme& programme, std::uint32_t people)
      : town(programme, people), living(all_values()) {
    town.network = ring_of_friends(people);
    for (std::uint32_t person = 0; person < people; ++person) {
      living.begin(town.lives, town.people, town.draws, person);
    }
  }

  void live(std::span<const std::uint32_t> order) {
    town.forget();
    town.seen.take(town.lives);
    live_these(order, *town.desk);
    hear();
    ++town.month;
  }
  void live_these(std::span<const std::uint32_t> order, InstitutionDesk& desk) {
    for (std::uint32_t person : order) live_one(person, desk);
  }
  void hear() {
    std::vector<WaitingAppeal> waiting;
    for (std::uint32_t person = 0; person < town.count(); ++person) {
      if (town.lives.appeal[person] == 0) continue;
      bool justified = town.lives.fault[person] > 0 || town.lives.has(person, Mark::wrongly_hit);
      waiting.push_back(
          {person, town.draws.words(person, town.month, Purpose::lottery)[0], justified});
    }
    town.institutions.hear(town.lives, waiting, town.draws, town.month);
  }

  HandMadeTown town;
  Living living;

 private:
  void live_one(std::uint32_t person, InstitutionDesk& desk) {
    const Institutions& institutions = town.institutions;
    town.recorded[person] = {};
    std::uint8_t& page = town.lives.record[person][town.month % kRecordMonths];
    page = 0;
    LifeMonth month = town.month_of(person);
    institutions.enrol(month);
    living.earn(month);
    institutions.hire(month);
    living.pay(month);
    page = month.recorded.code();
    living.speak(month);
    living.behave(month);
    institutions.watch(month);
    institutions.score(month, desk, town.start);
    institutions.sanction(month);
    living.want(month);
    institutions.answer(month, desk, town.start);
    living.settle(month);
    page = month.recorded.code();
    living.react(month);
  }
};

std::vector<std::uint32_t> everybody(std::uint32_t people) {
  std::vector<std::uint32_t> order(people);
  std::iota(order.begin(), order.end(), 0U);
  return order;
}

}  // namespace

TEST_CASE("institutions: the order in which people are worked on changes nothing") {
  SocietyProgramme programme = everything();
  WholeMonth forwards(programme, 400), backwards(programme, 400);
  std::vector<std::uint32_t> order = everybody(400);
  std::vector<std::uint32_t> reversed{order.rbegin(), order.rend()};
  std::uint64_t seen = 0;
  for (int month = 0; month < 40; ++month) {
    forwards.live(order);
    backwards.live(reversed);
    REQUIRE(forwards.town.lives == backwards.town.lives);
    for (const Happenings& now : forwards.town.now) seen |= now.bits;
  }
  for (Happening happened :
       {Happening::scored, Happening::put_on_black_list, Happening::put_on_red_list,
        Happening::sanctioned, Happening::wrongly_sanctioned, Happening::false_alert,
        Happening::name_published, Happening::hit_through_others, Happening::fault_recorded,
        Happening::trip_refused, Happening::rental_without_deposit, Happening::appeal_opened}) {
    CHECK_MESSAGE((seen >> static_cast<unsigned>(happened) & 1) == 1,
                  "never happened: " << static_cast<int>(happened));
  }
}

TEST_CASE("institutions: several threads, each with a desk of its own, change nothing") {
  SocietyProgramme programme = everything();
  WholeMonth alone(programme, 400), shared(programme, 400);
  std::vector<std::uint32_t> order = everybody(400);
  for (int month = 0; month < 6; ++month) {
    alone.live(order);
    shared.town.forget();
    shared.town.seen.take(shared.town.lives);
    std::vector<std::thread> crew;
    for (std::size_t part = 0; part < 4; ++part) {
      crew.emplace_back([&shared, &order, part] {
        auto desk = shared.town.institutions.make_desk();
        shared.live_these(std::span{order}.subspan(part * 100, 100), *desk);
      });
    }
    for (std::thread& worker : crew) worker.join();
    shared.hear();
    ++shared.town.month;
    REQUIRE(alone.town.lives == shared.town.lives);
  }
}

TEST_CASE(
    "institutions: whatever a programme does, points, lists and bars stay within their bounds") {
  SocietyProgramme programme = everything();
  WholeMonth whole(programme, 300);
  std::vector<std::uint32_t> order = everybody(300);
  for (int month = 0; month < 40; ++month) {
    whole.live(order);
    const Lives& lives = whole.town.lives;
    for (std::uint32_t person = 0; person < 300; ++person) {
      std::int16_t points = lives.points[person];
      CHECK((points == kNoPoints || (points >= 350 && points <= 950)));
      CHECK_FALSE((lives.has(person, Mark::black) && lives.has(person, Mark::red)));
      CHECK((lives.has(person, Mark::black) || !lives.has(person, Mark::named)));
      CHECK(lives.fault[person] <= kRecordMonths);
      CHECK(whole.town.now[person].alerts <= 1);
    }
  }
}

TEST_CASE("institutions: a programme moves nobody who never meets it") {
  SocietyProgramme nothing = no_programme(), voluntary = deposit_free();
  voluntary.constructs.enrolment.share = 0;
  WholeMonth without(nothing, 200), with(voluntary, 200);
  std::vector<std::uint32_t> order = everybody(200);
  for (int month = 0; month < 18; ++month) {
    without.live(order);
    with.live(order);
  }
  CHECK(without.town.lives.wealth == with.town.lives.wealth);
  CHECK(without.town.lives.record == with.town.lives.record);
  CHECK(without.town.lives.points == with.town.lives.points);
}
