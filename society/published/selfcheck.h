#pragma once

#include <credence/clockwork/crew.h>
#include <credence/people/network.h>
#include <credence/published/check_list.h>
#include <credence/published/published.h>

#include <span>
#include <vector>

namespace credence {

// Model J: the society's own parts held against laws that are known exactly: money that only
// changes hands, jobs that come and go, small worlds, proportional fitting, shares of variance,
// keyed draws.

// What is planted to see that the checks turn red; 1 and 0 leave everything as it is.
struct SelfcheckChange {
  double hired_times = 1;        // of the chance to find a job
  double rewired_times = 1;      // of the share of ties that are rewired
  std::uint32_t kept_more = 0;   // thousandths of money kept on top of what is saved
  std::int32_t units_more = 0;   // of what each has at first
  double third_input_times = 1;  // of the coefficient of Ishigami's third input
};

// What each check needs to know.
struct SelfcheckRun {
  const SelfcheckChange& change;
  const PublishedSetting& setting;
  Crew& crew;
};

std::vector<PublishedCheck> check_payments(const SelfcheckRun& run);      // J1
std::vector<PublishedCheck> check_savings(const SelfcheckRun& run);       // J2
std::vector<PublishedCheck> check_jobs(const SelfcheckRun& run);          // J3
std::vector<PublishedCheck> check_small_worlds(const SelfcheckRun& run);  // J4
std::vector<PublishedCheck> check_fitting(const SelfcheckRun& run);       // J5
std::vector<PublishedCheck> check_sensitivity(const SelfcheckRun& run);   // J6
std::vector<PublishedCheck> check_draws(const SelfcheckRun& run);         // J7
std::vector<PublishedCheck> check_selfchecks(const SelfcheckRun& run);    // all of them

// Gini coefficient of a law on 0, 1, 2, ...: the sum of F (1 - F) over its mean.
double gini_of_law(std::span<const double> probabilities);
// How money lies among people who all pay a unit at once, each to one of `contacts`, in the limit
// of many people whose contacts do not depend on each other: the queue with one departure a turn
// and binomial arrivals. Exact for many contacts only. REQUIRES: units > 0, contacts > 0.
std::vector<double> law_of_contact_payments(double units, int contacts);

// How a network holds together.
struct NetworkShape {
  double clustering = 0;  // mean over people of the share of pairs of contacts who know each other
  double path = 0;        // mean steps between two people; those who do not reach each other count
                          // as infinitely far
};
NetworkShape shape_of(const Ties& ties, std::uint32_t people);

// sin x for any |x| <= 1e6, with + - * / alone (error below 1e-13 for |x| <= pi).
double exact_sine(double x);
// Ishigami and Homma 1990: sin x1 + 7 sin^2 x2 + b x3^4 sin x1.
double ishigami(std::span<const double> x, double b);
// Sobol's G: product of (|4 x - 2| + a) / (1 + a).
double sobol_g(std::span<const double> x, std::span<const double> a);

}  // namespace credence
