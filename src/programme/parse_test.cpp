#include <credence/programme/codes.h>
#include <credence/programme/keys.h>
#include <credence/programme/programme.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace credence;

namespace {

// The least that a programme file must say.
const std::string kSmall = R"(
[programme]
id = "small"
version = 1
title = { en = "Small", fr = "Petit" }
purpose = "deposit-waiver"
class = "creditworthiness"
jurisdiction = ["eu"]
currency = "EUR"
operator = { name = "Velo Commun" }

[[source]]
id = "bank"
context = "payments"
category = "financial-verified"
retention = { period = "24 months", clock_start = "event" }

[[event]]
type = "bill"
source = "bank"
fields = { amount="money", due="date", paid="date?", kind = "choice: home | other", ok = "flag?" }

[[feature]]
id = "late"
family = "credit-history"
question = { en = "Late bills", fr = "Factures en retard" }
from = "bill"
where = "paid > due + 3 days"
measure = "count"
window = "12 months"
risk = "rises"

[score]
range = [350, 950]
card = "card.toml"
)";

std::string with(std::string_view from, std::string_view to) {
  std::string text = kSmall;
  std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string and_also(std::string_view more) {
  return kSmall + "\n" + std::string{more};
}

ParsedProgramme parse(const std::string& text) {
  return parse_programme(text, "p.toml");
}

// The one finding that `text` gives.
Finding only(const std::string& text) {
  ParsedProgramme parsed = parse(text);
  INFO(text);
  for (const Finding& finding : parsed.findings) INFO(render(finding, text, Language::en));
  REQUIRE(parsed.findings.size() == 1);
  CHECK(!parsed.programme);
  CHECK(explain_code(parsed.findings[0].code) != nullptr);
  CHECK(!parsed.findings[0].message.fr.empty());
  CHECK(parsed.findings[0].where.line > 0);
  return parsed.findings[0];
}

}  // namespace

TEST_CASE("programme: the least file parses, and what it does not say has its defaults") {
  ParsedProgramme parsed = parse(kSmall);
  REQUIRE(parsed.findings.empty());
  const Programme& programme = *parsed.programme;
  CHECK(programme.id == "small");
  CHECK(programme.sources[0].retention == Period{24, 0});
  const EventType& bill = programme.events[0];
  CHECK(bill.source == 0);
  REQUIRE(bill.fields.size() == 5);
  CHECK(bill.fields[2].optional);
  CHECK(bill.fields[3].choices == std::vector<std::string>{"home", "other"});
  CHECK(programme.features[0].window == Period{12, 0});
  CHECK(programme.features[0].risk == Risk::rises);
  CHECK(programme.features[0].where.text() == "paid > due + 3 days");
  CHECK(programme.min_age == 18);
  CHECK(programme.rights.dispute_days == 30);
  CHECK(programme.explanation.max_reasons == 4);
  CHECK(programme.text == kSmall);
  CHECK(programme.tier_of(900) == nullptr);
}

TEST_CASE("programme: a file for the society alone is told once that it has no lawful part") {
  CHECK(only("[programme]\nid = \"a\"\n[society.cameras]\ncoverage = 0.5").code == "P028");
  CHECK(only("[society.points]\nstart = 1000").code == "P028");
  for (std::string_view other :
       {"society = 5", "[society]", "[society.points]\n[score]", "[programme]\nid = \"a\""}) {
    for (const Finding& finding : parse(std::string{other}).findings) CHECK(finding.code != "P028");
  }
}

TEST_CASE(
    "programme: a misspelt key is found in every section, rights included, with the right one") {
  struct Typo {
    std::string_view text, key, meant;
  };
  const Typo typos[] = {
      {"[reveiw]\nfour_eyes = true", "reveiw", "review"},
      {"[review]\nfour_eye = true", "four_eye", "four_eyes"},
      {"[rights]\ndispute_day = 30", "dispute_day", "dispute_days"},
      {"[rights.propagation]\nacknowlege = \"5 days\"", "acknowlege", "acknowledge"},
      {"[assessments]\ndpai = \"x\"", "dpai", "dpia"},
      {"[assessments.fria]\nharm = \"x\"", "harm", "harms"},
      {"[monitor]\nmetric = []", "metric", "metrics"},
      {"[monitor.stop_if]\nat_laest = 3", "at_laest", "at_least"},
      {"[publication]\nregistr = \"x\"", "registr", "register"},
      {"[money]\npaid_signal = false", "paid_signal", "paid_signals"},
      {"[record]\ncheckpoint = \"1 hour\"", "checkpoint", "checkpoints"},
      {"[identity]\nmach = []", "mach", "match"},
      {"[explanation]\nsorce = \"trace\"", "sorce", "source"},
      {"[[relation]]\norigin = \"a\"\nuse = \"b\"\nlevel = \"same\"\nreasn = 1", "reasn", "reason"},
      {"[[consent]]\nsteps = 2\nexpiri = \"1 year\"", "expiri", "expiry"},
      {"[[consent]]\nwithdrawal = { chanels = [] }", "chanels", "channels"},
      {"[[tier]]\nfrom = 400\nname = { en = \"a\", fr = \"b\" }\nnme = 1", "nme", "name"},
      {"[[benefit]]\nid = \"b\"\ncontext = \"c\"\nneds = 1", "neds", "needs"},
      {"[[recipient]]\nid = \"r\"\npsuedonym = \"x\"", "psuedonym", "pseudonym"},
      {"[[consequence]]\nid = \"c\"\ncontext = \"c\"\nat_mots = \"x\"", "at_mots", "at_most"}};
  for (const Typo& typo : typos) {
    Finding finding = only(and_also(typo.text));
    CAPTURE(typo.text);
    CHECK(finding.code == "P002");
    CHECK(finding.message.en.find(typo.key) != std::string::npos);
    CHECK(finding.help.en.find("did you mean `" + std::string{typo.meant} + "`?") !=
          std::string::npos);
    CHECK(finding.where.length == typo.key.size());
  }
}

TEST_CASE("programme: any misspelt key of the table of keys is found") {
  for (const TableKeys& rule : programme_keys()) {
    bool list = rule.table.find('.') == std::string_view::npos;
    bool plain = rule.table == "review" || rule.table == "rights" || rule.table == "money" ||
                 rule.table == "record" || rule.table == "publication" || rule.table == "monitor";
    if (!list || !plain) continue;
    Finding finding = only(and_also("[" + std::string{rule.table} + "]\nnothing_like_it = 1"));
    CHECK(finding.code == "P002");
    CHECK(finding.path == std::string{rule.table} + ".nothing_like_it");
  }
}

namespace {

struct Bad {
  std::string_view from, to, code, path, help = "";
};

const Bad kMistakes[] = {
    {"id = \"small\"", "id = \"Small One\"", "P006", "programme.id"},
    {"id = \"small\"\n", "", "P003", "programme.id"},
    {"version = 1", "version = \"1\"", "P004", "programme.version"},
    {"version = 1", "version = 0", "P009", "programme.version"},
    {"version = 1", "version = 1.5", "P004", "programme.version"},
    {"title = { en = \"Small\", fr = \"Petit\" }", "title = \"Small\"", "P004", "programme.title",
     "en ="},
    {", fr = \"Petit\"", "", "P013", "programme.title.fr"},
    {"\"Petit\"", "\"\"", "P013", "programme.title.fr"},
    {"\"Petit\"", "3", "P004", "programme.title.fr"},
    {"fr = \"Petit\"", "fr = \"Petit\", de = \"Klein\"", "P002", "programme.title.de"},
    {"\"deposit-waiver\"", "\"\"", "P024", "programme.purpose"},
    {"[\"eu\"]", "[]", "P024", "programme.jurisdiction"},
    {"card = \"card.toml\"", "card = \"\"", "P024", "score.card"},
    {"id = \"bank\"", "id = \"\"", "P006", "source[0].id"},
    {"purpose = \"deposit-waiver\"", "purpose = [\"a\", \"b\"]", "P004", "programme.purpose"},
    {"\"creditworthiness\"", "\"creditworthines\"", "P005", "programme.class",
     "`creditworthiness`?"},
    {"[\"eu\"]", "[\"uk\"]", "P005", "programme.jurisdiction[0]", "`eu`"},
    {"[\"eu\"]", "\"eu\"", "P004", "programme.jurisdiction"},
    {"\"EUR\"", "\"EURO\"", "P012", "programme.currency"},
    {"operator = { name = \"Velo Commun\" }", "operator = {}", "P003", "programme.operator.name"},
    {"\"24 months\"", "\"24 monhts\"", "P010", "source[0].retention.period"},
    {"\"24 months\"", "\"0 months\"", "P020", "source[0].retention.period"},
    {"\"24 months\"", "24", "P004", "source[0].retention.period", "\"12 months\""},
    {"clock_start = \"event\"", "clock_start = \"evnt\"", "P005", "source[0].retention.clock_start",
     "`event`?"},
    {"source = \"bank\"", "source = \"bnk\"", "P008", "event[0].source", "`bank`?"},
    {"\"flag?\"", "\"text\"", "P015", "event[0].fields.ok", "choice"},
    {"\"flag?\"", "\"string?\"", "P015", "event[0].fields.ok"},
    {"\"flag?\"", "\"flga\"", "P016", "event[0].fields.ok", "`flag`?"},
    {"\"flag?\"", "\"\"", "P016", "event[0].fields.ok"},
    {"\"flag?\"", "3", "P004", "event[0].fields.ok"},
    {"\"flag?\"", "{ special = [\"a\"] }", "P003", "event[0].fields.ok.type"},
    {"\"flag?\"", "{ type = \"flag\", special = [\"A b\"] }", "P021", "event[0].fields.ok.special"},
    {"\"flag?\"", "{ type = \"flag\", special = [\"a\", \"a\"] }", "P021",
     "event[0].fields.ok.special"},
    {"\"flag?\"", "{ type = \"flag\", specials = [] }", "P002", "event[0].fields.ok.specials",
     "`special`?"},
    {"choice: home | other", "choice: home | home", "P016", "event[0].fields.kind"},
    {"choice: home | other", "choice:", "P016", "event[0].fields.kind"},
    {"choice: home | other", "choice: home | ", "P016", "event[0].fields.kind"},
    {"choice: home | other", "choice: l'autre", "P016", "event[0].fields.kind"},
    {"ok = \"flag?\"", "today = \"flag?\"", "P006", "event[0].fields.today"},
    {"ok = \"flag?\"", "Ok = \"flag?\"", "P006", "event[0].fields.Ok"},
    {"from = \"bill\"", "from = \"bil\"", "P008", "feature[0].from", "`bill`?"},
    {"paid > due + 3 days", "paid > du + 3 days", "P042", "feature[0].where"},
    {"\"count\"", "\"cuont\"", "P005", "feature[0].measure", "`count`?"},
    {"\"count\"", "\"sum\"", "P017", "feature[0].measure", "of ="},
    {"\"count\"", "\"sum\"\nof = \"due\"", "P017", "feature[0].of"},
    {"\"count\"", "\"sum\"\nof = \"amuont\"", "P008", "feature[0].of", "`amount`?"},
    {"\"count\"", "\"count\"\nof = \"amount\"", "P017", "feature[0].of"},
    {"\"count\"", "\"latest\"\nof = \"due\"", "P017", "feature[0].of"},
    {"where = \"paid > due + 3 days\"\nmeasure = \"count\"", "measure = \"share\"", "P017",
     "feature[0].measure"},
    {"\"12 months\"", "\"0 days\"", "P020", "feature[0].window"},
    {"\"12 months\"", "\"-1 month\"", "P010", "feature[0].window"},
    {"\"rises\"", "\"rise\"", "P005", "feature[0].risk", "`rises`?"},
    {"[350, 950]", "[950, 350]", "P019", "score.range"},
    {"[350, 950]", "[350]", "P019", "score.range"},
    {"[350, 950]", "[0, 1001]", "P019", "score.range"},
    {"[350, 950]", "\"x\"", "P019", "score.range"},
    {"card = \"card.toml\"", "card = \"card.toml\"\nneeds = { facts = -1 }", "P009",
     "score.needs.facts"},
    {"card = \"card.toml\"", "crad = \"card.toml\"", "P002", "score.crad", "`card`?"}};

}  // namespace

TEST_CASE("programme: each mistake is named by its code, in its path") {
  for (const Bad& bad : kMistakes) {
    CAPTURE(bad.to);
    ParsedProgramme parsed = parse(with(bad.from, bad.to));
    CHECK(!parsed.programme);
    auto found =
        std::find_if(parsed.findings.begin(), parsed.findings.end(),
                     [&](const Finding& f) { return f.code == bad.code && f.path == bad.path; });
    REQUIRE(found != parsed.findings.end());
    CHECK(found->help.en.find(bad.help) != std::string::npos);
    CHECK(explain_code(found->code) != nullptr);
    CHECK(parsed.findings.size() <= 2);
  }
}

TEST_CASE("programme: what stands beside the least is checked as well") {
  const std::string bill = "[[event]]\ntype = \"bill\"\nsource = \"bank\"\nfields = {}";
  const std::string tier = "[[tier]]\nname = { en = \"a\", fr = \"b\" }\nfrom = ";
  CHECK(only(and_also(bill)).code == "P007");
  CHECK(only(and_also(bill)).message.en.find("line 19") != std::string::npos);
  CHECK(only(and_also(tier + "600\n" + tier + "600")).code == "P018");
  CHECK(only(and_also(tier + "600\n" + tier + "550")).path == "tier[1].from");
  CHECK(only(and_also(tier + "349")).code == "P009");
  CHECK(only(and_also(tier + "951")).code == "P009");
  CHECK(only(and_also("[[benefit]]\nid=\"b\"\ncontext=\"c\"\nneeds={points=951}")).code == "P009");
  CHECK(only(and_also("[[benefit]]\nid=\"b\"\ncontext=\"c\"\nanswer=\"yes\"")).code == "P005");
  CHECK(only(and_also(
                 "[[benefit]]\nid=\"b\"\ncontext=\"c\"\notherwise=\"x\"\nno_score_path={id=\"y\"}"))
            .code == "P008");
  CHECK(only(and_also("[[consent]]\nsource=\"bnk\"")).code == "P008");
  CHECK(only(and_also("[[consent]]\nrecipient=\"shop\"")).code == "P008");
  CHECK(only(and_also("[[consent]]\nexpiry=\"2 yeers\"")).code == "P010");
  CHECK(only(and_also("[[consequence]]\nid=\"c\"\ncontext=\"c\"\nbecause=\"bil\"")).code == "P008");
  CHECK(only(and_also("[[consequence]]\nid=\"c\"\ncontext=\"c\"\nwhere=\"ok\"")).code == "P003");
  CHECK(
      only(
          and_also(
              "[[consequence]]\nid=\"c\"\ncontext=\"c\"\nbecause=\"bill\"\nwhere=\"kind = 'hom'\""))
          .code == "P045");
  CHECK(only(and_also("[assessments]\ndate = \"2026-05-12\"")).code == "P011");
  CHECK(only(and_also("[monitor]\nstop_if = { adverse_impact_ratio_below = \"0.8\" }")).code ==
        "P004");
  CHECK(only(and_also("[record]\nfloors = { log = \"6 moons\" }")).code == "P010");
  CHECK(only(and_also("review = 3\n")).code == "P002");
  CHECK(only("review = 3\n" + kSmall).code == "P004");
}

TEST_CASE("programme: what an article judges is left to the charter") {
  for (auto text :
       {"[[consequence]]\nid=\"c\"\ncontext=\"c\"\nat_most=\"until further notice\"",
        "[[benefit]]\nid=\"b\"\ncontext=\"travel\"\nanswer=\"ranking\"",
        "[[consent]]\ndefault=\"on\"\nexpiry=\"never\"", "[rights]\nfreeze=\"later\""}) {
    CAPTURE(text);
    CHECK(parse(and_also(text)).programme);
  }
  CHECK(parse(with("\"financial-verified\"", "\"biometric\"")).programme);
}

TEST_CASE("programme: too much of anything is told once") {
  std::string fields = "a0 = \"flag\"";
  for (int i = 1; i < 17; ++i) fields += ", a" + std::to_string(i) + " = \"flag\"";
  CHECK(only(and_also("[[event]]\ntype=\"e\"\nsource=\"bank\"\nfields={" + fields + "}")).code ==
        "P014");
  std::string tiers;
  for (int i = 0; i < 70; ++i) {
    tiers += "[[tier]]\nname={en=\"a\",fr=\"b\"}\nfrom=" + std::to_string(400 + i) + "\n";
  }
  CHECK(only(and_also(tiers)).code == "P014");
  CHECK(only(std::string(600'000, '#')).code == "P026");
  std::string unknown;
  for (int i = 0; i < 5000; ++i) unknown += "k" + std::to_string(i) + " = 1\n";
  ParsedProgramme parsed = parse(unknown);
  CHECK(parsed.findings.size() == 1001);
  CHECK(parsed.findings.back().code == "P027");
}

TEST_CASE("programme: what is no TOML is one finding at its place") {
  Finding finding = only("[programme]\nid = \n");
  CHECK(finding.code == "P001");
  CHECK(finding.where.line == 2);
  CHECK(only("x = \xff").code == "P001");
  Finding stray = only("[programme]\ntitle = \"é\" # é\nid = Ɋ");
  CHECK(stray.where.line == 3);
  CHECK(stray.where.column == 6);
  CHECK(only("é = 1").where.column == 1);
  CHECK(only("a = 'é' é").where.column == 9);
  CHECK(only("a = \"\"\"\"é\"\"\"\"\" é").where.column == 16);
  CHECK(parse("").findings.size() == 5);
}

TEST_CASE("programme: findings stand in the order of the file, all in one run") {
  std::string text = with("version = 1", "version = \"1\"");
  text.replace(text.find("\"bank\"\nfields"), 6, "\"bnk\"");
  text.replace(text.find("paid > due"), 10, "payd > du ");
  text.replace(text.find("\"count\""), 7, "\"cuont\"");
  ParsedProgramme parsed = parse(text + "\n[reviw]\n");
  REQUIRE(parsed.findings.size() == 6);
  for (std::size_t i = 1; i < 6; ++i) {
    CHECK(parsed.findings[i - 1].where.line <= parsed.findings[i].where.line);
  }
}

TEST_CASE(
    "programme: a finding inside a condition has the true place, however the string is written") {
  struct Written {
    std::string_view as;
    std::uint32_t lines, column;
  };
  const Written ways[] = {{"\"ok and payd > due\"", 0, 17},
                          {"'ok and payd > due'", 0, 17},
                          {"\"\"\"ok and payd > due\"\"\"", 0, 19},
                          {"'''\nok and payd > due'''", 1, 8},
                          {"\"\"\"ok and \\\n   payd > due\"\"\"", 1, 4},
                          {"\"ok \\u0061nd payd > due\"", 0, 22},
                          {"\"\"\"\nok and\n  payd > due\"\"\"", 2, 3}};
  for (const Written& way : ways) {
    CAPTURE(way.as);
    ParsedProgramme parsed = parse(with("\"paid > due + 3 days\"", way.as));
    REQUIRE(parsed.findings.size() == 1);
    CHECK(parsed.findings[0].where.line == 28 + way.lines);
    CHECK(parsed.findings[0].where.column == way.column);
  }
}

TEST_CASE("programme: a path is found in the file, or its nearest enclosing thing") {
  Programme programme = *parse(kSmall).programme;
  CHECK(programme.where("feature[0].where").line == 28);
  CHECK(programme.where("feature[0].where").column == 9);
  CHECK(programme.where("source[0].retention.period").column == 24);
  CHECK(programme.where("source[0].retention.nothing") == programme.where("source[0].retention"));
  CHECK(programme.where("feature[7].where").line > 0);
  CHECK(programme.where("").line == 1);
  for (auto odd : {"[", "feature[", "feature[x]", "feature[99999999999999999999]", "a..b",
                   "feature[0]].x", "."}) {
    CAPTURE(odd);
    CHECK(programme.where(odd).line > 0);
  }
}

TEST_CASE("programme: codes are explained in both languages and stand in order") {
  std::string_view previous;
  for (const CodeExplanation& known : programme_codes()) {
    CHECK(previous < known.code);
    CHECK(!known.text.en.empty());
    CHECK(!known.text.fr.empty());
    previous = known.code;
  }
  CHECK(explain_code("P999") == nullptr);
}
