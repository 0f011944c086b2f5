#include <credence/table/key_sort.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <random>

using namespace credence;

namespace {

// Sizes about those below which numbers are compared, and of the blocks that are looked at.
constexpr std::size_t sizes[] = {0, 1, 2, 17, 255, 256, 257, 271, 272, 273, 5000, 70000};

// Sorts items of values drawn below 2^bits, the middle of a larger room, and compares them with
// those that a comparison sort gives.
template <class Item>
void check_sorted(unsigned bits, const std::function<std::uint64_t(std::mt19937_64&)>& value) {
  std::mt19937_64 random{bits};
  SortMemory memory;
  for (const std::size_t size : sizes) {
    constexpr std::size_t before = 3, after = 2;
    SortRoom<Item> room(before + size + after, memory);
    std::vector<Item> expected;
    for (Item& item : room.items())
      item = static_cast<Item>((value(random) & ((std::uint64_t{1} << bits) - 1)) << 1U |
                               (random() & 1U));
    const auto middle = room.items().subspan(before, size);
    expected.assign(middle.begin(), middle.end());
    std::ranges::sort(expected);
    const auto items = room.sorted(before, before + size, bits);
    CAPTURE(size);
    CHECK(std::ranges::is_sorted(items, {}, [](Item item) { return item >> 1U; }));
    std::vector<Item> sorted(items.begin(), items.end());
    std::ranges::sort(sorted);
    CHECK(sorted == expected);
  }
}

void check_wide_and_narrow(unsigned bits,
                           const std::function<std::uint64_t(std::mt19937_64&)>& value) {
  check_sorted<std::uint64_t>(bits, value);
  if (bits <= 31) check_sorted<std::uint32_t>(bits, value);
}

}  // namespace

TEST_CASE("key sort: values of any number of bits come out in order, each with its outcome") {
  for (const unsigned bits : {1U, 2U, 11U, 12U, 13U, 19U, 20U, 24U, 25U, 31U, 40U, 48U, 49U, 63U})
    check_wide_and_narrow(bits, [](auto& random) { return random(); });
}

TEST_CASE("key sort: values that their first bits do not tell apart are sorted by all of them") {
  // All of them close together, and now and then one far away.
  for (const unsigned bits : {26U, 31U, 50U, 63U})
    for (const std::uint64_t close : {1U, 2U, 1000U, 1U << 22U})
      for (const std::uint64_t often : {1U, 3U, 100U, 10000U})
        check_wide_and_narrow(bits, [&](auto& random) {
          return random() % often == 0 ? random() : random() % close;
        });
}

TEST_CASE("key sort: a row in order, in reverse and with one item out of place is sorted") {
  for (const unsigned bits : {17U, 31U, 63U}) {
    std::uint64_t count = 0;
    check_wide_and_narrow(bits, [&](auto&) { return count++; });
    check_wide_and_narrow(bits, [&](auto&) { return --count; });
    check_wide_and_narrow(bits, [&](auto&) { return ++count == 900 ? 0 : count; });
    check_wide_and_narrow(bits, [&](auto&) { return 5; });
  }
}

TEST_CASE("key sort: weighted items ascend by key and then by weight") {
  std::mt19937_64 random{5};
  std::vector<WeightedKey> spare;
  for (const std::size_t size : sizes) {
    for (const std::uint64_t keys : {1ULL, 7ULL, 1ULL << 21U, 1ULL << 40U, ~0ULL}) {
      std::vector<WeightedKey> items(size);
      for (WeightedKey& item : items)
        item = {.key = random() % keys, .weight = static_cast<double>(random() % 5) - 2.5};
      auto both = [](const WeightedKey& item) { return std::pair{item.key, item.weight}; };
      std::vector<WeightedKey> expected = items;
      std::ranges::sort(expected, {}, both);
      sort_items(items, spare);
      REQUIRE(items.size() == size);
      CHECK(std::ranges::equal(items, expected, {}, both, both));
    }
  }
}

TEST_CASE("ordered keys: they ascend with the doubles and lead back to them") {
  constexpr double endless = std::numeric_limits<double>::infinity();
  constexpr double values[] = {-endless, -1e300, -2, -1, -5e-324, 0, 5e-324, 1, 1e300, endless};
  for (std::size_t i = 0; i < std::size(values); ++i) {
    CHECK(value_of_key(ordered_key(values[i])) == values[i]);
    if (i > 0) CHECK(ordered_key(values[i - 1]) < ordered_key(values[i]));
  }
  CHECK(ordered_key(-0.0) == ordered_key(0.0));
}
