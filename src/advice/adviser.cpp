#include <credence/advice/advice.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace credence {

namespace {

constexpr double kMostWeight = 1'000;

Error out_of_range(std::string_view name, std::string_view what) {
  return {.code = "advice.number",
          .message = fmt::format("`{}`: {}", name, what),
          .help = "docs/formats/recourse.md tells the range of every number"};
}

std::optional<Error> defect_of(const VariableActions& actions, std::string_view name) {
  auto between = [](int value, int highest) { return value >= 0 && value <= highest; };
  constexpr int kMonths = RecourseProblem::kMostMonths;
  if (!(actions.weight >= 0 && actions.weight <= kMostWeight)) {
    return out_of_range(name, "the weight of the cost is not between 0 and 1000");
  }
  if (!between(actions.months, kMonths) || !between(actions.months_per_step, kMonths)) {
    return out_of_range(name, fmt::format("the months are not between 0 and {}", kMonths));
  }
  if (!between(actions.effort_per_step, RecourseProblem::kMostEffort)) {
    return out_of_range(name, fmt::format("the effort of a step is not between 0 and {}",
                                          RecourseProblem::kMostEffort));
  }
  if (actions.most_steps && *actions.most_steps < 0) {
    return out_of_range(name, "the most steps are below 0");
  }
  if (actions.lowest && actions.highest && !(*actions.lowest <= *actions.highest)) {
    return out_of_range(name, "the lowest value is not below the highest one");
  }
  if ((actions.lowest && std::isnan(*actions.lowest)) ||
      (actions.highest && std::isnan(*actions.highest))) {
    return out_of_range(name, "a bound is not a number");
  }
  if (actions.per_month && !std::isfinite(*actions.per_month)) {
    return out_of_range(name, "the change per month is not a finite number");
  }
  return std::nullopt;
}

// The share of clean training rows below the middle of each bin.
std::vector<double> ranks_of(const Scorecard::Variable& variable) {
  auto bins = static_cast<std::size_t>(variable.cells.bins());
  double total = 0;
  for (std::size_t i = 0; i < bins; ++i) total += variable.tallies[i].weight();
  if (!(total > 0)) return {};
  std::vector<double> ranks;
  double before = 0;
  for (std::size_t i = 0; i < bins; ++i) {
    double own = variable.tallies[i].weight();
    ranks.push_back((before + own / 2) / total);
    before += own;
  }
  return ranks;
}

bool is_text(const Scorecard::Variable& variable) {
  return variable.cells.kind() == Column::Kind::text;
}

}  // namespace

class AdviserMaker {
 public:
  AdviserMaker(Scorecard card, AdvicePlan plan) {
    adviser_.card_ = std::move(card);
    adviser_.plan_ = std::move(plan);
  }

  Result<Adviser> make() {
    std::vector<Error> broken = defects(adviser_.card_);
    if (!broken.empty()) {
      return Error{
          .code = "advice.card", .message = broken.front().message, .help = broken.front().help};
    }
    if (auto error = check_plan()) return *error;
    if (auto error = name_actions()) return *error;
    if (auto error = freeze_immutable()) return *error;
    if (auto error = rank()) return *error;
    if (auto error = group()) return *error;
    return std::move(adviser_);
  }

 private:
  std::optional<Error> check_plan() const {
    const AdvicePlan& plan = adviser_.plan_;
    if (!(plan.cost_per_month >= 0 && plan.cost_per_month <= kMostWeight)) {
      return out_of_range("cost_per_month", "it is not between 0 and 1000");
    }
    if (plan.most_months < 0 || plan.most_months > RecourseProblem::kMostMonths) {
      return out_of_range("most_months",
                          fmt::format("it is not between 0 and {}", RecourseProblem::kMostMonths));
    }
    return std::nullopt;
  }

  Result<std::size_t> find(const std::string& name) const {
    std::vector<std::string> known;
    for (std::size_t i = 0; i < adviser_.card_.variables.size(); ++i) {
      if (adviser_.card_.variables[i].name == name) return i;
      known.push_back(adviser_.card_.variables[i].name);
    }
    std::string near = nearest(name, known);
    return Error{.code = "advice.variable",
                 .message = fmt::format("the card has no variable `{}`", name),
                 .help = near.empty() ? "" : fmt::format("did you mean `{}`?", near)};
  }

  std::optional<Error> name_actions() {
    const AdvicePlan& plan = adviser_.plan_;
    std::size_t count = adviser_.card_.variables.size();
    adviser_.actions_.assign(count, plan.others);
    if (plan.others) {
      if (auto defect = defect_of(*plan.others, "others")) return defect;
      if (plan.others->per_month) {
        return out_of_range("others", "what time moves has to be named");
      }
    }
    std::vector<bool> named(count, false);
    for (const VariableActions& actions : plan.variables) {
      auto position = find(actions.variable);
      if (!position) return position.error();
      if (named[*position]) {
        return Error{.code = "advice.variable",
                     .message = fmt::format("`{}` is named twice", actions.variable),
                     .help = "say everything about a variable in one place"};
      }
      if (auto defect = defect_of(actions, actions.variable)) return defect;
      if (actions.per_month && is_text(adviser_.card_.variables[*position])) {
        return out_of_range(actions.variable, "time cannot move a text");
      }
      named[*position] = true;
      adviser_.actions_[*position] = actions;
    }
    return std::nullopt;
  }

  std::optional<Error> freeze_immutable() {
    for (const std::string& name : adviser_.plan_.immutable) {
      auto position = find(name);
      if (!position) return position.error();
      if (const auto& actions = adviser_.actions_[*position]; actions && actions->per_month) {
        return Error{.code = "advice.variable",
                     .message = fmt::format("`{}` is immutable, and time moves it", name),
                     .help =
                         "take it out of `immutable` (nobody but time moves what has "
                         "`per_month`), or take its `per_month` away"};
      }
      adviser_.actions_[*position].reset();
    }
    return std::nullopt;
  }

  std::optional<Error> rank() {
    adviser_.ranks_.resize(adviser_.card_.variables.size());
    for (std::size_t i = 0; i < adviser_.ranks_.size(); ++i) {
      const Scorecard::Variable& variable = adviser_.card_.variables[i];
      const auto& actions = adviser_.actions_[i];
      if (!actions || actions->cost == MoveCost::steps || is_text(variable)) continue;
      if (!variable.tallies.empty()) adviser_.ranks_[i] = ranks_of(variable);
      if (!adviser_.ranks_[i].empty()) continue;
      return Error{.code = "advice.tallies",
                   .message = fmt::format("`{}` has no counts of training", variable.name),
                   .help = "use the cost `steps`, or a card that was trained with its counts"};
    }
    return std::nullopt;
  }

  // What hangs together by a term of two variables or by a joint limit is one group.
  std::optional<Error> group() {
    std::vector<std::size_t> root(adviser_.card_.variables.size());
    std::iota(root.begin(), root.end(), std::size_t{0});
    auto join = [&](std::size_t a, std::size_t b) {
      std::size_t from = std::max(root[a], root[b]), to = std::min(root[a], root[b]);
      std::ranges::replace(root, from, to);
    };
    for (const Scorecard::Term& term : adviser_.card_.terms) {
      join(static_cast<std::size_t>(term.variables.front()),
           static_cast<std::size_t>(term.variables.back()));
    }
    std::vector<std::vector<std::size_t>> joint;
    for (const std::vector<std::string>& names : adviser_.plan_.together) {
      std::vector<std::size_t>& variables = joint.emplace_back();
      for (const std::string& name : names) {
        auto position = find(name);
        if (!position) return position.error();
        variables.push_back(*position);
        join(variables.front(), *position);
      }
    }
    collect_groups(root, joint);
    return std::nullopt;
  }

  void collect_groups(const std::vector<std::size_t>& root,
                      const std::vector<std::vector<std::size_t>>& joint) {
    for (std::size_t first = 0; first < root.size(); ++first) {
      if (root[first] != first) continue;
      Adviser::Group group;
      bool changes = false;
      std::vector<std::size_t> place(root.size());
      for (std::size_t i = first; i < root.size(); ++i) {
        if (root[i] != first) continue;
        place[i] = group.variables.size();
        group.variables.push_back(static_cast<int>(i));
        changes = changes || adviser_.actions_[i].has_value();
      }
      if (!changes) continue;
      for (std::size_t i = 0; i < adviser_.card_.terms.size(); ++i) {
        auto variable = static_cast<std::size_t>(adviser_.card_.terms[i].variables.front());
        if (root[variable] == first) group.terms.push_back(static_cast<int>(i));
      }
      for (const std::vector<std::size_t>& variables : joint) {
        if (variables.empty() || root[variables.front()] != first) continue;
        std::vector<std::size_t>& places = group.together.emplace_back();
        for (std::size_t variable : variables) places.push_back(place[variable]);
      }
      adviser_.groups_.push_back(std::move(group));
    }
  }

  Adviser adviser_;
};

Result<Adviser> Adviser::of(Scorecard card, AdvicePlan plan) {
  return AdviserMaker{std::move(card), std::move(plan)}.make();
}

}  // namespace credence
