#include <credence/cli/actions_file.h>
#include <credence/cli/bin_label.h>
#include <credence/cli/card_file.h>
#include <credence/cli/commands.h>
#include <credence/cli/files.h>
#include <credence/cli/history.h>
#include <credence/cli/numbers.h>
#include <credence/cli/planning.h>
#include <credence/cli/progress.h>
#include <credence/cli/recourse_book.h>
#include <credence/scorecard/scoring.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

std::string reason_text(const NotReachable& no) {
  switch (no.why) {
    case WhyNot::nothing_offered:
      return "nothing that can be changed brings a point";
    case WhyNot::changes:
      return "it would take more changes than are allowed";
    case WhyNot::months:
      return "it would take longer than is allowed";
    case WhyNot::effort:
      return "it would take more effort than is allowed";
    case WhyNot::limits:
      return "it would take more changes, time or effort together than are allowed";
    case WhyNot::points:
      return "not even every possible change together is enough";
  }
  return {};
}

std::string move_text(const Scorecard& card, const AdvisedMove& move) {
  const Scorecard::Variable& variable = card.variables[static_cast<std::size_t>(move.variable)];
  return fmt::format("{}: {} -> {}", variable.name, bin_label(variable.cells, move.from),
                     bin_label(variable.cells, move.to));
}

std::string answer_text(const Scorecard& card, const AdviceAnswer& answer) {
  if (const NotReachable* no = std::get_if<NotReachable>(&answer))
    return fmt::format(
        "  not reachable: {} (at most {:+} points within the limits, {:+} without)\n",
        reason_text(*no), no->best_gain, no->unlimited_gain);
  std::string out;
  std::size_t number = 0;
  for (const Advice& way : std::get<std::vector<Advice>>(answer)) {
    out += fmt::format("  way {}: score {} after {} month{}, cost {:g}\n", ++number, way.score,
                       way.months, way.months == 1 ? "" : "s", way.cost);
    if (way.moves.empty()) out += "    nothing needs to change\n";
    for (const AdvisedMove& move : way.moves) out += fmt::format("    {}\n", move_text(card, move));
    for (const AdvisedMove& move : way.passing)
      out += fmt::format("    {} (time alone)\n", move_text(card, move));
  }
  return out;
}

Json answer_json(const Scorecard& card, const AdviceAnswer& answer) {
  if (const NotReachable* no = std::get_if<NotReachable>(&answer))
    return Json::Object{{"best_gain", no->best_gain},
                        {"reachable", false},
                        {"unlimited_gain", no->unlimited_gain},
                        {"why", reason_text(*no)}};
  Json::Array ways;
  for (const Advice& way : std::get<std::vector<Advice>>(answer)) {
    auto list = [&](const std::vector<AdvisedMove>& moves) {
      Json::Array out;
      for (const AdvisedMove& move : moves) {
        const auto& variable = card.variables[static_cast<std::size_t>(move.variable)];
        out.push_back(Json::Object{{"from", bin_label(variable.cells, move.from)},
                                   {"to", bin_label(variable.cells, move.to)},
                                   {"variable", variable.name}});
      }
      return out;
    };
    ways.push_back(Json::Object{{"changes", list(way.moves)},
                                {"cost", Json::Number{fmt::format("{:.6f}", way.cost)}},
                                {"months", way.months},
                                {"passing", list(way.passing)},
                                {"score", way.score}});
  }
  return Json::Object{{"reachable", true}, {"ways", std::move(ways)}};
}

Exit advise_row(const RecourseBook& book, const Arguments& arguments, int target,
                Console& console) {
  auto row = parse_number("row", arguments.one("row"), book.rows());
  if (!row) return fail(console, row.error());
  if (*row == 0)
    return fail(console, {"usage.number", "rows count from 1", {}, "the first one is --row 1"});
  std::size_t at = *row - 1;
  auto answer = book.advise(at, target);
  if (!answer) return fail(console, answer.error());
  const Scorecard& card = book.adviser().card();
  bool reachable = std::holds_alternative<std::vector<Advice>>(*answer);
  if (arguments.has("json")) {
    Json json = answer_json(card, *answer);
    (*json.object())["score_today"] = book.score(at);
    console.out(to_pretty_json(json) + "\n");
  } else {
    console.out(fmt::format("row {}: score {}, {} are wanted\n{}", *row, book.score(at), target,
                            answer_text(card, *answer)));
  }
  return reachable ? Exit::yes : Exit::no;
}

std::string part_text(const AuditPart& part) {
  if (part.too_small)
    return fmt::format("  {:<24}  {:>8} asked, too few to tell\n", part.name, part.people);
  std::string out =
      fmt::format("  {:<24}  {:>8} asked, no way for {:>5.1f} % ({:.1f} to {:.1f})", part.name,
                  part.people, 100 * part.unreachable_share, 100 * part.low, 100 * part.high);
  if (part.quantiles)
    out += fmt::format(", median {} changes and {} months", part.quantiles->changes[2],
                       part.quantiles->months[2]);
  return out + "\n";
}

Exit audit_book(const RecourseBook& book, const Arguments& arguments, int target,
                Console& console) {
  ProgressBar progress(console, "looking for ways", "people");
  auto audit = book.audit(target, threads_from(arguments),
                          [&](std::size_t done, std::size_t total) { progress.show(done, total); });
  progress.finish();
  if (!audit) return fail(console, audit.error());
  console.out(fmt::format("{} rows: {} have {} points already, {} are asked about\n", book.rows(),
                          audit->not_asked, target, audit->whole.people));
  console.out(part_text(audit->whole));
  for (const AuditedPartition& partition : audit->partitions) {
    console.out(fmt::format("{}\n", partition.name));
    for (const AuditPart& part : partition.parts) console.out(part_text(part));
    if (partition.gap)
      console.out(fmt::format("  widest gap between them: {:.1f} percentage points\n",
                              100 * *partition.gap));
  }
  return Exit::yes;
}

Result<AdvicePlan> plan_from(const Arguments& arguments, Console& console) {
  if (arguments.has("actions")) {
    auto text = read_text(arguments.one("actions"));
    if (!text) return text.error();
    return read_actions(*text, arguments.one("actions"));
  }
  console.err("note: without --actions every variable may change at once, which nobody can do\n");
  AdvicePlan plan;
  plan.others = VariableActions{};
  return plan;
}

Exit run_recourse(const Arguments& arguments, Console& console) {
  if (arguments.has("row") == arguments.has("audit"))
    return fail(console, {"usage.recourse",
                          "say --row N for one applicant, or --audit for all",
                          {},
                          "credence recourse applicants.csv --card card.toml --to 620 --row 1"});
  auto card = read_card_file(arguments.one("card"), Language::en, console);
  if (!card) return fail(console, card.error());
  auto target = parse_number("to", arguments.one("to"), 1'000'000);
  if (!target) return fail(console, target.error());
  auto plan = plan_from(arguments, console);
  if (!plan) return fail(console, plan.error());
  if (arguments.has("ways")) {
    auto ways = parse_number("ways", arguments.one("ways"), 32);
    if (!ways) return fail(console, ways.error());
    plan->ways = static_cast<int>(*ways);
  }
  auto adviser = Adviser::of(*card, *plan);
  if (!adviser) return fail(console, adviser.error());
  auto options = intake_options(arguments);
  if (!options) return fail(console, options.error());
  for (const Scorecard::Variable& variable : card->variables) {
    options->columns.push_back(variable.name);
    if (variable.cells.kind() == Column::Kind::text) options->text_columns.push_back(variable.name);
  }
  for (const std::string& group : arguments.all("groups")) options->columns.push_back(group);
  auto history = read_history(arguments, arguments.one("TABLE"), console, *options);
  if (!history) return fail(console, history.error());
  auto book = RecourseBook::of(*std::move(adviser), history->table, arguments.all("groups"));
  if (!book) return fail(console, book.error());
  int wanted = static_cast<int>(*target);
  return arguments.has("row") ? advise_row(*book, arguments, wanted, console)
                              : audit_book(*book, arguments, wanted, console);
}

}  // namespace

Command recourse_command() {
  Command command{
      "recourse",
      "the exact cheapest changes that bring an applicant to a score, or who has no way there",
      "credence recourse applicants.csv --card card.toml --to 620 --actions actions.toml --row 1",
      {{"TABLE", "TABLE", "applicants: CSV, JSON Lines, Parquet or Arrow", true},
       {"card", "FILE", "the card", true},
       {"to", "POINTS", "the score that is wanted", true},
       {"actions", "FILE", "what applicants can do, a TOML file (docs/formats/actions.md)"},
       {"row", "N", "this applicant, counted from 1"},
       {"audit", "", "everybody: the share with no way, and what the ways cost"},
       {"groups", "COLUMN", "kept for the audit: the same by their values", false, true},
       {"ways", "N", "different ways at most (as the actions say)"},
       {"threads", "N", "never changes the result"}},
      run_recourse};
  for (const Option& option : table_options()) command.options.push_back(option);
  command.options.push_back(json_option());
  return command;
}

}  // namespace credence
