#include <credence/event/event.h>
#include <credence/event/test_programme.h>
#include <credence/event/value.h>
#include <doctest/doctest.h>

#include <random>

using namespace credence;

namespace {

Result<Event> from(std::string_view text) {
  static const Programme programme = testing::make_programme();
  auto json = parse_json(text);
  REQUIRE(json);
  return event_from_json(*json, programme);
}

}  // namespace

TEST_CASE("event: a canonical payload comes back byte for byte") {
  const Programme programme = testing::make_programme();
  for (
      std::string_view text : {
          R"({"at":"2026-01-31","event":"bill","fields":{"amount":"12.50 EUR","due":"2026-01-20"},"key":"k1"})",
          R"({"at":"2026-01-31","event":"bill","fields":{"amount":"-0.01 EUR","due":"2026-01-20","paid":"2026-01-21"},"key":"k"})",
          R"({"at":"0001-01-01","corrects":7,"event":"income","fields":{"amount":"0.00 EUR","regular":true},"key":"é"})",
          R"({"at":"9999-12-31","event":"overdraft","fields":{"amount":"10000000000000.00 EUR","days":-1000000000000000},"key":"k"})",
          R"({"at":"2024-02-29","event":"rental","fields":{"deposit":"1.00 EUR","due_back":"2026-01-20","outcome":"lost"},"key":"k"})",
          R"({"at":"2026-01-31","event":"report","fields":{"balance":{"special":"no-account"},"months":{"special":"never"}},"key":"k"})",
      }) {
    CAPTURE(text);
    auto event = from(text);
    REQUIRE(event);
    CHECK(to_canonical_json(to_json(*event, programme)) == text);
  }
}

TEST_CASE("event: another spelling of the same payload becomes the canonical one") {
  const Programme programme = testing::make_programme();
  auto event = from(R"({"key":"k","fields":{"due":"2026-01-20","amount":"12.5 EUR"},"event":"bill",
                        "at":"2026-01-31"})");
  REQUIRE(event);
  CHECK(
      to_canonical_json(to_json(*event, programme)) ==
      R"({"at":"2026-01-31","event":"bill","fields":{"amount":"12.50 EUR","due":"2026-01-20"},"key":"k"})");
}

TEST_CASE("event: a payload without a key is named by the digest of its content") {
  auto one =
      from(R"({"at":"2026-01-31","event":"income","fields":{"amount":"1 EUR","regular":true}})");
  auto same =
      from(R"({"at":"2026-01-31","event":"income","fields":{"amount":"1.00 EUR","regular":true}})");
  auto other =
      from(R"({"at":"2026-01-31","event":"income","fields":{"amount":"1.01 EUR","regular":true}})");
  REQUIRE(one);
  REQUIRE(same);
  REQUIRE(other);
  CHECK(one->key.starts_with("sha256:"));
  CHECK(one->key.size() == 7 + 64);
  CHECK(one->key == same->key);
  CHECK(one->key != other->key);
}

TEST_CASE("event: a payload that is not strictly an event is an error that names the member") {
  struct Case {
    std::string_view text, code, named;
  };
  for (
      const Case& wrong : {
          Case{"[]", "event.shape", "object"},
          Case{R"({"event":"bill"})", "event.missing", "`at`"},
          Case{R"({"at":"2026-01-31"})", "event.missing", "`event`"},
          Case{R"({"at":"2026-01-31","event":7})", "event.shape", "`event`"},
          Case{R"({"at":"2026-01-31","event":null})", "event.shape", "`event`"},
          Case{R"({"at":"2026-01-31","event":"bil"})", "event.type", "did you mean `bill`"},
          Case{R"({"at":20260131,"event":"bill"})", "event.shape", "`at`"},
          Case{R"({"at":"2026-02-30","event":"bill"})", "event.date", "`at`"},
          Case{R"({"at":"2026-01-31","event":"bill","note":"x"})", "event.unknown", "`note`"},
          Case{R"({"at":"2026-01-31","event":"bill","feilds":{}})", "event.unknown",
               "did you mean `fields`"},
          Case{R"({"at":"2026-01-31","event":"bill","fields":[]})", "event.shape", "`fields`"},
          Case{R"({"at":"2026-01-31","event":"bill","fields":{}})", "event.missing",
               "fields.amount"},
          Case{R"({"at":"2026-01-31","event":"bill"})", "event.missing", "fields.amount"},
          Case{R"({"at":"2026-01-31","event":"bill","fields":{"amout":"1 EUR"}})", "event.unknown",
               "did you mean `amount`"},
          Case{R"({"at":"2026-01-31","event":"bill","fields":{"amount":12.5}})", "event.shape",
               "fields.amount"},
          Case{R"({"at":"2026-01-31","event":"bill","fields":{"amount":"12.505 EUR"}})",
               "event.money", "fields.amount"},
          Case{R"({"at":"2026-01-31","event":"bill","fields":{"amount":"12 USD"}})",
               "event.currency", "fields.amount"},
          Case{R"({"at":"2026-01-31","event":"bill","fields":{"amount":null}})", "event.shape",
               "fields.amount"},
          Case{
              R"({"at":"2026-01-31","event":"bill","fields":{"amount":"1 EUR","due":"20.01.2026"}})",
              "event.date", "fields.due"},
          Case{
              R"({"at":"2026-01-31","event":"income","fields":{"amount":"1 EUR","regular":"true"}})",
              "event.shape", "fields.regular"},
          Case{
              R"({"at":"2026-01-31","event":"overdraft","fields":{"amount":"1 EUR","days":1000000000000001}})",
              "event.integer", "fields.days"},
          Case{R"({"at":"2026-01-31","event":"overdraft","fields":{"amount":"1 EUR","days":1.5}})",
               "event.shape", "fields.days"},
          Case{R"({"at":"2026-01-31","event":"rental","fields":{"outcome":"lsot"}})",
               "event.choice", "did you mean `lost`"},
          Case{R"({"at":"2026-01-31","event":"report","fields":{"balance":{"special":"none"}}})",
               "event.choice", "fields.balance"},
          Case{
              R"({"at":"2026-01-31","event":"report","fields":{"balance":{"speciel":"no-record"}}})",
              "event.shape", "fields.balance"},
          Case{
              R"({"at":"2026-01-31","event":"income","fields":{"amount":{"special":"no-record"}}})",
              "event.choice", "fields.amount"},
          Case{R"({"at":"2026-01-31","corrects":-1,"event":"bill"})", "event.shape", "`corrects`"},
          Case{R"({"at":"2026-01-31","corrects":"7","event":"bill"})", "event.shape", "`corrects`"},
          Case{
              R"({"at":"2026-01-31","event":"income","fields":{"amount":"1 EUR","regular":true},"key":""})",
              "event.key", "`key`"},
          Case{
              R"({"at":"2026-01-31","event":"income","fields":{"amount":"1 EUR","regular":true},"key":"a\n"})",
              "event.key", "`key`"},
      }) {
    CAPTURE(wrong.text);
    auto event = from(wrong.text);
    REQUIRE_FALSE(event);
    CHECK(event.error().code == wrong.code);
    CHECK(event.error().message.find(wrong.named) != std::string::npos);
    CHECK_FALSE(event.error().help.empty());
  }
}

TEST_CASE("event: names are counted in characters and keep their spaces") {
  CHECK_FALSE(check_name(" a ", "event.subject"));
  CHECK_FALSE(check_name(std::string(200, 'x'), "event.subject"));
  CHECK(check_name(std::string(201, 'x'), "event.subject"));
  std::string accents;
  for (int i = 0; i < 200; ++i) accents += "é";
  CHECK_FALSE(check_name(accents, "event.subject"));
  CHECK(check_name(accents + "é", "event.subject"));
  CHECK(check_name("a\xc2\x85", "event.subject"));  // a control character of two bytes
  CHECK(check_name("a\x7f", "event.subject"));
  CHECK(check_name("a\xff", "event.subject"));
  CHECK(check_source_key("credence:dispute-7"));
  CHECK(check_source_key("credence:"));
  CHECK(check_source_key(""));
  CHECK_FALSE(check_source_key("credence"));
  CHECK_FALSE(check_source_key("Credence:7"));
  CHECK_FALSE(check_name("credence:dispute-7", "event.key"));  // read back from a correction
}

TEST_CASE("event: any event that the programme allows survives its payload") {
  const Programme programme = testing::make_programme();
  std::mt19937_64 random(20260101);
  auto draw = [&random](std::int64_t from, std::int64_t to) {
    return std::uniform_int_distribution<std::int64_t>{from, to}(random);
  };
  for (int round = 0; round < 2000; ++round) {
    Event event;
    event.type = static_cast<int>(draw(0, 4));
    event.at = date_of_day_number(static_cast<int>(draw(-700000, 2900000)));
    event.key = "k" + std::to_string(round);
    if (draw(0, 4) == 0) event.corrects = static_cast<std::uint64_t>(draw(0, INT64_MAX));
    const EventType& type = programme.events[static_cast<std::size_t>(event.type)];
    for (std::size_t i = 0; i < type.fields.size(); ++i) {
      const Field& field = type.fields[i];
      if (field.optional && draw(0, 1) == 0) continue;
      if (!field.special.empty() && draw(0, 1) == 0) {
        event.fields[i] = Cell::special(static_cast<int>(draw(0, std::ssize(field.special) - 1)));
        continue;
      }
      switch (field.type) {
        case FieldType::money:
        case FieldType::integer:
          event.fields[i] = Cell::of(draw(-kMaxInteger, kMaxInteger));
          break;
        case FieldType::date:
          event.fields[i] = Cell::of(draw(-700000, 2900000));
          break;
        case FieldType::flag:
          event.fields[i] = Cell::of(draw(0, 1));
          break;
        case FieldType::choice:
          event.fields[i] = Cell::of(draw(0, std::ssize(field.choices) - 1));
      }
    }
    auto parsed = parse_json(to_canonical_json(to_json(event, programme)));
    REQUIRE(parsed);
    auto back = event_from_json(*parsed, programme);
    REQUIRE(back);
    CHECK(back->type == event.type);
    CHECK(back->at == event.at);
    CHECK(back->fields == event.fields);
    CHECK(back->key == event.key);
    CHECK(back->corrects == event.corrects);
  }
}
