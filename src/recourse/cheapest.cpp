#include <credence/recourse/check.h>
#include <credence/recourse/demand.h>
#include <credence/recourse/horizon.h>

#include <algorithm>
#include <ranges>
#include <tuple>
#include <utility>

namespace credence {

namespace {

// Whether what is there today is there on every later day.
bool nothing_passes(const RecourseProblem& problem) {
  return std::ranges::all_of(problem.variables, [](const RecourseVariable& variable) {
    return variable.passing.empty() &&
           std::ranges::none_of(variable.options, [](const RecourseOption& option) {
             return option.until.has_value();
           });
  });
}

// The best way of some fates, over all horizons.
class Search {
 public:
  Search(const RecourseProblem& problem, WorkBudget& budget)
      : problem_(problem),
        reach_(Reach::of(problem)),
        budget_(budget),
        horizons_(horizons(problem, reach_)),
        costs_(distinct_costs(problem)) {}

  Result<std::optional<Way>> best(std::span<const Fate> fates) {
    if (problem_.cost_per_month == 0 && nothing_passes(problem_)) return best_of_growing(fates);
    std::optional<Way> best;
    // Most is possible late, so that what is found first is a bound for the others.
    for (int months : std::views::reverse(horizons_)) {
      limit_cost(best, months);
      if (experience_.at_most < 0) continue;
      auto way = best_at(months, fates);
      if (!way) return way;
      if (*way && (!best || is_better(**way, *best))) best = **way;
    }
    return best;
  }

  bool is_better(const Way& a, const Way& b) const {
    auto key_a = std::pair{cost_key(a), a.months}, key_b = std::pair{cost_key(b), b.months};
    if (key_a != key_b) return key_a < key_b;
    return std::ranges::lexicographical_compare(a.choices, b.choices, {}, order, order);
  }

 private:
  static std::pair<int, int> order(const Choice& choice) {
    return {choice.variable, choice.option};
  }

  static std::vector<std::int64_t> distinct_costs(const RecourseProblem& problem) {
    if (problem.cost_rule == CostRule::sum) return {RecourseProblem::kMostCost};
    std::vector<std::int64_t> costs = {0};
    for (const RecourseVariable& variable : problem.variables) {
      for (const RecourseOption& option : variable.options) costs.push_back(option.cost);
    }
    std::ranges::sort(costs);
    auto repeated = std::ranges::unique(costs);
    costs.erase(repeated.begin(), repeated.end());
    return costs;
  }

  // What more time can only make smaller, as long as nothing passes and waiting costs nothing.
  std::tuple<std::int64_t, std::int64_t, int> cost_key(const Way& way) const {
    return {problem_.cost_rule == CostRule::largest ? way.largest : 0, way.cost, way.changes};
  }

  // Ways that cost more than the best one so far need not be found.
  void limit_cost(const std::optional<Way>& best, int months) {
    const bool is_bound = best && problem_.cost_rule == CostRule::sum;
    experience_.at_most =
        is_bound ? best->cost - problem_.cost_per_month * months : Experience::kAny;
  }

  // With more time the best is no worse, so the shortest time that still has it is found by
  // halving.
  Result<std::optional<Way>> best_of_growing(std::span<const Fate> fates) {
    limit_cost(std::nullopt, 0);
    auto best = best_at(horizons_.back(), fates);
    if (!best || !*best) return best;
    std::size_t low = 0, high = horizons_.size() - 1;
    while (low < high) {
      std::size_t middle = low + (high - low) / 2;
      limit_cost(*best, 0);
      auto way = best_at(horizons_[middle], fates);
      if (!way) return way;
      bool as_good = *way && cost_key(**way) == cost_key(**best);
      if (as_good) {
        best = std::move(way);
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return best;
  }

  // The smallest limit on the cost of one change under which the need is met, then the least sum.
  Result<std::optional<Way>> best_at(int months, std::span<const Fate> fates) {
    auto best = best_below(costs_.back(), months, fates);
    if (!best || !*best) return best;
    std::size_t low = 0, high = costs_.size() - 1;
    while (low < high) {
      std::size_t middle = low + (high - low) / 2;
      auto way = best_below(costs_[middle], months, fates);
      if (!way) return way;
      if (*way) {
        best = std::move(way);
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return best;
  }

  Result<std::optional<Way>> best_below(std::int64_t dearest, int months,
                                        std::span<const Fate> fates) {
    Outlook outlook{.months = months,
                    .fates = fates,
                    .dearest = dearest,
                    .need = std::int64_t{problem_.need} + problem_.margin};
    Horizon horizon = look_ahead(problem_, reach_, outlook, budget_);
    auto solution = meet_need(horizon, budget_, experience_);
    if (!solution) return solution.error();
    if (!*solution) return std::optional<Way>{};
    return std::optional<Way>{way_of(**solution, months)};
  }

  Way way_of(const Solution& solution, int months) const {
    Way way{.choices = solution.choices,
            .cost = solution.cost + problem_.cost_per_month * months,
            .changes = solution.changes,
            .months = months};
    std::int64_t gain = passing_gain(problem_, months);
    for (const Choice& choice : way.choices) {
      const auto& variable = problem_.variables[static_cast<std::size_t>(choice.variable)];
      const auto& option = variable.options[static_cast<std::size_t>(choice.option)];
      gain += option.gain - passing_gain(variable, months);
      way.largest = std::max(way.largest, option.cost);
      way.effort += option.effort;
    }
    way.gain = static_cast<int>(std::clamp<std::int64_t>(gain, INT32_MIN, INT32_MAX));
    return way;
  }

  const RecourseProblem& problem_;
  Reach reach_;
  WorkBudget& budget_;
  Experience experience_;
  std::vector<int> horizons_;
  std::vector<std::int64_t> costs_;
};

// A part of all sets of variables, and the best way in it (Lawler, Management Science 18, 1972).
struct Part {
  std::vector<Fate> fates;
  Way best;
};

std::vector<std::size_t> members(const Way& way) {
  std::vector<std::size_t> variables;
  for (const Choice& choice : way.choices) {
    variables.push_back(static_cast<std::size_t>(choice.variable));
  }
  return variables;
}

bool is_too_near(const Way& way, const Way& earlier, Diversity diversity) {
  std::vector<std::size_t> a = members(way), b = members(earlier), common;
  if (a == b) return true;
  if (b.empty() || diversity == Diversity::different_sets) return false;
  std::ranges::set_intersection(a, b, std::back_inserter(common));
  return diversity == Diversity::disjoint ? !common.empty() : common == b;
}

// The sets of `part` that are not too near to `earlier`, as parts without anything in common.
std::vector<std::vector<Fate>> split(const RecourseProblem& problem, const std::vector<Fate>& part,
                                     const Way& earlier) {
  std::vector<std::size_t> order = members(earlier);
  std::size_t inside = order.size();
  std::vector<std::vector<Fate>> parts;
  if (problem.diversity == Diversity::disjoint && inside > 0) {
    std::vector<Fate> rest = part;
    for (std::size_t i : order) {
      if (rest[i] == Fate::chosen) return parts;
      rest[i] = Fate::left;
    }
    return {rest};
  }
  if (problem.diversity == Diversity::different_sets || inside == 0) {
    for (std::size_t i = 0; i < part.size(); ++i) {
      bool is_member = std::find(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(inside),
                                 i) != order.begin() + static_cast<std::ptrdiff_t>(inside);
      if (!is_member && !problem.variables[i].options.empty()) order.push_back(i);
    }
  }
  std::vector<Fate> rest = part;
  for (std::size_t i = 0; i < order.size(); ++i) {
    Fate as_earlier = i < inside ? Fate::chosen : Fate::left;
    Fate& fate = rest[order[i]];
    if (fate != Fate::open) {
      if (fate != as_earlier) {
        parts.push_back(rest);  // every set that is left differs here
        return parts;
      }
      continue;
    }
    fate = i < inside ? Fate::left : Fate::chosen;
    parts.push_back(rest);
    fate = as_earlier;
  }
  return parts;
}

class WayList {
 public:
  WayList(const RecourseProblem& problem, WorkBudget& budget)
      : problem_(problem), budget_(budget), search_(problem, budget) {}

  Result<Ways> all() {
    Ways found;
    std::vector<Fate> fates(problem_.variables.size(), Fate::open);
    if (auto error = add(std::move(fates))) return *error;
    while (!parts_.empty() && found.ways.size() < static_cast<std::size_t>(problem_.ways)) {
      Part part = take_best();
      auto near = std::ranges::find_if(found.ways, [&](const Way& earlier) {
        return is_too_near(part.best, earlier, problem_.diversity);
      });
      Way from = near == found.ways.end() ? part.best : *near;
      if (near == found.ways.end()) found.ways.push_back(part.best);
      if (found.ways.size() == static_cast<std::size_t>(problem_.ways)) break;
      for (std::vector<Fate>& rest : split(problem_, part.fates, from)) {
        if (auto error = add(std::move(rest))) return *error;
      }
    }
    return found;
  }

 private:
  std::optional<Error> add(std::vector<Fate> fates) {
    if (!budget_.spend(kStepsPerPart + fates.size()))
      return beyond_work("too many ways were tried");
    auto best = search_.best(fates);
    if (!best) return best.error();
    if (*best) parts_.push_back({std::move(fates), std::move(**best)});
    return std::nullopt;
  }

  Part take_best() {
    auto best = std::ranges::min_element(
        parts_, [&](const Part& a, const Part& b) { return search_.is_better(a.best, b.best); });
    Part part = std::move(*best);
    *best = std::move(parts_.back());
    parts_.pop_back();
    return part;
  }

  static constexpr std::uint64_t kStepsPerPart = 1000;
  const RecourseProblem& problem_;
  WorkBudget& budget_;
  Search search_;
  std::vector<Part> parts_;
};

// The most points within `reach`, over all horizons.
Result<std::int64_t> best_gain(const RecourseProblem& problem, const Reach& reach,
                               WorkBudget& budget) {
  std::vector<Fate> fates(problem.variables.size(), Fate::open);
  std::vector<int> days = horizons(problem, reach);
  if (nothing_passes(problem)) days = {days.back()};
  std::int64_t best = 0;
  for (int months : days) {
    Outlook outlook{.months = months, .fates = fates, .need = INT32_MAX};
    auto gain = most_gain(look_ahead(problem, reach, outlook, budget), reach, budget);
    if (!gain) return gain;
    best = std::max(best, *gain + passing_gain(problem, months));
  }
  return best;
}

// With one limit lifted, or all of them; the first that helps is told.
std::vector<std::pair<WhyNot, Reach>> lifted_limits(const Reach& reach) {
  std::vector<std::pair<WhyNot, Reach>> lifted;
  if (reach.changes) lifted.push_back({WhyNot::changes, {{}, reach.months, reach.effort}});
  if (reach.months) lifted.push_back({WhyNot::months, {reach.changes, {}, reach.effort}});
  if (reach.effort) lifted.push_back({WhyNot::effort, {reach.changes, reach.months, {}}});
  lifted.push_back({WhyNot::limits, {}});
  return lifted;
}

Result<RecourseAnswer> why_not(const RecourseProblem& problem, WorkBudget& budget) {
  Reach reach = Reach::of(problem);
  auto within = best_gain(problem, reach, budget);
  auto beyond = best_gain(problem, {}, budget);
  if (!within) return within.error();
  if (!beyond) return beyond.error();
  NotReachable answer{
      .why = *beyond > 0 ? WhyNot::points : WhyNot::nothing_offered,
      .best_gain = static_cast<int>(std::min<std::int64_t>(*within, INT32_MAX)),
      .unlimited_gain = static_cast<int>(std::min<std::int64_t>(*beyond, INT32_MAX))};
  std::int64_t need = std::int64_t{problem.need} + problem.margin;
  if (*beyond < need) return RecourseAnswer{answer};
  for (const auto& [why, limits] : lifted_limits(reach)) {
    auto gain = best_gain(problem, limits, budget);
    if (!gain) return gain.error();
    if (*gain < need) continue;
    answer.why = why;
    break;
  }
  return RecourseAnswer{answer};
}

}  // namespace

Result<RecourseAnswer> cheapest_ways(const RecourseProblem& problem) {
  if (auto defect = defect_of(problem)) return *defect;
  WorkBudget budget;
  auto found = WayList{problem, budget}.all();
  if (!found) return found.error();
  if (!found->ways.empty()) return RecourseAnswer{std::move(*found)};
  return why_not(problem, budget);
}

}  // namespace credence
