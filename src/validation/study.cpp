#include <credence/validation/check_input.h>
#include <credence/validation/phrase.h>
#include <credence/validation/study.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

Text name_of(const ValidationSample& sample) {
  if (!sample.name.empty()) return same(sample.name);
  switch (sample.role) {
    case ValidationSample::Role::development:
      return {"Development", "Développement"};
    case ValidationSample::Role::test:
      return {"Test", "Test"};
    case ValidationSample::Role::out_of_time:
      break;
  }
  return {"Out of time", "Hors période"};
}

// One probability per score, so the groups of scores are those of probabilities, turned round.
std::vector<PredictedGroup> by_scaling(std::span<const TieGroup> groups,
                                       const Scorecard::Scaling& scaling) {
  std::vector<PredictedGroup> result;
  for (std::size_t i = groups.size(); i-- > 0;) {
    double probability = 1 / (1 + std::exp((groups[i].score - scaling.offset) / scaling.factor));
    // Far out, scores that differ may share a probability.
    if (!result.empty() && result.back().probability == probability)
      result.back().tally += groups[i].tally;
    else
      result.push_back({probability, groups[i].tally});
  }
  return result;
}

}  // namespace

void Rows::take(const ValidationSample& sample, std::size_t row) {
  scores.push_back(sample.scores[row]);
  bad.push_back(sample.outcome.bad[row]);
  weights.push_back(sample.outcome.weight(row));
  if (!sample.probabilities.empty()) probabilities.push_back(sample.probabilities[row]);
}

const StudiedSample* Study::development() const {
  for (const StudiedSample& one : samples) {
    if (one.sample->role == ValidationSample::Role::development) return &one;
  }
  return nullptr;
}

const StudiedSample* Study::before() const {
  const StudiedSample* first = development();
  return first == &headline() ? nullptr : first;
}

std::vector<PredictedGroup> Study::predicted(const Rows& rows) const {
  if (!rows.probabilities.empty() && rows.probabilities.size() == rows.scores.size())
    return predicted_groups(rows.probabilities, rows.bad, rows.weights);
  if (!input->card || !input->card->scaling) return {};
  return by_scaling(tie_groups(rows.scored()), *input->card->scaling);
}

Result<Study> study(const ValidationInput& input) {
  if (auto found = defect(input)) return *found;
  Study result{&input, {}};
  for (const ValidationSample& sample : input.samples) {
    StudiedSample one;
    one.sample = &sample;
    one.name = name_of(sample);
    one.groups = tie_groups({sample.scores, sample.outcome.bad, sample.outcome.weights});
    one.all = total(one.groups);
    if (!sample.probabilities.empty())
      one.predicted =
          predicted_groups(sample.probabilities, sample.outcome.bad, sample.outcome.weights);
    else if (input.card && input.card->scaling)
      one.predicted = by_scaling(one.groups, *input.card->scaling);
    if (auto measured = weighted_discrimination(one.groups)) one.discrimination = *measured;
    result.samples.push_back(std::move(one));
  }
  std::stable_sort(result.samples.begin(), result.samples.end(),
                   [](const StudiedSample& a, const StudiedSample& b) {
                     return a.sample->role < b.sample->role;
                   });
  return result;
}

}  // namespace credence
