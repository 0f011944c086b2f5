#include <credence/binning/binning.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <random>
#include <sstream>

using namespace credence;

namespace {

const double missing = std::numeric_limits<double>::quiet_NaN();

Binning binned(const Column& column, const Outcome& outcome, const VariableRules& rules) {
  auto binning = bin(column, outcome, rules);
  if (!binning) FAIL(to_text(binning.error()));
  return *binning;
}

Binning binned_as(const Column& column, const Outcome& outcome, const Cells& cells,
                  const VariableRules& rules) {
  auto binning = bin_as(column, outcome, cells, rules);
  if (!binning) FAIL(to_text(binning.error()));
  return *binning;
}

struct Texts {
  std::vector<std::int32_t> codes;
  std::vector<std::string> dictionary;
  Outcome outcome;
  Column column() const { return Column::of_texts("town", codes, dictionary); }

  void add(const std::string& text, int records, int events) {
    dictionary.push_back(text);
    for (int i = 0; i < records; ++i) {
      codes.push_back(static_cast<std::int32_t>(dictionary.size()) - 1);
      outcome.bad.push_back(i < events ? 1 : 0);
    }
  }
};

Texts towns() {
  Texts texts;
  texts.add("Brest", 200, 20);
  texts.add("Lille", 200, 80);
  texts.add("Paris", 200, 40);
  texts.add("Nice", 200, 82);
  texts.add("-", 30, 15);
  for (int i = 0; i < 40; ++i) {
    texts.codes.push_back(-1);
    texts.outcome.bad.push_back(i < 10 ? 1 : 0);
  }
  return texts;
}

struct Numbers {
  std::vector<double> values;
  Outcome outcome;
  Column column() const { return Column::of_numbers("age", values); }
  void add(double value, int records, int events) {
    for (int i = 0; i < records; ++i) {
      values.push_back(value);
      outcome.bad.push_back(i < events ? 1 : 0);
    }
  }
};

Numbers ages() {
  Numbers numbers;
  for (int age = 20; age < 70; ++age) numbers.add(age, 40, 24 - (age - 20) / 3);
  numbers.add(missing, 50, 40);
  numbers.add(-9, 30, 5);
  return numbers;
}

const Binning::Row& row_of(const Binning& binning, int cell) {
  return binning.rows[static_cast<std::size_t>(cell)];
}

}  // namespace

TEST_CASE(
    "texts: neighbours in rate are joined, cells for special codes, missing and unknown follow") {
  const Texts texts = towns();
  VariableRules rules;
  rules.specials = {{"none", {}, {"-"}}};
  const Binning binning = binned(texts.column(), texts.outcome, rules);
  CHECK(binning.trend == Trend::none);
  CHECK(binning.cells.bins() >= 3);
  CHECK(binning.cells.of("Brest") == 0);
  CHECK(binning.cells.of("Paris") == 1);
  CHECK(row_of(binning, binning.cells.special(0)).tally == Tally{15, 15, 30, 30});
  CHECK(row_of(binning, binning.cells.missing()).tally == Tally{10, 30, 40, 40});
  CHECK(row_of(binning, binning.cells.unknown()).woe == 0);
  CHECK_FALSE(row_of(binning, binning.cells.unknown()).fallback);
  CHECK(std::ranges::any_of(binning.note_texts(), [](const std::string& note) {
    return note.find("order of their rates") != std::string::npos;
  }));
  rules.binning.max_bins = 2;
  CHECK(binned(texts.column(), texts.outcome, rules).cells.groups()[0] ==
        std::vector<std::string>{"Brest", "Paris"});
}

TEST_CASE("texts: another order of the dictionary and of the rows gives the same bits") {
  const Texts texts = towns();
  Texts other;
  for (auto text = texts.dictionary.rbegin(); text != texts.dictionary.rend(); ++text)
    other.dictionary.push_back(*text);
  other.dictionary.push_back("never seen");
  const auto most = static_cast<std::int32_t>(texts.dictionary.size()) - 1;
  for (std::size_t i = texts.codes.size(); i-- > 0;) {
    other.codes.push_back(texts.codes[i] < 0 ? -1 : most - texts.codes[i]);
    other.outcome.bad.push_back(texts.outcome.bad[i]);
  }
  CHECK(to_canonical_json(to_json(binned(texts.column(), texts.outcome, {}))) ==
        to_canonical_json(to_json(binned(other.column(), other.outcome, {}))));
}

TEST_CASE("texts: groups of the user are prebins in their order, with any trend") {
  const Texts texts = towns();
  VariableRules rules;
  rules.prebins.method = Prebinning::splits;
  rules.prebins.groups = {{"Lille", "Nice"}, {"Paris"}, {"Brest", "Rome"}};
  rules.binning.trend = Trend::descending;
  const Binning binning = binned(texts.column(), texts.outcome, rules);
  CHECK(binning.cells.bins() == 3);
  CHECK(binning.trend == Trend::descending);
  CHECK(binning.cells.of("Rome") == 2);
  CHECK(row_of(binning, binning.cells.unknown()).tally == Tally{15, 15, 30, 30});
  CHECK(binning.note_texts() ==
        std::vector<std::string>{"30 records have texts that no group names"});
  rules.binning.trend = Trend::ascending;
  CHECK(binned(texts.column(), texts.outcome, rules).cells.bins() == 1);
}

TEST_CASE("texts: a million different ones neither hang nor crash, and rare ones go together") {
  std::vector<std::string> dictionary;
  std::vector<std::int32_t> codes;
  Outcome outcome;
  std::mt19937_64 random{1};
  for (std::int32_t i = 0; i < 1'000'000; ++i) {
    dictionary.push_back("text " + std::to_string(i));
    codes.push_back(i);
    outcome.bad.push_back(random() % 5 == 0 ? 1 : 0);
  }
  const Column column = Column::of_texts("town", codes, dictionary);
  VariableRules rules;
  rules.smoothing = 0.5;
  rules.binning.divergence = Divergence::hellinger;
  const Binning wild = binned(column, outcome, rules);
  CHECK(wild.cells.bins() == 2);
  CHECK(wild.notes.front().text.en.find("rare_share") != std::string::npos);
  rules.rare_share = 0.001;
  const Binning rare = binned(column, outcome, rules);
  CHECK(rare.cells.bins() == 1);
  CHECK(rare.cells.groups()[0].size() == 1'000'000);
}

TEST_CASE("absence: each policy gives the weight it names, and a lack of records the fallback") {
  const Numbers numbers = ages();
  VariableRules rules;
  rules.specials = {{"no record", {-9}, {}}};
  const Binning plain = binned(numbers.column(), numbers.outcome, rules);
  const int gap = plain.cells.missing();
  auto with = [&](Absence absence) {
    rules.missing = absence;
    return binned(numbers.column(), numbers.outcome, rules);
  };
  CHECK(row_of(plain, gap).woe < row_of(plain, 0).woe);
  CHECK(row_of(with({.policy = AbsencePolicy::neutral}), gap).woe == 0);
  CHECK(row_of(with({.policy = AbsencePolicy::worst}), gap).woe == row_of(plain, 0).woe);
  CHECK(row_of(with({.policy = AbsencePolicy::nearest}), gap).woe == row_of(plain, 0).woe);
  CHECK(row_of(with({.policy = AbsencePolicy::fixed, .value = -1.5}), gap).woe == -1.5);
  const Binning few = with({.min_records = 51, .fallback = AbsencePolicy::worst});
  CHECK(row_of(few, gap).fallback);
  CHECK(row_of(few, gap).woe == row_of(plain, 0).woe);
  CHECK(row_of(few, gap).iv == row_of(plain, gap).iv);
  CHECK(few.note_texts() == std::vector<std::string>{"missing has 50 records: the fallback holds"});
  CHECK_FALSE(row_of(with({.min_records = 50}), gap).fallback);
}

TEST_CASE("absence: a cell without any records has the fallback's weight and no share in the IV") {
  Numbers numbers;
  for (int age = 20; age < 70; ++age) numbers.add(age, 40, 24 - (age - 20) / 3);
  VariableRules rules;
  rules.specials = {{"no record", {-9}, {}}};
  const Binning binning = binned(numbers.column(), numbers.outcome, rules);
  for (int cell : {binning.cells.special(0), binning.cells.missing()}) {
    CHECK(row_of(binning, cell).fallback);
    CHECK(row_of(binning, cell).woe == 0);
    CHECK(row_of(binning, cell).iv == 0);
  }
  rules.specials.clear();
  CHECK(binned(numbers.column(), numbers.outcome, rules).iv == binning.iv);
}

TEST_CASE("smoothing: none means none, so a bin without events is refused and a code falls back") {
  Numbers numbers = ages();
  numbers.add(-8, 20, 0);
  VariableRules rules;
  rules.specials = {{"no record", {-9}, {}}, {"none due", {-8}, {}}};
  rules.smoothing = 0;
  const Binning binning = binned(numbers.column(), numbers.outcome, rules);
  CHECK(row_of(binning, binning.cells.special(1)).fallback);
  CHECK(row_of(binning, binning.cells.special(1)).woe == 0);
  numbers.add(100, 300, 0);
  rules.binning.divergence = Divergence::hellinger;
  auto refused = bin(numbers.column(), numbers.outcome, rules);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == "binning.rules");
  CHECK(refused.error().message.find("has no events") != std::string::npos);
}

TEST_CASE(
    "bins of a person: the optimum's own bins are certified as optimal, others with a bound") {
  const Numbers numbers = ages();
  VariableRules rules;
  rules.specials = {{"no record", {-9}, {}}};
  rules.binning.trend = Trend::descending;
  const Binning best = binned(numbers.column(), numbers.outcome, rules);
  const Binning same = binned_as(numbers.column(), numbers.outcome, best.cells, rules);
  CHECK(same.cells == best.cells);
  CHECK(same.iv == best.iv);
  CHECK(same.certificate.objective == doctest::Approx(best.certificate.objective));
  const Cells cells = Cells::of_numbers({30, 45.5}, rules.specials);
  const Binning other = binned_as(numbers.column(), numbers.outcome, cells, rules);
  CHECK(other.cells == cells);
  CHECK(other.rows.size() == 5);
  CHECK(other.rows[0].tally.records == 400);
  CHECK(other.rows[1].tally.records == 640);
  CHECK(other.iv < best.iv);
  CHECK(other.certificate.optimality == Optimality::feasible);
  CHECK(other.certificate.bound > other.certificate.objective);
  CHECK(other.notes.empty());
}

TEST_CASE("bins of a person: what is against the rules, empty or unnamed is said") {
  const Numbers numbers = ages();
  VariableRules rules;
  rules.binning.trend = Trend::ascending;
  const Binning wrong = binned_as(numbers.column(), numbers.outcome,
                                  Cells::of_numbers({30, 50}, {{"no record", {-9}, {}}}), rules);
  REQUIRE(wrong.notes.size() == 1);
  CHECK(wrong.notes[0].text.en == "against the rules: the rates are not ascending");
  const Binning empty = binned_as(numbers.column(), numbers.outcome,
                                  Cells::of_numbers({-9.5, 30, 30.5, 200}, {}), {});
  CHECK(empty.rows.size() == 6);
  for (std::size_t bin : {0U, 4U}) {
    CHECK(empty.rows[bin].fallback);
    CHECK(empty.rows[bin].woe == 0);
  }
  CHECK(empty.rows[2].tally.records == 40);
  const Texts texts = towns();
  const Binning named =
      binned_as(texts.column(), texts.outcome,
                Cells::of_texts({{"Lille"}, {"Paris", "Brest"}, {}}, {{"none", {}, {"-"}}}), {});
  CHECK(named.rows[0].tally.records == 200);
  CHECK(named.rows[1].tally.records == 400);
  CHECK(named.rows[2].tally.records == 0);
  CHECK(row_of(named, named.cells.special(0)).tally.records == 30);
  CHECK(row_of(named, named.cells.unknown()).tally.records == 200);
  auto refused = bin_as(texts.column(), texts.outcome, Cells::of_numbers({1}, {}), {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == "binning.rules");
}

TEST_CASE("json: the table holds every cell with its counts, and each number reads back") {
  const Numbers numbers = ages();
  VariableRules rules;
  rules.specials = {{"no record", {-9}, {}}};
  const Binning binning = binned(numbers.column(), numbers.outcome, rules);
  const Json json = to_json(binning);
  auto parsed = parse_json(to_canonical_json(json));
  REQUIRE(parsed);
  CHECK(to_canonical_json(*parsed) == to_canonical_json(json));
  const Json::Array& table = *json.find("table")->array();
  REQUIRE(table.size() == binning.rows.size());
  CHECK(*table[0].find("kind")->string() == "bin");
  CHECK(table[0].find("from")->is_null());
  CHECK(std::stod(table[0].find("to")->number()->text) == binning.cells.edges()[0]);
  CHECK(std::stod(table[0].find("woe")->number()->text) == binning.rows[0].woe);
  CHECK(*table[table.size() - 2].find("name")->string() == "no record");
  CHECK(*table.back().find("kind")->string() == "missing");
  CHECK(json.find("candidates")->array()->size() == 6);
  CHECK(*json.find("certificate")->find("optimality")->string() == "optimal");
}

TEST_CASE("heloc: special codes stay apart with the risk that each of them has") {
  const std::filesystem::path path = CREDENCE_SHARED "/data/heloc/heloc.csv";
  if (!std::filesystem::exists(path)) {
    MESSAGE("skipped: the HELOC data are not here");
    return;
  }
  std::ifstream file{path};
  std::string line, cell;
  std::getline(file, line);
  std::vector<std::string> names;
  for (std::istringstream header{line}; std::getline(header, cell, ',');) {
    std::erase_if(cell, [](char c) { return c == '"' || c == '\r'; });
    names.push_back(cell);
  }
  std::map<std::string, std::vector<double>> columns;
  Outcome outcome;
  while (std::getline(file, line)) {
    std::istringstream row{line};
    for (const std::string& name : names) {
      std::getline(row, cell, ',');
      if (name == "RiskPerformance") {
        outcome.bad.push_back(cell.find("Bad") != std::string::npos ? 1 : 0);
      } else {
        columns[name].push_back(std::stod(cell));
      }
    }
  }
  REQUIRE(outcome.bad.size() == 10459);
  VariableRules rules;
  rules.specials = {{"no bureau record", {-9}, {}},
                    {"no usable trades", {-8}, {}},
                    {"condition not met", {-7}, {}}};
  double cells[3] = {};
  for (const auto& [name, values] : columns) {
    CAPTURE(name);
    const Binning binning = binned(Column::of_numbers(name, values), outcome, rules);
    CHECK(binning.total_records() == 10459);
    CHECK(binning.certificate.optimality == Optimality::optimal);
    CHECK(binning.cells.bins() > 1);
    for (int code = 0; code < 3; ++code)
      cells[code] +=
          row_of(binning, binning.cells.special(static_cast<std::size_t>(code))).tally.records;
  }
  CHECK(cells[0] == 13534);
  CHECK(cells[1] == 6114);
  CHECK(cells[2] == 6519);
  const Binning inquiries =
      binned(Column::of_numbers("x", columns["MSinceMostRecentInqexcl7days"]), outcome, rules);
  CHECK(row_of(inquiries, inquiries.cells.special(1)).tally.rate() ==
        doctest::Approx(0.170).epsilon(0.01));
  CHECK(row_of(inquiries, inquiries.cells.special(2)).tally.rate() ==
        doctest::Approx(0.613).epsilon(0.01));
  CHECK(row_of(inquiries, inquiries.cells.special(1)).woe > 0);
  CHECK(row_of(inquiries, inquiries.cells.special(2)).woe < 0);
}
