#include <credence/institutions/town_testing.h>
#include <credence/people/living.h>

#include <cmath>

using namespace credence;
using namespace credence::testing;

namespace {

// What happens to people by draws alone, where all are alike and rich.
constexpr std::array kByLuck = {
    Happening::lost_job,    Happening::had_shock,     Happening::paid_late,
    Happening::critical,    Happening::volunteered,   Happening::offended,
    Happening::wanted_trip, Happening::wanted_home,   Happening::wanted_loan,
    Happening::false_alert, Happening::fault_recorded};

std::uint64_t bits_of_luck(const Happenings& now) {
  std::uint64_t mask = 0;
  for (Happening of : kByLuck) mask |= std::uint64_t{1} << static_cast<unsigned>(of);
  return now.bits & mask;
}

SocietyProgramme watching() {
  SocietyProgramme programme = city_of_points();
  programme.constructs.cameras = CamerasConstruct{.coverage = 1, .detection = 0.5};
  programme.constructs.matcher = MatcherConstruct{.false_match = 0.002,
                                                  .false_match_times = {},
                                                  .false_non_match_times = {},
                                                  .watch_list_share = 0};
  programme.constructs.record.share = 0.5;
  return programme;
}

using Month = std::vector<std::uint64_t>;  // by person

Month live_by_luck(HandMadeTown& town, const Living& living) {
  town.forget();
  for (std::uint32_t person = 0; person < town.count(); ++person) {
    town.lives.marks[person] =
        static_cast<std::uint16_t>(Mark::working) | static_cast<std::uint16_t>(Mark::enrolled);
    town.lives.wealth[person] = 1'000'000'000;
    town.lives.fault[person] = 0;
    town.lives.region[person] = 0;
  }
  Month lived;
  town.each([&](LifeMonth& one) {
    living.earn(one);
    living.pay(one);
    living.speak(one);
    living.behave(one);
    town.institutions.watch(one);
    town.institutions.score(one, *town.desk, town.start);
    living.want(one);
    lived.push_back(bits_of_luck(one.now));
  });
  return lived;
}

// How far, in standard deviations, two things come together more or less often than by chance.
double apart(const Month& one, Happening first, const Month& other, Happening second) {
  double a = 0, b = 0, both = 0;
  auto count = static_cast<double>(one.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    bool here = ((one[i] >> static_cast<unsigned>(first)) & 1U) != 0;
    bool there = ((other[i] >> static_cast<unsigned>(second)) & 1U) != 0;
    a += here;
    b += there;
    both += here && there;
  }
  double chance = a * b / count;
  CHECK(chance > 1);
  return (both - chance) / std::sqrt(chance);
}

}  // namespace

TEST_CASE("draws: no two things that befall people by luck come together more than by chance") {
  SocietyProgramme programme = watching();
  HandMadeTown town(programme, 120'000);
  Living living(all_values());
  Month first = live_by_luck(town, living);
  town.month = 1;
  Month second = live_by_luck(town, living);
  Month neighbour(first.begin() + 1, first.end());
  neighbour.push_back(first.front());
  constexpr double kFar = 5;  // of about 300 pairs none is expected beyond 4
  for (Happening one : kByLuck) {
    for (Happening other : kByLuck) {
      CAPTURE(static_cast<int>(one));
      CAPTURE(static_cast<int>(other));
      if (one < other) CHECK(std::abs(apart(first, one, first, other)) < kFar);
      CHECK(std::abs(apart(first, one, second, other)) < kFar);
      CHECK(std::abs(apart(first, one, neighbour, other)) < kFar);
    }
  }
}
