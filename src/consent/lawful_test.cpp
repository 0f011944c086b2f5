#include <credence/consent/consent.h>
#include <credence/event/reader.h>
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace credence;

namespace {

// The published example, through the charter: the only way to a LawfulProgramme.
LawfulProgramme example_programme() {
  std::string text;
  for (auto folder = std::filesystem::current_path(); text.empty(); folder = folder.parent_path()) {
    std::ifstream file{folder / "programmes/deposit-free/programme.toml", std::ios::binary};
    text.assign(std::istreambuf_iterator<char>{file}, {});
    REQUIRE(folder != folder.root_path());
  }
  ParsedProgramme parsed = parse_programme(text, "programme.toml");
  REQUIRE(parsed.programme);
  Admission admission = admit(std::move(*parsed.programme), Charter::builtin());
  REQUIRE(admission.lawful);
  return *admission.lawful;
}

std::vector<Event> read_events(FileFormat format, const LawfulProgramme& programme,
                               std::string_view bytes) {
  std::vector<Event> events;
  OnRecord note = [&](std::uint64_t, ReadRecord record) {
    if (auto* reject = std::get_if<Reject>(&record)) FAIL_CHECK(reject_line(*reject));
    if (auto* event = std::get_if<Event>(&record)) events.push_back(std::move(*event));
  };
  auto reader = make_reader(format, programme);
  reader->feed(bytes, note);
  reader->finish(note);
  return events;
}

}  // namespace

TEST_CASE(
    "consent: a record of a lawful programme goes from the file to Admitted, and not after a "
    "withdrawal") {
  LawfulProgramme programme = example_programme();
  std::vector<Event> events =
      read_events(FileFormat::csv, programme,
                  "subject,event,at,key,amount,due,paid\n"
                  "ada,bill,2026-01-31,b-17,12.50 EUR,2026-01-20,2026-01-22\n");
  REQUIRE(events.size() == 1);
  Instant now = *parse_instant("2026-06-01T12:00:00Z");
  Consents consents;
  Grant grant;
  grant.index = 5;
  grant.purpose = programme->purpose;
  grant.source = "bank";
  grant.recipient = kOperator;
  grant.granted = *parse_instant("2026-01-01T00:00:00Z");
  grant.expires = *parse_date("2028-01-01");
  consents.add(grant);

  auto outcome = admit(events[0], programme, &consents, now);
  REQUIRE(std::holds_alternative<Admitted>(outcome));
  const Admitted& admitted = std::get<Admitted>(outcome);
  CHECK(admitted.grant() == 5);
  CHECK(admitted.recorded() == now);
  CHECK(admitted.event().subject == "ada");
  CHECK(to_canonical_json(to_json(admitted.event(), *programme)) ==
        R"({"at":"2026-01-31","event":"bill","fields":{"amount":"12.50 EUR","due":"2026-01-20",)"
        R"("paid":"2026-01-22"},"key":"b-17"})");

  consents.withdraw("bank", 6, now);
  auto refused = admit(events[0], programme, &consents, now);
  REQUIRE(std::holds_alternative<Refused>(refused));
  CHECK(std::get<Refused>(refused).article == "A14");
  CHECK(std::get<Refused>(refused).why.en ==
        "the consent for \"Your bank account\" was withdrawn on 2026-06-01");
  CHECK(std::get<Refused>(refused).why.fr ==
        "l'accord pour « Votre compte bancaire » a été retiré le 2026-06-01");
  CHECK(std::get<Refused>(admit(events[0], programme, nullptr, now)).article == "A28");
}

TEST_CASE("consent: a reader outlives the programme that it was made for") {
  std::unique_ptr<EventReader> reader = make_reader(FileFormat::json_lines, example_programme());
  int events = 0;
  OnRecord note = [&](std::uint64_t, ReadRecord record) {
    events += std::holds_alternative<Event>(record);
  };
  reader->feed(
      R"({"subject":"ada","event":"income","at":"2026-01-31","amount":"1 EUR","regular":true})",
      note);
  reader->finish(note);
  CHECK(events == 1);
}
