#include <credence/cli/book.h>
#include <credence/cli/commands.h>
#include <credence/cli/people_file.h>
#include <credence/cli/table.h>
#include <credence/event/value.h>
#include <credence/terminal/files.h>
#include <credence/terminal/progress.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace credence {

namespace {

constexpr std::size_t kBatch = 1000;

// A consent as written on the command line: "bank" (for the operator) or "bank@bike-shop".
struct Wanted {
  std::string source, recipient;
};

Wanted wanted_from(std::string_view text) {
  std::size_t at = text.find('@');
  if (at == std::string_view::npos) return {std::string{text}, std::string{kOperator}};
  return {std::string{text.substr(0, at)}, std::string{text.substr(at + 1)}};
}

const ConsentTerm* find_term(const Programme& programme, const Wanted& wanted) {
  auto fits = [&](const ConsentTerm& term) {
    return term.source == wanted.source && term.recipient == wanted.recipient;
  };
  auto found = std::find_if(programme.consents.begin(), programme.consents.end(), fits);
  return found == programme.consents.end() ? nullptr : &*found;
}

// A yes counts only by a way that the programme offers, because the same ways must take it back
// (A14).
std::optional<Error> channel_error(const Programme& programme, const ConsentTerm& term,
                                   std::string_view channel) {
  const TomlNode* consents = programme.document.find("consent");
  auto index = static_cast<std::size_t>(&term - programme.consents.data());
  if (consents == nullptr || consents->array() == nullptr || index >= consents->array()->size()) {
    return std::nullopt;
  }
  const TomlNode* channels = (*consents->array())[index].find("channels");
  if (channels == nullptr || channels->array() == nullptr) return std::nullopt;
  std::vector<std::string> offered;
  for (const TomlNode& one : *channels->array()) {
    if (one.string() != nullptr) offered.push_back(*one.string());
  }
  if (std::find(offered.begin(), offered.end(), channel) != offered.end()) return std::nullopt;
  return Error{"consent.channel",
               fmt::format("the programme takes no consent by `{}`", channel),
               {},
               fmt::format("its channels: {}", fmt::join(offered, ", "))};
}

Result<Draft> grant_draft(const Programme& programme, const std::string& subject,
                          const std::string& text, std::string_view channel, Instant now) {
  Wanted wanted = wanted_from(text);
  const ConsentTerm* term = find_term(programme, wanted);
  if (term == nullptr) {
    std::vector<std::string> known;
    for (const ConsentTerm& t : programme.consents) {
      known.push_back(t.recipient == kOperator ? t.source : t.source + "@" + t.recipient);
    }
    return Error{"consent.unknown",
                 fmt::format("the programme asks for no consent `{}`", text),
                 {},
                 fmt::format("it asks for: {}", fmt::join(known, ", "))};
  }
  if (auto error = channel_error(programme, *term, channel)) return *error;
  Json::Object payload{{"channel", channel},
                       {"expires", to_text(add(day_of(now), term->expiry))},
                       {"purpose", term->purpose},
                       {"recipient", term->recipient},
                       {"source", term->source},
                       {"text_sha256", to_hex(sha256(term->text.en + "\n" + term->text.fr))}};
  return Draft::statement(FactKind::consent_granted, subject, std::move(payload), now);
}

Result<std::vector<Draft>> enrolment_drafts(const Book& book, const PersonLine& person,
                                            const Arguments& arguments) {
  Instant now = book.now();
  const Programme& programme = *book.engine().programme();
  Json::Object payload{{"age_check", arguments.one("age-check")},
                       {"min_age", programme.min_age},
                       {"name", person.subject}};
  std::vector<Draft> drafts;
  drafts.push_back(
      Draft::statement(FactKind::subject_enrolled, person.subject, std::move(payload), now));
  for (const std::string& consent : person.consents) {
    auto draft =
        grant_draft(programme, person.subject, consent, arguments.one_or("channel", "web"), now);
    if (!draft) return draft.error();
    drafts.push_back(*std::move(draft));
  }
  return drafts;
}

struct EnrolCounts {
  std::uint64_t enrolled = 0, known = 0, consents = 0;
};

Result<EnrolCounts> enrol_all(const Book& book, const std::vector<PersonLine>& people,
                              const Arguments& arguments, ProgressBar& progress) {
  EnrolCounts counts;
  std::vector<Draft> batch;
  auto flush = [&]() -> Result<Done> {
    if (batch.empty()) return Done{};
    auto appended = book.store().append(std::exchange(batch, {}));
    if (!appended) return appended.error();
    return Done{};
  };
  for (std::size_t i = 0; i < people.size(); ++i) {
    auto enrolled = book.store().is_enrolled(people[i].subject);
    if (!enrolled) return enrolled.error();
    if (*enrolled) {
      ++counts.known;
      continue;
    }
    auto drafts = enrolment_drafts(book, people[i], arguments);
    if (!drafts) return drafts.error();
    counts.enrolled += 1;
    counts.consents += drafts->size() - 1;
    std::move(drafts->begin(), drafts->end(), std::back_inserter(batch));
    if (batch.size() >= kBatch) {
      if (auto done = flush(); !done) return done.error();
    }
    progress.show(i + 1, people.size());
  }
  if (auto done = flush(); !done) return done.error();
  if (auto done = book.sign(); !done) return done.error();
  return counts;
}

Result<PeopleFile> people_from(const Arguments& arguments) {
  if (!arguments.has("column")) return read_people_file(arguments.one("file"));
  auto delimiter = parse_delimiter(arguments.one_or("delimiter", ","));
  if (!delimiter) return delimiter.error();
  return read_people_column(arguments.one("file"), *delimiter, arguments.one("column"),
                            arguments.all("consent"));
}

// Everything is looked at before anything is recorded: each person once, each consent known and
// once.
void check_people(const Programme& programme, std::vector<PersonLine>& people,
                  std::vector<Error>& faults) {
  std::set<std::string> seen;
  std::vector<PersonLine> kept;
  for (PersonLine& person : people) {
    if (!seen.insert(person.subject).second) continue;
    std::set<std::string> consents(person.consents.begin(), person.consents.end());
    auto unknown = std::find_if(consents.begin(), consents.end(), [&](const std::string& text) {
      return find_term(programme, wanted_from(text)) == nullptr;
    });
    if (unknown != consents.end()) {
      faults.push_back(
          {"consent.unknown",
           fmt::format("{}: the programme asks for no consent `{}`", person.subject, *unknown),
           {},
           "this person was not enrolled; mend the line and run the file again"});
      continue;
    }
    person.consents.assign(consents.begin(), consents.end());
    kept.push_back(std::move(person));
  }
  people = std::move(kept);
}

std::optional<Error> usage_error(const Arguments& arguments) {
  auto error = [](std::string message, std::string help) {
    return Error{"usage.enrol", std::move(message), {}, std::move(help)};
  };
  if (arguments.has("file") == arguments.has("SUBJECT")) {
    return error("name either one person or a --file of people",
                 "credence enrol ada --consent bank ...");
  }
  if (arguments.has("column") && !arguments.has("file")) {
    return error("--column belongs to a --file", "leave it out");
  }
  if (arguments.has("file") && arguments.has("consent") && !arguments.has("column")) {
    return error("the file names each person's consents itself", "leave --consent out");
  }
  if (arguments.one("age-check").find_first_not_of(" \t\n") == std::string::npos) {
    return error("--age-check is empty", "say how it was made sure that the person is of age");
  }
  return std::nullopt;
}

Exit run_enrol(const Arguments& arguments, Console& console) {
  std::vector<PersonLine> people;
  std::vector<Error> faults;
  if (auto error = usage_error(arguments)) return fail(console, *error);
  if (arguments.has("file")) {
    auto read = people_from(arguments);
    if (!read) return fail(console, read.error());
    people = std::move(read->people);
    faults = std::move(read->faults);
  } else {
    people.push_back({arguments.one("SUBJECT"), arguments.all("consent")});
    if (auto error = check_name(people.front().subject, "people.subject"))
      return fail(console, *error);
  }
  auto book = open_book_to_write(arguments);
  if (!book) return fail(console, book.error());
  if (arguments.has("file")) check_people(*book->engine().programme(), people, faults);
  ProgressBar progress(console, "enrolling", "people");
  auto counts = enrol_all(*book, people, arguments, progress);
  progress.finish();
  if (!counts) return fail(console, counts.error());
  console.out(fmt::format("enrolled {}, of whom the record already knew {}; {} consents\n",
                          counts->enrolled + counts->known, counts->known, counts->consents));
  for (const Error& fault : faults) fail(console, fault);
  if (!faults.empty()) return Exit::no;
  return counts->enrolled == 0 ? Exit::nothing_new : Exit::yes;
}

Exit list_consents(const Arguments& arguments, Console& console) {
  auto book = open_book_to_read(arguments);
  if (!book) return fail(console, book.error());
  auto consents = book->known_consents(arguments.one("SUBJECT"));
  if (!consents) return fail(console, consents.error());
  for (const Grant& grant : consents->grants()) {
    std::string state = grant.withdrawn ? fmt::format("withdrawn {}", to_text(*grant.withdrawn))
                                        : fmt::format("until {}", to_text(grant.expires));
    console.out(fmt::format("fact {:<8} {} for {}, to {}: granted {}, {}\n", grant.index,
                            grant.source, grant.purpose, grant.recipient, to_text(grant.granted),
                            state));
  }
  return Exit::yes;
}

Exit grant_consent(const Arguments& arguments, Console& console) {
  auto book = open_book_to_write(arguments);
  if (!book) return fail(console, book.error());
  const std::string& subject = arguments.one("SUBJECT");
  if (auto known = book->known(subject); !known) return fail(console, known.error());
  auto draft = grant_draft(*book->engine().programme(), subject, arguments.one("source"),
                           arguments.one_or("channel", "web"), book->now());
  if (!draft) return fail(console, draft.error());
  auto index = book->record(*std::move(draft));
  if (!index) return fail(console, index.error());
  console.out(fmt::format("granted: {} for {}, fact {}\n", arguments.one("source"),
                          book->engine().programme()->purpose, *index));
  return Exit::yes;
}

// "bank@bike-shop" ends what the partner may learn; "bank" ends the use of the source altogether.
Wanted withdrawal_of(const Arguments& arguments) {
  std::string text = arguments.one_or("source", "");
  Wanted wanted = wanted_from(text);
  if (text.find('@') == std::string::npos) wanted.recipient.clear();
  return wanted;
}

Exit withdraw_consent(const Arguments& arguments, Console& console) {
  auto book = open_book_to_write(arguments);
  if (!book) return fail(console, book.error());
  const std::string& subject = arguments.one("SUBJECT");
  auto consents = book->known_consents(subject);
  if (!consents) return fail(console, consents.error());
  if (arguments.has("source") && arguments.one("source").empty()) {
    return fail(console,
                {"usage.consent", "--source is empty", {}, "leave it out to withdraw all"});
  }
  Wanted wanted = withdrawal_of(arguments);
  // A source that a later version dropped can still be withdrawn from.
  auto granted = [&wanted](const Grant& grant) { return grant.source == wanted.source; };
  if (!wanted.source.empty() && book->engine().programme()->find_source(wanted.source) < 0 &&
      std::none_of(consents->grants().begin(), consents->grants().end(), granted)) {
    return fail(console, {"consent.unknown",
                          fmt::format("the programme has no source `{}`", wanted.source),
                          {},
                          "leave --source out to withdraw everything"});
  }
  if (consents->withdraw(wanted.source, book->store().size(), book->now(), wanted.recipient) == 0) {
    console.out("nothing to withdraw: no live consent\n");
    return Exit::nothing_new;
  }
  Json::Object payload{{"source", wanted.source}};
  if (!wanted.recipient.empty()) payload["recipient"] = wanted.recipient;
  auto index = book->record(
      Draft::statement(FactKind::consent_withdrawn, subject, std::move(payload), book->now()));
  if (!index) return fail(console, index.error());
  console.out(fmt::format("withdrawn: {}, fact {}; it holds for the very next call\n",
                          arguments.one_or("source", "everything"), *index));
  return Exit::yes;
}

Exit run_consent(const Arguments& arguments, Console& console) {
  const std::string& verb = arguments.one("VERB");
  if (verb == "list") return list_consents(arguments, console);
  if (verb == "withdraw") return withdraw_consent(arguments, console);
  if (arguments.has("source")) return grant_consent(arguments, console);
  return fail(console, {"usage.consent",
                        "a grant names its --source",
                        {},
                        "nobody agrees to everything at once (A13)"});
}

}  // namespace

Command enrol_command() {
  return {
      "enrol",
      "enrol people with the consents they gave",
      "credence enrol ada --data demo/data --age-check \"contract signed\" --consent bank "
      "--consent rentals",
      {{"SUBJECT", "SUBJECT", "the operator's name for the person"},
       {"file", "FILE", "a CSV with the columns subject,sources (sources separated by ;)"},
       {"column", "NAME", "of the file: who; then any CSV will do, and --consent holds for each"},
       {"delimiter", ",|;|tab", "of the file with --column (,)"},
       {"consent", "SOURCE[@RECIPIENT]", "what the person said yes to; repeat it", false, true},
       {"age-check", "TEXT", "how it was made sure that the person is of age (A29)", true},
       {"channel", "web|paper|phone", "how they said it (web)"},
       data_option(),
       clock_option()},
      run_enrol};
}

Command consent_command() {
  return {
      "consent",
      "grant, withdraw or list a person's consents",
      "credence consent withdraw ada --source bank --data demo/data",
      {{"VERB", "grant|withdraw|list", "what to do", true, false, {"grant", "withdraw", "list"}},
       {"SUBJECT", "SUBJECT", "the person", true},
       {"source", "SOURCE[@RECIPIENT]", "which consent; withdraw without it ends all"},
       {"channel", "web|paper|phone", "how they said it (web)"},
       data_option(),
       clock_option()},
      run_consent};
}

}  // namespace credence
