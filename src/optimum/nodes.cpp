#include <credence/optimum/nodes.h>

#include <cmath>
#include <limits>

namespace credence {

double divergence_term(Divergence divergence, double event_share, double nonevent_share) {
  const double p = event_share, q = nonevent_share;
  switch (divergence) {
    case Divergence::iv:
      return p > 0 && q > 0 ? (p - q) * std::log(p / q) : -std::numeric_limits<double>::infinity();
    case Divergence::js: {
      if (!(p > 0 && q > 0)) return -std::numeric_limits<double>::infinity();
      double middle = (p + q) / 2;
      return (p * std::log(p / middle) + q * std::log(q / middle)) / 2;
    }
    case Divergence::hellinger: {
      double difference = std::sqrt(p) - std::sqrt(q);
      return difference * difference / 2;
    }
    case Divergence::triangular:
      return p + q > 0 ? (p - q) * (p - q) / (p + q) : 0;
  }
  return 0;
}

Nodes make_nodes(const BinningProblem& problem) {
  Nodes nodes;
  nodes.prebins = static_cast<int>(problem.prebins.size());
  nodes.stride = problem.prebins.size();
  for (auto* values : {&nodes.events, &nodes.nonevents, &nodes.size, &nodes.rate, &nodes.effective})
    values->assign(nodes.stride * nodes.stride, 0);
  nodes.divergence.assign(nodes.stride * nodes.stride, -std::numeric_limits<double>::infinity());

  Tally all;
  for (const Tally& prebin : problem.prebins) all += prebin;
  const bool by_records = problem.rules.size_basis == SizeBasis::records;
  nodes.clean_size = by_records ? all.records : all.weight();
  for (int start = 0; start < nodes.prebins; ++start) {
    // Each bin is summed afresh: differences of running totals would lose the digits of small bins.
    Tally bin;
    for (int end = start; end < nodes.prebins; ++end) {
      bin += problem.prebins[static_cast<std::size_t>(end)];
      const std::size_t at = nodes.at(start, end);
      nodes.events[at] = bin.events;
      nodes.nonevents[at] = bin.nonevents;
      nodes.size[at] = by_records ? bin.records : bin.weight();
      nodes.rate[at] = bin.rate();
      if (problem.rules.max_p_value)
        nodes.effective[at] = bin.weight() / bin.squares * bin.weight();
      nodes.divergence[at] = divergence_term(problem.rules.divergence, bin.events / all.events,
                                             bin.nonevents / all.nonevents);
    }
  }
  return nodes;
}

}  // namespace credence
