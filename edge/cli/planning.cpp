#include <credence/cli/binning_rules.h>
#include <credence/cli/history.h>
#include <credence/cli/planning.h>
#include <credence/terminal/files.h>
#include <credence/terminal/numbers.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <thread>
#include <unordered_map>

namespace credence {

namespace {

constexpr std::array<std::pair<std::string_view, RejectMethod>, 5> kMethods = {
    {{"none", RejectMethod::none},
     {"reweighting", RejectMethod::reweighting},
     {"extrapolation", RejectMethod::extrapolation},
     {"parcelling", RejectMethod::parcelling},
     {"fuzzy", RejectMethod::fuzzy}}};

Result<TrainingPlan> read_plan_file(const std::string& path, Language language, Console& console) {
  auto text = read_text(path);
  if (!text) return text.error();
  ReadPlan read = read_plan(*text, path);
  for (const Finding& finding : read.findings) console.err(render(finding, *text, language) + "\n");
  if (read.plan) return *std::move(read.plan);
  return Error{"plan.file",
               "the plan cannot be used",
               {path},
               "mend what is marked above; docs/formats/plan.md tells the format"};
}

}  // namespace

unsigned threads_from(const Arguments& arguments) {
  if (arguments.has("threads")) {
    auto threads = parse_number("threads", arguments.one("threads"), 1024);
    if (threads && *threads > 0) return static_cast<unsigned>(*threads);
  }
  return std::max(1U, std::thread::hardware_concurrency());
}

Result<TrainingPlan> read_training_plan(const Arguments& arguments, Console& console) {
  TrainingPlan plan;
  if (arguments.has("plan")) {
    auto read = read_plan_file(arguments.one("plan"), arguments.language(), console);
    if (!read) return read.error();
    plan = *std::move(read);
  }
  auto rules = with_options(plan.defaults, arguments);
  if (!rules) return rules.error();
  plan.defaults = *std::move(rules);
  for (TrainingPlan::Variable& variable : plan.variables) {
    auto own = with_options(variable.rules, arguments);
    if (!own) return own.error();
    variable.rules = *std::move(own);
  }
  auto pairs =
      parse_number("pairs", arguments.one_or("pairs", std::to_string(plan.pairs.most)), 1000);
  if (!pairs) return pairs.error();
  plan.pairs.most = static_cast<int>(*pairs);
  if (arguments.has("threads")) {
    auto threads = parse_number("threads", arguments.one("threads"), 1024);
    if (!threads) return threads.error();
  }
  plan.threads = threads_from(arguments);
  return plan;
}

Result<Done> give_special_codes(TrainingPlan& plan, const Table& inputs,
                                const Arguments& arguments) {
  if (!arguments.has("special")) return Done{};
  std::unordered_map<std::string, std::size_t> places;  // of equal names the first
  for (std::size_t i = 0; i < plan.variables.size(); ++i) places.emplace(plan.variables[i].name, i);
  for (const Column& column : inputs.columns()) {
    auto codes = special_codes(arguments, column.kind());
    if (!codes) return codes.error();
    const auto [place, is_new] = places.emplace(column.name(), plan.variables.size());
    if (is_new) {
      TrainingPlan::Variable variable;
      variable.name = column.name();
      variable.rules = plan.defaults;
      plan.variables.push_back(std::move(variable));
    }
    auto& specials = plan.variables[place->second].rules.specials;
    for (SpecialCode& code : *codes) {
      bool known = std::any_of(specials.begin(), specials.end(),
                               [&](const SpecialCode& one) { return one.name == code.name; });
      if (!known) specials.push_back(std::move(code));
    }
  }
  return Done{};
}

std::vector<std::string> reject_method_names() {
  std::vector<std::string> names;
  for (const auto& [name, method] : kMethods) names.emplace_back(name);
  return names;
}

Result<RejectPlan> read_reject_plan(const Arguments& arguments) {
  RejectPlan plan;
  std::string wanted = arguments.one_or("reject-method", "fuzzy");
  for (const auto& [name, method] : kMethods) {
    if (wanted == name) plan.method = method;
  }
  return plan;
}

}  // namespace credence
