#include <credence/validation/sample_input_test.h>
#include <credence/validation/validation.h>
#include <doctest/doctest.h>

#include <cctype>
#include <cstdint>
#include <functional>
#include <set>

using namespace credence;

namespace {

const PackSection& section(const ValidationPack& pack, std::string_view id) {
  for (const PackSection& one : pack.sections) {
    if (one.id == id) return one;
  }
  FAIL("no such section");
  return pack.sections.front();
}

const Verdict* verdict(const ValidationPack& pack, std::string_view id) {
  for (const PackSection& one : pack.sections) {
    if (one.id == "summary") continue;
    for (const PackBlock& block : one.blocks) {
      const auto* found = std::get_if<Verdict>(&block);
      if (found != nullptr && found->id == id) return found;
    }
  }
  return nullptr;
}

const PackTable* table(const ValidationPack& pack, std::string_view id) {
  for (const PackSection& one : pack.sections) {
    for (const PackBlock& block : one.blocks) {
      const auto* found = std::get_if<PackTable>(&block);
      if (found != nullptr && found->id == id) return found;
    }
  }
  return nullptr;
}

ValidationInput tiny(std::vector<std::int32_t> scores, std::vector<std::uint8_t> bad) {
  ValidationInput input;
  ValidationSample sample;
  sample.scores = std::move(scores);
  sample.outcome.bad = std::move(bad);
  input.samples = {sample};
  return input;
}

std::string code_of(const ValidationInput& input) {
  auto result = validate(input);
  return result ? "none" : result.error().code;
}

// "nan" as a word of its own, not within "discriminant".
bool says_nan(const std::string& text) {
  auto letter = [&](std::size_t at) {
    return at < text.size() && std::isalpha(static_cast<unsigned char>(text[at])) != 0;
  };
  for (auto at = text.find("nan"); at != std::string::npos; at = text.find("nan", at + 1)) {
    if ((at == 0 || !letter(at - 1)) && !letter(at + 3)) return true;
  }
  return false;
}

void shape_is_sound(const ValidationPack& pack) {
  for (const PackSection& one : pack.sections) {
    CHECK_FALSE(one.title.en.empty());
    CHECK_FALSE(one.title.fr.empty());
    for (const PackBlock& block : one.blocks) {
      if (const auto* found = std::get_if<PackTable>(&block)) {
        for (const auto& row : found->rows) CHECK(row.size() == found->columns.size());
      }
      const auto* chart = std::get_if<PackChart>(&block);
      if (chart == nullptr) continue;
      for (const PackChart::Series& series : chart->series) {
        CHECK(series.x.size() == series.y.size());
        CHECK((series.low.empty() || series.low.size() == series.x.size()));
        CHECK(series.low.size() == series.high.size());
      }
    }
  }
  for (Language language : {Language::en, Language::fr}) {
    std::string html = to_html(pack, language);
    CHECK_FALSE(says_nan(html));
    CHECK(html.size() > 5000);
  }
  CHECK(parse_json(to_canonical_json(to_json(pack))));
}

}  // namespace

TEST_CASE("validation: a full input gives every section, in both languages") {
  auto pack = validate(sample_input());
  REQUIRE(pack);
  CHECK(pack->sections.size() == 11);
  shape_is_sound(*pack);
  for (const char* id :
       {"discrimination", "discrimination.fall", "calibration.level", "stability.score",
        "stability.variables", "disparity.sex", "variables.order", "specification.fit"})
    CHECK(verdict(*pack, id) != nullptr);
}

TEST_CASE("validation: equal input gives equal bytes") {
  auto one = validate(sample_input()), two = validate(sample_input());
  CHECK(to_html(*one, Language::en) == to_html(*two, Language::en));
}

TEST_CASE("validation: figures are those of the metrics") {
  ValidationInput input = tiny({1, 3, 2, 4}, {1, 1, 0, 0});
  auto pack = validate(input);
  REQUIRE(pack);
  const PackTable* found = table(*pack, "discrimination");
  REQUIRE(found);
  CHECK(std::get<double>(found->rows[0][4]) == 0.75);  // AUC, as by hand
  CHECK(std::get<double>(found->rows[0][1]) == 0.5);   // Gini
}

TEST_CASE("validation: a card that understates risk is told so") {
  ValidationInput input = sample_input();
  input.card->scaling->offset -= 60;
  auto pack = validate(input);
  REQUIRE(pack);
  REQUIRE(verdict(*pack, "calibration.level"));
  CHECK(verdict(*pack, "calibration.level")->level == Verdict::Level::act);
  CHECK(verdict(*pack, "calibration.bands")->level == Verdict::Level::watch);
}

TEST_CASE("validation: another population is told so, and a small sample is not called certain") {
  ValidationInput input = sample_input();
  input.samples[2] =
      sample_people(*input.card, {ValidationSample::Role::out_of_time, 4000, 12, 8, 1.2, 3});
  CHECK(verdict(*validate(input), "stability.score")->level == Verdict::Level::act);
  input.samples[2] =
      sample_people(*input.card, {ValidationSample::Role::out_of_time, 12, 12, 8, 0, 5});
  auto pack = validate(input);
  REQUIRE(pack);
  CHECK(verdict(*pack, "stability.score")->level != Verdict::Level::act);
}

TEST_CASE("validation: a group that is accepted far less is a finding") {
  ValidationInput input = sample_input();
  ValidationSample& last = input.samples.back();
  for (std::size_t row = 0; row < last.scores.size(); ++row)
    last.groups[0].codes[row] = last.scores[row] < 600 + static_cast<int>(row % 120) ? 0 : 1;
  auto pack = validate(input);
  REQUIRE(pack);
  CHECK(verdict(*pack, "disparity.sex")->level == Verdict::Level::act);
}

TEST_CASE("validation: without dates, groups, cells, card and report the sections say so") {
  auto pack = validate(tiny({5, 6, 7, 8, 5}, {1, 0, 0, 0, 0}));
  REQUIRE(pack);
  CHECK(pack->sections.size() == 11);
  shape_is_sound(*pack);
  CHECK(verdict(*pack, "calibration.level")->level == Verdict::Level::unknown);
  CHECK(verdict(*pack, "stability.score")->level == Verdict::Level::unknown);
  CHECK(verdict(*pack, "disparity")->level == Verdict::Level::unknown);
  CHECK(verdict(*pack, "discrimination")->level == Verdict::Level::unknown);
  for (const char* id : {"time", "variables", "specification"})
    CHECK(std::holds_alternative<Text>(section(*pack, id).blocks.front()));
}

TEST_CASE("validation: equal scores of everybody order nothing, and are no crash") {
  auto pack = validate(tiny({5, 5, 5, 5}, {1, 1, 0, 0}));
  REQUIRE(pack);
  shape_is_sound(*pack);
  CHECK(verdict(*pack, "discrimination")->level == Verdict::Level::act);
}

TEST_CASE("validation: a last sample of one class leaves out what it cannot tell") {
  ValidationInput input = sample_input();
  for (auto& bad : input.samples[2].outcome.bad) bad = 0;
  auto pack = validate(input);
  REQUIRE(pack);
  shape_is_sound(*pack);
  CHECK(verdict(*pack, "discrimination")->level == Verdict::Level::unknown);
  for (auto& bad : input.samples[2].outcome.bad) bad = 1;
  pack = validate(input);
  REQUIRE(pack);
  shape_is_sound(*pack);
}

TEST_CASE("validation: groups of one, of nobody known, and of one label are no crash") {
  ValidationInput input = tiny({5, 6, 7, 8}, {1, 0, 1, 0});
  input.cut_off = 6;
  input.samples[0].groups = {{"a", {0, 1, 2, 3}, {"w", "x", "y", "z"}, "y"},
                             {"b", {-1, -1, -1, -1}, {"w"}, ""},
                             {"c", {0, 0, 0, 0}, {"w"}, ""}};
  auto pack = validate(input);
  REQUIRE(pack);
  shape_is_sound(*pack);
  CHECK(verdict(*pack, "disparity.a")->level == Verdict::Level::unknown);
  CHECK(verdict(*pack, "disparity.c")->level == Verdict::Level::unknown);
  CHECK(verdict(*pack, "disparity.b") == nullptr);
  // One person's rate would be that person's outcome.
  for (const auto& row : table(*pack, "disparity-a")->rows)
    CHECK(std::holds_alternative<std::monostate>(row[2]));
}

TEST_CASE("validation: a variable that gives membership away is named, and the ratio without it") {
  ValidationInput input = sample_input();
  ValidationSample& last = input.samples.back();
  const auto& housing = last.cells[5];
  for (std::size_t row = 0; row < housing.size(); ++row)
    last.groups[0].codes[row] = housing[row] == 2 ? 0 : 1;  // tenants have 0 points
  auto pack = validate(input);
  REQUIRE(pack);
  const PackTable* found = table(*pack, "proxies-sex");
  REQUIRE(found);
  const auto& row = found->rows.front();
  CHECK(std::get<Text>(row[1]).en == "Housing");
  CHECK(std::get<double>(row[2]) > 0.95);
  CHECK(std::get<double>(row[4]) > std::get<double>(row[3]));
}

TEST_CASE("validation: thousands of groups become the largest, and the rest are counted") {
  ValidationInput input = sample_input();
  auto& groups = input.samples.back().groups[0];
  groups.labels.clear();
  for (int i = 0; i < 2000; ++i) groups.labels.push_back(std::to_string(i));
  for (std::size_t row = 0; row < groups.codes.size(); ++row)
    groups.codes[row] = static_cast<std::int32_t>(row % 2000);
  groups.reference = "1999";
  auto pack = validate(input);
  REQUIRE(pack);
  shape_is_sound(*pack);
  CHECK(table(*pack, "disparity-sex")->rows.size() <= 31);
  groups.codes.assign(groups.codes.size(), 3);
  CHECK(validate(input));  // the named reference has nobody
}

TEST_CASE("validation: another card that orders better, worse or alike is told so") {
  ValidationInput input = sample_input();
  ValidationSample& last = input.samples.back();
  last.other_scores = last.scores;
  CHECK(verdict(*validate(input), "comparison")->level == Verdict::Level::good);
  for (std::size_t row = 0; row < last.scores.size(); ++row)
    last.other_scores[row] += last.outcome.bad[row] ? -40 : 40;
  auto pack = validate(input);
  REQUIRE(pack);
  CHECK(verdict(*pack, "comparison")->level == Verdict::Level::watch);
  shape_is_sound(*pack);
  const PackTable* swap = table(*pack, "swap");
  REQUIRE(swap);
  // Whom the better card alone accepts goes bad less often.
  CHECK(std::get<double>(swap->rows[2][3]) < std::get<double>(swap->rows[1][3]));
  double records = 0;
  for (const auto& row : swap->rows) records += std::get<double>(row[1]);
  CHECK(records == static_cast<double>(last.scores.size()));
  last.other_scores.assign(last.scores.size(), 7);
  pack = validate(input);
  REQUIRE(pack);
  CHECK(verdict(*pack, "comparison")->level == Verdict::Level::good);
}

TEST_CASE("validation: probabilities of 0 and 1 and a cut-off that nobody reaches are no crash") {
  ValidationInput input = tiny({5, 6, 7, 8}, {1, 0, 1, 0});
  input.samples[0].probabilities = {0, 1, 0, 1};
  input.cut_off = 1000;
  auto pack = validate(input);
  REQUIRE(pack);
  shape_is_sound(*pack);
}

TEST_CASE("validation: scores at the ends of their type are no overflow") {
  auto pack = validate(tiny({INT32_MIN, INT32_MAX, 0, 7}, {1, 0, 1, 0}));
  REQUIRE(pack);
  shape_is_sound(*pack);
}

TEST_CASE("validation: weights times a number change no figure") {
  ValidationInput input = sample_input();
  input.samples.resize(1);
  for (std::size_t i = 0; i < input.samples[0].scores.size(); ++i)
    input.samples[0].outcome.weights.push_back(1 + static_cast<double>(i % 3));
  std::string before = to_html(*validate(input), Language::en);
  for (double& weight : input.samples[0].outcome.weights) weight *= 8;
  CHECK(to_html(*validate(input), Language::en) == before);
}

TEST_CASE("validation: bad input is refused with its own code") {
  const std::vector<std::pair<std::string, std::function<void(ValidationInput&)>>> cases = {
      {"validation.empty", [](auto& in) { in.samples.clear(); }},
      {"validation.empty", [](auto& in) { in.samples.push_back({}); }},
      {"validation.rows", [](auto& in) { in.samples[0].outcome.bad.pop_back(); }},
      {"validation.rows", [](auto& in) { in.samples[0].outcome.weights = {1}; }},
      {"validation.rows", [](auto& in) { in.samples[0].other_scores = {1}; }},
      {"validation.rows", [](auto& in) { in.samples[0].dates.pop_back(); }},
      {"validation.rows", [](auto& in) { in.samples[0].cells[1].pop_back(); }},
      {"validation.rows", [](auto& in) { in.samples[0].groups[0].codes.pop_back(); }},
      {"validation.rows", [](auto& in) { in.samples[0].months_to_bad.pop_back(); }},
      {"validation.rows", [](auto& in) { in.samples[0].probabilities = {0.5}; }},
      {"validation.months", [](auto& in) { in.samples[0].months_to_bad[3] = 2'000'000'000; }},
      {"validation.outcome", [](auto& in) { in.samples[0].outcome.bad[3] = 2; }},
      {"validation.cells", [](auto& in) { in.samples[0].cells[2][7] = 99; }},
      {"validation.cells", [](auto& in) { in.samples[0].cells.pop_back(); }},
      {"validation.cells", [](auto& in) { in.card.reset(); }},
      {"validation.groups", [](auto& in) { in.samples[0].groups[0].codes[0] = 2; }},
      {"validation.groups", [](auto& in) { in.samples[0].groups[0].codes[0] = -2; }},
      {"validation.groups", [](auto& in) { in.samples[0].groups[0].reference = "nobody"; }},
      {"validation.bands", [](auto& in) { in.bands = 1; }},
      {"validation.limits", [](auto& in) { in.limits.confidence = 1; }},
      {"validation.limits", [](auto& in) { in.limits.smallest_cell = std::nan(""); }},
      {"scorecard.scaling", [](auto& in) { in.card->scaling->factor = 0; }},
      {"validation.weights",
       [](auto& in) {
         in.samples[0].outcome.weights.assign(in.samples[0].scores.size(), 1);
         in.samples[0].outcome.weights[2] = std::nan("");
       }},
      {"validation.weights",
       [](auto& in) { in.samples[0].outcome.weights.assign(in.samples[0].scores.size(), 0); }},
      {"validation.probability",
       [](auto& in) {
         in.samples[0].probabilities.assign(in.samples[0].scores.size(), std::nan(""));
       }},
      {"validation.one_class",
       [](auto& in) {
         for (auto& sample : in.samples) sample.outcome.bad.assign(sample.scores.size(), 1);
       }},
  };
  for (const auto& [code, spoil] : cases) {
    ValidationInput input = sample_input();
    spoil(input);
    CHECK(code_of(input) == code);
  }
  CHECK(code_of(tiny({5}, {1})) == "validation.one_class");
}

TEST_CASE("validation: a card that orders the wrong way round is not called chance") {
  std::vector<std::int32_t> scores;
  std::vector<std::uint8_t> bad;
  for (int i = 0; i < 400; ++i) {
    scores.push_back(500 + i);
    bad.push_back(i >= 200 && i % 10 != 0 ? 1 : 0);
  }
  auto pack = validate(tiny(scores, bad));
  REQUIRE(pack);
  const Verdict* found = verdict(*pack, "discrimination");
  CHECK(found->level == Verdict::Level::act);
  CHECK(found->meaning.en.find("chance") == std::string::npos);
  CHECK(found->meaning.en.find("wrong way round") != std::string::npos);
}

TEST_CASE("validation: very unequal weights do not make one population look like another") {
  ValidationInput input = tiny({}, {});
  input.samples.push_back(input.samples[0]);
  input.samples[0].role = ValidationSample::Role::development;
  // A few heavy rows carry nearly all weight; where they fall is chance.
  std::uint32_t state = 7;
  auto draw = [&state](std::uint32_t below) {
    state = state * 1664525 + 1013904223;
    return (state >> 8) % below;
  };
  for (int i = 0; i < 4000; ++i) {
    ValidationSample& sample = input.samples[static_cast<std::size_t>(i % 2)];
    sample.scores.push_back(500 + static_cast<std::int32_t>(draw(200)));
    sample.outcome.bad.push_back(draw(7) == 0 ? 1 : 0);
    sample.outcome.weights.push_back(draw(100) == 0 ? 500 : 1);
  }
  auto pack = validate(input);
  REQUIRE(pack);
  const Verdict* found = verdict(*pack, "stability.score");
  REQUIRE(found != nullptr);
  CHECK(found->level != Verdict::Level::act);
}
