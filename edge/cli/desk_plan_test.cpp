#include <credence/cli/desk_plan.h>
#include <credence/cli/desk_screen.h>
#include <credence/cli/desk_view.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace credence;

namespace {

using Desk = BinDesk;

Desk desk_of(const TrainingPlan& plan, const std::string& texts_name = "purpose") {
  std::mt19937_64 random{7};
  std::uniform_real_distribution<double> uniform;
  std::vector<double> values;
  std::vector<std::int32_t> texts;
  Outcome outcome;
  for (int i = 0; i < 3000; ++i) {
    values.push_back(std::floor(uniform(random) * 60));
    texts.push_back(static_cast<std::int32_t>(random() % 4));
    outcome.bad.push_back(uniform(random) < 0.1 + values.back() / 150 + 0.05 * texts.back() ? 1
                                                                                            : 0);
  }
  std::vector<Desk::Input> inputs;
  for (Column column :
       {Column::of_numbers("use", values),
        Column::of_texts(texts_name, texts, {"car", "a \"b\" \\ c", "été", "\x1b[2J"})})
    inputs.push_back({.column = column, .rules = plan.rules_of(column.name(), column.kind())});
  return {std::move(inputs), std::move(outcome), 1};
}

TrainingPlan plan_of(const std::string& text) {
  ReadPlan read = read_plan(text, "plan.toml");
  REQUIRE(read.plan);
  return *read.plan;
}

std::string written(const Desk& desk, const std::string& text) {
  std::vector<DeskDecision> decisions;
  for (std::size_t i = 0; i < desk.size(); ++i)
    decisions.push_back({&desk.column(i), desk.state(i).get()});
  auto result = with_decisions({.path = "plan.toml", .exists = true, .text = text}, decisions);
  if (auto* finding = std::get_if<Finding>(&result)) FAIL(finding->message.en);
  return std::get<std::string>(result);
}

void done(Desk& desk, const Desk::Command& command) {
  auto answer = desk.apply(command);
  if (auto* finding = std::get_if<Finding>(&answer)) FAIL(finding->message.en);
}

}  // namespace

TEST_CASE("desk plan: bins by hand, rules and places are read back as they were decided") {
  const std::string before = "# mine\nid = \"x\"\n[defaults]\nmax_bins = 7\nmin_bins = 2\n";
  Desk desk = desk_of(plan_of(before));
  done(desk, Desk::SetBins{});
  done(desk, Desk::SetTrend{Trend::ascending});
  done(desk, Desk::SetLeastShare{0.07});
  done(desk, Desk::Split{1, 3.25});
  done(desk, Desk::GiveReason{"say \"no\" \\ # here, là"});
  done(desk, Desk::SetPlace{Desk::Place::kept});
  done(desk, Desk::Go{"purpose"});
  done(desk, Desk::Join{1, 3});
  done(desk, Desk::GiveReason{"alike"});
  const std::string after = written(desk, before);
  CHECK(after.starts_with(before));
  const TrainingPlan plan = plan_of(after);
  const TrainingPlan::Variable* use = plan.find("use");
  REQUIRE(use != nullptr);
  CHECK(*use->bins == desk.state(0)->bins->cells);
  CHECK(use->bins_because == "say \"no\" \\ # here, là");
  CHECK(use->keep);
  CHECK(use->rules.binning.trend == Trend::ascending);
  CHECK(use->rules.binning.min_bin_share == 0.07);
  CHECK(use->rules.binning.max_bins == 1000);
  const TrainingPlan::Variable* purpose = plan.find("purpose");
  REQUIRE(purpose != nullptr);
  CHECK(*purpose->bins == desk.state(1)->bins->cells);
  CHECK(purpose->kind == Column::Kind::text);
  // The same decisions again change nothing.
  CHECK(written(desk, after) == after);
}

TEST_CASE("desk plan: what is taken back leaves the plan as it was in substance") {
  Desk desk = desk_of({});
  done(desk, Desk::Join{1});
  done(desk, Desk::GiveReason{"so"});
  done(desk, Desk::SetPlace{Desk::Place::left_out});
  const std::string first = written(desk, "");
  CHECK(plan_of(first).find("use")->leave_out);
  done(desk, Desk::TakeBest{});
  done(desk, Desk::SetPlace{Desk::Place::by_selection});
  const TrainingPlan plan = plan_of(written(desk, first));
  CHECK_FALSE(plan.find("use")->bins);
  CHECK_FALSE(plan.find("use")->leave_out);
}

TEST_CASE("desk plan: a desk without decisions writes nothing") {
  const std::string text = "[[variable]]\nname = \"use\"\nmin_gap = 3\n";
  CHECK(written(desk_of(plan_of(text)), text) == text);
}

TEST_CASE("desk plan: a plan that cannot hold a name is refused, and not broken") {
  Desk desk = desk_of({}, std::string(300, 'n'));
  done(desk, Desk::Go{std::string(300, 'n')});
  done(desk, Desk::SetPlace{Desk::Place::left_out});
  const DeskDecision decision{&desk.column(1), desk.state(1).get()};
  const auto result = with_decisions({.path = "p", .exists = false, .text = ""}, {decision});
  REQUIRE(std::holds_alternative<Finding>(result));
  CHECK_FALSE(std::get<Finding>(result).message.fr.empty());
}

TEST_CASE(
    "desk screen: every size has a picture of at most so many lines, with the chosen bin in it") {
  for (const Language language : {Language::en, Language::fr}) {
    DeskSession session(desk_of({}), {}, Tongue{language});
    for (int columns : {1, 5, 20, 40, 60, 80, 120, 300})
      for (int rows : {1, 2, 3, 6, 10, 24, 60})
        for (int bin : {1, 4}) {
          DeskPicture picture{.bin = bin};
          picture.told = {"something was told", "and a second thing"};
          picture.typed = std::string(200, 'x');
          const auto lines = desk_screen(session, picture, {columns, rows});
          CHECK(lines.size() <= static_cast<std::size_t>(rows));
          const bool shows = std::ranges::any_of(
              lines, [](const std::string& line) { return line.starts_with("> "); });
          if (rows >= 10 && columns >= 40) CHECK(shows);
          for (const std::string& line : lines)
            if (columns >= 40) CHECK(characters(line) <= static_cast<std::size_t>(columns));
        }
  }
}

TEST_CASE("desk screen: lines break between words, and inside of those that are too long") {
  CHECK(wrapped("one two three", 7) == std::vector<std::string>{"one two", "three"});
  CHECK(wrapped("éééé é", 3) == std::vector<std::string>{"ééé", "é é"});
  CHECK(wrapped("", 5) == std::vector<std::string>{""});
  CHECK(wrapped("abc", 0) == std::vector<std::string>{"a", "b", "c"});
}

TEST_CASE("desk view: what the data brings along does not steer the terminal") {
  CHECK(printable("a\x1b[2Jb\tc\x7f\n\xc2\x9b") ==
        "a\xef\xbf\xbd[2Jb\xef\xbf\xbd"
        "c\xef\xbf\xbd\n\xef\xbf\xbd");
  DeskSession session(desk_of({}), {}, Tongue{Language::en});
  for (const char* line : {"go purpose", "list", "show", "proof", "join 1",
                           "write \"no\\\\such/\x1b\"", "go \"\x1b\""})
    CHECK(session.run_line(line).text.find('\x1b') == std::string::npos);
  for (const std::string& line : desk_screen(session, {}, {80, 24}))
    CHECK(line.find('\x1b') == std::string::npos);
}

TEST_CASE("desk session: leaving is asked about as long as something is not written") {
  DeskSession session(desk_of({}), {}, Tongue{Language::en});
  using Ending = DeskSession::Ending;
  CHECK(session.run_line("join 1").ending == Ending::done);
  CHECK(session.unwritten() == std::vector<std::string>{"use"});
  CHECK(session.run_line("quit").ending == Ending::refused);
  CHECK(session.run_line("write").ending == Ending::refused);
  CHECK(session.run_line("quit without writing").ending == Ending::leave);
  CHECK(session.run_line("undo").ending == Ending::done);
  CHECK(session.unwritten().empty());
  CHECK(session.run_line("quit").ending == Ending::leave);
}
