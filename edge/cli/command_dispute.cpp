#include <credence/cli/book.h>
#include <credence/cli/codes.h>
#include <credence/cli/commands.h>
#include <credence/redress/propagation.h>
#include <credence/terminal/numbers.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

FreezeChoice choice_from(const Arguments& arguments) {
  if (!arguments.has("freeze")) return FreezeChoice::not_asked;
  return arguments.one("freeze") == "yes" ? FreezeChoice::freeze : FreezeChoice::keep_counting;
}

std::string total(const ScoreOutcome& outcome) {
  const Score* score = std::get_if<Score>(&outcome);
  return score == nullptr ? "not enough data" : fmt::format("{}", score->total);
}

Exit run_dispute(const Arguments& arguments, Console& console) {
  auto book = open_book_to_write(arguments);
  if (!book) return fail(console, book.error());
  auto dossier = book->known_dossier(arguments.one("SUBJECT"));
  if (!dossier) return fail(console, dossier.error());
  auto record = parse_number("record", arguments.one("record"), INT64_MAX);
  if (!record) return fail(console, record.error());
  FreezeEffect effect = book->engine().freeze_effect(*dossier, book->as_of(book->today()), *record);
  Contest contest{*record, arguments.one("because"), choice_from(arguments), book->now()};
  auto draft = open_dispute(*dossier, contest, effect);
  if (!draft) {
    Error error = draft.error();
    if (error.code == "redress.ask_first") {
      error.message += fmt::format(": {} with the record, {} without it", total(effect.before),
                                   total(effect.after));
      error.help = "ask the person, then say --freeze yes or --freeze no";
    }
    return fail(console, error);
  }
  auto index = book->record(*std::move(draft));
  if (!index) return fail(console, index.error());
  auto now_known = book->known_dossier(dossier->subject);
  if (!now_known) return fail(console, now_known.error());
  const Dispute& dispute = now_known->disputes.back();
  console.out(
      fmt::format("dispute: fact {}; the record is {}; answer due by {}\n", *index,
                  dispute.frozen ? "frozen out of scoring" : "still counted, as the person chose",
                  to_text(due_date(book->engine().programme(), dispute))));
  if (dispute.frozen) {
    console.out(fmt::format("score: {} -> {}\n", total(effect.before), total(effect.after)));
  }
  return Exit::yes;
}

Result<Resolution> resolution_from(const Arguments& arguments, const Book& book,
                                   std::uint64_t dispute) {
  Resolution resolution;
  resolution.dispute = dispute;
  const std::string& outcome = arguments.one("outcome");
  resolution.outcome = outcome == "corrected" ? DisputeOutcome::corrected
                       : outcome == "deleted" ? DisputeOutcome::deleted
                                              : DisputeOutcome::kept;
  resolution.by = arguments.one("by");
  resolution.because = arguments.one("because");
  resolution.when = book.now();
  for (const std::string& text : arguments.all("set")) {
    std::size_t equals = text.find('=');
    if (equals == std::string::npos) {
      return Error{"usage.set",
                   fmt::format("`{}` is not field=value", text),
                   {},
                   "as in --set paid=2026-01-19"};
    }
    resolution.fields[text.substr(0, equals)] = text.substr(equals + 1);
  }
  if (arguments.has("at")) {
    auto at = date_from(arguments, "at", {});
    if (!at) return at.error();
    resolution.at = *at;
  }
  return resolution;
}

// The outcome and, when there is one, the corrected event: it goes through consent like any other.
Result<std::vector<Draft>> drafts_of(const Book& book, const Dossier& dossier, Resolved resolved) {
  std::vector<Draft> drafts;
  if (resolved.correction) {
    auto outcome = admit(*std::move(resolved.correction), book.engine().programme(),
                         &dossier.consents, book.now());
    if (auto* refused = std::get_if<Refused>(&outcome)) {
      return Error{"redress.consent",
                   refused->why.en,
                   {},
                   fmt::format("credence explain {}", refused->article)};
    }
    drafts.push_back(Draft::event(std::get<Admitted>(outcome), *book.engine().programme()));
  }
  drafts.push_back(std::move(resolved.decided));
  return drafts;
}

Result<Fact> as_fact(const StoredFact& stored) {
  auto leaf = decode_leaf(stored.entry);
  if (!leaf) return leaf.error();
  auto payload = parse_json(*stored.payload);
  if (!payload) return payload.error();
  return Fact{stored.index, leaf->kind, *std::move(payload)};
}

// All that settles a dispute, in one commit: the outcome with its correction, the destruction of a
// deleted record (gone, not only left out), and the word to every partner whose answer rested on
// the record, so that no stop between them leaves one without the other (A20).
class Settlement {
 public:
  Settlement(const Book& book, const Dossier& dossier, const Dispute& dispute,
             std::vector<Draft> drafts)
      : book_(book), dossier_(dossier), dispute_(dispute), drafts_(std::move(drafts)) {}

  void destroy_record() { destroys_ = true; }
  void tell_partners() {
    affected_ = affected_answers(dossier_, dispute_);
    for (const AffectedAnswer& affected : affected_) {
      drafts_.push_back(correction_notice(book_.engine().programme(), dossier_.subject, affected,
                                          dispute_.index, book_.now()));
    }
  }

  // What to print about the partners.
  Result<std::string> record() {
    auto appended = append();
    if (!appended) return appended.error();
    for (const Appended& one : *appended) {
      if (one.duplicate) return lost(one.index);
    }
    if (auto done = book_.sign(); !done) return done.error();
    std::string told;
    Date last_day = add(book_.today(), acknowledgement_period(book_.engine().programme()));
    std::size_t notice = appended->size() - affected_.size();
    for (const AffectedAnswer& affected : affected_) {
      told += fmt::format(
          "{} is told that its answer on {} is withdrawn, and acknowledges by {}: fact {}\n",
          affected.recipient, affected.reference, to_text(last_day), (*appended)[notice++].index);
    }
    return told;
  }

 private:
  Result<std::vector<Appended>> append() {
    if (!destroys_) return book_.store().append(std::move(drafts_));
    std::vector<std::uint64_t> indexes = record_and_what_it_replaced();
    auto erased = book_.store().append_and_erase_facts(std::move(drafts_), dossier_.subject,
                                                       indexes, "dispute-deleted");
    if (!erased) return erased.error();
    return std::move(erased->appended);
  }

  // A corrected record that is deleted takes the wrong one before it along.
  std::vector<std::uint64_t> record_and_what_it_replaced() const {
    std::vector<std::uint64_t> indexes = versions_of(dossier_, dispute_.record);
    std::erase_if(indexes,
                  [&](std::uint64_t index) { return find_record(dossier_, index) == nullptr; });
    return indexes;
  }

  static Error lost(std::uint64_t index) {
    return {"redress.key",
            fmt::format("the correction was not recorded: fact {} has its key", index),
            {},
            "`credence show` tells that fact; contest it as well"};
  }

  const Book& book_;
  const Dossier& dossier_;
  const Dispute& dispute_;
  std::vector<Draft> drafts_;
  std::vector<AffectedAnswer> affected_;
  bool destroys_ = false;
};

Result<std::optional<Fact>> record_of(const Book& book, const Dispute& dispute) {
  auto stored = book.store().fact(dispute.record);
  if (!stored) return stored.error();
  if (!stored->payload) return std::optional<Fact>{};
  auto fact = as_fact(*stored);
  if (!fact) return fact.error();
  return std::optional<Fact>{*std::move(fact)};
}

Result<std::string> settle(const Book& book, const Dossier& dossier, const Resolution& resolution,
                           const Dispute& dispute) {
  auto record = record_of(book, dispute);
  if (!record) return record.error();
  auto resolved =
      resolve(book.engine().programme(), dossier, resolution, *record ? &**record : nullptr);
  if (!resolved) return resolved.error();
  if (resolved->correction) {
    auto facts = book.store().facts_of(dossier.subject);
    if (!facts) return facts.error();
    if (auto error = refuse_key(*facts, resolved->correction->key)) return *error;
  }
  auto drafts = drafts_of(book, dossier, *std::move(resolved));
  if (!drafts) return drafts.error();
  Settlement settlement(book, dossier, dispute, *std::move(drafts));
  if (resolution.outcome == DisputeOutcome::deleted && *record) settlement.destroy_record();
  if (resolution.outcome != DisputeOutcome::kept) settlement.tell_partners();
  return settlement.record();
}

Exit run_resolve(const Arguments& arguments, Console& console) {
  auto book = open_book_to_write(arguments);
  if (!book) return fail(console, book.error());
  auto index = parse_number("DISPUTE", arguments.one("DISPUTE"), INT64_MAX);
  if (!index) return fail(console, index.error());
  auto opened = book->store().fact(*index);
  if (!opened) return fail(console, opened.error());
  auto dossier = book->known_dossier(opened->subject);
  if (!dossier) return fail(console, dossier.error());
  const Dispute* dispute = find_dispute(*dossier, *index);
  if (dispute == nullptr) {
    return fail(console, {"redress.dispute",
                          fmt::format("fact {} opens no dispute", *index),
                          {},
                          "`credence disputes` lists them"});
  }
  auto resolution = resolution_from(arguments, *book, *index);
  if (!resolution) return fail(console, resolution.error());
  // Taken while the contested record is still there: a deletion destroys it.
  AsOf when_opened{day_of(dispute->opened), dispute->index, dispute->opened};
  Assessment before = book->engine().assess(*dossier, when_opened);
  auto told = settle(*book, *dossier, *resolution, *dispute);
  if (!told) return fail(console, told.error());
  console.out(fmt::format("{} by {}\n{}", arguments.one("outcome"), resolution->by, *told));
  auto after = book->known_dossier(dossier->subject);
  if (!after) return fail(console, after.error());
  Changes changes = book->engine().changes(*after, before, book->as_of(book->today()));
  console.out(render_changes(changes, arguments.language()));
  console.out(
      fmt::format("tell them: credence letter {} --dispute {}\n", dossier->subject, *index));
  return Exit::yes;
}

struct OpenDispute {
  std::string subject;
  Dispute dispute;
  Date due;
};

Result<std::vector<OpenDispute>> open_disputes(const Book& book) {
  std::vector<OpenDispute> open;
  const FactKind kinds[] = {FactKind::dispute_opened, FactKind::dispute_decided};
  auto subjects = book.everybody();
  if (!subjects) return subjects.error();
  for (const std::string& subject : *subjects) {
    auto facts = book.store().facts_of(subject, kinds);
    if (!facts) return facts.error();
    auto dossier = read_dossier(subject, *facts, book.engine().programme());
    if (!dossier) return dossier.error();
    for (const Dispute& dispute : dossier->disputes) {
      if (dispute.decided) continue;
      open.push_back({subject, dispute, due_date(book.engine().programme(), dispute)});
    }
  }
  std::sort(open.begin(), open.end(), [](const auto& a, const auto& b) { return a.due < b.due; });
  return open;
}

// Nobody answered in time: what cannot be verified is deleted.
Result<Done> delete_overdue(const Book& book, const OpenDispute& overdue, Console& console) {
  auto record = record_of(book, overdue.dispute);
  if (!record) return record.error();
  auto dossier = book.known_dossier(overdue.subject);
  if (!dossier) return dossier.error();
  std::vector<Draft> drafts;
  drafts.push_back(delete_on_silence(book.engine().programme(), *dossier, overdue.dispute,
                                     book.now(), *record ? &**record : nullptr));
  Settlement settlement(book, *dossier, overdue.dispute, std::move(drafts));
  if (*record) settlement.destroy_record();
  settlement.tell_partners();
  auto told = settlement.record();
  if (!told) return told.error();
  console.out("  nobody answered in time: the record is deleted\n" + *told);
  return Done{};
}

Exit run_disputes(const Arguments& arguments, Console& console) {
  bool enforce = arguments.has("enforce");
  auto book = enforce ? open_book_to_write(arguments) : open_book_to_read(arguments);
  if (!book) return fail(console, book.error());
  auto open = open_disputes(*book);
  if (!open) return fail(console, open.error());
  if (open->empty()) console.out("no open disputes\n");
  for (const OpenDispute& one : *open) {
    bool late = one.due < book->today();
    console.out(fmt::format("fact {:<8} {} contests fact {}: due {}{}\n", one.dispute.index,
                            one.subject, one.dispute.record, to_text(one.due),
                            late ? ", OVERDUE" : ""));
    if (!late || !enforce) continue;
    if (auto done = delete_overdue(*book, one, console); !done) return fail(console, done.error());
  }
  return Exit::yes;
}

}  // namespace

Command dispute_command() {
  return {"dispute",
          "contest a record: it stops counting at once, and the clock starts",
          "credence dispute ada --record 123 --because \"I paid on the 19th\" --data demo/data",
          {{"SUBJECT", "SUBJECT", "the person", true},
           {"record", "FACT", "the record, as `explain` lists it", true},
           {"because", "TEXT", "the person's own words", true},
           {"freeze",
            "yes|no",
            "the person's answer when the freeze would lower the score",
            false,
            false,
            {"yes", "no"}},
           data_option(),
           clock_option()},
          run_dispute};
}

Command resolve_command() {
  return {"resolve",
          "a second human settles a dispute; the score follows by itself",
          "credence resolve 130 --outcome corrected --set paid=2026-01-19 --by \"L. Petit\" "
          "--because \"...\"",
          {{"DISPUTE", "FACT", "the fact that opened it", true},
           {"outcome",
            "corrected|deleted|kept",
            "what came of it",
            true,
            false,
            {"corrected", "deleted", "kept"}},
           {"by", "NAME", "who settles it; not who decided before", true},
           {"because", "TEXT", "the reason, in writing", true},
           {"set", "FIELD=VALUE", "the right value of a field; repeat it", false, true},
           {"at", "DATE", "the right date of the event"},
           data_option(),
           lang_option(),
           clock_option()},
          run_resolve};
}

Command disputes_command() {
  return {"disputes",
          "the open disputes and their clocks",
          "credence disputes --enforce --data demo/data",
          {{"enforce", "", "delete the records whose dispute nobody answered in time"},
           data_option(),
           clock_option()},
          run_disputes};
}

}  // namespace credence
