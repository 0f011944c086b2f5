#include <credence/validation/audit.h>
#include <credence/validation/sample_input_test.h>
#include <doctest/doctest.h>

#include <algorithm>

using namespace credence;

namespace {

// People in groups of the sizes given, whose scores and outcomes take turns.
ValidationInput input_of(const std::vector<int>& sizes, const std::string& reference) {
  ValidationInput input;
  ValidationSample sample;
  ValidationSample::Groups groups{"region", {}, {}, reference};
  for (std::size_t group = 0; group < sizes.size(); ++group) {
    groups.labels.push_back("g" + std::to_string(group));
    for (int i = 0; i < sizes[group]; ++i) {
      sample.scores.push_back(500 + i % 100);
      sample.outcome.bad.push_back(i % 5 == 0 ? 1 : 0);
      groups.codes.push_back(static_cast<std::int32_t>(group));
    }
  }
  sample.groups = {groups};
  input.samples = {sample};
  input.cut_off = 540;
  return input;
}

bool draws_along_cut_offs(const ValidationInput& input) {
  auto pack = validate(input);
  REQUIRE(pack);
  for (const PackSection& section : pack->sections) {
    for (const PackBlock& block : section.blocks) {
      const auto* chart = std::get_if<PackChart>(&block);
      if (chart != nullptr && chart->id.starts_with("disparity-along-")) return true;
    }
  }
  return false;
}

}  // namespace

TEST_CASE("audit: of many groups the largest are shown, also behind equal smaller ones") {
  std::vector<int> sizes(35, 40);
  sizes.push_back(400);
  sizes.push_back(300);
  ValidationInput input = input_of(sizes, "g7");
  auto checked = study(input);
  REQUIRE(checked);
  auto columns = audit(*checked);
  REQUIRE(columns.size() == 1);
  auto has = [&](std::string_view label) {
    return std::any_of(columns[0].groups.begin(), columns[0].groups.end(),
                       [&](const GroupView& one) { return one.label == label; });
  };
  CHECK(has("g35"));
  CHECK(has("g36"));
  CHECK(has("g7"));
  CHECK(columns[0].groups.size() == 30);
  CHECK(columns[0].left_out == 7);
  CHECK(columns[0].groups[columns[0].reference].label == "g7");
}

TEST_CASE("audit: without a named reference the largest of many groups is it") {
  std::vector<int> sizes(40, 30);
  sizes.push_back(90);
  ValidationInput input = input_of(sizes, "");
  auto checked = study(input);
  REQUIRE(checked);
  auto columns = audit(*checked);
  REQUIRE(columns.size() == 1);
  CHECK(columns[0].groups[columns[0].reference].label == "g40");
}

TEST_CASE("audit: against a reference of few people no curve is drawn") {
  CHECK(draws_along_cut_offs(input_of({200, 100}, "g1")));
  CHECK_FALSE(draws_along_cut_offs(input_of({200, 5}, "g1")));
}
