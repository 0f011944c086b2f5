#include <credence/optimum/limit_words.h>
#include <credence/optimum/problem.h>
#include <credence/optimum/solve.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

// Looser than what solve() allows itself, so that rounding is never called a broken rule; and the
// enumeration is as much tighter, so that rounding is never called a better row of bins.
constexpr double kRounding = 1e-10;
constexpr double kClaimSlack = 1e-9;
constexpr std::size_t kMostEnumerated = 16;

Error false_claim(std::string message) {
  return {.code = "binning.check",
          .message = std::move(message),
          .help = "solve the problem again, or restore the files as they were written"};
}

// Checks rows of bins by the words of the rules, one bin and one pair at a time.
class Checker {
 public:
  Checker(const BinningProblem& problem, double slack)
      : problem_(problem), rules_(problem.rules), slack_(slack) {
    for (const Tally& prebin : problem.prebins) all_ += prebin;
  }

  // What is wrong with these bins, or nothing.
  std::optional<Text> broken_rule(const std::vector<int>& last) const {
    const std::vector<Tally> bins = tallies(last);
    const int count = static_cast<int>(bins.size());
    if (count < rules_.min_bins.value_or(1))
      return Text{"there are fewer bins than `min_bins`", "il y a moins de classes que `min_bins`"};
    if (rules_.max_bins && count > *rules_.max_bins)
      return Text{"there are more bins than `max_bins`", "il y a plus de classes que `max_bins`"};
    for (std::size_t i = 0; i < bins.size(); ++i)
      if (auto broken = broken_by(bins[i]))
        return Text{fmt::format("bin {} {}", i + 1, broken->en),
                    fmt::format("la classe {} {}", i + 1, broken->fr)};
    for (std::size_t edge = 0; edge < problem_.fixed_after.size(); ++edge)
      if (problem_.fixed_after[edge] &&
          std::find(last.begin(), last.end(), static_cast<int>(edge)) == last.end())
        return Text{fmt::format("the fixed edge after prebin {} is no edge of a bin", edge + 1),
                    fmt::format("la borne fixée après la préclasse {} n'est borne d'aucune classe",
                                edge + 1)};
    for (std::size_t b = 1; b < bins.size(); ++b)
      for (std::size_t a = 0; a < b; ++a)
        if (auto broken = broken_by(bins[a], bins[b], b - a == 1))
          return Text{fmt::format("bins {} and {} {}", a + 1, b + 1, broken->en),
                      fmt::format("les classes {} et {} {}", a + 1, b + 1, broken->fr)};
    std::vector<double> rates;
    for (const Tally& bin : bins) rates.push_back(bin.rate());
    if (keeps_trend(rates)) return std::nullopt;
    const Text trend = trend_name(rules_.trend);
    return Text{fmt::format("the rates are not {}", trend.en),
                fmt::format("les taux ne suivent pas la tendance « {} »", trend.fr)};
  }

  double objective(const std::vector<int>& last) const {
    double sum = 0, least = all_.records + all_.weight(), most = 0;
    for (const Tally& bin : tallies(last)) {
      sum += term(bin.events / all_.events, bin.nonevents / all_.nonevents);
      least = std::min(least, size(bin));
      most = std::max(most, size(bin));
    }
    return sum - rules_.gamma * (most - least) / size(all_);
  }

 private:
  std::vector<Tally> tallies(const std::vector<int>& last) const {
    std::vector<Tally> bins;
    std::size_t prebin = 0;
    for (int end : last) {
      Tally& bin = bins.emplace_back();
      while (prebin <= static_cast<std::size_t>(end)) bin += problem_.prebins[prebin++];
    }
    return bins;
  }

  double size(const Tally& tally) const {
    return rules_.size_basis == SizeBasis::records ? tally.records : tally.weight();
  }

  double limit(double share) const {
    const double limit = share * problem_.total;
    return rules_.size_basis == SizeBasis::records ? std::ceil(limit * (1 - 1e-12) - 1e-9) : limit;
  }

  std::optional<Text> broken_by(const Tally& bin) const {
    const double slack = slack_ * problem_.total;
    if (size(bin) < limit(rules_.min_bin_share) - slack)
      return Text{"is smaller than `min_bin_share`", "est plus petite que `min_bin_share`"};
    if (size(bin) > limit(rules_.max_bin_share) + slack)
      return Text{"is larger than `max_bin_share`", "est plus grande que `max_bin_share`"};
    auto below = [&](double value, const std::optional<double>& least) {
      return least && value < *least - slack_ * value;
    };
    auto above = [&](double value, const std::optional<double>& most) {
      return most && value > *most + slack_ * value;
    };
    if (below(bin.events, rules_.min_bin_events))
      return Text{"has fewer events than `min_bin_events`",
                  "a moins de défauts que `min_bin_events`"};
    if (above(bin.events, rules_.max_bin_events))
      return Text{"has more events than `max_bin_events`",
                  "a plus de défauts que `max_bin_events`"};
    if (below(bin.nonevents, rules_.min_bin_nonevents))
      return Text{"has fewer non-events than `min_bin_nonevents`",
                  "a moins de sains que `min_bin_nonevents`"};
    if (above(bin.nonevents, rules_.max_bin_nonevents))
      return Text{"has more non-events than `max_bin_nonevents`",
                  "a plus de sains que `max_bin_nonevents`"};
    const bool both = rules_.divergence == Divergence::iv || rules_.divergence == Divergence::js;
    if (both && !(bin.events > 0 && bin.nonevents > 0))
      return Text{"lacks events or non-events", "est sans défauts ou sans sains"};
    return std::nullopt;
  }

  std::optional<Text> broken_by(const Tally& a, const Tally& b, bool neighbours) const {
    if (neighbours && std::abs(a.rate() - b.rate()) < rules_.min_rate_difference - slack_)
      return Text{"differ by less than `min_rate_difference`",
                  "diffèrent de moins que `min_rate_difference`"};
    const bool tested = neighbours || rules_.p_value_policy == PValuePolicy::all;
    if (tested && rules_.max_p_value && *rules_.max_p_value < 1 &&
        p_value(a, b) > *rules_.max_p_value * (1 + kClaimSlack * (slack_ > 0 ? 1 : -1)))
      return Text{"do not differ by `max_p_value`", "ne diffèrent pas selon `max_p_value`"};
    return std::nullopt;
  }

  // Of the pooled two-proportion z test, two-sided, over effective sizes.
  static double p_value(const Tally& a, const Tally& b) {
    const double na = a.weight() * a.weight() / a.squares, nb = b.weight() * b.weight() / b.squares;
    const double pooled = (a.rate() * na + b.rate() * nb) / (na + nb);
    const double variance = pooled * (1 - pooled) * (1 / na + 1 / nb);
    if (!(variance > 0)) return 1;
    return std::erfc(std::abs(a.rate() - b.rate()) / std::sqrt(2 * variance));
  }

  bool rising(const std::vector<double>& rates, std::size_t from, std::size_t to, int sign) const {
    for (std::size_t i = from + 1; i < to; ++i)
      if (sign * (rates[i] - rates[i - 1]) < -slack_) return false;
    return true;
  }

  bool turning(const std::vector<double>& rates, int sign) const {
    for (std::size_t top = 0; top < rates.size(); ++top)
      if (rising(rates, 0, top + 1, sign) && rising(rates, top, rates.size(), -sign)) return true;
    return false;
  }

  bool bent(const std::vector<double>& rates, int sign) const {
    for (std::size_t b = 1; b + 1 < rates.size(); ++b)
      for (std::size_t a = rules_.strict_shape ? 0 : b - 1; a < b; ++a)
        for (std::size_t c = b + 1; c < (rules_.strict_shape ? rates.size() : b + 2); ++c)
          if (sign * (2 * rates[b] - rates[a] - rates[c]) < -slack_) return false;
    return true;
  }

  bool keeps_trend(const std::vector<double>& rates) const {
    switch (rules_.trend) {
      case Trend::automatic:
      case Trend::none:
        return true;
      case Trend::ascending:
        return rising(rates, 0, rates.size(), 1);
      case Trend::descending:
        return rising(rates, 0, rates.size(), -1);
      case Trend::peak:
        return turning(rates, 1);
      case Trend::valley:
        return turning(rates, -1);
      case Trend::concave:
        return bent(rates, 1);
      case Trend::convex:
        return bent(rates, -1);
    }
    return false;
  }

  double term(double p, double q) const {
    const double middle = (p + q) / 2;
    switch (rules_.divergence) {
      case Divergence::iv:
        return p > 0 && q > 0 ? (p - q) * (std::log(p) - std::log(q)) : 0;
      case Divergence::js: {
        double events = p > 0 ? p * std::log(p / middle) : 0;
        return (events + (q > 0 ? q * std::log(q / middle) : 0)) / 2;
      }
      case Divergence::hellinger:
        return (p + q) / 2 - std::sqrt(p * q);
      case Divergence::triangular:
        return middle > 0 ? (p - q) * (p - q) / (2 * middle) : 0;
    }
    return 0;
  }

  const BinningProblem& problem_;
  const BinningRules& rules_;
  double slack_;
  Tally all_;
};

bool covers(const std::vector<int>& last, std::size_t prebins) {
  if (last.empty() || last.front() < 0 || last.back() != static_cast<int>(prebins) - 1)
    return false;
  return std::adjacent_find(last.begin(), last.end(), std::greater_equal<>{}) == last.end();
}

std::vector<int> bins_of(std::uint32_t edges, int prebins) {
  std::vector<int> last;
  for (int i = 0; i + 1 < prebins; ++i)
    if (edges >> i & 1) last.push_back(i);
  last.push_back(prebins - 1);
  return last;
}

// Whether any row of bins that clearly keeps all rules is better than what is claimed.
Result<Done> check_by_enumeration(const BinningProblem& problem, const Certificate& certificate) {
  const Checker tight{problem, -kRounding};
  const int prebins = static_cast<int>(problem.prebins.size());
  const double best =
      certificate.optimality == Optimality::optimal ? certificate.objective : certificate.bound;
  for (std::uint32_t edges = 0; edges < (1U << (prebins - 1)); ++edges) {
    const std::vector<int> last = bins_of(edges, prebins);
    const double objective = tight.objective(last);
    if (objective > best + kClaimSlack * (1 + std::abs(best)) && !tight.broken_rule(last))
      return false_claim(
          fmt::format("{} bins with objective {} keep all rules, so {} is not the "
                      "best",
                      last.size(), number_text(objective), number_text(best)));
  }
  return Done{};
}

}  // namespace

std::optional<Text> broken_rule(const BinningProblem& problem, const std::vector<int>& last) {
  return Checker{problem, kRounding}.broken_rule(last);
}

Result<Done> check(const BinningProblem& problem, const BinningSolution& solution) {
  if (auto done = sensible(problem); !done) return done;
  const Certificate& claimed = solution.certificate;
  if (claimed.problem_hash != problem_hash(problem))
    return false_claim("the certificate is of another problem");
  if (!covers(solution.last, problem.prebins.size()))
    return false_claim("`last` does not ascend to the last prebin");
  if (claimed.trend != problem.rules.trend)
    return false_claim(fmt::format("the certificate names trend {}, the rules {}",
                                   to_text(claimed.trend), to_text(problem.rules.trend)));
  const Checker loose{problem, kRounding};
  if (auto broken = loose.broken_rule(solution.last)) return false_claim(broken->en);
  const double objective = loose.objective(solution.last);
  const double slack = kClaimSlack * (1 + std::abs(objective));
  if (!(std::abs(claimed.objective - objective) <= slack))
    return false_claim(fmt::format("the objective is {}, not {}", number_text(objective),
                                   number_text(claimed.objective)));
  const bool optimal = claimed.optimality == Optimality::optimal;
  if (!(claimed.bound >= claimed.objective - slack) ||
      (optimal && claimed.bound > claimed.objective + slack))
    return false_claim(fmt::format("the bound {} does not fit the objective {}",
                                   number_text(claimed.bound), number_text(claimed.objective)));
  if (problem.prebins.size() > kMostEnumerated) return Done{};
  return check_by_enumeration(problem, claimed);
}

}  // namespace credence
