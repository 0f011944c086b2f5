#include <credence/cli/bars.h>
#include <credence/cli/training_view.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace credence {

namespace {

constexpr std::size_t kNameWidth = 34;

const Binning* binning_of(const Trained& trained, std::string_view name) {
  auto found = std::find_if(trained.binnings.begin(), trained.binnings.end(),
                            [&](const Binning& one) { return one.name == name; });
  return found == trained.binnings.end() ? nullptr : &*found;
}

std::string name_of(const Scorecard& card, const Scorecard::Term& term) {
  std::string out;
  for (int variable : term.variables)
    out += (out.empty() ? "" : " x ") + card.variables[static_cast<std::size_t>(variable)].name;
  return out;
}

double most_iv(const Trained& trained) {
  double most = 0;
  for (const Binning& binning : trained.binnings) most = std::max(most, binning.iv);
  return most;
}

std::string terms_text(const Trained& trained) {
  std::string out = fmt::format("{}  {:>6}  {}  {:<10}  {:>4}  {:>6} {:>6}\n",
                                left_aligned("in the card", kNameWidth), "IV", left_aligned("", 10),
                                "trend", "bins", "least", "most");
  double most = most_iv(trained);
  for (const Scorecard::Term& term : trained.card.terms) {
    std::string name = name_of(trained.card, term);
    const Binning* binning = term.variables.size() == 1 ? binning_of(trained, name) : nullptr;
    out +=
        fmt::format("{}  {:>6}  {}  {:<10}  {:>4}  {:>6} {:>6}\n", left_aligned(name, kNameWidth),
                    binning == nullptr ? "" : fmt::format("{:.3f}", binning->iv),
                    bar(binning == nullptr || most <= 0 ? 0 : binning->iv / most, 10),
                    binning == nullptr ? "pair" : to_text(binning->trend),
                    binning == nullptr ? "" : std::to_string(binning->cells.bins()), term.lowest(),
                    term.highest());
  }
  return out;
}

std::string why(const Dropped& one) {
  const std::string& reason = one.reason;
  if (reason == "iv") return fmt::format("IV {:.4f} is below {}", one.figure, one.limit);
  if (reason == "correlation")
    return fmt::format("correlation {:.3f} with `{}`, which tells more", one.figure, one.beside);
  if (reason == "vif") return fmt::format("VIF {:.1f} is above {}", one.figure, one.limit);
  if (reason == "sign") return fmt::format("its coefficient {:.3f} has the wrong sign", one.figure);
  if (reason == "p-value") return fmt::format("p {:.3f} is above {}", one.figure, one.limit);
  if (reason == "limit") return fmt::format("more than {:.0f} variables", one.limit);
  if (reason == "left-out") return "the plan leaves it out";
  if (reason == "constant") return "its values fall into one bin";
  if (reason == "missing") return "every value is missing";
  if (reason == "points") return "all of its points became equal";
  return reason;
}

std::string dropped_text(const TrainingReport& report) {
  if (report.dropped.empty()) return {};
  std::string out = "\nnot in the card\n";
  for (const Dropped& one : report.dropped)
    out += fmt::format("{}  {}\n", left_aligned(one.variable, kNameWidth), why(one));
  return out;
}

std::string stages_text(const TrainingReport& report) {
  auto line = [](std::string_view what, const TrainingReport::Stage& stage) {
    return fmt::format("{:<34}  log-loss {:.6f}   AUC {:.4f}\n", what, stage.log_loss, stage.auc);
  };
  std::string out = "\n" + line("model before rounding", report.unrounded) +
                    line("its best rounding", report.rounded) +
                    line("whole points, fitted jointly", report.whole);
  if (report.lower_bound > 0)
    out += fmt::format("{:<34}  log-loss {:.6f}\n", "no card with these bins has less than",
                       report.lower_bound);
  if (report.cross_validated)
    out += fmt::format(
        "cross-validated, {} folds, everything refitted: AUC {:.4f} ± {:.4f}, Brier {:.4f}\n",
        report.cross_validated->auc.size(), report.cross_validated->mean,
        report.cross_validated->standard_deviation, report.cross_validated->brier);
  return out;
}

std::string overrides_text(const TrainingReport& report) {
  std::string out;
  for (const OverrideEffect& one : report.overrides)
    out += fmt::format(
        "override: {} [{}] {} -> {} points because {}; log-loss {:.6f} -> {:.6f}, AUC {:.4f} -> "
        "{:.4f}\n",
        one.variable, one.bin, one.points_before, one.points_after, one.because,
        one.log_loss_before, one.log_loss_after, one.auc_before, one.auc_after);
  return out;
}

Json decimal(double value) {
  return Json::Number{fmt::format("{:.6f}", value)};
}

}  // namespace

std::string view(const Trained& trained) {
  const TrainingReport& report = trained.report;
  std::string out =
      terms_text(trained) + dropped_text(report) + stages_text(report) + overrides_text(report);
  for (const std::string& note : report.notes) out += fmt::format("note: {}\n", note);
  const Scorecard& card = trained.card;
  out += fmt::format("\ncard `{}`: base {}, scores from {} to {}", card.id, card.base,
                     card.lowest(), card.highest());
  if (card.scaling)
    out += fmt::format(", bad odds halve every {:.1f} points",
                       card.scaling->factor * 0.6931471805599453);
  return out + "\n";
}

std::string view(const RejectResult& result) {
  std::string out =
      fmt::format("\nreject inference: {}\n{:>8}  {:>9}  {:>8}  {:>9}  {:>11}\n",
                  result.assumption.en, "from", "accepted", "bad", "rejected", "assumed bad");
  for (const RejectBand& band : result.bands) {
    double rate = band.accepted > 0 ? 100 * band.accepted_bad / band.accepted : 0;
    double assumed = band.rejected > 0 ? 100 * band.assumed_bad / band.rejected : 0;
    out += fmt::format("{:>8}  {:>9}  {:>6.1f} %  {:>9}  {:>9.1f} %\n", band.from,
                       with_commas(band.accepted), rate, with_commas(band.rejected), assumed);
  }
  const RejectResult::Expected& expected = result.expected;
  out += fmt::format(
      "bad rate of those whom the card would accept: {:.1f} % as assumed, {:.1f} % if "
      "optimistic, {:.1f} % if pessimistic\nbad rate of all applicants, whatever is assumed: from "
      "{:.1f} % to {:.1f} %\n",
      100 * expected.chosen, 100 * expected.optimistic, 100 * expected.pessimistic,
      100 * expected.worst_low, 100 * expected.worst_high);
  return out + fmt::format(
                   "against the card of accepted people alone: {} swapped in, {} swapped "
                   "out\n",
                   result.swapped_in, result.swapped_out);
}

Json training_json(const Trained& trained) {
  Json::Array binnings;
  for (const Binning& binning : trained.binnings) binnings.push_back(to_json(binning));
  return Json::Object{{"report", to_json(trained.report)}, {"variables", std::move(binnings)}};
}

Json rejects_json(const RejectResult& result) {
  Json::Array bands;
  for (const RejectBand& band : result.bands)
    bands.push_back(Json::Object{{"accepted", decimal(band.accepted)},
                                 {"accepted_bad", decimal(band.accepted_bad)},
                                 {"assumed_bad", decimal(band.assumed_bad)},
                                 {"from", band.from},
                                 {"rejected", decimal(band.rejected)}});
  const RejectResult::Expected& expected = result.expected;
  return Json::Object{
      {"accepted_only", to_json(result.accepted_only.report)},
      {"assumption", Json::Object{{"en", result.assumption.en}, {"fr", result.assumption.fr}}},
      {"bands", std::move(bands)},
      {"expected_bad_rate", Json::Object{{"chosen", decimal(expected.chosen)},
                                         {"optimistic", decimal(expected.optimistic)},
                                         {"pessimistic", decimal(expected.pessimistic)},
                                         {"worst_high", decimal(expected.worst_high)},
                                         {"worst_low", decimal(expected.worst_low)}}},
      {"swapped_in", result.swapped_in},
      {"swapped_out", result.swapped_out}};
}

}  // namespace credence
