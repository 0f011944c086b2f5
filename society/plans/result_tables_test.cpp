#include <credence/base/json.h>
#include <credence/plans/ensemble_file.h>
#include <credence/plans/result_tables.h>
#include <credence/worlds/village.h>
#include <doctest/doctest.h>

#include <cmath>

namespace credence {

namespace {

EnsembleResult lived(const World& world, std::span<const SocietyProgramme> programmes,
                     std::uint32_t first, std::uint32_t replicates) {
  Crew crew(2);
  auto result =
      run_ensemble(world, programmes, {.replicates = replicates, .first_replicate = first}, crew);
  if (!result) FAIL(to_text(result.error()));
  return std::move(*result);
}

std::string all_tables(const EnsembleResult& result, const World& world) {
  std::string text;
  for (const ResultTable& table : tables_of(result, world)) text += to_csv(table);
  return text;
}

std::string code_of(const Result<EnsembleResult>& result) {
  return result ? "none" : result.error().code;
}

}  // namespace

TEST_CASE("result tables: every column has every row") {
  World world = village(300, 1, 3);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  EnsembleResult result = lived(world, programmes, 0, 2);
  auto tables = tables_of(result, world);
  REQUIRE(tables.size() == 4);
  for (const ResultTable& table : tables) {
    CAPTURE(table.name);
    CHECK(table.rows() > 0);
    for (const ResultColumn& column : table.columns) {
      CHECK(std::max(column.words.size(), column.numbers.size()) == table.rows());
      CHECK((column.words.empty() || column.numbers.empty()));
    }
  }
  CHECK(tables[0].rows() == 2 * 2 * 3 * 2);  // replicates, arms, months, groups
  CHECK(tables[1].rows() == 2 * 2);
  CHECK(tables[2].rows() == 2 * 2 * 2);
}

TEST_CASE(
    "result tables: words with commas and quotes are quoted, numbers that are none are empty") {
  ResultTable table{.name = "t",
                    .columns = {{.name = "a,b", .words = {"x \"y\"", "z"}, .numbers = {}},
                                {.name = "n", .words = {}, .numbers = {NAN, 0.1}}}};
  CHECK(to_csv(table) == "\"a,b\",n\n\"x \"\"y\"\"\",\nz,0.1\n");
  CHECK(to_json_lines(table) ==
        "{\"a,b\":\"x \\\"y\\\"\",\"n\":null}\n{\"a,b\":\"z\",\"n\":0.1}\n");
}

TEST_CASE("run file: what was lived comes back to the byte, and the rest joins it") {
  World world = village(300, 1, 3);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  EnsembleResult whole = lived(world, programmes, 0, 3), first = lived(world, programmes, 0, 2);
  first.checkpoint = "state";
  std::string text = ensemble_text(first, world, programmes);
  auto back = read_ensemble(text, world, programmes);
  REQUIRE(back);
  CHECK(back->interrupted);
  CHECK(back->checkpoint == "state");
  CHECK(all_tables(*back, world) == all_tables(first, world));
  EnsembleResult both = joined(std::move(*back), lived(world, programmes, 2, 1));
  CHECK(all_tables(both, world) == all_tables(whole, world));
}

TEST_CASE("run file: another world or programme, another version, and damage are refused") {
  World world = village(200, 0, 2);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  std::string text = ensemble_text(lived(world, programmes, 0, 1), world, programmes);
  World other = world;
  other.seed += 1;
  CHECK(code_of(read_ensemble(text, other, programmes)) == "checkpoint.world");
  CHECK(code_of(read_ensemble(text, world, {})) == "checkpoint.programmes");
  CHECK(code_of(read_ensemble("", world, programmes)) == "checkpoint.format");
  CHECK(code_of(read_ensemble("CREDENCE-RUN", world, programmes)) == "checkpoint.damaged");
  for (std::size_t at = 12; at < text.size(); at += text.size() / 97) {
    std::string flipped = text;
    flipped[at] = static_cast<char>(flipped[at] ^ 4);
    CHECK(code_of(read_ensemble(flipped, world, programmes)) == "checkpoint.damaged");
    CHECK(code_of(read_ensemble(text.substr(0, at), world, programmes)) == "checkpoint.damaged");
  }
}

TEST_CASE("run file: parts of other sizes than the world's are damage, though the sum is right") {
  World world = village(200, 0, 2);
  EnsembleResult result = lived(world, {}, 0, 1);
  result.replicates[0].tallies[0].pop_back();
  CHECK(code_of(read_ensemble(ensemble_text(result, world, {}), world, {})) ==
        "checkpoint.damaged");
}

}  // namespace credence
