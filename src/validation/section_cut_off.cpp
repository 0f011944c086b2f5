#include <credence/monitor/distribution.h>
#include <credence/validation/section_writer.h>
#include <credence/validation/study.h>

namespace credence {

namespace {

using enum NumberFormat;

// What accepting everybody from a score on would have brought.
struct Choice {
  int from = 0;
  ClassTally accepted;
};

std::vector<Choice> choices(const StudiedSample& sample, int count) {
  std::vector<Choice> result;
  ClassTally above;
  auto bands = equal_bands(sample.groups, count);
  for (std::size_t i = bands.size(); i-- > 0;) {
    above += bands[i].tally;
    result.push_back({bands[i].from, above});
  }
  return {result.rbegin(), result.rend()};
}

Choice choice_at(const StudiedSample& sample, int cut_off) {
  Choice choice{cut_off, {}};
  for (const TieGroup& group : sample.groups) {
    if (group.score >= cut_off) choice.accepted += group.tally;
  }
  return choice;
}

PackChart chart_of(const Study& study) {
  const StudiedSample& sample = study.headline();
  PackChart chart{"cut-off", {"What each cut-off would bring", "Ce qu'apporterait chaque seuil"}};
  chart.description = fill({"{1}: share accepted and bad rate among the accepted, by cut-off",
                            "{1} : part acceptée et taux de défaut parmi les acceptés, par seuil"},
                           {sample.name});
  chart.x = {.title = {"Cut-off", "Seuil"}, .format = score};
  chart.y = {.title = {"Accepted", "Acceptés"}, .format = share, .lowest = 0, .highest = 1};
  chart.right = PackChart::Axis{
      .title = {"Bad rate of accepted", "Défaut des acceptés"}, .format = share, .lowest = 0};
  PackChart::Series accepted = line_series({"Accepted", "Acceptés"});
  PackChart::Series bad = line_series({"Bad rate of accepted", "Taux de défaut des acceptés"});
  bad.on_right_axis = true;
  for (const Choice& choice : choices(sample, 100)) {
    accepted.x.push_back(choice.from);
    accepted.y.push_back(choice.accepted.weight() / sample.all.weight());
    bad.x.push_back(choice.from);
    bad.y.push_back(choice.accepted.rate());
  }
  chart.series = {accepted, bad};
  if (study.input->cut_off) {
    chart.marks.push_back({PackChart::Mark::Across::at_x,
                           static_cast<double>(*study.input->cut_off),
                           {"cut-off", "seuil"}});
  }
  return chart;
}

std::vector<PackCell> row_of(const StudiedSample& sample, const Choice& choice) {
  std::vector<PackCell> row = {static_cast<double>(choice.from),
                               choice.accepted.weight() / sample.all.weight()};
  row.push_back(choice.accepted.weight() > 0 ? cell(choice.accepted.rate()) : PackCell{});
  row.push_back(sample.all.bad > 0 ? cell(1 - choice.accepted.bad / sample.all.bad) : PackCell{});
  row.push_back(sample.all.good > 0 ? cell(1 - choice.accepted.good / sample.all.good)
                                    : PackCell{});
  return row;
}

}  // namespace

PackSection cut_off_section(const Study& study) {
  SectionWriter writer("cut-off", {"Choice of the cut-off", "Choix du seuil"});
  const StudiedSample& sample = study.headline();
  PackTable table{"cut-off",
                  fill({"Cut-offs, {1}", "Seuils, {1}"}, {sample.name}),
                  {{{"Accepted from score", "Acceptés à partir de"}, score},
                   {{"Accepted", "Acceptés"}, share},
                   {{"Bad rate of accepted", "Taux de défaut des acceptés"}, share},
                   {{"Bads refused", "Mauvais refusés"}, share},
                   {{"Goods refused", "Bons refusés"}, share}},
                  {}};
  for (const Choice& choice : choices(sample, study.input->bands))
    table.rows.push_back(row_of(sample, choice));
  if (study.input->cut_off) {
    Choice chosen = choice_at(sample, *study.input->cut_off);
    double accepted = chosen.accepted.weight() / sample.all.weight();
    if (chosen.accepted.weight() <= 0) {
      writer.paragraph(fill({"Nobody in {1} reaches the cut-off of {2}.",
                             "Personne dans {1} n'atteint le seuil de {2}."},
                            {sample.name, figure(chosen.from, score)}));
    } else {
      writer.paragraph(
          fill({"At the cut-off of {1}, {2} of {3} would be accepted; {4} of them went bad.",
                "Au seuil de {1}, {2} de {3} seraient acceptés ; {4} d'entre eux ont fait défaut."},
               {figure(chosen.from, score), figure(accepted, share), sample.name,
                figure(chosen.accepted.rate(), share)}));
    }
  } else {
    writer.paragraph({"No cut-off was given; the table shows what each one would bring.",
                      "Aucun seuil n'a été fourni ; la table montre l'effet de chacun."});
  }
  writer.add(chart_of(study));
  writer.add(table);
  return writer.take();
}

}  // namespace credence
