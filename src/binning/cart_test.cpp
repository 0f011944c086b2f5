#include <credence/binning/cart.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <random>

using namespace credence;

namespace {

using Draw = std::function<Tally(std::mt19937_64&, std::size_t)>;

Tally tally_of(double events, double nonevents) {
  const double records = events + nonevents;
  return {.events = events, .nonevents = nonevents, .records = records, .squares = records};
}

OrderedCounts drawn(std::size_t entries, const Draw& draw, std::mt19937_64& random) {
  OrderedCounts counts;
  for (std::size_t entry = 0; entry < entries; ++entry)
    counts.append(static_cast<double>(entry), static_cast<double>(entry), draw(random, entry),
                  false);
  return counts;
}

// One gain after the other, by the formula that cart.cpp names.
Split by_definition(const OrderedCounts& counts, std::size_t first, std::size_t last,
                    SplitRange range) {
  const double events_before = first == 0 ? 0 : counts.events[first - 1];
  const double weight_before = first == 0 ? 0 : counts.weight[first - 1];
  const double all_events = counts.events[last] - events_before;
  const double all = counts.weight[last] - weight_before;
  std::vector<double> gains;
  for (std::size_t entry = range.from; entry < range.to; ++entry) {
    const double left = counts.weight[entry] - weight_before;
    const double off = (counts.events[entry] - events_before) * all - all_events * left;
    gains.push_back(off * off / (left * (all - left)));
  }
  const double most = *std::ranges::max_element(gains);
  if (!(most > equal_gains * all_events * (all - all_events))) return {};
  const auto chosen =
      std::ranges::find_if(gains, [most](double gain) { return gain >= most * (1 - equal_gains); });
  return {.gain = most / all,
          .after = range.from + static_cast<std::size_t>(chosen - gains.begin())};
}

// The whole of each row of entries, and parts of it that begin and end anywhere.
void check_splits(const Draw& draw) {
  std::mt19937_64 random{11};
  for (const std::size_t entries : {2U, 3U, 9U, 127U, 128U, 129U, 130U, 257U, 3000U, 20000U}) {
    const OrderedCounts counts = drawn(entries, draw, random);
    for (int part = 0; part < 20; ++part) {
      std::size_t ends[] = {0, entries - 1};
      if (part > 0) ends[0] = random() % entries, ends[1] = random() % entries;
      const auto [first, last] = std::ranges::minmax(ends);
      SplitRange range{.from = first, .to = last};
      if (part % 2 == 1 && last - first > 9) ++range.from, range.to -= random() % 7;
      if (range.from >= range.to) continue;
      const Split expected = by_definition(counts, first, last, range);
      const Split split = best_gini_split(counts, first, last, range);
      CAPTURE(entries);
      CAPTURE(part);
      CHECK(split.gain == expected.gain);
      CHECK(split.after == expected.after);
    }
  }
}

Tally row(bool is_bad) {
  return tally_of(is_bad ? 1 : 0, is_bad ? 0 : 1);
}

}  // namespace

TEST_CASE("gini: the best of many splits is that of looking at each, wherever it lies") {
  check_splits([](auto& random, auto) { return row(random() % 7 == 0); });
  check_splits([](auto& random, auto entry) { return row(random() % 20000 < entry); });
  check_splits([](auto& random, auto entry) { return row(random() % 9 < entry % 5000 / 1000); });
  check_splits(
      [](auto& random, auto entry) { return row((entry / 700 % 2 == 0) != (random() % 50 == 0)); });
  check_splits([](auto& random, auto) {
    return tally_of(static_cast<double>(random() % 3), 1 + static_cast<double>(random() % 900));
  });
}

TEST_CASE("gini: of equal gains the first holds, also where blocks of entries begin and end") {
  check_splits([](auto&, auto entry) { return row(entry % 2 == 0); });
  check_splits([](auto&, auto entry) { return row(entry % 256 == 127); });
  check_splits([](auto&, auto entry) { return row(entry % 128 == 0); });
  check_splits([](auto&, auto entry) { return tally_of(1, static_cast<double>(entry % 2)); });
}

TEST_CASE(
    "gini: entries of one outcome alone, and one odd entry among them, are split as defined") {
  check_splits([](auto&, auto) { return row(true); });
  check_splits([](auto&, auto) { return row(false); });
  for (const std::size_t odd : {0U, 1U, 126U, 127U, 128U, 129U, 2500U})
    check_splits([odd](auto&, auto entry) { return row(entry == odd); });
}

TEST_CASE("gini: entries of very unlike sizes, and counts beyond exact products, as defined") {
  check_splits([](auto& random, auto) {
    const double size = random() % 500 == 0 ? 1e5 : 1;
    return tally_of(size * static_cast<double>(random() % 2), size);
  });
  check_splits([](auto& random, auto) {
    const double size = random() % 100 == 0 ? 3e9 : 1;
    return tally_of(size * static_cast<double>(random() % 2), size);
  });
}
