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

Text verdict_of(const ValidationInput& input) {
  auto pack = validate(input);
  REQUIRE(pack);
  for (const PackSection& section : pack->sections) {
    for (const PackBlock& block : section.blocks) {
      const auto* verdict = std::get_if<Verdict>(&block);
      if (verdict != nullptr && verdict->id == "disparity.region") return verdict->meaning;
    }
  }
  return {};
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

TEST_CASE("audit: when nothing can be compared, the verdict says whose people are few") {
  Text reference = verdict_of(input_of({200, 5}, "g1"));
  CHECK(reference.en ==
        "The reference, g1, has fewer than 30 people: no comparison would mean anything.");
  CHECK(reference.fr ==
        "La référence, g1, a moins de 30 personnes : aucune comparaison n'aurait de sens.");
  Text others = verdict_of(input_of({200, 5}, "g0"));
  CHECK(others.en == "No group beside g0 has 30 people: no comparison would mean anything.");
  ValidationInput one_score = input_of({200, 100}, "g0");
  std::fill(one_score.samples[0].scores.begin(), one_score.samples[0].scores.end(), 500);
  CHECK(verdict_of(one_score).en ==
        "The scores do not differ and nobody of g0 is accepted: there is nothing to compare.");
}

TEST_CASE("audit: Bonferroni counts every test that could be a finding, and no other") {
  auto significant_below = [](const ValidationInput& input, double level) {
    auto checked = study(input);
    REQUIRE(checked);
    for (const AuditedColumn& column : audit(*checked)) {
      for (const GroupView& group : column.groups) {
        for (const auto& one : {group.against.mean_difference, group.against.impact_ratio,
                                group.against.true_positive_gap}) {
          if (one) CHECK(one->significant == (one->p_value < level));
        }
      }
    }
  };
  ValidationInput input = input_of({400, 400, 5}, "g0");
  for (int lower = 0; lower < 12; ++lower) {  // g1 falls behind, past both levels
    for (std::size_t row = 400; row < 800; ++row) input.samples[0].scores[row] -= 1;
    significant_below(input, 0.05 / 3);
    ValidationInput undecided = input;
    undecided.cut_off.reset();
    significant_below(undecided, 0.05);
  }
}
