#include <credence/cli/binning_view.h>
#include <credence/cli/training_view.h>
#include <credence/terminal/bars.h>
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

std::string terms_text(const Trained& trained, const Tongue& tongue) {
  std::string out = fmt::format(
      "{}  {:>6}  {}  {}{:>4}  {:>6} {:>6}\n",
      left_aligned(tongue.say({"in the card", "dans la grille"}), kNameWidth), "IV",
      left_aligned("", 10), left_aligned(tongue.say({"trend", "tendance"}), 12),
      tongue.say({"bins", "cl."}), tongue.say({"least", "moins"}), tongue.say({"most", "plus"}));
  double most = most_iv(trained);
  for (const Scorecard::Term& term : trained.card.terms) {
    std::string name = name_of(trained.card, term);
    const Binning* one = term.variables.size() == 1 ? binning_of(trained, name) : nullptr;
    std::string trend =
        one == nullptr ? tongue.say({"pair", "paire"}) : name_of(one->trend, tongue);
    out += fmt::format("{}  {:>6}  {}  {}{:>4}  {:>6} {:>6}\n", left_aligned(name, kNameWidth),
                       one == nullptr ? "" : tongue.number(one->iv, 3),
                       bar(one == nullptr || most <= 0 ? 0 : one->iv / most, 10),
                       left_aligned(trend, 12),
                       one == nullptr ? "" : std::to_string(one->cells.bins()),
                       tongue.number(term.lowest(), 0), tongue.number(term.highest(), 0));
  }
  return out;
}

// Why a variable is not in the card, by the reason that the report gives; {1} is its figure, {2}
// the limit, {3} the variable that stayed.
struct Reason {
  std::string_view id;
  int decimals;
  Text text;
};

const std::vector<Reason>& reasons() {
  static const std::vector<Reason> all = {
      {"iv", 4, {"IV {1} is below {2}", "IV {1} sous {2}"}},
      {"correlation",
       3,
       {"correlation {1} with `{3}`, which tells more",
        "corrélation {1} avec « {3} », qui en dit plus"}},
      {"vif", 1, {"VIF {1} is above {2}", "VIF {1} au-dessus de {2}"}},
      {"sign",
       3,
       {"its coefficient {1} has the wrong sign", "son coefficient {1} a le mauvais signe"}},
      {"p-value", 3, {"p {1} is above {2}", "p {1} au-dessus de {2}"}},
      {"limit", 0, {"more than {2} variables", "plus de {2} variables"}},
      {"left-out", 0, {"the plan leaves it out", "le plan la laisse de côté"}},
      {"constant",
       0,
       {"its values fall into one bin", "ses valeurs tombent dans une seule classe"}},
      {"separates",
       0,
       {"it tells good from bad by itself: see whether it leaks the outcome (or divergence "
        "hellinger)",
        "elle sépare seule bons et mauvais : voyez si elle trahit l'issue (ou divergence "
        "hellinger)"}},
      {"missing", 0, {"every value is missing", "toutes les valeurs manquent"}},
      {"infeasible", 0, {"no bins keep the rules", "aucune classe ne tient les règles"}},
      {"points", 0, {"all of its points became equal", "tous ses points sont devenus égaux"}}};
  return all;
}

std::string why(const Dropped& one, const Tongue& tongue) {
  for (const Reason& reason : reasons()) {
    if (reason.id == one.reason)
      return tongue.say(reason.text, {tongue.number(one.figure, reason.decimals),
                                      tongue.shortest(one.limit), one.beside});
  }
  return one.reason;
}

std::string dropped_text(const TrainingReport& report, const Tongue& tongue) {
  if (report.dropped.empty()) return {};
  std::string out = tongue.say({"\nnot in the card\n", "\nhors de la grille\n"});
  for (const Dropped& one : report.dropped)
    out += fmt::format("{}  {}\n", left_aligned(one.variable, kNameWidth), why(one, tongue));
  return out;
}

std::string stages_text(const TrainingReport& report, const Tongue& tongue) {
  auto line = [&](const Text& what, const TrainingReport::Stage& stage) {
    return fmt::format("{:<34}  log-loss {}   AUC {}\n", what.in(tongue.language()),
                       tongue.number(stage.log_loss, 6), tongue.number(stage.auc, 4));
  };
  std::string out =
      "\n" + line({"model before rounding", "modèle avant l'arrondi"}, report.unrounded) +
      line({"its best rounding", "son meilleur arrondi"}, report.rounded) +
      line({"whole points, fitted jointly", "points entiers, ajustés ensemble"}, report.whole);
  if (report.lower_bound > 0)
    out += fmt::format(
        "{:<34}  log-loss {}\n",
        tongue.say({"least with these bins (estimate)", "minimum de ces classes (estimation)"}),
        tongue.number(report.lower_bound, 6));
  if (!report.cross_validated) return out;
  const TrainingReport::CrossValidated& folds = *report.cross_validated;
  return out +
         tongue.say({"cross-validated, {1} folds, everything refitted: AUC {2} ± {3}, Brier "
                     "{4}\n",
                     "validation croisée, {1} parts, tout refait : AUC {2} ± {3}, Brier "
                     "{4}\n"},
                    {std::to_string(folds.auc.size()), tongue.number(folds.mean, 4),
                     tongue.number(folds.standard_deviation, 4), tongue.number(folds.brier, 4)});
}

std::string overrides_text(const TrainingReport& report, const Tongue& tongue) {
  std::string out;
  for (const OverrideEffect& one : report.overrides)
    out += tongue.say(
        {"override: {1} [{2}] {3} -> {4} points because {5}; log-loss {6} -> {7}, AUC {8} -> "
         "{9}\n",
         "décision : {1} [{2}] {3} -> {4} points parce que {5} ; log-loss {6} -> {7}, AUC {8} -> "
         "{9}\n"},
        {one.variable, one.bin, std::to_string(one.points_before), std::to_string(one.points_after),
         one.because, tongue.number(one.log_loss_before, 6), tongue.number(one.log_loss_after, 6),
         tongue.number(one.auc_before, 4), tongue.number(one.auc_after, 4)});
  return out;
}

Json decimal(double value) {
  return Json::Number{fmt::format("{:.6f}", value)};
}

}  // namespace

std::string view(const Trained& trained, const Tongue& tongue) {
  const TrainingReport& report = trained.report;
  std::string out = terms_text(trained, tongue) + dropped_text(report, tongue) +
                    stages_text(report, tongue) + overrides_text(report, tongue);
  for (const std::string& note : report.notes)
    out += tongue.say({"note: {1}\n", "remarque : {1}\n"}, {note_in(note, tongue)});
  const Scorecard& card = trained.card;
  out += tongue.say({"\ncard `{1}`: base {2}, scores from {3} to {4}",
                     "\ngrille « {1} » : base {2}, scores de {3} à {4}"},
                    {card.id, std::to_string(card.base), std::to_string(card.lowest()),
                     std::to_string(card.highest())});
  if (card.scaling)
    out += tongue.say({", bad odds halve every {1} points",
                       ", la cote de défaut diminue de moitié tous les {1} points"},
                      {tongue.number(card.scaling->factor * 0.6931471805599453, 1)});
  return out + "\n";
}

namespace {

std::string bands_text(const RejectResult& result, const Tongue& tongue) {
  std::string out =
      fmt::format("{:>8}  {:>9}  {:>8}  {:>9}  {:>11}\n", tongue.say({"from", "de"}),
                  tongue.say({"accepted", "acceptés"}), tongue.say({"bad", "défauts"}),
                  tongue.say({"rejected", "refusés"}), tongue.say({"assumed bad", "supposés"}));
  for (const RejectBand& band : result.bands) {
    double rate = band.accepted > 0 ? 100 * band.accepted_bad / band.accepted : 0;
    double assumed = band.rejected > 0 ? 100 * band.assumed_bad / band.rejected : 0;
    out += fmt::format("{:>8}  {:>9}  {:>8}  {:>9}  {:>11}\n", band.from,
                       tongue.count(band.accepted), tongue.in_percent(rate),
                       tongue.count(band.rejected), tongue.in_percent(assumed));
  }
  return out;
}

}  // namespace

std::string view(const RejectResult& result, const Tongue& tongue) {
  const RejectResult::Expected& expected = result.expected;
  return tongue.say({"\nreject inference: {1}\n", "\ninférence sur les refusés : {1}\n"},
                    {result.assumption.in(tongue.language())}) +
         bands_text(result, tongue) +
         tongue.say({"bad rate of those whom the card would accept: {1} as assumed, {2} if "
                     "optimistic, {3} if pessimistic\nbad rate of all applicants, whatever is "
                     "assumed: from {4} to {5}\n",
                     "taux de défaut de ceux que la grille accepterait : {1} selon l'hypothèse, "
                     "{2} en étant optimiste, {3} en étant pessimiste\ntaux de défaut de tous les "
                     "demandeurs, quelle que soit l'hypothèse : de {4} à {5}\n"},
                    {tongue.percent(expected.chosen), tongue.percent(expected.optimistic),
                     tongue.percent(expected.pessimistic), tongue.percent(expected.worst_low),
                     tongue.percent(expected.worst_high)}) +
         tongue.say({"against the card of accepted people alone: {1} swapped in, {2} swapped out\n",
                     "face à la grille des seuls acceptés : {1} entrent, {2} sortent\n"},
                    {std::to_string(result.swapped_in), std::to_string(result.swapped_out)});
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
