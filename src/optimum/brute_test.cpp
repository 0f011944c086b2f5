#include <credence/optimum/sample_problem_test.h>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

namespace credence {
namespace {

constexpr double kAny = std::numeric_limits<double>::infinity();
constexpr double kEqual = 1e-12;

// Enumerates all partitions and keeps those that the rules allow, by the definitions alone.
class Brute {
 public:
  struct Row {
    std::vector<int> last;
    double objective = 0;
  };

  explicit Brute(const BinningProblem& problem) : problem_(problem), rules_(problem.rules) {
    const std::size_t prebins = problem.prebins.size();
    for (const Tally& prebin : problem.prebins) all_ += prebin;
    bins_.assign(prebins, std::vector<Bin>(prebins));
    for (std::size_t start = 0; start < prebins; ++start) {
      Tally sum;
      for (std::size_t end = start; end < prebins; ++end) {
        sum += problem.prebins[end];
        bins_[start][end] = bin_of(sum, start, end);
      }
    }
  }

  // A test's own further condition on a row of bins.
  std::function<bool(const std::vector<int>&)> also = [](const auto&) { return true; };

  std::optional<Row> best() const {
    const int prebins = static_cast<int>(problem_.prebins.size());
    std::vector<Row> rows;
    double best = -kAny;
    for (std::uint32_t edges = 0; edges < (1U << (prebins - 1)); ++edges) {
      Row row;
      for (int i = 0; i < prebins; ++i)
        if (i + 1 == prebins || (edges >> i & 1)) row.last.push_back(i);
      if (!keeps_rules(row)) continue;
      best = std::max(best, row.objective);
      rows.push_back(std::move(row));
    }
    const Row* chosen = nullptr;
    for (const Row& row : rows) {
      if (row.objective < best - 1e-12 * std::abs(best) - 1e-15) continue;
      auto key = [](const Row& r) { return std::pair{r.last.size(), r.last}; };
      if (!chosen || key(row) < key(*chosen)) chosen = &row;
    }
    return chosen ? std::optional{*chosen} : std::nullopt;
  }

 private:
  struct Bin {
    bool allowed = false;
    double rate = 0, size = 0, effective = 0, worth = 0;
  };

  double size(const Tally& tally) const {
    return rules_.size_basis == SizeBasis::records ? tally.records : tally.weight();
  }

  Bin bin_of(const Tally& sum, std::size_t start, std::size_t end) const {
    const double p = sum.events / all_.events, q = sum.nonevents / all_.nonevents;
    Bin bin{.allowed = true,
            .rate = sum.rate(),
            .size = size(sum),
            .effective = sum.weight() * sum.weight() / sum.squares,
            .worth = 0};
    switch (rules_.divergence) {
      case Divergence::iv:
        bin.worth = (p - q) * std::log(p / q);
        break;
      case Divergence::js:
        bin.worth = 0.5 * (p * std::log(2 * p / (p + q)) + q * std::log(2 * q / (p + q)));
        break;
      case Divergence::hellinger:
        bin.worth = 0.5 * std::pow(std::sqrt(p) - std::sqrt(q), 2);
        break;
      case Divergence::triangular:
        bin.worth = (p - q) * (p - q) / (p + q);
        break;
    }
    const bool both = rules_.divergence == Divergence::iv || rules_.divergence == Divergence::js;
    if (both && (sum.events <= 0 || sum.nonevents <= 0)) bin.allowed = false;
    double least = rules_.min_bin_share * problem_.total,
           most = rules_.max_bin_share * problem_.total;
    if (rules_.size_basis == SizeBasis::records)
      least = std::ceil(least - 1e-9), most = std::ceil(most - 1e-9);
    auto outside = [](double value, double low, double high) {
      return value < low - 1e-9 || value > high + 1e-9;
    };
    if (outside(bin.size, least, most) ||
        outside(sum.events, rules_.min_bin_events.value_or(0),
                rules_.max_bin_events.value_or(kAny)) ||
        outside(sum.nonevents, rules_.min_bin_nonevents.value_or(0),
                rules_.max_bin_nonevents.value_or(kAny)))
      bin.allowed = false;
    for (std::size_t edge = start; edge < end && edge < problem_.fixed_after.size(); ++edge)
      if (problem_.fixed_after[edge]) bin.allowed = false;
    return bin;
  }

  bool differ(const Bin& a, const Bin& b) const {
    if (!rules_.max_p_value) return true;
    const double pooled =
        (a.rate * a.effective + b.rate * b.effective) / (a.effective + b.effective);
    const double variance = pooled * (1 - pooled) * (1 / a.effective + 1 / b.effective);
    if (std::abs(a.rate - b.rate) <= kEqual) return *rules_.max_p_value >= 1;
    return std::erfc(std::abs(a.rate - b.rate) / std::sqrt(2 * variance)) <= *rules_.max_p_value;
  }

  bool keeps_rules(Row& row) const {
    const int count = static_cast<int>(row.last.size());
    if (count < rules_.min_bins.value_or(1) || count > rules_.max_bins.value_or(99)) return false;
    std::vector<const Bin*> bins;
    std::size_t start = 0;
    double least = kAny, most = 0;
    for (int end : row.last) {
      const Bin& bin = *bins.emplace_back(&bins_[start][static_cast<std::size_t>(end)]);
      if (!bin.allowed) return false;
      row.objective += bin.worth;
      least = std::min(least, bin.size), most = std::max(most, bin.size);
      start = static_cast<std::size_t>(end) + 1;
    }
    row.objective -= rules_.gamma * (most - least) / size(all_);
    for (std::size_t b = 1; b < bins.size(); ++b) {
      if (std::abs(bins[b]->rate - bins[b - 1]->rate) < rules_.min_rate_difference - kEqual)
        return false;
      for (std::size_t a = rules_.p_value_policy == PValuePolicy::all ? 0 : b - 1; a < b; ++a)
        if (!differ(*bins[a], *bins[b])) return false;
    }
    return keeps_trend(bins) && also(row.last);
  }

  bool keeps_trend(const std::vector<const Bin*>& bins) const {
    const int sign = rules_.trend == Trend::descending || rules_.trend == Trend::valley ||
                             rules_.trend == Trend::convex
                         ? -1
                         : 1;
    std::vector<int> steps;  // 1 up, -1 down, 0 equal
    for (std::size_t b = 1; b < bins.size(); ++b) {
      const double climb = sign * (bins[b]->rate - bins[b - 1]->rate);
      steps.push_back(climb > kEqual ? 1 : climb < -kEqual ? -1 : 0);
    }
    const auto up = [](int step) { return step > 0; };
    const auto down = [](int step) { return step < 0; };
    switch (rules_.trend) {
      case Trend::ascending:
      case Trend::descending:
        return std::none_of(steps.begin(), steps.end(), down);
      case Trend::peak:
      case Trend::valley:
        return std::none_of(std::find_if(steps.begin(), steps.end(), down), steps.end(), up);
      case Trend::concave:
      case Trend::convex:
        for (std::size_t b = 1; b + 1 < bins.size(); ++b)
          for (std::size_t a = 0; a < b; ++a)
            for (std::size_t c = b + 1; c < bins.size(); ++c) {
              if (!rules_.strict_shape && c - a > 2) continue;
              if (sign * (2 * bins[b]->rate - bins[a]->rate - bins[c]->rate) < -kEqual)
                return false;
            }
        return true;
      default:
        return true;
    }
  }

  const BinningProblem& problem_;
  const BinningRules& rules_;
  Tally all_;
  std::vector<std::vector<Bin>> bins_;
};

std::string text_of(const BinningProblem& problem) {
  const BinningRules& r = problem.rules;
  std::string text = fmt::format(
      "{} {} strict {} bins {}..{} size {}..{} of {} by {} events {}..{} nonevents {}..{} diff {} "
      "p {} all {} gamma {}\n",
      to_text(r.divergence), to_text(r.trend), r.strict_shape, r.min_bins.value_or(0),
      r.max_bins.value_or(0), r.min_bin_share, r.max_bin_share, problem.total,
      r.size_basis == SizeBasis::records ? "records" : "weight", r.min_bin_events.value_or(0),
      r.max_bin_events.value_or(0), r.min_bin_nonevents.value_or(0),
      r.max_bin_nonevents.value_or(0), r.min_rate_difference, r.max_p_value.value_or(1),
      r.p_value_policy == PValuePolicy::all, r.gamma);
  for (const Tally& t : problem.prebins)
    text += fmt::format("{{{}, {}, {}, {}}}, ", t.events, t.nonevents, t.records, t.squares);
  return text;
}

bool binds(const Certificate& certificate, std::string_view limit) {
  return std::find(certificate.binding.begin(), certificate.binding.end(), limit) !=
         certificate.binding.end();
}

TEST_CASE(
    "binning: solve equals enumeration of all partitions, ties included, on 12,000 random "
    "problems") {
  std::mt19937_64 random{20261121};
  int solved = 0, infeasible = 0;
  std::map<Trend, int> trends;
  for (int i = 0; i < 12'000; ++i) {
    const BinningProblem problem = sample::random_problem(random);
    CAPTURE(text_of(problem));
    auto outcome = solve(problem);
    REQUIRE_MESSAGE(outcome, to_text(outcome.error()));
    auto expected = Brute{problem}.best();
    REQUIRE(outcome->solution.has_value() == expected.has_value());
    REQUIRE(outcome->solution.has_value() != outcome->infeasible.has_value());
    ++trends[problem.rules.trend];
    if (!expected) {
      ++infeasible;
      continue;
    }
    ++solved;
    const BinningSolution& solution = *outcome->solution;
    REQUIRE(solution.certificate.objective == doctest::Approx(expected->objective).epsilon(1e-10));
    REQUIRE(solution.last == expected->last);
    REQUIRE(solution.certificate.optimality == Optimality::optimal);
    REQUIRE(solution.certificate.bound == solution.certificate.objective);
    auto checked = check(problem, solution);
    REQUIRE_MESSAGE(checked, to_text(checked.error()));
  }
  MESSAGE(solved, " solved, ", infeasible, " infeasible");
  CHECK(solved > 5'000);
  CHECK(infeasible > 500);
  for (auto [trend, count] : trends) CHECK(count > 1'000);
}

// The most fixed edges that any bins keep together with all other limits.
std::ptrdiff_t most_fixed_kept(const BinningProblem& problem) {
  BinningProblem open = problem;
  open.fixed_after.clear();
  Brute brute{open};
  std::ptrdiff_t most = 0;
  brute.also = [&](const std::vector<int>& last) {
    most = std::max(most, std::count_if(last.begin(), last.end() - 1, [&](int edge) {
                      return problem.fixed_after[static_cast<std::size_t>(edge)];
                    }));
    return true;
  };
  brute.best();
  return most;
}

TEST_CASE("binning: each relaxation makes bins exist, and a slightly stricter value does not") {
  std::mt19937_64 random{7};
  int relaxations = 0;
  std::map<std::string, int> limits;
  for (int i = 0; i < 3'000; ++i) {
    const BinningProblem problem = sample::random_problem(random);
    auto outcome = solve(problem);
    REQUIRE(outcome);
    if (!outcome->infeasible) continue;
    CAPTURE(text_of(problem));
    CHECK(!outcome->infeasible->reason.en.empty());
    for (const Infeasibility::Relaxation& relaxation : outcome->infeasible->relaxations) {
      CAPTURE(relaxation.limit);
      CAPTURE(relaxation.from.en);
      CAPTURE(relaxation.to.en);
      ++relaxations, ++limits[relaxation.limit];
      BinningProblem relaxed = problem;
      relaxed.rules = relaxation.rules;
      relaxed.fixed_after = relaxation.fixed_after;
      REQUIRE(Brute{relaxed}.best());
      REQUIRE(solve(relaxed)->solution);
      BinningRules& rules = relaxed.rules;
      constexpr double kBit = 1e-6;
      const double record = rules.size_basis == SizeBasis::records ? 0.9 / problem.total : kBit;
      if (relaxation.limit == "min_bins")
        ++*rules.min_bins;
      else if (relaxation.limit == "max_bins")
        --*rules.max_bins;
      else if (relaxation.limit == "min_bin_share")
        rules.min_bin_share += record;
      else if (relaxation.limit == "max_bin_share")
        rules.max_bin_share -= record * 1.2;
      else if (relaxation.limit == "min_bin_events")
        *rules.min_bin_events += kBit;
      else if (relaxation.limit == "max_bin_events")
        *rules.max_bin_events -= kBit;
      else if (relaxation.limit == "min_bin_nonevents")
        *rules.min_bin_nonevents += kBit;
      else if (relaxation.limit == "max_bin_nonevents")
        *rules.max_bin_nonevents -= kBit;
      else if (relaxation.limit == "min_rate_difference")
        rules.min_rate_difference += kBit;
      else if (relaxation.limit == "max_p_value")
        *rules.max_p_value *= 1 - kBit;
      else if (relaxation.limit == "fixed") {
        // No more of the fixed edges can be kept: whatever set of them has one more, nothing keeps
        // it.
        REQUIRE(most_fixed_kept(problem) ==
                std::count(relaxation.fixed_after.begin(), relaxation.fixed_after.end(), true));
        continue;
      } else
        continue;
      REQUIRE(!Brute{relaxed}.best());
    }
    const auto named = [&](std::string_view limit) {
      return std::any_of(outcome->infeasible->relaxations.begin(),
                         outcome->infeasible->relaxations.end(),
                         [&](const auto& relaxation) { return relaxation.limit == limit; });
    };
    BinningProblem no_trend = problem, any_size = problem, untested = problem, uncounted = problem;
    no_trend.rules.trend = Trend::none;
    any_size.rules.max_bin_share = 1;
    untested.rules.max_p_value.reset();
    uncounted.rules.min_bins.reset();
    CHECK(named("trend") == Brute{no_trend}.best().has_value());
    CHECK(named("max_bin_share") == Brute{any_size}.best().has_value());
    CHECK(named("max_p_value") == Brute{untested}.best().has_value());
    CHECK(named("min_bins") == Brute{uncounted}.best().has_value());
  }
  MESSAGE(relaxations, " relaxations");
  for (const auto& [limit, count] : limits) MESSAGE(limit, ": ", count);
  CHECK(limits.size() >= 12);
}

TEST_CASE(
    "binning: a cut that joins prebins beforehand loses under size limits, and solve does not") {
  // What is often done for an ascending trend: no edge after a prebin whose rate, joined with the
  // next one's, exceeds the next one's. It is right without size limits, and wrong with them.
  int lost = 0, found_nothing = 0, lost_without_limits = 0;
  for (const bool limited : {true, false}) {
    std::mt19937_64 random{11};
    for (int i = 0; i < 3'000; ++i) {
      const int prebins = 8 + static_cast<int>(random() % 3);
      BinningProblem problem =
          sample::problem_of(sample::small_prebins(random, prebins, false), Trend::ascending);
      problem.rules.divergence = Divergence::hellinger;
      if (limited && i % 2 == 0) problem.rules.min_bin_share = 0.15;
      if (limited && i % 2 == 1) problem.rules.max_bin_share = 0.3;
      auto outcome = solve(problem);
      REQUIRE(outcome);
      Brute cut{problem};
      cut.also = [&](const std::vector<int>& last) {
        return std::none_of(last.begin(), last.end() - 1, [&](int edge) {
          const auto at = static_cast<std::size_t>(edge);
          Tally both = problem.prebins[at];
          both += problem.prebins[at + 1];
          return both.rate() > problem.prebins[at + 1].rate();
        });
      };
      auto with_cut = cut.best();
      REQUIRE(outcome->solution.has_value() == Brute{problem}.best().has_value());
      if (!outcome->solution) continue;
      const double best = outcome->solution->certificate.objective;
      REQUIRE(best == doctest::Approx(Brute{problem}.best()->objective).epsilon(1e-10));
      const bool loses = !with_cut || with_cut->objective < best - 1e-9;
      (limited ? lost : lost_without_limits) += loses;
      if (!with_cut) ++found_nothing;
    }
  }
  MESSAGE("with size limits the cut lost ", lost, " times, ", found_nothing, " times all bins");
  CHECK(lost > 50);
  CHECK(found_nothing > 10);
  CHECK(lost_without_limits == 0);
}

TEST_CASE("binning: a limit binds exactly when the optimum without it is better") {
  std::mt19937_64 random{23};
  for (int i = 0; i < 1'000; ++i) {
    const BinningProblem problem = sample::random_problem(random);
    auto outcome = solve(problem);
    REQUIRE(outcome);
    if (!outcome->solution) continue;
    const Certificate& certificate = outcome->solution->certificate;
    CAPTURE(text_of(problem));
    for (const std::string limit : {"max_bins", "min_bin_share", "trend", "max_p_value", "fixed"}) {
      BinningProblem without = problem;
      if (limit == "max_bins") without.rules.max_bins.reset();
      if (limit == "min_bin_share") without.rules.min_bin_share = 0;
      if (limit == "trend") without.rules.trend = Trend::none;
      if (limit == "max_p_value") without.rules.max_p_value.reset();
      if (limit == "fixed") without.fixed_after.clear();
      CAPTURE(limit);
      const double better = Brute{without}.best()->objective - certificate.objective;
      CHECK(binds(certificate, limit) == (better > 1e-10));
    }
  }
}

}  // namespace
}  // namespace credence
