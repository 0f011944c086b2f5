#include <credence/optimum/dial.h>
#include <credence/optimum/infeasibility.h>
#include <credence/optimum/limit_words.h>
#include <credence/optimum/problem.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace credence {

namespace {

// Edges, of one search for bins and of all together.
constexpr std::uint64_t kWorkPerTry = 50'000'000;
constexpr std::uint64_t kWorkInAll = 1'000'000'000;

// Searches for bins under rules that were changed, until their work is spent.
class Tries {
 public:
  std::optional<Path> path(const Question& question) { return found(question).path; }
  std::optional<Path> path(const Question& question, const Worth& worth) {
    return count([&](Effort& effort) { return answer(question, worth, effort); }).path;
  }
  bool proven_impossible(const Question& question) {
    const Found answer = found(question);
    return !answer.path && answer.proven;
  }
  bool cut_short() const { return cut_short_; }

 private:
  Found found(Question question) {
    question.rules.gamma = 0;  // it ranks rows of bins and forbids none
    return count([&](Effort& effort) { return answer(question, effort); });
  }

  template <class Search>
  Found count(const Search& search) {
    if (all_.spent()) {
      cut_short_ = true;
      return {.path = std::nullopt, .bound = kNever, .proven = false};
    }
    Effort effort{.limit = kWorkPerTry};
    Found found = search(effort);
    all_.work += effort.work;
    cut_short_ = cut_short_ || (!found.path && !found.proven);
    return found;
  }

  Effort all_{.limit = kWorkInAll};
  bool cut_short_ = false;
};

// The strictest value of the dial with which bins exist. Each row of bins that is found is as
// strict as it is, and not only as was asked, so the search ends on a value that bins attain.
std::optional<Question> loosen(Tries& tries, const Question& question, const Dial& dial,
                               const LimitFamily& family) {
  Question open = question;
  family.lift(open);
  std::optional<Path> path = tries.path(open);
  if (!path) return std::nullopt;
  double refused = dial.direction * dial.get(question);
  double granted = dial.direction * dial.attained(*path);
  const double resolution = std::max(dial.resolution, 1e-12 * std::abs(refused));
  while (refused - granted > resolution * 1.5) {
    const double middle = granted + (refused - granted) / 2;
    if (middle <= granted || middle >= refused) break;
    Question tried = question;
    dial.set(tried, dial.direction * middle);
    path = tries.path(tried);
    if (!path) {
      refused = middle;
      continue;
    }
    const double attained = dial.direction * dial.attained(*path);
    if (attained <= granted) break;  // rounding alone lies between
    granted = attained;
  }
  Question loosened = question;
  dial.set(loosened, dial.direction * granted);
  return loosened;
}

Text same(std::string text) {
  return {text, text};
}

// Of the limits that are numbers with decimals.
std::optional<double> decimal_limit(const BinningRules& rules, std::string_view name) {
  if (name == "min_bin_share") return rules.min_bin_share;
  if (name == "max_bin_share") return rules.max_bin_share;
  if (name == "min_bin_events") return rules.min_bin_events.value_or(0);
  if (name == "max_bin_events") return rules.max_bin_events.value_or(0);
  if (name == "min_bin_nonevents") return rules.min_bin_nonevents.value_or(0);
  if (name == "max_bin_nonevents") return rules.max_bin_nonevents.value_or(0);
  if (name == "min_rate_difference") return rules.min_rate_difference;
  if (name == "max_p_value") return rules.max_p_value.value_or(1);
  return std::nullopt;
}

Text limit_text(const Question& question, std::string_view name) {
  const BinningRules& rules = question.rules;
  if (const auto value = decimal_limit(rules, name)) return decimal_text(*value);
  if (name == "min_bins") return same(std::to_string(rules.min_bins.value_or(1)));
  if (name == "max_bins") return same(std::to_string(rules.max_bins.value_or(0)));
  if (name == "trend") return trend_name(rules.trend);
  if (name == "strict_shape")
    return rules.strict_shape ? Text{"true", "oui"} : Text{"false", "non"};
  return same(
      std::to_string(std::count(question.fixed_after.begin(), question.fixed_after.end(), true)));
}

// Six digits of what is no whole number, never stricter than it is: bins keep what is typed back.
double short_limit(double value, bool is_least) {
  if (value == std::floor(value)) return value;
  const auto rounded = [](double number) {
    return std::strtod(fmt::format("{:.5e}", number).c_str(), nullptr);
  };
  const double nearest = rounded(value);
  if (is_least ? nearest <= value : nearest >= value) return nearest;
  const double last_digit = std::pow(10.0, std::floor(std::log10(value)) - 5);
  return rounded(is_least ? value - last_digit : value + last_digit);
}

Text loosened_text(const Question& loosened, std::string_view name) {
  if (const auto value = decimal_limit(loosened.rules, name))
    return decimal_text(short_limit(*value, name.starts_with("min_")));
  return limit_text(loosened, name);
}

// The nearest trend that bins can keep: one that contains the trend asked for, then none.
std::optional<Question> loosen_trend(Tries& tries, const Question& question) {
  std::vector<Trend> wider;
  switch (question.rules.trend) {
    case Trend::ascending:
    case Trend::descending:
      wider = {Trend::peak, Trend::valley};
      break;
    case Trend::concave:
      wider = {Trend::peak};
      break;
    case Trend::convex:
      wider = {Trend::valley};
      break;
    default:
      break;
  }
  wider.push_back(Trend::none);
  for (Trend trend : wider) {
    Question tried = question;
    tried.rules.trend = trend;
    if (tries.path(tried)) return tried;
  }
  return std::nullopt;
}

// As many of the fixed edges as bins can keep: a row is worth less by one for each edge it crosses.
std::optional<Question> loosen_fixed(Tries& tries, const Question& question) {
  Question open = question;
  open.fixed_after.clear();
  open.rules.gamma = 0;
  Worth worth = open.worth();
  const Nodes& nodes = *question.nodes;
  for (int start = 0; start < nodes.prebins; ++start) {
    double crossed = 0;
    for (int end = start; end < nodes.prebins; ++end) {
      double& value = worth[nodes.at(start, end)];
      if (value > kNever) value = -crossed;
      if (end + 1 < nodes.prebins && question.fixed_after[static_cast<std::size_t>(end)]) ++crossed;
    }
  }
  std::optional<Path> path = tries.path(open, worth);
  if (!path) return std::nullopt;
  Question loosened = question;
  for (std::size_t edge = 0; edge < loosened.fixed_after.size(); ++edge)
    if (std::find(path->last.begin(), path->last.end(), static_cast<int>(edge)) == path->last.end())
      loosened.fixed_after[edge] = false;
  return loosened;
}

std::optional<Question> loosen(Tries& tries, const Question& question, const LimitFamily& family) {
  if (family.name == "trend") return loosen_trend(tries, question);
  if (family.name == "fixed") return loosen_fixed(tries, question);
  for (const Dial& dial : dials(question))
    if (dial.name == family.name) return loosen(tries, question, dial, family);
  Question open = question;
  family.lift(open);
  return tries.path(open) ? std::optional{open} : std::nullopt;
}

// A smallest set of limits that no bins keep together: leaving out any one of them, bins exist.
std::vector<const LimitFamily*> contradiction(Tries& tries, const Question& question) {
  std::vector<const LimitFamily*> together;
  for (const LimitFamily& family : limit_families())
    if (family.active(question)) together.push_back(&family);
  for (std::size_t i = 0; i < together.size();) {
    Question without = question;
    for (const LimitFamily& family : limit_families()) {
      const bool stays = std::find(together.begin(), together.end(), &family) != together.end();
      if (!stays || together[i] == &family) family.lift(without);
    }
    if (tries.proven_impossible(without))
      together.erase(together.begin() + static_cast<std::ptrdiff_t>(i));
    else
      ++i;
  }
  return together;
}

bool needs_both_classes(const BinningProblem& problem) {
  return problem.rules.divergence == Divergence::iv || problem.rules.divergence == Divergence::js;
}

// "a 1, b 2" of each limit with its value; the last two French ones are joined by a word.
Text list_of(const Question& question, const std::vector<const LimitFamily*>& together) {
  Text list;
  for (const LimitFamily* family : together) {
    const Text value = limit_text(question, family->name);
    const bool is_first = list.en.empty(), is_last = family == together.back();
    list.en += fmt::format("{}`{}` {}", is_first ? "" : ", ", family->name, value.en);
    list.fr += fmt::format("{}{} {}",
                           is_first  ? ""
                           : is_last ? " et "
                                     : ", ",
                           limit_name(family->name).fr, value.fr);
  }
  return list;
}

Text reason_of(const Question& question, const std::vector<const LimitFamily*>& together,
               bool both_classes) {
  const Text list = list_of(question, together);
  const bool is_one = together.size() < 2;
  const int prebins = question.nodes->prebins;
  Text reason = {fmt::format("no bins of these {} prebins keep {}{}", prebins, list.en,
                             is_one ? "" : " together"),
                 fmt::format("aucun découpage de ces {} préclasses ne respecte {}{}", prebins,
                             is_one ? "" : "à la fois ", list.fr)};
  if (!both_classes) return reason;
  const std::string divergence = to_text(question.rules.divergence);
  reason.en += fmt::format(", with an event and a non-event in each bin as `{}` needs", divergence);
  reason.fr +=
      fmt::format(", avec un défaut et un sain dans chaque classe comme `{}` l'exige", divergence);
  return reason;
}

// From 0 (the same) to 1; what is no number is as far as can be.
double distance(const std::string& from, const std::string& to) {
  const double a = std::strtod(from.c_str(), nullptr), b = std::strtod(to.c_str(), nullptr);
  const double larger = std::max(std::abs(a), std::abs(b));
  return larger > 0 ? std::abs(a - b) / larger : 1;
}

}  // namespace

Infeasibility explain_infeasible(const BinningProblem& problem, const Question& question) {
  Infeasibility why;
  Tries tries;
  const std::vector<const LimitFamily*> together = contradiction(tries, question);
  for (const LimitFamily& family : limit_families()) {
    if (!family.active(question)) continue;
    if (auto loosened = loosen(tries, question, family))
      why.relaxations.push_back({.limit = std::string{family.name},
                                 .from = limit_text(question, family.name),
                                 .to = loosened_text(*loosened, family.name),
                                 .rules = loosened->rules,
                                 .fixed_after = loosened->fixed_after});
  }
  bool both_classes = false;
  if (needs_both_classes(problem)) {
    BinningProblem other = problem;
    other.rules.divergence = Divergence::hellinger;
    const Nodes nodes = make_nodes(other);
    Question asked = question;
    asked.nodes = &nodes;
    asked.rules.divergence = Divergence::hellinger;
    both_classes = tries.path(asked).has_value();
    if (both_classes)
      why.relaxations.push_back({.limit = "divergence",
                                 .from = same(to_text(problem.rules.divergence)),
                                 .to = same(to_text(Divergence::hellinger)),
                                 .rules = asked.rules,
                                 .fixed_after = problem.fixed_after});
  }
  why.reason = reason_of(question, together, both_classes);
  if (tries.cut_short()) {
    why.reason.en += "; the search for it was cut short, so less may have to be given up";
    why.reason.fr += " ; la recherche a été écourtée : il suffit peut-être de céder moins";
  }
  std::stable_sort(why.relaxations.begin(), why.relaxations.end(),
                   [](const auto& a, const auto& b) {
                     return distance(a.from.en, a.to.en) < distance(b.from.en, b.to.en);
                   });
  return why;
}

}  // namespace credence
