#include <credence/cli/book.h>
#include <credence/cli/commands.h>
#include <credence/cli/history.h>
#include <credence/cli/scoring_file.h>
#include <credence/decision/assessment.h>
#include <credence/terminal/progress.h>
#include <fmt/format.h>

namespace credence {

namespace {

constexpr std::size_t kBatch = 500;

Json to_json(const std::string& subject, const Assessment& assessment, const Programme& programme) {
  Json::Object answer{{"subject", subject}, {"as_of", to_text(assessment.features.as_of.date)}};
  if (const Score* score = assessment.score()) {
    answer["score"] = score->total;
    if (const Tier* tier = programme.tier_of(score->total)) answer["tier"] = tier->name.en;
  } else {
    answer["score"] = nullptr;
    answer["outcome"] = "not-enough-data";
  }
  return answer;
}

std::string one_line(const std::string& subject, const Assessment& assessment,
                     const Programme& programme, Language language) {
  const Score* score = assessment.score();
  if (score == nullptr) {
    return fmt::format("{:<16} {}\n", subject,
                       language == Language::fr ? "données insuffisantes" : "not enough data");
  }
  const Tier* tier = programme.tier_of(score->total);
  return fmt::format("{:<16} {}  {}\n", subject, score->total,
                     tier == nullptr ? "" : tier->name.in(language));
}

struct ScoreRun {
  const Book& book;
  const Arguments& arguments;
  Console& console;
  Date date;
  std::vector<Draft> batch = {};
  std::string told = {};  // of the batch; said once its scores are recorded
  std::uint64_t scored = 0, thin = 0;

  Result<Done> one(const std::string& subject) {
    auto dossier = book.known_dossier(subject);
    if (!dossier) return dossier.error();
    Assessment assessment = book.engine().assess(*dossier, book.as_of(date));
    ++(assessment.score() != nullptr ? scored : thin);
    const Programme& programme = *book.engine().programme();
    if (arguments.has("json"))
      told += to_canonical_json(to_json(subject, assessment, programme)) + "\n";
    else
      told += one_line(subject, assessment, programme, arguments.language());
    if (date < book.today()) return Done{};  // a look back, and no answer to anybody
    batch.push_back(book.engine().issue(subject, assessment, book.now()));
    return batch.size() >= kBatch ? flush() : Result<Done>{Done{}};
  }

  Result<Done> flush() {
    if (!batch.empty()) {
      auto appended = book.store().append(std::exchange(batch, {}));
      if (!appended) return appended.error();
    }
    console.out(std::exchange(told, {}));
    return Done{};
  }
};

Exit run_score(const Arguments& arguments, Console& console) {
  if (arguments.has("card") && arguments.has("SUBJECT") && !arguments.has("all"))
    return score_file(arguments, console);
  if (arguments.has("all") == arguments.has("SUBJECT")) {
    return fail(
        console,
        {"usage.score", "name one person or say --all", {}, "credence score ada --data DIR"});
  }
  if (!arguments.has("data"))
    return fail(console, {"usage", "--data is required", {}, "credence score --help"});
  auto book = open_book_to_write(arguments);
  if (!book) return fail(console, book.error());
  if (book->stopped()) return fail(console, *book->stopped());
  auto date = date_from(arguments, "as-of", book->today());
  if (!date) return fail(console, date.error());
  if (*date > book->today()) {
    return fail(console, {"usage.date",
                          fmt::format("--as-of {} is after today, {}", to_text(*date),
                                      to_text(book->today())),
                          {},
                          "nobody knows yet what will have happened by then"});
  }
  std::vector<std::string> subjects;
  if (arguments.has("all")) {
    auto all = book->everybody();
    if (!all) return fail(console, all.error());
    subjects = *std::move(all);
  } else {
    subjects.push_back(arguments.one("SUBJECT"));
  }
  ScoreRun run{*book, arguments, console, *date};
  ProgressBar progress(console, "scoring", "people");
  for (const std::string& subject : subjects) {
    if (auto done = run.one(subject); !done) return fail(console, done.error());
    progress.show(run.scored + run.thin, subjects.size());
  }
  progress.finish();
  if (auto done = run.flush(); !done) return fail(console, done.error());
  if (*date < book->today()) {
    console.err(fmt::format("as of {}: shown, not issued; nothing was recorded\n", to_text(*date)));
    return Exit::yes;
  }
  if (auto done = book->sign(); !done) return fail(console, done.error());
  if (subjects.size() > 1) {
    console.err(fmt::format("{} people scored, {} with not enough data\n", run.scored, run.thin));
  }
  return Exit::yes;
}

}  // namespace

Command score_command() {
  Option data = data_option();
  data.required = false;  // a table needs none
  Command command{"score",
                  "compute and record a person's score, or everybody's; with --card, score a table",
                  "credence score ada --data demo/data",
                  {{"SUBJECT", "SUBJECT", "the person; with --card, a table of applicants"},
                   {"all", "", "everybody who is enrolled"},
                   {"as-of", "DATE",
                    "of this earlier day; later events have not happened. Shown, never issued"},
                   {"card", "FILE", "score the rows of a table with this points card"},
                   {"id", "COLUMN", "of the table: names the rows in the answer (their number)"},
                   {"reasons", "N", "of the table: reasons per row, 0 to 4 (4)"},
                   {"out", "FILE", "of the table: where the scores go (standard output)"},
                   {"threads", "N", "of the table: never changes the result"},
                   data,
                   json_option(),
                   lang_option(),
                   clock_option()},
                  run_score};
  for (const Option& option : table_options()) command.options.push_back(option);
  return command;
}

}  // namespace credence
