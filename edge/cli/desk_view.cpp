#include <credence/cli/bin_table.h>
#include <credence/cli/binning_view.h>
#include <credence/cli/desk_view.h>
#include <credence/terminal/bars.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

std::string joined(const std::vector<std::string>& parts, std::string_view between = ", ") {
  return fmt::format("{}", fmt::join(parts, between));
}

std::string worth_text(const BinDesk::State& state, const Tongue& tongue) {
  const auto own = worth_of_bins(state), best = worth_of_best(state);
  const Divergence divergence = state.rules.binning.divergence;
  const std::string name = divergence == Divergence::iv ? "IV" : to_text(divergence);
  if (!own) return tongue.say({"no bins", "aucune classe"});
  if (!best) return fmt::format("{} {}", name, tongue.number(*own, 4));
  const double share = *best > 0 ? *own / *best : 1;
  return tongue.say({"{1} {2} of {3}, {4}", "{1} {2} sur {3}, {4}"},
                    {name, tongue.number(*own, 4), tongue.number(*best, 4), tongue.percent(share)});
}

std::string trend_text(const BinDesk::State& state, const Tongue& tongue) {
  const Trend asked = state.rules.binning.trend;
  if (asked != Trend::automatic || !state.best || state.best->candidates.empty())
    return tongue.say({"trend {1}", "tendance {1}"}, {name_of(asked, tongue)});
  if (std::ranges::none_of(state.best->candidates, &Binning::Candidate::feasible))
    return tongue.say({"no trend found: none keeps the limits",
                       "aucune tendance trouvée : aucune ne tient dans les limites"});
  return tongue.say(
      {"trend {1}, chosen by held-out loss", "tendance {1}, choisie par la perte hors échantillon"},
      {name_of(state.best->trend, tongue)});
}

// How many bins the rules ask for: "3", "2 to 6". REQUIRES: one of the two is set.
std::string count_text(const BinningRules& rules) {
  const std::string least = rules.min_bins ? std::to_string(*rules.min_bins) : "1";
  const std::string most = rules.max_bins ? std::to_string(*rules.max_bins) : "…";
  return least == most ? least : least + "–" + most;
}

// The limits that are set, in words.
std::string limits_text(const BinningRules& rules, const Tongue& tongue) {
  std::vector<std::string> limits;
  if (rules.min_bins || rules.max_bins)
    limits.push_back(tongue.say({"{1} bins", "{1} classes"}, {count_text(rules)}));
  if (rules.min_bin_share > 0)
    limits.push_back(tongue.say({"at least {1} in each", "au moins {1} dans chacune"},
                                {tongue.percent(rules.min_bin_share)}));
  if (rules.max_bin_share < 1)
    limits.push_back(tongue.say({"at most {1} in each", "au plus {1} dans chacune"},
                                {tongue.percent(rules.max_bin_share)}));
  if (rules.min_bin_events)
    limits.push_back(tongue.say({"at least {1} bad in each", "au moins {1} défauts dans chacune"},
                                {tongue.count(*rules.min_bin_events)}));
  if (rules.min_bin_nonevents)
    limits.push_back(tongue.say({"at least {1} good in each", "au moins {1} sains dans chacune"},
                                {tongue.count(*rules.min_bin_nonevents)}));
  return joined(limits);
}

std::string maker_text(const BinDesk::State& state, const Tongue& tongue) {
  if (!state.bins) return {};
  const std::string bins = bins_text(state.bins->cells.bins(), tongue);
  if (!state.by_hand && !state.best) return {};
  if (!state.by_hand)
    return tongue.say({"{1}: the optimum under the rules", "{1} : l'optimum dans les règles"},
                      {bins});
  if (state.because.empty())
    return tongue.say({"{1} by hand, without a reason yet: because \"...\"",
                       "{1} à la main, encore sans motif : motif \"...\""},
                      {bins});
  return tongue.say({"{1} by hand, because: {2}", "{1} à la main, motif : {2}"},
                    {bins, state.because});
}

std::string place_text(BinDesk::Place place, const Tongue& tongue) {
  switch (place) {
    case BinDesk::Place::left_out:
      return tongue.say({"left out of the card", "exclue de la grille"});
    case BinDesk::Place::kept:
      return tongue.say({"kept in the card, whatever the selection says",
                         "gardée dans la grille, quoi que dise la sélection"});
    case BinDesk::Place::by_selection:
      break;
  }
  return {};
}

std::string numbers_of(const std::vector<int>& bins) {
  return joined([&] {
    std::vector<std::string> texts;
    for (int bin : bins) texts.push_back(std::to_string(bin));
    return texts;
  }());
}

// What is broken, a line each; nothing where the rules are kept.
std::vector<std::string> broken_lines(const BinDesk::State& state, const Tongue& tongue) {
  const BrokenRules broken = broken_rules(state);
  std::vector<std::string> lines;
  const auto add = [&](const std::vector<int>& bins, const Text& what, const std::string& value) {
    if (!bins.empty()) lines.push_back("! " + tongue.say(what, {numbers_of(bins), value}));
  };
  const BinningRules& rules = state.rules.binning;
  add(broken.against_trend,
      {"against the trend: the bad rate of bin {1}",
       "contre la tendance : le taux de défaut de la classe {1}"},
      "");
  add(broken.too_small,
      {"less than {2} of all records: bin {1}", "moins de {2} de toutes les lignes : classe {1}"},
      tongue.percent(rules.min_bin_share));
  add(broken.too_few_bad, {"fewer than {2} bad: bin {1}", "moins de {2} défauts : classe {1}"},
      tongue.count(rules.min_bin_events.value_or(0)));
  add(broken.too_few_good, {"fewer than {2} good: bin {1}", "moins de {2} sains : classe {1}"},
      tongue.count(rules.min_bin_nonevents.value_or(0)));
  if (!state.bins) return lines;
  const int bins = state.bins->cells.bins();
  if (bins > rules.max_bins.value_or(bins) || bins < rules.min_bins.value_or(bins))
    lines.push_back(tongue.say(
        {"! {1}, where the rules ask for {2}", "! {1}, là où les règles en demandent {2}"},
        {bins_text(bins, tongue), count_text(rules)}));
  // What the bins say of themselves, where it is not said above in better words.
  for (const BinningNote& note : state.bins->notes) {
    const bool is_rule = note.about == BinningNote::About::broken_rules;
    if (!is_rule || lines.empty()) lines.push_back((is_rule ? "! " : "- ") + tongue.say(note.text));
  }
  return lines;
}

std::string before_and_after(const BinDesk::Change& change, const Tongue& tongue) {
  const auto before = worth_of_bins(*change.before), after = worth_of_bins(*change.after);
  if (!before || !after) return {};
  const Divergence divergence = change.after->rules.binning.divergence;
  const std::string name = divergence == Divergence::iv ? "IV" : to_text(divergence);
  return tongue.say(
      {"{1} {2} -> {3} ({4}), bins {5} -> {6}", "{1} {2} -> {3} ({4}), classes {5} -> {6}"},
      {name, tongue.number(*before, 4), tongue.number(*after, 4),
       tongue.with_sign(*after - *before, 4), std::to_string(change.before->bins->cells.bins()),
       std::to_string(change.after->bins->cells.bins())});
}

bool is_clean(const BinDesk::State& state) {
  return broken_rules(state) == BrokenRules{};
}

}  // namespace

std::string reason_text(const Finding& finding, const Tongue& tongue) {
  const std::string& help = finding.help.in(tongue.language());
  return finding.message.in(tongue.language()) + (help.empty() ? "" : " (" + help + ")");
}

std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0;
    const bool is_c1 = byte == 0xC2 && next >= 0x80 && next < 0xA0;
    if ((byte < 0x20 && byte != '\n') || byte == 0x7f || is_c1) {
      out += "\xef\xbf\xbd";
      if (is_c1) ++at;
    } else {
      out += text[at];
    }
  }
  return out;
}

std::vector<std::string> desk_head(const BinDesk& desk, const Tongue& tongue) {
  const BinDesk::State& state = desk.current();
  std::vector<std::string> lines = {
      tongue.say({"{1} ({2} of {3}): {4}", "{1} ({2} sur {3}) : {4}"},
                 {desk.column(desk.at()).name(), std::to_string(desk.at() + 1),
                  std::to_string(desk.size()), worth_text(state, tongue)})};
  const std::string limits = limits_text(state.rules.binning, tongue);
  lines.push_back(trend_text(state, tongue) +
                  (limits.empty() ? "" : tongue.say({"; {1}", " ; {1}"}, {limits})));
  for (const std::string& line : {maker_text(state, tongue), place_text(state.place, tongue)})
    if (!line.empty()) lines.push_back(line);
  if (state.no_best) lines.push_back("! " + reason_text(*state.no_best, tongue));
  for (std::string& line : broken_lines(state, tongue)) lines.push_back(std::move(line));
  for (std::string& line : lines) line = printable(line);
  return lines;
}

std::string desk_page(const BinDesk& desk, const Tongue& tongue) {
  std::string out = joined(desk_head(desk, tongue), "\n") + "\n";
  if (!desk.current().bins) return out;
  for (const std::string& line : bin_table(*desk.current().bins, {.numbered = true}, tongue))
    out += printable(line) + "\n";
  return out;
}

std::vector<std::string> change_lines(const BinDesk::Change& change, const Tongue& tongue) {
  std::vector<std::string> lines;
  for (const Text& note : change.notes) lines.push_back(tongue.say(note));
  if (change.before == change.after) return lines;
  const BinDesk::State &before = *change.before, &after = *change.after;
  if (before.bins != after.bins) {
    std::string difference = before_and_after(change, tongue);
    if (!difference.empty()) lines.push_back(difference);
    if (!is_clean(before) && is_clean(after))
      lines.push_back(tongue.say({"the trend and the least sizes are kept again",
                                  "la tendance et les tailles minimales sont tenues de nouveau"}));
    const bool was_hand = before.by_hand && !after.by_hand;
    if (was_hand)
      lines.push_back(tongue.say({"the optimum stands in place of the bins by hand",
                                  "l'optimum remplace les classes faites à la main"}));
    if (!after.by_hand && after.bins) {
      std::string proof = certificate_text(*after.bins, tongue);
      for (std::size_t at = 0; at < proof.size();) {
        const std::size_t end = std::min(proof.find('\n', at), proof.size());
        lines.push_back(proof.substr(at, end - at).substr(2));
        at = end + 1;
      }
    }
  }
  if (before.place != after.place)
    lines.push_back(after.place == BinDesk::Place::by_selection
                        ? tongue.say({"the selection decides about it", "la sélection en décide"})
                        : place_text(after.place, tongue));
  if (before.bins == after.bins && before.because != after.because)
    lines.push_back(maker_text(after, tongue));
  for (std::string& line : lines) line = printable(line);
  return lines;
}

std::string desk_list(const BinDesk& desk, const Tongue& tongue) {
  double most = 0;
  for (std::size_t i = 0; i < desk.size(); ++i)
    most = std::max(most, worth_of_bins(*desk.state(i)).value_or(0));
  std::string out;
  for (std::size_t i = 0; i < desk.size(); ++i) {
    const BinDesk::State& state = *desk.state(i);
    const double worth = worth_of_bins(state).value_or(0);
    std::vector<std::string> marks;
    if (state.by_hand) marks.push_back(tongue.say({"by hand", "à la main"}));
    if (state.place == BinDesk::Place::left_out)
      marks.push_back(tongue.say({"left out", "exclue"}));
    if (state.place == BinDesk::Place::kept) marks.push_back(tongue.say({"kept", "gardée"}));
    if (!is_clean(state)) marks.push_back(tongue.say({"against its rules", "contre ses règles"}));
    if (state.no_best) marks.push_back(tongue.say({"no optimum", "sans optimum"}));
    out += fmt::format("{} {}  {:>7}  {}  {:>3}{}\n", i == desk.at() ? ">" : " ",
                       left_aligned(printable(desk.column(i).name()), 30), tongue.number(worth, 4),
                       bar(most > 0 ? worth / most : 0, 12),
                       state.bins ? std::to_string(state.bins->cells.bins()) : "-",
                       marks.empty() ? "" : "  " + joined(marks));
  }
  return out;
}

}  // namespace credence
