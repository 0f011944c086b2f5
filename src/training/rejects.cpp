#include <credence/regression/history.h>
#include <credence/training/predict.h>
#include <credence/training/reject_rows.h>
#include <credence/training/rejects.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace credence {

namespace {

std::optional<Error> bad_plan(const RejectPlan& plan) {
  auto wrong = [](std::string message, std::string help) {
    return Error{"rejects.plan", std::move(message), {}, std::move(help)};
  };
  if (plan.bands < 1 || plan.bands > 1000)
    return wrong(fmt::format("{} bands were asked for", plan.bands), "between 1 and 1000");
  for (double tau : {plan.tau, plan.tau_optimistic, plan.tau_pessimistic})
    if (!(tau > 0) || !(tau <= 1000))
      return wrong(fmt::format("a tau of {} was given", tau),
                   "above 0, at most 1000; 1 = at random");
  if (plan.tau_optimistic > plan.tau_pessimistic)
    return wrong("the optimistic tau lies above the pessimistic one", "exchange the two");
  if (!(plan.accept_share >= 0) || !(plan.accept_share <= 1))
    return wrong(fmt::format("a share of {} to accept was given", plan.accept_share),
                 "between 0 and 1; 0 = as many as today");
  return std::nullopt;
}

// Rejects enter as rows with weights, and sizes of bins then count weights.
TrainingPlan by_weight(TrainingPlan plan) {
  plan.defaults.binning.size_basis = SizeBasis::weight;
  for (TrainingPlan::Variable& variable : plan.variables)
    variable.rules.binning.size_basis = SizeBasis::weight;
  return plan;
}

Text assumption_of(const RejectPlan& plan) {
  switch (plan.method) {
    case RejectMethod::none:
      return {
          "only accepted applicants were used: the card speaks of people as they were accepted "
          "until now, and says nothing of the others",
          "seuls les demandeurs acceptés ont servi : la grille parle des personnes telles "
          "qu'elles furent acceptées et ne dit rien des autres"};
    case RejectMethod::reweighting:
      return {
          "within a score band the rejected are assumed to pay as the accepted do (missing at "
          "random given the score)",
          "dans une même tranche de score, les refusés sont supposés payer comme les acceptés "
          "(manquants au hasard à score égal)"};
    case RejectMethod::extrapolation:
      return {
          "the rejected are assumed to pay as the accepted-only card predicts, also where it "
          "saw nobody like them",
          "les refusés sont supposés payer comme le prédit la grille des seuls acceptés, même "
          "là où elle n'a vu personne de semblable"};
    case RejectMethod::parcelling:
      return {fmt::format("the rejected of a score band are assumed to be bad {} times as often as "
                          "the accepted of it; outcomes were drawn with seed {}",
                          plan.tau, plan.seed),
              fmt::format("les refusés d'une tranche de score sont supposés défaillants {} fois "
                          "aussi souvent que ses acceptés ; issues tirées avec la graine {}",
                          plan.tau, plan.seed)};
    case RejectMethod::fuzzy:
      return {fmt::format("the rejected of a score band are assumed to be bad {} times as often as "
                          "the accepted of it, in parts and without a draw",
                          plan.tau),
              fmt::format("les refusés d'une tranche de score sont supposés défaillants {} fois "
                          "aussi souvent que ses acceptés, en parts et sans tirage",
                          plan.tau)};
  }
  return {};
}

class RejectInference {
 public:
  RejectInference(Applicants applicants, const TrainingPlan& plan, const RejectPlan& rejects,
                  const OnProgress& progress)
      : applicants_(std::move(applicants)), plan_(plan), rejects_(rejects), progress_(progress) {}

  Result<RejectResult> run(Trained accepted_only) {
    step();
    out_.accepted_only = std::move(accepted_only);
    std::vector<int> scores = scores_of(out_.accepted_only.card, applicants_.table);
    bands_ = band_scores(applicants_, scores, rejects_.bands);
    std::vector<double> chosen = chosen_risk(scores);
    for (std::size_t i = 0; i < chosen.size(); ++i)
      bands_.bands[bands_.of_row[applicants_.accepted + i]].assumed_bad += chosen[i];
    std::vector<double> low = banded_risk(applicants_, bands_, rejects_.tau_optimistic);
    std::vector<double> high = banded_risk(applicants_, bands_, rejects_.tau_pessimistic);
    Result<Trained> inferred = fit_chosen(chosen);
    if (!inferred) return inferred.error();
    Result<Trained> optimistic = fit_weighted(low);
    if (!optimistic) return optimistic.error();
    Result<Trained> pessimistic = fit_weighted(high);
    if (!pessimistic) return pessimistic.error();
    out_.inferred = std::move(*inferred);
    out_.optimistic = std::move(*optimistic);
    out_.pessimistic = std::move(*pessimistic);
    out_.expected.optimistic = expected(out_.optimistic.card, low);
    out_.expected.chosen = expected(out_.inferred.card, chosen);
    out_.expected.pessimistic = expected(out_.pessimistic.card, high);
    set_worst();
    count_swaps();
    out_.bands = std::move(bands_.bands);
    out_.assumption = assumption_of(rejects_);
    return std::move(out_);
  }

 private:
  void step() {
    if (progress_) progress_(++done_, 4);
  }

  // P(bad) of each rejected row under the chosen method; whole numbers where it draws them.
  std::vector<double> chosen_risk(std::span<const int> scores) const {
    bool by_tau =
        rejects_.method == RejectMethod::parcelling || rejects_.method == RejectMethod::fuzzy;
    std::vector<double> risk = banded_risk(applicants_, bands_, by_tau ? rejects_.tau : 1);
    Draws draws(rejects_.seed);
    for (std::size_t i = 0; i < risk.size(); ++i) {
      if (rejects_.method == RejectMethod::parcelling) risk[i] = draws.uniform() < risk[i] ? 1 : 0;
      if (rejects_.method == RejectMethod::extrapolation) {
        const Scorecard::Scaling& scaling = *out_.accepted_only.card.scaling;
        risk[i] = logistic((scaling.offset - scores[applicants_.accepted + i]) / scaling.factor);
      }
    }
    return risk;
  }

  Result<Trained> fit_weighted(std::span<const double> risk) {
    InferredHistory history = with_weighted_rejects(applicants_, risk);
    Result<Trained> trained = train_only(history.table, history.outcome, by_weight(plan_), {});
    step();
    return trained;
  }

  Result<Trained> fit_chosen(std::span<const double> risk) {
    if (rejects_.method == RejectMethod::none) {
      step();
      return out_.accepted_only;
    }
    if (rejects_.method != RejectMethod::reweighting) return fit_weighted(risk);
    std::vector<std::size_t> rows;
    Outcome outcome{applicants_.outcome.bad, {}};
    for (std::size_t row = 0; row < applicants_.accepted; ++row) {
      const RejectBand& band = bands_.bands[bands_.of_row[row]];
      rows.push_back(row);
      outcome.weights.push_back(applicants_.outcome.weight(row) * (band.accepted + band.rejected) /
                                band.accepted);
    }
    Result<Trained> trained =
        train_only(take(applicants_.table, rows), outcome, by_weight(plan_), {});
    step();
    return trained;
  }

  // The lowest score that is accepted when the best share of all applicants is; who ties with the
  // last one is accepted too.
  int cut_off(std::span<const int> scores) const {
    std::vector<int> sorted(scores.begin(), scores.end());
    std::sort(sorted.begin(), sorted.end(), std::greater<>());
    double share = rejects_.accept_share > 0 ? rejects_.accept_share
                                             : static_cast<double>(applicants_.accepted) /
                                                   static_cast<double>(sorted.size());
    auto count = static_cast<std::size_t>(std::lround(share * static_cast<double>(sorted.size())));
    return sorted[std::clamp<std::size_t>(count, 1, sorted.size()) - 1];
  }

  double weight(std::size_t row) const {
    return row < applicants_.accepted ? applicants_.outcome.weight(row) : 1.0;
  }

  double expected(const Scorecard& card, std::span<const double> risk) const {
    std::vector<int> scores = scores_of(card, applicants_.table);
    int cut = cut_off(scores);
    double bad = 0, all = 0;
    for (std::size_t row = 0; row < scores.size(); ++row) {
      if (scores[row] < cut) continue;
      double p = row < applicants_.accepted ? applicants_.outcome.bad[row]
                                            : risk[row - applicants_.accepted];
      bad += weight(row) * p;
      all += weight(row);
    }
    return bad / all;
  }

  void set_worst() {
    double bad = 0, all = 0, rejected = 0;
    for (std::size_t row = 0; row < applicants_.table.rows(); ++row) {
      all += weight(row);
      if (row >= applicants_.accepted)
        rejected += 1;
      else if (applicants_.outcome.bad[row])
        bad += weight(row);
    }
    out_.expected.worst_low = bad / all;
    out_.expected.worst_high = (bad + rejected) / all;
  }

  void count_swaps() {
    std::vector<int> before = scores_of(out_.accepted_only.card, applicants_.table);
    std::vector<int> after = scores_of(out_.inferred.card, applicants_.table);
    int cut_before = cut_off(before), cut_after = cut_off(after);
    for (std::size_t row = 0; row < before.size(); ++row) {
      bool was = before[row] >= cut_before, is = after[row] >= cut_after;
      if (is && !was) ++out_.swapped_in;
      if (was && !is) ++out_.swapped_out;
    }
  }

  Applicants applicants_;
  const TrainingPlan& plan_;
  const RejectPlan& rejects_;
  const OnProgress& progress_;
  std::size_t done_ = 0;
  ScoreBands bands_;
  RejectResult out_;
};

}  // namespace

Result<RejectResult> infer_rejects(const Table& accepted, const Outcome& outcome,
                                   const Table& rejected, const TrainingPlan& plan,
                                   const RejectPlan& rejects, const OnProgress& progress) {
  if (std::optional<Error> error = bad_plan(rejects)) return *error;
  Result<Trained> accepted_only = train(accepted, outcome, plan);
  if (!accepted_only) return accepted_only.error();
  Result<Applicants> applicants = join_applicants(accepted, outcome, rejected);
  if (!applicants) return applicants.error();
  return RejectInference(std::move(*applicants), plan, rejects, progress)
      .run(std::move(*accepted_only));
}

}  // namespace credence
