#include <credence/programme/keys.h>
#include <credence/programme/programme.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

using namespace credence;

namespace {

// Tests run in a build folder somewhere below the repository.
std::string read_repository_file(const std::string& path) {
  for (auto folder = std::filesystem::current_path();; folder = folder.parent_path()) {
    std::ifstream file{folder / path, std::ios::binary};
    if (file) return {std::istreambuf_iterator<char>{file}, {}};
    if (folder == folder.parent_path()) break;
  }
  FAIL("no such file in the repository: ", path);
  return {};
}

Programme published_example() {
  std::string text = read_repository_file("programmes/deposit-free/programme.toml");
  ParsedProgramme parsed = parse_programme(text, "programme.toml");
  for (const Finding& finding : parsed.findings) MESSAGE(render(finding, text, Language::en));
  REQUIRE(parsed.programme.has_value());
  CHECK(parsed.findings.empty());
  return *std::move(parsed.programme);
}

// The published programme and the map of a bank's export, which is broken by replacing `from`.
ParsedMaps parse_bank_map(std::string_view from = "", std::string_view to = "") {
  std::string text = R"([[map]]
name = "statement"
event = "overdraft"
delimiter = ";"
subject = "account_id"
at = { column = "date", format = "YYMMDD" }
key = ["trans_id"]
when = { type = ["debit", "charge"] }
fields.amount = { column = "amount", currency = "EUR" }
fields.days = { column = "n", values = { "" = "0" } }

[[map]]
name = "returns"
event = "rental"
subject = "client"
at = { column = "day" }
fields.deposit = { constant = "50.00 EUR" }
fields.due_back = { column = "due", format = "DD/MM/YYYY hh:mm" }
fields.returned = { column = "back", values = { "-" = "" } }
fields.outcome = { column = "state", values = { ok = "settled", gone = "lost" } }
)";
  if (!from.empty()) {
    std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
  }
  return parse_maps(text, "maps.toml", published_example());
}

}  // namespace

TEST_CASE("programme: the published example parses without a finding and asks all five families") {
  Programme programme = published_example();
  std::set<Family> families;
  std::set<Measure> measures;
  for (const Feature& feature : programme.features) {
    families.insert(feature.family);
    measures.insert(feature.measure);
    CHECK(!feature.question.fr.empty());
    CHECK(!feature.signal.empty());
  }
  CHECK(families.size() == 5);
  CHECK(measures.size() >= 8);
  CHECK(programme.features.size() >= 10);
  CHECK(programme.tiers.size() == 5);
  CHECK(programme.tier_of(349) == nullptr);
  CHECK(programme.tier_of(350)->from == 350);
  CHECK(programme.tier_of(649)->name.en == "Good");
  CHECK(programme.tier_of(950)->from == 700);
  CHECK(programme.find_benefit("no-deposit")->points == 600);
  CHECK(programme.find_benefit("no-deposit")->no_score_path.equal);
  CHECK(programme.consequences[0].where.text() == "outcome = 'lost' or outcome = 'damaged'");
  CHECK(programme.find_event("rental") == 3);
  CHECK(programme.find_event("rentals") == -1);
  CHECK(programme.find_feature("late_bills_12m") == 0);
  CHECK(programme.find_source("bank") == 0);
}

TEST_CASE("programme: every key that a file may have is in its documentation") {
  std::string page = read_repository_file("docs/formats/programme.md") +
                     read_repository_file("docs/formats/map.md");
  for (const TableKeys& rule : programme_keys()) {
    std::string_view keys = rule.keys;
    while (!keys.empty()) {
      std::string name{keys.substr(0, keys.find_first_of("!:"))};
      keys.remove_prefix(std::min(keys.find(' '), keys.size() - 1) + 1);
      CAPTURE(rule.table);
      CAPTURE(name);
      bool documented = name == "*";
      for (std::string_view end : {"`", ",", " ", "]", ")"}) {
        for (std::string_view begin : {"`", " ", "["}) {
          documented = documented ||
                       page.find(std::string{begin} + name + std::string{end}) != std::string::npos;
        }
      }
      CHECK(documented);
    }
  }
}

TEST_CASE("map: a file of maps is read against the programme") {
  ParsedMaps parsed = parse_bank_map();
  REQUIRE(parsed.findings.empty());
  REQUIRE(parsed.maps.size() == 2);
  const EventMap& statement = parsed.maps[0];
  CHECK(statement.delimiter == ';');
  CHECK(statement.event == 2);
  CHECK(statement.at.format == "YYMMDD");
  CHECK(statement.key == std::vector<std::string>{"trans_id"});
  CHECK(statement.when.at("type").size() == 2);
  CHECK(statement.fields.at("amount").currency == find_currency("EUR"));
  CHECK(statement.fields.at("days").values.at("") == "0");
  CHECK(parsed.maps[1].fields.at("deposit").constant == "50.00 EUR");
  CHECK(parsed.maps[1].fields.at("outcome").values.at("gone") == "lost");
}

TEST_CASE("map: each mistake is named by its code, in its path, and no map is given") {
  struct Bad {
    std::string_view from, to, code, path;
  };
  const Bad cases[] = {
      {"event = \"overdraft\"", "event = \"overdrafts\"", "P008", "map[0].event"},
      {"delimiter = \";\"", "delimiter = \";;\"", "P023", "map[0].delimiter"},
      {"delimiter = \";\"", "delimiter = \"\"", "P023", "map[0].delimiter"},
      {"delimiter = \";\"", "delimiter = 3", "P004", "map[0].delimiter"},
      {"subject = \"account_id\"", "subjct = \"account_id\"", "P002", "map[0].subjct"},
      {"\"YYMMDD\"", "\"YYMM\"", "P022", "map[0].at.format"},
      {"\"YYMMDD\"", "\"YYMMDDDD\"", "P022", "map[0].at.format"},
      {"\"YYMMDD\"", "\"month day year\"", "P022", "map[0].at.format"},
      {"column = \"date\", ", "", "P022", "map[0].at"},
      {"[\"debit\", \"charge\"]", "[]", "P024", "map[0].when.type"},
      {"[\"debit\", \"charge\"]", "\"debit\"", "P004", "map[0].when.type"},
      {"currency = \"EUR\"", "currency = \"CZK\"", "P012", "map[0].fields.amount.currency"},
      {"column = \"n\"", "column = \"n\", currency = \"EUR\"", "P012",
       "map[0].fields.days.currency"},
      {"column = \"n\"", "column = \"n\", format = \"YYMMDD\"", "P022",
       "map[0].fields.days.format"},
      {"\"\" = \"0\"", "\"\" = \"none\"", "P022", "map[0].fields.days.values"},
      {"days = { column = \"n\", values = { \"\" = \"0\" } }", "day = { column = \"n\" }", "P008",
       "map[0].fields.day"},
      {"fields.days = { column = \"n\", values = { \"\" = \"0\" } }", "", "P022", "map[0].fields"},
      {"constant = \"50.00 EUR\"", "constant = \"50.00\"", "P022",
       "map[1].fields.deposit.constant"},
      {"constant = \"50.00 EUR\"", "constant = \"5 EUR\", column = \"c\"", "P022",
       "map[1].fields.deposit"},
      {"gone = \"lost\"", "gone = \"lots\"", "P022", "map[1].fields.outcome.values.gone"},
      {"gone = \"lost\"", "gone = \"\"", "P022", "map[1].fields.outcome.values.gone"},
      {"gone = \"lost\"", "gone = 3", "P004", "map[1].fields.outcome.values.gone"},
      {"name = \"returns\"", "name = \"statement\"", "P007", "map[1].name"}};
  for (const Bad& bad : cases) {
    CAPTURE(bad.to);
    ParsedMaps parsed = parse_bank_map(bad.from, bad.to);
    CHECK(parsed.maps.empty());
    auto found =
        std::find_if(parsed.findings.begin(), parsed.findings.end(),
                     [&](const Finding& f) { return f.code == bad.code && f.path == bad.path; });
    for (const Finding& finding : parsed.findings) INFO(finding.code, " ", finding.path);
    CHECK(found != parsed.findings.end());
  }
}
