#include <credence/cli/book.h>
#include <credence/cli/commands.h>
#include <credence/cli/proving.h>
#include <credence/terminal/files.h>
#include <credence/terminal/numbers.h>
#include <fmt/format.h>

namespace credence {

namespace {

std::string render(const StoredFact& stored, const Leaf& leaf) {
  std::string out = fmt::format("fact {}: {}\n", stored.index, name_of(leaf.kind));
  out += fmt::format("  day          {}\n", to_text(date_of_day_number(leaf.day)));
  out += fmt::format("  subject tag  {}\n", to_hex(leaf.subject_tag));
  out += fmt::format("  commitment   {}\n", to_hex(leaf.commitment));
  out += fmt::format("  leaf hash    {}\n", to_hex(leaf_hash(stored.entry)));
  if (!leaf.refs.empty()) out += fmt::format("  refers to    {}\n", fmt::join(leaf.refs, " "));
  if (!stored.subject.empty()) out += fmt::format("  person       {}\n", stored.subject);
  if (!stored.payload)
    return out + "  erased: nothing of its content is kept; the leaf and its proofs stay\n";
  auto payload = parse_json(*stored.payload);
  return out + (payload ? to_pretty_json(*payload) : *stored.payload) + "\n";
}

Exit run_show(const Arguments& arguments, Console& console) {
  auto book = open_book_to_read(arguments);
  if (!book) return fail(console, book.error());
  auto index = parse_number("FACT", arguments.one("FACT"), INT64_MAX);
  if (!index) return fail(console, index.error());
  auto stored = book->store().fact(*index);
  if (!stored) return fail(console, stored.error());
  auto leaf = decode_leaf(stored->entry);
  if (!leaf) return fail(console, leaf.error());
  console.out(render(*stored, *leaf));
  return Exit::yes;
}

Exit run_prove(const Arguments& arguments, Console& console) {
  auto book = open_book_to_read(arguments);
  if (!book) return fail(console, book.error());
  auto index = parse_number("FACT", arguments.one("FACT"), INT64_MAX);
  if (!index) return fail(console, index.error());
  auto proof = prove(book->store(), *index);
  if (!proof) return fail(console, proof.error());
  std::string path = arguments.one_or("out", fmt::format("{}.tlog-proof", *index));
  if (auto written = write_file(path, to_text(*proof)); !written)
    return fail(console, written.error());
  console.out(fmt::format(
      "{}: fact {} is in the log; check it anywhere with\n  credence verify --proof {} --key {}\n",
      path, *index, path, to_text(book->store().verifier())));
  return Exit::yes;
}

// Erasure must not depend on whether the person's records can be read.
Result<Done> require_enrolled(const Book& book, const std::string& subject) {
  auto enrolled = book.store().is_enrolled(subject);
  if (!enrolled) return enrolled.error();
  if (*enrolled) return Done{};
  auto unknown = book.known_dossier(subject);
  expects(!unknown, "require_enrolled: nobody has a dossier without being enrolled");
  return unknown.error();
}

Exit run_erase(const Arguments& arguments, Console& console) {
  auto book = open_book_to_write(arguments);
  if (!book) return fail(console, book.error());
  const std::string& subject = arguments.one("SUBJECT");
  if (auto enrolled = require_enrolled(*book, subject); !enrolled) {
    return fail(console, enrolled.error());
  }
  if (arguments.one("basis").find(subject) != std::string::npos) {
    return fail(console, {"erase.basis",
                          "the legal basis names the person, and it is kept for ever",
                          {},
                          "name the law alone, as in \"GDPR 17(1)(b)\""});
  }
  auto erased =
      book->store().erase(subject, arguments.one("basis"), arguments.one_or("reason", "request"));
  if (!erased) return fail(console, erased.error());
  if (auto done = book->sign(); !done) return fail(console, done.error());
  console.out(
      fmt::format("erased: {} records are unreadable and their keys destroyed; fact {} says so\n",
                  erased->facts, erased->index));
  console.out(
      "copies in backups stay sealed until `credence keys rotate` destroys the epoch's key\n");
  return Exit::yes;
}

// The source of a recorded event, by the newest version that knows its type; nullptr when none
// does.
const Source* source_of(const Book& book, std::string_view event) {
  for (auto version = book.engines().rbegin(); version != book.engines().rend(); ++version) {
    const Programme& programme = *version->second.programme();
    int type = programme.find_event(event);
    if (type < 0) continue;
    int source = programme.events[static_cast<std::size_t>(type)].source;
    return &programme.sources[static_cast<std::size_t>(source)];
  }
  return nullptr;
}

// The events of a person whose source's retention has run out: they go, not only stop counting
// (A21). Their fields need not be readable for that.
Result<std::vector<std::uint64_t>> expired(const Book& book, const std::string& subject) {
  const FactKind kinds[] = {FactKind::event_recorded, FactKind::correction_made};
  auto facts = book.store().facts_of(subject, kinds);
  if (!facts) return facts.error();
  std::vector<std::uint64_t> indexes;
  for (const Fact& fact : *facts) {
    auto text = [&fact](std::string_view key) {
      const Json* member = fact.payload.find(key);
      return member == nullptr || member->string() == nullptr ? std::string{} : *member->string();
    };
    const Source* source = source_of(book, text("event"));
    auto at = parse_date(text("at"));
    auto recorded = parse_instant(text("recorded"));
    if (source == nullptr || !at || !recorded) {
      return Error{"book.event",
                   fmt::format("fact {} tells no source, day or time of recording", fact.index),
                   {},
                   "the record is damaged; run `credence verify`"};
    }
    Date starts = source->clock_start == "recording" ? day_of(*recorded) : *at;
    if (add(starts, source->retention) <= book.today()) indexes.push_back(fact.index);
  }
  return indexes;
}

Exit run_expire(const Arguments& arguments, Console& console) {
  auto book = open_book_to_write(arguments);
  if (!book) return fail(console, book.error());
  auto subjects = book->everybody();
  if (!subjects) return fail(console, subjects.error());
  std::uint64_t people = 0, records = 0;
  for (const std::string& subject : *subjects) {
    auto indexes = expired(*book, subject);
    if (!indexes) return fail(console, indexes.error());
    if (indexes->empty()) continue;
    auto erased = book->store().erase_facts(subject, *indexes, "retention");
    if (!erased) return fail(console, erased.error());
    people += 1;
    records += erased->facts;
  }
  if (auto done = book->sign(); !done) return fail(console, done.error());
  console.out(fmt::format(
      "{} records of {} people had reached the end of their source's storage limit: gone\n",
      records, people));
  return records == 0 ? Exit::nothing_new : Exit::yes;
}

Exit run_keys(const Arguments& arguments, Console& console) {
  auto book = open_book_to_write(arguments);
  if (!book) return fail(console, book.error());
  auto epoch = book->store().rotate_keys();
  if (!epoch) return fail(console, epoch.error());
  if (auto done = book->sign(); !done) return fail(console, done.error());
  console.out(fmt::format(
      "epoch {}: every living key is wrapped anew, the old epoch's key is destroyed\n", *epoch));
  return Exit::yes;
}

Exit run_backup(const Arguments& arguments, Console& console) {
  auto book = open_book_to_read(arguments);
  if (!book) return fail(console, book.error());
  if (auto done = book->store().backup(arguments.one("FILE")); !done)
    return fail(console, done.error());
  console.out(fmt::format("{}: the record without its keys; keep DIR/keys apart from it\n",
                          arguments.one("FILE")));
  return Exit::yes;
}

Exit run_status(const Arguments& arguments, Console& console) {
  auto book = open_book_to_read(arguments);
  if (!book) return fail(console, book.error());
  const Programme& programme = *book->engine().programme();
  auto note = book->store().latest_checkpoint();
  if (!note) return fail(console, note.error());
  auto people = book->everybody();
  if (!people) return fail(console, people.error());
  console.out(fmt::format("programme  {} version {}, purpose {}\n", programme.id, programme.version,
                          programme.purpose));
  console.out(fmt::format("log        {}\nkey        {}\n", book->store().origin(),
                          to_text(book->store().verifier())));
  console.out(fmt::format("facts      {}\npeople     {}\nlast       {}\n", book->store().size(),
                          people->size(), to_text(book->store().last_recorded())));
  console.out(*note ? fmt::format("checkpoint\n{}", **note) : std::string{"checkpoint none yet\n"});
  return Exit::yes;
}

}  // namespace

Command show_command() {
  return {"show",
          "print one fact: its public leaf and, while it lives, its content",
          "credence show 123 --data demo/data",
          {{"FACT", "FACT", "its index", true}, data_option()},
          run_show};
}

Command prove_command() {
  return {"prove",
          "write the proof that a fact is in the signed log (C2SP tlog-proof)",
          "credence prove 123 --out 123.tlog-proof --data demo/data",
          {{"FACT", "FACT", "its index", true},
           {"out", "FILE", "where to (FACT.tlog-proof)"},
           data_option()},
          run_prove};
}

Command erase_command() {
  return {"erase",
          "destroy everything about a person; every proof still verifies",
          "credence erase ada --basis \"GDPR 17(1)(b)\" --data demo/data",
          {{"SUBJECT", "SUBJECT", "the person", true},
           {"basis", "TEXT", "the legal basis, recorded without the person's name", true},
           {"reason",
            "CODE",
            "why (request)",
            false,
            false,
            {"request", "consent-withdrawn", "purpose-ended", "unlawful", "legal-duty"}},
           data_option(),
           clock_option()},
          run_erase};
}

Command expire_command() {
  return {"expire",
          "destroy the records whose source's storage limit has been reached",
          "credence expire --data demo/data",
          {data_option(), clock_option()},
          run_expire};
}

Command keys_command() {
  return {
      "keys",
      "rotate the key-encryption key: what was erased becomes unrecoverable in backups too",
      "credence keys rotate --data demo/data",
      {{"VERB", "rotate", "what to do", true, false, {"rotate"}}, data_option(), clock_option()},
      run_keys};
}

Command backup_command() {
  return {"backup",
          "copy the record while it is in use",
          "credence backup /backups/today.db --data demo/data",
          {{"FILE", "FILE", "where to", true}, data_option()},
          run_backup};
}

Command status_command() {
  return {"status",
          "what is in a data folder",
          "credence status --data demo/data",
          {data_option()},
          run_status};
}

}  // namespace credence
