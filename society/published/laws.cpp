#include <credence/base/expects.h>
#include <credence/clockwork/functions.h>
#include <credence/published/laws.h>

namespace credence {
namespace {

// By squaring: the same bits everywhere, and no logarithm.
double whole_power(double base, std::uint32_t exponent) {
  double power = 1;
  for (; exponent > 0; exponent >>= 1) {
    if (exponent & 1) power *= base;
    base *= base;
  }
  return power;
}

}  // namespace

std::uint32_t poisson_by_inversion(double uniform, double rate) {
  expects(rate >= 0 && rate <= 700, "poisson_by_inversion: a rate from 0 to 700");
  double term = exact_exp(-rate), cumulative = term;
  std::uint32_t count = 0;
  // The second condition ends the search where rounding keeps F below the uniform.
  while (uniform >= cumulative && (term > 1e-30 || count < rate)) {
    ++count;
    term *= rate / count;
    cumulative += term;
  }
  return count;
}

std::uint32_t binomial_by_inversion(double uniform, std::uint32_t trials, double chance) {
  expects(chance >= 0 && chance < 1, "binomial_by_inversion: a chance from 0 to below 1");
  double term = whole_power(1 - chance, trials), cumulative = term;
  expects(term > 1e-305, "binomial_by_inversion: too many trials");
  double odds = chance / (1 - chance);
  std::uint32_t count = 0;
  while (uniform >= cumulative && count < trials) {
    term *= odds * (trials - count) / (count + 1);
    ++count;
    cumulative += term;
  }
  return count;
}

PoissonTable::PoissonTable(double rate) {
  expects(rate >= 0 && rate <= 700, "PoissonTable: a rate from 0 to 700");
  double term = exact_exp(-rate), cumulative = term;
  cumulative_.push_back(cumulative);
  for (std::uint32_t count = 1; term > 1e-30 || count <= rate; ++count) {
    term *= rate / count;
    cumulative += term;
    cumulative_.push_back(cumulative);
  }
}

std::uint32_t PoissonTable::count(double uniform) const {
  std::uint32_t count = 0;
  while (count + 1 < cumulative_.size() && uniform >= cumulative_[count]) ++count;
  return count;
}

double PoissonTable::tail(std::uint32_t least) const {
  if (least == 0) return 1;
  return least > cumulative_.size() ? 0 : 1 - cumulative_[least - 1];
}

}  // namespace credence
