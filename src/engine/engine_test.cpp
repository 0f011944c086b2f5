#include <credence/engine/story_test.h>
#include <doctest/doctest.h>

#include <random>

using namespace credence;
using namespace credence::testing;

namespace {

int sum_of(const Changes& changes) {
  int sum = 0;
  for (const ChangedLine& line : changes.lines) {
    int moved = 0;
    for (const PointsMove& move : line.moves) moved += move.points;
    CHECK(line.after - line.before == moved);
    sum += moved;
  }
  return sum;
}

Order order(std::string reference) {
  return {.reference = std::move(reference),
          .benefit = "no-deposit",
          .recipient = "bike-shop",
          .amount = parse_money("150.00 EUR"),
          .date = day("2026-11-21"),
          .affordability = {}};
}

}  // namespace

TEST_CASE("engine: one person's whole way, from records to a letter and back") {
  Story story;
  Assessment first = story.assess("2026-11-21");
  REQUIRE(first.score() != nullptr);
  std::uint64_t score_fact = story.issue("2026-11-21");

  auto decision = story.engine.decide(story.book.dossier(), first, order("R-1"));
  REQUIRE(decision);
  std::uint64_t decided = story.book.record(
      story.engine.record(story.book.subject(), *decision, score_fact, {}, noon("2026-11-21")));
  auto disclosure = story.engine.disclose(story.book.dossier(), *decision,
                                          story.book.as_of("2026-11-21"), decided, "p-77");
  REQUIRE(disclosure);
  CHECK(disclosure->grants.size() == 2);
  story.book.record(story.engine.record(story.book.subject(), *disclosure, noon("2026-11-21")));

  Explanation explanation = story.engine.explain(story.book.dossier(), first);
  int sum = first.score()->base;
  for (const ExplainedLine& line : explanation.lines) sum += line.points;
  CHECK(sum == first.score()->total);
  CHECK(explanation.trace == *decision->trace());
  CHECK(!explanation.reasons.empty());

  std::uint64_t wrong = late_bill(story);
  FreezeEffect effect =
      story.engine.freeze_effect(story.book.dossier(), story.book.as_of("2026-11-22"), wrong);
  CHECK(!effect.lowers());
  auto opened = open_dispute(
      story.book.dossier(),
      {.record = wrong, .because = "paid on time", .when = noon("2026-11-22")}, effect);
  REQUIRE(opened);
  std::uint64_t dispute = story.book.record(*opened);
  const Score frozen = *story.assess("2026-11-22").score();
  CHECK(frozen.total == std::get<Score>(effect.after).total);

  auto resolved = resolve(story.book.programme(), story.book.dossier(),
                          {.dispute = dispute,
                           .outcome = DisputeOutcome::corrected,
                           .by = "R. Haddad",
                           .because = "the bank's statement shows the payment",
                           .fields = {{"paid", "2026-02-15"}},
                           .when = noon("2026-11-25")},
                          &story.book.fact(wrong));
  REQUIRE(resolved);
  REQUIRE(resolved->correction.has_value());
  story.book.record(*resolved->correction, noon("2026-11-25"));
  story.book.record(resolved->decided);

  auto changes = story.engine.changes(story.book.dossier(), story.book.statement(score_fact),
                                      story.book.as_of("2026-11-25"));
  REQUIRE(changes);
  CHECK(*changes->after - *changes->before == sum_of(*changes));
  CHECK(*changes->after > *changes->before);
  for (const ChangedLine& line : changes->lines) {
    for (const PointsMove& move : line.moves) CHECK(move.cause == Cause::corrected);
  }
  CHECK(story.engine.recheck(story.book.dossier(), story.book.statement(score_fact)).verdict ==
        Recheck::Verdict::same);

  ChangeLetter letter{.changes = *changes,
                      .dispute = story.book.dossier().disputes.at(0),
                      .subject = story.book.subject(),
                      .date = day("2026-11-25")};
  std::string written = write(letter, story.book.programme(), Language::en, LetterFormat::text);
  CHECK(written.find("You were right") != std::string::npos);
  CHECK(written.find("R. Haddad") != std::string::npos);
}

TEST_CASE("engine: leaving out a line moves exactly its points") {
  Story story;
  Assessment assessed = story.assess("2026-11-21");
  for (std::size_t i = 0; i < assessed.score()->terms.size(); ++i) {
    const Term& term = assessed.score()->terms[i];
    Features without = assessed.features;
    without.values.at(static_cast<std::size_t>(term.feature)).answer = Cell{};
    Score score =
        std::get<Score>(credence::score(without, story.engine.card(), story.engine.programme()));
    CHECK(score.total == assessed.score()->total - term.points + score.terms[i].points);
  }
}

TEST_CASE("engine: a late record leaves every earlier score as it was") {
  Story story;
  std::uint64_t issued = story.issue("2026-11-21");
  std::string before = to_canonical_json(story.book.statement(issued).payload);
  story.book.bill("2026-10-20", "2026-11-15", "2026-11-22");
  story.book.rental("2026-10-10", "damaged", "2026-11-22");
  CHECK(story.engine.recheck(story.book.dossier(), story.book.statement(issued)).verdict ==
        Recheck::Verdict::same);
  CHECK(to_canonical_json(story.book.statement(issued).payload) == before);
  auto changes = story.engine.changes(story.book.dossier(), story.book.statement(issued),
                                      story.book.as_of("2026-11-22"));
  REQUIRE(changes);
  CHECK(sum_of(*changes) == *changes->after - *changes->before);
  CHECK(*changes->after < *changes->before);
}

TEST_CASE("engine: a score that was tampered with is found, and where") {
  Story story;
  std::uint64_t issued = story.issue("2026-11-21");
  Statement statement = story.book.statement(issued);
  Json::Object payload = *statement.payload.object();
  payload["usable"] = *payload["usable"].integer() - 1;
  statement.payload = Json{payload};
  Recheck found = story.engine.recheck(story.book.dossier(), statement);
  CHECK(found.verdict == Recheck::Verdict::differs);
  CHECK(found.what.find("usable") != std::string::npos);

  payload = *story.book.statement(issued).payload.object();
  payload["total"] = *payload["total"].integer() + 1;
  statement.payload = Json{payload};
  CHECK(story.engine.recheck(story.book.dossier(), statement).verdict ==
        Recheck::Verdict::unreadable);
}

TEST_CASE("engine: a score whose records were erased is not recomputable, which is not false") {
  Story story;
  std::uint64_t issued = story.issue("2026-11-21");
  std::uint64_t gone = late_bill(story);
  story.book.erase(gone);
  CHECK(story.engine.recheck(story.book.dossier(), story.book.statement(issued)).verdict ==
        Recheck::Verdict::differs);
  Recheck recheck = story.engine.recheck(story.book.dossier(), story.book.statement(issued),
                                         std::vector<std::uint64_t>{gone});
  CHECK(recheck.verdict == Recheck::Verdict::not_recomputable);
  CHECK(recheck.missing == std::vector<std::uint64_t>{gone});
  auto changes = story.engine.changes(story.book.dossier(), story.book.statement(issued),
                                      story.book.as_of("2026-11-21"));
  REQUIRE(changes);
  CHECK(sum_of(*changes) == *changes->after - *changes->before);
  for (const ChangedLine& line : changes->lines) {
    for (const PointsMove& move : line.moves) CHECK(move.cause == Cause::erased);
  }
}

TEST_CASE("engine: a record deleted by a dispute and destroyed is named deleted, not erased") {
  Story story;
  Assessment before = story.assess("2026-11-22");
  std::uint64_t gone = late_bill(story);
  std::uint64_t dispute = story.book.record(Draft::statement(
      FactKind::dispute_opened, story.book.subject(),
      {{"record", gone}, {"because", "not mine"}, {"frozen", true}}, noon("2026-11-22")));
  story.book.record(Draft::statement(
      FactKind::dispute_decided, story.book.subject(),
      {{"dispute", dispute}, {"outcome", "deleted"}, {"by", "R"}, {"because", "not theirs"}},
      noon("2026-11-22")));
  story.book.erase(gone);
  Changes changes =
      story.engine.changes(story.book.dossier(), before, story.book.as_of("2026-11-22"));
  CHECK(sum_of(changes) == *changes.after - *changes.before);
  REQUIRE(!changes.lines.empty());
  for (const ChangedLine& line : changes.lines) {
    for (const PointsMove& move : line.moves) CHECK(move.cause == Cause::deleted);
  }
}

TEST_CASE("engine: a score made under other rules is left to the engine of those") {
  Story story;
  std::uint64_t issued = story.issue("2026-11-21");
  Card other = example_card(story.book.programme(), [](std::string text) {
    return replaced(std::move(text), "base = 600", "base = 595");
  });
  Engine next{story.book.programme(), other, 0};
  CHECK(next.recheck(story.book.dossier(), story.book.statement(issued)).verdict ==
        Recheck::Verdict::other_rules);
  auto changes = next.changes(story.book.dossier(), story.book.statement(issued),
                              story.book.as_of("2026-11-21"));
  REQUIRE(changes);
  CHECK(*changes->after - *changes->before == -5);
  REQUIRE(changes->lines.size() == 1);
  CHECK(changes->lines[0].moves.at(0).cause == Cause::rules);
}

TEST_CASE("engine: too little data is no score, and never a low one") {
  LedgerInMemory book{example_programme()};
  book.enrol("2026-11-01");
  book.bill("2026-11-05", "2026-11-05", "2026-11-06");
  Engine engine{book.programme(), example_card(book.programme()), 0};
  Assessment assessed = engine.assess(book.dossier(), book.as_of("2026-11-21"));
  CHECK(assessed.score() == nullptr);
  std::uint64_t issued = book.record(engine.issue(book.subject(), assessed, noon("2026-11-21")));
  CHECK(engine.recheck(book.dossier(), book.statement(issued)).verdict == Recheck::Verdict::same);
  auto decision = engine.decide(book.dossier(), assessed, order("R-1"));
  REQUIRE(decision);
  CHECK(decision->outcome() == DecisionOutcome::not_enough_data);
  CHECK(engine.explain(book.dossier(), assessed).lines.empty());
}

TEST_CASE("engine: consent taken back is a cause of its own") {
  Story story;
  std::uint64_t issued = story.issue("2026-11-21");
  story.book.record(Draft::statement(FactKind::consent_withdrawn, story.book.subject(),
                                     {{"source", "rentals"}}, noon("2026-11-22")));
  auto changes = story.engine.changes(story.book.dossier(), story.book.statement(issued),
                                      story.book.as_of("2026-11-22"));
  REQUIRE(changes);
  CHECK(sum_of(*changes) == *changes->after - *changes->before);
  REQUIRE(!changes->lines.empty());
  for (const ChangedLine& line : changes->lines) {
    for (const PointsMove& move : line.moves) CHECK(move.cause == Cause::consent);
  }
}

TEST_CASE("engine: whatever happens in between, the moves add up to the difference") {
  Story story;
  std::mt19937 random{20261121};
  auto draw = [&random](int below) {
    return static_cast<int>(random() % static_cast<unsigned>(below));
  };
  std::vector<std::uint64_t> issued;
  Date today = day("2026-11-21");
  int compared = 0;
  for (int round = 0; round < 40; ++round) {
    today = add(today, Period{0, 1 + draw(14)});
    std::string date = to_text(today);
    Dossier dossier = story.book.dossier();
    std::uint64_t record =
        dossier.events.at(static_cast<std::size_t>(draw(static_cast<int>(dossier.events.size()))))
            .index;
    switch (draw(5)) {
      case 0:
        story.book.bill(to_text(today - std::chrono::days{30}), draw(2) ? date : "", date);
        break;
      case 1:
        story.book.rental(date, draw(2) ? "lost" : "settled", date);
        break;
      case 2:
      case 3: {
        auto opened =
            open_dispute(dossier,
                         {.record = record,
                          .because = "wrong",
                          .choice = FreezeChoice::freeze,
                          .when = noon(date)},
                         story.engine.freeze_effect(dossier, story.book.as_of(date), record));
        if (opened) story.book.record(*opened);
        break;
      }
      default:
        for (const Dispute& dispute : dossier.disputes) {
          if (dispute.decided) continue;
          bool keep = draw(2) == 0;
          auto resolved = resolve(story.book.programme(), dossier,
                                  {.dispute = dispute.index,
                                   .outcome = keep ? DisputeOutcome::kept : DisputeOutcome::deleted,
                                   .by = "reviewer " + std::to_string(round),
                                   .because = "looked at",
                                   .when = noon(date)},
                                  nullptr);
          if (resolved) story.book.record(resolved->decided);
          break;
        }
    }
    if (story.assess(date).score() != nullptr) issued.push_back(story.issue(date));
  }
  Dossier dossier = story.book.dossier();
  for (std::uint64_t earlier : issued) {
    CHECK(story.engine.recheck(dossier, story.book.statement(earlier)).verdict ==
          Recheck::Verdict::same);
    for (std::uint64_t later : issued) {
      if (later <= earlier || (earlier + later) % 3 != 0) continue;
      auto changes =
          story.engine.changes(dossier, story.book.statement(earlier), story.book.statement(later));
      REQUIRE(changes);
      CHECK(sum_of(*changes) == *changes->after - *changes->before);
      ++compared;
    }
  }
  CHECK(compared > 50);
}

TEST_CASE("engine: what-ifs are what the engine then gives, and come by themselves on their day") {
  Story story;
  Assessment now = story.assess("2026-11-21");
  Explanation explanation = story.engine.explain(story.book.dossier(), now);
  REQUIRE(!explanation.what_ifs.empty());
  for (const WhatIf& what_if : explanation.what_ifs) {
    CHECK(what_if.gain > 0);
    CHECK(what_if.total == now.score()->total + what_if.gain);
    if (!what_if.by_itself) continue;
    AsOf then = now.features.as_of;
    auto at = static_cast<std::size_t>(what_if.line);
    then.date = *what_if.by_itself;
    Assessment later = story.engine.assess(story.book.dossier(), then);
    if (later.score() == nullptr) continue;
    CHECK(later.score()->terms.at(at).points - now.score()->terms.at(at).points ==
          what_if.gain_by_itself);
    then.date -= std::chrono::days{1};
    Assessment before = story.engine.assess(story.book.dossier(), then);
    CHECK(before.score()->terms.at(at).points <= now.score()->terms.at(at).points);
  }
}

TEST_CASE("engine: a programme that breaks the charter makes no engine, and says why") {
  std::string text = replaced(read_repository_file("programmes/deposit-free/programme.toml"),
                              "decided_by = \"human\"", "decided_by = \"machine\"");
  MadeEngine made = make_engine(text, "programme.toml", "", "card.toml", 0);
  CHECK(!made.engine.has_value());
  CHECK(has_errors(made.programme_findings));
  std::string good = read_repository_file("programmes/deposit-free/programme.toml");
  MadeEngine without_card = make_engine(good, "programme.toml", "base = ", "card.toml", 0);
  CHECK(!without_card.engine.has_value());
  CHECK(has_errors(without_card.card_findings));
  CHECK(make_engine(good, "p", read_repository_file("programmes/deposit-free/card.toml"), "c", 0)
            .engine.has_value());
}
