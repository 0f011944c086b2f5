#include <credence/charter/charter.h>
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace credence;

namespace {

const std::string& base() {
  static const std::string text = [] {
    std::ifstream file{std::filesystem::path{CREDENCE_CASES} / "charter" / "base.toml",
                       std::ios::binary};
    std::ostringstream read;
    read << file.rdbuf();
    return read.str();
  }();
  return text;
}

TomlNode document_of(const std::string& text) {
  auto document = parse_toml(text, "shape.toml");
  REQUIRE(static_cast<bool>(document));
  return *std::move(document);
}

// The tree with its node number `target`, in the order of the file, replaced or (without a value)
// removed.
class Change {
 public:
  Change(int target, const TomlNode::Value* value) : target_(target), value_(value) {}

  TomlNode in(const TomlNode& node) {
    if (count_++ == target_ && value_ != nullptr) return TomlNode{*value_, node.where()};
    if (const TomlNode::Array* items = node.array()) {
      TomlNode::Array out;
      for (const TomlNode& item : *items) {
        if (!removed(item)) out.push_back(in(item));
      }
      return TomlNode{std::move(out), node.where()};
    }
    if (const TomlNode::Table* members = node.table()) {
      TomlNode::Table out;
      for (const TomlNode::Member& member : *members) {
        if (!removed(member.value)) out.push_back({member.key, member.key_where, in(member.value)});
      }
      return TomlNode{std::move(out), node.where()};
    }
    return node;
  }

  int count() const { return count_; }

 private:
  bool removed(const TomlNode&) {
    if (value_ != nullptr || count_ != target_) return false;
    ++count_;
    target_ = -1;
    return true;
  }

  int target_;
  const TomlNode::Value* value_;
  int count_ = 0;
};

int nodes_of(const TomlNode& document) {
  TomlNode::Value none = false;
  Change counting{-1, &none};
  counting.in(document);
  return counting.count();
}

// The tree without what stands at `path` ("consent[].default": of the first consent).
TomlNode without(const TomlNode& node, std::string_view path) {
  std::size_t dot = path.find('.');
  std::string_view key = path.substr(0, dot);
  bool list = key.ends_with("[]");
  if (list) key.remove_suffix(2);
  TomlNode::Table out;
  for (const TomlNode::Member& member : *node.table()) {
    if (member.key != key) {
      out.push_back(member);
    } else if (dot != std::string_view::npos && list) {
      TomlNode::Array items = *member.value.array();
      items[0] = without(items[0], path.substr(dot + 1));
      out.push_back(
          {member.key, member.key_where, TomlNode{std::move(items), member.value.where()}});
    } else if (dot != std::string_view::npos) {
      out.push_back({member.key, member.key_where, without(member.value, path.substr(dot + 1))});
    }
  }
  return TomlNode{std::move(out), node.where()};
}

bool says(const Findings& findings, const std::string& article, std::string path) {
  for (std::size_t at = path.find("[]"); at != std::string::npos; at = path.find("[]"))
    path.replace(at, 2, "[0]");
  for (const Finding& finding : findings) {
    if (finding.code == article && finding.path == path) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("charter: a file of any shape is judged, and none is admitted by being odd") {
  TomlNode document = document_of(base());
  int nodes = nodes_of(document);
  REQUIRE(nodes > 300);
  TomlNode::Array nested;
  nested.push_back(TomlNode{TomlNode::Array{TomlNode{}}, {}});
  const std::vector<TomlNode::Value> values = {std::string{},
                                               std::string{"\xff\xfe*"},
                                               std::string(5000, 'x'),
                                               std::int64_t{-1},
                                               true,
                                               TomlNode::Float{0.5, "0.5"},
                                               TomlNode::Array{},
                                               nested,
                                               TomlNode::Table{}};
  for (int target = 0; target < nodes; ++target) {
    for (const TomlNode::Value& value : values) {
      for (const Finding& finding :
           judge(Change{target, &value}.in(document), Charter::builtin())) {
        CHECK(finding.message.en.size() < 1000);
        CHECK(is_utf8(finding.message.en));
        CHECK(is_utf8(finding.message.fr));
      }
    }
    judge(Change{target, nullptr}.in(document), Charter::builtin());
  }
}

TEST_CASE("charter: an empty file is refused by nearly every article that asks for something") {
  Findings findings = judge(TomlNode{}, Charter::builtin());
  CHECK(has_errors(findings));
  for (const char* article : {"A15", "A16", "A17", "A18", "A19", "A20", "A22", "A23", "A25", "A26",
                              "A28", "A30", "A32", "A34", "A35"}) {
    bool said = false;
    for (const Finding& finding : findings) said = said || finding.code == article;
    CAPTURE(article);
    CHECK(said);
  }
}

TEST_CASE(
    "charter: a file for the society alone is refused for its sections and for nothing else") {
  auto document = parse_toml(
      "[programme]\nid = \"a\"\nversion = 2\n[society.cameras]\ncoverage = 1.0\n"
      "[society.unheard_of]\n",
      "a.toml");
  REQUIRE(document);
  Findings findings = judge(*document, Charter::builtin());
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].code == "A01");
  CHECK(findings[1].code == "A08");
}

TEST_CASE("charter: every required key is missed when it is gone, by its article") {
  TomlNode document = document_of(base());
  for (const Requirement& requirement : Charter::builtin().requirements()) {
    if (requirement.optional || !requirement.packs.empty()) continue;
    CAPTURE(requirement.path);
    Findings findings = judge(without(document, requirement.path), Charter::builtin());
    CHECK(says(findings, requirement.article, requirement.path));
  }
}

TEST_CASE("admission: a value changed in memory is not admitted, the text is") {
  ParsedProgramme parsed = parse_programme(base(), "base.toml");
  REQUIRE(parsed.programme.has_value());
  parsed.programme->min_age = 3;
  parsed.programme->consequences.front().decided_by = "system";
  Admission admission = admit(*std::move(parsed.programme), Charter::builtin());
  REQUIRE(admission.lawful.has_value());
  CHECK((*admission.lawful)->min_age == 18);
  CHECK((*admission.lawful)->consequences.front().decided_by == "human");
}

TEST_CASE("admission: a programme without its text is refused") {
  CHECK(!admit(Programme{}, Charter::builtin()).lawful.has_value());
  ParsedProgramme parsed = parse_programme(base(), "base.toml");
  REQUIRE(parsed.programme.has_value());
  parsed.programme->text = "[programme]\n";
  CHECK(!admit(*std::move(parsed.programme), Charter::builtin()).lawful.has_value());
}

TEST_CASE("findings: only the law of the active packs is told, and all of it when none is named") {
  std::string text = base();
  text.replace(text.find("min_age = 18"), 12, "min_age = 12");
  auto law_of = [](const std::string& of) {
    std::string cites;
    for (const Finding& finding : judge(document_of(of), Charter::builtin())) {
      if (finding.path != "programme.min_age") continue;
      for (const std::string& cite : finding.law) cites += cite.substr(0, 3);
    }
    return cites;
  };
  CHECK(law_of(text) == "EU:");
  text.replace(text.find("[\"eu\"]"), 6, "[\"us\", \"cn\"]");
  CHECK(law_of(text) == "US:CN:");
  text.replace(text.find("[\"us\", \"cn\"]"), 12, "[\"atlantis\"]");
  CHECK(law_of(text) == "EU:US:CN:");
}

TEST_CASE("maps: a file of maps beside the programme may read no more than the programme") {
  ParsedProgramme parsed = parse_programme(base(), "base.toml");
  REQUIRE(parsed.programme.has_value());
  Admission admission = admit(*std::move(parsed.programme), Charter::builtin());
  REQUIRE(admission.lawful.has_value());
  auto judged = [&](const std::string& columns) {
    std::string text =
        "[[map]]\nname = \"m\"\nevent = \"bill\"\nsubject = \"account_id\"\n"
        "at = { column = \"day\" }\n" +
        columns;
    return judge_maps(document_of(text), *admission.lawful, Charter::builtin());
  };
  CHECK(judged("fields = { amount = { column = \"sum\" } }").empty());
  CHECK(says(judged("fields = { amount = { column = \"gps_lat\" } }"), "A02",
             "map[].fields.amount.column"));
  CHECK(says(judged("when = { religion = [\"x\"] }"), "A03", "map[].when.religion"));
  CHECK(says(judged("when = { kind = [\"mosque\"] }"), "A03", "map[].when.kind"));
  CHECK(says(judged("fields = { amount = { column = \"k\", values = { donation = \"1\" } } }"),
             "A05", "map[].fields.amount.values.donation"));
  CHECK(says(judged("key = [\"zip_code\"]"), "A03", "map[].key"));
}

TEST_CASE("charter: a file with broken bytes is no TOML and reaches no article") {
  std::string text = base();
  text.replace(text.find("Tools"), 5, "T\xff\xffls");
  auto document = parse_toml(text, "shape.toml");
  REQUIRE(!document);
  CHECK(document.error().code == "toml.utf8");
  CHECK(document.error().where.line == 6);
}
