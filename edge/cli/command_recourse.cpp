#include <credence/advice/recourse_book.h>
#include <credence/cli/actions_file.h>
#include <credence/cli/bin_label.h>
#include <credence/cli/card_file.h>
#include <credence/cli/commands.h>
#include <credence/cli/history.h>
#include <credence/cli/planning.h>
#include <credence/scorecard/scoring.h>
#include <credence/terminal/files.h>
#include <credence/terminal/numbers.h>
#include <credence/terminal/progress.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

std::string reason_text(const NotReachable& no, const Tongue& tongue) {
  switch (no.why) {
    case WhyNot::nothing_offered:
      return tongue.say({"nothing that can be changed brings a point",
                         "rien de ce qui peut changer n'apporte un point"});
    case WhyNot::changes:
      return tongue.say({"it would take more changes than are allowed",
                         "il faudrait plus de changements que permis"});
    case WhyNot::months:
      return tongue.say(
          {"it would take longer than is allowed", "il faudrait plus de temps que permis"});
    case WhyNot::effort:
      return tongue.say(
          {"it would take more effort than is allowed", "il faudrait plus d'effort que permis"});
    case WhyNot::limits:
      return tongue.say({"it would take more changes, time or effort together than are allowed",
                         "il faudrait ensemble plus de changements, de temps ou d'effort que "
                         "permis"});
    case WhyNot::points:
      return tongue.say({"not even every possible change together is enough",
                         "même tous les changements possibles ensemble ne suffisent pas"});
  }
  return {};
}

std::string move_text(const Scorecard& card, const AdvisedMove& move, const Tongue& tongue) {
  const Scorecard::Variable& variable = card.variables[static_cast<std::size_t>(move.variable)];
  return tongue.say({"{1}: {2} -> {3}", "{1} : {2} -> {3}"},
                    {variable.name, bin_label(variable.cells, move.from, tongue),
                     bin_label(variable.cells, move.to, tongue)});
}

// A cost without digits that say nothing: 16, 2.5.
std::string cost_text(double cost, const Tongue& tongue) {
  std::string text = fmt::format("{:g}", cost);
  if (tongue.language() == Language::fr) std::replace(text.begin(), text.end(), '.', ',');
  return text;
}

std::string way_text(const Scorecard& card, const Advice& way, std::size_t number,
                     const Tongue& tongue) {
  std::string out =
      tongue.say({way.months == 1 ? "  way {1}: score {2} after {3} month, cost {4}\n"
                                  : "  way {1}: score {2} after {3} months, cost {4}\n",
                  "  voie {1} : score {2} après {3} mois, coût {4}\n"},
                 {std::to_string(number), std::to_string(way.score), std::to_string(way.months),
                  cost_text(way.cost, tongue)});
  if (way.moves.empty())
    out += tongue.say({"    nothing needs to change\n", "    rien n'a besoin de changer\n"});
  for (const AdvisedMove& move : way.moves)
    out += fmt::format("    {}\n", move_text(card, move, tongue));
  for (const AdvisedMove& move : way.passing)
    out += fmt::format("    {} {}\n", move_text(card, move, tongue),
                       tongue.say({"(time alone)", "(le temps seul)"}));
  return out;
}

std::string answer_text(const Scorecard& card, const AdviceAnswer& answer, const Tongue& tongue) {
  if (const NotReachable* no = std::get_if<NotReachable>(&answer))
    return tongue.say(
        {"  not reachable: {1} (at most {2} points within the limits, {3} without)\n",
         "  hors d'atteinte : {1} (au plus {2} points dans les limites, {3} sans elles)\n"},
        {reason_text(*no, tongue), tongue.with_sign(no->best_gain, 0),
         tongue.with_sign(no->unlimited_gain, 0)});
  std::string out;
  std::size_t number = 0;
  for (const Advice& way : std::get<std::vector<Advice>>(answer))
    out += way_text(card, way, ++number, tongue);
  return out;
}

Json answer_json(const Scorecard& card, const AdviceAnswer& answer, const Tongue& tongue) {
  if (const NotReachable* no = std::get_if<NotReachable>(&answer))
    return Json::Object{{"best_gain", no->best_gain},
                        {"reachable", false},
                        {"unlimited_gain", no->unlimited_gain},
                        {"why", reason_text(*no, tongue)}};
  Json::Array ways;
  for (const Advice& way : std::get<std::vector<Advice>>(answer)) {
    auto list = [&](const std::vector<AdvisedMove>& moves) {
      Json::Array out;
      for (const AdvisedMove& move : moves) {
        const auto& variable = card.variables[static_cast<std::size_t>(move.variable)];
        out.push_back(Json::Object{{"from", bin_label(variable.cells, move.from, tongue)},
                                   {"to", bin_label(variable.cells, move.to, tongue)},
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
  auto row = parse_number("row", arguments.one("row"), book.rows(), 1);
  if (!row) {
    Error error = row.error();
    error.help = "rows count from 1, without the line of names: the first one is --row 1";
    return fail(console, error);
  }
  std::size_t at = *row - 1;
  auto answer = book.advise(at, target);
  if (!answer) return fail(console, answer.error());
  const Scorecard& card = book.adviser().card();
  Tongue tongue{arguments.language()};
  bool reachable = std::holds_alternative<std::vector<Advice>>(*answer);
  if (arguments.has("json")) {
    Json json = answer_json(card, *answer, tongue);
    (*json.object())["score_today"] = book.score(at);
    console.out(to_pretty_json(json) + "\n");
  } else {
    console.out(
        tongue.say(
            {"row {1}: score {2}, {3} are wanted\n", "ligne {1} : score {2}, {3} sont voulus\n"},
            {std::to_string(*row), std::to_string(book.score(at)), std::to_string(target)}) +
        answer_text(card, *answer, tongue));
  }
  return reachable ? Exit::yes : Exit::no;
}

std::string part_text(const AuditPart& part, const std::string& name, const Tongue& tongue) {
  std::string head =
      fmt::format("  {:<24}  {:>8} {}", name, part.people, tongue.say({"asked, ", "interrogés, "}));
  if (part.too_small) return head + tongue.say({"too few to tell\n", "trop peu pour le dire\n"});
  std::string out =
      head + tongue.say({"no way for ", "pas de voie pour "}) +
      fmt::format("{:>7} ", tongue.percent(part.unreachable_share)) +
      tongue.say({"({1} to {2})", "({1} à {2})"},
                 {tongue.number(100 * part.low, 1), tongue.number(100 * part.high, 1)});
  if (part.quantiles)
    out += tongue.say(
        {", median {1} changes and {2} months", ", médiane {1} changements et {2} mois"},
        {std::to_string(part.quantiles->changes[2]), std::to_string(part.quantiles->months[2])});
  return out + "\n";
}

std::string audit_text(const RecourseBook& book, const RecourseAudit& audit, int target,
                       const Tongue& tongue) {
  std::string out =
      tongue.say({"{1} rows: {2} have {3} points already, {4} are asked about\n",
                  "{1} lignes : {2} ont déjà {3} points, la question se pose pour {4}\n"},
                 {tongue.number(static_cast<double>(book.rows()), 0),
                  tongue.number(static_cast<double>(audit.not_asked), 0), std::to_string(target),
                  tongue.number(static_cast<double>(audit.whole.people), 0)});
  out += part_text(audit.whole, tongue.say({"all", "tous"}), tongue);
  for (const AuditedPartition& partition : audit.partitions) {
    out += fmt::format("{}\n", partition.name);
    for (const AuditPart& part : partition.parts) out += part_text(part, part.name, tongue);
    if (partition.gap)
      out += tongue.say({"  widest gap between them: {1} percentage points\n",
                         "  plus grand écart entre elles : {1} points de pourcentage\n"},
                        {tongue.number(100 * *partition.gap, 1)});
  }
  return out;
}

Exit audit_book(const RecourseBook& book, const Arguments& arguments, int target,
                Console& console) {
  ProgressBar progress(console, "looking for ways", "people");
  BookAudit asked{.target = target, .threads = threads_from(arguments)};
  asked.progress = [&](std::size_t done, std::size_t total) { progress.show(done, total); };
  auto audit = book.audit(asked);
  progress.finish();
  if (!audit) return fail(console, audit.error());
  if (!arguments.has("json")) {
    console.out(audit_text(book, *audit, target, Tongue{arguments.language()}));
    return Exit::yes;
  }
  Json json = to_json(*audit);
  Json::Object& object = *json.object();
  object["rows"] = book.rows();
  object["target"] = target;
  console.out(to_pretty_json(json) + "\n");
  return Exit::yes;
}

Result<AdvicePlan> plan_from(const Arguments& arguments, Console& console) {
  if (arguments.has("actions")) {
    auto text = read_text(arguments.one("actions"));
    if (!text) return text.error();
    return read_actions(*text, arguments.one("actions"));
  }
  console.err(Tongue{arguments.language()}.say(
      {"note: without --actions every variable may change at once, which nobody can do\n",
       "remarque : sans --actions, toute variable peut changer d'un coup, ce que personne ne "
       "peut\n"}));
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
  auto card = read_card_file(arguments.one("card"), arguments.language(), console);
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
  command.options.push_back(lang_option());
  return command;
}

}  // namespace credence
