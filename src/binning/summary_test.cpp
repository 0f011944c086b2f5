#include <credence/binning/binning.h>
#include <credence/binning/prebin.h>
#include <credence/binning/summary.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace credence;

namespace {

const double missing = std::numeric_limits<double>::quiet_NaN();

struct Rows {
  std::vector<double> values;
  Outcome outcome;
};

Rows random_rows(std::uint64_t seed, std::size_t size, bool is_weighted) {
  std::mt19937_64 random{seed};
  std::normal_distribution<double> normal;
  Rows rows;
  for (std::size_t i = 0; i < size; ++i) {
    double value = std::exp(3 * normal(random)) * (random() % 2 == 0 ? 1 : -1);
    if (random() % 10 == 0) value = static_cast<double>(random() % 3);
    if (random() % 20 == 0) value = missing;
    if (random() % 20 == 0) value = -9;
    rows.values.push_back(value);
    rows.outcome.bad.push_back(random() % 4 == 0 ? 1 : 0);
    if (is_weighted) rows.outcome.weights.push_back(0.25 * static_cast<double>(1 + random() % 9));
  }
  return rows;
}

Rows part(const Rows& rows, std::size_t from, std::size_t to) {
  auto cut = [&](const auto& all) {
    using Values = std::remove_cvref_t<decltype(all)>;
    return all.empty() ? Values{}
                       : Values(all.begin() + static_cast<std::ptrdiff_t>(from),
                                all.begin() + static_cast<std::ptrdiff_t>(to));
  };
  return {cut(rows.values), {cut(rows.outcome.bad), cut(rows.outcome.weights)}};
}

const std::vector<SpecialCode> codes{{"no record", {-9}, {}}};

VariableRules rules_with_codes() {
  VariableRules rules;
  rules.specials = codes;
  return rules;
}

Summary summary_of(const Rows& rows, std::size_t chunk, std::size_t capacity) {
  auto summary = Summary::of("x", Column::Kind::number, codes, {.capacity = capacity});
  REQUIRE(summary);
  for (std::size_t from = 0; from < rows.values.size(); from += chunk) {
    const Rows piece = part(rows, from, std::min(rows.values.size(), from + chunk));
    REQUIRE(summary->add(Column::of_numbers("x", piece.values), piece.outcome));
  }
  return *summary;
}

// Every cut that the summary offers, against a count of the rows on each side of it.
void check_every_cut(const Summary& summary, const Rows& rows) {
  auto counts = summary.counts(rules_with_codes());
  REQUIRE(counts);
  const OrderedCounts& clean = counts->clean;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < rows.values.size(); ++i) {
    if (!std::isnan(rows.values[i]) && rows.values[i] != -9) order.push_back(i);
  }
  std::ranges::sort(order, {}, [&](std::size_t i) { return rows.values[i]; });
  Tally below;
  std::size_t at = 0;
  for (std::size_t entry = 0; entry < clean.size(); ++entry) {
    REQUIRE(clean.low[entry] <= clean.highest(entry));
    REQUIRE(at < order.size());
    CHECK(rows.values[order[at]] == clean.low[entry]);
    const double cut = entry + 1 < clean.size()
                           ? cut_between(clean.highest(entry), clean.low[entry + 1])
                           : std::numeric_limits<double>::infinity();
    double last = 0;
    for (; at < order.size() && rows.values[order[at]] < cut; ++at) {
      const double weight = rows.outcome.weight(order[at]);
      last = rows.values[order[at]];
      (rows.outcome.bad[order[at]] == 1 ? below.events : below.nonevents) += weight;
      below.records += 1;
      below.squares += weight * weight;
    }
    CHECK(last == clean.highest(entry));
    CHECK(clean.tally(0, entry) == below);
  }
  CHECK(at == order.size());
}

}  // namespace

TEST_CASE("summary: within its capacity it is the column itself, whatever the chunks") {
  for (const bool is_weighted : {false, true}) {
    const Rows rows = random_rows(1, 2000, is_weighted);
    auto whole = count(Column::of_numbers("x", rows.values), rows.outcome, rules_with_codes());
    REQUIRE(whole);
    for (std::size_t chunk : {1U, 7U, 300U, 5000U}) {
      const Summary summary = summary_of(rows, chunk, 4096);
      CHECK(summary.resolution() == 0);
      CHECK(summary.records() == 2000);
      auto counts = summary.counts(rules_with_codes());
      REQUIRE(counts);
      CHECK(counts->clean.low == whole->clean.low);
      CHECK(counts->clean.high.empty());
      CHECK(counts->clean.events == whole->clean.events);
      CHECK(counts->clean.weight == whole->clean.weight);
      CHECK(counts->specials == whole->specials);
      CHECK(counts->missing == whole->missing);
    }
  }
}

TEST_CASE("summary: beyond its capacity every count at every cut is exact, and memory is bounded") {
  for (const bool is_weighted : {false, true}) {
    const Rows rows = random_rows(2, 30000, is_weighted);
    for (std::size_t capacity : {64U, 300U, 2000U}) {
      for (std::size_t chunk : {90U, 1000U, 30000U}) {
        const Summary summary = summary_of(rows, chunk, capacity);
        CAPTURE(capacity);
        CAPTURE(chunk);
        CHECK(summary.intervals() <= capacity);
        CHECK(summary.intervals() >= capacity / 4);
        CHECK(summary.resolution() < 16.0 / static_cast<double>(capacity));
        check_every_cut(summary, rows);
      }
    }
  }
}

TEST_CASE("summary: merged summaries count exactly what their parts counted") {
  const Rows rows = random_rows(3, 20000, true);
  for (std::size_t capacity : {64U, 500U}) {
    Summary all = summary_of(part(rows, 0, 3000), 500, capacity);
    REQUIRE(all.merge(summary_of(part(rows, 3000, 3010), 3, capacity)));
    REQUIRE(all.merge(summary_of(part(rows, 3010, 20000), 4000, capacity * 2)));
    CHECK(all.records() == 20000);
    CHECK(all.intervals() <= capacity);
    check_every_cut(all, rows);
  }
}

TEST_CASE("summary: heavy single values stay single, and extreme values have a place") {
  Rows rows = random_rows(4, 20000, false);
  const double largest = std::numeric_limits<double>::max();
  for (double value : {largest, -largest, std::numeric_limits<double>::denorm_min(), -0.0}) {
    rows.values.push_back(value);
    rows.outcome.bad.push_back(1);
  }
  const Summary summary = summary_of(rows, 1000, 128);
  check_every_cut(summary, rows);
  auto counts = summary.counts(rules_with_codes());
  REQUIRE(counts);
  for (double heavy : {0.0, 1.0, 2.0}) {
    const auto entry = static_cast<std::size_t>(std::ranges::find(counts->clean.low, heavy) -
                                                counts->clean.low.begin());
    REQUIRE(entry < counts->clean.size());
    CHECK(counts->clean.highest(entry) == heavy);
  }
}

TEST_CASE("summary: what cannot be added changes nothing and says how to mend it") {
  Summary summary = summary_of(random_rows(5, 100, false), 100, 64);
  const double records = summary.records();
  const Outcome two{.bad = {0, 1}, .weights = {}};
  auto refused = [&](const Result<Done>& result, const std::string& code) {
    REQUIRE_FALSE(result);
    CHECK(result.error().code == code);
    CHECK_FALSE(result.error().help.empty());
    CHECK(summary.records() == records);
  };
  refused(summary.add(Column::of_texts("x", {0, 0}, {"a"}), two), "binning.kind");
  refused(summary.add(Column::of_numbers("x", {1}), two), "binning.length");
  refused(summary.add(Column::of_numbers("x", {1, -std::numeric_limits<double>::infinity()}), two),
          "binning.infinite");
  refused(summary.add(Column::of_numbers("x", {1, 2}), {.bad = {0, 2}, .weights = {}}),
          "binning.target");
  refused(summary.add(Column::of_numbers("x", {1, 2}), {.bad = {0, 1}, .weights = {1, 0}}),
          "binning.weights");
  auto other = Summary::of("x", Column::Kind::number, {});
  REQUIRE(other);
  refused(summary.merge(*other), "binning.rules");
  CHECK_FALSE(summary.counts({}));
  auto empty = other->counts({});
  REQUIRE_FALSE(empty);
  CHECK(empty.error().code == "binning.length");
}

TEST_CASE("summary: texts are counted one by one up to a limit") {
  auto summary = Summary::of("x", Column::Kind::text, {{"none", {}, {"-"}}}, {.most_texts = 3});
  REQUIRE(summary);
  REQUIRE(summary->add(Column::of_texts("x", {0, 1, 2, -1}, {"a", "b", "-"}), {{0, 1, 1, 0}, {}}));
  REQUIRE(summary->add(Column::of_texts("x", {1, 0, 1}, {"a", "c"}), {{0, 0, 1}, {}}));
  auto refused = summary->add(Column::of_texts("x", {0}, {"d"}), {{0}, {}});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == "binning.too_many_texts");
  VariableRules rules;
  rules.specials = {{"none", {}, {"-"}}};
  auto counts = summary->counts(rules);
  REQUIRE(counts);
  CHECK(counts->texts == std::vector<std::vector<std::string>>{{"a"}, {"c"}, {"b"}});
  CHECK(counts->clean.tally(0, 0) == Tally{0, 2, 2, 2});
  CHECK(counts->specials == std::vector<Tally>{{1, 0, 1, 1}});
  CHECK(counts->missing == Tally{0, 1, 1, 1});
}

TEST_CASE(
    "summary: a split inside an interval is left out with a note, or refused when it is fixed") {
  auto summary = Summary::of("x", Column::Kind::number, {}, {.capacity = 64});
  REQUIRE(summary);
  std::vector<double> values;
  Outcome outcome;
  for (int i = 0; i < 10000; ++i) {
    values.push_back(i);
    outcome.bad.push_back(i % 3 == 0 ? 1 : 0);
  }
  REQUIRE(summary->add(Column::of_numbers("x", values), outcome));
  auto counts = summary->counts({});
  REQUIRE(counts);
  std::size_t wide = 0;
  while (counts->clean.low[wide] == counts->clean.highest(wide)) ++wide;
  const double inside = counts->clean.highest(wide);
  PrebinRules rules{.method = Prebinning::splits, .splits = {inside}, .fixed = {}, .groups = {}};
  auto prebins = prebin(*counts, rules, SizeBasis::records);
  REQUIRE(prebins);
  CHECK(prebins->edges.empty());
  CHECK(prebins->notes.size() == 1);
  rules.fixed = {true};
  auto refused = prebin(*counts, rules, SizeBasis::records);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == "binning.resolution");
  rules.splits = {inside + 0.5};
  prebins = prebin(*counts, rules, SizeBasis::records);
  REQUIRE(prebins);
  CHECK(prebins->edges == rules.splits);
  CHECK(prebins->tallies[0].records == inside + 1);
}

TEST_CASE("summary: bins from folded intervals lose next to nothing, and the notes say so") {
  Rows rows = random_rows(9, 40000, false);
  for (std::size_t i = 0; i < rows.values.size(); ++i)
    rows.outcome.bad[i] = (rows.values[i] > 1 ? i % 3 : i % 7) == 0 ? 1 : 0;
  auto whole = bin(Column::of_numbers("x", rows.values), rows.outcome, rules_with_codes());
  auto streamed = bin_summary(summary_of(rows, 5000, 500), rules_with_codes());
  REQUIRE(whole);
  REQUIRE(streamed);
  CHECK(streamed->iv > 0.98 * whole->iv);
  CHECK(whole->notes.empty());
  REQUIRE(streamed->notes.size() == 1);
  CHECK(streamed->notes[0].text.en.find("every count is exact") != std::string::npos);
  auto checked = bin_as(Column::of_numbers("x", rows.values), rows.outcome, streamed->cells,
                        rules_with_codes());
  REQUIRE(checked);
  for (std::size_t cell = 0; cell < checked->rows.size(); ++cell)
    CHECK(checked->rows[cell].tally == streamed->rows[cell].tally);
}
