#include <credence/binning/prebin.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace credence {

namespace {

constexpr double rounding = 1e-12;

// A split of the user, found among the entries.
struct Kept {
  std::size_t after = 0;
  double edge = 0;
  bool fixed = false;
};

struct KeptSplits {
  std::vector<Kept> splits;
  std::vector<Text> notes;
};

Text left_out(double split, const Text& why) {
  return {fmt::format("split {} {}: left out", split, why.en),
          fmt::format("la coupure {} {} : laissée de côté", split, why.fr)};
}

Error lost(const VariableCounts& counts, double split, const char* why) {
  return refusal("binning.rules", counts.name, fmt::format("the fixed split {} {}", split, why),
                 "leave it out, or do not fix it");
}

Result<KeptSplits> find_splits(const VariableCounts& counts, const PrebinRules& rules) {
  const OrderedCounts& clean = counts.clean;
  KeptSplits result;
  for (std::size_t i = 0; i < rules.splits.size(); ++i) {
    const double split = rules.splits[i];
    const bool fixed = !rules.fixed.empty() && rules.fixed[i];
    const auto below = std::ranges::lower_bound(clean.low, split) - clean.low.begin();
    const auto after = static_cast<std::size_t>(below) - 1;
    if (below > 0 && clean.highest(after) >= split) {
      if (fixed) {
        return refusal("binning.resolution", counts.name,
                       fmt::format("the summary no longer tells values at {} apart", split),
                       "give the summary more capacity, or do not fix the split");
      }
      result.notes.push_back(
          left_out(split, {"is finer than the summary", "est plus fine que le résumé"}));
      continue;
    }
    if (below == 0 || below == std::ssize(clean.low)) {
      if (fixed) return lost(counts, split, "has no records on one side");
      result.notes.push_back(
          left_out(split, {"has no records on one side", "n'a pas de lignes d'un côté"}));
      continue;
    }
    if (!result.splits.empty() && result.splits.back().after == after) {
      Kept& before = result.splits.back();
      if (fixed && before.fixed) return lost(counts, split, "has no records below it");
      const double out = fixed ? before.edge : split;
      result.notes.push_back(left_out(out, {"bounds no records", "ne borne aucune ligne"}));
      if (fixed) before = {.after = after, .edge = split, .fixed = true};
      continue;
    }
    result.splits.push_back({.after = after, .edge = split, .fixed = fixed});
  }
  return result;
}

std::vector<std::size_t> part_by_quantile(const Parting& parting) {
  const auto sizes = parting.counts.sizes(parting.basis);
  const auto most = static_cast<double>(parting.most);
  std::set<std::size_t> ends{parting.kept.begin(), parting.kept.end()};
  for (std::size_t part = 1; part < parting.most; ++part) {
    const double target = sizes.back() * (static_cast<double>(part) / most) * (1 - rounding);
    const auto at = std::ranges::lower_bound(sizes, target) - sizes.begin();
    ends.insert(static_cast<std::size_t>(at));
  }
  ends.erase(sizes.size() - 1);
  return {ends.begin(), ends.end()};
}

std::vector<std::size_t> part_by_width(const Parting& parting) {
  const OrderedCounts& counts = parting.counts;
  const double least = counts.low.front(), most = counts.highest(counts.size() - 1);
  const auto parts = static_cast<double>(parting.most);
  std::set<std::size_t> ends{parting.kept.begin(), parting.kept.end()};
  for (std::size_t part = 1; part < parting.most; ++part) {
    const double edge = std::lerp(least, most, static_cast<double>(part) / parts);
    const auto below = std::ranges::lower_bound(counts.low, edge) - counts.low.begin();
    if (below > 0 && below < std::ssize(counts.low))
      ends.insert(static_cast<std::size_t>(below - 1));
  }
  return {ends.begin(), ends.end()};
}

// Takes ends away, from the left, until every part has the least size; kept ends stay.
std::vector<std::size_t> without_small(const Parting& parting, std::vector<std::size_t> ends) {
  const auto sizes = parting.counts.sizes(parting.basis);
  auto size = [&](std::size_t last, std::size_t before) {
    return sizes[last] - (before == 0 ? 0 : sizes[before - 1]);
  };
  auto is_kept = [&](std::size_t end) { return std::ranges::binary_search(parting.kept, end); };
  std::vector<std::size_t> result;
  auto start = [&] { return result.empty() ? 0 : result.back() + 1; };
  ends.push_back(sizes.size() - 1);
  for (std::size_t end : ends) {
    const bool is_end = end == ends.back();
    const bool is_small = size(end, start()) < parting.least_size;
    if ((is_end || is_kept(end)) && is_small && !result.empty() && !is_kept(result.back()))
      result.pop_back();
    if (!is_end && (!is_small || is_kept(end))) result.push_back(end);
  }
  return result;
}

std::vector<std::size_t> ends_of(const Parting& parting, Prebinning method) {
  switch (method) {
    case Prebinning::cart:
      return part_by_cart(parting);
    case Prebinning::quantile:
      return without_small(parting, part_by_quantile(parting));
    case Prebinning::uniform:
      return without_small(parting, part_by_width(parting));
    case Prebinning::mdlp:
      return part_by_mdlp(parting);
    case Prebinning::splits:
      break;
  }
  return parting.kept;
}

double least_size(const VariableCounts& counts, const PrebinRules& rules, SizeBasis basis) {
  const double share = rules.min_share * size_of(counts.total(), basis);
  // A count of records is whole; of weights the share itself counts, or their scale would matter.
  return basis == SizeBasis::records ? std::ceil(share * (1 - rounding)) : share * (1 - rounding);
}

void set_names(Prebins& prebins, const VariableCounts& counts) {
  std::size_t first = 0;
  for (std::size_t last : prebins.last) {
    std::vector<std::string> group;
    for (std::size_t entry = first; entry <= last; ++entry)
      group.insert(group.end(), counts.texts[entry].begin(), counts.texts[entry].end());
    prebins.groups.push_back(std::move(group));
    first = last + 1;
  }
}

void set_edges(Prebins& prebins, const VariableCounts& counts, const std::vector<Kept>& splits) {
  auto split = splits.begin();
  for (std::size_t i = 0; i + 1 < prebins.last.size(); ++i) {
    const std::size_t after = prebins.last[i];
    const bool is_kept = split != splits.end() && split->after == after;
    prebins.edges.push_back(
        is_kept ? split->edge + 0.0
                : cut_between(counts.clean.highest(after), counts.clean.low[after + 1]));
    prebins.fixed_after.push_back(is_kept && split->fixed);
    if (is_kept) ++split;
  }
  if (std::ranges::count(prebins.fixed_after, true) == 0) prebins.fixed_after.clear();
}

}  // namespace

double cut_between(double left, double right) {
  const double middle = std::midpoint(left, right) + 0.0;
  return middle > left && middle <= right ? middle : right + 0.0;
}

Result<Prebins> prebin(const VariableCounts& counts, const PrebinRules& rules, SizeBasis basis) {
  auto found = find_splits(counts, rules);
  if (!found) return found.error();
  Parting parting{.counts = counts.clean,
                  .kept = {},
                  .most = static_cast<std::size_t>(rules.max_prebins),
                  .least_size = least_size(counts, rules, basis),
                  .basis = basis};
  for (const Kept& split : found->splits) parting.kept.push_back(split.after);
  const bool is_grouped = counts.kind == Column::Kind::text && rules.method == Prebinning::splits;
  if (is_grouped) {
    parting.kept.resize(counts.clean.size() - 1);
    std::iota(parting.kept.begin(), parting.kept.end(), std::size_t{0});
  }
  Prebins prebins;
  prebins.last = ends_of(parting, rules.method);
  prebins.last.push_back(counts.clean.size() - 1);
  prebins.notes = std::move(found->notes);
  std::size_t first = 0;
  for (std::size_t last : prebins.last) {
    prebins.tallies.push_back(counts.clean.tally(first, last));
    first = last + 1;
  }
  if (counts.kind == Column::Kind::text) {
    set_names(prebins, counts);
  } else {
    set_edges(prebins, counts, found->splits);
  }
  return prebins;
}

}  // namespace credence
