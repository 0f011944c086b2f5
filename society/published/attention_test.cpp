#include <credence/published/attention.h>
#include <credence/published/models.h>
#include <credence/published/published_testing.h>
#include <doctest/doctest.h>

#include <numeric>

namespace credence {

TEST_CASE("attention: every published number holds at a tenth of the replicates") {
  Crew crew(2);
  auto checks = attention_checks({1, .1, {}}, crew);
  CHECK(checks.size() == 46);
  CHECK(testing::red_checks(checks) == "");
}

TEST_CASE("attention: the numbers are the same for every number of threads") {
  CHECK(testing::same_for_all_threads(attention_checks, {7, .1, {}}));
}

TEST_CASE("attention: the other rule for spare units, or other rates, turn checks red") {
  Crew crew(2);
  AttentionChange change;
  change.swap_spare_rules = true;
  CHECK(testing::red_checks(check_attention(change, {1, .1, {}}, crew)) != "");
  change = {};
  change.rates[0] = 9;
  CHECK(testing::red_checks(check_attention(change, {1, .1, {}}, crew)) != "");
}

TEST_CASE("site record: without reached looks the likeliest rate is the mean") {
  SiteRecord record;
  for (std::size_t found : {0U, 1U, 2U, 5U}) record.note(found, 6, 1);
  CHECK(record.likeliest_rate(0) == doctest::Approx(2));
}

TEST_CASE("site record: what was never looked at, or never found, is believed to be nothing") {
  SiteRecord record;
  CHECK(record.likeliest_rate(5) == 0);
  record.note(0, 0, 1);
  CHECK(record.likeliest_rate(5) == 0);
  record.note(0, 3, 1);
  CHECK(record.likeliest_rate(5) == 0);
}

TEST_CASE("site record: looks that only found all they could are believed to miss the most") {
  SiteRecord record;
  for (int look = 0; look < 5; ++look) record.note(1, 1, 1);
  CHECK(record.likeliest_rate(0) == doctest::Approx(kHighestRate).epsilon(1e-6));
}

TEST_CASE("site record: half of single looks empty gives the rate with half a chance of none") {
  SiteRecord record;
  for (int look = 0; look < 50; ++look) {
    record.note(0, 1, 1);
    record.note(1, 1, 1);
  }
  // exp(-rate) = 1/2, from any start.
  for (double start : {0., .01, 1., 19.}) {
    CHECK(record.likeliest_rate(start) == doctest::Approx(.69314718056));
  }
}

TEST_CASE("site record: what is forgotten leaves no trace") {
  SiteRecord record;
  record.note(2, 6, 1);
  record.note(6, 6, 1);
  record.note(1, 2, 1);
  record.note(6, 6, -1);
  record.note(1, 2, -1);
  CHECK(record.likeliest_rate(3) == doctest::Approx(2));
}

TEST_CASE("greedy attention: six units go out, whatever is believed") {
  std::uint32_t state = 1;
  for (int round = 0; round < 1000; ++round) {
    SiteRates beliefs;
    for (double& belief : beliefs) {
      state = state * 1664525U + 1013904223U;
      belief = (state >> 24) % 3 == 0 ? 0 : (state >> 16) % 200 / 10.;
    }
    for (SpareUnits spare : {SpareUnits::difference, SpareUnits::gain}) {
      for (EqualYields equal : {EqualYields::last, EqualYields::first}) {
        SiteUnits units = greedy_allocation(beliefs, 1, spare, equal);
        CHECK(std::accumulate(units.begin(), units.end(), std::size_t{0}) == kAttention);
      }
    }
  }
}

TEST_CASE("greedy attention: before anything is believed the last of equals is taken") {
  CHECK(greedy_allocation({}, 1, SpareUnits::difference, EqualYields::last) ==
        SiteUnits{0, 0, 0, 0, 6});
  CHECK(greedy_allocation({}, .75, SpareUnits::difference, EqualYields::last) ==
        SiteUnits{1, 1, 1, 1, 2});
}

TEST_CASE("greedy attention: a site that surely has much gets what another would waste") {
  SiteUnits units = greedy_allocation({9, .1, .1, .1, .1}, 1, SpareUnits::gain, EqualYields::last);
  CHECK(units[0] == 6);
}

TEST_CASE("greedy attention: a small alpha leaves no site without attention") {
  for (std::size_t there :
       greedy_allocation({3, 3, .5, .5, .5}, .5, SpareUnits::difference, EqualYields::last)) {
    CHECK(there >= 1);
  }
}

TEST_CASE("greedy attention: where no allocation is fair enough, none is made") {
  SiteUnits none{};
  CHECK(greedy_allocation({18, .1, 18, .1, 18}, .01, SpareUnits::gain, EqualYields::last) == none);
}

TEST_CASE("attention: without deterrence every agent meets the same incidents") {
  AttentionRules uniform, greedy;
  greedy.agent = AttentionAgent::greedy;
  AttentionTotals one = run_attention(uniform, 500, 3, 4), two = run_attention(greedy, 500, 3, 4);
  CHECK(one.found + one.missed == two.found + two.missed);
  CHECK(one.found != two.found);
}

}  // namespace credence
