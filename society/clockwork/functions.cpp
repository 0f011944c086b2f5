#include <credence/clockwork/functions.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace credence {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();

// The logarithm of 2 in two parts; the first ends in 21 zero bits, so that its product with any
// exponent is exact.
constexpr double kLog2High = 0x1.62e42feep-1;
constexpr double kLog2Low = 0x1.a39ef35793c76p-33;
constexpr double kLog2Rest = 0x1.cc01f97b57a08p-87;

// An unevaluated sum of two doubles, the second below half a last place of the first.
struct Pair {
  double high = 0, low = 0;
};

// Knuth's two-sum: exact.
Pair exact_sum(double a, double b) {
  double sum = a + b;
  double part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}

// Dekker's product (1971): exact as long as nothing overflows; |a|, |b| < 2^990.
Pair exact_product(double a, double b) {
  auto split = [](double x) -> Pair {
    double scaled = 134217729.0 * x;  // 2^27 + 1
    double high = scaled - (scaled - x);
    return {high, x - high};
  };
  Pair left = split(a), right = split(b);
  double product = a * b;
  double error = ((left.high * right.high - product) + left.high * right.low) +
                 left.low * right.high + left.low * right.low;
  return {product, error};
}

Pair add(Pair a, Pair b) {
  Pair sum = exact_sum(a.high, b.high);
  return exact_sum(sum.high, sum.low + (a.low + b.low));
}

Pair multiply(Pair a, Pair b) {
  Pair product = exact_product(a.high, b.high);
  return exact_sum(product.high, product.low + (a.high * b.low + a.low * b.high));
}

Pair divide(Pair a, Pair b) {
  double first = a.high / b.high;
  Pair taken = multiply({first, 0}, b);
  double rest = ((a.high - taken.high) - taken.low) + a.low;
  return exact_sum(first, rest / b.high);
}

double power_of_two(int exponent) {  // -1022 <= exponent <= 1023
  return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52);
}

// 2^exponent times x, also where the result is below the normal numbers (rounded once).
double scale(double x, int exponent) {
  if (exponent > 1023) return x * power_of_two(1023) * power_of_two(exponent - 1023);
  if (exponent < -1021) return x * power_of_two(exponent + 200) * power_of_two(-200);
  return x * power_of_two(exponent);
}

// exp(high + low) for |high| below 800: 2^k times the series of the rest, whose first term left
// out is below 2^-60.
double exp_of(Pair x) {
  constexpr double kPerLog2 = 1.4426950408889634;
  double turns = x.high * kPerLog2;
  int exponent = static_cast<int>(turns < 0 ? turns - 0.5 : turns + 0.5);
  double high = x.high - exponent * kLog2High;
  double low = exponent * kLog2Low - x.low;
  double rest = high - low;
  double lost = (high - rest) - low;
  double series = 1.0 / 6227020800.0;
  constexpr std::array kFactorials = {479001600.0, 39916800.0, 3628800.0, 362880.0, 40320.0, 5040.0,
                                      720.0,       120.0,      24.0,      6.0,      2.0};
  for (double factorial : kFactorials) series = series * rest + 1.0 / factorial;
  return scale(1.0 + (rest + (rest * rest * series + lost)), exponent);
}

// x = mantissa 2^exponent with the mantissa between sqrt(1/2) and sqrt(2). REQUIRES: x > 0, finite.
struct Parts {
  double mantissa = 1;
  int exponent = 0;
};

Parts parts_of(double x) {
  int below = 0;
  if (x < power_of_two(-1022)) {
    x *= power_of_two(54);
    below = 54;
  }
  auto bits = std::bit_cast<std::uint64_t>(x);
  int exponent = static_cast<int>(bits >> 52) - 1023 - below;
  std::uint64_t fraction = bits & 0xfffffffffffffU;
  double mantissa = std::bit_cast<double>(fraction | (std::uint64_t{1023} << 52));
  if (mantissa > 1.4142135623730951) return {mantissa * 0.5, exponent + 1};
  return {mantissa, exponent};
}

// 2/n + 2/(n+2) z + ... : the tail of log((1+s)/(1-s)) = 2s + 2s^3/3 + ..., with z = s^2 < .0295.
double series_from(int first, double z) {
  double sum = 0;
  for (int n = 27; n >= first; n -= 2) sum = sum * z + 2.0 / n;
  return sum;
}

// The logarithm to about 2^-100 of itself, for powers. REQUIRES: x > 0, finite.
Pair log_of(double x) {
  Parts parts = parts_of(x);
  Pair s = divide(exact_sum(parts.mantissa, -1), exact_sum(parts.mantissa, 1));
  Pair z = multiply(s, s);
  Pair sum = {series_from(13, z.high), 0};
  for (double n : {11.0, 9.0, 7.0, 5.0, 3.0, 1.0}) {
    sum = add(multiply(sum, z), divide({2, 0}, {n, 0}));
  }
  sum = multiply(sum, s);
  double k = parts.exponent;
  Pair whole = add({k * kLog2High, 0}, exact_product(k, kLog2Low));
  return add(add(whole, {k * kLog2Rest, 0}), sum);
}

template <std::size_t Size>
double polynomial(const std::array<double, Size>& coefficients, double x) {
  double sum = 0;
  for (double coefficient : coefficients) sum = sum * x + coefficient;
  return sum;
}

}  // namespace

double exact_exp(double x) {
  if (x != x) return x;
  if (x > 709.782712893384) return kInfinity;
  if (x < -745.1332191019412) return 0;
  return exp_of({x, 0});
}

double exact_log(double x) {
  if (x != x || x < 0) return kNotANumber;
  if (x == 0) return -kInfinity;
  if (x == kInfinity) return x;
  Parts parts = parts_of(x);
  double f = parts.mantissa - 1;
  double s = f / (2 + f);
  double z = s * s;
  // log(1 + f) = f - (f^2/2 - s (f^2/2 + R)), which keeps all digits of f.
  double half = 0.5 * f * f;
  double k = parts.exponent;
  double rest = s * (half + z * series_from(3, z)) + k * kLog2Low;
  return k * kLog2High - ((half - rest) - f);
}

double exact_power(double x, double y) {
  if (y == 0 || x == 1) return 1;
  if (x != x || y != y || x < 0) return kNotANumber;
  if (x == 0 || x == kInfinity) return (x == 0) == (y > 0) ? 0 : kInfinity;
  Pair logarithm = log_of(x);
  double size = y * logarithm.high;
  if (size > 710 || size < -746) return exact_exp(size);
  Pair product = exact_product(y, logarithm.high);
  product = exact_sum(product.high, product.low + y * logarithm.low);
  if (product.high < -745.14) return 0;
  return exp_of(product);
}

// The rational approximations of Wichura, algorithm AS 241 (Applied Statistics 37, 1988), routine
// PPND16: about 1 part in 10^16. Coefficients stand with the highest power first.
double exact_normal_quantile(double p) {
  if (!(p > 0)) return p == 0 ? -kInfinity : kNotANumber;
  if (!(p < 1)) return p == 1 ? kInfinity : kNotANumber;
  double q = p - 0.5;
  if (std::fabs(q) <= 0.425) {
    constexpr std::array<double, 8> kAbove = {
        2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
        13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.3871328727963666080};
    constexpr std::array<double, 8> kBelow = {
        5226.4952788528545610, 28729.085735721942674, 39307.895800092710610, 21213.794301586595867,
        5394.1960214247511077, 687.18700749205790830, 42.313330701600911252, 1.0};
    double r = 0.180625 - q * q;
    return q * polynomial(kAbove, r) / polynomial(kBelow, r);
  }
  double r = std::sqrt(-exact_log(q < 0 ? p : 1 - p));
  double size = 0;
  if (r <= 5) {
    constexpr std::array<double, 8> kAbove = {7.74545014278341407640e-4, 2.27238449892691845833e-2,
                                              2.41780725177450611770e-1, 1.27045825245236838258,
                                              3.64784832476320460504,    5.76949722146069140550,
                                              4.63033784615654529590,    1.42343711074968357734};
    constexpr std::array<double, 8> kBelow = {1.05075007164441684324e-9, 5.47593808499534494600e-4,
                                              1.51986665636164571966e-2, 1.48103976427480074590e-1,
                                              6.89767334985100004550e-1, 1.67638483018380384940,
                                              2.05319162663775882187,    1.0};
    size = polynomial(kAbove, r - 1.6) / polynomial(kBelow, r - 1.6);
  } else {
    constexpr std::array<double, 8> kAbove = {2.01033439929228813265e-7, 2.71155556874348757815e-5,
                                              1.24266094738807843860e-3, 2.65321895265761230930e-2,
                                              2.96560571828504891230e-1, 1.78482653991729133580,
                                              5.46378491116411436990,    6.65790464350110377720};
    constexpr std::array<double, 8> kBelow = {2.04426310338993978564e-15, 1.42151175831644588870e-7,
                                              1.84631831751005468180e-5,  7.86869131145613259100e-4,
                                              1.48753612908506148525e-2,  1.36929880922735805310e-1,
                                              5.99832206555887937690e-1,  1.0};
    size = polynomial(kAbove, r - 5) / polynomial(kBelow, r - 5);
  }
  return q < 0 ? -size : size;
}

namespace {

// The upper tail at y > .67, by the rational approximations of Cody (Mathematics of Computation 23,
// 1969).
double normal_tail(double y) {
  double ratio = 0;
  if (y <= 5.656854249492381) {
    constexpr std::array<double, 9> kAbove = {
        1.0765576773720192317e-8, 0.39894151208813466764, 8.8831497943883759412,
        93.506656132177855979,    597.27027639480026226,  2494.5375852903726711,
        6848.1904505362823326,    11602.651437647350124,  9842.7148383839780218};
    constexpr std::array<double, 9> kBelow = {1.0,
                                              22.266688044328115691,
                                              235.38790178262499861,
                                              1519.377599407554805,
                                              6485.558298266760755,
                                              18615.571640885098091,
                                              34900.952721145977266,
                                              38912.003286093271411,
                                              19685.429676859990727};
    ratio = polynomial(kAbove, y) / polynomial(kBelow, y);
  } else {
    constexpr std::array<double, 6> kAbove = {0.02307344176494017303,  0.21589853405795699,
                                              0.1274011611602473639,   0.022235277870649807,
                                              0.001421619193227893466, 2.9112874951168792e-5};
    constexpr std::array<double, 6> kBelow = {1.0,
                                              1.28426009614491121,
                                              0.468238212480865118,
                                              0.0659881378689285515,
                                              0.00378239633202758244,
                                              7.29751555083966205e-5};
    double z = 1 / (y * y);
    ratio = (0.3989422804014326779 - z * polynomial(kAbove, z) / polynomial(kBelow, z)) / y;
  }
  // y^2 is taken apart, because the exponential would magnify the error of its rounding.
  double coarse = static_cast<double>(static_cast<int>(y * 16)) / 16;
  double fine = (y - coarse) * (y + coarse);
  return exact_exp(-coarse * coarse * 0.5) * exact_exp(-fine * 0.5) * ratio;
}

}  // namespace

double exact_normal_cumulative(double x) {
  if (x != x) return x;
  double size = std::fabs(x);
  if (size > 39) return x < 0 ? 0 : 1;
  if (size > 0.67448975) {
    double tail = normal_tail(size);
    return x < 0 ? tail : 1 - tail;
  }
  constexpr std::array<double, 5> kAbove = {0.065682337918207449113, 2.2352520354606839287,
                                            161.02823106855587881, 1067.6894854603709582,
                                            18154.981253343561249};
  constexpr std::array<double, 5> kBelow = {1.0, 47.20258190468824187, 976.09855173777669322,
                                            10260.932208618978205, 45507.789335026729956};
  double z = x * x;
  return 0.5 + x * polynomial(kAbove, z) / polynomial(kBelow, z);
}

double exact_logistic(double x) {
  if (x >= 0) return 1 / (1 + exact_exp(-x));
  double odds = exact_exp(x);
  return odds / (1 + odds);
}

}  // namespace credence
