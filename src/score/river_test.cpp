#include <credence/score/batch.h>
#include <credence/score/reasons.h>
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

// The way that real programmes take: parsed, admitted, with the card that stands beside them.

namespace credence {

namespace {

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  REQUIRE_MESSAGE(file.good(), path.string());
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

const std::filesystem::path kProgrammes = CREDENCE_PROGRAMMES;

LawfulProgramme admitted(const std::string& name) {
  std::string file = name + "/programme.toml";
  ParsedProgramme parsed = parse_programme(content_of(kProgrammes / file), file);
  for (const Finding& finding : parsed.findings) {
    INFO(render(finding, content_of(kProgrammes / file), Language::en));
    CHECK(finding.severity == Finding::Severity::warning);
  }
  REQUIRE(parsed.programme);
  Admission admission = admit(*std::move(parsed.programme), Charter::builtin());
  REQUIRE(admission.lawful);
  return *admission.lawful;
}

ReadCard card_beside(const std::string& name, const LawfulProgramme& programme) {
  return read_card(content_of(kProgrammes / name / programme->card_file), programme->card_file,
                   programme);
}

// A person who agreed to every source and has one record of a type on each of the given days.
Dossier person_with(const LawfulProgramme& programme, std::string_view type,
                    std::vector<std::string_view> days) {
  Dossier dossier;
  dossier.subject = "p-1";
  for (const Source& source : programme->sources) {
    Grant grant;
    grant.purpose = programme->purpose;
    grant.source = source.id;
    grant.recipient = kOperator;
    grant.granted = Instant{*parse_date("2024-01-01")};
    grant.expires = *parse_date("2030-01-01");
    dossier.consents.add(grant);
  }
  for (std::string_view day : days) {
    EventFact event;
    event.index = 1 + dossier.events.size();
    event.type = programme->find_event(type);
    event.at = *parse_date(day);
    event.recorded = Instant{event.at};
    for (std::size_t i = 0;
         i < programme->events[static_cast<std::size_t>(event.type)].fields.size(); ++i) {
      const Field& field = programme->events[static_cast<std::size_t>(event.type)].fields[i];
      event.fields[i] = Cell::of(field.type == FieldType::date ? day_number(event.at) : 1);
    }
    dossier.events.push_back(event);
  }
  return dossier;
}

AsOf as_of(std::string_view day) {
  return {.date = *parse_date(day), .known = UINT64_MAX, .asked = Instant{*parse_date(day)}};
}

}  // namespace

TEST_CASE("score: the bundled programme has a card without a finding") {
  for (const std::string name : {"deposit-free"}) {
    LawfulProgramme programme = admitted(name);
    ReadCard read = card_beside(name, programme);
    for (const Finding& finding : read.findings) {
      FAIL_CHECK(
          render(finding, content_of(kProgrammes / name / programme->card_file), Language::en));
    }
    CHECK(read.card);
  }
}

TEST_CASE(
    "score: a lawful programme scores bills paid on time, explains the distance and adds up") {
  LawfulProgramme programme = admitted("deposit-free");
  Card card = *card_beside("deposit-free", programme).card;
  Dossier dossier = person_with(programme, "bill",
                                {"2025-09-05", "2025-10-05", "2025-11-05", "2025-12-05",
                                 "2026-01-05", "2026-02-05", "2026-03-05", "2026-04-05"});
  Features features = derive(programme, dossier, as_of("2026-05-01"));
  CHECK(features.usable_facts == 8);
  Score result = std::get<Score>(score(features, card, programme));
  int total = result.base, lost = 0;
  for (const Term& term : result.terms) total += term.points;
  for (const Reason& reason : adverse_reasons(result, card, Baseline::best)) lost += reason.lost();
  CHECK(result.total == total);
  CHECK(result.total + lost == card.highest());
  int late = programme->find_feature("late_bills_12m");
  REQUIRE(late >= 0);
  CHECK(features.values[static_cast<std::size_t>(late)] == FeatureValue{Cell::of(0), {}});
}

TEST_CASE("score: a lawful programme has too little data for one bill, and for none") {
  LawfulProgramme programme = admitted("deposit-free");
  Card card = *card_beside("deposit-free", programme).card;
  for (const auto& days :
       {std::vector<std::string_view>{}, std::vector<std::string_view>{"2026-02-05"}}) {
    Features features =
        derive(programme, person_with(programme, "bill", days), as_of("2026-05-01"));
    ScoreOutcome outcome = score(features, card, programme);
    REQUIRE(std::holds_alternative<NotEnoughData>(outcome));
    CHECK(std::get<NotEnoughData>(outcome).facts == static_cast<int>(days.size()));
  }
}

TEST_CASE("score: a withdrawn consent empties a lawful programme's answers at the next call") {
  LawfulProgramme programme = admitted("deposit-free");
  Dossier dossier = person_with(programme, "bill", {"2026-02-05", "2026-03-05"});
  dossier.consents.withdraw("bank", 100, Instant{*parse_date("2026-04-30")});
  CHECK(usable_events(programme, dossier, as_of("2026-05-01")).empty());
  CHECK(why_excluded(programme, dossier, dossier.events[0], as_of("2026-05-01")) ==
        Excluded::no_consent);
  CHECK(usable_events(programme, dossier, as_of("2026-04-29")).size() == 2);
}

TEST_CASE("batch: the bundled card is narrow and ready for batches") {
  for (const std::string name : {"deposit-free"}) {
    LawfulProgramme programme = admitted(name);
    auto batch =
        BatchCard::make(*card_beside(name, programme).card, programme->explanation.baseline);
    REQUIRE(batch);
    CHECK(batch->narrow());
  }
}

}  // namespace credence
