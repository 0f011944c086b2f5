#pragma once

namespace credence {

// Our own elementary functions, so that every machine and compiler gives the same bits: they use
// only + - * / and sqrt, which IEEE 754 rounds correctly, and are compiled without contraction.
// Errors below 4 units in the last place over the stated ranges; checked against the system library
// by the unit tests.

double exact_exp(double x);              // any x; 0 below -745, infinity above 709.8
double exact_log(double x);              // x > 0; -infinity at 0
double exact_power(double x, double y);  // exp(y log x), x > 0
double exact_normal_quantile(double p);  // inverse of the standard normal distribution, 0 < p < 1
double exact_normal_cumulative(double x);

// 1 / (1 + exp(-x)).
double exact_logistic(double x);

}  // namespace credence
