#include <credence/validation/audit.h>
#include <credence/validation/proxies.h>
#include <credence/validation/section_writer.h>
#include <credence/validation/study.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

using enum NumberFormat;
using Level = Verdict::Level;
using Shape = PackChart::Series::Shape;

// The findings of a column, in words.
struct Judgement {
  Level level = Level::good;
  Text what;
  void raise(Level to, const Text& text) {
    if (to == Level::act || level == Level::good) level = to;
    what.en += (what.en.empty() ? "" : "; ") + text.en;
    what.fr += (what.fr.empty() ? "" : " ; ") + text.fr;
  }
};

Text said_of(const std::string& label, const Text& figure_name, const Comparison& one,
             NumberFormat format) {
  return fill(
      {"{1}: {2} {3} ({4} to {5}; {6})", "{1} : {2} {3} ({4} à {5} ; {6})"},
      {same(label), figure_name, figure(one.figure, format), figure(one.interval.low, format),
       figure(one.interval.high, format), p_phrase(one.p_value)});
}

void judge_group(const GroupView& group, bool has_cut_off, Judgement& judgement) {
  const Disparity& found = group.against;
  if (has_cut_off && found.impact_ratio && found.impact_ratio->beyond_limit) {
    judgement.raise(found.impact_ratio->finding() ? Level::act : Level::watch,
                    said_of(group.label, {"acceptance ratio", "rapport d'acceptation"},
                            *found.impact_ratio, number2));
  }
  if (found.mean_difference && found.mean_difference->finding()) {
    judgement.raise(Level::watch, said_of(group.label,
                                          {"mean score, gap in % of a deviation",
                                           "score moyen, écart en % d'un écart-type"},
                                          *found.mean_difference, number2));
  }
  if (has_cut_off && found.true_positive_gap && found.true_positive_gap->finding()) {
    judgement.raise(
        Level::watch,
        said_of(group.label, {"share of goods accepted, gap", "part des bons acceptés, écart"},
                *found.true_positive_gap, share));
  }
}

// Figures of few people say more about them than about the card.
bool is_small(const Study& study, const GroupView& group) {
  return group.all.effective() < study.input->limits.smallest_cell;
}

// Why no group could be compared with the reference.
Text why_not_compared(const Study& study, const AuditedColumn& column) {
  const GroupView& reference = column.groups[column.reference];
  auto told = [&](const Text& why) {
    return fill(why, {same(reference.label), figure(study.input->limits.smallest_cell, count)});
  };
  if (is_small(study, reference))
    return told(
        {"The reference, {1}, has fewer than {2} people: no comparison would mean "
         "anything.",
         "La référence, {1}, a moins de {2} personnes : aucune comparaison n'aurait "
         "de sens."});
  for (const GroupView& group : column.groups) {
    if (&group == &reference || is_small(study, group)) continue;
    return told(
        {"The scores do not differ and nobody of {1} is accepted: there is nothing to "
         "compare.",
         "Les scores ne diffèrent pas et personne de {1} n'est accepté : il n'y a rien à "
         "comparer."});
  }
  return told({"No group beside {1} has {2} people: no comparison would mean anything.",
               "Aucun groupe à côté de {1} n'a {2} personnes : aucune comparaison n'aurait "
               "de sens."});
}

void judge(const Study& study, const AuditedColumn& column, SectionWriter& writer) {
  Text subject = fill({"Groups by {1}", "Groupes selon {1}"}, {same(column.name)});
  std::string id = "disparity." + column.name;
  Judgement judgement;
  int compared = 0;
  for (std::size_t i = 0; i < column.groups.size(); ++i) {
    if (i == column.reference) continue;
    compared +=
        column.groups[i].against.mean_difference || column.groups[i].against.impact_ratio ? 1 : 0;
    judge_group(column.groups[i], study.input->cut_off.has_value(), judgement);
  }
  Text reference = same(column.groups[column.reference].label);
  if (compared == 0) {
    writer.verdict(Level::unknown, id, subject, why_not_compared(study, column));
    return;
  }
  if (judgement.level == Level::good) {
    writer.verdict(Level::good, id, subject,
                   fill({"Against {1}, no group is beyond a limit.",
                         "Par rapport à {1}, aucun groupe ne dépasse une limite."},
                        {reference}));
    return;
  }
  writer.verdict(
      judgement.level, id, subject,
      fill({"Against {1}: {2}.", "Par rapport à {1} : {2}."}, {reference, judgement.what}));
}

PackTable acceptance_table(const Study& study, const AuditedColumn& column) {
  bool decided = study.input->cut_off.has_value();
  PackTable table{"disparity-" + column.name,
                  fill({"{1}: reference {2}", "{1} : référence {2}"},
                       {same(column.name), same(column.groups[column.reference].label)}),
                  {{{"Group", "Groupe"}, {}},
                   {words::records(), count},
                   {words::bad_rate(), share},
                   {{"Mean score", "Score moyen"}, number2},
                   {{"Difference, % of a deviation", "Écart, % d'un écart-type"}, number2},
                   {words::p_value(), p_value}},
                  {}};
  if (decided) {
    for (PackTable::Column more :
         {PackTable::Column{{"Accepted", "Acceptés"}, share},
          PackTable::Column{{"Acceptance ratio", "Rapport d'acceptation"}, number3},
          PackTable::Column{words::from(), number3}, PackTable::Column{words::to(), number3},
          PackTable::Column{words::p_value(), p_value}})
      table.columns.push_back(more);
  }
  for (const GroupView& group : column.groups) {
    bool is_reference = &group == &column.groups[column.reference];
    const auto& means = group.against.mean_difference;
    const auto& ratio = group.against.impact_ratio;
    std::vector<PackCell> row = {group.label, group.all.records(), group.all.rate(),
                                 group.counts.score_mean};
    if (is_small(study, group)) {
      row.resize(2);
      row.resize(table.columns.size());
      table.rows.push_back(row);
      continue;
    }
    row.push_back(means && !is_reference ? cell(means->figure) : PackCell{});
    row.push_back(means && !is_reference ? cell(means->p_value) : PackCell{});
    if (decided) {
      row.push_back(group.counts.accepted.weight() / group.all.weight());
      if (ratio && !is_reference)
        row.insert(row.end(),
                   {ratio->figure, ratio->interval.low, ratio->interval.high, ratio->p_value});
      else
        row.resize(row.size() + 4);
    }
    table.rows.push_back(row);
  }
  return table;
}

PackTable quality_table(const Study& study, const AuditedColumn& column) {
  bool decided = study.input->cut_off.has_value();
  PackTable table{"disparity-quality-" + column.name,
                  fill({"{1}: does the score work equally well?",
                        "{1} : le score vaut-il autant pour chacun ?"},
                       {same(column.name)}),
                  {{{"Group", "Groupe"}, {}},
                   {{"Gini", "Gini"}, number3},
                   {{"Predicted", "Prévu"}, share},
                   {words::bad_rate(), share},
                   {words::from(), share},
                   {words::to(), share},
                   {{"Slope", "Pente"}, number2}},
                  {}};
  if (decided) {
    table.columns.push_back({{"Goods accepted, gap", "Bons acceptés, écart"}, share});
    table.columns.push_back({words::p_value(), p_value});
    table.columns.push_back({{"Bads accepted, gap", "Mauvais acceptés, écart"}, share});
    table.columns.push_back({words::p_value(), p_value});
  }
  for (const GroupView& group : column.groups) {
    bool is_reference = &group == &column.groups[column.reference];
    std::vector<PackCell> row = {group.label};
    if (is_small(study, group)) {
      row.resize(table.columns.size());
      table.rows.push_back(row);
      continue;
    }
    auto order = weighted_discrimination(group.ties);
    row.push_back(order ? cell(order->gini) : PackCell{});
    auto predicted = study.predicted(group.rows);
    CalibrationBand all = whole(predicted, study.input->limits.confidence);
    Interval interval = wilson(std::min(1.0, group.all.rate()), group.all.effective(),
                               study.input->limits.confidence);
    row.push_back(predicted.empty() ? PackCell{} : cell(all.predicted));
    row.insert(row.end(), {group.all.rate(), interval.low, interval.high});
    auto cox = cox_calibration(predicted);
    row.push_back(cox ? cell(cox->slope) : PackCell{});
    if (decided) {
      for (const auto* gap :
           {&group.against.true_positive_gap, &group.against.false_positive_gap}) {
        bool known = gap->has_value() && !is_reference;
        row.push_back(known ? cell((*gap)->figure) : PackCell{});
        row.push_back(known ? cell((*gap)->p_value) : PackCell{});
      }
    }
    table.rows.push_back(row);
  }
  return table;
}

PackChart forest(const Study& study, std::span<const AuditedColumn> columns) {
  PackChart chart{"disparity",
                  {"Acceptance ratio of each group", "Rapport d'acceptation par groupe"}};
  chart.description =
      fill({"At a cut-off of {1}; whiskers are {2} intervals; 1 is equality",
            "Au seuil de {1} ; intervalles à {2} ; 1 est l'égalité"},
           {figure(*study.input->cut_off, score), figure(study.input->limits.confidence, share)});
  chart.lying = true;
  chart.y = {.title = {"Accepted, against the reference", "Acceptés, par rapport à la référence"},
             .format = number2};
  PackChart::Series ratios = series_of({"Ratio", "Rapport"}, Shape::points);
  for (const AuditedColumn& column : columns) {
    for (const GroupView& group : column.groups) {
      if (&group == &column.groups[column.reference] || !group.against.impact_ratio) continue;
      const Comparison& one = *group.against.impact_ratio;
      chart.x.categories.push_back(same(fmt::format("{}: {}", column.name, group.label)));
      ratios.x.push_back(static_cast<double>(ratios.x.size()));
      ratios.y.push_back(one.figure);
      ratios.low.push_back(one.interval.low);
      ratios.high.push_back(one.interval.high);
    }
  }
  chart.series = {ratios};
  chart.marks = {{PackChart::Mark::Across::at_y, 1, {"equal", "égal"}},
                 {PackChart::Mark::Across::at_y, study.input->limits.impact_ratio,
                  figure(study.input->limits.impact_ratio, number2)}};
  return chart;
}

// The ratio at every share of people accepted: a limit kept at one cut-off may break at another.
PackChart along_cut_offs(const Study& study, const AuditedColumn& column) {
  PackChart chart{
      "disparity-along-" + column.name,
      fill({"{1}: acceptance ratio at every cut-off", "{1} : rapport d'acceptation à chaque seuil"},
           {same(column.name)})};
  chart.description = fill({"Against {1}; groups of fewer than {2} people are left out",
                            "Par rapport à {1} ; groupes de moins de {2} personnes omis"},
                           {same(column.groups[column.reference].label),
                            figure(study.input->limits.smallest_cell, count)});
  chart.x = {.title = {"Share of all accepted", "Part de tous acceptés"},
             .format = share,
             .lowest = 0,
             .highest = 1};
  chart.y = {.title = {"Acceptance ratio", "Rapport d'acceptation"}, .format = number2};
  chart.y.lowest = 0;
  std::vector<ScoreBand> steps = equal_bands(study.headline().groups, 20);
  double all = study.headline().all.weight();
  // A ratio to few people says more about them than about the card.
  if (is_small(study, column.groups[column.reference])) return chart;
  for (const GroupView& group : column.groups) {
    if (&group == &column.groups[column.reference]) continue;
    if (is_small(study, group)) continue;
    if (chart.series.size() == 6) break;
    PackChart::Series series = line_series(same(group.label));
    double above = all;
    for (const ScoreBand& step : steps) {
      GroupCounts one = group_counts(group.ties, step.from);
      GroupCounts other = group_counts(column.groups[column.reference].ties, step.from);
      double base = other.accepted.weight() / other.all.weight();
      series.x.push_back(above / all);
      series.y.push_back(base > 0 ? one.accepted.weight() / one.all.weight() / base : std::nan(""));
      above -= step.tally.weight();
    }
    chart.series.push_back(series);
  }
  chart.marks = {{PackChart::Mark::Across::at_y, study.input->limits.impact_ratio,
                  figure(study.input->limits.impact_ratio, number2)}};
  return chart;
}

// Which variables stand in for membership, and what the ratio would be without them.
void add_proxies(const Study& study, const AuditedColumn& column, SectionWriter& writer) {
  constexpr std::size_t kMost = 3;
  PackTable table{"proxies-" + column.name,
                  fill({"{1}: variables that tell most about membership",
                        "{1} : variables qui en disent le plus sur l'appartenance"},
                       {same(column.name)}),
                  {{{"Group", "Groupe"}, {}},
                   {{"Variable", "Variable"}, {}},
                   {{"Chance of fewer points than the reference",
                     "Chance d'avoir moins de points que la référence"},
                    share}},
                  {}};
  bool decided = study.input->cut_off.has_value();
  if (decided) {
    table.columns.push_back({{"Acceptance ratio", "Rapport d'acceptation"}, number3});
    table.columns.push_back(
        {{"with its mean points for all", "à points moyens pour tous"}, number3});
  }
  const GroupView& reference = column.groups[column.reference];
  for (const GroupView& group : column.groups) {
    bool small = is_small(study, group) || is_small(study, reference);
    if (&group == &reference || small) continue;
    const auto& ratio = group.against.impact_ratio;
    for (const Proxy& one :
         strongest_proxies(study, *column.column, group.label, reference.label, kMost)) {
      std::vector<PackCell> row = {group.label, one.variable, one.fewer_points};
      if (decided) {
        row.push_back(ratio ? cell(ratio->figure) : PackCell{});
        row.push_back(cell(one.ratio_without));
      }
      table.rows.push_back(row);
    }
  }
  if (!table.rows.empty()) writer.add(table);
}

void note_small(const AuditedColumn& column, double smallest, SectionWriter& writer) {
  std::string names;
  for (const GroupView& group : column.groups) {
    if (group.all.effective() >= smallest) continue;
    names += (names.empty() ? "" : ", ") + group.label;
  }
  if (!names.empty()) {
    writer.paragraph(fill({"{1}: fewer than {2} people in {3}; no figures are given for them.",
                           "{1} : moins de {2} personnes dans {3} ; aucun chiffre n'est donné "
                           "pour elles."},
                          {same(column.name), figure(smallest, count), same(names)}));
  }
  if (column.left_out > 0) {
    writer.paragraph(
        fill({"{1}: {2} further groups, the smallest ones, are not shown.",
              "{1} : {2} autres groupes, les plus petits, ne sont pas montrés."},
             {same(column.name), figure(static_cast<double>(column.left_out), count)}));
  }
  if (column.not_known > 0) {
    writer.paragraph(fill({"{1}: the group of {2} people is not known; they are left out.",
                           "{1} : le groupe de {2} personnes n'est pas connu ; elles sont omises."},
                          {same(column.name), figure(column.not_known, count)}));
  }
}

}  // namespace

PackSection disparity_section(const Study& study) {
  SectionWriter writer("disparity", {"Disparity between groups", "Disparités entre groupes"});
  std::vector<AuditedColumn> columns = audit(study);
  if (columns.empty()) {
    writer.verdict(
        Level::unknown, "disparity", {"Disparity", "Disparités"},
        {"No groups were given for the audit: whether people are treated alike has not "
         "been looked at.",
         "Aucun groupe n'a été fourni pour l'audit : l'égalité de traitement n'a pas été "
         "examinée."});
    return writer.take();
  }
  writer.paragraph(
      {"Membership is used for this audit alone and is no input of the card. A finding "
       "needs both practical weight (beyond a limit) and evidence (a p-value below the "
       "level divided by the number of comparisons).",
       "L'appartenance ne sert qu'à cet audit et n'entre pas dans la carte. Un constat "
       "exige un poids pratique (au-delà d'une limite) et une preuve (une valeur p sous "
       "le seuil divisé par le nombre de comparaisons)."});
  for (const AuditedColumn& column : columns) judge(study, column, writer);
  if (!study.input->cut_off)
    writer.paragraph({"No cut-off was given, so shares accepted at the cut-off cannot be compared.",
                      "Aucun seuil n'a été fourni : les parts acceptées au seuil ne peuvent être "
                      "comparées."});
  else if (PackChart chart = forest(study, columns); !chart.x.categories.empty())
    writer.add(std::move(chart));
  for (const AuditedColumn& column : columns) {
    writer.add(acceptance_table(study, column));
    writer.add(quality_table(study, column));
    add_proxies(study, column, writer);
    note_small(column, study.input->limits.smallest_cell, writer);
    if (PackChart chart = along_cut_offs(study, column); !chart.series.empty())
      writer.add(std::move(chart));
  }
  return writer.take();
}

}  // namespace credence
