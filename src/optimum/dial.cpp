#include <credence/optimum/dial.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

struct Bins {
  std::vector<std::size_t> at;
  Bins(const Nodes& nodes, const Path& path) {
    int start = 0;
    for (int end : path.last) at.push_back(nodes.at(start, end)), start = end + 1;
  }
};

double least_of(const Nodes& nodes, const Path& path, const std::vector<double>& values) {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t bin : Bins{nodes, path}.at) least = std::min(least, values[bin]);
  return least;
}

double most_of(const Nodes& nodes, const Path& path, const std::vector<double>& values) {
  double most = 0;
  for (std::size_t bin : Bins{nodes, path}.at) most = std::max(most, values[bin]);
  return most;
}

double least_difference(const Nodes& nodes, const Path& path) {
  const Bins bins{nodes, path};
  double least = 1;
  for (std::size_t i = 1; i < bins.at.size(); ++i)
    least = std::min(least, std::abs(nodes.rate[bins.at[i]] - nodes.rate[bins.at[i - 1]]));
  return least;
}

double z_of(const Nodes& nodes, std::size_t a, std::size_t b) {
  const double na = nodes.effective[a], nb = nodes.effective[b];
  const double pooled = (nodes.rate[a] * na + nodes.rate[b] * nb) / (na + nb);
  const double deviation = std::sqrt(std::max(pooled * (1 - pooled) * (1 / na + 1 / nb), 0.0));
  return deviation > 0 ? std::abs(nodes.rate[a] - nodes.rate[b]) / deviation : 0;
}

double least_z(const Nodes& nodes, const Path& path, PValuePolicy policy) {
  const Bins bins{nodes, path};
  double least = 40;
  for (std::size_t b = 1; b < bins.at.size(); ++b)
    for (std::size_t a = policy == PValuePolicy::all ? 0 : b - 1; a < b; ++a)
      least = std::min(least, z_of(nodes, bins.at[a], bins.at[b]));
  return least;
}

Dial size_dial(const Question& question, bool least) {
  const Nodes& nodes = *question.nodes;
  const double total = question.total;
  const bool whole = question.rules.size_basis == SizeBasis::records;
  if (least)
    return {
        .name = "min_bin_share",
        .resolution = whole ? 0.5 : 1e-12 * total,
        .get = [total](
                   const Question& q) { return size_limit(q.rules, q.rules.min_bin_share, total); },
        .set = [total](Question& q, double v) { q.rules.min_bin_share = v / total; },
        .attained = [&nodes](const Path& p) { return least_of(nodes, p, nodes.size); }};
  return {
      .name = "max_bin_share",
      .direction = -1,
      .resolution = whole ? 0.5 : 1e-12 * total,
      .get =
          [total](const Question& q) { return size_limit(q.rules, q.rules.max_bin_share, total); },
      .set = [total](Question& q, double v) { q.rules.max_bin_share = std::min(v / total, 1.0); },
      .attained = [&nodes](const Path& p) { return most_of(nodes, p, nodes.size); }};
}

Dial count_dial(const Question& question, std::string_view name,
                std::optional<double> BinningRules::* limit, const std::vector<double>& values,
                bool least) {
  const Nodes& nodes = *question.nodes;
  return {.name = name,
          .direction = least ? 1.0 : -1.0,
          .resolution = 0,
          .get = [limit](const Question& q) { return *(q.rules.*limit); },
          .set = [limit](Question& q, double v) { q.rules.*limit = v; },
          .attained =
              [&nodes, &values, least](const Path& p) {
                return least ? least_of(nodes, p, values) : most_of(nodes, p, values);
              }};
}

Dial bins_dial(std::string_view name, std::optional<int> BinningRules::* limit, double direction) {
  return {.name = name,
          .direction = direction,
          .resolution = 0.5,
          .get = [limit](const Question& q) { return static_cast<double>(*(q.rules.*limit)); },
          .set =
              [limit, direction](Question& q, double v) {
                q.rules.*limit = static_cast<int>(direction > 0 ? std::ceil(v) : std::floor(v));
              },
          .attained = [](const Path& p) { return static_cast<double>(p.last.size()); }};
}

}  // namespace

std::vector<Dial> dials(const Question& question) {
  const Nodes& nodes = *question.nodes;
  const PValuePolicy policy = question.rules.p_value_policy;
  return {
      size_dial(question, true),
      size_dial(question, false),
      count_dial(question, "min_bin_events", &BinningRules::min_bin_events, nodes.events, true),
      count_dial(question, "max_bin_events", &BinningRules::max_bin_events, nodes.events, false),
      count_dial(question, "min_bin_nonevents", &BinningRules::min_bin_nonevents, nodes.nonevents,
                 true),
      count_dial(question, "max_bin_nonevents", &BinningRules::max_bin_nonevents, nodes.nonevents,
                 false),
      bins_dial("min_bins", &BinningRules::min_bins, 1),
      bins_dial("max_bins", &BinningRules::max_bins, -1),
      {.name = "min_rate_difference",
       .get = [](const Question& q) { return q.rules.min_rate_difference; },
       .set = [](Question& q, double v) { q.rules.min_rate_difference = v; },
       .attained = [&nodes](const Path& p) { return least_difference(nodes, p); }},
      {.name = "max_p_value",
       .get = [](const Question& q) { return z_of_p_value(*q.rules.max_p_value); },
       .set = [](Question& q,
                 double z) { q.rules.max_p_value = std::min(1.0, p_value_of_z(z) * (1 + 1e-11)); },
       .attained = [&nodes, policy](const Path& p) { return least_z(nodes, p, policy); }}};
}

}  // namespace credence
