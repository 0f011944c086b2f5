#include <credence/charter/charter.h>
#include <credence/people/network.h>
#include <credence/worlds/world.h>
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

using namespace credence;

namespace {

std::string all_of(const Findings& findings, std::string_view text) {
  std::string out;
  for (const Finding& finding : findings) out += render(finding, text, Language::en);
  return out;
}

ReadSocietyProgramme read_preset(const Preset& preset) {
  std::string id{preset.id};
  return read_society_programme(preset.text, id + ".toml", preset.card, id + ".card.toml");
}

bool is_admitted(const Preset& preset) {
  ParsedProgramme parsed = parse_programme(preset.text, "preset.toml");
  return parsed.programme &&
         admit(*std::move(parsed.programme), Charter::builtin()).lawful.has_value();
}

Findings judgement_of(const Preset& preset) {
  auto document = parse_toml(preset.text, "preset.toml");
  REQUIRE(static_cast<bool>(document));
  return judge(*document, Charter::builtin());
}

}  // namespace

TEST_CASE("presets: every world reads without a finding, under its own name") {
  for (const Preset& preset : built_in_worlds()) {
    CAPTURE(preset.id);
    ReadWorld read = read_world(preset.text, "preset.toml");
    INFO(all_of(read.findings, preset.text));
    CHECK(read.findings.empty());
    REQUIRE(read.world);
    CHECK(read.world->id == preset.id);
    CHECK(read.world->text == preset.text);
    CHECK(!read.world->title.fr.empty());
    CHECK(read.world->ties.size() == kTieLayers);
  }
}

TEST_CASE("presets: the people and ties of the town and the village can be made") {
  for (const Preset& preset : built_in_worlds().first(2)) {
    CAPTURE(preset.id);
    ReadWorld read = read_world(preset.text, "preset.toml");
    REQUIRE(read.world);
    KeyedDraws draws{read.world->seed, 0};
    auto people = make_population(read.world->population, draws);
    REQUIRE_MESSAGE(static_cast<bool>(people), (people ? "" : to_text(people.error())));
    CHECK(people->size() == read.world->population.people);
    for (const TiesPlan& plan : read.world->ties) {
      auto ties = make_ties(plan, *people, draws);
      REQUIRE_MESSAGE(static_cast<bool>(ties), (ties ? "" : to_text(ties.error())));
      CHECK(ties->links() > 0);
    }
  }
}

TEST_CASE("presets: every programme reads without a finding, under its own name") {
  for (const Preset& preset : built_in_programmes()) {
    CAPTURE(preset.id);
    ReadSocietyProgramme read = read_preset(preset);
    INFO(all_of(read.findings, preset.text));
    INFO(all_of(read.card_findings, preset.card));
    CHECK(read.findings.empty());
    CHECK(read.card_findings.empty());
    REQUIRE(read.programme);
    CHECK(read.programme->id == preset.id);
    CHECK(read.programme->engine.has_value() == !preset.card.empty());
    CHECK(read.programme->scores());
  }
}

TEST_CASE("presets: the charter admits lawful-open, and refuses every other programme") {
  for (const Preset& preset : built_in_programmes()) {
    CAPTURE(preset.id);
    bool lawful = preset.id == "lawful-open";
    CHECK(is_admitted(preset) == lawful);
    Findings findings = judgement_of(preset);
    INFO(all_of(findings, preset.text));
    CHECK(has_errors(findings) == !lawful);
    if (lawful) CHECK(read_preset(preset).programme->constructs.sections.empty());
  }
}

TEST_CASE("presets: the card that a programme asks for is the one that comes with it") {
  for (const Preset& preset : built_in_programmes()) {
    auto card = card_file_of(preset.text, "preset.toml");
    CHECK(card.has_value() == !preset.card.empty());
    if (card) CHECK(*card == std::string{preset.id} + ".card.toml");
  }
}

TEST_CASE("presets: total surveillance is refused for each of its sections, and by no other word") {
  for (const Preset& preset : built_in_programmes()) {
    if (preset.id != "total-surveillance") continue;
    std::set<std::string> codes;
    for (const Finding& finding : judgement_of(preset)) {
      CHECK(finding.path.starts_with("society."));
      codes.insert(finding.code);
    }
    CHECK(codes == std::set<std::string>{"A01", "A04", "A05", "A07", "A08", "A09", "A10", "A13",
                                         "A18", "A19", "A25", "A30"});
  }
}

TEST_CASE("presets: the files in the repository are the ones compiled in") {
  auto read = [](const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  };
  std::filesystem::path root{CREDENCE_PRESETS};
  for (const Preset& preset : built_in_worlds()) {
    CHECK(read(root / "worlds" / (std::string{preset.id} + ".toml")) == preset.text);
  }
  for (const Preset& preset : built_in_programmes()) {
    std::string id{preset.id};
    CHECK(read(root / "programmes" / (id + ".toml")) == preset.text);
    if (!preset.card.empty()) {
      CHECK(read(root / "programmes" / (id + ".card.toml")) == preset.card);
    }
  }
}
