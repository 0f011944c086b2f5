#pragma once

#include <credence/published/published.h>

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace credence {

// Model E: a college admits from a score that applicants can raise at a price. Two equal groups,
// the second pays twice as much a point (Milli et al. 2019, "The Social Cost of Strategic
// Classification"; Hu et al. 2019; google/ml-fairness-gym, environments/college_admission.py).
// Everything is keyed by cost: sources disagree on which group they call the disadvantaged one.
struct AdmissionRules {
  std::array<double, 2> cost = {5, 10};  // of one whole point, by group; being admitted is worth 1
  double mean = .5, deviation = .1;      // of the true score, which is kept within [0, 1]
  double eligible = .55;                 // from this true score on a person belongs in
};

// Shares of one group; the burden is what the truly eligible would have to pay, a mean over the
// whole group, counted even where paying is not worth it.
struct AdmissionOutcome {
  double accuracy = 0, admitted = 0, burden = 0;
  double wrongly_in = 0, wrongly_out = 0;
};
using AdmissionOutcomes = std::array<AdmissionOutcome, 2>;  // by group

// In closed form, from the normal distribution (its ends beyond [0, 1] hold 6e-7).
AdmissionOutcomes expect_admission(const AdmissionRules& rules, double threshold);
// By applicants who decide for themselves, `applicants` in each group, the same ones for every
// threshold. Draws: purpose 800, person: the applicant (even numbers in the first group), time 0.
std::vector<AdmissionOutcomes> run_admission(const AdmissionRules& rules,
                                             std::span<const double> thresholds,
                                             std::size_t applicants, std::uint32_t seed,
                                             Crew& crew);

std::vector<PublishedCheck> check_strategic(const AdmissionRules& rules,
                                            const PublishedSetting& setting, Crew& crew);

}  // namespace credence
