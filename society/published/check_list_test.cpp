#include <credence/published/check_list.h>
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace credence {

TEST_CASE("published check: it holds within the tolerance, on its edge, and not beyond") {
  PublishedCheck check{"X1", "a number", "a paper", 10, 10.5, .5};
  CHECK(check.holds());
  check.ours = 9.5;
  CHECK(check.holds());
  check.ours = 9.49;
  CHECK_FALSE(check.holds());
  check.ours = 10.51;
  CHECK_FALSE(check.holds());
}

TEST_CASE("published check: what is not a number never holds") {
  double nothing = std::numeric_limits<double>::quiet_NaN();
  CHECK_FALSE(PublishedCheck{"X1", "a", "b", 1, nothing, 1}.holds());
  CHECK_FALSE(PublishedCheck{"X1", "a", "b", nothing, 1, 1}.holds());
  CHECK_FALSE(PublishedCheck{"X1", "a", "b", 1, 1, nothing}.holds());
  double endless = std::numeric_limits<double>::infinity();
  CHECK_FALSE(PublishedCheck{"X1", "a", "b", 1, endless, 1}.holds());
  CHECK_FALSE(PublishedCheck{"X1", "a", "b", endless, endless, 1}.holds());
}

TEST_CASE("check list: with full effort a tolerance stands as published") {
  CheckList list("a paper", 1);
  CHECK(list.runs(400) == 400);
  list.sampled("X1", "loans", 3, 4, 2, 400);
  PublishedCheck check = list.take().at(0);
  CHECK(check.tolerance == 2);
  CHECK(check.what == "loans");
  CHECK(check.source == "a paper");
}

TEST_CASE("check list: with a quarter of the runs the tolerance doubles and the check says so") {
  CheckList list("a paper", .25);
  CHECK(list.runs(400) == 100);
  list.sampled("X1", "loans", 3, 4, 2, 400);
  list.exact("X2", "limit", 3, 4, 2);
  auto checks = list.take();
  CHECK(checks[0].tolerance == doctest::Approx(4));
  CHECK(checks[0].what == "loans (100 of 400 runs: tolerance widened)");
  CHECK(checks[1].tolerance == 2);
  CHECK(checks[1].what == "limit");
}

TEST_CASE("check list: more runs than published narrow nothing") {
  CheckList list("a paper", 3);
  CHECK(list.runs(400) == 1200);
  list.sampled("X1", "loans", 3, 4, 2, 400);
  CHECK(list.take()[0].tolerance == 2);
}

TEST_CASE("check list: an effort that means nothing runs the least there is") {
  for (double effort : {0., -1., std::numeric_limits<double>::quiet_NaN(), 1e-9}) {
    CheckList list("a paper", effort);
    CHECK(list.runs(400) == 4);
    CHECK(list.runs(3) == 3);
  }
  CHECK(CheckList("a paper", std::numeric_limits<double>::infinity()).runs(4) == 4000);
}

TEST_CASE("check list: a claim is 1 where it holds and red where it does not") {
  CheckList list("a paper", 1);
  list.claim("X1", "it is so", true);
  list.claim("X2", "it is so", false);
  auto checks = list.take();
  CHECK(checks[0].holds());
  CHECK_FALSE(checks[1].holds());
}

}  // namespace credence
