#include <credence/optimum/question.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace credence {

namespace {

constexpr double kAny = std::numeric_limits<double>::infinity();

int most_bins(const Question& question) {
  // No more bins than the smallest size allows, so that a generous `max_bins` costs nothing.
  double least = size_limit(question.rules, question.rules.min_bin_share, question.total);
  double most = question.nodes->prebins;
  if (least > 0) most = std::min(most, std::floor(question.nodes->clean_size / least * (1 + 1e-9)));
  return std::max(1, static_cast<int>(most));
}

bool has_fixed(const Question& question) {
  return std::find(question.fixed_after.begin(), question.fixed_after.end(), true) !=
         question.fixed_after.end();
}

constexpr auto kOfBins = LimitFamily::Scope::bins;
constexpr auto kOfRows = LimitFamily::Scope::rows;

constexpr std::array kFamilies = {
    LimitFamily{"min_bin_share", kOfBins, nullptr,
                [](const Question& q) { return q.rules.min_bin_share > 0; },
                [](Question& q) { q.rules.min_bin_share = 0; }},
    LimitFamily{"min_bin_events", kOfBins, nullptr,
                [](const Question& q) { return q.rules.min_bin_events.value_or(0) > 0; },
                [](Question& q) { q.rules.min_bin_events.reset(); }},
    LimitFamily{"min_bin_nonevents", kOfBins, nullptr,
                [](const Question& q) { return q.rules.min_bin_nonevents.value_or(0) > 0; },
                [](Question& q) { q.rules.min_bin_nonevents.reset(); }},
    LimitFamily{"max_bin_share", kOfBins, nullptr,
                [](const Question& q) { return q.rules.max_bin_share < 1; },
                [](Question& q) { q.rules.max_bin_share = 1; }},
    LimitFamily{"max_bin_events", kOfBins, nullptr,
                [](const Question& q) { return q.rules.max_bin_events.has_value(); },
                [](Question& q) { q.rules.max_bin_events.reset(); }},
    LimitFamily{"max_bin_nonevents", kOfBins, nullptr,
                [](const Question& q) { return q.rules.max_bin_nonevents.has_value(); },
                [](Question& q) { q.rules.max_bin_nonevents.reset(); }},
    LimitFamily{"fixed", kOfBins, nullptr, has_fixed, [](Question& q) { q.fixed_after.clear(); }},
    LimitFamily{"min_bins", kOfRows, &Idle::min_bins,
                [](const Question& q) { return q.rules.min_bins.value_or(1) > 1; },
                [](Question& q) { q.rules.min_bins.reset(); }},
    LimitFamily{
        "max_bins", kOfRows, &Idle::max_bins,
        [](const Question& q) { return q.rules.max_bins && *q.rules.max_bins < q.nodes->prebins; },
        [](Question& q) { q.rules.max_bins.reset(); }},
    LimitFamily{"trend", kOfRows, &Idle::shape,
                [](const Question& q) { return q.rules.trend != Trend::none; },
                [](Question& q) { q.rules.trend = Trend::none; }},
    LimitFamily{"strict_shape", kOfRows, &Idle::shape,
                [](const Question& q) { return q.path_rules().strict; },
                [](Question& q) { q.rules.strict_shape = false; }},
    LimitFamily{"min_rate_difference", kOfRows, &Idle::neighbours,
                [](const Question& q) { return q.rules.min_rate_difference > 0; },
                [](Question& q) { q.rules.min_rate_difference = 0; }},
    LimitFamily{"max_p_value", kOfRows, &Idle::neighbours,
                [](const Question& q) { return q.rules.max_p_value.value_or(1) < 1; },
                [](Question& q) { q.rules.max_p_value.reset(); }},
};

}  // namespace

std::span<const LimitFamily> limit_families() {
  return kFamilies;
}

double size_limit(const BinningRules& rules, double share, double total) {
  const double size = share * total;
  if (rules.size_basis == SizeBasis::weight) return size;
  // 0.07 of 100 is 7 records, though the product of the doubles is a little more.
  return std::ceil(size - 1e-9 * std::max(1.0, size * 1e-3));
}

double p_value_of_z(double z) {
  return std::erfc(z / std::sqrt(2.0));
}

// Newton's method from the left, where a convex falling function never lets it step too far.
double z_of_p_value(double p_value) {
  constexpr double kSlope = 0.7978845608028654;  // sqrt(2 / pi)
  double z = 0;
  for (int step = 0; step < 1000; ++step) {
    const double next = z + (p_value_of_z(z) - p_value) / (kSlope * std::exp(-z * z / 2));
    if (!(next > z)) break;
    z = next;
  }
  return z;
}

PathRules Question::path_rules() const {
  PathRules path{.trend = rules.trend,
                 .strict = false,
                 .min_bins = rules.min_bins.value_or(1),
                 .max_bins = std::min(rules.max_bins.value_or(nodes->prebins), nodes->prebins),
                 .difference = rules.min_rate_difference,
                 .z_squared = 0};
  path.strict = rules.strict_shape && path.curved();
  if (most_bins(*this) <= path.max_bins) path.max_bins = nodes->prebins;
  if (rules.max_p_value && *rules.max_p_value < 1) {
    const double z = z_of_p_value(*rules.max_p_value);
    path.z_squared = z * z;
  }
  return path;
}

Worth Question::worth() const {
  // Sums of weights carry rounding; records do not, and lose nothing by a slack below one.
  const double slack = 1e-12 * total;
  const double least_size = size_limit(rules, rules.min_bin_share, total) - slack;
  const double most_size = size_limit(rules, rules.max_bin_share, total) + slack;
  auto within = [](double value, const std::optional<double>& least,
                   const std::optional<double>& most) {
    const double rounding = 1e-12 * value;
    return value >= least.value_or(0) - rounding && value <= most.value_or(kAny) + rounding;
  };
  const Nodes& all = *nodes;
  Worth worth(all.divergence.size(), kNever);
  for (int end = 0, fixed = 0; end < all.prebins; ++end) {
    // Bins may start at the last fixed edge before their end, or later.
    for (int start = fixed; start <= end; ++start) {
      const std::size_t at = all.at(start, end);
      if (all.size[at] >= least_size && all.size[at] <= most_size &&
          within(all.events[at], rules.min_bin_events, rules.max_bin_events) &&
          within(all.nonevents[at], rules.min_bin_nonevents, rules.max_bin_nonevents))
        worth[at] = all.divergence[at];
    }
    const auto edge = static_cast<std::size_t>(end);
    if (edge < fixed_after.size() && fixed_after[edge]) fixed = end + 1;
  }
  return worth;
}

Found answer(const Question& question, const Worth& worth, Effort& effort) {
  Question plain = question;
  plain.rules.gamma = 0;
  const PathRules rules = plain.path_rules();
  PathSearch search{*plain.nodes, worth};
  if (rules.z_squared > 0 && plain.rules.p_value_policy == PValuePolicy::all)
    return best_of_all_pairs(search, rules, {}, effort);
  return search.best(rules, effort);
}

AlikeQuestions::AlikeQuestions(const Question& one)
    : worth_(one.worth()), search_(*one.nodes, worth_) {}

Found AlikeQuestions::answer(const Question& question, Effort& effort, const Wanted& wanted) {
  const PathRules rules = question.path_rules();
  const Spread spread{question.rules.gamma / question.nodes->clean_size};
  if (rules.z_squared > 0 && question.rules.p_value_policy == PValuePolicy::all)
    return best_of_all_pairs(search_, rules, spread, effort, wanted);
  return best_spread(search_, rules, spread, effort, wanted);
}

Found answer(const Question& question, Effort& effort, const Wanted& wanted) {
  return AlikeQuestions{question}.answer(question, effort, wanted);
}

}  // namespace credence
