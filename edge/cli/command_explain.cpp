#include <credence/charter/charter.h>
#include <credence/cli/book.h>
#include <credence/cli/codes.h>
#include <credence/cli/commands.h>
#include <credence/explanation/ways_up.h>
#include <credence/terminal/numbers.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace credence {

namespace {

struct Words {
  std::string_view score, of, not_enough, base, records, reasons, below, if_then, changed, before,
      after;
};
constexpr Words kEnglish = {"score",
                            "possible with this card",
                            "not enough data",
                            "base",
                            "records",
                            "What cost the most",
                            "points below the best answer",
                            "would give",
                            "What changed",
                            "before",
                            "after"};
constexpr Words kFrench = {"score",
                           "possible avec cette grille",
                           "données insuffisantes",
                           "base",
                           "enregistrements",
                           "Ce qui a coûté le plus",
                           "points sous la meilleure réponse",
                           "donnerait",
                           "Ce qui a changé",
                           "avant",
                           "après"};

const Words& words(Language language) {
  return language == Language::fr ? kFrench : kEnglish;
}

// Points as a bar: one block for every ten points, to the left of the line when they are negative.
std::string bar(int points) {
  constexpr int kHalf = 12;
  int blocks = std::min(kHalf, (std::abs(points) + 9) / 10);
  std::string left(static_cast<std::size_t>(points < 0 ? kHalf - blocks : kHalf), ' ');
  std::string filled;
  for (int i = 0; i < blocks; ++i) filled += "█";
  std::string right(static_cast<std::size_t>(points > 0 ? kHalf - blocks : kHalf), ' ');
  return points < 0 ? left + filled + "│" + right : left + "│" + filled + right;
}

std::string render_line(const ExplainedLine& line, Language language) {
  std::string out = fmt::format("  {:+5}  {}  {}: {}\n", line.points, bar(line.points),
                                line.question.in(language), line.answer.in(language));
  if (!line.records.empty()) {
    std::vector<std::uint64_t> indexes;
    for (const RecordLine& record : line.records) indexes.push_back(record.index);
    bool many = indexes.size() > 8;
    std::size_t count = indexes.size();
    if (many) indexes.resize(8);
    out += fmt::format("{:36}{} ({}): {}{}\n", "", words(language).records, count,
                       fmt::join(indexes, " "), many ? " ..." : "");
  }
  return out;
}

std::string render(const Explanation& explanation, Language language) {
  const Words& w = words(language);
  const Score* score = std::get_if<Score>(&explanation.outcome);
  if (score == nullptr) return fmt::format("{}: {}\n", explanation.subject, w.not_enough);
  std::string out = fmt::format("{}: {} {}  ({}-{} {})", explanation.subject, w.score, score->total,
                                explanation.lowest, explanation.highest, w.of);
  if (explanation.tier) out += "  " + explanation.tier->in(language);
  out += fmt::format("\n\n  {:5}  {:25}  {}\n", score->base, "", w.base);
  for (const ExplainedLine& line : explanation.lines) out += render_line(line, language);
  out += fmt::format("  {:5}\n", score->total);
  if (!explanation.reasons.empty()) out += fmt::format("\n{}:\n", w.reasons);
  for (std::size_t i = 0; i < explanation.reasons.size(); ++i) {
    const ExplainedReason& reason = explanation.reasons[i];
    const ExplainedLine& line = explanation.lines[static_cast<std::size_t>(reason.line)];
    out += fmt::format("  {}. {}: {}; {} {}\n", i + 1, line.question.in(language),
                       line.answer.in(language), reason.distance, w.below);
    for (const WhatIf& what_if : explanation.what_ifs) {
      if (what_if.line != reason.line) continue;
      out += fmt::format("     {} {} {:+} = {}\n", what_if.answer.in(language), w.if_then,
                         what_if.gain, what_if.total);
    }
  }
  return out;
}

std::string total_text(const std::optional<int>& total, Language language) {
  return total ? fmt::format("{}", *total) : std::string{words(language).not_enough};
}

}  // namespace

std::string render_changes(const Changes& changes, Language language) {
  const Words& w = words(language);
  std::string out =
      fmt::format("{}: {} {} -> {} {}\n", w.changed, w.before, total_text(changes.before, language),
                  w.after, total_text(changes.after, language));
  for (const ChangedLine& line : changes.lines) {
    for (const PointsMove& move : line.moves) {
      out += fmt::format("  {:+5}  {}: {}", move.points,
                         line.id.empty() ? std::string{w.base} : line.question.in(language),
                         name_of(move.cause).in(language));
      if (!move.records.empty())
        out += fmt::format(" ({} {})", w.records, fmt::join(move.records, " "));
      out += "\n";
    }
  }
  return out;
}

namespace {

// Whether WHAT is an article or a code rather than a person.
bool is_code(std::string_view what) {
  bool prefix = what.size() >= 3 && what.size() <= 5 &&
                std::string_view{"ACLPSTW"}.find(what[0]) != std::string_view::npos;
  return prefix &&
         std::all_of(what.begin() + 1, what.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Exit explain_since(const Book& book, const Dossier& dossier, const Arguments& arguments,
                   Console& console, Date date) {
  const std::string& since = arguments.one("since");
  Language language = arguments.language();
  std::optional<Changes> changes;
  if (auto earlier = parse_date(since)) {
    AsOf before = book.as_of(*earlier);
    changes = book.engine().changes(dossier, before, book.as_of(date));
  } else {
    auto index = parse_number("since", since, INT64_MAX);
    if (!index) return fail(console, index.error());
    const Statement* found = find_statement(dossier, *index);
    if (found == nullptr || found->kind != FactKind::score_issued) {
      return fail(console,
                  {"explain.since",
                   fmt::format("fact {} is no score of this person", *index),
                   {},
                   "give a date, or the number that `credence score` or `decide` printed"});
    }
    auto difference = book.engine().changes(dossier, *found, book.as_of(date));
    if (!difference) return fail(console, difference.error());
    changes = *std::move(difference);
  }
  if (arguments.has("json"))
    console.out(to_pretty_json(to_json(*changes, language)) + "\n");
  else
    console.out(render_changes(*changes, language));
  return Exit::yes;
}

// The cheapest ways to so many points, or that there is none.
Exit explain_ways(const Book& book, const Dossier& dossier, const Assessment& assessment,
                  const Arguments& arguments, Console& console) {
  Language language = arguments.language();
  auto points = parse_number("to", arguments.one("to"), 100'000);
  if (!points) return fail(console, points.error());
  const Score* score = assessment.score();
  if (score == nullptr) {
    return fail(console, {"explain.no-score",
                          fmt::format("{}: {}", dossier.subject, words(language).not_enough),
                          {},
                          "ways up begin at a score; `credence explain` tells what is missing"});
  }
  auto ways = ways_up(
      {book.engine().programme(), book.engine().card(), dossier, assessment.features, *score},
      {.target = static_cast<int>(*points)});
  if (!ways) return fail(console, ways.error());
  if (arguments.has("json")) {
    Json json = to_json(*book.engine().programme(), *ways, language);
    console.out(to_pretty_json(json) + "\n");
  } else {
    for (const Text& text : say_ways_up(*ways)) console.out(text.in(language) + "\n");
  }
  return ways->not_reachable ? Exit::no : Exit::yes;
}

// Somebody may be called A09: in a data folder where they are enrolled, they come first.
bool is_person(const Arguments& arguments) {
  if (!arguments.has("data")) return false;
  auto book = open_book_to_read(arguments);
  if (!book) return false;
  auto enrolled = book->store().is_enrolled(arguments.one("WHAT"));
  return enrolled && *enrolled;
}

Exit run_explain(const Arguments& arguments, Console& console) {
  const std::string& what = arguments.one("WHAT");
  if (is_code(what) && !is_person(arguments)) {
    auto text = explain_code(what, arguments.language());
    if (!text) return fail(console, text.error());
    console.out(*text);
    return Exit::yes;
  }
  if (!arguments.has("data")) {
    return fail(console, {"usage.explain",
                          fmt::format("`{}` is no article; a person needs --data", what),
                          {},
                          "credence explain A07, or credence explain ada --data DIR"});
  }
  auto book = open_book_to_read(arguments);
  if (!book) return fail(console, book.error());
  auto dossier = book->known_dossier(what);
  if (!dossier) return fail(console, dossier.error());
  auto date = date_from(arguments, "as-of", book->today());
  if (!date) return fail(console, date.error());
  if (arguments.has("since")) return explain_since(*book, *dossier, arguments, console, *date);
  Assessment assessment = book->engine().assess(*dossier, book->as_of(*date));
  if (arguments.has("to")) return explain_ways(*book, *dossier, assessment, arguments, console);
  Explanation explanation = book->engine().explain(*dossier, assessment);
  if (arguments.has("json"))
    console.out(to_pretty_json(to_json(explanation, arguments.language())) + "\n");
  else
    console.out(render(explanation, arguments.language()));
  return Exit::yes;
}

}  // namespace

Command explain_command() {
  Option data = data_option();
  data.required = false;
  return {"explain",
          "explain a person's score down to the records, or an article of the charter",
          "credence explain ada --data demo/data    or    credence explain A09 --lang fr",
          {{"WHAT", "SUBJECT|ARTICLE|CODE", "whom or what to explain", true},
           {"as-of", "DATE", "of this day instead of today"},
           {"since", "DATE|FACT", "what changed since then, line by line"},
           {"to", "POINTS", "the cheapest ways to so many points, or that nothing reaches them"},
           data,
           json_option(),
           lang_option(),
           clock_option()},
          run_explain};
}

}  // namespace credence
