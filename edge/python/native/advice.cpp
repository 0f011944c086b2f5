#include <credence/advice/recourse_book.h>
#include <credence/native/advice.h>
#include <credence/native/cards.h>
#include <credence/native/errors.h>
#include <credence/native/interrupt.h>
#include <credence/native/rules.h>
#include <credence/native/tables.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <array>
#include <atomic>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace credence {

namespace nb = nanobind;

namespace {

constexpr std::pair<std::string_view, MoveCost> kCosts[] = {
    {"steps", MoveCost::steps},
    {"percentile", MoveCost::percentile},
    {"log_percentile", MoveCost::log_percentile}};
constexpr std::pair<std::string_view, CostRule> kCostRules[] = {{"sum", CostRule::sum},
                                                                {"largest", CostRule::largest}};
constexpr std::pair<std::string_view, Diversity> kDiversities[] = {
    {"different_sets", Diversity::different_sets},
    {"no_superset", Diversity::no_superset},
    {"disjoint", Diversity::disjoint}};

VariableActions actions_of(std::string name, const Settings& settings) {
  VariableActions actions;
  actions.variable = std::move(name);
  settings.read("may_rise", actions.may_rise);
  settings.read("may_fall", actions.may_fall);
  settings.read("lowest", actions.lowest);
  settings.read("highest", actions.highest);
  settings.read("most_steps", actions.most_steps);
  actions.cost = choice_of(settings, "cost", actions.cost, kCosts);
  settings.read("weight", actions.weight);
  settings.read("months", actions.months);
  settings.read("months_per_step", actions.months_per_step);
  settings.read("effort_per_step", actions.effort_per_step);
  settings.read("per_month", actions.per_month);
  return actions;
}

AdvicePlan plan_of(const Settings& settings) {
  AdvicePlan plan;
  for (const auto& [name, rules] : nb::cast<nb::dict>(settings.find("variables"))) {
    plan.variables.push_back(
        actions_of(nb::cast<std::string>(name), Settings{nb::cast<nb::dict>(rules)}));
  }
  const nb::object others = settings.find("others");
  if (!others.is_none()) plan.others = actions_of("", Settings{nb::cast<nb::dict>(others)});
  plan.immutable = nb::cast<std::vector<std::string>>(settings.find("immutable"));
  plan.together = nb::cast<std::vector<std::vector<std::string>>>(settings.find("together"));
  settings.read("most_changes", plan.most_changes);
  settings.read("most_months", plan.most_months);
  settings.read("most_effort", plan.most_effort);
  settings.read("cost_per_month", plan.cost_per_month);
  settings.read("margin", plan.margin);
  plan.cost_rule = choice_of(settings, "cost_rule", plan.cost_rule, kCostRules);
  settings.read("ways", plan.ways);
  plan.diversity = choice_of(settings, "diversity", plan.diversity, kDiversities);
  return plan;
}

const char* name_of(WhyNot why) {
  switch (why) {
    case WhyNot::nothing_offered:
      return "nothing_offered";
    case WhyNot::changes:
      return "changes";
    case WhyNot::months:
      return "months";
    case WhyNot::effort:
      return "effort";
    case WhyNot::limits:
      return "limits";
    case WhyNot::points:
      return "points";
  }
  return "points";
}

nb::list to_list(const std::vector<AdvisedMove>& moves) {
  nb::list out;
  for (const AdvisedMove& move : moves)
    out.append(nb::make_tuple(move.variable, move.from, move.to));
  return out;
}

nb::dict to_dict(const AdviceAnswer& answer) {
  nb::dict out;
  if (const auto* not_reachable = std::get_if<NotReachable>(&answer)) {
    out["why_not"] = name_of(not_reachable->why);
    out["best_gain"] = not_reachable->best_gain;
    out["unlimited_gain"] = not_reachable->unlimited_gain;
    return out;
  }
  nb::list ways;
  for (const Advice& advice : std::get<std::vector<Advice>>(answer)) {
    nb::dict way;
    way["moves"] = to_list(advice.moves);
    way["passing"] = to_list(advice.passing);
    way["score"] = advice.score;
    way["cost"] = advice.cost;
    way["months"] = advice.months;
    way["effort"] = advice.effort;
    ways.append(way);
  }
  out["ways"] = ways;
  return out;
}

template <class Number, std::size_t count>
nb::dict by_percent(const std::array<Number, count>& values, double unit) {
  nb::dict out;
  for (std::size_t i = 0; i < count; ++i) {
    const nb::int_ percent(AuditQuantiles::kPercent[i]);
    if constexpr (std::is_same_v<Number, int>)
      out[percent] = values[i];
    else
      out[percent] = static_cast<double>(values[i]) / unit;
  }
  return out;
}

nb::dict to_dict(const AuditPart& part) {
  nb::dict out;
  out["name"] = part.name;
  out["people"] = part.people;
  if (part.too_small || part.people == 0) return out;
  out["reachable"] = part.reachable;
  out["unreachable_share"] = part.unreachable_share;
  out["interval"] = nb::make_tuple(part.low, part.high);
  nb::dict why_not;
  for (std::size_t i = 0; i < part.why_not.size(); ++i) {
    if (part.why_not[i] > 0) why_not[name_of(static_cast<WhyNot>(i))] = part.why_not[i];
  }
  out["why_not"] = why_not;
  if (!part.quantiles) return out;
  out["cost"] = by_percent(part.quantiles->cost, Adviser::kOneCost);
  out["months"] = by_percent(part.quantiles->months, 1);
  out["changes"] = by_percent(part.quantiles->changes, 1);
  return out;
}

nb::dict to_dict(const RecourseAudit& audit) {
  nb::list partitions;
  for (const AuditedPartition& partition : audit.partitions) {
    nb::dict one;
    nb::list parts;
    for (const AuditPart& part : partition.parts) parts.append(to_dict(part));
    one["name"] = partition.name;
    one["parts"] = parts;
    one["gap"] = nb::cast(partition.gap);
    partitions.append(one);
  }
  nb::dict out;
  out["whole"] = to_dict(audit.whole);
  out["not_asked"] = audit.not_asked;
  out["partitions"] = partitions;
  return out;
}

// Per row, the number in each variable; NaN of texts.
std::vector<std::vector<double>> values_of_rows(const Scorecard& card, const Table& table) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  std::vector<std::vector<double>> rows(table.rows(),
                                        std::vector<double>(card.variables.size(), none));
  std::vector<double> values(table.rows());
  for (std::size_t place = 0; place < card.variables.size(); ++place) {
    const Column& column = column_of(table, card.variables[place]);
    if (column.kind() != Column::Kind::number) continue;
    column.read(0, values);
    for (std::size_t row = 0; row < rows.size(); ++row) rows[row][place] = values[row];
  }
  return rows;
}

nb::list advise(const Adviser& adviser, const Table& table, int target) {
  const auto cells = cells_of_rows(adviser.card(), table);
  const auto values = values_of_rows(adviser.card(), table);
  std::vector<std::optional<Result<AdviceAnswer>>> answers(table.rows());
  run_interruptibly([&](const std::atomic<bool>& stop) {
    for (std::size_t row = 0; row < answers.size() && !stop; ++row) {
      answers[row] = adviser.advise({.cells = cells[row], .values = values[row]}, target);
    }
  });
  nb::list out;
  for (auto& answer : answers) out.append(to_dict(value_or_raise(*std::move(answer))));
  return out;
}

nb::dict audit(const Adviser& adviser, const Table& table, const std::vector<std::string>& groups,
               int target, unsigned threads) {
  std::optional<Result<RecourseAudit>> audited;
  run_interruptibly([&](const std::atomic<bool>& stop) {
    auto book = RecourseBook::of(adviser, table, groups);
    if (!book) {
      audited = book.error();
      return;
    }
    BookAudit asked{.target = target, .threads = threads};
    asked.stopped = [&stop] { return stop.load(); };
    audited = book->audit(asked);
  });
  return to_dict(value_or_raise(*std::move(audited)));
}

}  // namespace

void bind_advice(nb::module_& module) {
  nb::class_<Adviser>(module, "Adviser", "A card and what can be done about it.")
      .def(
          "__init__",
          [](Adviser* self, const Scorecard& card, const nb::dict& plan) {
            new (self) Adviser(value_or_raise(Adviser::of(card, plan_of(Settings{plan}))));
          },
          nb::arg("card"), nb::arg("plan"))
      .def("advise", &advise, nb::arg("table"), nb::arg("target"),
           "Of each row the cheapest ways to the target, or why there is none.")
      .def("audit", &audit, nb::arg("table"), nb::arg("groups"), nb::arg("target"),
           nb::arg("threads"), "Who has no way to the target, over all and by column of groups.");
}

}  // namespace credence
