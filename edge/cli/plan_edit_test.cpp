#include <credence/cli/plan_edit.h>
#include <doctest/doctest.h>

using namespace credence;

namespace {

std::string edited(const std::string& text, const std::vector<PlanChange>& changes) {
  auto result = edit_plan(text, "plan.toml", changes);
  if (auto* finding = std::get_if<Finding>(&result)) FAIL(finding->message.en);
  return std::get<std::string>(result);
}

std::string refusal_of(const std::string& text, const std::vector<PlanChange>& changes) {
  auto result = edit_plan(text, "plan.toml", changes);
  REQUIRE(std::holds_alternative<Finding>(result));
  CHECK_FALSE(std::get<Finding>(result).message.fr.empty());
  return std::get<Finding>(result).code;
}

const std::string kPlan = R"(# What the committee decided in May.
id = "home"   # the product

[defaults]
trend = "automatic"

[[variable]]  # salaries
name = "income"
trend = "descending"          # more income, fewer bad
bins = { edges = [
  1000.0, # the minimum wage, "of old"
  2000.0] , because = "the # price list" }  # agreed
title = { en = "Income", fr = "Revenu" }

[[variable]]
name = 'a "b"'
leave_out = true

[pairs]
most = 3)";

}  // namespace

TEST_CASE("plan edit: keys change in their places, and every other byte stays") {
  std::string expected = kPlan;
  expected.replace(expected.find("\"descending\""), 12, "\"peak\"");
  const auto from = expected.find("{ edges"), to = expected.find("  # agreed");
  expected.replace(from, to - from, "{ edges = [5.0], because = \"x\" }");
  CHECK(edited(kPlan, {{"income",
                        {{"trend", "\"peak\""},
                         {"bins", "{ edges = [5.0], because = \"x\" }"}}}}) == expected);
}

TEST_CASE("plan edit: new keys stand at the end of their table, before the next one") {
  std::string expected = kPlan;
  const std::string title = "title = { en = \"Income\", fr = \"Revenu\" }\n";
  expected.insert(expected.find(title) + title.size(), "max_bins = 5\n");
  CHECK(edited(kPlan, {{"income", {{"max_bins", "5"}}}}) == expected);
}

TEST_CASE("plan edit: a key that goes leaves its comment") {
  const std::string out = edited(kPlan, {{"income", {{"bins", {}}}}});
  CHECK(out.find("edges") == std::string::npos);
  CHECK(out.find("# agreed\n") != std::string::npos);
  CHECK(out.find("trend = \"descending\"          # more income") != std::string::npos);
}

TEST_CASE("plan edit: a variable that is not there comes at the end") {
  CHECK(edited(kPlan, {{"age \"x\"", {{"keep", "true"}, {"bins", {}}}}}) ==
        kPlan + "\n\n[[variable]]\nname = \"age \\\"x\\\"\"\nkeep = true\n");
  CHECK(edited("", {{"age", {{"keep", "true"}}}}) == "[[variable]]\nname = \"age\"\nkeep = true\n");
  CHECK(edited("", {{"age", {{"keep", {}}}}}).empty());
}

TEST_CASE("plan edit: several variables, also quoted ones, change at once") {
  const std::string out = edited(
      kPlan, {{"a \"b\"", {{"leave_out", {}}, {"keep", "true"}}}, {"income", {{"trend", {}}}}});
  CHECK(out.find("leave_out") == std::string::npos);
  CHECK(out.find("name = 'a \"b\"'\nkeep = true\n") != std::string::npos);
  CHECK(out.find("# more income, fewer bad\nbins") != std::string::npos);
}

TEST_CASE("plan edit: ends of lines of Windows stay, and a last line without an end gets one") {
  CHECK(edited("[[variable]]\r\nname = \"x\"\r\n", {{"x", {{"keep", "true"}}}}) ==
        "[[variable]]\r\nname = \"x\"\r\nkeep = true\r\n");
  CHECK(edited("[[variable]]\nname = \"x\"", {{"x", {{"keep", "true"}}}}) ==
        "[[variable]]\nname = \"x\"\nkeep = true\n");
}

TEST_CASE("plan edit: texts of several lines with brackets and quotes are passed over whole") {
  const std::string text =
      "[[variable]]\nname = \"x\"\ntitle = { en = \"\"\"a\n[[variable]]\n\"two\" ]\"\"\", fr = "
      "'''it's'''}\nkeep = true\n";
  std::string expected = text;
  expected.replace(expected.find("keep = true"), 11, "keep = false");
  CHECK(edited(text, {{"x", {{"keep", "false"}}}}) == expected);
}

TEST_CASE("plan edit: shapes that are not changed by machine are refused") {
  CHECK(refusal_of("variable = [{ name = \"x\" }]\n", {{"x", {{"keep", "true"}}}}) == "plan.shape");
  CHECK(refusal_of("variable = [{ name = \"x\" }]\n", {{"y", {{"keep", "true"}}}}) == "plan.shape");
  CHECK(refusal_of("[[variable]]\nname = \"x\"\nbins.edges = [1.0]\nbins.because = \"b\"\n",
                   {{"x", {{"bins", {}}}}}) == "plan.shape");
  CHECK(refusal_of("[[variable]]\nname = \"x\"\n[variable.bins]\nedges = [1.0]\nbecause = \"b\"\n",
                   {{"x", {{"bins", "{ edges = [2.0], because = \"c\" }"}}}}) == "plan.shape");
  CHECK(refusal_of("[[variable]\n", {{"x", {{"keep", "true"}}}}) == "plan.syntax");
}

TEST_CASE("plan edit: what would say more than was asked is refused") {
  CHECK(refusal_of(kPlan, {{"income", {{"keep", "true\nmin_gap = 3"}}}}) == "plan.shape");
  CHECK(refusal_of(kPlan, {{"income", {{"keep", "true\n[pairs2]\nmost = 3"}}}}) == "plan.shape");
}
