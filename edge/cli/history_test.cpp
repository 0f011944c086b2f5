#include <credence/charter/charter.h>
#include <credence/cli/actions_file.h>
#include <credence/cli/bin_label.h>
#include <credence/cli/history.h>
#include <credence/cli/inputs.h>
#include <credence/terminal/bars.h>
#include <doctest/doctest.h>

#include <limits>

using namespace credence;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

IntakeTable history_of(std::vector<Column> columns) {
  IntakeTable history;
  history.file = "history.csv";
  std::size_t rows = columns.front().size();
  history.table = Table(rows, std::move(columns));
  history.lines = {{0, 2}};
  return history;
}

Arguments asked(std::map<std::string, std::vector<std::string>> values) {
  Arguments arguments;
  arguments.values = std::move(values);
  return arguments;
}

}  // namespace

TEST_CASE("outcome: 0 and 1 say it by themselves, other values only with the bad ones named") {
  IntakeTable history = history_of({Column::of_numbers("y", {0, 1, 1}),
                                    Column::of_texts("s", {0, 1, 2}, {"A", "B", "C"}),
                                    Column::of_numbers("w", {1, 2, 0.5})});
  auto plain = read_outcome(history, asked({{"target", {"y"}}}));
  REQUIRE(bool(plain));
  CHECK(plain->bad == std::vector<std::uint8_t>{0, 1, 1});
  CHECK(read_outcome(history, asked({{"target", {"s"}}})).error().code == "target.values");
  auto named =
      read_outcome(history, asked({{"target", {"s"}}, {"bad", {"B", "C"}}, {"weight", {"w"}}}));
  REQUIRE(bool(named));
  CHECK(named->bad == std::vector<std::uint8_t>{0, 1, 1});
  CHECK(named->weights[2] == 0.5);
  CHECK(read_outcome(history, asked({{"target", {"s"}}, {"bad", {"D"}}})).error().code ==
        "target.values");
  CHECK(read_outcome(history, asked({{"target", {"w"}}, {"bad", {"0.50"}}}))->bad[2] == 1);
}

TEST_CASE(
    "outcome: rows without one, one class and weights that do not weigh are refused with the "
    "line") {
  IntakeTable history =
      history_of({Column::of_numbers("y", {0, kNaN, 1}), Column::of_numbers("g", {0, 0, 0}),
                  Column::of_numbers("z", {0, 1, 0}), Column::of_numbers("w", {1, -2, 0})});
  Error missing = read_outcome(history, asked({{"target", {"y"}}})).error();
  CHECK(missing.code == "target.missing");
  CHECK(missing.message.find("line 3") != std::string::npos);
  CHECK(read_outcome(history, asked({{"target", {"g"}}})).error().code == "target.one_class");
  CHECK(bool(read_batch_outcome(history, asked({{"target", {"g"}}}))));
  Error weight = read_outcome(history, asked({{"target", {"z"}}, {"weight", {"w"}}})).error();
  CHECK(weight.code == "target.weight");
  CHECK(weight.message.find("-2 in line 3") != std::string::npos);
}

TEST_CASE("inputs: names and answers that betray are kept out, rows' own marks are left out") {
  std::vector<double> numbers;
  for (int i = 0; i < 100; ++i) numbers.push_back(7 + i);
  Table table(100, {Column::of_numbers("AGE", std::vector<double>(100, 1)),
                    Column::of_texts("status", std::vector<std::int32_t>(100, 0), {"married"}),
                    Column::of_texts("opened", std::vector<std::int32_t>(100, 0), {"2026-01-31"}),
                    Column::of_numbers("id", numbers),
                    Column::of_numbers("debt", std::vector<double>(100, 2))});
  auto betrayed = betrayed_columns(table, Charter::builtin().catalogue());
  REQUIRE(betrayed.size() == 2);
  CHECK(betrayed[0].column == "AGE");
  CHECK(betrayed[1].value == "married");
  auto markers = row_markers(table);
  REQUIRE(markers.size() == 2);
  CHECK(markers[0].why == NoInput::Why::dates);
  CHECK(markers[1].why == NoInput::Why::numbers);
}

TEST_CASE("bars: a share becomes eighths of blocks, and nothing that is no number breaks them") {
  CHECK(bar(0.5, 4) == "██  ");
  CHECK(bar(1.0 / 32, 4) == "▏   ");
  CHECK(bar(kNaN, 2) == "  ");
  CHECK(bar(7, 2) == "██");
  CHECK(two_sided_bar(-1, 2) == "██│  ");
  CHECK(with_commas(1234567) == "1,234,567");
  CHECK(with_commas(-999) == "-999");
  CHECK(left_aligned("é", 3) == "é  ");
  CHECK(left_aligned("abcdef", 3) == "ab…");
}

TEST_CASE("bins: each cell has a name that a person reads") {
  Cells cells = Cells::of_numbers({3, 7.5}, {{.name = "-9", .numbers = {-9}, .texts = {}}});
  CHECK(bin_label(cells, 0, Tongue{Language::en}) == "below 3");
  CHECK(bin_label(cells, 1, Tongue{Language::en}) == "3 to below 7.5");
  CHECK(bin_label(cells, 2, Tongue{Language::en}) == "7.5 or more");
  CHECK(bin_label(cells, 3, Tongue{Language::en}) == "code -9");
  CHECK(bin_label(cells, 4, Tongue{Language::en}) == "missing");
  CHECK(bin_label(cells, 1, Tongue{Language::fr}) == "3 à moins de 7,5");
  CHECK(bin_label(cells, 4, Tongue{Language::fr}) == "manquant");
}

TEST_CASE(
    "actions: a file says what people can do, and a wrong key or value is shown where it stands") {
  auto plan = read_actions(
      "most_changes = 2\nimmutable = [\"a\"]\n[others]\nmay = \"fall\"\n"
      "[[variable]]\nname = \"b\"\nper_month = 1\ncost = \"percentile\"\n",
      "a.toml");
  REQUIRE(bool(plan));
  CHECK(plan->most_changes == 2);
  CHECK_FALSE(plan->others->may_rise);
  CHECK(plan->variables[0].per_month == 1.0);
  CHECK(plan->variables[0].cost == MoveCost::percentile);
  for (const char* wrong :
       {"most_chnges = 2", "most_changes = -1", "most_changes = 1.5", "immutable = 3",
        "together = [3]", "variable = 3", "[[variable]]\nmonths = 1", "[others]\nmay = \"jump\"",
        "cost_rule = \"dear\"", "others = 3", "immutable = [1]"}) {
    CAPTURE(wrong);
    auto refused = read_actions(wrong, "a.toml");
    REQUIRE_FALSE(bool(refused));
    CHECK(refused.error().code.starts_with("actions."));
    CHECK(refused.error().where.line > 0);
  }
  CHECK(read_actions("= 1", "a.toml").error().where.line == 1);
}
