#include <credence/regression/row_losses.h>

#include <algorithm>
#include <cstring>

namespace credence {

namespace {

// Rows are summed in eight turns, whatever the vectors of a processor hold.
constexpr std::size_t kTurns = 8;
template <std::size_t kLanes>
struct Vectors {
  using Reals [[gnu::vector_size(kLanes * sizeof(double))]] = double;
  using Bits [[gnu::vector_size(kLanes * sizeof(double))]] = long long;
};

constexpr double kLog2E = 1.4426950408889634;
constexpr double kLn2 = 0x1.62e42fefa39efp-1;
constexpr double kLn2High = 0x1.62e42fee00000p-1, kLn2Low = 0x1.a39ef35793c76p-33;
constexpr double kToWhole = 0x1.8p52;  // added, it leaves the nearest whole number in the low bits
constexpr double kLeast = -700;        // e^-700 is nothing beside 1, and still a normal number
constexpr double kRootTwoLessOne = 0.41421356237309503;

// 1 / k! and 1 / (2 k + 1), up to the last term that a double can see.
constexpr double kExp[] = {1.,
                           1.,
                           1. / 2,
                           1. / 6,
                           1. / 24,
                           1. / 120,
                           1. / 720,
                           1. / 5040,
                           1. / 40320,
                           1. / 362880,
                           1. / 3628800,
                           1. / 39916800,
                           1. / 479001600,
                           1. / 6227020800};
constexpr double kAtanh[] = {1.,      1. / 3,  1. / 5,  1. / 7,  1. / 9, 1. / 11,
                             1. / 13, 1. / 15, 1. / 17, 1. / 19, 1. / 21};

// The terms kFirst, kFirst + kStride, ... of a series as a polynomial of x^kStride, by halves that
// do not wait for each other (G. Estrin, 1960); powers are x, x^2, x^4, x^8.
template <std::size_t kFirst, std::size_t kStride, class Lanes, std::size_t kTerms>
[[gnu::always_inline]] inline void series(const double (&terms)[kTerms], const Lanes* powers,
                                          Lanes& out) {
  if constexpr (kFirst + kStride >= kTerms) {
    out = Lanes{} + terms[kFirst];
  } else {
    Lanes odd;
    series<kFirst, 2 * kStride>(terms, powers + 1, out);
    series<kFirst + kStride, 2 * kStride>(terms, powers + 1, odd);
    out += odd * powers[0];
  }
}

template <class Lanes, std::size_t kTerms>
[[gnu::always_inline]] inline void sum_series(const double (&terms)[kTerms], const Lanes& x,
                                              Lanes& out) {
  static_assert(kTerms <= 16);
  const Lanes square = x * x, fourth = square * square;
  const Lanes powers[] = {x, square, fourth, fourth * fourth};
  series<0, 1>(terms, powers, out);
}

// e^x for -700 <= x <= 0: 2^n e^r with |r| <= ln 2 / 2, and Taylor's series of e^r.
template <class Bits, class Lanes>
[[gnu::always_inline]] inline void exponential(const Lanes& x, Lanes& out) {
  const Lanes shifted = x * kLog2E + kToWhole;
  const Lanes whole = shifted - kToWhole;
  sum_series(kExp, (x - whole * kLn2High) - whole * kLn2Low, out);
  Bits scaled, power;
  std::memcpy(&scaled, &out, sizeof out);
  std::memcpy(&power, &shifted, sizeof shifted);
  scaled += power << 52;
  std::memcpy(&out, &scaled, sizeof out);
}

// ln(1 + e) for 0 <= e <= 1: 2 atanh(e / (2 + e)), and above the root of 2 that of half of 1 + e
// beside ln 2, so that the argument is at most 0.172 and eleven terms do.
template <class Lanes>
[[gnu::always_inline]] inline void log_of_one_plus(const Lanes& e, Lanes& out) {
  const Lanes zero = {};
  const auto far = e > zero + kRootTwoLessOne;
  const Lanes z = (far ? e - 1 : e) / (far ? e + 3 : e + 2);
  sum_series(kAtanh, z * z, out);
  out = out * (2 * z) + (far ? zero + kLn2 : zero);
}

template <class Lanes>
[[gnu::always_inline]] inline void load(Lanes& lanes, const double* from) {
  std::memcpy(&lanes, from, sizeof lanes);
}

[[gnu::always_inline]] inline double sum_of(const double (&turns)[kTurns]) {
  return ((turns[0] + turns[1]) + (turns[2] + turns[3])) +
         ((turns[4] + turns[5]) + (turns[6] + turns[7]));
}

struct RowArrays {
  const double *signed_weights, *log_odds;
  double *slopes, *curvatures;
};

template <std::size_t kLanes>
[[gnu::always_inline]] inline void add_losses(const RowArrays& at, std::size_t row,
                                              typename Vectors<kLanes>::Reals& loss,
                                              typename Vectors<kLanes>::Reals& slope_sum) {
  using Lanes = typename Vectors<kLanes>::Reals;
  const Lanes zero = {};
  Lanes signed_weight, x, e, log;
  load(signed_weight, at.signed_weights + row);
  load(x, at.log_odds + row);
  // Of a bad row the odds of good: its loss is that of a good row at the other side.
  const auto bad = signed_weight < zero;
  x = bad ? -x : x;
  const Lanes weight = bad ? -signed_weight : signed_weight;
  Lanes far = x > zero ? -x : x;
  far = far > zero + kLeast ? far : zero + kLeast;
  exponential<typename Vectors<kLanes>::Bits>(far, e);
  log_of_one_plus(e, log);
  const Lanes likely = 1 / (1 + e);
  const Lanes slope = signed_weight * (x > zero ? likely : e * likely);
  const Lanes curvature = weight * (e * likely * likely);
  std::memcpy(at.slopes + row, &slope, sizeof slope);
  std::memcpy(at.curvatures + row, &curvature, sizeof curvature);
  loss += weight * ((x > zero ? x : zero) + log);
  slope_sum += slope;
}

template <std::size_t kLanes>
[[gnu::always_inline]] inline RowLosses::Sums losses_in(const RowArrays& at, std::size_t rows) {
  using Lanes = typename Vectors<kLanes>::Reals;
  constexpr std::size_t parts = kTurns / kLanes;
  Lanes loss[parts] = {}, slope[parts] = {};
  for (std::size_t row = 0; row < rows; row += kTurns)
    for (std::size_t part = 0; part < parts; ++part)
      add_losses<kLanes>(at, row + part * kLanes, loss[part], slope[part]);
  double losses[kTurns], slopes[kTurns];
  std::memcpy(losses, loss, sizeof losses);
  std::memcpy(slopes, slope, sizeof slopes);
  return {sum_of(losses), sum_of(slopes)};
}

// Without FMA, which would round otherwise (CMakeLists.txt).
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target("avx512f")]] RowLosses::Sums losses_of(const RowArrays& at, std::size_t rows) {
  return losses_in<8>(at, rows);
}
[[gnu::target("avx2")]] RowLosses::Sums losses_of(const RowArrays& at, std::size_t rows) {
  return losses_in<4>(at, rows);
}
[[gnu::target("default")]]
#endif
RowLosses::Sums losses_of(const RowArrays& at, std::size_t rows) {
  return losses_in<2>(at, rows);
}

std::size_t whole_vectors(std::size_t rows) {
  return (rows + kTurns - 1) / kTurns * kTurns;
}

}  // namespace

RowLosses::RowLosses(const History& history)
    : rows_(history.rows()),
      signed_weights_(whole_vectors(rows_)),
      curvature_(signed_weights_.size()) {
  for (std::size_t row = 0; row < rows_; ++row) signed_weights_[row] = signed_weight(history, row);
}

RowLosses::Sums RowLosses::evaluate(std::size_t from, std::span<const double> log_odds,
                                    std::span<double> slope) {
  const std::size_t rows = std::min(log_odds.size(), signed_weights_.size() - from);
  return losses_of({&signed_weights_[from], log_odds.data(), slope.data(), &curvature_[from]},
                   rows);
}

double mean_log_loss(const History& history, std::span<const double> log_odds) {
  RowLosses::Block signed_weights, of_rows, slope, curvature;
  double total = 0;
  for (std::size_t from = 0; from < history.rows(); from += RowLosses::kBlock) {
    const std::size_t rows = std::min(RowLosses::kBlock, history.rows() - from);
    if (rows < RowLosses::kBlock) signed_weights.fill(0), of_rows.fill(0);
    for (std::size_t i = 0; i < rows; ++i) signed_weights[i] = signed_weight(history, from + i);
    std::ranges::copy(log_odds.subspan(from, rows), of_rows.begin());
    total += losses_of({signed_weights.data(), of_rows.data(), slope.data(), curvature.data()},
                       whole_vectors(rows))
                 .loss;
  }
  return history.rows() == 0 ? 0 : total / history.total;
}

}  // namespace credence
