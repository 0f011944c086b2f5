#include <credence/consent/consent.h>
#include <credence/consent/judgement.h>
#include <doctest/doctest.h>

using namespace credence;

namespace {

Instant at(std::string_view text) {
  auto instant = parse_instant(text);
  REQUIRE(instant);
  return *instant;
}

Date day(std::string_view text) {
  auto date = parse_date(text);
  REQUIRE(date);
  return *date;
}

Programme make_programme() {
  Programme programme;
  programme.purpose = "deposit-waiver";
  programme.currency = *find_currency("EUR");
  for (std::string id : {"bank", "rentals"}) {
    Source source;
    source.id = id;
    source.name = {"Your " + id, "Vos " + id};
    source.retention = Period{24, 0};
    source.clock_start = id == "bank" ? "event" : "recording";
    programme.sources.push_back(source);
  }
  programme.events = {{"bill", 0, {}}, {"rental", 1, {}}};
  return programme;
}

Event make_event(int type, std::string_view when) {
  Event event;
  event.subject = "ada";
  event.type = type;
  event.at = day(when);
  return event;
}

Grant make_grant(std::uint64_t index, std::string source) {
  Grant grant;
  grant.index = index;
  grant.purpose = "deposit-waiver";
  grant.source = std::move(source);
  grant.recipient = kOperator;
  grant.granted = at("2026-01-01T10:00:00Z");
  grant.expires = day("2027-01-01");
  return grant;
}

// The article that refuses, or "" and a check that it rests on the right grant.
std::string article(const Event& event, const Consents* consents, Instant now) {
  static const Programme programme = make_programme();
  auto judgement = judge(event, programme, consents, now);
  if (auto* refused = std::get_if<Refused>(&judgement)) {
    CHECK_FALSE(refused->why.en.empty());
    CHECK_FALSE(refused->why.fr.empty());
    CHECK(refused->why.en != refused->why.fr);
    return refused->article;
  }
  return "";
}

}  // namespace

TEST_CASE(
    "consent: an event without a live consent is refused, over every purpose, source, recipient "
    "and time") {
  const Instant given = at("2026-01-01T10:00:00Z");
  const Instant expired = at("2027-01-01T00:00:00Z");
  const Instant withdrawn = at("2026-06-01T12:00:00Z");
  const Instant moments[] = {given - std::chrono::seconds{1},     given,
                             withdrawn - std::chrono::seconds{1}, withdrawn,
                             expired - std::chrono::seconds{1},   expired};
  int admitted = 0;
  int cells = 0;
  for (std::string purpose : {"deposit-waiver", "instalment-loan", ""}) {
    for (std::string source : {"bank", "rentals", "camera"}) {
      for (std::string recipient : {"operator", "bike-shop", ""}) {
        for (bool is_withdrawn : {false, true}) {
          for (Instant now : moments) {
            for (int type : {0, 1}) {
              CAPTURE(purpose);
              CAPTURE(source);
              CAPTURE(recipient);
              CAPTURE(is_withdrawn);
              CAPTURE(to_text(now));
              CAPTURE(type);
              Consents consents;
              Grant grant = make_grant(5, source);
              grant.purpose = purpose;
              grant.recipient = recipient;
              if (is_withdrawn) {
                grant.withdrawn_by = 9;
                grant.withdrawn = withdrawn;
              }
              consents.add(grant);
              bool matches = purpose == "deposit-waiver" && recipient == "operator" &&
                             source == (type == 0 ? "bank" : "rentals");
              std::string expected = "A13";
              if (matches && now >= given && is_withdrawn && now >= withdrawn)
                expected = "A14";
              else if (matches && now >= given && now < expired)
                expected = "";
              CHECK(article(make_event(type, "2025-12-01"), &consents, now) == expected);
              admitted += expected.empty() ? 1 : 0;
              ++cells;
            }
          }
        }
      }
    }
  }
  CHECK(cells == 648);
  CHECK(admitted == 2 * (4 + 2));
}

TEST_CASE("consent: a name that nobody is enrolled under is refused") {
  CHECK(article(make_event(0, "2025-12-01"), nullptr, at("2026-02-01T00:00:00Z")) == "A28");
}

TEST_CASE("consent: a person who never said yes is refused") {
  Consents nothing;
  CHECK(article(make_event(0, "2025-12-01"), &nothing, at("2026-02-01T00:00:00Z")) == "A13");
}

TEST_CASE("consent: a withdrawal ends the very next call, in the same second") {
  Consents consents;
  consents.add(make_grant(5, "bank"));
  consents.add(make_grant(6, "rentals"));
  Instant now = at("2026-06-01T12:00:00Z");
  CHECK(article(make_event(0, "2025-12-01"), &consents, now) == "");
  CHECK(consents.withdraw("bank", 9, now) == 1);
  CHECK(article(make_event(0, "2025-12-01"), &consents, now) == "A14");
  CHECK(article(make_event(1, "2025-12-01"), &consents, now) == "");
  CHECK(consents.withdraw("bank", 10, now) == 0);
  CHECK(consents.withdraw("", 11, now) == 1);
  CHECK(article(make_event(1, "2025-12-01"), &consents, now) == "A14");
}

TEST_CASE("consent: a withdrawal ends the source's grants for every purpose and recipient") {
  Consents consents;
  consents.add(make_grant(5, "bank"));
  Grant other = make_grant(6, "bank");
  other.purpose = "instalment-loan";
  consents.add(other);
  Grant partner = make_grant(7, "bank");
  partner.recipient = "bike-shop";
  consents.add(partner);
  Instant now = at("2026-06-01T12:00:00Z");
  CHECK(consents.withdraw("bank", 9, now) == 3);
  CHECK(consents.live("instalment-loan", "bank", kOperator, now) == nullptr);
  CHECK(consents.live("deposit-waiver", "bank", "bike-shop", now) == nullptr);
}

TEST_CASE("consent: a withdrawal counts live grants and ends expired ones without counting them") {
  Consents consents;
  consents.add(make_grant(5, "bank"));
  CHECK(consents.withdraw("bank", 9, at("2027-05-01T00:00:00Z")) == 0);
  CHECK(consents.grants().front().withdrawn_by == 9);
}

TEST_CASE("consent: a withdrawal holds although the clock went back after the grant") {
  Consents consents;
  consents.add(make_grant(5, "bank"));
  CHECK(consents.withdraw("bank", 6, at("2025-12-31T00:00:00Z")) == 1);
  CHECK(article(make_event(0, "2025-12-01"), &consents, at("2026-02-01T00:00:00Z")) == "A14");
}

TEST_CASE("consent: a new yes after a withdrawal holds, and the record rests on it") {
  const Programme programme = make_programme();
  Consents consents;
  consents.add(make_grant(5, "bank"));
  Instant now = at("2026-06-01T12:00:00Z");
  consents.withdraw("bank", 9, now);
  Grant again = make_grant(12, "bank");
  again.granted = now;
  consents.add(again);
  auto judgement = judge(make_event(0, "2025-12-01"), programme, &consents, now);
  REQUIRE(std::holds_alternative<std::uint64_t>(judgement));
  CHECK(std::get<std::uint64_t>(judgement) == 12);
}

TEST_CASE("consent: what holds at a past point is what the facts below it say") {
  Consents consents;
  consents.add(make_grant(5, "bank"));
  Instant now = at("2026-06-01T12:00:00Z");
  consents.withdraw("bank", 9, now);
  auto live = [&](std::uint64_t known) {
    return consents.live("deposit-waiver", "bank", kOperator, now, known) != nullptr;
  };
  CHECK_FALSE(live(5));  // the grant itself is fact 5: not known below 5
  CHECK(live(6));
  CHECK(live(9));  // the withdrawal is fact 9
  CHECK_FALSE(live(10));
  CHECK_FALSE(live(UINT64_MAX));
}

TEST_CASE("consent: a record past its source's retention is refused from that day on") {
  Consents consents;
  consents.add(make_grant(5, "bank"));
  consents.add(make_grant(6, "rentals"));
  Event old = make_event(0, "2024-02-29");  // 24 months later: 28 February 2026
  CHECK(article(old, &consents, at("2026-02-27T23:59:59Z")) == "");
  CHECK(article(old, &consents, at("2026-02-28T00:00:00Z")) == "A21");
  // The clock of this source starts when the record is made.
  CHECK(article(make_event(1, "1990-01-01"), &consents, at("2026-02-28T00:00:00Z")) == "");
}

TEST_CASE("consent: an event dated after today is refused, and today's is admitted") {
  Consents consents;
  consents.add(make_grant(5, "bank"));
  CHECK(article(make_event(0, "2026-02-02"), &consents, at("2026-02-01T23:59:59Z")) == "A07");
  CHECK(article(make_event(0, "2026-02-01"), &consents, at("2026-02-01T00:00:00Z")) == "");
}

TEST_CASE("consent: a correction takes the same path as the record that it replaces") {
  Consents consents;
  consents.add(make_grant(5, "bank"));
  Event correction = make_event(0, "2025-12-01");
  correction.corrects = 17;
  Instant now = at("2026-06-01T12:00:00Z");
  CHECK(article(correction, &consents, now) == "");
  CHECK(article(correction, nullptr, now) == "A28");
  consents.withdraw("bank", 9, now);
  CHECK(article(correction, &consents, now) == "A14");
}

TEST_CASE("consent: consent is asked before anything is said about the record") {
  Consents nothing;
  CHECK(article(make_event(0, "2999-01-01"), &nothing, at("2026-02-01T00:00:00Z")) == "A13");
  CHECK(article(make_event(0, "1999-01-01"), &nothing, at("2026-02-01T00:00:00Z")) == "A13");
}

TEST_CASE("consent: what a partner may learn is withdrawn on its own") {
  Consents consents;
  Instant granted{*parse_date("2026-01-01")};
  Instant later{*parse_date("2026-02-01")};
  Date expires = *parse_date("2027-01-01");
  consents.add({1, "deposit-waiver", "bank", "operator", granted, expires, {}, {}});
  consents.add({2, "deposit-waiver", "bank", "bike-shop", granted, expires, {}, {}});
  CHECK(consents.withdraw("bank", 3, later, "bike-shop") == 1);
  CHECK(consents.live("deposit-waiver", "bank", "bike-shop", later) == nullptr);
  CHECK(consents.live("deposit-waiver", "bank", "operator", later) != nullptr);
  CHECK(consents.withdraw("bank", 4, later) == 1);
  CHECK(consents.live("deposit-waiver", "bank", "operator", later) == nullptr);
}
