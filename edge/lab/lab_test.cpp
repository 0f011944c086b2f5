#include <credence/lab/headline.h>
#include <credence/lab/interrupt.h>
#include <credence/lab/lab_numbers.h>
#include <credence/lab/live_view.h>
#include <credence/lab/means.h>
#include <credence/lab/parts.h>
#include <credence/lab/result_files.h>
#include <credence/lab/result_folder.h>
#include <credence/lab/run_setting.h>
#include <credence/lab/society_files.h>
#include <credence/terminal/files.h>
#include <doctest/doctest.h>
#include <stdlib.h>

#include <cmath>
#include <csignal>
#include <filesystem>

namespace credence {

namespace {

struct LabFolder {
  std::string path;
  LabFolder() {
    char name[] = "/tmp/credence-lab-XXXXXX";
    path = mkdtemp(name);
  }
  ~LabFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
};

World small_world() {
  World world = *read_world(built_in_worlds()[1].text, "village.toml").world;
  world.population.people = 200;
  world.months = 2;
  world.burn_in = 1;
  world.replicates = 2;
  return world;
}

SocietyProgramme city_points() {
  auto text = find_programme_text("city-points");
  return *read_society_programme(text->text, text->file, "", "").programme;
}

EnsembleResult lived(const World& world, const std::vector<SocietyProgramme>& programmes) {
  Crew crew(1);
  auto result = run_ensemble(world, programmes, {.replicates = world.replicates}, crew);
  REQUIRE(result);
  return *result;
}

Experiment grid_of(const World& world) {
  Experiment experiment;
  experiment.id = "grid";
  experiment.kind = DesignKind::grid;
  experiment.replicates = world.replicates;
  experiment.inputs = {
      {.path = "rules.bills.late", .low = 0, .high = 0, .values = {0.02, 0.06, 0.1}}};
  return experiment;
}

Arguments written(std::map<std::string, std::vector<std::string>> values) {
  Arguments arguments;
  arguments.values = std::move(values);
  return arguments;
}

std::optional<Error> taken(std::map<std::string, std::vector<std::string>> values) {
  RunSetting setting;
  setting.named.world = small_world();
  return take_options(written(std::move(values)), setting);
}

}  // namespace

TEST_CASE("numbers on the command line: within their bounds they are taken, else both are said") {
  CHECK(*parse_between("people", "7", 1, 10) == 7);
  CHECK(parse_between("people", "0", 1, 10).error().message == "--people must be at least 1");
  CHECK(parse_between("people", "11", 1, 10).error().message == "--people must be at most 10");
  for (const char* wrong : {"", "x", "-1", "1.5", "1e3", " 1", "99999999999999999999999"}) {
    CAPTURE(wrong);
    auto number = parse_between("people", wrong, 1, 10);
    REQUIRE_FALSE(number);
    CHECK(number.error().code == "usage.number");
    CHECK(number.error().help == "give a number from 1 to 10");
  }
}

TEST_CASE("parts: a share is written as 2/8, and nothing else is one") {
  CHECK(parse_part("2/8")->number == 2);
  CHECK(parse_part("2/8")->of == 8);
  for (const char* wrong : {"", "2", "/", "2/", "/8", "0/8", "9/8", "2/0", "2/8x", "a/b", "-1/2",
                            "1/1000001", "2 / 8"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_part(wrong));
  }
}

TEST_CASE("parts: the shares of any number of machines are the whole, without gap or overlap") {
  for (std::size_t points : {0U, 1U, 5U, 12U, 1000U}) {
    for (std::size_t of = 1; of <= 17; ++of) {
      std::size_t next = 0;
      for (std::size_t number = 1; number <= of; ++number) {
        ExperimentPart part = share_of({number, of}, points);
        CHECK(part.first == next);
        CHECK(part.last >= part.first);
        next = part.last;
      }
      CHECK(next == points);
    }
  }
  CHECK(points_name({1, 1}) == "points");
  CHECK(points_name({2, 8}) == "points-2-of-8");
}

TEST_CASE(
    "parts: tables put together are the table of the whole; a missing, doubled or foreign "
    "one is refused") {
  World world = small_world();
  std::vector<SocietyProgramme> programmes{city_points()};
  Experiment experiment = grid_of(world);
  Crew crew(1);
  LabFolder folder;
  auto whole = run_experiment(experiment, world, programmes, {}, crew);
  REQUIRE(whole);
  std::vector<std::string> files;
  for (std::size_t number : {2U, 1U}) {
    PartOf part{number, 2};
    auto result = run_experiment(experiment, world, programmes, share_of(part, 3), crew);
    REQUIRE(result);
    files.push_back(*write_result(folder.path, points_name(part), table_of(*result, experiment),
                                  ResultFormat::csv));
  }
  auto merged = merge_parts(files, experiment, world, programmes);
  REQUIRE(merged);
  CHECK(to_csv(table_of(*merged, experiment)) == to_csv(table_of(*whole, experiment)));

  auto refused = [&](const std::vector<std::string>& of, const Experiment& plan,
                     std::span<const SocietyProgramme> under) {
    auto result = merge_parts(of, plan, world, under);
    return result ? std::string{"taken"} : result.error().message;
  };
  CHECK(refused({files[0]}, experiment, programmes) == "point 0 is in none of the tables");
  CHECK(refused({files[0], files[1], files[1]}, experiment, programmes) ==
        "point 0 is there twice");
  CHECK(refused(files, experiment, {}) == "the programme `city-points` is not of this plan");
  Experiment other = experiment;
  other.inputs[0].values[2] = 0.11;
  CHECK(refused(files, other, programmes) == "point 2 was run with other inputs");
  other = experiment;
  other.inputs[0].values.pop_back();
  CHECK(refused(files, other, programmes) == "point 2 is not of this plan");
  other = experiment;
  other.replicates = 3;
  CHECK(refused(files, other, programmes) == "point 0 is not whole");
  other.kind = DesignKind::calibration;
  CHECK(refused(files, other, programmes) == "a calibration has no parts");
  CHECK(refused({folder.path + "/none.csv"}, experiment, programmes) != "taken");
}

TEST_CASE(
    "result files: a format that is asked for is written, and a folder that is none is "
    "an error") {
  ResultTable table{.name = "small", .columns = {{.name = "x", .words = {}, .numbers = {1, 2.5}}}};
  LabFolder folder;
  auto csv = write_result(folder.path, "small", table, result_format("csv"));
  REQUIRE(csv);
  CHECK(*read_text(*csv) == "x\n1\n2.5\n");
  auto lines = write_result(folder.path, "small", table, result_format("jsonl"));
  REQUIRE(lines);
  CHECK(*read_text(*lines) == "{\"x\":1}\n{\"x\":2.5}\n");
  CHECK(write_result(*csv, "small", table, ResultFormat::csv).error().code == "file.write");
}

TEST_CASE("result folders: a folder of a record, or within one, is refused, also through a link") {
  LabFolder folder;
  REQUIRE(open_result_folder(folder.path + "/new/er"));
  CHECK(std::filesystem::is_directory(folder.path + "/new/er"));
  std::string record = folder.path + "/record";
  REQUIRE(make_folder(record));
  REQUIRE(write_file(record + "/credence.db", "x"));
  std::filesystem::create_directory_symlink(record, folder.path + "/link");
  for (const char* inside :
       {"/record", "/record/", "/record/a/b", "/link", "/link/a", "/new/../record"}) {
    CAPTURE(inside);
    auto opened = open_result_folder(folder.path + inside);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == "society.record");
  }
  CHECK_FALSE(std::filesystem::exists(record + "/a"));
  CHECK(open_result_folder(record + "/credence.db").error().code == "society.record");
  REQUIRE(write_file(folder.path + "/file", "x"));
  CHECK(open_result_folder(folder.path + "/file").error().code == "file.write");
}

TEST_CASE("means: what does not fit is refused with the number that does") {
  World world = small_world();
  world.population.people = 100'000;
  RunNeed need{.estimate = {.bytes = 1'000'000'000}, .seconds = 90};
  const Tongue english(Language::en), french(Language::fr);
  CHECK(to_text(need, english) == "about 1.0 GB of memory and 1 min 30 s");
  CHECK(to_text(need, french) == "environ 1,0 Go de mémoire et 1 min 30 s");
  CHECK_FALSE(refuse_need(need, world, {}, 2'000'000'000));
  auto memory = refuse_need(need, world, {}, 500'000'000);
  REQUIRE(memory);
  CHECK(memory->code == "society.memory");
  CHECK(memory->help == "give --people 45000 or fewer, or fewer programmes");
  CHECK_FALSE(refuse_need(need, world, 1.5, UINT64_MAX));
  CHECK(refuse_need(need, world, 1.4, UINT64_MAX)->code == "society.time");
  need.seconds.reset();
  CHECK_FALSE(refuse_need(need, world, {}, UINT64_MAX));
  CHECK(refuse_need(need, world, 1e6, UINT64_MAX)->code == "society.time");
  CHECK(to_text(need, english).find("unknown") != std::string::npos);
}

TEST_CASE("means: a world is tried; one whose few people cannot be made has no time") {
  World world = small_world();
  CHECK(need_of(world, {}, 1, 1).seconds.value_or(-1) >= 0);
  world.ties = {TiesPlan{.layer = world.ties.front().layer, .kind = GivenTies{{{0, 9999}}}}};
  CHECK_FALSE(need_of(world, {}, 1, 1).seconds);
  CHECK(free_memory() > 0);
}

TEST_CASE("settings of a run: everything is checked before anything is lived") {
  CHECK_FALSE(taken({}));
  CHECK_FALSE(taken({{"people", {"10"}}, {"until-width", {"0.1"}}, {"sensitivity", {"3"}}}));
  CHECK(taken({{"people", {"0"}}})->code == "usage.number");
  CHECK(taken({{"seed", {"2147483648"}}})->code == "usage.number");
  CHECK(taken({{"until-width", {"-1"}}})->code == "usage.number");
  CHECK(taken({{"sensitivity", {"x"}}})->code == "usage.number");
  CHECK(taken({{"measure", {"exclude-share"}}})->help == "did you mean `excluded-share`?");
  CHECK(taken({{"resume", {"/none"}}})->code == "file.missing");
}

TEST_CASE("settings of a run: the command that makes it again is one that a shell takes") {
  Arguments arguments = written({{"WORLD", {"my world.toml"}},
                                 {"programme", {"a.toml"}},
                                 {"versus", {"it's.toml"}},
                                 {"measure", {"chill"}},
                                 {"out", {"somewhere"}}});
  CHECK(command_text(arguments, small_world()) ==
        "credence society run 'my world.toml' --programme a.toml --versus 'it'\\''s.toml' "
        "--people 200 --burn-in 1 --months 2 --replicates 2 --seed 1 --measure chill");
}

TEST_CASE("settings of a run: one that is taken up goes on after what was lived") {
  World world = small_world();
  EnsembleResult earlier = lived(world, {});
  earlier.replicates.pop_back();
  earlier.interrupted = true;
  LabFolder folder;
  std::string file = folder.path + "/run.checkpoint";
  REQUIRE(write_file(file, ensemble_text(earlier, world, {})));
  RunSetting setting;
  setting.named.world = world;
  REQUIRE_FALSE(take_options(written({{"resume", {file}}}), setting));
  CHECK(setting.options.first_replicate == 1);
  CHECK(setting.options.replicates == 1);
  RunSetting done;
  done.named.world = world;
  CHECK(take_options(written({{"resume", {file}}, {"replicates", {"1"}}}), done)->code ==
        "society.resume");
  RunSetting other;
  other.named.world = world;
  CHECK(take_options(written({{"resume", {file}}, {"people", {"201"}}}), other)->code ==
        "checkpoint.world");
}

TEST_CASE(
    "headline: what is the same to the bit is 0, shares differ by points, and numbers that do "
    "not exist are a dash") {
  World world = small_world();
  std::vector<SocietyProgramme> programmes{city_points()};
  EnsembleResult result = lived(world, programmes);
  std::string english = headline_table(result, Tongue(Language::en), "EUR");
  CHECK(english.find("city-points") != std::string::npos);
  CHECK(english.find(" 0\n") != std::string::npos);
  CHECK(english.find(" pp\n") != std::string::npos);
  CHECK(english.find("nan") == std::string::npos);
  CHECK(english.find("-0.00") == std::string::npos);
  CHECK(english.find("= –") == std::string::npos);
  CHECK(headline_table(result, Tongue(Language::fr), "EUR").find("sans programme") !=
        std::string::npos);
  CHECK(headline_table(result, Tongue(Language::fr), "EUR").find("+−") == std::string::npos);
  const HarmMeasure* share = find_harm_measure("excluded-share");
  const HarmMeasure* money = find_harm_measure("mean-wealth");
  CHECK(spell_value(*share, 0.125, Tongue(Language::en), "EUR") == "12.50 %");
  CHECK(spell_value(*money, 12, Tongue(Language::en), "EUR") == "12 EUR");
  CHECK(spell_value(*money, NAN, Tongue(Language::en), "EUR") == "–");
}

TEST_CASE("live view: every line is narrower than a terminal, in both languages") {
  World world = small_world();
  std::vector<SocietyProgramme> programmes{city_points()};
  Crew crew(1);
  auto society = Society::make(world, programmes, 0, crew);
  REQUIRE(society);
  std::string told;
  Console console{.out = [](std::string_view) {},
                  .err = [&](std::string_view text) { told += text; },
                  .terminal = true};
  for (Language language : {Language::en, Language::fr}) {
    LiveView view(console, Tongue(language), {"no-programme", "a programme with a very long name"},
                  1000);
    for (std::uint32_t month : {0U, 1U, 3U}) {
      while (society->month() < month) society->step(crew);
      EnsembleProgress progress{.replicate = 0, .month = month, .months = 3, .society = &*society};
      std::string frame = view.frame(progress);
      CHECK(frame.back() == '\n');
      for (std::size_t at = 0; at < frame.size();) {
        std::size_t end = frame.find('\n', at);
        CHECK(characters(frame.substr(at, end - at)) < 80);
        at = end + 1;
      }
      view.show(progress);
    }
  }
  // What was drawn was taken away again.
  CHECK(told.ends_with("\x1b[J"));
}

TEST_CASE("live view: a curve has eight heights, of the last values") {
  CHECK(sparkline({0, 1}, 1, 10) == "▁█");
  CHECK(sparkline({1, 1, 0}, 1, 2) == "█▁");
  CHECK(sparkline({0, 0}, 0, 10) == "▁▁");
  CHECK(sparkline({}, 1, 10).empty());
}

TEST_CASE("interrupts: the first asks, and what was there before is there again afterwards") {
  std::signal(SIGINT, SIG_IGN);
  {
    InterruptWatch watch;
    CHECK_FALSE(watch.asked());
    std::raise(SIGINT);
    CHECK(watch.asked());
  }
  std::raise(SIGINT);  // ignored again: the test is still here
  InterruptWatch again;
  CHECK_FALSE(again.asked());
}

TEST_CASE(
    "names: a file goes before a built-in, and what does not exist is told with the nearest") {
  CHECK(find_world_text("town")->file == "town.toml");
  CHECK(find_programme_text("lawful-open")->card_file == "lawful-open.card.toml");
  CHECK(find_world_text("twon").error().help == "did you mean `town`?");
  CHECK(find_programme_text("village").error().help == "name the world before the options");
  LabFolder folder;
  REQUIRE(write_file(folder.path + "/w.toml", "x"));
  CHECK(find_world_text(folder.path + "/w.toml")->text == "x");
  CHECK_FALSE(find_world_text(folder.path));
}

}  // namespace credence
