#include <credence/training/select.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace credence {

namespace {

class Selection {
 public:
  Selection(const std::vector<Candidate>& candidates, const History& history,
            const TrainingPlan& plan)
      : candidates_(candidates), history_(history), plan_(plan) {}

  Selected run() {
    by_iv();
    by_spread();
    by_correlation();
    by_vif();
    std::sort(out_.kept.begin(), out_.kept.end());
    fit();
    by_sign();
    by_significance();
    if (!out_.kept.empty()) describe();
    out_.for_pairs.insert(out_.for_pairs.end(), out_.kept.begin(), out_.kept.end());
    std::sort(out_.for_pairs.begin(), out_.for_pairs.end());
    return std::move(out_);
  }

 private:
  const Candidate& at(std::size_t i) const { return candidates_[out_.kept[i]]; }

  void drop(std::size_t i, std::string reason, double figure, double limit,
            std::string beside = {}) {
    if (reason == "iv" || reason == "sign") out_.for_pairs.push_back(out_.kept[i]);
    out_.dropped.push_back({at(i).name(), std::move(reason), std::move(beside), figure, limit});
    out_.kept.erase(out_.kept.begin() + static_cast<std::ptrdiff_t>(i));
  }

  std::vector<ValuedCells> columns() const {
    std::vector<ValuedCells> out;
    for (std::size_t i = 0; i < out_.kept.size(); ++i)
      out.push_back({{at(i).rows, at(i).woe.size()}, at(i).woe, at(i).weights});
    return out;
  }

  // Kept ones first, then by information value, then in the table's order.
  void by_iv() {
    for (std::size_t i = 0; i < candidates_.size(); ++i) out_.kept.push_back(i);
    std::stable_sort(out_.kept.begin(), out_.kept.end(), [&](std::size_t a, std::size_t b) {
      const Candidate &x = candidates_[a], &y = candidates_[b];
      if (x.plan.keep != y.plan.keep) return x.plan.keep;
      return x.binning.iv > y.binning.iv;
    });
    for (std::size_t i = out_.kept.size(); i-- > 0;)
      if (!at(i).plan.keep && at(i).binning.iv < plan_.selection.min_iv)
        drop(i, "iv", at(i).binning.iv, plan_.selection.min_iv);
  }

  // Answers of equal weight are the constant once more, and would make the fit singular.
  void by_spread() {
    for (std::size_t i = out_.kept.size(); i-- > 0;) {
      double largest = 0;
      for (double woe : at(i).woe) largest = std::max(largest, std::abs(woe));
      const double deviation = moments(at(i).weights, at(i).woe).deviation;
      if (deviation <= 1e-9 * largest) drop(i, "constant", 0, 0);
    }
  }

  void by_correlation() {
    correlations_ = Matrix(candidates_.size());
    Matrix r = correlations(history_, columns());
    std::vector<std::size_t> all = out_.kept;
    for (std::size_t i = 0; i < all.size(); ++i)
      for (std::size_t j = 0; j < all.size(); ++j) correlations_(all[i], all[j]) = r(i, j);
    out_.kept.clear();
    for (std::size_t i : all) {
      auto close = std::find_if(out_.kept.begin(), out_.kept.end(), [&](std::size_t j) {
        return std::abs(correlations_(i, j)) > plan_.selection.max_correlation;
      });
      if (close == out_.kept.end() || candidates_[i].plan.keep)
        out_.kept.push_back(i);
      else
        out_.dropped.push_back({candidates_[i].name(), "correlation", candidates_[*close].name(),
                                std::abs(correlations_(i, *close)),
                                plan_.selection.max_correlation});
    }
  }

  Matrix correlations_of_kept() const {
    Matrix part(out_.kept.size());
    for (std::size_t i = 0; i < part.size; ++i)
      for (std::size_t j = 0; j < part.size; ++j)
        part(i, j) = correlations_(out_.kept[i], out_.kept[j]);
    return part;
  }

  // Variance inflation of the kept columns.
  std::vector<double> inflation() const {
    Matrix part = correlations_of_kept();
    // Columns that depend on each other exactly get a large figure and not none.
    for (std::size_t i = 0; i < part.size; ++i) part(i, i) += 1e-9;
    Matrix inverted = inverse(part);
    std::vector<double> out(part.size, std::numeric_limits<double>::max());
    for (std::size_t i = 0; i < inverted.size; ++i) out[i] = std::max(1.0, inverted(i, i));
    return out;
  }

  void by_vif() {
    while (out_.kept.size() > 1) {
      std::vector<double> vif = inflation();
      std::size_t worst = vif.size();
      // The last of equals is the one with the lower information value.
      for (std::size_t i = 0; i < vif.size(); ++i)
        if (!at(i).plan.keep && vif[i] > plan_.selection.max_vif &&
            (worst == vif.size() || vif[i] >= vif[worst]))
          worst = i;
      if (worst == vif.size()) return;
      drop(worst, "vif", vif[worst], plan_.selection.max_vif);
    }
  }

  void fit() {
    LogisticProblem problem{history_, columns(), {}, {}, {}, plan_.threads};
    for (std::size_t i = 0; i < out_.kept.size(); ++i) {
      double deviation = moments(at(i).weights, at(i).woe).deviation;
      problem.penalties.push_back(plan_.ridge * deviation * deviation);
      problem.lower.push_back(-std::numeric_limits<double>::infinity());
      problem.upper.push_back(0);
    }
    out_.fit = fit_logistic(problem);
  }

  // Their coefficients are 0 already, so that the others' fit holds without them as well.
  void by_sign() {
    for (std::size_t i = out_.kept.size(); i-- > 0;) {
      if (out_.fit.betas[i] < 0 || at(i).plan.keep) continue;
      drop(i, "sign", out_.fit.betas[i], 0);
      auto place = static_cast<std::ptrdiff_t>(i);
      out_.fit.betas.erase(out_.fit.betas.begin() + place);
      out_.fit.standard_errors.erase(out_.fit.standard_errors.begin() + place);
    }
  }

  double wald_p(std::size_t i) const {
    double error = out_.fit.standard_errors[i];
    return error > 0 ? std::erfc(std::abs(out_.fit.betas[i] / error) / std::sqrt(2.0)) : 1;
  }

  void by_significance() {
    for (;;) {
      std::size_t worst = out_.kept.size();
      double p = -1;
      for (std::size_t i = 0; i < out_.kept.size(); ++i)
        if (!at(i).plan.keep && wald_p(i) > p) p = wald_p(i), worst = i;
      if (worst == out_.kept.size()) return;
      auto most = static_cast<std::size_t>(
          plan_.selection.max_variables.value_or(std::numeric_limits<int>::max()));
      if (p > plan_.selection.max_p_value)
        drop(worst, "p-value", p, plan_.selection.max_p_value);
      else if (out_.kept.size() > most)
        drop(worst, "limit", p, static_cast<double>(most));
      else
        return;
      fit();
      by_sign();
    }
  }

  void describe() {
    std::vector<double> vif = inflation();
    for (std::size_t i = 0; i < out_.kept.size(); ++i)
      out_.coefficients.push_back({at(i).name(), out_.fit.betas[i], out_.fit.standard_errors[i],
                                   wald_p(i), vif[i], at(i).binning.iv});
    Spectrum of = spectrum(correlations_of_kept());
    out_.condition_number = std::sqrt(of.largest / std::max(of.smallest, 1e-300));
  }

  const std::vector<Candidate>& candidates_;
  const History& history_;
  const TrainingPlan& plan_;
  Matrix correlations_;  // by place among the candidates
  Selected out_;
};

}  // namespace

Selected select_variables(const std::vector<Candidate>& candidates, const History& history,
                          const TrainingPlan& plan) {
  return Selection(candidates, history, plan).run();
}

}  // namespace credence
