#include <credence/cli/bin_table.h>
#include <credence/cli/binning_view.h>
#include <credence/optimum/limit_words.h>
#include <credence/terminal/bars.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

std::string name_of(Trend trend, const Tongue& tongue) {
  return trend_name(trend).in(tongue.language());
}

std::string certificate_text(const Binning& binning, const Tongue& tongue) {
  const Certificate& proof = binning.certificate;
  std::string objective = tongue.number(proof.objective, 6), bound = tongue.number(proof.bound, 6);
  std::string out =
      proof.optimality == Optimality::optimal
          ? tongue.say({"  certificate: optimal, no bins that keep the limits reach more than {1}",
                        "  certificat : optimal, aucune classe dans les limites n'atteint plus de "
                        "{1}"},
                       {objective})
          : tongue.say({"  certificate: feasible at {1}; no bins reach more than {2}",
                        "  certificat : admissible à {1} ; aucune classe n'atteint plus de {2}"},
                       {objective, bound});
  out += tongue.say({" (problem {1})\n", " (problème {1})\n"}, {proof.problem_hash.substr(0, 12)});
  std::vector<std::string> limits;
  for (const std::string& limit : proof.binding)
    limits.push_back(limit_name(limit).in(tongue.language()));
  for (const Text& what : binning.given_up) limits.push_back(what.in(tongue.language()));
  if (!limits.empty())
    out += tongue.say({"  limits that cost something: {1}\n", "  limites qui coûtent : {1}\n"},
                      {fmt::format("{}", fmt::join(limits, ", "))});
  return out;
}

std::string candidates_text(const Binning& binning, const Tongue& tongue) {
  if (binning.candidates.empty()) return {};
  const bool is_found = std::ranges::any_of(binning.candidates, &Binning::Candidate::feasible);
  std::string out =
      is_found
          ? tongue.say({"  trends, each solved exactly; chosen by held-out loss:\n",
                        "  tendances, chacune résolue exactement ; choix par la perte hors "
                        "échantillon :\n"})
          : tongue.say({"  trends, each solved exactly; none was found:\n",
                        "  tendances, chacune résolue exactement ; aucune n'a été trouvée :\n"});
  for (const Binning::Candidate& one : binning.candidates) {
    std::string name = left_aligned(name_of(one.trend, tongue), 12);
    if (!one.feasible) {
      out += fmt::format("    {} {}\n", name,
                         tongue.say({"no bins keep the limits", "aucune classe dans les limites"}));
      continue;
    }
    out +=
        fmt::format("    {}{:>9}   {} {} ± {}{}\n", name, tongue.number(one.objective, 6),
                    tongue.say({"loss", "perte"}), tongue.number(one.held_out_loss, 6),
                    tongue.number(one.standard_error, 6),
                    one.trend == binning.trend ? tongue.say({"  <- chosen", "  <- choisie"}) : "");
  }
  return out;
}

std::string bins_text(int bins, const Tongue& tongue) {
  if (bins == 1) return tongue.say({"1 bin", "1 classe"});
  return tongue.say({"{1} bins", "{1} classes"}, {std::to_string(bins)});
}

std::string view(const Binning& binning, const Tongue& tongue) {
  std::string out = tongue.say(
      {"{1}: IV {2}, {3}, {4} of {5} prebins\n",
       "{1} : IV {2}, tendance {3}, {4} de {5} préclasses\n"},
      {binning.name, tongue.number(binning.iv, 4), name_of(binning.trend, tongue),
       bins_text(binning.cells.bins(), tongue), std::to_string(binning.problem.prebins.size())});
  for (const std::string& line : bin_table(binning, {}, tongue)) out += line + "\n";
  out += certificate_text(binning, tongue) + candidates_text(binning, tongue);
  for (const BinningNote& note : binning.notes)
    out += tongue.say({"  note: {1}\n", "  remarque : {1}\n"}, {note.text.in(tongue.language())});
  return out;
}

std::string view(std::span<const RankedVariable> ranked, const Tongue& tongue) {
  double most = 0;
  for (const RankedVariable& one : ranked) most = std::max(most, one.iv);
  std::string out = fmt::format(
      "{}  {:>7}  {}  {}{:>4}\n", left_aligned("variable", 36), "IV", left_aligned("", 20),
      left_aligned(tongue.say({"trend", "tendance"}), 12), tongue.say({"bins", "cl."}));
  for (const RankedVariable& one : ranked) {
    const std::string& note = one.note.in(tongue.language());
    if (one.bins == 0) {
      out += fmt::format("{}  {:>7}  {}\n", left_aligned(one.name, 36), "-", note);
      continue;
    }
    out += fmt::format("{}  {:>7}  {}  {}{:>4}{}\n", left_aligned(one.name, 36),
                       tongue.number(one.iv, 4), bar(most > 0 ? one.iv / most : 0, 20),
                       left_aligned(name_of(one.trend, tongue), 12), one.bins,
                       note.empty() ? "" : "  " + note);
  }
  return out;
}

}  // namespace credence
