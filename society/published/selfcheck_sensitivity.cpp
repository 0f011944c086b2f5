#include <credence/design/design.h>
#include <credence/published/selfcheck.h>

#include <array>
#include <cmath>
#include <numbers>

namespace credence {
namespace {

constexpr std::string_view kIshigamiSource =
    "Ishigami and Homma 1990; exact moments. Sobol 1993, G function. Morris 1991; Campolongo, "
    "Cariboni and Saltelli 2007";
constexpr std::size_t kBase = std::size_t{1} << 16;
constexpr std::size_t kTrajectories = 10'000;
constexpr int kLevels = 4;
constexpr double kShareError = .023;  // of plain keyed draws at the full base
constexpr std::array<double, 8> kSobolA{0, 1, 4.5, 9, 99, 99, 99, 99};

// Inputs in [0, 1], as the published effects count them.
double ishigami_of_unit(std::span<const double> u, double b) {
  std::array<double, 3> x{};
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = std::numbers::pi * (2 * u[i] - 1);
  return ishigami(x, b);
}

template <class Function>
std::vector<double> outcomes_of(const Design& design, Crew& crew, const Function& function) {
  std::vector<double> outcomes(design.size());
  crew.work(design.size(), [&](const PeopleBlock& block, unsigned) {
    for (std::size_t at = block.first; at < block.last; ++at)
      outcomes[at] = function(design.point(at));
  });
  return outcomes;
}

// Every place of the grid that a trajectory can move from, instead of some drawn by chance.
double exact_effect(std::size_t input, double b) {
  constexpr double kStep = kLevels / (2. * (kLevels - 1));
  double sum = 0;
  int places = 0;
  for (int a = 0; a < kLevels / 2; ++a) {
    for (int one = 0; one < kLevels; ++one) {
      for (int other = 0; other < kLevels; ++other, ++places) {
        std::array<double, 3> u{};
        u[input] = a / (kLevels - 1.);
        u[(input + 1) % 3] = one / (kLevels - 1.);
        u[(input + 2) % 3] = other / (kLevels - 1.);
        double before = ishigami_of_unit(u, b);
        u[input] += kStep;
        sum += std::abs(ishigami_of_unit(u, b) - before) / kStep;
      }
    }
  }
  return sum / places;
}

std::string input_name(std::size_t input) {
  return "input " + std::to_string(input + 1);
}

void check_ishigami(CheckList& list, double b, const SelfcheckRun& run) {
  const std::array<double, 3> first{.313905, .442411, 0}, total{.557589, .442411, .243684};
  const std::vector<DesignInput> inputs(3);
  const KeyedDraws draws(run.setting.seed, 0);
  Design design = sobol_design(inputs, list.runs(kBase), draws);
  auto outcomes = outcomes_of(design, run.crew, [b](auto u) { return ishigami_of_unit(u, b); });
  auto indices = sobol_indices(inputs.size(), outcomes, draws);
  double sum = 0, squares = 0;
  for (std::size_t at = 0; at < outcomes.size(); at += inputs.size() + 2) {
    sum += outcomes[at];
    squares += outcomes[at] * outcomes[at];
  }
  const auto rows = static_cast<double>(list.runs(kBase));
  // Four standard errors: deviation 3.72, fourth central moment 3.5 times the variance squared.
  list.sampled("J6", "Ishigami: mean", 3.5, sum / rows, .058, kBase);
  list.sampled("J6", "Ishigami: variance", 13.844588, squares / rows - sum * sum / rows / rows, .35,
               kBase);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    list.sampled("J6", "Ishigami: first-order share of variance, " + input_name(i), first[i],
                 indices[i].first, kShareError, kBase);
    list.sampled("J6", "Ishigami: total share of variance, " + input_name(i), total[i],
                 indices[i].total, kShareError, kBase);
  }
}

void check_sobol_g(CheckList& list, const SelfcheckRun& run) {
  const std::array<double, 5> first{.716192, .179048, .023676, .007162, .000072};
  const std::array<double, 5> total{.787144, .242198, .034317, .010460, .000105};
  const std::vector<DesignInput> inputs(kSobolA.size());
  const KeyedDraws draws(run.setting.seed, 1);
  Design design = sobol_design(inputs, list.runs(kBase), draws);
  auto outcomes = outcomes_of(design, run.crew, [](auto u) { return sobol_g(u, kSobolA); });
  auto indices = sobol_indices(inputs.size(), outcomes, draws);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    std::size_t row = std::min<std::size_t>(i, first.size() - 1);
    list.sampled("J6", "Sobol's G: first-order share of variance, " + input_name(i), first[row],
                 indices[i].first, kShareError, kBase);
    list.sampled("J6", "Sobol's G: total share of variance, " + input_name(i), total[row],
                 indices[i].total, kShareError, kBase);
  }
}

void check_morris(CheckList& list, double b, const SelfcheckRun& run) {
  const std::array<double, 3> published{7.70405, 7.875, 6.24880};
  // Four standard errors of 10,000 effects; the second input's is the same everywhere.
  const std::array<double, 3> within{.25, 1e-9, .25};
  const std::vector<DesignInput> inputs(3);
  const KeyedDraws draws(run.setting.seed, 2);
  Design design = morris_design(inputs, list.runs(kTrajectories), kLevels, draws);
  auto outcomes = outcomes_of(design, run.crew, [b](auto u) { return ishigami_of_unit(u, b); });
  auto effects = morris_effects(design, outcomes, inputs, kLevels, draws);
  for (std::size_t i = 0; i < published.size(); ++i) {
    std::string name = "Ishigami: mean size of elementary effects, " + input_name(i);
    list.exact("J6", name + ", every place of the grid", published[i], exact_effect(i, b), 6e-6);
    list.sampled("J6", name + ", trajectories", published[i], effects[i].mu_star, within[i],
                 kTrajectories);
  }
}

}  // namespace

double exact_sine(double x) {
  constexpr double kPi = std::numbers::pi;
  x -= 2 * kPi * std::floor(x / (2 * kPi) + .5);  // to -pi .. pi
  if (x > kPi / 2) x = kPi - x;
  if (x < -kPi / 2) x = -kPi - x;
  double term = x, sum = x;
  for (int n = 1; n < 14; ++n) {
    term *= -x * x / (2. * n * (2. * n + 1));
    sum += term;
  }
  return sum;
}

double ishigami(std::span<const double> x, double b) {
  double first = exact_sine(x[0]), second = exact_sine(x[1]);
  return first + 7 * second * second + b * x[2] * x[2] * x[2] * x[2] * first;
}

double sobol_g(std::span<const double> x, std::span<const double> a) {
  double product = 1;
  for (std::size_t i = 0; i < x.size(); ++i)
    product *= (std::abs(4 * x[i] - 2) + a[i]) / (1 + a[i]);
  return product;
}

std::vector<PublishedCheck> check_sensitivity(const SelfcheckRun& run) {
  CheckList list(kIshigamiSource, run.setting.effort);
  const double b = .1 * run.change.third_input_times;
  check_ishigami(list, b, run);
  check_sobol_g(list, run);
  check_morris(list, b, run);
  return list.take();
}

}  // namespace credence
