#include <credence/base/toml.h>
#include <credence/charter/charter.h>
#include <credence/institutions/one_finding_test.h>
#include <credence/institutions/society_programme.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

using namespace credence;

namespace {

const std::string kHeader =
    "[programme]\nid = \"trial\"\ntitle = { en = \"Trial\", fr = \"Essai\" }\n";
const std::string kPoints =
    "[society.points]\nstart = 1000\nlowest = 0\nhighest = 2000\n";  // lines 4 to 7

std::string read_example(const std::string& name) {
  std::ifstream file{std::filesystem::path{CREDENCE_PROGRAMMES} / "deposit-free" / name,
                     std::ios::binary};
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

ReadSocietyProgramme read_alone(const std::string& text) {
  return read_society_programme(text, "trial.toml", "", "");
}

ReadSocietyProgramme read_with_card(const std::string& text) {
  return read_society_programme(text, "trial.toml", read_example("card.toml"), "card.toml");
}

SocietyProgramme good(const std::string& more) {
  std::string text = kHeader + more;
  ReadSocietyProgramme read = read_alone(text);
  INFO(all_of(read.findings, text));
  CHECK(read.findings.empty());
  REQUIRE(read.programme);
  return *read.programme;
}

// The text is refused with this finding alone, which its code explains.
void check_bad(const std::string& text, const ExpectedFinding& expected) {
  CAPTURE(text);
  ReadSocietyProgramme read = read_alone(text);
  INFO(all_of(read.findings, text));
  CHECK(!read.programme);
  check_only_finding(read.findings, expected, "S104");
  CHECK(explain_society_code(expected.code).has_value());
}

}  // namespace

TEST_CASE(
    "society programme: a file without sources has no lawful part, and may score all the same") {
  SocietyProgramme programme = good(kPoints);
  CHECK(programme.id == "trial");
  CHECK(programme.title.fr == "Essai");
  CHECK(!programme.engine);
  CHECK(programme.scores());
  CHECK(programme.constructs.sections == std::vector<std::string>{"society.points"});
  CHECK(!card_file_of(kHeader + kPoints, "trial.toml"));
}

TEST_CASE("society programme: nothing may be called as life without any programme is") {
  check_bad("[programme]\nid = \"no-programme\"\ntitle = { en = \"T\", fr = \"E\" }\n" + kPoints,
            {"S106", "programme.id", 2});
}

TEST_CASE("society programme: a lawful programme runs as it is, without constructs") {
  std::string text = read_example("programme.toml");
  ReadSocietyProgramme read = read_with_card(text);
  INFO(all_of(read.findings, text));
  CHECK(read.findings.empty());
  REQUIRE(read.programme);
  CHECK(read.programme->engine);
  CHECK(read.programme->constructs.sections.empty());
  CHECK(card_file_of(text, "trial.toml") == "card.toml");
}

TEST_CASE(
    "society programme: sections are read beside a lawful part, which is judged without them") {
  std::string text = read_example("programme.toml") +
                     "\n[society.points]\nfrom = \"engine\"\nlowest = 300\nhighest = 1000\n"
                     "[society.friends]\nweight = 0.25\n[[society.sanction]]\nsphere = \"travel\"\n"
                     "below = 500\nmonths = 0\n";
  ReadSocietyProgramme read = read_with_card(text);
  INFO(all_of(read.findings, text));
  REQUIRE(read.programme);
  CHECK(read.programme->constructs.friends->weight == 0.25);
  CHECK(read.programme->constructs.points->from == PointsConstruct::From::engine);
  CHECK(read.programme->constructs.sanctions[0].months == 0);
  CHECK(read.programme->engine);
}

TEST_CASE("society programme: a lawful part that the charter refuses does not run, and says so") {
  std::string text = read_example("programme.toml");
  text.replace(text.find("\"account-statement\""), 19, "\"camera\"");
  ReadSocietyProgramme read = read_with_card(text + "\n" + kPoints);
  CHECK(!read.programme);
  auto has = [&](std::string_view code) {
    return std::any_of(read.findings.begin(), read.findings.end(),
                       [&](const Finding& finding) { return finding.code == code; });
  };
  CHECK(has("A01"));
  CHECK(has("S137"));
  CHECK(std::none_of(read.findings.begin(), read.findings.end(),
                     [](const Finding& finding) { return finding.path.starts_with("society"); }));
}

TEST_CASE("society programme: a card that does not fit is told in the card") {
  std::string text = read_example("programme.toml");
  ReadSocietyProgramme read =
      read_society_programme(text, "trial.toml", "base = \"x\"\n", "c.toml");
  CHECK(!read.programme);
  CHECK(has_errors(read.card_findings));
  CHECK(has_errors(read.findings));
}

TEST_CASE("society programme: features of events that no life has are a warning, not an error") {
  std::string text = read_example("programme.toml");
  std::size_t at = 0;
  while ((at = text.find("\"overdraft\"", at)) != std::string::npos) {
    text.replace(at, 11, "\"shortfall\"");
  }
  ReadSocietyProgramme read = read_with_card(text);
  INFO(all_of(read.findings, text));
  REQUIRE(read.programme);
  REQUIRE(read.findings.size() == 1);
  CHECK(read.findings[0].code == "S138");
  CHECK(read.findings[0].severity == Finding::Severity::warning);
  CHECK(read.findings[0].path == "event[2]");
}

TEST_CASE("society programme: every construct is read") {
  SocietyProgramme programme =
      good(kPoints +
           "decay_months = 24\n[[society.rule]]\ndeed = \"gaming\"\npoints = -7\n"
           "[[society.tier]]\nfrom = 500\nname = { en = \"C\", fr = \"C\" }\n"
           "[society.cameras]\ncoverage = 0.5\ndetection = 1\n"
           "[society.matcher]\nfalse_match_times = [1, 2.5]\n"
           "[society.loyalty]\nmonitored = 0.25\ncriticism = -50\npraise = 10\n"
           "[[society.list]]\ncolour = \"black\"\nbelow = 600\non_default = true\nmonths = 0\n"
           "[[society.list]]\ncolour = \"red\"\nfrom = 1500\n"
           "[[society.sanction]]\nsphere = \"school\"\nblack_list = true\non_alert = true\n"
           "[[society.reward]]\nsphere = \"rental\"\nfrom = 1200\n"
           "[society.publication]\nblack_list = true\nred_list = true\nstigma = 0.1\n"
           "[society.reviewers]\ncases_per_thousand = 1\nfreeze = false\n"
           "[society.enrolment]\ncompulsory = true\n[society.awareness]\nshare = 1\n"
           "[society.record]\nshare = 0\ncontested_counts = true\n");
  const Constructs& constructs = programme.constructs;
  CHECK(constructs.points->decay_months == 24);
  CHECK(constructs.rules[0].deed == CountedDeed::gaming);
  CHECK(!constructs.rules[0].title.fr.empty());
  CHECK(constructs.tiers[0].from == 500);
  CHECK(constructs.matcher->false_match_times == std::vector<double>{1, 2.5});
  CHECK(constructs.lists[0].months == 0);
  CHECK(constructs.lists[1].from == 1500);
  CHECK(constructs.sanctions[0].sphere == Sphere::school);
  CHECK(!constructs.reviewers.freeze);
  CHECK(constructs.sections.size() == 14);
}

TEST_CASE("society programme: what cannot be read is told, at its place") {
  const std::string p = kHeader + kPoints;
  check_bad("[programme\n", {"S101", "", 1});
  check_bad(kHeader + "[society.camras]\n", {"S102", "society.camras", 4});
  check_bad(p + "lowst = 3\n", {"S102", "society.points.lowst", 8});
  check_bad(p + "[monitor]\n", {"S102", "monitor", 8});
  check_bad("[society.awareness]\nshare = 1\n", {"S103", "programme", 0});
  check_bad(p + "[[society.rule]]\npoints = 1\n", {"S103", "society.rule[0].deed", 8});
  check_bad(p + "decay_months = true\n", {"S104", "society.points.decay_months", 8});
  check_bad(kHeader +
                "[society.cameras]\ncoverage = 1\ndetection = 1\n[society.matcher]\n"
                "false_match_times = 3\n",
            {"S104", "society.matcher.false_match_times", 8});
  check_bad(p + "[[society.rule]]\ndeed = \"jaywalking\"\npoints = 1\n",
            {"S105", "society.rule[0].deed", 9});
  check_bad("[programme]\nid = \"Über\"\ntitle = { en = \"a\", fr = \"a\" }\n",
            {"S106", "programme.id", 2});
  check_bad(p + "[[society.tier]]\nfrom = 10\nname = { en = \"C\" }\n",
            {"S113", "society.tier[0].name.fr", 10});
  check_bad(kHeader + "[society.awareness]\nshare = 1.5\n", {"S109", "society.awareness.share", 5});
  check_bad(kHeader + "[society.awareness]\nshare = nan\n", {"S109", "society.awareness.share", 5});
  check_bad(p + "[[society.list]]\ncolour = \"black\"\nbelow = 100\nmonths = -1\n",
            {"S109", "society.list[0].months", 11});
  check_bad(p + "[[society.rule]]\ndeed = \"gaming\"\npoints = 1\n[[society.rule]]\n"
                "deed = \"gaming\"\npoints = 2\n",
            {"S107", "society.rule[1].deed", 12});
}

TEST_CASE("society programme: what asks for points without any is told, at its place") {
  check_bad(kHeader + "[[society.sanction]]\nsphere = \"work\"\nbelow = 100\n",
            {"S130", "society.sanction[0].below", 6});
  check_bad(kHeader + "[[society.rule]]\ndeed = \"gaming\"\npoints = 1\n",
            {"S130", "society.rule[0].points", 6});
  check_bad(kHeader + "[[society.reward]]\nsphere = \"work\"\nfrom = 100\n",
            {"S130", "society.reward[0].from", 6});
  check_bad(kHeader + "[society.friends]\nweight = 0.5\n", {"S130", "society.friends.weight", 5});
  check_bad(kHeader + "[society.loyalty]\nmonitored = 1\npraise = 3\n",
            {"S130", "society.loyalty.praise", 6});
  check_bad(kHeader + "[[society.tier]]\nfrom = 3\nname = { en = \"C\", fr = \"C\" }\n",
            {"S130", "society.tier[0].from", 5});
  check_bad(kHeader + "[society.points]\nfrom = \"engine\"\n", {"S134", "society.points.from", 5});
}

TEST_CASE("society programme: thresholds that take in nobody, and tiers that fall, are told") {
  const std::string p = kHeader + kPoints;
  check_bad(p + "[[society.list]]\ncolour = \"black\"\nbelow = 0\n",
            {"S131", "society.list[0].below", 10});
  check_bad(p + "[[society.list]]\ncolour = \"red\"\nfrom = 2001\n",
            {"S131", "society.list[0].from", 10});
  check_bad(p + "[[society.sanction]]\nsphere = \"work\"\nbelow = -5\n",
            {"S131", "society.sanction[0].below", 10});
  std::string tier = "[[society.tier]]\nname = { en = \"C\", fr = \"C\" }\nfrom = ";
  check_bad(p + tier + "500\n" + tier + "500\n", {"S132", "society.tier[1].from", 13});
  ReadSocietyProgramme everybody =
      read_alone(p + "[[society.sanction]]\nsphere = \"work\"\nbelow = 2001\n");
  REQUIRE(everybody.programme);
  REQUIRE(everybody.findings.size() == 1);
  CHECK(everybody.findings[0].severity == Finding::Severity::warning);
}

TEST_CASE("society programme: sections that contradict each other are told, at their place") {
  const std::string p = kHeader + kPoints;
  check_bad(kHeader + "[society.points]\nlowest = 5\nhighest = 5\n",
            {"S136", "society.points.highest", 6});
  check_bad(kHeader + "[society.points]\nstart = -1\n", {"S136", "society.points.start", 5});
  check_bad(kHeader + "[[society.sanction]]\nsphere = \"work\"\n",
            {"S136", "society.sanction[0]", 4});
  check_bad(kHeader + "[[society.sanction]]\nsphere = \"work\"\nblack_list = true\n",
            {"S136", "society.sanction[0].black_list", 6});
  check_bad(kHeader + "[[society.sanction]]\nsphere = \"work\"\non_alert = true\n",
            {"S136", "society.sanction[0].on_alert", 6});
  check_bad(kHeader + "[society.matcher]\n", {"S136", "society.matcher", 4});
  check_bad(p + "[[society.rule]]\ndeed = \"camera-offence\"\npoints = -1\n",
            {"S136", "society.rule[0].deed", 9});
  check_bad(p + "[[society.rule]]\ndeed = \"criticism\"\npoints = -1\n",
            {"S136", "society.rule[0].deed", 9});
  check_bad(kHeader + "[society.publication]\nblack_list = true\n",
            {"S136", "society.publication.black_list", 5});
  check_bad(p + "[[society.list]]\ncolour = \"red\"\nbelow = 100\n",
            {"S136", "society.list[0].below", 10});
  check_bad(p + "[[society.list]]\ncolour = \"black\"\n", {"S136", "society.list[0]", 8});
  check_bad(kHeader + "[society.enrolment]\ncompulsory = true\nshare = 0.5\n",
            {"S136", "society.enrolment.share", 6});
  check_bad(kHeader +
                "[society.reviewers]\nfreeze = true\n[society.record]\n"
                "contested_counts = true\n",
            {"S136", "society.record.contested_counts", 7});
}

TEST_CASE("lawful part: the sections' lines are emptied, and every other line keeps its place") {
  std::string lawful = read_example("programme.toml");
  std::string sections =
      "[society.points] # [source]\nfrom = \"engine\"\n[[society.rule]]\ndeed = \"gaming\"\n"
      "points = 1\ntitle = { en = \"\"\"\n[source]\n\"\"\", fr = 'x' }\n"
      "[ \"society\" . matcher ]\nfalse_match_times = [\n  1,\n  [2],\n]\n";
  std::size_t middle = lawful.find("[[tier]]");
  std::string text = lawful.substr(0, middle) + sections + lawful.substr(middle);
  std::string emptied(static_cast<std::size_t>(std::count(sections.begin(), sections.end(), '\n')),
                      '\n');
  CHECK(lawful_part(text, "t.toml") == lawful.substr(0, middle) + emptied + lawful.substr(middle));
}

TEST_CASE("lawful part: keys of the document are emptied too, and look-alikes stay") {
  CHECK(lawful_part("society = { a = 1 }\nx = 1\n", "t") == "\nx = 1\n");
  CHECK(lawful_part("society.a.b = [\n1\n]\nx = 1\n", "t") == "\n\n\nx = 1\n");
  CHECK(lawful_part("[societal]\nsociety = 1\n[a.society]\nx = 1", "t") ==
        "[societal]\nsociety = 1\n[a.society]\nx = 1");
  CHECK(lawful_part("x = \"\"\"\n[society.a]\n\"\"\"\ny = 1\n", "t") ==
        "x = \"\"\"\n[society.a]\n\"\"\"\ny = 1\n");
  CHECK(lawful_part("x = 'a\\'\n[society.a]\ny = 1\n", "t") == "x = 'a\\'\n\n\n");
  CHECK(lawful_part("x = 1 # it's [open \"\"\"\n[society.a]\ny = 1\n[b]\n", "t") ==
        "x = 1 # it's [open \"\"\"\n\n\n[b]\n");
  CHECK(lawful_part("", "t").empty());
}

TEST_CASE("lawful part: no spelling of a section slips through to the engine") {
  for (const char* spelling :
       {"[society.loyalty]\nmonitored = 1\n", "[ society . loyalty ]\nmonitored = 1\n",
        "['society'.loyalty]\nmonitored = 1\n", "[\"soci\\u0065ty\".loyalty]\nmonitored = 1\n"}) {
    CAPTURE(spelling);
    std::string text = read_example("programme.toml") + spelling;
    ParsedProgramme parsed = parse_programme(text, "t.toml");
    REQUIRE(parsed.programme);
    CHECK(!admit(*std::move(parsed.programme), Charter::builtin()).lawful);
    ReadSocietyProgramme read = read_with_card(text);
    if (read.programme) CHECK(read.programme->constructs.loyalty.has_value());
  }
}

TEST_CASE("climate: life without a programme feels nothing") {
  Climate climate = climate_of(no_programme());
  CHECK(climate.awareness == 0);
  CHECK(climate.points_matter == 0);
  CHECK(climate.asks_consent);
  CHECK(!no_programme().scores());
}

TEST_CASE("climate: what people feel follows the sections") {
  Climate climate = climate_of(
      good(kPoints + "[society.loyalty]\nmonitored = 0.5\ncriticism = -100\npraise = 400\n"
                     "[society.friends]\nweight = 0.1\n[society.enrolment]\ncompulsory = true\n"
                     "[[society.sanction]]\nsphere = \"travel\"\nbelow = 100\n"
                     "[[society.sanction]]\nsphere = \"speech\"\nbelow = 100\n"
                     "[society.awareness]\nshare = 0.3\n"));
  CHECK(climate.speech_watched == 0.5);
  CHECK(climate.speech_cost == doctest::Approx(0.5));
  CHECK(climate.praise_pays == 1);
  CHECK(climate.friends_matter == 0.1);
  CHECK(climate.points_matter == doctest::Approx(1.0 / 6));
  CHECK(climate.awareness == 0.3);
  CHECK(!climate.asks_consent);
}

TEST_CASE("society programme: a damaged file never crashes and is told or read") {
  std::string whole = kHeader + kPoints +
                      "[society.cameras]\ncoverage = 0.5\ndetection = 1\n[[society.list]]\n"
                      "colour = \"black\"\nbelow = 600\n[society.friends]\nweight = 0.1\n";
  std::mt19937 random{4};
  for (int i = 0; i < 1000; ++i) {
    std::string text = whole;
    for (int change = 0; change < 3; ++change) {
      text[random() % text.size()] = "[]{}\"=.,0aZ\n"[random() % 12];
    }
    ReadSocietyProgramme read = read_alone(text);
    CHECK(read.programme.has_value() == !has_errors(read.findings));
    for (const Finding& finding : read.findings) CHECK(explain_society_code(finding.code));
  }
}
