#include <credence/decision/example_testing.h>
#include <credence/engine/engine.h>
#include <credence/redress/propagation.h>
#include <doctest/doctest.h>

using namespace credence;
using namespace credence::testing;

namespace {

// A person whose answer went to a partner, and who contests one late bill behind it.
struct Case {
  LedgerInMemory book{example_programme()};
  Engine engine{book.programme(), example_card(book.programme()), 0};
  std::uint64_t disclosure = 0, dispute = 0;

  explicit Case(std::uint64_t contested_offset = 3) {
    book.fill();
    Assessment assessment = engine.assess(book.dossier(), book.as_of("2026-11-02"));
    Instant now = noon("2026-11-02");
    std::uint64_t score = book.record(engine.issue(book.subject(), assessment, now));
    Order order{"R-1", "no-deposit", "bike-shop", {}, day("2026-11-02"), {}};
    auto decision = engine.decide(book.dossier(), assessment, order);
    REQUIRE(decision);
    std::uint64_t made = book.record(engine.record(book.subject(), *decision, score, {}, now));
    auto disclosed =
        engine.disclose(book.dossier(), *decision, assessment.features.as_of, made, "pseudonym-1");
    REQUIRE(disclosed);
    disclosure = book.record(engine.record(book.subject(), *disclosed, now));
    contest(6 + contested_offset);
  }
  void contest(std::uint64_t record) {
    auto effect = engine.freeze_effect(book.dossier(), book.as_of("2026-11-03"), record);
    Contest contest{record, "it is wrong", FreezeChoice::freeze, noon("2026-11-03")};
    auto opened = open_dispute(book.dossier(), contest, effect);
    REQUIRE(opened);
    dispute = book.record(*opened);
  }
  std::vector<AffectedAnswer> affected() const {
    Dossier dossier = book.dossier();
    return affected_answers(dossier, dossier.disputes.back());
  }
};

}  // namespace

TEST_CASE("redress: whoever received an answer that rested on the record is told (A20)") {
  Case c;
  auto affected = c.affected();
  REQUIRE(affected.size() == 1);
  CHECK(affected[0].disclosure == c.disclosure);
  CHECK(affected[0].recipient == "bike-shop");
  CHECK(affected[0].pseudonym == "pseudonym-1");
  CHECK(affected[0].reference == "R-1");
}

TEST_CASE("redress: a partner is told once for each dispute, and told nothing about the record") {
  Case c;
  Draft notice = correction_notice(c.book.programme(), c.book.subject(), c.affected()[0], c.dispute,
                                   noon("2026-11-10"));
  CHECK(notice.kind() == FactKind::disclosure_made);
  CHECK(notice.payload().find("\"answer\":\"withdrawn\"") != std::string::npos);
  CHECK(notice.payload().find("\"acknowledge_by\":\"2026-11-15\"") != std::string::npos);
  CHECK(notice.payload().find("paid") == std::string::npos);
  c.book.record(notice);
  CHECK(c.affected().empty());
}

TEST_CASE("redress: an answer that did not rest on the record stays as it is") {
  Case c;
  // A record that arrived after the answer cannot be behind it.
  std::uint64_t later = c.book.bill("2026-10-20", "2026-10-20", "2026-11-04");
  c.contest(later);
  CHECK(c.affected().empty());
}

TEST_CASE("redress: an answer whose score cannot be read counts as affected") {
  Case c;
  for (Fact& fact : c.book.facts()) {
    if (fact.kind == FactKind::score_issued)
      fact.payload = Json{Json::Object{{"recorded", "2026-11-02T12:00:00Z"}, {"v", 99}}};
  }
  CHECK(c.affected().size() == 1);
}
