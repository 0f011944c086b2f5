#include <credence/clockwork/draw.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

using namespace credence;

namespace {

using Words = std::array<std::uint32_t, 4>;

}  // namespace

TEST_CASE("draws: the known answers of Philox 4x32-10 come out") {
  // tests/kat_vectors of Random123.
  auto purpose = [](std::uint32_t number) { return static_cast<Purpose>(number); };
  CHECK(KeyedDraws(0U, 0U).words(0, 0, purpose(0), 0) ==
        Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  std::uint32_t all = 0xffffffff;
  CHECK(KeyedDraws(all, all).words(all, all, purpose(all), all) ==
        Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(KeyedDraws(0xa4093822U, 0x299f31d0U)
            .words(0x243f6a88, 0x85a308d3, purpose(0x13198a2e), 0x03707344) ==
        Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
  CHECK(KeyedDraws(42U, 0U).words(7, 3, Purpose::means, 0) ==
        Words{0x9bafdfdf, 0x0e1b0f3c, 0xa0e29556, 0xf5d8e5b4});
}

TEST_CASE("draws: a uniform is the first word and a half over 2^32, never 0 nor 1") {
  CHECK(KeyedDraws(42U, 0U).uniform(7, 3, Purpose::means) == .60815238195937127);
  CHECK(KeyedDraws::to_unit(0) > 0);
  CHECK(KeyedDraws::to_unit(0xffffffff) < 1);
}

TEST_CASE("draws: the seed of 64 bits is the seed and the replicate of 32") {
  KeyedDraws whole{(std::uint64_t{9} << 32) | 5};
  CHECK(whole.words(1, 2, Purpose::bill) == KeyedDraws(5U, 9U).words(1, 2, Purpose::bill));
  CHECK(whole.words(1, 2, Purpose::bill) != KeyedDraws(9U, 5U).words(1, 2, Purpose::bill));
}

TEST_CASE("draws: whole numbers keep to their range and are even in it") {
  KeyedDraws draws(3U, 0U);
  std::vector<int> counts(7, 0);
  for (std::uint32_t person = 0; person < 70'000; ++person) {
    int value = draws.between(-3, 3, person, 1, Purpose::job);
    REQUIRE(value >= -3);
    REQUIRE(value <= 3);
    ++counts[static_cast<std::size_t>(value + 3)];
    REQUIRE(draws.below(5, person, 1, Purpose::job) < 5);
  }
  for (int count : counts) CHECK(std::abs(count - 10'000) < 500);
  CHECK(draws.below(1, 0, 0, Purpose::job) == 0);
  CHECK(draws.between(4, 4, 0, 0, Purpose::job) == 4);
}

TEST_CASE("draws: normals have mean 0 and variance 1") {
  KeyedDraws draws(3U, 0U);
  double sum = 0, squares = 0;
  for (std::uint32_t person = 0; person < 100'000; ++person) {
    double value = draws.normal(person, 0, Purpose::wage);
    sum += value;
    squares += value * value;
  }
  CHECK(std::fabs(sum / 100'000) < 0.015);
  CHECK(std::fabs(squares / 100'000 - 1) < 0.02);
}

TEST_CASE("shuffle: nothing is lost, the key decides, and each item comes first equally often") {
  std::vector<std::uint32_t> items(100);
  std::iota(items.begin(), items.end(), 0U);
  auto first = items, again = items, other = items;
  KeyedDraws draws(1U, 0U);
  shuffle(first, draws, 1, 0, Purpose::household);
  shuffle(again, draws, 1, 0, Purpose::household);
  shuffle(other, draws, 2, 0, Purpose::household);
  CHECK(first == again);
  CHECK(first != other);
  std::sort(first.begin(), first.end());
  CHECK(first == items);
  std::vector<int> counts(4, 0);
  for (std::uint32_t key = 0; key < 8000; ++key) {
    std::vector<std::uint32_t> few = {0, 1, 2, 3};
    shuffle(few, draws, key, 1, Purpose::household);
    ++counts[few[0]];
  }
  for (int count : counts) CHECK(std::abs(count - 2000) < 200);
  std::vector<std::uint32_t> none;
  shuffle(none, draws, 0, 0, Purpose::household);
  CHECK(none.empty());
}
