#include <credence/monitor/discrimination.h>
#include <credence/validation/section_writer.h>
#include <credence/validation/study.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

using enum NumberFormat;
using Level = Verdict::Level;

// The cut-off of the other card that accepts the share nearest to `share`.
int matching_cut_off(std::span<const TieGroup> groups, double share) {
  double all = total(groups).weight(), above = all, nearest = 2;
  int best = groups.front().score;
  for (const TieGroup& group : groups) {
    double off = std::abs(above / all - share);
    if (off < nearest) {
      nearest = off;
      best = group.score;
    }
    above -= group.tally.weight();
  }
  return best;
}

struct Swap {
  ClassTally both, in, out, neither;
};

Swap swap_of(const ValidationSample& sample, int cut_off, int other_cut_off) {
  Swap swap;
  for (std::size_t row = 0; row < sample.scores.size(); ++row) {
    bool here = sample.scores[row] >= cut_off, there = sample.other_scores[row] >= other_cut_off;
    ClassTally& tally = here ? (there ? swap.both : swap.in) : (there ? swap.out : swap.neither);
    tally.add(sample.outcome.bad[row] != 0, sample.outcome.weight(row));
  }
  return swap;
}

void judge(const Study& study, const PairedDiscrimination& found, SectionWriter& writer) {
  bool certain = found.p_value < 1 - study.input->limits.confidence;
  bool better = found.difference < 0;  // the other card's AUC less this one's
  Level level = certain && !better ? Level::watch : Level::good;
  Text conclusion =
      !certain ? Text{"The cards cannot be told apart.", "Les deux cartes ne se distinguent pas."}
      : better ? Text{"This card orders people better.", "Cette carte ordonne mieux."}
               : Text{"The other card orders people better.", "L'autre carte ordonne mieux."};
  writer.verdict(level, "comparison", {"Against the other card", "Face à l'autre carte"},
                 fill({"AUC {1} here, {2} there; difference {3} ({4} to {5}; DeLong's paired test, "
                       "{6}). {7}",
                       "AUC {1} ici, {2} là ; différence {3} ({4} à {5} ; test apparié de DeLong, "
                       "{6}). {7}"},
                      {figure(found.first_auc, number4), figure(found.second_auc, number4),
                       figure(-found.difference, number4), figure(-found.high, number4),
                       figure(-found.low, number4), p_phrase(found.p_value), conclusion}));
}

PackTable swap_table(const Study& study) {
  const StudiedSample& sample = study.headline();
  int cut_off = *study.input->cut_off;
  ClassTally accepted;
  for (const TieGroup& group : sample.groups) {
    if (group.score >= cut_off) accepted += group.tally;
  }
  auto others = tie_groups(
      {sample.sample->other_scores, sample.sample->outcome.bad, sample.sample->outcome.weights});
  int other_cut_off = matching_cut_off(others, accepted.weight() / sample.all.weight());
  Swap swap = swap_of(*sample.sample, cut_off, other_cut_off);
  PackTable table{"swap",
                  fill({"Who would change places: cut-off {1} here, {2} there",
                        "Qui changerait de place : seuil {1} ici, {2} là"},
                       {figure(cut_off, score), figure(other_cut_off, score)}),
                  {{{"People", "Personnes"}, {}},
                   {words::records(), count},
                   {words::share(), share},
                   {words::bad_rate(), share}},
                  {}};
  auto row = [&](Text name, const ClassTally& tally) {
    table.rows.push_back({std::move(name), tally.records(), tally.weight() / sample.all.weight(),
                          tally.weight() > 0 ? cell(tally.rate()) : PackCell{}});
  };
  row({"Accepted by both", "Acceptées par les deux"}, swap.both);
  row({"Swapped in: accepted here alone", "Entrantes : acceptées ici seulement"}, swap.in);
  row({"Swapped out: accepted there alone", "Sortantes : acceptées là seulement"}, swap.out);
  row({"Refused by both", "Refusées par les deux"}, swap.neither);
  return table;
}

}  // namespace

PackSection comparison_section(const Study& study) {
  SectionWriter writer("comparison", {"Against another card", "Face à une autre carte"});
  const ValidationSample& sample = *study.headline().sample;
  ScoredSample scored{sample.scores, sample.outcome.bad, sample.outcome.weights};
  if (auto found = compare_discrimination(scored, sample.other_scores)) {
    judge(study, *found, writer);
  } else {
    writer.verdict(
        Level::unknown, "comparison", {"Against the other card", "Face à l'autre carte"},
        {"Fewer than two bads or two goods: the cards cannot be compared.",
         "Moins de deux mauvais ou de deux bons : les cartes ne peuvent être comparées."});
  }
  if (study.input->cut_off)
    writer.add(swap_table(study));
  else
    writer.paragraph({"No cut-off was given, so it cannot be told who would change places.",
                      "Aucun seuil n'a été fourni : on ne peut dire qui changerait de place."});
  return writer.take();
}

}  // namespace credence
