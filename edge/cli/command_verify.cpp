#include <credence/cli/book.h>
#include <credence/cli/commands.h>
#include <credence/cli/own_leaves.h>
#include <credence/cli/proving.h>
#include <credence/cli/rechecking.h>
#include <credence/terminal/files.h>
#include <credence/terminal/progress.h>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace credence {

namespace {

void add(ScoreChecks& all, ScoreChecks one) {
  all.same += one.same;
  all.not_recomputable += one.not_recomputable;
  std::move(one.faults.begin(), one.faults.end(), std::back_inserter(all.faults));
}

// The scores of people with erased records, of whom the first pass has one that does not come out
// again: only here it is asked which records were erased, in one pass over the log for all of them.
Result<Done> recheck_with_erased(const Book& book, const std::vector<std::string>& subjects,
                                 ScoreChecks& checks) {
  if (subjects.empty()) return Done{};
  auto leaves = own_leaves(book.store(), subjects, book.store().size());
  if (!leaves) return leaves.error();
  for (const auto& [subject, indexes] : *leaves) {
    auto facts = book.store().facts_of(subject);
    if (!facts) return facts.error();
    add(checks, recheck_scores(subject, *facts, book.engines(), erased_of(indexes, *facts)));
  }
  return Done{};
}

Result<ScoreChecks> recheck_everybody(const Book& book, Console& console) {
  auto subjects = book.everybody();
  if (!subjects) return subjects.error();
  ScoreChecks checks;
  std::vector<std::string> again;
  ProgressBar progress(console, "recomputing", "people");
  for (std::size_t i = 0; i < subjects->size(); ++i) {
    const std::string& subject = (*subjects)[i];
    auto facts = book.store().facts_of(subject);
    if (!facts) {  // one person's damage hides nobody else's
      checks.faults.push_back(to_text(facts.error()));
      continue;
    }
    ScoreChecks one = recheck_scores(subject, *facts, book.engines(), {});
    if (one.faults.empty())
      add(checks, std::move(one));
    else
      again.push_back(subject);
    progress.show(i + 1, subjects->size());
  }
  if (auto done = recheck_with_erased(book, again, checks); !done) return done.error();
  return checks;
}

void print(Console& console, const VerifyReport& record, const ScoreChecks& scores) {
  console.out(fmt::format("{} leaves, {} tiles and {} checkpoints; {} contents opened, {} erased\n",
                          record.leaves, record.tiles, record.checkpoints, record.payloads,
                          record.tombstones));
  console.out(
      fmt::format("{} scores recomputed and equal, {} rest on records that were erased since\n",
                  scores.same, scores.not_recomputable));
  for (const auto& fault : record.faults)
    console.out(fmt::format("FAULT {}: {}\n", fault.where, fault.what));
  for (const std::string& fault : scores.faults) console.out(fmt::format("FAULT {}\n", fault));
}

Exit verify_folder(const Arguments& arguments, Console& console) {
  ProgressBar progress(console, "verifying", "leaves");
  auto record =
      verify_record(arguments.one("data"), {},
                    [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); });
  progress.finish();
  if (!record) return fail(console, record.error());
  ScoreChecks scores;
  auto book = open_book_to_read(arguments);
  if (book) {
    auto checked = recheck_everybody(*book, console);
    if (checked)
      scores = *std::move(checked);
    else
      scores.faults.push_back(to_text(checked.error()));
  } else {
    scores.faults.push_back(to_text(book.error()));
  }
  print(console, *record, scores);
  bool sound = record->sound() && scores.faults.empty();
  console.out(sound ? "sound: nothing was changed afterwards\n" : "NOT SOUND\n");
  return sound ? Exit::yes : Exit::no;
}

Exit verify_proof_file(const Arguments& arguments, Console& console, const VerifierKey& key) {
  auto text = read_text(arguments.one("proof"));
  if (!text) return fail(console, text.error());
  auto proof = parse_proof(*text);
  if (!proof) return fail(console, proof.error());
  const VerifierKey keys[] = {key};
  auto checkpoint = verify_proof(*proof, proof->extra, keys);
  if (!checkpoint) {
    console.out(fmt::format("REFUSED: {}\n", to_text(checkpoint.error())));
    return Exit::no;
  }
  console.out(fmt::format("holds: fact {} is in {} at size {}\n", proof->index, checkpoint->origin,
                          checkpoint->size));
  return Exit::yes;
}

Exit verify_export_file(const Arguments& arguments, Console& console, const VerifierKey& key) {
  auto text = read_text(arguments.one("export"), 1 << 30);
  if (!text) return fail(console, text.error());
  auto report = verify_export(*text, key);
  if (!report) {
    console.out(fmt::format("REFUSED: {}\n", to_text(report.error())));
    return Exit::no;
  }
  console.out(fmt::format(
      "{}: {} facts with their proofs and {} erased ones, of {} that the exporter counts at size "
      "{}\n",
      report->subject, report->facts, report->erased, report->count, report->size));
  console.out(
      fmt::format("{} scores recomputed and equal, {} rest on records that were erased since\n",
                  report->scores.same, report->scores.not_recomputable));
  if (report->last) {
    console.out(fmt::format(
        "no fact up to {} is left out; that none came after it is the exporter's word\n",
        *report->last));
  }
  for (const std::string& fault : report->faults) console.out(fmt::format("FAULT {}\n", fault));
  console.out(report->faults.empty() ? "holds\n" : "DOES NOT HOLD\n");
  return report->faults.empty() ? Exit::yes : Exit::no;
}

Exit run_verify(const Arguments& arguments, Console& console) {
  bool offline = arguments.has("proof") || arguments.has("export");
  if (!offline && arguments.has("data")) return verify_folder(arguments, console);
  if (!offline || !arguments.has("key")) {
    return fail(console, {"usage.verify",
                          "say --data DIR, or --proof FILE or --export FILE with --key KEY",
                          {},
                          "the key must come to you by another way than the file"});
  }
  auto key = parse_vkey(arguments.one("key"));
  if (!key) return fail(console, key.error());
  return arguments.has("proof") ? verify_proof_file(arguments, console, *key)
                                : verify_export_file(arguments, console, *key);
}

}  // namespace

Command verify_command() {
  Option data = data_option();
  data.required = false;
  return {"verify",
          "check the whole record and recompute every score; or check a proof or an export without "
          "any record",
          "credence verify --data demo/data",
          {data,
           {"proof", "FILE", "a proof that `prove` wrote"},
           {"export", "FILE", "what `export` wrote"},
           {"key", "KEY", "the log's public key, as `init` and `status` print it"}},
          run_verify};
}

}  // namespace credence
