#include <credence/charter/charter.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

using namespace credence;

namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  REQUIRE_MESSAGE(file.good(), path.string());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::filesystem::path folder() {
  return std::filesystem::path{CREDENCE_CASES} / "charter";
}

const std::string& base() {
  static const std::string text = read_file(folder() / "base.toml");
  return text;
}

// The base with one passage changed; the passage must stand there exactly once.
void change(std::string& text, const std::string& from, const std::string& to) {
  CAPTURE(from);
  std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  REQUIRE(text.find(from, at + 1) == std::string::npos);
  text.replace(at, from.size(), to);
}

Findings findings_of(const std::string& text) {
  auto document = parse_toml(text, "case.toml");
  REQUIRE_MESSAGE(static_cast<bool>(document), (document ? "" : to_text(document.error())));
  return judge(*document, Charter::builtin());
}

bool admitted(const std::string& text) {
  ParsedProgramme parsed = parse_programme(text, "case.toml");
  return parsed.programme &&
         admit(*std::move(parsed.programme), Charter::builtin()).lawful.has_value();
}

std::string all(const std::string& text, const Findings& findings) {
  std::string out;
  for (const Finding& finding : findings)
    out += finding.path + " " + render(finding, text, Language::en);
  for (const Finding& finding : parse_programme(text, "case.toml").findings) {
    out += render(finding, text, Language::en);
  }
  return out;
}

std::set<std::string> codes(const Findings& findings, Finding::Severity severity) {
  std::set<std::string> out;
  for (const Finding& finding : findings) {
    if (finding.severity == severity) out.insert(finding.code);
  }
  return out;
}

// What stands in the text at a finding's place. Columns count characters.
std::string_view text_at(std::string_view text, const Where& where) {
  for (std::uint32_t line = 1; line < where.line; ++line) {
    std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  for (std::uint32_t column = 1; column < where.column && !text.empty(); ++column) {
    do text.remove_prefix(1);
    while (!text.empty() && (static_cast<unsigned char>(text[0]) & 0xc0U) == 0x80U);
  }
  return text;
}

struct Case {
  std::string article, name, text;
  bool good = false;
  std::set<std::string> warns;
  struct Expected {
    std::string code, path, marks;
  };
  std::vector<Expected> finds;
};

std::string string_in(const TomlNode& table, std::string_view key) {
  const TomlNode* node = table.find(key);
  return node != nullptr && node->string() != nullptr ? *node->string() : std::string{};
}

std::vector<TomlNode> list_in(const TomlNode& table, std::string_view key) {
  const TomlNode* node = table.find(key);
  return node != nullptr && node->array() != nullptr ? *node->array() : std::vector<TomlNode>{};
}

Case read_case(const std::string& article, const TomlNode& table, bool good) {
  Case read{article, string_in(table, "name"), base(), good, {}, {}};
  CAPTURE(article);
  CAPTURE(read.name);
  for (const TomlNode& edit : list_in(table, "edit")) {
    change(read.text, string_in(edit, "from"), string_in(edit, "to"));
  }
  if (std::string more = string_in(table, "append"); !more.empty()) read.text += "\n" + more;
  for (const TomlNode& warning : list_in(table, "warns")) read.warns.insert(*warning.string());
  for (const TomlNode& found : list_in(table, "finds")) {
    read.finds.push_back(
        {string_in(found, "code"), string_in(found, "path"), string_in(found, "marks")});
  }
  return read;
}

std::vector<Case> read_cases() {
  std::vector<Case> cases;
  for (const Article& article : Charter::builtin().articles()) {
    std::string file = article.id + ".toml";
    auto document = parse_toml(read_file(folder() / file), file);
    REQUIRE_MESSAGE(static_cast<bool>(document), (document ? "" : to_text(document.error())));
    for (const TomlNode& table : list_in(*document, "good")) {
      cases.push_back(read_case(article.id, table, true));
    }
    for (const TomlNode& table : list_in(*document, "bad")) {
      cases.push_back(read_case(article.id, table, false));
    }
  }
  return cases;
}

void check_bad(const Case& bad, const Findings& findings) {
  REQUIRE(!bad.finds.empty());
  std::set<std::string> expected;
  for (const Case::Expected& find : bad.finds) {
    CAPTURE(find.code);
    CAPTURE(find.path);
    expected.insert(find.code);
    auto found = std::find_if(findings.begin(), findings.end(), [&](const Finding& f) {
      return f.code == find.code && f.path == find.path;
    });
    REQUIRE(found != findings.end());
    CHECK(found->where.line > 0);
    CHECK(std::string{text_at(bad.text, found->where)}.starts_with(find.marks));
    CHECK(!found->message.en.empty());
    CHECK(found->message.en != found->message.fr);
    CHECK(!found->law.empty());
    CHECK(!found->help.fr.empty());
  }
  CHECK(expected.contains(bad.article));
  CHECK(codes(findings, Finding::Severity::error) == expected);
  CHECK(!admitted(bad.text));
}

}  // namespace

TEST_CASE("charter: the base programme is admitted without a word") {
  Findings findings = findings_of(base());
  INFO(all(base(), findings));
  CHECK(findings.empty());
  CHECK(admitted(base()));
}

TEST_CASE("charter: every case is judged as its article says, at its place") {
  for (const Case& one : read_cases()) {
    CAPTURE(one.article);
    CAPTURE(one.name);
    Findings findings = findings_of(one.text);
    INFO(all(one.text, findings));
    if (one.good) {
      CHECK(codes(findings, Finding::Severity::error).empty());
      CHECK(codes(findings, Finding::Severity::warning) == one.warns);
      CHECK(admitted(one.text));
    } else {
      check_bad(one, findings);
    }
    CHECK(std::is_sorted(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
      return std::pair(a.where.line, a.where.column) < std::pair(b.where.line, b.where.column);
    }));
  }
}

TEST_CASE("charter: every article has good and bad cases, and the reference names every article") {
  std::map<std::string, int> good, bad;
  for (const Case& one : read_cases()) ++(one.good ? good : bad)[one.article];
  std::string reference =
      read_file(std::filesystem::path{CREDENCE_DOCS} / "reference" / "charter.md");
  for (const Article& article : Charter::builtin().articles()) {
    CAPTURE(article.id);
    CHECK(good[article.id] >= 1);
    CHECK(bad[article.id] >= 2);
    CHECK(reference.find("| " + article.id + " |") != std::string::npos);
    std::string counted =
        std::to_string(good[article.id]) + " + " + std::to_string(bad[article.id]);
    std::size_t row = reference.find("| " + article.id + " |");
    CHECK(reference.substr(row, reference.find('\n', row) - row).find(counted) !=
          std::string::npos);
  }
}

TEST_CASE("catalogue: every forbidden class and source kind is refused by its own article") {
  for (const SignalClass& entry : Charter::builtin().catalogue().classes) {
    if (entry.forbidden_by.empty()) continue;
    CAPTURE(entry.id);
    std::string text = base();
    change(text, "context = \"payments\"\ncategory = \"financial-verified\"",
           "context = \"payments\"\ncategory = \"" + entry.id + "\"");
    CHECK(codes(findings_of(text), Finding::Severity::error) == std::set{entry.forbidden_by});
    CHECK(!admitted(text));
  }
  for (const SourceKind& kind : Charter::builtin().catalogue().source_kinds) {
    CAPTURE(kind.id);
    std::string text = base();
    change(text, "kind = \"account-statement\"", "kind = \"" + kind.id + "\"");
    std::set<std::string> expected;
    if (!kind.forbidden_by.empty()) expected.insert(kind.forbidden_by);
    if (kind.is_register) expected.insert("A21");
    CHECK(codes(findings_of(text), Finding::Severity::error) == expected);
  }
}

TEST_CASE("firewall: a never context is refused for a benefit, a consequence and a relation") {
  for (const LifeContext& context : Charter::builtin().catalogue().contexts) {
    if (!context.never) continue;
    for (const char* kind : {"deposit-waiver", "deposit-required"}) {
      std::string text = base();
      std::string entry = "kind = \"" + std::string{kind} + "\"\ncontext = ";
      change(text, entry + "\"rental\"", entry + "\"" + context.id + "\"");
      CAPTURE(context.id);
      CHECK(codes(findings_of(text), Finding::Severity::error) == std::set<std::string>{"A10"});
      CHECK(!admitted(text));
    }
    std::string text = base();
    change(text, "use = \"rental\"\nlevel = \"same\"",
           "use = \"" + context.id + "\"\nlevel = \"related\"");
    CHECK(codes(findings_of(text), Finding::Severity::error).contains("A10"));
  }
}

TEST_CASE("firewall: every pair of contexts is denied until a relation allows it") {
  for (const LifeContext& origin : Charter::builtin().catalogue().contexts) {
    if (origin.never) continue;
    std::string text = base();
    change(text, "context = \"payments\"", "context = \"" + origin.id + "\"");
    CAPTURE(origin.id);
    bool allowed = origin.id == "payments" || origin.id == "rental";
    CHECK(codes(findings_of(text), Finding::Severity::error).contains("A09") == !allowed);
  }
}

TEST_CASE("names: every word of the catalogue is refused as a field, by its article") {
  for (const NameRule& rule : Charter::builtin().catalogue().names) {
    for (const std::string& word : rule.words) {
      std::string text = base();
      std::string name = word.starts_with('=') ? word.substr(1) : word;
      change(text, "amount = \"money\"", name + " = \"money\"");
      CAPTURE(name);
      CHECK(codes(findings_of(text), Finding::Severity::error).contains(rule.article));
    }
  }
}
