#include <credence/training/select.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace credence {

namespace {

class Selection {
 public:
  Selection(const std::vector<Candidate>& candidates, const History& history,
            const TrainingPlan& plan)
      : candidates_(candidates), history_(history), plan_(plan) {}

  Selected run() {
    by_iv();
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

  std::vector<std::span<const double>> columns() const {
    std::vector<std::span<const double>> out;
    for (std::size_t i : out_.kept) out.emplace_back(candidates_[i].column);
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

  void by_correlation() {
    Matrix r = correlations(history_, columns(), plan_.threads);
    std::vector<std::size_t> all = out_.kept, stay;  // positions in r
    out_.kept.clear();
    for (std::size_t i = 0; i < all.size(); ++i) {
      auto close = std::find_if(stay.begin(), stay.end(), [&](std::size_t j) {
        return std::abs(r(i, j)) > plan_.selection.max_correlation;
      });
      out_.kept.push_back(all[i]);
      if (close == stay.end() || candidates_[all[i]].plan.keep) {
        stay.push_back(i);
      } else {
        drop(out_.kept.size() - 1, "correlation", std::abs(r(i, *close)),
             plan_.selection.max_correlation, candidates_[all[*close]].name());
      }
    }
  }

  // Variance inflation of the columns at these places of a correlation matrix.
  static std::vector<double> inflation(const Matrix& r, const std::vector<std::size_t>& places) {
    Matrix part(places.size());
    for (std::size_t i = 0; i < places.size(); ++i)
      for (std::size_t j = 0; j < places.size(); ++j)
        // Columns that depend on each other exactly get a large figure and not none.
        part(i, j) = r(places[i], places[j]) + (i == j ? 1e-9 : 0);
    Matrix inverted = inverse(part);
    std::vector<double> out(part.size, std::numeric_limits<double>::max());
    for (std::size_t i = 0; i < inverted.size; ++i) out[i] = std::max(1.0, inverted(i, i));
    return out;
  }

  static std::vector<std::size_t> all_places(const Matrix& r) {
    std::vector<std::size_t> places(r.size);
    std::iota(places.begin(), places.end(), std::size_t{0});
    return places;
  }

  void by_vif() {
    Matrix r = correlations(history_, columns(), plan_.threads);
    std::vector<std::size_t> places = all_places(r);
    while (out_.kept.size() > 1) {
      std::vector<double> vif = inflation(r, places);
      std::size_t worst = vif.size();
      // The last of equals is the one with the lower information value.
      for (std::size_t i = 0; i < vif.size(); ++i)
        if (!at(i).plan.keep && vif[i] > plan_.selection.max_vif &&
            (worst == vif.size() || vif[i] >= vif[worst]))
          worst = i;
      if (worst == vif.size()) return;
      drop(worst, "vif", vif[worst], plan_.selection.max_vif);
      places.erase(places.begin() + static_cast<std::ptrdiff_t>(worst));
    }
  }

  void fit() {
    LogisticProblem problem{history_, columns(), {}, {}, {}, plan_.threads};
    for (const std::span<const double>& column : problem.columns) {
      double deviation = moments(history_, column).deviation;
      problem.penalties.push_back(plan_.ridge * deviation * deviation);
      problem.lower.push_back(-std::numeric_limits<double>::infinity());
      problem.upper.push_back(0);
    }
    out_.fit = fit_logistic(problem);
  }

  void by_sign() {
    bool dropped = false;
    for (std::size_t i = out_.kept.size(); i-- > 0;) {
      if (out_.fit.betas[i] < 0 || at(i).plan.keep) continue;
      drop(i, "sign", out_.fit.betas[i], 0);
      dropped = true;
    }
    if (dropped) fit();
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
    Matrix r = correlations(history_, columns(), plan_.threads);
    std::vector<double> vif = inflation(r, all_places(r));
    for (std::size_t i = 0; i < out_.kept.size(); ++i)
      out_.coefficients.push_back({at(i).name(), out_.fit.betas[i], out_.fit.standard_errors[i],
                                   wald_p(i), vif[i], at(i).binning.iv});
    Spectrum of = spectrum(std::move(r));
    out_.condition_number = std::sqrt(of.largest / std::max(of.smallest, 1e-300));
  }

  const std::vector<Candidate>& candidates_;
  const History& history_;
  const TrainingPlan& plan_;
  Selected out_;
};

}  // namespace

Selected select_variables(const std::vector<Candidate>& candidates, const History& history,
                          const TrainingPlan& plan) {
  return Selection(candidates, history, plan).run();
}

}  // namespace credence
