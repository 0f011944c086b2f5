#include <credence/points/known_bends.h>
#include <doctest/doctest.h>

using namespace credence;

TEST_CASE(
    "known bends: a bound grows with what has moved and with the scaling, from its own time on") {
  PointMove a, b, c;
  b.term = 1;
  c.term = 1;
  c.first = c.last = 2;
  KnownBends bends;
  CHECK_FALSE(bends.most(a, b));
  bends.add_drift(5);
  bends.note(a, b, 2);
  CHECK(*bends.most(a, b) == 2);
  CHECK_FALSE(bends.most(a, c));
  bends.add_drift(0.5);
  bends.note(a, c, 1);
  CHECK(*bends.most(a, b) == 2.5);
  CHECK(*bends.most(a, c) == 1);
  bends.multiply(2);
  CHECK(*bends.most(a, b) == 5);
  CHECK(*bends.most(a, c) == 2);
  bends.add_drift(0.25);
  CHECK(*bends.most(a, b) == 5.25);
  bends.note(a, b, 3);
  CHECK(*bends.most(a, b) == 3);
}

TEST_CASE("known bends: moves of the same cells share theirs, whatever their steps") {
  PointMove a, b;
  b.term = 4;
  KnownBends bends;
  bends.note(a, b, 1);
  std::swap(a.step, b.step);
  a.step = -1;
  CHECK(bends.most(a, b));
  a.last = 1;
  CHECK_FALSE(bends.most(a, b));
}
