#pragma once

#include <functional>
#include <span>
#include <vector>

namespace credence {

// A symmetric matrix, row by row.
struct Matrix {
  std::size_t size = 0;
  std::vector<double> at;
  explicit Matrix(std::size_t n = 0) : size(n), at(n * n, 0.0) {}
  double& operator()(std::size_t i, std::size_t j) { return at[i * size + j]; }
  double operator()(std::size_t i, std::size_t j) const { return at[i * size + j]; }
};

// Solves `matrix` x = right for a positive definite matrix (Cholesky, in place); false when it is
// not positive definite in floating point.
bool solve_positive(Matrix matrix, std::span<double> right);
// The inverse, or an empty matrix.
Matrix inverse(const Matrix& matrix);
// Smallest and largest eigenvalue of a symmetric matrix (Jacobi rotations).
struct Spectrum {
  double smallest = 0, largest = 0;
};
Spectrum spectrum(Matrix matrix);

// A smooth convex function over a box.
struct ConvexProblem {
  std::function<double(std::span<const double>)> value;
  std::function<void(std::span<const double>, std::vector<double>&)> slope;  // the gradient
  std::function<void(std::span<const double>, Matrix&)> curvature;           // the Hessian
  std::vector<double> lower, upper;                                          // may be infinite
};

struct BoxOptimum {
  std::vector<double> at;
  double value = 0;  // before the last step, which could make it fall by `left`
  Matrix hessian;    // at the point before the last step, or, unconfirmed, an earlier one
  double left = 0;   // by how much the last quadratic model says the value could still fall
  int rounds = 0;
  bool converged = false;
};

struct BoxNewtonOptions {
  int rounds = 60;
  double tolerance = 1e-12;  // of `left`, relative to the value
  int fresh = 1;  // rounds with a Hessian of their own, before that of an earlier point may do
  // Whether what is left, and the Hessian, are told of the last point itself: it costs a Hessian.
  bool confirm = true;
};

// Newton's method. The Hessian, which costs more than all else, is that of an earlier point as long
// as `left` falls fast with it. Steps solve the quadratic model within the box (primal-dual active
// sets, Hintermueller, Ito and Kunisch 2003; coordinate descent when they cycle), with a line
// search.
BoxOptimum minimise(const ConvexProblem& problem, std::vector<double> start,
                    const BoxNewtonOptions& options = {});

}  // namespace credence
