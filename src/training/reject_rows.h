#pragma once

#include <credence/training/rejects.h>

#include <span>
#include <vector>

namespace credence {

// Everybody who applied, the accepted first.
struct Applicants {
  Table table;               // accepted rows, then rejected ones, in the accepted table's columns
  std::size_t accepted = 0;  // rows
  Outcome outcome;           // of the accepted
};

// Errors: rejects.columns, rejects.empty.
Result<Applicants> join_applicants(const Table& accepted, const Outcome& outcome,
                                   const Table& rejected);

// Bands of equal numbers of accepted rows, by the accepted-only score, lowest first.
struct ScoreBands {
  std::vector<RejectBand> bands;
  std::vector<std::size_t> of_row;  // of every applicant

  double rate(std::size_t band) const { return bands[band].accepted_bad / bands[band].accepted; }
};
ScoreBands band_scores(const Applicants& applicants, std::span<const int> scores, int bands);

// P(bad) that each rejected row is assumed to have, min(1, tau * rate of its band).
std::vector<double> banded_risk(const Applicants& applicants, const ScoreBands& bands, double tau);

// A history with the rejected: each twice, bad with its risk as weight and good with the rest.
struct InferredHistory {
  Table table;
  Outcome outcome;
};
InferredHistory with_weighted_rejects(const Applicants& applicants, std::span<const double> risk);

}  // namespace credence
