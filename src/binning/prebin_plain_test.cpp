#include <credence/binning/prebin_plain.h>
#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <random>

using namespace credence;

namespace {

constexpr double endless = std::numeric_limits<double>::infinity();
const double none = std::numeric_limits<double>::quiet_NaN();

struct Drawn {
  std::vector<double> values;
  Outcome outcome;
};

Drawn draw(std::mt19937_64& random, std::size_t rows, const std::function<double()>& value) {
  Drawn drawn;
  for (std::size_t i = 0; i < rows; ++i) {
    drawn.values.push_back(value());
    drawn.outcome.bad.push_back(random() % 4 == 0 ? 1 : 0);
  }
  return drawn;
}

Tally& operator+=(Tally& tally, std::uint8_t bad) {
  return tally += {.events = bad == 1 ? 1.0 : 0.0,
                   .nonevents = bad == 1 ? 0.0 : 1.0,
                   .records = 1,
                   .squares = 1};
}

void check_clean(const OrderedCounts& counts, const std::map<double, Tally>& expected) {
  REQUIRE(counts.size() == expected.size());
  CHECK(counts.low.size() == counts.size());
  CHECK(counts.events.size() == counts.size());
  CHECK(counts.nonevents.empty());
  Tally running;
  std::size_t entry = 0;
  for (const auto& [value, tally] : expected) {
    running += tally;
    CHECK(counts.low[entry] == value);
    CHECK_FALSE((value == 0 && std::signbit(counts.low[entry])));
    CHECK(counts.events[entry] == running.events);
    CHECK(counts.weight[entry] == running.records);
    ++entry;
  }
}

// Against a map from value to tally, row by row.
void check_counted(const Drawn& drawn, CountRoom& room) {
  std::map<double, Tally> expected;
  Tally missing;
  for (std::size_t i = 0; i < drawn.values.size(); ++i)
    (std::isnan(drawn.values[i]) ? missing : expected[drawn.values[i]]) += drawn.outcome.bad[i];
  PlainCounts counts = count_plain(drawn.values, drawn.outcome.bad, room);
  check_clean(counts.values, expected);
  CHECK(counts.missing == missing);
  room.counts = std::move(counts.values);
}

// Sizes about those of the blocks and vectors that rows are counted in.
constexpr std::size_t sizes[] = {0,   1,   2,   3,   5,   15,  16,   17,  255,
                                 256, 257, 300, 511, 512, 513, 4100, 9000};

void check_all_sizes(const std::function<double(std::mt19937_64&)>& value) {
  std::mt19937_64 random{7};
  CountRoom room;
  for (const std::size_t rows : sizes) {
    check_counted(draw(random, rows, [&] { return value(random); }), room);
    check_counted(draw(random, rows, [&] { return random() % 5 == 0 ? none : value(random); }),
                  room);
  }
}

double whole(std::mt19937_64& random, std::uint64_t range, double least) {
  return least + static_cast<double>(random() % range);
}

}  // namespace

TEST_CASE("plain counts: whole numbers, near or far, are counted as a map does") {
  for (const std::uint64_t range : {1ULL, 2ULL, 100ULL, 8192ULL, 20000ULL, 1ULL << 22U})
    for (const double least : {0.0, -50.0, 1e9, -0x1p51})
      check_all_sizes([&](auto& random) { return whole(random, range, least); });
  check_all_sizes([](auto& random) { return random() % 2 == 0 ? 0.0 : -0.0; });
  check_all_sizes([](auto&) { return none; });
}

TEST_CASE("plain counts: whole numbers close together beside others far away lose no row") {
  for (const std::uint64_t far : {9000ULL, 40000ULL, 1ULL << 22U, (1ULL << 31U) - 3}) {
    for (const std::uint64_t close : {1U, 700U, 1024U, 3000U}) {
      for (const double least : {0.0, -5e5}) {
        // Close to the least, to the largest, and around the middle; one in ten anywhere.
        const std::uint64_t starts[] = {0, far - std::min(far, close), far / 2};
        for (const std::uint64_t start : starts)
          check_all_sizes([&](auto& random) {
            const bool is_far = random() % 10 == 0;
            return least + static_cast<double>(is_far ? random() % far : start + random() % close);
          });
      }
    }
  }
}

TEST_CASE("plain counts: missing rows are counted with the last places and apart from them") {
  // The largest number is the last place of a part, or the first one, or within one.
  for (const double most : {20479.0, 20480.0, 20481.0, 21000.0}) {
    for (const std::uint64_t often : {2U, 60U}) {
      check_all_sizes([&](auto& random) {
        if (random() % often == 0) return none;
        return random() % 9 == 0 ? whole(random, 20000, 0) : most - whole(random, 40, 0);
      });
      check_all_sizes([&](auto& random) {
        if (random() % often == 0) return none;
        return random() % 90 == 0 ? most : whole(random, 900, 0);
      });
    }
  }
}

TEST_CASE("plain counts: whole numbers too large or too far apart for 32 bits lose no digit") {
  check_all_sizes([](auto& random) { return whole(random, 3, 0x1p51 - 1); });
  check_all_sizes([](auto& random) { return whole(random, 9, 0x1p52 - 4); });
  check_all_sizes([](auto& random) { return -whole(random, 9, 0x1p53); });
  check_all_sizes([](auto& random) { return whole(random, 2, 0) * (0x1p31 - 2); });
  check_all_sizes([](auto& random) { return whole(random, 2, 0) * (0x1p31 - 3); });
  check_all_sizes([](auto& random) { return whole(random, 2, 0) * 0x1p31; });
  check_all_sizes([](auto& random) { return std::ldexp(1.0, static_cast<int>(random() % 1000)); });
}

TEST_CASE("plain counts: other numbers of one sign or both are counted as a map does") {
  auto share = [](auto& random) { return static_cast<double>(random() % 100000) / 7; };
  check_all_sizes(share);
  check_all_sizes([&](auto& random) { return -share(random); });
  check_all_sizes([&](auto& random) { return share(random) - 7000; });
  check_all_sizes([&](auto& random) { return random() % 3 == 0 ? 0.0 : share(random); });
  check_all_sizes([&](auto& random) { return random() % 2 == 0 ? -0.0 : share(random) - 900; });
  check_all_sizes([&](auto& random) { return 1e15 + static_cast<double>(random() % 50) / 8; });
  check_all_sizes([&](auto& random) { return std::bit_cast<double>(random()); });
}

TEST_CASE("plain counts: numbers that differ only in their last bits are told apart") {
  auto near = [](double about, std::uint64_t bits) {
    return std::bit_cast<double>(std::bit_cast<std::uint64_t>(about) + bits);
  };
  for (const double about : {5e-324, 0x1p-1022, 0.1, 1.0, 1e15, 1e300}) {
    for (const std::uint64_t apart : {2U, 5U, 4000U}) {
      check_all_sizes([&](auto& random) { return near(about, random() % apart); });
      check_all_sizes([&](auto& random) { return -near(about, random() % apart); });
      // Beside a spike of zeros and the farthest of all numbers, first bits tell nothing.
      check_all_sizes([&](auto& random) {
        const double others[] = {0.0, -0.0, 5e-324, 1e308, none};
        const std::uint64_t which = random() % 20;
        return which < 5 ? others[which] : near(about, random() % apart);
      });
    }
  }
}

TEST_CASE("plain counts: an infinite number is counted in its order among any others") {
  for (const double step : {1.0, 0.3}) {
    for (const double shift : {0.0, -20.0}) {
      check_all_sizes([&](auto& random) {
        return random() % 40 == 0 ? endless : shift + step * whole(random, 30, 0);
      });
      check_all_sizes([&](auto& random) {
        return random() % 40 == 0 ? -endless : shift + step * whole(random, 30, 0);
      });
    }
  }
  check_all_sizes([](auto&) { return endless; });
  check_all_sizes([](auto& random) { return random() % 2 == 0 ? endless : -endless; });
}

TEST_CASE("plain counts: one number that is not whole, wherever it stands, changes nothing else") {
  CountRoom room;
  for (const double odd : {0.5, -2.25, 1e300, endless, -endless, 5e-324}) {
    for (const std::size_t at : {0U, 1U, 4095U, 4096U, 8191U, 8199U}) {
      std::mt19937_64 random{8};
      Drawn drawn = draw(random, 8200, [&] { return whole(random, 90, -20); });
      drawn.values[at] = odd;
      check_counted(drawn, room);
    }
  }
}

TEST_CASE("counting: special codes are taken out wherever they stand among the values") {
  std::mt19937_64 random{9};
  VariableRules rules;
  rules.specials = {{"below", {-9, -100}, {}}, {"within", {4, 0, 2.5}, {}}, {"above", {1e9}, {}}};
  for (const double step : {1.0, 0.5, 1e5}) {
    for (int round = 0; round < 30; ++round) {
      Drawn drawn = draw(random, 400, [&] {
        const double codes[] = {-9, -100, 4, -0.0, 2.5, 1e9, none};
        const bool is_code = random() % 3 == 0 && round % 2 == 0;
        return is_code ? codes[random() % 7] : step * static_cast<double>(random() % 12);
      });
      drawn.outcome.bad[0] = 1, drawn.outcome.bad[1] = 0;
      std::map<double, Tally> expected;
      std::vector<Tally> specials(3);
      Tally missing;
      for (std::size_t i = 0; i < drawn.values.size(); ++i) {
        const int cell = Cells::of_numbers({}, rules.specials).of(drawn.values[i]);
        Tally& tally = cell == 0   ? expected[drawn.values[i]]
                       : cell == 4 ? missing
                                   : specials[static_cast<std::size_t>(cell - 1)];
        tally += drawn.outcome.bad[i];
      }
      auto counts = count(Column::of_numbers("x", drawn.values), drawn.outcome, rules);
      REQUIRE(counts);
      check_clean(counts->clean, expected);
      CHECK(counts->specials == specials);
      CHECK(counts->missing == missing);
    }
  }
}

TEST_CASE("counting: an infinite number is refused with its row, in any company") {
  for (const double other : {1.0, 1.5, 1e12, -3.0}) {
    for (const double infinite : {endless, -endless}) {
      std::vector<double> values(700, other);
      values[300] = none;
      values[613] = values[650] = infinite;
      Outcome outcome;
      for (std::size_t i = 0; i < values.size(); ++i)
        outcome.bad.push_back(static_cast<std::uint8_t>(i % 2));
      auto refused = count(Column::of_numbers("x", values), outcome, {});
      REQUIRE_FALSE(refused);
      CHECK(refused.error().code == "binning.infinite");
      CHECK(refused.error().message == "`x`: row 614 is infinite");
    }
  }
}

TEST_CASE("counting: columns of narrow numbers with gaps are counted as the doubles they hold") {
  std::mt19937_64 random{10};
  std::vector<std::int32_t> narrow;
  std::vector<std::uint8_t> validity(200);
  Drawn drawn;
  for (std::size_t row = 0; row < 1600; ++row) {
    narrow.push_back(static_cast<std::int32_t>(random() % 3000) - 1000);
    const bool is_there = random() % 6 != 0;
    if (is_there) validity[row / 8] |= static_cast<std::uint8_t>(1U << (row % 8));
    drawn.values.push_back(is_there ? narrow.back() : none);
    drawn.outcome.bad.push_back(static_cast<std::uint8_t>(random() % 2));
  }
  const Column column = Column::of_chunks("x",
                                          {{.type = NumberChunk::Type::i32,
                                            .values = narrow.data(),
                                            .validity = validity.data(),
                                            .size = narrow.size()}},
                                          nullptr);
  auto held = count(column, drawn.outcome, {});
  auto doubles = count(Column::of_numbers("x", drawn.values), drawn.outcome, {});
  REQUIRE(held);
  REQUIRE(doubles);
  CHECK(held->clean.low == doubles->clean.low);
  CHECK(held->clean.events == doubles->clean.events);
  CHECK(held->clean.weight == doubles->clean.weight);
  CHECK(held->missing == doubles->missing);
}
