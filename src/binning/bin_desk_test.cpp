#include <credence/binning/best_cut.h>
#include <credence/binning/bin_desk.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace credence;

namespace {

using Desk = BinDesk;

// A rate that rises with the value, in steps at 20, 50 and 80; texts with rates of their own.
struct Rows {
  std::vector<double> values;
  std::vector<std::int32_t> texts;
  Outcome outcome;
};

Rows history(std::uint64_t seed, std::size_t size) {
  std::mt19937_64 random{seed};
  std::uniform_real_distribution<double> uniform;
  Rows rows;
  for (std::size_t i = 0; i < size; ++i) {
    const double value = std::floor(uniform(random) * 100);
    const auto text = static_cast<std::int32_t>(random() % 5);
    double rate = value < 20 ? 0.05 : value < 50 ? 0.15 : value < 80 ? 0.3 : 0.5;
    rate *= text == 0 ? 0.5 : text == 4 ? 1.6 : 1;
    rows.values.push_back(uniform(random) < 0.05 ? -9 : value);
    rows.texts.push_back(uniform(random) < 0.03 ? -1 : text);
    rows.outcome.bad.push_back(uniform(random) < rate ? 1 : 0);
  }
  return rows;
}

Desk desk_of(const Rows& rows, VariableRules rules = {}) {
  Desk::Input numbers{.column = Column::of_numbers("use", rows.values), .rules = rules};
  numbers.rules.specials = {{"no record", {-9}, {}}};
  Desk::Input texts{
      .column = Column::of_texts("purpose", rows.texts, {"house", "car", "trip", "debts", "boat"}),
      .rules = rules};
  return {{std::move(numbers), std::move(texts)}, rows.outcome, 2};
}

Desk::Change done(Desk& desk, const Desk::Command& command) {
  auto answer = desk.apply(command);
  if (auto* refused = std::get_if<Finding>(&answer)) FAIL(refused->message.en);
  return std::get<Desk::Change>(answer);
}

void refused(Desk& desk, const Desk::Command& command, const std::string& code) {
  const Desk::Held before = desk.state(desk.at());
  const std::size_t undoable = desk.undoable(), at = desk.at();
  const auto answer = desk.apply(command);
  REQUIRE(std::holds_alternative<Finding>(answer));
  const auto& finding = std::get<Finding>(answer);
  CHECK(finding.code == code);
  CHECK_FALSE(finding.message.en.empty());
  CHECK_FALSE(finding.message.fr.empty());
  CHECK_FALSE(finding.help.en.empty());
  CHECK_FALSE(finding.help.fr.empty());
  CHECK(desk.state(desk.at()) == before);
  CHECK(desk.undoable() == undoable);
  CHECK(desk.at() == at);
}

std::vector<double> edges(const Desk& desk) {
  const auto all = desk.current().bins->cells.edges();
  return {all.begin(), all.end()};
}

std::string written(const Desk::State& state) {
  return to_pretty_json(to_json(*state.bins)) + state.because + std::to_string(state.by_hand) +
         std::to_string(static_cast<int>(state.place)) +
         std::to_string(static_cast<int>(state.rules.binning.trend)) +
         std::to_string(state.rules.binning.max_bins.value_or(-1));
}

}  // namespace

TEST_CASE("bin desk: it opens on the optimum of each variable, as bin() gives it") {
  const Rows rows = history(1, 4000);
  const Desk desk = desk_of(rows);
  REQUIRE(desk.size() == 2);
  for (std::size_t i = 0; i < desk.size(); ++i) {
    const Desk::State& state = *desk.state(i);
    auto best = bin(desk.column(i), rows.outcome, state.rules);
    REQUIRE(best);
    CHECK(to_pretty_json(to_json(*best)) == to_pretty_json(to_json(*state.bins)));
    CHECK(state.bins == state.best);
    CHECK_FALSE(state.by_hand);
    CHECK(broken_rules(state) == BrokenRules{});
    CHECK(worth_of_bins(state) == worth_of_best(state));
  }
}

TEST_CASE("bin desk: what a hand makes has the tallies of bin_as") {
  const Rows rows = history(2, 4000);
  Desk desk = desk_of(rows);
  const auto before = edges(desk);
  REQUIRE(before.size() >= 3);
  const Desk::Change change = done(desk, Desk::Join{2});
  auto after = before;
  after.erase(after.begin() + 1);
  CHECK(edges(desk) == after);
  CHECK(change.before->bins->cells.bins() == change.after->bins->cells.bins() + 1);
  CHECK(desk.current().by_hand);
  VariableRules rules = desk.current().rules;
  rules.binning.trend = desk.current().best->trend;
  auto same = bin_as(desk.column(0), rows.outcome, desk.current().bins->cells, rules);
  REQUIRE(same);
  CHECK(to_pretty_json(to_json(*same)) == to_pretty_json(to_json(*desk.current().bins)));
  CHECK(*worth_of_bins(desk.current()) < *worth_of_best(desk.current()));
}

TEST_CASE("bin desk: bins from one to another join, and of texts the two that are named") {
  const Rows rows = history(3, 4000);
  Desk desk = desk_of(rows);
  const auto before = edges(desk);
  done(desk, Desk::Join{3, 1});
  CHECK(edges(desk) == std::vector<double>(before.begin() + 2, before.end()));
  done(desk, Desk::Step{1});
  const auto groups = desk.current().bins->cells.groups();
  REQUIRE(groups.size() >= 3);
  const std::size_t bins = groups.size();
  auto together = groups[0];
  together.insert(together.end(), groups[bins - 1].begin(), groups[bins - 1].end());
  done(desk, Desk::Join{static_cast<int>(bins), 1});
  CHECK(desk.current().bins->cells.bins() == static_cast<int>(bins) - 1);
  CHECK(desk.current().bins->cells.groups()[0] == together);
}

TEST_CASE("bin desk: a split at a value, and an edge that moves, lie where they are asked for") {
  Desk desk = desk_of(history(4, 4000));
  done(desk, Desk::SetBins{2, 2});
  const double edge = edges(desk)[0];
  done(desk, Desk::Split{1, 10.5});
  CHECK(edges(desk) == std::vector<double>{10.5, edge});
  done(desk, Desk::MoveEdge{1, 12.0});
  CHECK(edges(desk) == std::vector<double>{12, edge});
  // The very edge again decides nothing.
  const std::size_t decisions = desk.undoable();
  done(desk, Desk::MoveEdge{1, 12.0});
  CHECK(desk.undoable() == decisions);
}

TEST_CASE("bin desk: the best cut of a bin is the best of all cuts of it, tried one by one") {
  for (std::uint64_t seed = 10; seed < 20; ++seed) {
    const Rows rows = history(seed, 1500);
    const Column column = Column::of_numbers("use", rows.values);
    VariableRules rules;
    rules.binning.trend = Trend::ascending;
    const Cells cells = Cells::of_numbers({50}, {{"no record", {-9}, {}}});
    for (int bin : {0, 1}) {
      double best = -1, at = 0;
      for (double edge = bin == 0 ? 0.5 : 50.5; edge < (bin == 0 ? 50 : 99); edge += 1) {
        std::vector<double> three = {50, edge};
        std::ranges::sort(three);
        auto tried = bin_as(column, rows.outcome,
                            Cells::of_numbers(three, {{"no record", {-9}, {}}}), rules);
        REQUIRE(tried);
        const bool breaks = tried->is_told(BinningNote::About::broken_rules);
        if (!breaks && tried->certificate.objective > best * (1 + 1e-12))
          best = tried->certificate.objective, at = edge;
      }
      auto cut = best_cut(column, rows.outcome, cells, bin, rules);
      REQUIRE(cut);
      REQUIRE(std::holds_alternative<BestCut>(*cut) == (best > 0));
      if (best > 0) CHECK(std::get<BestCut>(*cut).at == at);
    }
  }
}

TEST_CASE("bin desk: a cut of a bin with very many values is found among parts of like size") {
  std::mt19937_64 random{5};
  std::uniform_real_distribution<double> uniform;
  std::vector<double> values;
  Outcome outcome;
  for (int i = 0; i < 5000; ++i) {
    values.push_back(uniform(random));
    outcome.bad.push_back(uniform(random) < (values.back() < 0.4 ? 0.1 : 0.5) ? 1 : 0);
  }
  VariableRules rules;
  rules.binning.trend = Trend::none;
  auto cut =
      best_cut(Column::of_numbers("x", values), outcome, Cells::of_numbers({}, {}), 0, rules);
  REQUIRE(cut);
  CHECK(std::get<BestCut>(*cut).thinned);
  CHECK(std::get<BestCut>(*cut).at == doctest::Approx(0.4).epsilon(0.03));
}

TEST_CASE("bin desk: a group of texts is cut in the order of its rates, and texts change groups") {
  Desk desk = desk_of(history(6, 6000));
  done(desk, Desk::Step{1});
  while (desk.current().bins->cells.bins() > 1) done(desk, Desk::Join{1});
  done(desk, Desk::Split{1});
  REQUIRE(desk.current().bins->cells.bins() == 2);
  const auto rates = desk.current().bins->rows;
  CHECK(rates[0].tally.rate() < rates[1].tally.rate());
  done(desk, Desk::TakeOut{"car"});
  CHECK(desk.current().bins->cells.bins() == 3);
  const int alone = desk.current().bins->cells.of("car");
  CHECK(desk.current().bins->cells.groups()[static_cast<std::size_t>(alone)].size() == 1);
  const int last = desk.current().bins->cells.bins();
  if (alone + 1 != last) {
    done(desk, Desk::PutInto{"car", last});
    CHECK(desk.current().bins->cells.bins() == 2);  // the group that was left empty is gone
    CHECK(desk.current().bins->cells.of("car") == desk.current().bins->cells.bins() - 1);
  }
}

TEST_CASE("bin desk: rules are solved anew, with the certificate of their optimum") {
  Desk desk = desk_of(history(7, 4000));
  done(desk, Desk::SetBins{3, 3});
  CHECK(desk.current().bins->cells.bins() == 3);
  CHECK(desk.current().bins->certificate.optimality == Optimality::optimal);
  CHECK_FALSE(desk.current().by_hand);
  done(desk, Desk::SetTrend{Trend::ascending});
  CHECK(desk.current().bins->trend == Trend::ascending);
  done(desk, Desk::SetBins{});
  done(desk, Desk::SetLeastShare{0.3});
  for (int bin = 0; bin < desk.current().bins->cells.bins(); ++bin)
    CHECK(desk.current().bins->rows[static_cast<std::size_t>(bin)].tally.records >= 0.3 * 4000);
  done(desk, Desk::Join{1});
  done(desk, Desk::GiveReason{"fewer is plainer"});
  done(desk, Desk::TakeBest{});
  CHECK(desk.current().bins == desk.current().best);
  CHECK(desk.current().because.empty());
}

TEST_CASE("bin desk: bins by hand that are the optimum's again are no override") {
  Desk desk = desk_of(history(8, 4000));
  const double edge = edges(desk)[0];
  done(desk, Desk::Join{1});
  CHECK(desk.current().by_hand);
  done(desk, Desk::Split{1, edge});
  CHECK_FALSE(desk.current().by_hand);
  CHECK(desk.current().bins == desk.current().best);
}

TEST_CASE("bin desk: what bins break is told by their numbers") {
  Rows rows = history(9, 6000);
  Desk desk = desk_of(rows);
  done(desk, Desk::SetTrend{Trend::ascending});
  done(desk, Desk::SetBins{2, 2});
  done(desk, Desk::Split{2, 98.0});
  const BrokenRules broken = broken_rules(desk.current());
  CHECK(broken.too_small == std::vector<int>{3});
  done(desk, Desk::SetBins{});
  done(desk, Desk::SetTrend{Trend::descending});
  while (desk.current().bins->cells.bins() > 1) done(desk, Desk::Join{1});
  CHECK(broken_rules(desk.current()).against_trend.empty());
  done(desk, Desk::Split{1, 50.0});
  CHECK(broken_rules(desk.current()).against_trend == std::vector<int>{2});
}

TEST_CASE("bin desk: undo and redo give back the very states, however many and wherever") {
  std::mt19937_64 random{11};
  for (int round = 0; round < 10; ++round) {
    Desk desk = desk_of(history(100 + random() % 50, 800));
    std::vector<std::string> first = {written(*desk.state(0)), written(*desk.state(1))};
    std::vector<std::vector<std::string>> seen = {first};
    for (int i = 0; i < 40; ++i) {
      const int bin = 1 + static_cast<int>(random() % 5);
      const std::vector<Desk::Command> all = {
          Desk::Join{bin},
          Desk::Split{bin},
          Desk::Split{bin, static_cast<double>(random() % 100)},
          Desk::MoveEdge{bin, static_cast<double>(random() % 100)},
          Desk::TakeOut{"car"},
          Desk::PutInto{"trip", bin},
          Desk::SetBins{1, bin},
          Desk::SetTrend{static_cast<Trend>(random() % 8)},
          Desk::SetPlace{static_cast<Desk::Place>(random() % 3)},
          Desk::GiveReason{"reason " + std::to_string(i)},
          Desk::TakeBest{},
          Desk::Step{random() % 2 == 0 ? 1 : -1}};
      const std::size_t before = desk.undoable();
      desk.apply(all[random() % all.size()]);
      if (desk.undoable() == before) continue;
      seen.push_back({written(*desk.state(0)), written(*desk.state(1))});
    }
    REQUIRE(seen.size() == desk.undoable() + 1);
    for (std::size_t i = seen.size() - 1; i > 0; --i) {
      CHECK(std::vector{written(*desk.state(0)), written(*desk.state(1))} == seen[i]);
      done(desk, Desk::Undo{});
    }
    CHECK(std::vector{written(*desk.state(0)), written(*desk.state(1))} == first);
    refused(desk, Desk::Undo{}, "desk.undo");
    for (std::size_t i = 1; i < seen.size(); ++i) {
      done(desk, Desk::Redo{});
      CHECK(std::vector{written(*desk.state(0)), written(*desk.state(1))} == seen[i]);
    }
    refused(desk, Desk::Redo{}, "desk.redo");
  }
}

TEST_CASE("bin desk: a decision after an undo forgets what was undone") {
  Desk desk = desk_of(history(12, 3000));
  done(desk, Desk::Join{1});
  done(desk, Desk::Undo{});
  CHECK(desk.redoable() == 1);
  done(desk, Desk::SetPlace{Desk::Place::left_out});
  refused(desk, Desk::Redo{}, "desk.redo");
}

TEST_CASE("bin desk: what cannot be is refused, and changes nothing") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinite = std::numeric_limits<double>::infinity();
  Desk desk = desk_of(history(13, 3000));
  const int bins = desk.current().bins->cells.bins();
  for (int bin :
       {0, -1, bins + 1, std::numeric_limits<int>::max(), std::numeric_limits<int>::min()}) {
    refused(desk, Desk::Join{bin}, "desk.bin");
    refused(desk, Desk::Join{1, bin}, "desk.bin");
    refused(desk, Desk::Split{bin}, "desk.bin");
    refused(desk, Desk::Split{bin, 10.0}, "desk.bin");
  }
  refused(desk, Desk::Join{bins}, "desk.bin");
  refused(desk, Desk::Join{1, 1}, "desk.bin");
  for (double value : {nan, infinite, -infinite}) {
    refused(desk, Desk::Split{1, value}, "desk.edge");
    refused(desk, Desk::MoveEdge{1, value}, "desk.edge");
    refused(desk, Desk::SetLeastShare{value}, "desk.share");
  }
  refused(desk, Desk::Split{1, edges(desk)[0]}, "desk.edge");
  refused(desk, Desk::Split{1, 1e300}, "desk.edge");
  refused(desk, Desk::Split{1, -1e300}, "desk.empty");
  refused(desk, Desk::Split{bins, 1e300}, "desk.empty");
  refused(desk, Desk::MoveEdge{0, 3}, "desk.edge");
  refused(desk, Desk::MoveEdge{bins, 3}, "desk.edge");
  refused(desk, Desk::MoveEdge{1, edges(desk)[1]}, "desk.edge");
  refused(desk, Desk::SetLeastShare{-0.1}, "desk.share");
  refused(desk, Desk::SetLeastShare{1.1}, "desk.share");
  refused(desk, Desk::SetBins{5, 2}, "desk.bins");
  refused(desk, Desk::SetBins{0, 0}, "desk.bins");
  refused(desk, Desk::SetBins{2000, 2000}, "desk.bins");
  refused(desk, Desk::SetBins{900, 900}, "binning.infeasible");
  refused(desk, Desk::TakeOut{"car"}, "desk.kind");
  refused(desk, Desk::PutInto{"car", 1}, "desk.kind");
  refused(desk, Desk::GiveReason{"why"}, "desk.because");
  refused(desk, Desk::Step{-1}, "desk.first");
  refused(desk, Desk::Step{2}, "desk.last");
  refused(desk, Desk::Go{"usage"}, "desk.variable");
  refused(desk, Desk::Go{""}, "desk.variable");
  done(desk, Desk::Go{"purpose"});
  refused(desk, Desk::Split{1, 10.0}, "desk.kind");
  refused(desk, Desk::MoveEdge{1, 10.0}, "desk.kind");
  refused(desk, Desk::TakeOut{"cat"}, "desk.text");
  refused(desk, Desk::PutInto{"cat", 1}, "desk.text");
  refused(desk, Desk::PutInto{"car", 0}, "desk.bin");
  done(desk, Desk::Go{"use"});
  done(desk, Desk::Join{1});
  for (const std::string& reason :
       {std::string{}, std::string{"  "}, std::string(2000, 'a'), std::string{"\xff"}})
    refused(desk, Desk::GiveReason{reason}, "desk.because");
}

TEST_CASE("bin desk: a bin of one value is not cut") {
  std::vector<double> values;
  Outcome outcome;
  for (int i = 0; i < 400; ++i) {
    values.push_back(i % 4);
    outcome.bad.push_back(i % 5 < i % 4 ? 1 : 0);
  }
  Desk desk({{.column = Column::of_numbers("n", values), .rules = {}}}, outcome, 1);
  while (desk.current().bins->cells.bins() > 1) done(desk, Desk::Join{1});
  done(desk, Desk::Split{1, 1.0});
  refused(desk, Desk::Split{1}, "desk.cut");
  refused(desk, Desk::Split{1, 0.5}, "desk.empty");
}

TEST_CASE(
    "bin desk: a column that cannot be binned is shown with its reason, and can be left out") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  Desk desk({{.column = Column::of_numbers("gone", std::vector<double>(100, nan)), .rules = {}}},
            history(14, 100).outcome, 1);
  CHECK(desk.current().no_best->code == "binning.all_missing");
  CHECK(desk.current().no_best->message.fr.starts_with("« gone » : aucune ligne n'a de valeur"));
  CHECK(desk.current().no_best->help.fr.starts_with("laissez cette variable"));
  CHECK(desk.current().bins == nullptr);
  CHECK_FALSE(worth_of_bins(desk.current()));
  CHECK(broken_rules(desk.current()) == BrokenRules{});
  refused(desk, Desk::Join{1}, "binning.all_missing");
  refused(desk, Desk::MoveEdge{1, 2}, "binning.all_missing");
  refused(desk, Desk::TakeBest{}, "binning.all_missing");
  refused(desk, Desk::SetTrend{Trend::peak}, "binning.all_missing");
  done(desk, Desk::SetPlace{Desk::Place::left_out});
  CHECK(desk.current().place == Desk::Place::left_out);
}

TEST_CASE("bin desk: rules that no bins keep leave one bin, from which a hand goes on") {
  VariableRules rules;
  rules.binning.min_bins = 9;
  rules.binning.min_bin_share = 0.4;
  Desk desk = desk_of(history(15, 2000), rules);
  CHECK(desk.current().no_best->code == "binning.infeasible");
  CHECK(desk.current().no_best->message.fr.find("aucun découpage") != std::string::npos);
  REQUIRE(desk.current().bins);
  CHECK(desk.current().bins->cells.bins() == 1);
  done(desk, Desk::Split{1, 50.0});
  CHECK(desk.current().by_hand);
  done(desk, Desk::Split{1});
  CHECK(desk.current().bins->cells.bins() == 3);
}

TEST_CASE("bin desk: bins of a plan are by hand, with their reason, until the best are taken") {
  const Rows rows = history(16, 2000);
  Desk desk({{.column = Column::of_numbers("use", rows.values),
              .rules = {},
              .place = Desk::Place::kept,
              .bins = Cells::of_numbers({30, 60}, {}),
              .because = "the price list"}},
            rows.outcome, 1);
  CHECK(desk.current().by_hand);
  CHECK(desk.current().because == "the price list");
  CHECK(edges(desk) == std::vector<double>{30, 60});
  done(desk, Desk::TakeBest{});
  CHECK_FALSE(desk.current().by_hand);
}
