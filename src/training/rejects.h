#pragma once

#include <credence/training/train.h>

namespace credence {

// Reject inference: what a history of accepted people cannot show (Hand and Henley 1993) is assumed
// in a named way, and the band of assumptions is always reported beside it. Each reject carries
// weight 1.
enum class RejectMethod {
  none,           // accepted rows only; always fitted and reported
  reweighting,    // accepted rows weigh (A + R) / A of their score band (augmentation)
  extrapolation,  // rejects labelled by the accepted-only card's odds, as two weighted rows
  parcelling,  // bad with probability min(1, tau * bad rate of the band), drawn by seed (Hsia 1978)
  fuzzy        // each reject twice, bad with weight min(1, tau * rate), good with the rest
};

struct RejectPlan {
  RejectMethod method = RejectMethod::fuzzy;
  int bands = 10;
  double tau = 1;  // 1: missing at random within a band
  double tau_optimistic = 1, tau_pessimistic = 4;
  double accept_share = 0;  // for the bad rate at the cut-off; 0 = today's
  std::uint64_t seed = 0;
};

struct RejectBand {  // of the accepted-only score
  int from = 0;
  double accepted = 0, accepted_bad = 0, rejected = 0, assumed_bad = 0;
};

struct RejectResult {
  Trained accepted_only, inferred, optimistic, pessimistic;
  std::vector<RejectBand> bands;
  // Expected bad rate of those whom each card would accept, under each assumption.
  struct Expected {
    double optimistic = 0, chosen = 0, pessimistic = 0;
    double worst_low = 0, worst_high = 0;  // [P(bad, S=1), P(bad, S=1) + P(S=0)], no assumption
  };
  Expected expected;
  std::size_t swapped_in = 0, swapped_out = 0;  // at the cut-off, inferred against accepted-only
  Text assumption;                              // printed in every report
};

// Errors: those of train(); rejects.columns (a column of the accepted table is missing);
// rejects.empty; rejects.plan.
Result<RejectResult> infer_rejects(const Table& accepted, const Outcome& outcome,
                                   const Table& rejected, const TrainingPlan& plan,
                                   const RejectPlan& rejects, const OnProgress& progress = {});

}  // namespace credence
