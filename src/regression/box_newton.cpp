#include <credence/regression/box_newton.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

namespace credence {

namespace {

// Directions without any curvature (a cell without rows) must not make a step infinite.
constexpr double kDamping = 1e-9;

using Lanes [[gnu::vector_size(8 * sizeof(double))]] = double;

[[gnu::always_inline]] inline void load(Lanes& lanes, const double* from) {
  std::memcpy(&lanes, from, sizeof lanes);
}

// Eight running sums, in the same order on every processor.
[[gnu::always_inline]] inline double dot(const double* a, const double* b, std::size_t size) {
  Lanes sums = {};
  std::size_t k = 0;
  for (; k + 8 <= size; k += 8) {
    Lanes left, right;
    load(left, a + k);
    load(right, b + k);
    sums += left * right;
  }
  double out =
      ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
  for (; k < size; ++k) out += a[k] * b[k];
  return out;
}

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx512f", "avx2", "default")]]
#endif
bool factorise(Matrix& m) {
  for (std::size_t i = 0; i < m.size; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = m(i, j) - dot(&m.at[i * m.size], &m.at[j * m.size], j);
      if (i != j) {
        m(i, j) = sum / m(j, j);
      } else if (sum > 1e-14 * m(i, i)) {
        m(i, i) = std::sqrt(sum);
      } else {
        return false;
      }
    }
  }
  return true;
}

void substitute(const Matrix& factor, std::span<double> right) {
  for (std::size_t i = 0; i < factor.size; ++i) {
    for (std::size_t k = 0; k < i; ++k) right[i] -= factor(i, k) * right[k];
    right[i] /= factor(i, i);
  }
  for (std::size_t i = factor.size; i-- > 0;) {
    right[i] /= factor(i, i);
    for (std::size_t k = 0; k < i; ++k) right[k] -= factor(i, k) * right[i];
  }
}

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx512f", "avx2", "default")]]
#endif
void add_product(const Matrix& matrix, const std::vector<double>& x, std::vector<double>& to) {
  for (std::size_t i = 0; i < to.size(); ++i)
    to[i] += dot(&matrix.at[i * matrix.size], x.data(), x.size());
}

enum class Side : std::uint8_t { free, lower, upper };

// The factor of the rows and columns of a Hessian that are free; kept from step to step, because
// most steps are of the same Hessian and leave the same variables free.
struct FreeFactor {
  std::vector<std::size_t> free;
  Matrix factor;
  bool known = false;
};

// min g d + d H d / 2 with low <= d <= high.
struct QuadraticModel {
  const Matrix& hessian;
  const std::vector<double>& gradient;
  std::vector<double> low, high;

  std::vector<double> slope(const std::vector<double>& step) const {
    std::vector<double> out = gradient;
    add_product(hessian, step, out);
    return out;
  }

  // By how much the model falls.
  double gain(const std::vector<double>& step, const std::vector<double>& slope_there) const {
    double sum = 0;
    for (std::size_t i = 0; i < step.size(); ++i)
      sum -= (gradient[i] + slope_there[i]) * step[i] / 2;
    return std::max(0.0, sum);
  }
};

bool factorise_free(const Matrix& hessian, std::vector<std::size_t> free, FreeFactor& kept) {
  if (kept.known && kept.free == free) return true;
  kept.factor = Matrix(free.size());
  for (std::size_t a = 0; a < free.size(); ++a) {
    for (std::size_t b = 0; b < free.size(); ++b) kept.factor(a, b) = hessian(free[a], free[b]);
    kept.factor(a, a) += kDamping * (1 + kept.factor(a, a));
  }
  kept.free = std::move(free);
  kept.known = factorise(kept.factor);
  return kept.known;
}

std::vector<double> step_on(const QuadraticModel& model, const std::vector<Side>& sides,
                            FreeFactor& kept) {
  std::size_t n = sides.size();
  std::vector<double> step(n, 0.0), right;
  std::vector<std::size_t> free;
  for (std::size_t i = 0; i < n; ++i) {
    if (sides[i] == Side::lower) step[i] = model.low[i];
    if (sides[i] == Side::upper) step[i] = model.high[i];
    if (sides[i] == Side::free) free.push_back(i);
  }
  std::vector<double> slope = model.slope(step);
  for (std::size_t i : free) right.push_back(-slope[i]);
  if (!factorise_free(model.hessian, free, kept)) return {};
  substitute(kept.factor, right);
  for (std::size_t a = 0; a < free.size(); ++a) step[free[a]] = right[a];
  return step;
}

// Moves each variable to the side that its step and its multiplier ask for; false when none moved.
bool change_sides(const QuadraticModel& model, const std::vector<double>& step,
                  const std::vector<double>& slope, std::vector<Side>& sides) {
  bool changed = false;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    Side next = sides[i];
    if (next == Side::free && step[i] < model.low[i])
      next = Side::lower;
    else if (next == Side::free && step[i] > model.high[i])
      next = Side::upper;
    else if (next == Side::lower && slope[i] < 0)
      next = Side::free;
    else if (next == Side::upper && slope[i] > 0)
      next = Side::free;
    changed = changed || next != sides[i];
    sides[i] = next;
  }
  return changed;
}

std::vector<double> by_coordinates(const QuadraticModel& model) {
  std::vector<double> step(model.gradient.size(), 0.0), slope = model.gradient;
  for (int sweep = 0; sweep < 1000; ++sweep) {
    double moved = 0;
    for (std::size_t i = 0; i < step.size(); ++i) {
      double curve = model.hessian(i, i) + kDamping;
      double to = std::clamp(step[i] - slope[i] / curve, model.low[i], model.high[i]);
      double change = to - step[i];
      if (change == 0) continue;
      step[i] = to;
      for (std::size_t j = 0; j < step.size(); ++j) slope[j] += model.hessian(j, i) * change;
      moved = std::max(moved, std::abs(change));
    }
    if (moved < 1e-13) break;
  }
  return step;
}

constexpr double kUnknown = std::numeric_limits<double>::infinity();
constexpr double kFast = 0.1;  // `left` falls to less than this share from step to step

struct Step {
  std::vector<double> by;
  double gain = 0;
};

Step best_step(const QuadraticModel& model, std::vector<Side>& sides, FreeFactor& kept) {
  for (int round = 0; round < 40; ++round) {
    Step step{step_on(model, sides, kept)};
    if (step.by.empty()) break;
    const std::vector<double> slope = model.slope(step.by);
    step.gain = model.gain(step.by, slope);
    if (!change_sides(model, step.by, slope, sides)) return step;
  }
  Step step{by_coordinates(model)};
  step.gain = model.gain(step.by, model.slope(step.by));
  return step;
}

}  // namespace

bool solve_positive(Matrix matrix, std::span<double> right) {
  if (!factorise(matrix)) return false;
  substitute(matrix, right);
  return true;
}

Matrix inverse(const Matrix& matrix) {
  Matrix factor = matrix;
  if (!factorise(factor)) return Matrix(0);
  Matrix out(matrix.size);
  std::vector<double> column(matrix.size);
  for (std::size_t j = 0; j < matrix.size; ++j) {
    std::fill(column.begin(), column.end(), 0.0);
    column[j] = 1;
    substitute(factor, column);
    for (std::size_t i = 0; i < matrix.size; ++i) out(i, j) = column[i];
  }
  return out;
}

Spectrum spectrum(Matrix m) {
  if (m.size == 0) return {};
  for (int sweep = 0; sweep < 60; ++sweep) {
    double off = 0;
    for (std::size_t p = 0; p < m.size; ++p) {
      for (std::size_t q = p + 1; q < m.size; ++q) {
        off += m(p, q) * m(p, q);
        if (std::abs(m(p, q)) < 1e-300) continue;
        double theta = (m(q, q) - m(p, p)) / (2 * m(p, q));
        double t = (theta >= 0 ? 1 : -1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
        double c = 1 / std::sqrt(t * t + 1), s = t * c;
        for (std::size_t k = 0; k < m.size; ++k) {
          double a = m(k, p), b = m(k, q);
          m(k, p) = c * a - s * b;
          m(k, q) = s * a + c * b;
        }
        for (std::size_t k = 0; k < m.size; ++k) {
          double a = m(p, k), b = m(q, k);
          m(p, k) = c * a - s * b;
          m(q, k) = s * a + c * b;
        }
      }
    }
    if (off < 1e-24) break;
  }
  Spectrum out{m(0, 0), m(0, 0)};
  for (std::size_t i = 1; i < m.size; ++i) {
    out.smallest = std::min(out.smallest, m(i, i));
    out.largest = std::max(out.largest, m(i, i));
  }
  return out;
}

BoxOptimum minimise(const ConvexProblem& problem, std::vector<double> start,
                    const BoxNewtonOptions& options) {
  BoxOptimum best;
  std::size_t n = start.size();
  for (std::size_t i = 0; i < n; ++i)
    start[i] = std::clamp(start[i], problem.lower[i], problem.upper[i]);
  best.at = std::move(start);
  best.value = problem.value(best.at);
  std::vector<Side> sides(n, Side::free);
  std::vector<double> gradient(n), trial(n);
  best.hessian = Matrix(n);
  FreeFactor kept;
  for (; best.rounds < options.rounds; ++best.rounds) {
    problem.slope(best.at, gradient);
    QuadraticModel model{best.hessian, gradient, problem.lower, problem.upper};
    for (std::size_t i = 0; i < n; ++i) {
      model.low[i] -= best.at[i];
      model.high[i] -= best.at[i];
    }
    Step step;
    auto look = [&] {
      step = best_step(model, sides, kept);
      return step.gain;
    };
    auto is_enough = [&](double left) {
      return left <= options.tolerance * (1 + std::abs(best.value));
    };
    double left = best.rounds >= options.fresh ? look() : kUnknown;
    if (left > kFast * best.left || (options.confirm && is_enough(left))) {
      problem.curvature(best.at, best.hessian);
      kept.known = false;
      left = look();
    }
    best.left = left;
    if (is_enough(left)) {
      // The value can no longer tell points apart here, and the last full step still brings the
      // point itself as near again as all steps before it.
      for (std::size_t i = 0; i < n; ++i)
        best.at[i] = std::clamp(best.at[i] + step.by[i], problem.lower[i], problem.upper[i]);
      best.converged = true;
      break;
    }
    double length = 1, value = best.value;
    for (; length > 1e-10; length /= 2) {
      for (std::size_t i = 0; i < n; ++i)
        trial[i] = std::clamp(best.at[i] + length * step.by[i], problem.lower[i], problem.upper[i]);
      value = problem.value(trial);
      if (value <= best.value - 1e-4 * length * best.left) break;
    }
    if (!(value < best.value)) break;
    best.at = trial;
    best.value = value;
  }
  return best;
}

}  // namespace credence
