#include <credence/binning/binning.h>
#include <credence/binning/summary.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

using namespace credence;

namespace {

const double missing = std::numeric_limits<double>::quiet_NaN();
const double infinite = std::numeric_limits<double>::infinity();

struct Rows {
  std::vector<double> values;
  Outcome outcome;
  Column column() const { return Column::of_numbers("age", values); }
};

// A rate that falls with the value, some missing rows and two special codes.
Rows history(std::uint64_t seed, std::size_t size) {
  std::mt19937_64 random{seed};
  std::uniform_real_distribution<double> uniform;
  Rows rows;
  for (std::size_t i = 0; i < size; ++i) {
    double value = std::floor(uniform(random) * 1000) / 8;
    double rate = 0.6 - 0.4 * value / 125;
    if (const double kind = uniform(random); kind < 0.1) {
      value = kind < 0.04 ? missing : kind < 0.07 ? -9 : -8;
      rate = kind < 0.04 ? 0.3 : kind < 0.07 ? 0.5 : 0.1;
    }
    rows.values.push_back(value);
    rows.outcome.bad.push_back(uniform(random) < rate ? 1 : 0);
  }
  return rows;
}

VariableRules with_codes() {
  VariableRules rules;
  rules.specials = {{"no record", {-9}, {}}, {"no use", {-8}, {}}};
  return rules;
}

Binning binned(const Column& column, const Outcome& outcome, const VariableRules& rules) {
  auto binning = bin(column, outcome, rules);
  if (!binning) FAIL(to_text(binning.error()));
  return *binning;
}
Binning binned(const Rows& rows, const VariableRules& rules) {
  return binned(rows.column(), rows.outcome, rules);
}

void check_refused(const Result<Binning>& result, const std::string& code) {
  REQUIRE_FALSE(result);
  CHECK(result.error().code == code);
  CHECK(result.error().message.find("`age`") == 0);
  CHECK_FALSE(result.error().help.empty());
}

// WoE and IV from the rows themselves and the cell of each.
void check_weights_of_evidence(const Binning& binning, const Rows& rows, double smoothing) {
  const auto cells = static_cast<std::size_t>(binning.cells.count());
  std::vector<double> bad(cells), good(cells), records(cells);
  double all_bad = 0, all_good = 0, weight = 0;
  for (std::size_t i = 0; i < rows.values.size(); ++i) {
    const auto cell = static_cast<std::size_t>(binning.cells.of(rows.values[i]));
    const double one = rows.outcome.weight(i);
    (rows.outcome.bad[i] == 1 ? bad : good)[cell] += one;
    (rows.outcome.bad[i] == 1 ? all_bad : all_good) += one;
    records[cell] += 1;
    weight += one;
  }
  const double a = smoothing * weight / static_cast<double>(rows.values.size());
  const auto used =
      static_cast<double>(std::ranges::count_if(records, [](double n) { return n > 0; }));
  double iv = 0;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    CHECK(binning.rows[cell].tally.records == records[cell]);
    CHECK(binning.rows[cell].tally.events == doctest::Approx(bad[cell]).epsilon(1e-12));
    if (records[cell] == 0) continue;
    const double q = (good[cell] + a) / (all_good + a * used),
                 p = (bad[cell] + a) / (all_bad + a * used);
    CHECK(binning.rows[cell].woe == doctest::Approx(std::log(q / p)).epsilon(1e-12));
    CHECK(binning.rows[cell].iv == doctest::Approx((q - p) * std::log(q / p)).epsilon(1e-12));
    iv += (q - p) * std::log(q / p);
  }
  CHECK(binning.iv == doctest::Approx(iv).epsilon(1e-12));
}

bool equal_results(const Binning& a, const Binning& b) {
  return to_canonical_json(to_json(a)) == to_canonical_json(to_json(b)) && a.cells == b.cells;
}

}  // namespace

TEST_CASE("binning: weights of evidence follow their definition, missing and special cells apart") {
  for (const double smoothing : {0.0, 0.5, 3.0}) {
    Rows rows = history(1, 5000);
    VariableRules rules = with_codes();
    rules.smoothing = smoothing;
    const Binning binning = binned(rows, rules);
    CHECK(binning.cells.bins() > 3);
    CHECK(binning.total_records() == 5000);
    check_weights_of_evidence(binning, rows, smoothing);
    for (std::size_t i = 0; i < rows.values.size(); ++i)
      rows.outcome.weights.push_back(0.5 + static_cast<double>(i % 5));
    check_weights_of_evidence(binned(rows, rules), rows, smoothing);
  }
}

TEST_CASE("binning: what is chosen keeps its rules, as the independent checker says") {
  const Rows rows = history(2, 4000);
  for (const Trend trend : {Trend::none, Trend::ascending, Trend::descending, Trend::peak,
                            Trend::valley, Trend::concave, Trend::convex}) {
    VariableRules rules = with_codes();
    rules.binning.trend = trend;
    rules.prebins.max_prebins = 15;
    const Binning binning = binned(rows, rules);
    CHECK(binning.trend == trend);
    CHECK(binning.candidates.empty());
    BinningSolution solution{.last = {}, .certificate = binning.certificate};
    for (double edge : binning.cells.edges())
      solution.last.push_back(static_cast<int>(std::ranges::find(binning.prebin_edges, edge) -
                                               binning.prebin_edges.begin()));
    solution.last.push_back(static_cast<int>(binning.problem.prebins.size()) - 1);
    auto checked = check(binning.problem, solution);
    if (!checked) FAIL_CHECK(to_text(checked.error()));
  }
}

TEST_CASE("binning: an automatic trend finds the shape of the rates and reports every candidate") {
  auto shaped = [](auto rate) {
    Rows rows;
    std::mt19937_64 random{7};
    std::uniform_real_distribution<double> uniform;
    for (int i = 0; i < 20000; ++i) {
      rows.values.push_back(uniform(random));
      rows.outcome.bad.push_back(uniform(random) < rate(rows.values.back()) ? 1 : 0);
    }
    return binned(rows, {});
  };
  const Binning falling = shaped([](double x) { return 0.5 - 0.4 * x; });
  CHECK(falling.trend == Trend::descending);
  CHECK(falling.candidates.size() == 6);
  CHECK(shaped([](double x) { return 0.1 + 0.4 * x; }).trend == Trend::ascending);
  const Trend hill = shaped([](double x) { return 0.1 + 1.6 * x * (1 - x); }).trend;
  CHECK((hill == Trend::peak || hill == Trend::concave));
  const Trend dale = shaped([](double x) { return 0.5 - 1.6 * x * (1 - x); }).trend;
  CHECK((dale == Trend::valley || dale == Trend::convex));
  for (const auto& candidate : falling.candidates) {
    CHECK(candidate.feasible);
    CHECK(candidate.held_out_loss > 0.3);
    CHECK(candidate.held_out_loss < 1);
  }
}

TEST_CASE("binning: in noise no trend earns its freedom, so a monotone one is chosen most often") {
  int monotone = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    std::mt19937_64 random{seed};
    Rows rows;
    for (int i = 0; i < 3000; ++i) {
      rows.values.push_back(static_cast<double>(random() % 1000));
      rows.outcome.bad.push_back(random() % 5 == 0 ? 1 : 0);
    }
    const Trend trend = binned(rows, {}).trend;
    monotone += trend == Trend::ascending || trend == Trend::descending ? 1 : 0;
  }
  CHECK(monotone >= 30);
}

TEST_CASE("binning: rows in another order give the same bits, with and without weights") {
  Rows rows = history(3, 3000);
  for (const bool is_weighted : {false, true}) {
    std::mt19937_64 random{4};
    if (is_weighted) {
      for (std::size_t i = 0; i < rows.values.size(); ++i)
        rows.outcome.weights.push_back(0.01 + static_cast<double>(random() % 1000) / 7);
    }
    const Binning first = binned(rows, with_codes());
    for (int round = 0; round < 5; ++round) {
      std::vector<std::size_t> order(rows.values.size());
      std::iota(order.begin(), order.end(), std::size_t{0});
      std::ranges::shuffle(order, random);
      Rows other;
      for (std::size_t i : order) {
        other.values.push_back(rows.values[i]);
        other.outcome.bad.push_back(rows.outcome.bad[i]);
        if (is_weighted) other.outcome.weights.push_back(rows.outcome.weights[i]);
      }
      CHECK(equal_results(first, binned(other, with_codes())));
    }
  }
}

TEST_CASE(
    "binning: two rows of half a weight equal one row, where weight is the size that counts") {
  for (const Trend trend : {Trend::none, Trend::descending, Trend::peak, Trend::convex}) {
    Rows once = history(5, 2500), twice;
    once.outcome.weights.assign(once.values.size(), 1);
    for (std::size_t i = 0; i < once.values.size(); ++i) {
      for (int copy = 0; copy < 2; ++copy) {
        twice.values.push_back(once.values[i]);
        twice.outcome.bad.push_back(once.outcome.bad[i]);
        twice.outcome.weights.push_back(0.5);
      }
    }
    VariableRules rules = with_codes();
    rules.binning.trend = trend;
    rules.binning.size_basis = SizeBasis::weight;
    const Binning a = binned(once, rules), b = binned(twice, rules);
    CHECK(a.cells == b.cells);
    for (std::size_t cell = 0; cell < a.rows.size(); ++cell) {
      CHECK(a.rows[cell].tally.events == b.rows[cell].tally.events);
      // Records differ, and with them the smoothing: the mean weight is half as large.
      CHECK(a.rows[cell].woe == doctest::Approx(b.rows[cell].woe).epsilon(0.02));
    }
    rules.smoothing = 0;
    CHECK(binned(once, rules).iv == binned(twice, rules).iv);
  }
}

TEST_CASE("binning: all weights times a constant leave bins and weights of evidence as they are") {
  Rows rows = history(6, 2500);
  std::mt19937_64 random{6};
  for (std::size_t i = 0; i < rows.values.size(); ++i)
    rows.outcome.weights.push_back(static_cast<double>(1 + random() % 5) / 3);
  for (const SizeBasis basis : {SizeBasis::records, SizeBasis::weight}) {
    VariableRules rules = with_codes();
    rules.binning.size_basis = basis;
    rules.binning.max_p_value = 0.2;
    const Binning first = binned(rows, rules);
    for (double factor : {0.001, 1.0 / 3, 8.0, 12345.678}) {
      Rows scaled = rows;
      for (double& weight : scaled.outcome.weights) weight *= factor;
      const Binning other = binned(scaled, rules);
      CHECK(other.cells == first.cells);
      CHECK(other.trend == first.trend);
      for (std::size_t cell = 0; cell < first.rows.size(); ++cell)
        CHECK(other.rows[cell].woe == doctest::Approx(first.rows[cell].woe).epsilon(1e-9));
    }
  }
}

TEST_CASE("binning: a summary within its capacity gives the same bits as the column") {
  const Rows rows = history(8, 6000);
  auto summary = Summary::of("age", Column::Kind::number, with_codes().specials);
  REQUIRE(summary);
  for (std::size_t from = 0; from < 6000; from += 1500) {
    const auto begin = static_cast<std::ptrdiff_t>(from), end = begin + 1500;
    REQUIRE(summary->add(
        Column::of_numbers("age", {rows.values.begin() + begin, rows.values.begin() + end}),
        {.bad = {rows.outcome.bad.begin() + begin, rows.outcome.bad.begin() + end},
         .weights = {}}));
  }
  auto streamed = bin_summary(*summary, with_codes());
  REQUIRE(streamed);
  CHECK(equal_results(*streamed, binned(rows, with_codes())));
}

TEST_CASE("binning: any number of threads gives the same bits, and errors stay with their column") {
  std::vector<Column> columns;
  std::vector<ColumnRules> rules;
  Outcome outcome;
  for (std::uint64_t i = 0; i < 12; ++i) {
    const Rows rows = history(9, 1500);
    std::vector<double> values = rows.values;
    for (double& value : values)
      value = value > 0 ? std::fmod(value * static_cast<double>(i + 1), 97) : value;
    outcome = rows.outcome;
    columns.push_back(Column::of_numbers("x" + std::to_string(i), values));
    rules.push_back({.column = columns.back().name(), .rules = with_codes()});
  }
  rules.push_back({.column = "x111", .rules = {}});
  const Table table{1500, columns};
  const auto first = bin_all(table, outcome, rules, 1);
  REQUIRE(first.size() == 13);
  for (int threads : {2, 3, 16}) {
    const auto other = bin_all(table, outcome, rules, threads);
    for (std::size_t i = 0; i < 12; ++i) {
      REQUIRE(first[i]);
      REQUIRE(other[i]);
      CHECK(equal_results(*first[i], *other[i]));
    }
    REQUIRE_FALSE(other[12]);
    CHECK(other[12].error().code == "binning.column");
    CHECK(other[12].error().help == "did you mean `x11`?");
  }
  CHECK(bin_all(table, outcome, {}, 4).empty());
}

TEST_CASE("binning: bad rows are refused with the name of the column and a way to mend it") {
  const Outcome two{.bad = {0, 1}, .weights = {}};
  auto of = [](std::vector<double> values, Outcome outcome) {
    return bin(Column::of_numbers("age", std::move(values)), outcome, with_codes());
  };
  check_refused(of({}, {}), "binning.length");
  check_refused(of({1, 2, 3}, two), "binning.length");
  check_refused(of({1, 2}, {.bad = {0, 1}, .weights = {1}}), "binning.length");
  check_refused(of({1, 2}, {.bad = {0, 0}, .weights = {}}), "binning.one_class");
  check_refused(of({1, 2}, {.bad = {1, 1}, .weights = {}}), "binning.one_class");
  check_refused(of({1, 2}, {.bad = {1, 7}, .weights = {}}), "binning.target");
  check_refused(of({missing, missing}, two), "binning.all_missing");
  check_refused(of({missing, -9}, two), "binning.all_missing");
  check_refused(of({1, infinite}, two), "binning.infinite");
  check_refused(of({-infinite, 1}, two), "binning.infinite");
  for (double weight : {0.0, -1.0, missing, infinite, 1e-300, 1e300})
    check_refused(of({1, 2}, {.bad = {0, 1}, .weights = {1, weight}}), "binning.weights");
}

TEST_CASE("binning: rules that make no sense are refused one by one") {
  const Rows rows = history(10, 300);
  const std::vector<void (*)(VariableRules&)> wrong{
      [](VariableRules& r) { r.smoothing = -1; },
      [](VariableRules& r) { r.smoothing = infinite; },
      [](VariableRules& r) { r.folds = 1; },
      [](VariableRules& r) { r.folds = 1000; },
      [](VariableRules& r) { r.rare_share = 2; },
      [](VariableRules& r) { r.prebins.max_prebins = 0; },
      [](VariableRules& r) { r.prebins.max_prebins = 100000; },
      [](VariableRules& r) { r.prebins.min_share = missing; },
      [](VariableRules& r) { r.prebins.splits = {2, 2}; },
      [](VariableRules& r) { r.prebins.splits = {2, infinite}; },
      [](VariableRules& r) { r.prebins.splits = {2, 3}, r.prebins.fixed = {true}; },
      [](VariableRules& r) { r.prebins.groups = {{"a"}}; },
      [](VariableRules& r) { r.specials = {{"a", {missing}, {}}}; },
      [](VariableRules& r) { r.specials = {{"a", {1}, {}}, {"a", {2}, {}}}; },
      [](VariableRules& r) { r.specials = {{"a", {1}, {}}, {"b", {1}, {}}}; },
      [](VariableRules& r) { r.specials = {{"a", {}, {"text"}}}; },
      [](VariableRules& r) { r.specials = {{"", {1}, {}}}; },
      [](VariableRules& r) { r.missing = {.policy = AbsencePolicy::fixed, .value = missing}; },
      [](VariableRules& r) { r.special.min_records = -1; },
      [](VariableRules& r) { r.binning.min_bin_share = 2; },
      [](VariableRules& r) { r.binning.min_bins = 5, r.binning.max_bins = 3; },
      [](VariableRules& r) { r.binning.trend = Trend::peak, r.binning.max_p_value = -1; },
  };
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    CAPTURE(i);
    VariableRules rules;
    wrong[i](rules);
    check_refused(bin(rows.column(), rows.outcome, rules), "binning.rules");
  }
}

TEST_CASE("binning: a constant column, or one outcome among its values, is one bin with a note") {
  const Binning constant =
      binned({.values = {3, 3, 3, missing}, .outcome = {.bad = {0, 1, 0, 1}, .weights = {}}}, {});
  CHECK(constant.cells.bins() == 1);
  CHECK(constant.note_texts() == std::vector<std::string>{"one bin: constant, every value is 3"});
  CHECK(constant.rows[0].woe > constant.rows[1].woe);
  const Binning good =
      binned({.values = {3, 4, 5, missing}, .outcome = {.bad = {0, 0, 0, 1}, .weights = {}}}, {});
  CHECK(good.cells.bins() == 1);
  CHECK(good.notes.size() == 1);
  const Binning bad =
      binned({.values = {3, 4, 5, missing}, .outcome = {.bad = {1, 1, 1, 0}, .weights = {}}}, {});
  CHECK(bad.note_texts() ==
        std::vector<std::string>{"one bin: every row with a value of its own is bad"});
  CHECK(bad.rows[0].woe < 0);
}

TEST_CASE("binning: extreme doubles are ordinary values") {
  VariableRules rules;
  rules.binning.min_bin_share = 0;
  rules.prebins.min_share = 0;
  rules.binning.divergence = Divergence::hellinger;
  const double most = std::numeric_limits<double>::max();
  const Binning binning = binned(
      {.values = {most, most, -most, -most}, .outcome = {.bad = {1, 1, 0, 0}, .weights = {}}},
      rules);
  CHECK(binning.cells.edges().size() == 1);
  CHECK(binning.cells.edges()[0] == 0);
}

TEST_CASE(
    "binning: what cannot be kept is an error with a way out, or relaxed, or one bin, as chosen") {
  const Rows rows = history(11, 2000);
  VariableRules rules = with_codes();
  rules.binning.max_bin_share = 0.06;
  auto refused = bin(rows.column(), rows.outcome, rules);
  check_refused(refused, "binning.infeasible");
  CHECK(refused.error().help.find("max_bin_share") != std::string::npos);
  rules.on_infeasible = OnInfeasible::relax;
  const Binning relaxed = binned(rows, rules);
  REQUIRE_FALSE(relaxed.notes.empty());
  CHECK(relaxed.notes[0].text.en.find("relaxed") != std::string::npos);
  CHECK(relaxed.binding_texts().back().find("relaxed: max_bin_share from 0.06 to ") == 0);
  CHECK(relaxed.given_up.back().fr.starts_with(
      "assouplie : part maximale d'une classe (`max_bin_share`) de 0,06 à "));
  rules.on_infeasible = OnInfeasible::one_bin;
  const Binning single = binned(rows, rules);
  CHECK(single.cells.bins() == 1);
  CHECK(single.binding_texts().back().find("one bin: ") == 0);
  CHECK(single.given_up.back().fr.starts_with("une classe : aucune classe ne tient les règles"));
  CHECK(refused.told("x").message.en == refused.error().message);
  CHECK(refused.told("x").message.fr.find("ne respecte ") != std::string::npos);
  CHECK(refused.told("x").help.fr.starts_with("possible avec part maximale"));
}
