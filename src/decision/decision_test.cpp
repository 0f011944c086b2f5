#include <credence/decision/example_testing.h>
#include <doctest/doctest.h>

using namespace credence;
using namespace credence::testing;

namespace {

Assessment with_points(const LedgerInMemory& book, int total) {
  Assessment assessment;
  assessment.features.as_of = book.as_of("2026-11-21");
  assessment.features.values.resize(book.programme()->features.size());
  assessment.outcome = Score{.total = total, .base = total, .terms = {}};
  return assessment;
}

Order order(std::string reference = "R-1") {
  return {.reference = std::move(reference),
          .benefit = "no-deposit",
          .recipient = "bike-shop",
          .amount = parse_money("150.00 EUR"),
          .date = day("2026-11-21"),
          .affordability = {}};
}

std::string code_of(const Result<Decision>& decision) {
  return decision ? "" : decision.error().code;
}

// The example with its benefit turned into one that grants credit.
std::string as_credit(std::string text, const std::string& kind) {
  std::string written = "kind = \"" + kind + "\"";
  text = replaced(std::move(text), "kind = \"deposit-waiver\"",
                  "affordability = \"required\"\n" + written);
  std::size_t context = text.find("context = \"rental\"", text.find(written));
  text.replace(context, 18, "context = \"credit\"");
  std::string relations;
  for (const char* origin : {"payments", "rental"}) {
    relations += "[[relation]]\norigin = \"" + std::string{origin} +
                 "\"\nuse = \"credit\"\nlevel = \"related\"\n"
                 "reason = { en = \"paying as agreed\", fr = \"payer comme convenu\" }\n\n";
  }
  return replaced(std::move(text), "[[relation]]", relations + "[[relation]]");
}

struct Damage {
  LedgerInMemory book{example_programme()};
  std::uint64_t lost = 0, settled = 0, bill = 0;

  Damage() {
    book.enrol("2026-01-01");
    lost = book.rental("2026-03-10", "lost", "2026-03-12");
    settled = book.rental("2026-04-10", "settled", "2026-04-12");
    bill = book.bill("2026-04-15", "2026-04-15", "2026-04-20");
  }
  Result<Decision> propose(std::uint64_t record, std::string_view date = "2026-05-01") const {
    return credence::propose(
        book.programme(), book.dossier(), book.as_of(date),
        {.consequence = "deposit-required", .record = record, .date = day(date)});
  }
  Result<Decision> rule(const Decision& proposed, const Ruling& ruling) const {
    return credence::rule(proposed, book.programme(), book.dossier(), ruling);
  }
  void impose(std::uint64_t record, std::string_view date, std::optional<Date> until = {}) {
    auto proposed = propose(record, date);
    REQUIRE(proposed);
    auto ruled = rule(*proposed, ruling(date, until));
    REQUIRE(ruled);
    book.record(Draft::statement(FactKind::decision_made, book.subject(), to_payload(*ruled, {}),
                                 noon(date)));
  }
  static Ruling ruling(std::string_view date, std::optional<Date> until = {}) {
    return {.reviewer = "M. Okafor",
            .verdict = RulingVerdict::against_the_person,
            .reason = "the bicycle was never returned",
            .when = noon(date),
            .until = until};
  }
};

}  // namespace

TEST_CASE("decision: enough points grant the benefit without anybody") {
  LedgerInMemory book{example_programme()};
  auto decision = decide(with_points(book, 600), book.programme(), Hash{}, book.dossier(), order());
  REQUIRE(decision);
  CHECK(decision->outcome() == DecisionOutcome::granted);
  CHECK(decision->answer() == "yes");
  CHECK(!decision->ruling());
}

TEST_CASE("decision: one point too few opens the equal path, and is no refusal") {
  LedgerInMemory book{example_programme()};
  auto decision = decide(with_points(book, 599), book.programme(), Hash{}, book.dossier(), order());
  REQUIRE(decision);
  CHECK(decision->outcome() == DecisionOutcome::equal_path);
  CHECK(decision->answer() == "no");
}

TEST_CASE("decision: too little data opens the equal path under its own name") {
  LedgerInMemory book{example_programme()};
  Assessment thin = with_points(book, 0);
  thin.outcome = NotEnoughData{.facts = 1, .facts_needed = 6, .days = 3, .days_needed = 90};
  auto decision = decide(thin, book.programme(), Hash{}, book.dossier(), order());
  REQUIRE(decision);
  CHECK(decision->outcome() == DecisionOutcome::not_enough_data);
}

TEST_CASE("decision: an order that cannot be is refused with what is wrong in it") {
  LedgerInMemory book{example_programme()};
  Assessment enough = with_points(book, 700);
  auto decided = [&](const Order& asked) {
    return code_of(decide(enough, book.programme(), Hash{}, book.dossier(), asked));
  };
  Order wrong = order();
  wrong.benefit = "no-depositt";
  CHECK(decided(wrong) == "decision.benefit");
  wrong = order();
  wrong.recipient = "somebody";
  CHECK(decided(wrong) == "decision.recipient");
  CHECK(decided(order("")) == "decision.reference");
  CHECK(decided(order("  \t")) == "decision.reference");
  CHECK(decided(order(std::string(201, 'x'))) == "decision.reference");
  CHECK(decided(order("\xff")) == "decision.reference");
}

TEST_CASE("decision: an answer serves once") {
  LedgerInMemory book{example_programme()};
  auto decision = decide(with_points(book, 700), book.programme(), Hash{}, book.dossier(), order());
  REQUIRE(decision);
  book.record(Draft::statement(FactKind::decision_made, book.subject(), to_payload(*decision, 5),
                               noon("2026-11-21")));
  CHECK(code_of(decide(with_points(book, 700), book.programme(), Hash{}, book.dossier(),
                       order())) == "decision.reference");
  CHECK(decide(with_points(book, 700), book.programme(), Hash{}, book.dossier(), order("R-2")));
}

TEST_CASE("decision: every decision comes back from its payload as it was") {
  Damage damage;
  auto granted = decide(with_points(damage.book, 700), damage.book.programme(), Hash{1, 2, 3},
                        damage.book.dossier(), order());
  auto proposed = damage.propose(damage.lost);
  REQUIRE(granted);
  REQUIRE(proposed);
  auto imposed = damage.rule(*proposed, Damage::ruling("2026-05-02"));
  REQUIRE(imposed);
  for (const Decision* decision : {&*granted, &*proposed, &*imposed}) {
    auto score = decision->order() ? std::optional<std::uint64_t>{5} : std::nullopt;
    Statement statement{.index = 9,
                        .kind = FactKind::decision_made,
                        .recorded = {},
                        .payload = Json{to_payload(*decision, score)}};
    auto back = read_decision(statement, damage.book.programme());
    REQUIRE(back);
    CHECK(to_payload(*back, score) == to_payload(*decision, score));
  }
}

TEST_CASE("decision: a disadvantage without a human cannot even be read") {
  Damage damage;
  auto proposed = damage.propose(damage.lost);
  REQUIRE(proposed);
  auto imposed = damage.rule(*proposed, Damage::ruling("2026-05-02"));
  REQUIRE(imposed);
  Json::Object payload = to_payload(*imposed, {});
  auto read = [&](const Json::Object& members) {
    return code_of(read_decision(
        {.index = 9, .kind = FactKind::decision_made, .recorded = {}, .payload = Json{members}},
        damage.book.programme()));
  };
  CHECK(read(payload).empty());
  Json::Object forged = payload;
  forged["decided_by"] = "programme";
  CHECK(read(forged) == "decision.payload");
  forged = payload;
  forged["reason"] = "";
  CHECK(read(forged) == "decision.payload");
  forged = payload;
  forged.erase("ends");
  CHECK(read(forged) == "decision.payload");
  forged = payload;
  forged["verdict"] = "for-the-person";
  CHECK(read(forged) == "decision.payload");
  for (const auto& [key, value] : payload) {
    forged = payload;
    forged[key] = Json::Array{};
    CAPTURE(key);
    CHECK(read(forged) == "decision.payload");
  }
}

TEST_CASE("decision: a detriment is proposed for a fitting record alone") {
  Damage damage;
  REQUIRE(damage.propose(damage.lost));
  CHECK(damage.propose(damage.lost)->outcome() == DecisionOutcome::awaits_human);
  CHECK(code_of(damage.propose(damage.settled)) == "decision.record");
  CHECK(code_of(damage.propose(damage.bill)) == "decision.record");
  CHECK(code_of(damage.propose(999)) == "decision.record");
  CHECK(code_of(damage.propose(damage.lost, "2028-05-01")) == "decision.excluded");
  auto unknown =
      propose(damage.book.programme(), damage.book.dossier(), damage.book.as_of("2026-05-01"),
              {.consequence = "public-shaming", .record = damage.lost, .date = {}});
  CHECK(code_of(unknown) == "decision.consequence");
}

TEST_CASE("decision: a disputed record supports no detriment") {
  Damage damage;
  damage.book.record(Draft::statement(
      FactKind::dispute_opened, damage.book.subject(),
      {{"record", damage.lost}, {"because", "returned"}, {"frozen", true}}, noon("2026-04-30")));
  CHECK(code_of(damage.propose(damage.lost)) == "decision.excluded");
}

TEST_CASE("decision: a ruling needs a person who is not concerned, and a reason") {
  Damage damage;
  auto proposed = damage.propose(damage.lost);
  REQUIRE(proposed);
  auto with = [&](auto change) {
    Ruling ruling = Damage::ruling("2026-05-02");
    change(ruling);
    return code_of(damage.rule(*proposed, ruling));
  };
  CHECK(with([](Ruling& r) { r.reviewer = " "; }) == "decision.reviewer");
  CHECK(with([](Ruling& r) { r.reviewer = "Ada Example"; }) == "decision.reviewer");
  CHECK(with([](Ruling& r) { r.reason = "\n"; }) == "decision.reason");
  CHECK(with([](Ruling& r) { r.until = day("2027-05-03"); }) == "decision.cap");
  CHECK(with([](Ruling& r) { r.until = day("2026-05-02"); }) == "decision.cap");
  CHECK(with([](Ruling& r) { r.until = day("2027-05-02"); }) == "");
}

TEST_CASE(
    "decision: an imposed detriment ends at its cap or earlier, and never starts in the past") {
  Damage damage;
  auto proposed = damage.propose(damage.lost);
  auto imposed = damage.rule(*proposed, Damage::ruling("2026-05-10"));
  REQUIRE(imposed);
  CHECK(imposed->detriment()->date == day("2026-05-10"));
  CHECK(imposed->ends() == day("2027-05-10"));
  CHECK(code_of(damage.rule(*imposed, Damage::ruling("2026-05-11"))) == "decision.not_awaiting");
  Ruling mild = Damage::ruling("2026-05-10");
  mild.verdict = RulingVerdict::for_the_person;
  CHECK(damage.rule(*proposed, mild)->outcome() == DecisionOutcome::not_imposed);
}

TEST_CASE("decision: detriments for one reason are never stacked nor renewed without new facts") {
  Damage damage;
  std::uint64_t second = damage.book.rental("2026-04-20", "damaged", "2026-04-21");
  damage.impose(damage.lost, "2026-05-01", day("2026-08-01"));
  CHECK(code_of(damage.propose(damage.lost, "2026-05-02")) == "decision.renewal");
  CHECK(code_of(damage.propose(second, "2026-05-02")) == "decision.running");
  CHECK(code_of(damage.propose(damage.lost, "2026-09-01")) == "decision.renewal");
  CHECK(code_of(damage.propose(second, "2026-08-01")) == "");
  auto running = running_detriments(damage.book.programme(), damage.book.dossier(),
                                    damage.book.as_of("2026-07-31"));
  REQUIRE(running.size() == 1);
  CHECK(running[0].ends == day("2026-08-01"));
  CHECK(running_detriments(damage.book.programme(), damage.book.dossier(),
                           damage.book.as_of("2026-08-01"))
            .empty());
}

TEST_CASE("decision: a detriment falls with the record that it answers") {
  Damage damage;
  damage.impose(damage.lost, "2026-05-01");
  damage.book.record(Draft::statement(
      FactKind::dispute_opened, damage.book.subject(),
      {{"record", damage.lost}, {"because", "returned"}, {"frozen", true}}, noon("2026-05-03")));
  CHECK(running_detriments(damage.book.programme(), damage.book.dossier(),
                           damage.book.as_of("2026-05-04"))
            .empty());
}

TEST_CASE("decision: nothing leaves without the person's consent for this recipient") {
  LedgerInMemory book{example_programme()};
  book.enrol("2026-01-01");
  auto decision = decide(with_points(book, 700), book.programme(), Hash{}, book.dossier(), order());
  REQUIRE(decision);
  auto sent =
      disclose(*decision, book.programme(), book.dossier(), book.as_of("2026-11-21"), 8, "p");
  REQUIRE(sent);
  CHECK(sent->answer == "yes");
  Json::Object payload = to_payload(*sent, book.programme());
  CHECK(payload.size() == 8);
  CHECK(!payload.contains("total"));
  book.record(Draft::statement(FactKind::consent_withdrawn, book.subject(), {{"source", "bank"}},
                               noon("2026-11-20")));
  auto refused =
      disclose(*decision, book.programme(), book.dossier(), book.as_of("2026-11-21"), 8, "p");
  REQUIRE(!refused);
  CHECK(refused.error().code == "decision.consent");
}

TEST_CASE(
    "decision: a score alone grants no credit, and only a named human refuses one (A27, A18)") {
  std::string kind;
  SUBCASE("a credit") {
    kind = "credit";
  }
  SUBCASE("paying later") {
    kind = "pay-later";
  }
  SUBCASE("a higher limit") {
    kind = "higher-limit";
  }
  CAPTURE(kind);
  LedgerInMemory book{
      example_programme([&](std::string text) { return as_credit(std::move(text), kind); })};
  const Benefit* credit = nullptr;
  for (const Benefit& benefit : book.programme()->benefits) {
    if (benefit.credit) credit = &benefit;
  }
  REQUIRE(credit != nullptr);
  Order asked = order();
  asked.benefit = credit->id;
  asked.recipient = std::string{kOperator};
  auto decided = [&](int points) {
    return decide(with_points(book, points), book.programme(), Hash{}, book.dossier(), asked);
  };
  CHECK(code_of(decided(credit->points)) == "decision.affordability");
  asked.affordability = Affordability{.id = " ", .met = true};
  CHECK(code_of(decided(credit->points)) == "decision.affordability");
  asked.affordability = Affordability{.id = "aff-7", .met = true};
  CHECK(decided(credit->points)->outcome() == DecisionOutcome::granted);
  auto low = decided(credit->points - 1);
  CHECK(low->outcome() == DecisionOutcome::awaits_human);
  CHECK(!low->answer());
  asked.affordability->met = false;
  CHECK(decided(credit->points)->outcome() == DecisionOutcome::awaits_human);

  auto refused = rule(*low, book.programme(), book.dossier(), Damage::ruling("2026-11-21"));
  REQUIRE(refused);
  CHECK(refused->outcome() == DecisionOutcome::refused);
  CHECK(refused->ruling()->reviewer == "M. Okafor");
  Ruling mild = Damage::ruling("2026-11-21");
  mild.verdict = RulingVerdict::for_the_person;
  CHECK(rule(*low, book.programme(), book.dossier(), mild)->outcome() == DecisionOutcome::granted);
}

TEST_CASE("decision: the operator's own order and a detriment give no answer to anybody") {
  Damage damage;
  Order own = order();
  own.recipient = std::string{kOperator};
  auto decision = decide(with_points(damage.book, 700), damage.book.programme(), Hash{},
                         damage.book.dossier(), own);
  REQUIRE(decision);
  CHECK(!decision->answer());
  auto proposed = damage.propose(damage.lost);
  REQUIRE(proposed);
  for (const Decision* silent : {&*decision, &*proposed}) {
    auto refused = disclose(*silent, damage.book.programme(), damage.book.dossier(),
                            damage.book.as_of("2026-11-21"), 8, "p");
    REQUIRE(!refused);
    CHECK(refused.error().code == "decision.no_answer");
  }
}

TEST_CASE("decision: a score payload that does not add up, or lacks a member, is refused") {
  LedgerInMemory book{example_programme()};
  Card card = example_card(book.programme());
  Assessment assessment = with_points(book, 640);
  Json::Object payload = score_payload(assessment, book.programme(), card, 0);
  auto read = [](const Json::Object& members) {
    return bool{read_issued_score(
        {.index = 4, .kind = FactKind::score_issued, .recorded = {}, .payload = Json{members}})};
  };
  CHECK(read(payload));
  for (const char* key :
       {"v", "as_of", "programme", "card", "usable", "outcome", "base", "total", "terms"}) {
    Json::Object without = payload;
    without.erase(key);
    CAPTURE(key);
    CHECK(!read(without));
  }
  Json::Object more = payload;
  more["total"] = 641;
  CHECK(!read(more));
  Hash plain = trace_hash(payload);
  payload["recorded"] = "2026-11-21T12:00:00Z";
  CHECK(trace_hash(payload) == plain);
}

TEST_CASE(
    "decision: nobody rules under an office's name, or on their own case by another spelling") {
  Damage damage;
  auto proposed = damage.propose(damage.lost);
  REQUIRE(proposed);
  Ruling ruling = Damage::ruling("2026-05-02");
  CHECK(damage.rule(*proposed, ruling));
  for (const char* nobody : {"programme", "The system", "machine", "operator", "the clock", "4711",
                             "ada example", "Ada Example ", "EXAMPLE, Ada", "."}) {
    CAPTURE(nobody);
    ruling.reviewer = nobody;
    CHECK(code_of(damage.rule(*proposed, ruling)) == "decision.reviewer");
  }
}
