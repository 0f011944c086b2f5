#include <credence/binning/prebin.h>
#include <credence/table/key_sort.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <random>

using namespace credence;

namespace {

constexpr double largest = std::numeric_limits<double>::max();

struct Case {
  std::vector<double> values;
  Outcome outcome;
};

Case random_case(std::mt19937_64& random, std::size_t rows, int different, bool is_weighted) {
  Case result;
  for (std::size_t i = 0; i < rows; ++i) {
    const auto value = static_cast<double>(random() % static_cast<unsigned>(different));
    result.values.push_back(value);
    result.outcome.bad.push_back(random() % 7 < 2 + static_cast<unsigned>(value) % 4 ? 1 : 0);
    if (is_weighted) result.outcome.weights.push_back(0.25 * static_cast<double>(1 + random() % 8));
  }
  result.outcome.bad[0] = 1;
  result.outcome.bad[1] = 0;
  return result;
}

VariableCounts counts_of(const Case& rows, const VariableRules& rules = {}) {
  auto counts = count(Column::of_numbers("x", rows.values), rows.outcome, rules);
  REQUIRE(counts);
  return *counts;
}

Prebins prebins_of(const Case& rows, const VariableRules& rules) {
  auto prebins = prebin(counts_of(rows, rules), rules.prebins, rules.binning.size_basis);
  if (!prebins) FAIL(to_text(prebins.error()));
  return *prebins;
}

double gini(double events, double weight) {
  return weight > 0 ? events - events * events / weight : 0;  // weight * p(1 - p)
}

// Breiman's tree by the definition alone: each cut tried on all rows, O(n^2) for each part.
struct Naive {
  const Case& rows;
  std::size_t most;
  double least;

  Tally tally(double from, double to) const {
    Tally sum;
    for (std::size_t i = 0; i < rows.values.size(); ++i) {
      if (rows.values[i] < from || rows.values[i] >= to) continue;
      const double weight = rows.outcome.weight(i);
      (rows.outcome.bad[i] == 1 ? sum.events : sum.nonevents) += weight;
      sum.records += 1;
    }
    return sum;
  }
  std::pair<double, double> best(double from, double to) const {  // gain, cut
    std::vector<double> distinct = rows.values;
    std::ranges::sort(distinct);
    distinct.erase(std::ranges::unique(distinct).begin(), distinct.end());
    const Tally whole = tally(from, to);
    std::pair<double, double> result{0, 0};
    for (std::size_t i = 0; i + 1 < distinct.size(); ++i) {
      const double cut = (distinct[i] + distinct[i + 1]) / 2;
      if (cut <= from || cut >= to) continue;
      const Tally left = tally(from, cut), right = tally(cut, to);
      if (left.records < least || right.records < least) continue;
      const double gain = gini(whole.events, whole.weight()) - gini(left.events, left.weight()) -
                          gini(right.events, right.weight());
      if (gain > result.first + 1e-9) result = {gain, cut};
    }
    return result;
  }
  std::vector<double> edges() const {
    std::vector<double> cuts{-largest, largest};
    while (cuts.size() - 1 < most) {
      std::pair<double, double> chosen{0, 0};
      for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
        const auto candidate = best(cuts[i], cuts[i + 1]);
        if (candidate.first > chosen.first + 1e-9) chosen = candidate;
      }
      if (chosen.first <= 0) break;
      cuts.push_back(chosen.second);
      std::ranges::sort(cuts);
    }
    return {cuts.begin() + 1, cuts.end() - 1};
  }
};

// Rows of weight one are sorted where those without weights may be counted in their places.
void check_counted_as_weighted(const std::vector<double>& values) {
  Case rows{values, {}};
  for (std::size_t i = 0; i < values.size(); ++i)
    rows.outcome.bad.push_back(static_cast<std::uint8_t>(i % 3 == 0 ? 1 : 0));
  VariableRules rules;
  rules.specials = {{.name = "none", .numbers = {-9}, .texts = {}}};
  const VariableCounts plain = counts_of(rows, rules);
  rows.outcome.weights.assign(values.size(), 1.0);
  const VariableCounts weighted = counts_of(rows, rules);
  CHECK(plain.clean.low == weighted.clean.low);
  CHECK(plain.clean.events == weighted.clean.events);
  CHECK(plain.clean.weight == weighted.clean.weight);
  CHECK(plain.specials == weighted.specials);
  CHECK(plain.missing == weighted.missing);
}

}  // namespace

TEST_CASE("counting: whole numbers in their places are counted as sorted ones are") {
  const double none = std::numeric_limits<double>::quiet_NaN();
  check_counted_as_weighted({3, 1, 2, 3, -9, none, -9, 3, 1, 1, -4, 0, -0.0});
  check_counted_as_weighted({0x1p52, 0x1p52 - 1, 0x1p52 - 3, 0x1p52, 0x1p52 - 1});
  check_counted_as_weighted({-0x1p52, 1 - 0x1p52, -0x1p52, 3 - 0x1p52});
  std::mt19937_64 random(5);
  for (const int different : {2, 30, 4000})
    check_counted_as_weighted(random_case(random, 500, different, false).values);
}

TEST_CASE("counting: numbers that are not whole, or far apart, keep each their own entry") {
  check_counted_as_weighted({-5, 1e-300, 0, -1e-300, 1, 5e-324, 2});
  check_counted_as_weighted({0.5, 1.5, 2.5, 0.5, 1.5});
  check_counted_as_weighted({1, 0.5, 1.2, 1});
  check_counted_as_weighted({1, 2, 1e6, 1e15, -1e15, 2, 1});
  check_counted_as_weighted({0x1p60, 0x1p60, 0x1p62, -0x1p61});
  check_counted_as_weighted({largest, -largest, 0, 1, largest});
}

TEST_CASE("sort: keys order as the doubles do, and come back as they went") {
  const std::vector<double> ascending{-largest,
                                      -1e10,
                                      -1,
                                      -1e-300,
                                      -std::numeric_limits<double>::denorm_min(),
                                      0,
                                      std::numeric_limits<double>::denorm_min(),
                                      1e-300,
                                      1,
                                      1e10,
                                      largest};
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    CHECK(value_of_key(ordered_key(ascending[i])) == ascending[i]);
    if (i > 0) CHECK(ordered_key(ascending[i - 1]) < ordered_key(ascending[i]));
  }
  CHECK(ordered_key(-0.0) == ordered_key(0.0));
}

TEST_CASE("sort: any number of items, with weights in order within a key") {
  std::mt19937_64 random{1};
  for (std::size_t size : {0U, 1U, 2U, 255U, 256U, 257U, 5000U}) {
    std::vector<WeightedKey> items, spare;
    for (std::size_t i = 0; i < size; ++i)
      items.push_back(
          {.key = random() % 50, .weight = static_cast<double>(1 + random() % 100) / 8});
    sort_items(items, spare);
    CHECK(items.size() == size);
    CHECK(std::ranges::is_sorted(items, [](const WeightedKey& a, const WeightedKey& b) {
      return std::pair{a.key, a.weight} < std::pair{b.key, b.weight};
    }));
  }
}

// Items of values drawn by `value`, with outcomes by turns.
template <class Item, class Value>
void check_sorted(std::size_t size, unsigned bits, const Value& value) {
  SortMemory memory;
  SortRoom<Item> room(size + 3, memory);
  std::vector<Item> expected;
  for (std::size_t i = 0; i < size + 3; ++i)
    room.items()[i] = static_cast<Item>(static_cast<Item>(value() << 1U) | (i & 1U));
  for (std::size_t i = 2; i < size + 2; ++i) expected.push_back(room.items()[i]);
  const auto sorted = room.sorted(2, size + 2, bits);
  REQUIRE(sorted.size() == size);
  std::vector<Item> found{sorted.begin(), sorted.end()};
  for (std::size_t i = 1; i < size; ++i) CHECK((found[i - 1] >> 1U) <= (found[i] >> 1U));
  std::ranges::sort(found);
  std::ranges::sort(expected);
  CHECK(found == expected);
}

TEST_CASE("sort: a part of the items, by value, and no outcome is lost") {
  std::mt19937_64 random{1};
  for (std::size_t size : {0U, 1U, 2U, 255U, 256U, 257U, 5000U}) {
    for (const unsigned bits : {1U, 7U, 11U, 12U, 23U, 31U})
      check_sorted<std::uint32_t>(
          size, bits, [&] { return static_cast<std::uint32_t>(random() % (1ULL << bits)); });
    check_sorted<std::uint64_t>(size, 63, [&] { return (random() >> 1U) >> (random() % 63); });
    check_sorted<std::uint64_t>(size, 63, [&] { return (1ULL << 62U) + random() % 3000; });
    check_sorted<std::uint64_t>(size, 63, [&] { return (random() % 3) << 50U; });
  }
}

TEST_CASE(
    "cut: above the left value and at most the right one, also between neighbouring doubles") {
  const double next = std::nextafter(1.0, 2.0);
  CHECK(cut_between(1, 3) == 2);
  CHECK(cut_between(1, next) == next);
  CHECK(cut_between(-largest, largest) == 0);
  CHECK(cut_between(largest / 2, largest) > largest / 2);
  CHECK(cut_between(largest / 2, largest) <= largest);
  const double least = std::numeric_limits<double>::denorm_min();
  CHECK(cut_between(0, least) == least);
  CHECK_FALSE(std::signbit(cut_between(-least, 0)));
  CHECK(cut_between(-least, 0) == 0);
  CHECK(cut_between(-next, -1) == -1);
}

TEST_CASE("counts: each value once, with what is counted of it by definition") {
  std::mt19937_64 random{2};
  for (const bool is_weighted : {false, true}) {
    const Case rows = random_case(random, 3000, 40, is_weighted);
    std::map<double, Tally> expected;
    for (std::size_t i = 0; i < rows.values.size(); ++i) {
      Tally& tally = expected[rows.values[i]];
      const double weight = rows.outcome.weight(i);
      (rows.outcome.bad[i] == 1 ? tally.events : tally.nonevents) += weight;
      tally.records += 1;
      tally.squares += weight * weight;
    }
    const VariableCounts counts = counts_of(rows);
    REQUIRE(counts.clean.size() == expected.size());
    std::size_t entry = 0;
    for (const auto& [value, tally] : expected) {
      CHECK(counts.clean.low[entry] == value);
      CHECK(counts.clean.tally(entry, entry) == tally);  // quarters add up without rounding
      ++entry;
    }
  }
}

TEST_CASE("counts: a group without non-events has exactly none, whatever the weights") {
  Case rows;
  std::mt19937_64 random{3};
  for (int i = 0; i < 900; ++i) {
    rows.values.push_back(i / 300);
    rows.outcome.bad.push_back(i / 300 == 1 ? 1 : static_cast<std::uint8_t>(random() % 2));
    rows.outcome.weights.push_back(0.1 + static_cast<double>(random() % 1000) / 997);
  }
  CHECK(counts_of(rows).clean.tally(1, 1).nonevents == 0);
}

TEST_CASE(
    "counts: missing and special rows never mix with values, nor minus zero with a value of its "
    "own") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  VariableRules rules;
  rules.specials = {{"a", {-9}, {}}, {"b", {5, -8}, {}}};
  Case rows{.values = {-9, 5, nan, 4, 6, -8, -9, 0.0, -0.0, nan, 4},
            .outcome = {.bad = {1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1}, .weights = {}}};
  const VariableCounts counts = counts_of(rows, rules);
  CHECK(counts.specials == std::vector<Tally>{{1, 1, 2, 2}, {1, 1, 2, 2}});
  CHECK(counts.missing == Tally{1, 1, 2, 2});
  CHECK(counts.clean.low == OrderedCounts::Numbers{0, 4, 6});
  CHECK(counts.clean.tally(0, 0) == Tally{1, 1, 2, 2});
  CHECK(counts.total() == Tally{6, 5, 11, 11});
}

TEST_CASE("cart: equals a search over all cuts by the definition") {
  std::mt19937_64 random{4};
  for (int round = 0; round < 200; ++round) {
    const Case rows = random_case(random, 20 + random() % 60, 3 + static_cast<int>(random() % 20),
                                  random() % 2 == 0);
    VariableRules rules;
    rules.prebins.max_prebins = 2 + static_cast<int>(random() % 8);
    rules.prebins.min_share = static_cast<double>(random() % 4) * 0.05;
    const double least =
        std::ceil(rules.prebins.min_share * static_cast<double>(rows.values.size()) - 1e-9);
    const Naive naive{rows, static_cast<std::size_t>(rules.prebins.max_prebins), least};
    CAPTURE(round);
    CHECK(prebins_of(rows, rules).edges == naive.edges());
  }
}

TEST_CASE("prebinning: every method keeps its limits, the user's splits and every row") {
  std::mt19937_64 random{5};
  for (int round = 0; round < 100; ++round) {
    const Case rows =
        random_case(random, 400, 2 + static_cast<int>(random() % 200), round % 2 == 0);
    for (const Prebinning method :
         {Prebinning::cart, Prebinning::quantile, Prebinning::uniform, Prebinning::mdlp}) {
      VariableRules rules;
      rules.prebins.method = method;
      rules.prebins.max_prebins = 12;
      rules.prebins.min_share = 0.05;
      const Prebins free = prebins_of(rows, rules);
      double records = 0;
      for (const Tally& tally : free.tallies) {
        CHECK(tally.records >= 20);
        records += tally.records;
      }
      CHECK(records == 400);
      CHECK(free.tallies.size() <= 12);
      CHECK(std::ranges::is_sorted(free.edges));
      if (*std::ranges::max_element(rows.values) < 2) continue;
      rules.prebins.splits = {1.5};
      rules.prebins.fixed = {true};
      const Prebins kept = prebins_of(rows, rules);
      const auto at = std::ranges::find(kept.edges, 1.5);
      REQUIRE(at != kept.edges.end());
      CHECK(kept.fixed_after[static_cast<std::size_t>(at - kept.edges.begin())]);
      CHECK(std::ranges::count(kept.fixed_after, true) == 1);
    }
  }
}

TEST_CASE("mdlp: splits where the outcome changes, and nowhere in noise") {
  Case clear, noise;
  std::mt19937_64 random{6};
  for (int i = 0; i < 1000; ++i) {
    clear.values.push_back(i);
    clear.outcome.bad.push_back(random() % 10 < (i < 300 ? 8U : 1U) ? 1 : 0);
    noise.values.push_back(i);
    noise.outcome.bad.push_back(random() % 5 == 0 ? 1 : 0);
  }
  VariableRules rules;
  rules.prebins.method = Prebinning::mdlp;
  const Prebins prebins = prebins_of(clear, rules);
  REQUIRE(prebins.edges.size() == 1);
  CHECK(std::abs(prebins.edges[0] - 300) < 20);
  CHECK(prebins_of(noise, rules).edges.empty());
}

TEST_CASE(
    "splits: those without records on a side are left out with a note, or refused when fixed") {
  const Case rows{.values = {1, 2, 3, 4}, .outcome = {.bad = {1, 0, 1, 0}, .weights = {}}};
  VariableRules rules;
  rules.prebins = {
      .method = Prebinning::splits, .splits = {0, 2, 2.5, 2.7, 4, 9}, .fixed = {}, .groups = {}};
  const Prebins prebins = prebins_of(rows, rules);
  CHECK(prebins.edges == std::vector<double>{2, 2.5, 4});
  CHECK(prebins.notes.size() == 3);
  rules.prebins.fixed = {false, false, false, true, false, false};
  CHECK(prebins_of(rows, rules).edges == std::vector<double>{2, 2.7, 4});
  for (const std::vector<bool>& fixed :
       std::vector<std::vector<bool>>{{true, false, false, false, false, false},
                                      {false, false, true, true, false, false},
                                      {false, false, false, false, false, true}}) {
    rules.prebins.fixed = fixed;
    auto refused = prebin(counts_of(rows, rules), rules.prebins, SizeBasis::records);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "binning.rules");
  }
}

TEST_CASE(
    "texts: in the order of their weighted rates, rare ones together, never a number's order") {
  const std::vector<std::string> dictionary{"safe", "risky", "rare one", "even", "rare two"};
  std::vector<std::int32_t> codes;
  Outcome outcome;
  auto add = [&](std::int32_t code, int records, int events) {
    for (int i = 0; i < records; ++i) {
      codes.push_back(code);
      outcome.bad.push_back(i < events ? 1 : 0);
    }
  };
  add(0, 100, 5);
  add(1, 100, 60);
  add(2, 2, 1);
  add(3, 100, 30);
  add(4, 3, 0);
  VariableRules rules;
  rules.rare_share = 0.05;
  auto counts = count(Column::of_texts("x", codes, dictionary), outcome, rules);
  REQUIRE(counts);
  CHECK(counts->texts == std::vector<std::vector<std::string>>{
                             {"safe"}, {"rare one", "rare two"}, {"even"}, {"risky"}});
  CHECK(counts->clean.tally(1, 1) == Tally{1, 4, 5, 5});
  rules.rare_share = std::nullopt;
  rules.prebins.method = Prebinning::splits;
  rules.prebins.groups = {{"none of it"}, {"risky", "even"}, {"void"}, {"safe", "rare one"}};
  counts = count(Column::of_texts("x", codes, dictionary), outcome, rules);
  REQUIRE(counts);
  CHECK(counts->unknown == Tally{0, 3, 3, 3});
  CHECK(counts->texts == std::vector<std::vector<std::string>>{
                             {"risky", "even", "none of it", "void"}, {"safe", "rare one"}});
}
