#include <credence/training/row_losses.h>

#include <cstring>

namespace credence {

namespace {

constexpr std::size_t kLanes = 4;
using Lanes [[gnu::vector_size(kLanes * sizeof(double))]] = double;
using Bits [[gnu::vector_size(kLanes * sizeof(double))]] = long long;

constexpr double kLog2E = 1.4426950408889634;
constexpr double kLn2High = 0x1.62e42fee00000p-1, kLn2Low = 0x1.a39ef35793c76p-33;
constexpr double kToWhole = 0x1.8p52;  // added, it leaves the nearest whole number in the low bits
constexpr double kLeast = -700;        // e^-700 is nothing beside 1, and still a normal number

// 1 / k! and 1 / (2 k + 1), from the last term that a double can see.
constexpr double kExp[] = {1. / 6227020800,
                           1. / 479001600,
                           1. / 39916800,
                           1. / 3628800,
                           1. / 362880,
                           1. / 40320,
                           1. / 5040,
                           1. / 720,
                           1. / 120,
                           1. / 24,
                           1. / 6,
                           1. / 2,
                           1.,
                           1.};
constexpr double kAtanh[] = {1. / 33, 1. / 31, 1. / 29, 1. / 27, 1. / 25, 1. / 23,
                             1. / 21, 1. / 19, 1. / 17, 1. / 15, 1. / 13, 1. / 11,
                             1. / 9,  1. / 7,  1. / 5,  1. / 3,  1.};

template <std::size_t kTerms>
[[gnu::always_inline]] inline void series(const double (&terms)[kTerms], const Lanes& x,
                                          Lanes& out) {
  out = Lanes{} + terms[0];
  for (std::size_t k = 1; k < kTerms; ++k) out = out * x + terms[k];
}

// e^x for -700 <= x <= 0: 2^n e^r with |r| <= ln 2 / 2, and Taylor's series of e^r.
[[gnu::always_inline]] inline void exponential(const Lanes& x, Lanes& out) {
  const Lanes shifted = x * kLog2E + kToWhole;
  const Lanes whole = shifted - kToWhole;
  series(kExp, (x - whole * kLn2High) - whole * kLn2Low, out);
  Bits scaled, power;
  std::memcpy(&scaled, &out, sizeof out);
  std::memcpy(&power, &shifted, sizeof shifted);
  scaled += power << 52;
  std::memcpy(&out, &scaled, sizeof out);
}

// ln(1 + e) for 0 <= e <= 1: 2 atanh(e / (2 + e)), whose argument is at most a third.
[[gnu::always_inline]] inline void log_of_one_plus(const Lanes& e, Lanes& out) {
  const Lanes z = e / (2 + e);
  series(kAtanh, z * z, out);
  out *= 2 * z;
}

struct RowArrays {
  const double *bad, *weights, *log_odds;
  double *slope, *curvature;
};

[[gnu::always_inline]] inline void load(Lanes& lanes, const double* from) {
  std::memcpy(&lanes, from, sizeof lanes);
}

[[gnu::always_inline]] inline void add_losses(const RowArrays& at, std::size_t row, Lanes& sum) {
  Lanes bad, weight, x, e, log;
  load(bad, at.bad + row);
  load(weight, at.weights + row);
  load(x, at.log_odds + row);
  const Lanes zero = {};
  Lanes far = x > zero ? -x : x;
  far = far > zero + kLeast ? far : zero + kLeast;
  exponential(far, e);
  log_of_one_plus(e, log);
  const Lanes likely = 1 / (1 + e);
  const Lanes p = x > zero ? likely : e * likely;
  const Lanes slope = weight * (p - bad), curvature = weight * (e * likely * likely);
  std::memcpy(at.slope + row, &slope, sizeof slope);
  std::memcpy(at.curvature + row, &curvature, sizeof curvature);
  sum += weight * ((x > zero ? x : zero) - bad * x + log);
}

// Not for FMA, which would round otherwise.
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx2", "default")]]
#endif
double sum_of_losses(const RowArrays& at, std::size_t rows) {
  Lanes sum = {};
  for (std::size_t row = 0; row < rows; row += kLanes) add_losses(at, row, sum);
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

}  // namespace

RowLosses::RowLosses(const History& history)
    : rows_(history.rows()),
      bad_(history.bad.begin(), history.bad.end()),
      weights_(history.weights),
      log_odds_(rows_) {
  const std::size_t padded = (rows_ + kLanes - 1) / kLanes * kLanes;
  for (auto* values : {&bad_, &weights_, &log_odds_, &slope_, &curvature_}) values->resize(padded);
}

double RowLosses::evaluate() {
  const RowArrays arrays{bad_.data(), weights_.data(), log_odds_.data(), slope_.data(),
                         curvature_.data()};
  return sum_of_losses(arrays, log_odds_.size());
}

}  // namespace credence
