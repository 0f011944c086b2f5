#include <credence/training/train.h>
#include <fmt/format.h>

#include <cmath>

namespace credence {

namespace {

// The shortest text that reads back as the same number; null for what JSON has no number for.
Json number(double value) {
  if (!std::isfinite(value)) return nullptr;
  return Json::Number{fmt::format("{}", value)};
}

Json stage(const TrainingReport::Stage& of) {
  return Json::Object{{"log_loss", number(of.log_loss)}, {"auc", number(of.auc)}};
}

template <class T, class One>
Json list(const std::vector<T>& items, One one) {
  Json::Array out;
  for (const T& item : items) out.push_back(one(item));
  return out;
}

Json coefficient(const Coefficient& of) {
  return Json::Object{{"variable", of.variable},
                      {"beta", number(of.beta)},
                      {"standard_error", number(of.standard_error)},
                      {"wald_p", number(of.wald_p)},
                      {"vif", number(of.vif)},
                      {"iv", number(of.iv)}};
}

Json dropped(const Dropped& of) {
  return Json::Object{{"variable", of.variable},
                      {"reason", of.reason},
                      {"beside", of.beside},
                      {"figure", number(of.figure)},
                      {"limit", number(of.limit)}};
}

Json effect(const OverrideEffect& of) {
  return Json::Object{{"variable", of.variable},
                      {"bin", of.bin},
                      {"because", of.because},
                      {"points_before", of.points_before},
                      {"points_after", of.points_after},
                      {"log_loss_before", number(of.log_loss_before)},
                      {"log_loss_after", number(of.log_loss_after)},
                      {"auc_before", number(of.auc_before)},
                      {"auc_after", number(of.auc_after)}};
}

Json cross_validated(const TrainingReport::CrossValidated& of) {
  return Json::Object{{"auc", list(of.auc, number)},
                      {"mean", number(of.mean)},
                      {"standard_deviation", number(of.standard_deviation)},
                      {"brier", number(of.brier)}};
}

}  // namespace

Json to_json(const TrainingReport& report) {
  Json::Object out{
      {"rows", report.rows},
      {"bad", report.bad},
      {"intercept", number(report.intercept)},
      {"coefficients", list(report.coefficients, coefficient)},
      {"dropped", list(report.dropped, dropped)},
      {"overrides", list(report.overrides, effect)},
      {"condition_number", number(report.condition_number)},
      {"unrounded", stage(report.unrounded)},
      {"rounded", stage(report.rounded)},
      {"whole", stage(report.whole)},
      {"lower_bound", number(report.lower_bound)},
      {"notes", list(report.notes, [](const std::string& note) { return Json{note}; })}};
  if (report.cross_validated)
    out.emplace("cross_validated", cross_validated(*report.cross_validated));
  return out;
}

}  // namespace credence
