#include <credence/base/json.h>
#include <credence/lab/lab_commands.h>
#include <credence/lab/lab_numbers.h>
#include <credence/published/published.h>
#include <credence/terminal/bars.h>
#include <credence/terminal/decimals.h>
#include <credence/terminal/files.h>
#include <credence/terminal/tongue.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

const Text kHead = {
    "what                                                               published"
    "         ours    tolerance\n",
    "quoi                                                                  publié"
    "         ici     tolérance\n"};
const Text kHolds = {"holds", "tient"}, kFails = {"DIFFERS", "DIFFÈRE"};
const Text kSkipped = {"  not run: the data is not here (give it with --liu FILE)\n",
                       "  non exécuté : données absentes (donnez-les avec --liu FICHIER)\n"};
const Text kSum = {
    "{1} numbers of {2} published models: {3} hold, {4} differ, {5} models not run\n",
    "{1} nombres de {2} modèles publiés : {3} tiennent, {4} diffèrent, {5} modèles non "
    "exécutés\n"};

std::string number(double value) {
  return fmt::format("{:.6g}", value);
}

std::optional<Error> unknown_model(const std::vector<std::string>& letters) {
  std::string known;
  for (const PublishedModel& model : published_models()) {
    known += fmt::format("{}{}", known.empty() ? "" : ", ", model.id);
  }
  for (const std::string& letter : letters) {
    bool is_there = std::ranges::any_of(
        published_models(), [&](const PublishedModel& model) { return model.id == letter; });
    if (!is_there) {
      return Error{"usage.model",
                   fmt::format("there is no published model `{}`", letter),
                   {},
                   fmt::format("they are {}", known)};
    }
  }
  return std::nullopt;
}

struct Outcomes {
  std::size_t checks = 0, models = 0, differ = 0, skipped = 0;
};

Json json_of(const PublishedCheck& check) {
  auto value = [](double number) {
    return std::isfinite(number) ? Json{Json::Number{fmt::format("{}", number)}} : Json{};
  };
  return Json::Object{{"id", check.id},
                      {"what", check.what},
                      {"source", check.source},
                      {"published", value(check.published)},
                      {"ours", value(check.ours)},
                      {"tolerance", value(check.tolerance)},
                      {"holds", check.holds()}};
}

void print(const PublishedModel& model, const std::vector<PublishedCheck>& checks, Console& console,
           const Tongue& tongue) {
  console.out(fmt::format("{}  {}\n   {}\n", model.id, model.title, model.source));
  for (const PublishedCheck& check : checks) {
    console.out(fmt::format("   {} {} {:>12} {:>12} {:>12}  {}\n", left_aligned(check.id, 4),
                            left_aligned(check.what, 58), number(check.published),
                            number(check.ours), number(check.tolerance),
                            tongue.say(check.holds() ? kHolds : kFails)));
  }
  if (checks.empty()) console.out(tongue.say(kSkipped));
}

Exit run_validate(const Arguments& arguments, Console& console) {
  Tongue tongue(arguments.language());
  auto threads = parse_between("threads", arguments.one_or("threads", "0"), 0, 256);
  if (!threads) return fail(console, threads.error());
  auto seed = parse_between("seed", arguments.one_or("seed", "1"), 0, UINT32_MAX);
  if (!seed) return fail(console, seed.error());
  auto effort = parse_decimal("--effort", arguments.one_or("effort", "1"), 0.001, 1000);
  if (!effort) return fail(console, effort.error());
  PublishedSetting setting{
      .seed = static_cast<std::uint32_t>(*seed), .effort = *effort, .liu_score_table = ""};
  if (arguments.has("liu")) {
    auto text = read_text(arguments.one("liu"));
    if (!text) return fail(console, text.error());
    setting.liu_score_table = std::move(*text);
  }
  std::vector<std::string> only = arguments.all("model");
  if (auto error = unknown_model(only)) return fail(console, *error);
  Crew crew(static_cast<unsigned>(*threads));
  Outcomes outcomes;
  Json::Array all;
  if (!arguments.has("json")) console.out("   " + std::string(5, ' ') + tongue.say(kHead));
  for (const PublishedModel& model : published_models()) {
    if (!only.empty() && std::find(only.begin(), only.end(), model.id) == only.end()) continue;
    auto checks = model.run(setting, crew);
    ++outcomes.models;
    outcomes.skipped += checks.empty();
    outcomes.checks += checks.size();
    for (const PublishedCheck& check : checks) {
      outcomes.differ += !check.holds();
      if (arguments.has("json")) all.push_back(json_of(check));
    }
    if (!arguments.has("json")) print(model, checks, console, tongue);
  }
  if (arguments.has("json")) {
    console.out(to_canonical_json(Json{std::move(all)}) + "\n");
  } else {
    auto count = [&](std::size_t value) { return tongue.count(static_cast<double>(value)); };
    console.out(tongue.say(kSum, {count(outcomes.checks), count(outcomes.models),
                                  count(outcomes.checks - outcomes.differ), count(outcomes.differ),
                                  count(outcomes.skipped)}));
  }
  return outcomes.differ == 0 ? Exit::yes : Exit::no;
}

}  // namespace

Command society_validate_command() {
  return {"society validate",
          "reproduce the published results that the society must be able to reproduce",
          "credence society validate",
          {{"model", "LETTER", "only this one, as A", false, true},
           {"liu", "FILE", "the score table of model B, which is not shipped"},
           {"effort", "E", "1 runs the replicates of the reference; less runs fewer (1)"},
           {"seed", "N", "another luck (1)"},
           {"threads", "N", "as many as processors when left out"},
           lang_option(),
           json_option()},
          run_validate};
}

}  // namespace credence
