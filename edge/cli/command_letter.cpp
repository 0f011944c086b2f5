#include <credence/cli/book.h>
#include <credence/cli/commands.h>
#include <credence/notice/notice.h>
#include <credence/terminal/files.h>
#include <credence/terminal/numbers.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

struct Letter {
  std::string name;  // for the record: decision, score, change
  std::string text;
  std::optional<std::uint64_t> decision_fact;
};

const Statement* latest(const Dossier& dossier, FactKind kind) {
  const Statement* found = nullptr;
  for (const Statement& statement : dossier.statements) {
    if (statement.kind == kind) found = &statement;
  }
  return found;
}

// The score that a decision rests on, as it was known then, so that the letter tells what was
// decided upon.
Result<AsOf> as_of_decision(const Dossier& dossier, const Statement& decision,
                            const AsOf& otherwise) {
  const Json* score = decision.payload.find("score");
  if (score == nullptr || score->integer() == nullptr) return otherwise;
  const Statement* statement =
      find_statement(dossier, static_cast<std::uint64_t>(*score->integer()));
  if (statement == nullptr) return otherwise;
  auto issued = read_issued_score(*statement);
  if (!issued) return issued.error();
  return issued->as_of;
}

// What the record says that a partner was told about this decision.
std::optional<std::string> disclosed_of(const Dossier& dossier, std::uint64_t decision) {
  for (const Statement& statement : dossier.statements) {
    if (statement.kind != FactKind::disclosure_made) continue;
    const Json* about = statement.payload.find("decision");
    const Json* answer = statement.payload.find("answer");
    if (about == nullptr || about->integer() == nullptr || *about->integer() < 0) continue;
    bool ours = static_cast<std::uint64_t>(*about->integer()) == decision;
    if (ours && answer != nullptr && answer->string() != nullptr) return *answer->string();
  }
  return std::nullopt;
}

Result<Letter> decision_letter(const Book& book, const Dossier& dossier, const Arguments& arguments,
                               Language language, LetterFormat format) {
  const Statement* decision = latest(dossier, FactKind::decision_made);
  if (arguments.has("decision")) {
    auto index = parse_number("decision", arguments.one("decision"), INT64_MAX);
    if (!index) return index.error();
    decision = find_statement(dossier, *index);
    if (decision == nullptr || decision->kind != FactKind::decision_made) {
      return Error{"letter.decision",
                   fmt::format("fact {} is no decision about this person", *index),
                   {},
                   "leave --decision out for the latest"};
    }
  }
  DecisionLetter letter;
  letter.date = book.today();
  AsOf as_of = book.as_of(book.today());
  if (decision != nullptr) {
    auto read = read_decision(*decision, book.engine().programme());
    if (!read) return read.error();
    letter.decision = *std::move(read);
    letter.decision_fact = decision->index;
    letter.disclosed = disclosed_of(dossier, decision->index);
    auto then = as_of_decision(dossier, *decision, as_of);
    if (!then) return then.error();
    as_of = *then;
  }
  letter.explanation = book.engine().explain(dossier, book.engine().assess(dossier, as_of));
  std::string text = write(letter, book.engine().programme(), language, format);
  return Letter{decision == nullptr ? "score" : "decision", std::move(text), letter.decision_fact};
}

// From the last score that was issued before the objection, which names what it rested on even when
// the record is destroyed since; without one, from what was known then.
Result<Changes> changes_since(const Book& book, const Dossier& dossier, const Dispute& dispute) {
  const Statement* issued = nullptr;
  for (const Statement& statement : dossier.statements) {
    bool earlier = statement.kind == FactKind::score_issued && statement.index < dispute.index;
    if (earlier) issued = &statement;
  }
  AsOf today = book.as_of(book.today());
  if (issued != nullptr) return book.engine().changes(dossier, *issued, today);
  AsOf then{day_of(dispute.opened), dispute.index, dispute.opened};
  return book.engine().changes(dossier, then, today);
}

Result<Letter> change_letter(const Book& book, const Dossier& dossier, const Arguments& arguments,
                             Language language, LetterFormat format) {
  auto index = parse_number("dispute", arguments.one("dispute"), INT64_MAX);
  if (!index) return index.error();
  const Dispute* dispute = find_dispute(dossier, *index);
  if (dispute == nullptr) {
    return Error{"letter.dispute",
                 fmt::format("fact {} is no dispute of this person", *index),
                 {},
                 "`credence disputes` lists them"};
  }
  auto changes = changes_since(book, dossier, *dispute);
  if (!changes) return changes.error();
  ChangeLetter letter{*std::move(changes), *dispute, dossier.subject, book.today()};
  return Letter{"change", write(letter, book.engine().programme(), language, format), std::nullopt};
}

Exit run_letter(const Arguments& arguments, Console& console) {
  auto book = open_book_to_write(arguments);
  if (!book) return fail(console, book.error());
  auto dossier = book->known_dossier(arguments.one("SUBJECT"));
  if (!dossier) return fail(console, dossier.error());
  Language language = arguments.language();
  LetterFormat format =
      arguments.one_or("format", "text") == "html" ? LetterFormat::html : LetterFormat::text;
  auto letter = arguments.has("dispute")
                    ? change_letter(*book, *dossier, arguments, language, format)
                    : decision_letter(*book, *dossier, arguments, language, format);
  if (!letter) return fail(console, letter.error());
  if (arguments.has("out")) {
    if (auto written = write_file(arguments.one("out"), letter->text); !written) {
      return fail(console, written.error());
    }
  } else {
    console.out(letter->text);
  }
  Json::Object payload =
      notice_payload(letter->name, language, format, letter->text, letter->decision_fact);
  auto index = book->record(Draft::statement(FactKind::notice_written, dossier->subject,
                                             std::move(payload), book->now()));
  if (!index) return fail(console, index.error());
  if (arguments.has("out")) console.out(fmt::format("{}: fact {}\n", arguments.one("out"), *index));
  return Exit::yes;
}

}  // namespace

Command letter_command() {
  return {"letter",
          "write the letter to the person: what was decided and why, or what a dispute changed",
          "credence letter ada --lang fr --format html --out ada.html --data demo/data",
          {{"SUBJECT", "SUBJECT", "the person", true},
           {"decision", "FACT", "which decision (the latest)"},
           {"dispute", "FACT", "what came of this dispute instead"},
           {"format",
            "text|html",
            "plain text, or one page that prints well (text)",
            false,
            false,
            {"text", "html"}},
           {"out", "FILE", "write it there instead of printing it"},
           data_option(),
           lang_option(),
           clock_option()},
          run_letter};
}

}  // namespace credence
