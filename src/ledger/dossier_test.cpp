#include <credence/ledger/read_facts.h>
#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace credence;

namespace {

Programme make_programme() {
  Programme programme;
  programme.currency = *find_currency("EUR");
  Field amount{"amount", FieldType::money, false, {}, {}};
  Field paid{"paid", FieldType::date, true, {}, {"no-record"}};
  programme.events = {{"bill", 0, {amount, paid}}, {"rental", 1, {}}};
  return programme;
}

Fact fact(std::uint64_t index, FactKind kind, std::string_view payload) {
  auto json = parse_json(payload);
  REQUIRE(json);
  return {index, kind, *json};
}

Result<Dossier> read(const std::vector<Fact>& facts) {
  static const Programme programme = make_programme();
  return read_facts("ada", facts, programme);
}

constexpr std::string_view kBill =
    R"({"at":"2026-01-31","event":"bill","fields":{"amount":"12.50 EUR"},"grant":3,"key":"b1",)"
    R"("recorded":"2026-02-01T08:00:00Z"})";
constexpr std::string_view kCorrection =
    R"({"at":"2026-01-31","corrects":7,"event":"bill",)"
    R"("fields":{"amount":"9 EUR","paid":{"special":"no-record"}},"grant":3,"key":"dispute-8",)"
    R"("recorded":"2026-03-01T08:00:00Z"})";
constexpr std::string_view kGrant =
    R"({"channel":"web","expires":"2028-01-01","purpose":"deposit-waiver","recipient":"operator",)"
    R"("recorded":"2026-01-01T08:00:00Z","source":"bank"})";
constexpr std::string_view kDispute =
    R"({"because":"paid in cash","frozen":true,"record":7,"recorded":"2026-02-10T08:00:00Z"})";
constexpr std::string_view kDecision =
    R"({"because":"the receipt shows it","by":"M. Diop","dispute":8,"outcome":"corrected",)"
    R"("recorded":"2026-02-20T08:00:00Z"})";

// `payload` with one member set, or left out when `value` is null.
Json with(std::string_view payload, const std::string& key, const Json& value) {
  Json json = *parse_json(payload);
  if (value.is_null()) {
    json.object()->erase(key);
  } else {
    json.object()->insert_or_assign(key, value);
  }
  return json;
}

void check_refused(FactKind kind, std::string_view payload, const std::string& key,
                   const Json& value, std::string_view in_message) {
  CAPTURE(key);
  auto dossier = read({Fact{42, kind, with(payload, key, value)}});
  REQUIRE(!dossier);
  CHECK(dossier.error().code == "dossier.payload");
  CHECK(dossier.error().message.starts_with("fact 42 (" + std::string{name_of(kind)} + "): "));
  CHECK(dossier.error().message.find(in_message) != std::string::npos);
}

}  // namespace

TEST_CASE("dossier: events and corrections are typed and keep their index and recording time") {
  auto dossier = read(
      {fact(7, FactKind::event_recorded, kBill), fact(9, FactKind::correction_made, kCorrection)});
  REQUIRE(dossier);
  CHECK(dossier->subject == "ada");
  REQUIRE(dossier->events.size() == 2);
  const EventFact& bill = dossier->events[0];
  CHECK(bill.index == 7);
  CHECK(to_text(bill.recorded) == "2026-02-01T08:00:00Z");
  CHECK(to_text(bill.at) == "2026-01-31");
  CHECK(bill.type == 0);
  CHECK(bill.fields[0] == Cell::of(1250));
  CHECK(bill.fields[1].is_missing());
  CHECK(!bill.corrects);
  const EventFact& correction = dossier->events[1];
  CHECK(correction.corrects == 7);
  CHECK(correction.fields[0] == Cell::of(900));
  CHECK(correction.fields[1] == Cell::special(0));
}

TEST_CASE("dossier: consents are granted and withdrawn in the order of the record") {
  auto dossier = read(
      {fact(3, FactKind::consent_granted, kGrant),
       fact(5, FactKind::consent_withdrawn, R"({"recorded":"2026-05-01T08:00:00Z","source":""})")});
  REQUIRE(dossier);
  REQUIRE(dossier->consents.grants().size() == 1);
  const Grant& grant = dossier->consents.grants()[0];
  CHECK(grant.index == 3);
  CHECK(grant.purpose == "deposit-waiver");
  CHECK(grant.source == "bank");
  CHECK(grant.recipient == kOperator);
  CHECK(to_text(grant.granted) == "2026-01-01T08:00:00Z");
  CHECK(to_text(grant.expires) == "2028-01-01");
  CHECK(grant.withdrawn_by == 5);
  CHECK(grant.withdrawn == parse_instant("2026-05-01T08:00:00Z"));
}

TEST_CASE("dossier: a withdrawal for one source leaves the others") {
  std::string rentals = to_canonical_json(with(kGrant, "source", "rentals"));
  auto dossier =
      read({fact(3, FactKind::consent_granted, kGrant), fact(4, FactKind::consent_granted, rentals),
            fact(5, FactKind::consent_withdrawn,
                 R"({"recorded":"2026-05-01T08:00:00Z","source":"bank"})")});
  REQUIRE(dossier);
  CHECK(dossier->consents.grants()[0].withdrawn);
  CHECK(!dossier->consents.grants()[1].withdrawn);
}

TEST_CASE("dossier: a dispute carries its last decision") {
  std::string kept = to_canonical_json(with(kDecision, "outcome", "kept"));
  auto dossier =
      read({fact(8, FactKind::dispute_opened, kDispute), fact(10, FactKind::dispute_decided, kept),
            fact(11, FactKind::dispute_decided, kDecision)});
  REQUIRE(dossier);
  REQUIRE(dossier->disputes.size() == 1);
  const Dispute& dispute = dossier->disputes[0];
  CHECK(dispute.index == 8);
  CHECK(dispute.record == 7);
  CHECK(dispute.because == "paid in cash");
  CHECK(dispute.frozen);
  REQUIRE(dispute.decided);
  CHECK(dispute.decided->index == 11);
  CHECK(dispute.decided->outcome == DisputeOutcome::corrected);
  CHECK(dispute.decided->by == "M. Diop");
  CHECK(dispute.decided->because == "the receipt shows it");
  CHECK(to_text(dispute.decided->when) == "2026-02-20T08:00:00Z");
}

TEST_CASE("dossier: a decision whose dispute was erased is kept as a statement") {
  auto dossier = read({fact(11, FactKind::dispute_decided, kDecision)});
  REQUIRE(dossier);
  CHECK(dossier->disputes.empty());
  REQUIRE(dossier->statements.size() == 1);
  CHECK(dossier->statements[0].kind == FactKind::dispute_decided);
}

TEST_CASE("dossier: a record, a dispute and a statement are found by the index of their fact") {
  auto dossier =
      read({fact(7, FactKind::event_recorded, kBill), fact(8, FactKind::dispute_opened, kDispute),
            fact(9, FactKind::correction_made, kCorrection),
            fact(12, FactKind::score_issued, R"({"recorded":"2026-02-01T08:00:00Z"})"),
            fact(20, FactKind::dispute_opened, kDispute)});
  REQUIRE(dossier);
  for (std::uint64_t index = 0; index < 30; ++index) {
    CAPTURE(index);
    const EventFact* record = find_record(*dossier, index);
    const Dispute* dispute = find_dispute(*dossier, index);
    const Statement* statement = find_statement(*dossier, index);
    CHECK((record != nullptr) == (index == 7 || index == 9));
    CHECK((dispute != nullptr) == (index == 8 || index == 20));
    CHECK((statement != nullptr) == (index == 12));
    if (record) CHECK(record->index == index);
    if (dispute) CHECK(dispute->index == index);
    if (statement) CHECK(statement->index == index);
  }
  CHECK(find_record(Dossier{}, 0) == nullptr);
}

TEST_CASE("dossier: the versions of a record are those that it replaced, the newest first") {
  auto correction = [](std::uint64_t index, int corrects) {
    return Fact{index, FactKind::correction_made, with(kCorrection, "corrects", corrects)};
  };
  using Versions = std::vector<std::uint64_t>;
  auto dossier =
      read({fact(7, FactKind::event_recorded, kBill), correction(9, 7), correction(11, 9),
            correction(12, 3), correction(14, 15), correction(15, 14), correction(16, 16)});
  REQUIRE(dossier);
  CHECK(versions_of(*dossier, 7) == Versions{7});
  CHECK(versions_of(*dossier, 11) == Versions{11, 9, 7});
  CHECK(versions_of(*dossier, 9) == Versions{9, 7});
  CHECK(versions_of(*dossier, 12) == Versions{12, 3});  // 3 is gone
  CHECK(versions_of(*dossier, 40) == Versions{40});
  // Nobody can make such a record with this program; a ledger may hold it all the same.
  CHECK(versions_of(*dossier, 14) == Versions{14, 15});
  CHECK(versions_of(*dossier, 16) == Versions{16});
}

TEST_CASE("dossier: everything else is a statement with its payload as it was recorded") {
  std::vector<Fact> facts;
  for (int kind = 1; kind <= 16; ++kind) {
    auto fact_kind = static_cast<FactKind>(kind);
    switch (fact_kind) {
      case FactKind::consent_granted:
      case FactKind::consent_withdrawn:
      case FactKind::event_recorded:
      case FactKind::correction_made:
      case FactKind::dispute_opened:
      case FactKind::dispute_decided:
        continue;
      default:
        facts.push_back(fact(facts.size(), fact_kind,
                             R"({"anything":[1,2],"recorded":"2026-02-20T08:00:00Z"})"));
    }
  }
  auto dossier = read(facts);
  REQUIRE(dossier);
  REQUIRE(dossier->statements.size() == 10);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    CHECK(dossier->statements[i].index == i);
    CHECK(dossier->statements[i].kind == facts[i].kind);
    CHECK(dossier->statements[i].payload == facts[i].payload);
    CHECK(to_text(dossier->statements[i].recorded) == "2026-02-20T08:00:00Z");
  }
}

TEST_CASE("dossier: a payload that cannot be read names its fact and what is wrong") {
  check_refused(FactKind::event_recorded, kBill, "recorded", Json{}, "`recorded`");
  check_refused(FactKind::event_recorded, kBill, "recorded", "yesterday", "`recorded`");
  check_refused(FactKind::event_recorded, kBill, "grant", -1, "`grant`");
  check_refused(FactKind::event_recorded, kBill, "corrects", 7, "`corrects`");
  check_refused(FactKind::event_recorded, kBill, "event", 7, "event");
  check_refused(FactKind::event_recorded, kBill, "surprise", true, "surprise");
  check_refused(FactKind::correction_made, kCorrection, "corrects", Json{}, "`corrects`");
  check_refused(FactKind::consent_granted, kGrant, "expires", "2028-02-30", "`expires`");
  check_refused(FactKind::consent_granted, kGrant, "purpose", 1, "`purpose`");
  check_refused(FactKind::dispute_opened, kDispute, "frozen", "yes", "`frozen`");
  check_refused(FactKind::dispute_opened, kDispute, "record", "7", "`record`");
  check_refused(FactKind::dispute_decided, kDecision, "dispute", Json{}, "`dispute`");
  check_refused(FactKind::score_issued, kDecision, "recorded", Json{}, "`recorded`");
  check_refused(FactKind::consent_withdrawn, kDecision, "source", Json{}, "`source`");
}

TEST_CASE("dossier: an event of a type that the programme does not know counts nowhere, by name") {
  std::string later = to_canonical_json(with(kBill, "event", "salary"));
  auto dossier =
      read({fact(7, FactKind::event_recorded, kBill), fact(9, FactKind::event_recorded, later),
            fact(11, FactKind::correction_made, kCorrection)});
  REQUIRE(dossier);
  CHECK(dossier->events.size() == 2);
  CHECK(dossier->foreign == std::vector<std::uint64_t>{9});
  std::string undated = to_canonical_json(with(later, "at", "2026-02-30"));
  CHECK(!read({fact(9, FactKind::event_recorded, undated)}));
}

TEST_CASE("dossier: a known type with a field that the programme does not know stays an error") {
  Json fields = Json::Object{{"amount", "12.50 EUR"}, {"iban", "FR76"}};
  std::string renamed = to_canonical_json(with(kBill, "fields", fields));
  CHECK(!read({fact(7, FactKind::event_recorded, renamed)}));
}

TEST_CASE("dossier: a payload that is no object is refused, as is an outcome off the list") {
  CHECK(!read({Fact{1, FactKind::score_issued, Json{}}}));
  CHECK(!read({Fact{1, FactKind::event_recorded, Json{Json::Array{}}}}));
  std::string unknown = to_canonical_json(with(kDecision, "outcome", "ignored"));
  auto dossier = read(
      {fact(8, FactKind::dispute_opened, kDispute), fact(9, FactKind::dispute_decided, unknown)});
  REQUIRE(!dossier);
  CHECK(dossier.error().message.find("corrected, deleted or kept") != std::string::npos);
}
