#include <credence/binning/binning.h>
#include <credence/binning/special_codes.h>
#include <credence/binning/summary.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace credence;

namespace {

// Everything that a person may ask for, in any mixture.
class Asker {
 public:
  explicit Asker(std::uint64_t seed) : random_(seed) {}

  std::size_t below(std::size_t most) { return random_() % most; }
  bool often() { return below(3) > 0; }
  double share() { return static_cast<double>(below(100)) / 100; }
  template <class Value>
  Value one_of(std::vector<Value> values) {
    return values[below(values.size())];
  }

  VariableRules rules(Column::Kind kind) {
    VariableRules rules;
    BinningRules& binning = rules.binning;
    binning.divergence = one_of<Divergence>(
        {Divergence::iv, Divergence::js, Divergence::hellinger, Divergence::triangular});
    if (often()) binning.trend = static_cast<Trend>(below(8));
    if (!often()) binning.min_bins = 1 + static_cast<int>(below(4));
    if (!often()) binning.max_bins = 2 + static_cast<int>(below(6));
    binning.min_bin_share = share() / 5;
    if (!often()) binning.max_bin_share = 0.2 + share() * 0.8;
    if (!often()) binning.min_bin_events = static_cast<double>(below(20));
    if (!often()) binning.min_rate_difference = share() / 20;
    if (!often()) binning.max_p_value = 0.01 + share();
    if (!often()) binning.size_basis = SizeBasis::weight;
    rules.prebins.method = static_cast<Prebinning>(below(kind == Column::Kind::text ? 2 : 4));
    rules.prebins.max_prebins = 1 + static_cast<int>(below(14));
    rules.prebins.min_share = share() / 10;
    if (kind == Column::Kind::number && !often()) {
      rules.prebins.splits = {3.5, 7};
      rules.prebins.fixed = {often(), often()};
    }
    if (!often()) rules.rare_share = share() / 5;
    rules.smoothing = one_of<double>({0, 0.5, 2});
    rules.folds = 2 + static_cast<int>(below(5));
    rules.missing.policy = static_cast<AbsencePolicy>(below(5));
    rules.special.policy = static_cast<AbsencePolicy>(below(5));
    rules.special.min_records = static_cast<double>(below(40));
    rules.on_infeasible = static_cast<OnInfeasible>(below(3));
    return rules;
  }

 private:
  std::mt19937_64 random_;
};

struct Case {
  Column column;
  Outcome outcome;
  VariableRules rules;
};

Case random_case(std::uint64_t seed) {
  Asker ask{seed};
  const Column::Kind kind = seed % 3 == 0 ? Column::Kind::text : Column::Kind::number;
  const std::size_t rows = 1 + ask.below(600);
  const std::size_t different = 1 + ask.below(40);
  Outcome outcome;
  std::vector<double> values;
  std::vector<std::int32_t> codes;
  const bool is_weighted = ask.often();
  for (std::size_t i = 0; i < rows; ++i) {
    const auto value = ask.below(different);
    const bool absent = ask.below(12) == 0;
    values.push_back(absent ? std::numeric_limits<double>::quiet_NaN()
                            : static_cast<double>(value) / 2);
    codes.push_back(absent ? -1 : static_cast<std::int32_t>(value));
    outcome.bad.push_back(ask.below(10) < 1 + value % 7 ? 1 : 0);
    if (is_weighted) outcome.weights.push_back(0.1 + ask.share());
  }
  std::vector<std::string> dictionary;
  for (std::size_t i = 0; i < different; ++i) dictionary.push_back("text " + std::to_string(i));
  VariableRules rules = ask.rules(kind);
  if (ask.often()) rules.specials = codes_of_kind({{"code", {1, 2.5}, {"text 1", "text 5"}}}, kind);
  return {kind == Column::Kind::text ? Column::of_texts("x", codes, dictionary)
                                     : Column::of_numbers("x", values),
          outcome, rules};
}

// The solution as solve() would give it, from the bins of the result.
std::vector<int> last_of(const Binning& binning) {
  std::vector<int> last;
  double records = 0, bins = 0;
  auto row = binning.rows.begin();
  for (std::size_t i = 0; i < binning.problem.prebins.size(); ++i) {
    records += binning.problem.prebins[i].records;
    if (std::abs(records - bins - row->tally.records) > 1e-6) continue;
    last.push_back(static_cast<int>(i));
    bins = records;
    ++row;
  }
  return last;
}

// Said in French by whoever said it in English, and in no English words.
void check_french(const Text& text) {
  CAPTURE(text.en);
  CAPTURE(text.fr);
  CHECK_FALSE(text.en.empty());
  CHECK_FALSE(text.fr.empty());
  for (const char* word : {"the ", " bins ", "keep", "records", "relaxed", "instead"})
    CHECK(text.fr.find(word) == std::string::npos);
}

void check_sound(const Binning& binning, const Case& input) {
  for (const BinningNote& note : binning.notes) check_french(note.text);
  for (const Text& what : binning.given_up) check_french(what);
  CHECK(binning.rows.size() == static_cast<std::size_t>(binning.cells.count()));
  CHECK(binning.total_records() == static_cast<double>(input.outcome.bad.size()));
  std::vector<std::uint16_t> cells(input.outcome.bad.size());
  binning.cells.assign(input.column, cells);
  std::vector<double> records(binning.rows.size());
  for (std::uint16_t cell : cells) records[cell] += 1;
  for (std::size_t cell = 0; cell < records.size(); ++cell) {
    CHECK(binning.rows[cell].tally.records == records[cell]);
    CHECK(std::isfinite(binning.rows[cell].woe));
    CHECK(binning.rows[cell].iv >= 0);
  }
  CHECK(parse_json(to_canonical_json(to_json(binning))));
  if (binning.certificate.problem_hash.empty()) {
    CHECK(binning.cells.bins() == 1);
    return;
  }
  BinningSolution solution{.last = last_of(binning), .certificate = binning.certificate};
  auto checked = check(binning.problem, solution);
  if (!checked) FAIL_CHECK(to_text(checked.error()));
}

}  // namespace

TEST_CASE(
    "binning: whatever is asked of whatever rows, the answer is sound or says why there is none") {
  int sound = 0;
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    CAPTURE(seed);
    const Case input = random_case(seed);
    auto binning = bin(input.column, input.outcome, input.rules);
    if (binning) {
      check_sound(*binning, input);
      ++sound;
    } else {
      CHECK(binning.error().code.find("binning.") == 0);
      CHECK(binning.error().message.find("`x`: ") == 0);
      CHECK_FALSE(binning.error().help.empty());
      const Finding told = binning.told("x");
      CHECK(told.message.en == binning.error().message);
      CHECK(told.help.en == binning.error().help);
      if (told.code != "binning.rules") check_french(told.message), check_french(told.help);
    }
  }
  CHECK(sound > 700);
}

TEST_CASE("binning: bins of a person are counted as they are, on whatever rows") {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const Case input = random_case(seed);
    auto binning = bin(input.column, input.outcome, input.rules);
    if (!binning) continue;
    auto again = bin_as(input.column, input.outcome, binning->cells, input.rules);
    if (!again) {
      FAIL_CHECK(to_text(again.error()));
      continue;
    }
    CHECK(again->cells == binning->cells);
    for (std::size_t cell = 0; cell < binning->rows.size(); ++cell) {
      CHECK(again->rows[cell].tally.events == doctest::Approx(binning->rows[cell].tally.events));
      CHECK(again->rows[cell].woe == doctest::Approx(binning->rows[cell].woe));
    }
    CHECK(again->certificate.bound >= again->certificate.objective);
  }
}

TEST_CASE("binning: a summary of any chunks gives the bins of the column") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Case input = random_case(seed);
    input.outcome.weights.clear();
    if (input.column.kind() == Column::Kind::text) continue;
    CAPTURE(seed);
    auto summary = Summary::of("x", Column::Kind::number, input.rules.specials);
    REQUIRE(summary);
    REQUIRE(summary->add(input.column, input.outcome));
    auto whole = bin(input.column, input.outcome, input.rules);
    auto streamed = bin_summary(*summary, input.rules);
    REQUIRE(static_cast<bool>(whole) == static_cast<bool>(streamed));
    if (whole) CHECK(to_canonical_json(to_json(*whole)) == to_canonical_json(to_json(*streamed)));
  }
}
