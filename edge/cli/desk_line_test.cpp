#include <credence/cli/desk_line.h>
#include <credence/cli/desk_words.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace credence;

namespace {

using Desk = BinDesk;

DeskLine::Wish wish(std::string_view line) {
  auto read = read_desk_line(line);
  if (auto* finding = std::get_if<Finding>(&read)) FAIL(finding->message.en);
  return std::get<DeskLine::Wish>(read);
}

template <class One>
One command(std::string_view line) {
  const auto whole = wish(line);
  REQUIRE(std::holds_alternative<Desk::Command>(whole));
  REQUIRE(std::holds_alternative<One>(std::get<Desk::Command>(whole)));
  return std::get<One>(std::get<Desk::Command>(whole));
}

std::string refusal_of(std::string_view line) {
  auto read = read_desk_line(line);
  REQUIRE(std::holds_alternative<Finding>(read));
  const auto& finding = std::get<Finding>(read);
  for (const std::string& text :
       {finding.message.en, finding.message.fr, finding.help.en, finding.help.fr})
    CHECK_FALSE(text.empty());
  return finding.code;
}

}  // namespace

TEST_CASE("desk line: what is written in English is understood") {
  CHECK(command<Desk::Join>("join 2").first == 2);
  CHECK_FALSE(command<Desk::Join>("join 2").second);
  CHECK(command<Desk::Join>("join 2 4").second == 4);
  CHECK(command<Desk::Split>("  split\t2 at 41.5 # half").at == 41.5);
  CHECK(command<Desk::Split>("split 2 -3e2").at == -300);
  CHECK_FALSE(command<Desk::Split>("split 2").at);
  CHECK(command<Desk::MoveEdge>("edge 2 43").to == 43);
  CHECK(command<Desk::TakeOut>("take \"student loan\"").text == "student loan");
  CHECK(command<Desk::TakeOut>("take student loan").text == "student loan");
  CHECK(command<Desk::PutInto>("put \"into 3\" into 2").text == "into 3");
  CHECK(command<Desk::PutInto>("put car 2").group == 2);
  CHECK(command<Desk::SetBins>("bins 5").least == 5);
  CHECK(command<Desk::SetBins>("bins 3 6").most == 6);
  CHECK_FALSE(command<Desk::SetBins>("bins any").most);
  CHECK(command<Desk::SetTrend>("trend ascending").trend == Trend::ascending);
  CHECK(command<Desk::SetLeastShare>("share 0.07").share == 0.07);
  CHECK(command<Desk::SetLeastShare>("share 7%").share == 0.07);
  CHECK(command<Desk::Step>("previous").by == -1);
  CHECK(command<Desk::Go>("go open_loans").name == "open_loans");
  CHECK(command<Desk::SetPlace>("leave out").place == Desk::Place::left_out);
  CHECK(command<Desk::GiveReason>("because \"say \\\"no\\\" # here\"").because ==
        "say \"no\" # here");
  CHECK(command<Desk::GiveReason>("because the price  list").because == "the price  list");
  CHECK(std::get<DeskLine::Write>(wish("write my bins.toml")).path == "my bins.toml");
  CHECK(std::get<DeskLine::Quit>(wish("quit without writing")).without_writing);
  CHECK(std::holds_alternative<DeskLine::Nothing>(wish("")));
  CHECK(std::holds_alternative<DeskLine::Nothing>(wish("   # a remark")));
}

TEST_CASE("desk line: the same in French, with accents and without, with decimal commas") {
  CHECK(command<Desk::Join>("joindre 2").first == 2);
  CHECK(command<Desk::Split>("couper 2 à 41,5").at == 41.5);
  CHECK(command<Desk::MoveEdge>("borne 2 43,25").to == 43.25);
  CHECK(command<Desk::PutInto>("mettre prêt étudiant dans 2").text == "prêt étudiant");
  CHECK(command<Desk::SetTrend>("tendance décroissante").trend == Trend::descending);
  CHECK(command<Desk::SetTrend>("tendance decroissante").trend == Trend::descending);
  CHECK(command<Desk::Step>("precedente").by == -1);
  CHECK(command<Desk::SetPlace>("exclure").place == Desk::Place::left_out);
  CHECK(command<Desk::SetLeastShare>("part 7,5 %").share == 0.075);
  CHECK(std::get<DeskLine::Write>(wish("ecrire plan.toml")).path == "plan.toml");
  CHECK(std::get<DeskLine::Quit>(wish("quitter sans écrire")).without_writing);
}

TEST_CASE("desk line: a bad line tells how it is written") {
  for (const char* line :
       {"joni 2",        "join",       "join 1 2 3", "split",  "split 2 at", "split 1 2 3 4",
        "edge 2",        "take",       "put car",    "bins",   "bins 1 2 3", "trend",
        "trend upwards", "share",      "best now",   "undo 2", "leave",      "go",
        "because",       "quit later", "\"join",     "42",     "\xff",       "join\x01 2"})
    CHECK(refusal_of(line) == "desk.line");
  for (const char* line :
       {"join two", "join 1.5", "join 99999999999999999999", "split x", "split 2 at high",
        "split 2 at nan", "split 2 at inf", "edge 1 x", "edge x 1", "put car into last",
        "bins many", "bins 2 x", "share half", "share %"})
    CHECK(refusal_of(line) == "desk.number");
}

TEST_CASE(
    "desk line: every word has its help in both languages, and no word stands for two things") {
  std::vector<std::string> seen;
  for (const DeskWordEntry& entry : desk_words()) {
    for (const Language language : {Language::en, Language::fr}) {
      const std::string& name = entry.name.in(language);
      CHECK(std::count(seen.begin(), seen.end(), name) == 0);
      CHECK_FALSE(desk_help(name, Tongue{language}).empty());
      seen.push_back(name);
    }
  }
  CHECK(desk_help("nothing", Tongue{Language::en}).empty());
}

TEST_CASE("desk line: any bytes are read or refused") {
  std::mt19937_64 random{4};
  const std::string words[] = {"join", "split", "at", "put",     "into",  "\"",    "\\",  "#",
                               "1",    "-2",    "%",  "because", "share", "leave", "out", "\xc3"};
  for (int i = 0; i < 5000; ++i) {
    std::string line;
    for (std::size_t n = random() % 6; n > 0; --n)
      line += words[random() % 16] + (random() % 4 == 0 ? "" : " ");
    const auto read = read_desk_line(line);
    CHECK(read.index() < 2);
  }
}
