#include <credence/base/toml_notes.h>
#include <doctest/doctest.h>

#include <vector>

using namespace credence;

namespace {

std::optional<Text> rule_of(std::string_view code) {
  if (code == "X002") return Text{"the rule", "la règle"};
  return std::nullopt;
}

TomlNode parsed(std::string_view text) {
  auto node = parse_toml(text, "f.toml");
  REQUIRE(node);
  return *std::move(node);
}

}  // namespace

TEST_CASE("TOML notes: a key that nobody knows is told with its place and the nearest known one") {
  const TomlNode file = parsed("name = 1\ncolour = 2\n\n[zzzzzzzz]\n");
  Findings findings;
  TomlNotes notes('X', findings, rule_of);
  notes.refuse_unknown(file, {"name", "color"}, "part");
  REQUIRE(findings.size() == 2);
  CHECK(notes.errors() == 2);
  CHECK(findings[0].code == "X002");
  CHECK(findings[0].path == "part.colour");
  CHECK(findings[0].where.line == 2);
  CHECK(findings[0].message.en == "unknown key `colour`; did you mean `color`?");
  CHECK(findings[0].message.fr == "clé inconnue « colour » ; vouliez-vous dire « color » ?");
  CHECK(findings[0].help == Text{"known here: name, color", "connues ici : name, color"});
  CHECK(findings[0].why.fr == "la règle");
  CHECK(findings[1].message.en == "unknown key `zzzzzzzz`");
}

TEST_CASE("TOML notes: known keys may come as a list made while reading, and none may be known") {
  const TomlNode file = parsed("a = 1\nb = 2\n");
  Findings findings;
  TomlNotes notes('T', findings);
  const std::vector<std::string> all{"b", "a"}, none;
  notes.refuse_unknown(file, all, "");
  CHECK(findings.empty());
  notes.refuse_unknown(file, none, "");
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].path == "a");
  CHECK(findings[0].code == "T002");
  CHECK(findings[0].why == Text{});
}

TEST_CASE("TOML notes: what is missing is told at the table, what is there is given back") {
  const TomlNode file = parsed("a = 1\n");
  Findings findings;
  TomlNotes notes('C', findings);
  const TomlNode* there = notes.need(file, "a", "");
  REQUIRE(there != nullptr);
  CHECK(*there->integer() == 1);
  CHECK(findings.empty());
  CHECK(notes.need(file, "b", "x[2]") == nullptr);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].code == "C003");
  CHECK(findings[0].path == "x[2].b");
  CHECK(findings[0].message == Text{"`b` is missing", "« b » manque"});
  CHECK(findings[0].help == Text{"add `b = ...`", "ajoutez « b = ... »"});
}

TEST_CASE("TOML notes: a value of the wrong kind is named as what it is, in both languages") {
  const TomlNode file =
      parsed("a = \"x\"\nb = 1\nc = 1.5\nd = true\ne = 2026-01-31\nf = [1]\n[g]\nh = 1\n");
  const std::vector<std::string> french{"un texte",      "un nombre entier", "un nombre décimal",
                                        "true ou false", "une date",         "une liste",
                                        "une table"};
  Findings findings;
  TomlNotes notes('S', findings);
  for (const TomlNode::Member& member : *file.table())
    notes.wrong_kind(member.value, member.key, {"a wish", "un souhait"});
  REQUIRE(findings.size() == french.size());
  for (std::size_t i = 0; i < french.size(); ++i) {
    const std::string kind{(*file.table())[i].value.kind()};
    CHECK(findings[i].code == "S004");
    CHECK(findings[i].message.en == "expected a wish, found " + kind);
    CHECK(findings[i].message.fr == "attendu : un souhait ; trouvé : " + french[i]);
    CHECK(findings[i].help == Text{"write a wish", "écrivez un souhait"});
  }
}

TEST_CASE("TOML notes: a warning is no error") {
  Findings findings;
  TomlNotes notes('S', findings);
  notes.warning("S009", "a", {}, {"hm", "hm"}, {});
  CHECK(notes.errors() == 0);
  CHECK_FALSE(has_errors(findings));
  notes.error("S009", "a", {}, {"no", "non"}, {});
  CHECK(notes.errors() == 1);
  CHECK(has_errors(findings));
  CHECK(path_to("", "a") == "a");
  CHECK(path_to("a", "b") == "a.b");
  CHECK(path_to("a", 3) == "a[3]");
}
