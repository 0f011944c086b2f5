#include <credence/monitor/stability.h>
#include <credence/validation/section_writer.h>
#include <credence/validation/study.h>
#include <credence/validation/variable_cells.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

using enum NumberFormat;
using Level = Verdict::Level;

// The limits ignore how many people were looked at; the test does not. To act needs both.
Level level_of(const Stability& moved, const ValidationLimits& limits) {
  bool certain = moved.p_value < 1 - limits.confidence;
  if (moved.index >= limits.stability_act) return certain ? Level::act : Level::watch;
  return moved.index >= limits.stability_watch && certain ? Level::watch : Level::good;
}

CellCounts counts_of(std::span<const ScoreBand> bands) {
  std::vector<ClassTally> cells;
  for (const ScoreBand& band : bands) cells.push_back(band.tally);
  return counts_of(cells);
}

struct ScoreStability {
  std::vector<ScoreBand> before, now;
  Stability moved;
};

ScoreStability score_stability(const Study& study, const StudiedSample& before) {
  ScoreStability result;
  result.before = equal_bands(before.groups, study.input->bands);
  std::vector<std::int32_t> starts;
  for (const ScoreBand& band : result.before) starts.push_back(band.from);
  result.now = bands_from(study.headline().groups, starts);
  result.moved = *stability(counts_of(result.before), counts_of(result.now));
  return result;
}

Text spread_text(bool moved) {
  if (moved)
    return {"Scores have moved for certain, but little.",
            "Les scores ont bougé avec certitude, mais peu."};
  return {"Scores are spread as at development, as far as can be told.",
          "Les scores se répartissent comme au développement, pour autant qu'on le sache."};
}

void judge_scores(const Study& study, const Stability& moved, SectionWriter& writer) {
  const ValidationLimits& limits = study.input->limits;
  Level level = level_of(moved, limits);
  Text conclusion = level == Level::good ? spread_text(moved.p_value < 1 - limits.confidence)
                    : level == Level::act
                        ? Text{"The people scored are not those the card was made on.",
                               "La population n'est plus celle de la construction."}
                        : Text{"Scores have moved.", "Les scores ont bougé."};
  writer.verdict(
      level, "stability.score", {"Stability of the score", "Stabilité du score"},
      fill({"PSI {1} (watch {2}, act {3}; {4}). {5}",
            "PSI {1} (surveiller {2}, agir {3} ; {4}). {5}"},
           {figure(moved.index, number3), figure(limits.stability_watch, number2),
            figure(limits.stability_act, number2), p_phrase(moved.p_value), conclusion}));
}

PackChart shares_chart(const Study& study, const StudiedSample& before,
                       const ScoreStability& found) {
  PackChart chart{"psi", {"Share of people by score", "Répartition par score"}};
  chart.description = fill({"Bands of {1}; equal bars mean that nothing moved",
                            "Tranches de {1} ; des barres égales signifient que rien n'a bougé"},
                           {before.name});
  chart.x.title = words::score();
  chart.y = {.title = words::share(), .format = share};
  PackChart::Series then = series_of(before.name, PackChart::Series::Shape::bars);
  PackChart::Series now = series_of(study.headline().name, PackChart::Series::Shape::bars);
  then.muted = true;
  for (std::size_t i = 0; i < found.before.size(); ++i) {
    chart.x.categories.push_back(same(score_label(found.before[i].from, found.before[i].to)));
    then.x.push_back(static_cast<double>(i));
    now.x.push_back(static_cast<double>(i));
    then.y.push_back(found.moved.expected[i]);
    now.y.push_back(found.moved.actual[i]);
  }
  chart.series = {then, now};
  return chart;
}

PackTable shares_table(const Study& study, const StudiedSample& before,
                       const ScoreStability& found) {
  PackTable table{"psi",
                  {"Stability of the score", "Stabilité du score"},
                  {{words::score(), {}},
                   {before.name, share},
                   {study.headline().name, share},
                   {{"Part of the PSI", "Part du PSI"}, number4}},
                  {}};
  for (std::size_t i = 0; i < found.before.size(); ++i) {
    table.rows.push_back({score_label(found.before[i].from, found.before[i].to),
                          found.moved.expected[i], found.moved.actual[i], found.moved.parts[i]});
  }
  return table;
}

PackTable drift_table(const Study& study, const StudiedSample& before) {
  PackTable table{
      "drift",
      fill({"Every sample against {1}", "Chaque échantillon contre {1}"}, {before.name}),
      {{words::sample(), {}},
       {{"PSI", "PSI"}, number4},
       {{"PSI unsmoothed", "PSI non lissé"}, number4},
       {words::p_value(), p_value},
       {{"Jensen-Shannon", "Jensen-Shannon"}, number4},
       {{"KS distance", "Distance KS"}, number3},
       {words::p_value(), p_value},
       {{"Concentration", "Concentration"}, number3}},
      {}};
  std::vector<ScoreBand> bands = equal_bands(before.groups, study.input->bands);
  std::vector<std::int32_t> starts;
  for (const ScoreBand& band : bands) starts.push_back(band.from);
  for (const StudiedSample& one : study.samples) {
    if (&one == &before) continue;
    std::vector<ScoreBand> now = bands_from(one.groups, starts);
    Stability moved = *stability(counts_of(bands), counts_of(now));
    ScoreDrift drift = score_drift(before.groups, one.groups);
    auto concentrated = concentration(counts_of(now).weights);
    table.rows.push_back({one.name, moved.index, moved.raw, moved.p_value, moved.jensen_shannon,
                          drift.distance, drift.p_value,
                          concentrated ? concentrated->normalised : 0});
  }
  return table;
}

struct VariableMove {
  std::string name;
  Text title;
  Stability moved;
  std::optional<double> points;
};

std::vector<VariableMove> variable_moves(const Study& study, const StudiedSample* before) {
  std::vector<VariableMove> moves;
  if (!study.input->card) return moves;
  const Scorecard& card = *study.input->card;
  for (std::size_t i = 0; i < card.variables.size(); ++i) {
    auto now = cell_tallies(*study.headline().sample, card, i);
    auto then = before != nullptr ? cell_tallies(*before->sample, card, i) : CellTallies{};
    // Without the sample of development, what the card remembers of its training stands in.
    if (then.empty()) then = trained_tallies(card, i);
    if (now.empty() || then.empty()) continue;
    auto moved = stability(counts_of(then), counts_of(now));
    if (!moved) continue;
    VariableMove move{card.variables[i].name, Scorecard::title_of(card.variables[i]), *moved, {}};
    if (const Scorecard::Term* term = own_term(card, i))
      move.points = points_shift(*moved, term->points);
    moves.push_back(move);
  }
  std::stable_sort(moves.begin(), moves.end(), [](const VariableMove& a, const VariableMove& b) {
    return a.moved.index > b.moved.index;
  });
  return moves;
}

void judge_variables(const Study& study, std::span<const VariableMove> moves,
                     SectionWriter& writer) {
  const VariableMove& worst = moves.front();
  int watched = 0, acted = 0;
  for (const VariableMove& move : moves) {
    Level level = level_of(move.moved, study.input->limits);
    watched += level == Level::watch ? 1 : 0;
    acted += level == Level::act ? 1 : 0;
  }
  Level level = acted > 0 ? Level::act : watched > 0 ? Level::watch : Level::good;
  writer.verdict(
      level, "stability.variables", {"Stability of the variables", "Stabilité des variables"},
      fill({"{1} of {2} to act on, {3} to watch; the largest move is that of {4} (CSI {5}).",
            "{1} sur {2} appellent une action, {3} une surveillance ; le plus grand écart "
            "est celui de {4} (CSI {5})."},
           {figure(acted, count), figure(static_cast<double>(moves.size()), count),
            figure(watched, count), worst.title, figure(worst.moved.index, number3)}));
}

void add_variables(const Study& study, std::span<const VariableMove> moves, SectionWriter& writer) {
  PackChart chart{"csi", {"Move of each variable", "Écart de chaque variable"}};
  chart.description = {"Characteristic stability index, largest first",
                       "Indice de stabilité par variable, les plus grands d'abord"};
  chart.lying = true;
  chart.y = {.title = {"CSI", "CSI"}, .format = number2, .lowest = 0};
  PackChart::Series bars = series_of({"CSI", "CSI"}, PackChart::Series::Shape::bars);
  PackTable table{"csi",
                  {"Stability of the variables", "Stabilité des variables"},
                  {{{"Variable", "Variable"}, {}},
                   {{"CSI", "CSI"}, number4},
                   {{"Unsmoothed", "Non lissé"}, number4},
                   {words::p_value(), p_value},
                   {{"Jensen-Shannon", "Jensen-Shannon"}, number4},
                   {{"Mean points", "Points moyens"}, number2}},
                  {}};
  for (const VariableMove& move : moves) {
    if (bars.x.size() < 30) {
      chart.x.categories.push_back(move.title);
      bars.x.push_back(static_cast<double>(bars.x.size()));
      bars.y.push_back(move.moved.index);
    }
    table.rows.push_back({move.title, move.moved.index, move.moved.raw, move.moved.p_value,
                          move.moved.jensen_shannon, cell(move.points)});
  }
  chart.series = {bars};
  for (double limit : {study.input->limits.stability_watch, study.input->limits.stability_act})
    chart.marks.push_back({PackChart::Mark::Across::at_y, limit, figure(limit, number2)});
  writer.add(chart);
  writer.add(table);
}

}  // namespace

PackSection stability_section(const Study& study) {
  SectionWriter writer("stability", {"Stability", "Stabilité"});
  const StudiedSample* before = study.before();
  auto moves = variable_moves(study, before);
  if (before != nullptr) {
    ScoreStability found = score_stability(study, *before);
    judge_scores(study, found.moved, writer);
    if (!moves.empty()) judge_variables(study, moves, writer);
    writer.add(shares_chart(study, *before, found));
    writer.add(shares_table(study, *before, found));
    writer.add(drift_table(study, *before));
  } else {
    writer.verdict(Level::unknown, "stability.score",
                   {"Stability of the score", "Stabilité du score"},
                   {"No development sample was given beside the one that is judged, so the move of "
                    "the score cannot be measured.",
                    "Aucun échantillon de développement n'accompagne celui qui est jugé : l'écart "
                    "du score ne peut être mesuré."});
    if (!moves.empty()) judge_variables(study, moves, writer);
  }
  if (moves.empty())
    writer.paragraph(
        {"The cells of the variables are not known in two samples, so their move is "
         "not told here.",
         "Les classes des variables ne sont pas connues dans deux échantillons : leur "
         "écart n'est pas décrit ici."});
  else
    add_variables(study, moves, writer);
  return writer.take();
}

}  // namespace credence
