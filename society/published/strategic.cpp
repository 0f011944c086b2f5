#include <credence/clockwork/crew.h>
#include <credence/clockwork/draw.h>
#include <credence/clockwork/functions.h>
#include <credence/published/strategic.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace credence {
namespace {

constexpr Purpose kTrueScore{800};

// What one block of applicants adds up to, for one threshold and group.
struct AdmissionTally {
  std::uint64_t people = 0, right = 0, admitted = 0, wrongly_in = 0, wrongly_out = 0;
  double burden = 0;

  void add(const AdmissionTally& other) {
    people += other.people;
    right += other.right;
    admitted += other.admitted;
    wrongly_in += other.wrongly_in;
    wrongly_out += other.wrongly_out;
    burden += other.burden;
  }
};

// An applicant shows the threshold where the way there costs no more than being admitted is worth.
void apply(AdmissionTally& tally, const AdmissionRules& rules, double cost, double score,
           double threshold) {
  bool moves = score < threshold && cost * (threshold - score) <= 1;
  bool admitted = (moves ? threshold : score) >= threshold;
  bool belongs = score >= rules.eligible;
  ++tally.people;
  tally.right += admitted == belongs;
  tally.admitted += admitted;
  tally.wrongly_in += admitted && !belongs;
  tally.wrongly_out += !admitted && belongs;
  if (belongs) tally.burden += cost * std::max(0., threshold - score);
}

AdmissionOutcome outcome_of(const AdmissionTally& tally) {
  auto people = static_cast<double>(tally.people);
  return {static_cast<double>(tally.right) / people, static_cast<double>(tally.admitted) / people,
          tally.burden / people, static_cast<double>(tally.wrongly_in) / people,
          static_cast<double>(tally.wrongly_out) / people};
}

double normal_density(double z) {
  return exact_exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
}

}  // namespace

AdmissionOutcomes expect_admission(const AdmissionRules& rules, double threshold) {
  auto standard = [&](double score) { return (score - rules.mean) / rules.deviation; };
  double bar = standard(rules.eligible), at = standard(threshold);
  AdmissionOutcomes outcomes;
  for (std::size_t group = 0; group < 2; ++group) {
    AdmissionOutcome& outcome = outcomes[group];
    double cost = rules.cost[group], reach = standard(threshold - 1 / cost);
    double below_bar = exact_normal_cumulative(bar), out_of_reach = exact_normal_cumulative(reach);
    outcome.admitted = 1 - out_of_reach;
    outcome.wrongly_in = std::max(0., below_bar - out_of_reach);
    outcome.wrongly_out = std::max(0., out_of_reach - below_bar);
    outcome.accuracy = 1 - outcome.wrongly_in - outcome.wrongly_out;
    if (at > bar) {
      double between = exact_normal_cumulative(at) - below_bar;
      outcome.burden =
          cost * rules.deviation * (at * between + normal_density(at) - normal_density(bar));
    }
  }
  return outcomes;
}

std::vector<AdmissionOutcomes> run_admission(const AdmissionRules& rules,
                                             std::span<const double> thresholds,
                                             std::size_t applicants, std::uint32_t seed,
                                             Crew& crew) {
  const KeyedDraws draws(seed, 0);
  const std::size_t people = 2 * applicants, columns = 2 * thresholds.size();
  std::vector<std::vector<AdmissionTally>> blocks(Crew::blocks(people));
  crew.work(people, [&](const PeopleBlock& block, unsigned) {
    std::vector<AdmissionTally> tallies(columns);
    for (std::size_t person = block.first; person < block.last; ++person) {
      std::size_t group = person % 2;
      double luck = draws.normal(static_cast<std::uint32_t>(person), 0, kTrueScore);
      double score = std::clamp(rules.mean + rules.deviation * luck, 0., 1.);
      for (std::size_t at = 0; at < thresholds.size(); ++at) {
        apply(tallies[2 * at + group], rules, rules.cost[group], score, thresholds[at]);
      }
    }
    blocks[block.number] = std::move(tallies);
  });
  std::vector<AdmissionTally> totals(columns);
  for (const auto& tallies : blocks) {
    for (std::size_t column = 0; column < columns; ++column) totals[column].add(tallies[column]);
  }
  std::vector<AdmissionOutcomes> outcomes;
  for (std::size_t at = 0; at < thresholds.size(); ++at) {
    outcomes.push_back({outcome_of(totals[2 * at]), outcome_of(totals[2 * at + 1])});
  }
  return outcomes;
}

}  // namespace credence
