#include <credence/cli/book.h>
#include <credence/cli/commands.h>
#include <credence/terminal/numbers.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace credence {

namespace {

Result<Order> order_from(const Arguments& arguments, const Book& book) {
  Order order;
  order.reference = arguments.one("order");
  order.benefit = arguments.one("benefit");
  order.recipient = arguments.one_or("recipient", kOperator);
  order.date = book.today();
  if (arguments.has("amount")) {
    auto money = parse_money(arguments.one("amount"));
    if (!money) {
      return Error{"usage.amount",
                   fmt::format("`{}` is not an amount", arguments.one("amount")),
                   {},
                   "write it as \"120.00 EUR\""};
    }
    const Currency& currency = book.engine().programme()->currency;
    if (money->minor < 0 || !(money->currency == currency)) {
      return Error{"usage.amount",
                   fmt::format("`{}` is not an amount of this programme", arguments.one("amount")),
                   {},
                   fmt::format("an amount from 0 on, in {}", currency.name())};
    }
    order.amount = *money;
  }
  if (arguments.has("affordability")) {
    const std::string& text = arguments.one("affordability");
    bool met = text.ends_with(":met");
    if (text.starts_with(':') || (!met && !text.ends_with(":not-met"))) {
      return Error{"usage.affordability",
                   fmt::format("`{}` does not say met or not-met", text),
                   {},
                   "write ID:met or ID:not-met"};
    }
    order.affordability = Affordability{text.substr(0, text.rfind(':')), met};
  }
  return order;
}

std::string describe(const Decision& decision, const Programme& programme, Language language) {
  bool french = language == Language::fr;
  switch (decision.outcome()) {
    case DecisionOutcome::granted:
      return french ? "accordé" : "granted";
    case DecisionOutcome::equal_path:
    case DecisionOutcome::not_enough_data: {
      const Benefit* benefit = programme.find_benefit(decision.order()->benefit);
      std::string_view why = decision.outcome() == DecisionOutcome::equal_path
                                 ? (french ? "pas par le score" : "not by the score")
                                 : (french ? "données insuffisantes" : "not enough data");
      return fmt::format("{}; {}: {}", why,
                         french ? "la voie égale sans score" : "the equal way without a score",
                         benefit->no_score_path.steps.in(language));
    }
    case DecisionOutcome::awaits_human:
      return french ? "attend une personne : aucune machine ne décide contre quelqu'un (A18)"
                    : "awaits a person: no machine decides against anybody (A18)";
    default:
      return std::string{name_of(decision.outcome())};
  }
}

struct Recorded {
  std::uint64_t score = 0, decision = 0;
  std::optional<std::uint64_t> disclosure;
};

// What tells a partner the answer, where there is one to tell. An error says that it may not leave:
// then nothing at all is recorded, and the order's reference is still free.
Result<std::optional<Draft>> disclosure_of(const Book& book, const Dossier& dossier,
                                           const Decision& decision, const AsOf& as_of,
                                           std::uint64_t decision_fact) {
  if (!decision.answer()) return std::optional<Draft>{};
  const std::string& recipient = decision.order()->recipient;
  auto disclosure = book.engine().disclose(dossier, decision, as_of, decision_fact,
                                           book.store().pairwise(recipient, dossier.subject));
  if (!disclosure) return disclosure.error();
  return std::optional<Draft>{book.engine().record(dossier.subject, *disclosure, book.now())};
}

// All of it in one commit. The drafts name each other by the indexes that come next: this process
// is the only writer.
Result<Done> record_together(const Book& book, std::vector<Draft> drafts, std::uint64_t next) {
  auto appended = book.store().append(std::move(drafts));
  if (!appended) return appended.error();
  for (const Appended& one : *appended) {
    expects(one.index == next++ && !one.duplicate, "decide: the facts lie where they say");
  }
  return book.sign();
}

// Score, decision and, where a partner learns the answer, the disclosure: each a fact that names
// the one before.
Result<Recorded> record_all(const Book& book, const Dossier& dossier, const Assessment& assessment,
                            const Decision& decision) {
  const Engine& engine = book.engine();
  std::uint64_t next = book.store().size();
  Recorded recorded{next, next + 1, {}};
  auto disclosure =
      disclosure_of(book, dossier, decision, assessment.features.as_of, recorded.decision);
  if (!disclosure) return disclosure.error();
  std::vector<Draft> drafts;
  drafts.push_back(engine.issue(dossier.subject, assessment, book.now()));
  drafts.push_back(engine.record(dossier.subject, decision, recorded.score, {}, book.now()));
  if (*disclosure) {
    recorded.disclosure = next + 2;
    drafts.push_back(**std::move(disclosure));
  }
  if (auto done = record_together(book, std::move(drafts), next); !done) return done.error();
  return recorded;
}

Json to_json(const Decision& decision, const Recorded& recorded) {
  Json::Object answer{{"decision_fact", recorded.decision},
                      {"outcome", name_of(decision.outcome())},
                      {"score_fact", recorded.score}};
  answer["answer"] = decision.answer() ? Json{*decision.answer()} : Json{};
  answer["disclosure_fact"] = recorded.disclosure ? Json{*recorded.disclosure} : Json{};
  return answer;
}

void tell_disclosure(const Decision& decision, const std::optional<std::uint64_t>& fact,
                     Console& console) {
  if (!fact) return;
  console.out(fmt::format("{} learns `{}` and nothing else: fact {}\n", decision.order()->recipient,
                          *decision.answer(), *fact));
}

Exit run_decide(const Arguments& arguments, Console& console) {
  auto book = open_book_to_write(arguments);
  if (!book) return fail(console, book.error());
  if (book->stopped()) return fail(console, *book->stopped());
  auto dossier = book->known_dossier(arguments.one("SUBJECT"));
  if (!dossier) return fail(console, dossier.error());
  auto order = order_from(arguments, *book);
  if (!order) return fail(console, order.error());
  Assessment assessment = book->engine().assess(*dossier, book->as_of(book->today()));
  auto decision = book->engine().decide(*dossier, assessment, *order);
  if (!decision) return fail(console, decision.error());
  auto recorded = record_all(*book, *dossier, assessment, *decision);
  if (!recorded) return fail(console, recorded.error());
  if (arguments.has("json")) {
    console.out(to_pretty_json(to_json(*decision, *recorded)) + "\n");
    return Exit::yes;
  }
  console.out(
      fmt::format("{}\n", describe(*decision, *book->engine().programme(), arguments.language())));
  console.out(
      fmt::format("score: fact {}   decision: fact {}\n", recorded->score, recorded->decision));
  tell_disclosure(*decision, recorded->disclosure, console);
  return Exit::yes;
}

Exit run_propose(const Arguments& arguments, Console& console) {
  auto book = open_book_to_write(arguments);
  if (!book) return fail(console, book.error());
  auto dossier = book->known_dossier(arguments.one("SUBJECT"));
  if (!dossier) return fail(console, dossier.error());
  auto record = parse_number("record", arguments.one("record"), INT64_MAX);
  if (!record) return fail(console, record.error());
  Detriment detriment{arguments.one("consequence"), *record, book->today()};
  auto proposed = book->engine().propose(*dossier, book->as_of(book->today()), detriment);
  if (!proposed) return fail(console, proposed.error());
  auto index =
      book->record(book->engine().record(dossier->subject, *proposed, {}, {}, book->now()));
  if (!index) return fail(console, index.error());
  console.out(fmt::format("{}\nproposal: fact {}\n",
                          describe(*proposed, *book->engine().programme(), arguments.language()),
                          *index));
  return Exit::yes;
}

// A human's answer to a partner's order leaves as the machine's would: with consent, as a fact.
Result<Recorded> record_ruling(const Book& book, const Dossier& dossier, const Decision& ruled,
                               const Statement& proposal) {
  std::uint64_t next = book.store().size();
  Recorded recorded{0, next, {}};
  auto disclosure =
      disclosure_of(book, dossier, ruled, book.as_of(book.today()), recorded.decision);
  if (!disclosure) return disclosure.error();
  std::optional<std::uint64_t> score_fact;
  if (const Json* score = proposal.payload.find("score");
      score != nullptr && score->integer() != nullptr) {
    score_fact = static_cast<std::uint64_t>(*score->integer());
  }
  std::vector<Draft> drafts;
  drafts.push_back(
      book.engine().record(dossier.subject, ruled, score_fact, proposal.index, book.now()));
  if (*disclosure) {
    recorded.disclosure = next + 1;
    drafts.push_back(**std::move(disclosure));
  }
  if (auto done = record_together(book, std::move(drafts), next); !done) return done.error();
  return recorded;
}

Exit run_rule(const Arguments& arguments, Console& console) {
  auto book = open_book_to_write(arguments);
  if (!book) return fail(console, book.error());
  auto index = parse_number("PROPOSAL", arguments.one("PROPOSAL"), INT64_MAX);
  if (!index) return fail(console, index.error());
  auto stored = book->store().fact(*index);
  if (!stored) return fail(console, stored.error());
  auto dossier = book->known_dossier(stored->subject);
  if (!dossier) return fail(console, dossier.error());
  const Statement* proposal = find_statement(*dossier, *index);
  if (proposal == nullptr) {
    return fail(console, {"decision.not_awaiting",
                          fmt::format("fact {} is no proposal", *index),
                          {},
                          "`credence decide` or `propose` printed its number"});
  }
  Ruling ruling{arguments.one("by"),
                arguments.one("verdict") == "for" ? RulingVerdict::for_the_person
                                                  : RulingVerdict::against_the_person,
                arguments.one("because"), book->now()};
  if (arguments.has("until")) {
    auto until = date_from(arguments, "until", {});
    if (!until) return fail(console, until.error());
    ruling.until = *until;
  }
  auto ruled = book->engine().rule(*dossier, *proposal, ruling);
  if (!ruled) return fail(console, ruled.error());
  if (ruled->answer() && book->stopped()) return fail(console, *book->stopped());
  auto recorded = record_ruling(*book, *dossier, *ruled, *proposal);
  if (!recorded) return fail(console, recorded.error());
  console.out(fmt::format("{} by {}, fact {}\n", name_of(ruled->outcome()), ruling.reviewer,
                          recorded->decision));
  tell_disclosure(*ruled, recorded->disclosure, console);
  return Exit::yes;
}

}  // namespace

Command decide_command() {
  return {
      "decide",
      "decide an order: yes by the score, or the equal way without one",
      "credence decide ada --benefit no-deposit --order R-1 --recipient bike-shop --data demo/data",
      {{"SUBJECT", "SUBJECT", "the person", true},
       {"benefit", "ID", "what they ask for", true},
       {"order", "REF", "the order's name; it is decided once", true},
       {"recipient", "ID", "the partner who learns the answer (the operator alone)"},
       {"amount", "MONEY", "as in \"120.00 EUR\""},
       {"affordability", "ID:met|not-met", "the separate result that a credit needs (A27)"},
       data_option(),
       json_option(),
       lang_option(),
       clock_option()},
      run_decide};
}

Command propose_command() {
  return {"propose",
          "propose a consequence of a record to a human; the machine imposes none",
          "credence propose ada --consequence deposit-required --record 123 --data demo/data",
          {{"SUBJECT", "SUBJECT", "the person", true},
           {"consequence", "ID", "which, of the programme's list", true},
           {"record", "FACT", "the record that it answers", true},
           data_option(),
           lang_option(),
           clock_option()},
          run_propose};
}

Command rule_command() {
  return {
      "rule",
      "a named human rules on what awaits one",
      "credence rule 124 --by \"L. Petit\" --verdict against --because \"...\" --data demo/data",
      {{"PROPOSAL", "FACT", "the decision that awaits a human", true},
       {"by", "NAME", "who rules", true},
       {"verdict", "for|against", "for or against the person", true, false, {"for", "against"}},
       {"because", "TEXT", "the reason, in writing", true},
       {"until", "DATE", "an earlier end than the programme's cap"},
       data_option(),
       clock_option()},
      run_rule};
}

}  // namespace credence
