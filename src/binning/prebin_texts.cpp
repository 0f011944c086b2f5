#include <credence/binning/prebin_counts.h>

#include <algorithm>
#include <unordered_map>

namespace credence {

namespace {

struct Entry {
  std::vector<std::string> texts;
  Tally tally;
  double rate = 0;  // smoothed
};

Tally sum_of(const std::vector<NamedTally>& texts) {
  Tally sum;
  for (const NamedTally& text : texts) sum += text.tally;
  return sum;
}

// Drawn towards the rate of the whole, so that a text of one good record is not the safest of all.
double smoothed_rate(const Tally& tally, const Tally& whole, double smoothing) {
  const double added = 2 * smoothing * whole.weight() / whole.records;
  return (tally.events + added * whole.rate()) / (tally.weight() + added);
}

std::vector<Entry> entries_of(std::vector<NamedTally> texts, const VariableRules& rules) {
  const Tally whole = sum_of(texts);
  const SizeBasis basis = rules.binning.size_basis;
  const double least = rules.rare_share.value_or(0) * size_of(whole, basis) * (1 - 1e-12);
  std::vector<Entry> entries;
  Entry rare;
  for (NamedTally& text : texts) {
    if (size_of(text.tally, basis) < least) {
      rare.texts.push_back(std::move(text.text));
      rare.tally += text.tally;
    } else {
      entries.push_back({.texts = {std::move(text.text)}, .tally = text.tally});
    }
  }
  if (!rare.texts.empty()) entries.push_back(std::move(rare));
  for (Entry& entry : entries) entry.rate = smoothed_rate(entry.tally, whole, rules.smoothing);
  std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
    return a.rate != b.rate ? a.rate < b.rate : a.texts.front() < b.texts.front();
  });
  return entries;
}

// One entry per group with records; texts that no group names are counted apart.
std::vector<Entry> entries_of_groups(VariableCounts& counts, const std::vector<NamedTally>& texts,
                                     const std::vector<std::vector<std::string>>& groups) {
  std::unordered_map<std::string, std::size_t> group_of;
  std::vector<Entry> all(groups.size());
  for (std::size_t group = 0; group < groups.size(); ++group) {
    all[group].texts = groups[group];
    for (const std::string& text : groups[group]) group_of.emplace(text, group);
  }
  for (const NamedTally& text : texts) {
    auto found = group_of.find(text.text);
    (found == group_of.end() ? counts.unknown : all[found->second].tally) += text.tally;
  }
  if (std::ranges::all_of(all, [](const Entry& entry) { return entry.tally.records == 0; }))
    return {};
  std::vector<Entry> entries;
  for (Entry& entry : all) {
    if (entries.empty() || (entry.tally.records > 0 && entries.back().tally.records > 0)) {
      entries.push_back(std::move(entry));
    } else {
      Entry& before = entries.back();
      // The texts of the group that has the records come first: they say which group it is.
      if (entry.tally.records > 0) std::swap(before, entry);
      before.texts.insert(before.texts.end(), entry.texts.begin(), entry.texts.end());
      before.tally += entry.tally;
    }
  }
  return entries;
}

}  // namespace

void set_texts(VariableCounts& counts, std::vector<NamedTally> texts, const VariableRules& rules) {
  // By name first: sums of weights must not depend on the order of a dictionary.
  std::ranges::sort(texts, {}, &NamedTally::text);
  const bool has_groups = !rules.prebins.groups.empty();
  std::vector<Entry> entries = has_groups ? entries_of_groups(counts, texts, rules.prebins.groups)
                                          : entries_of(std::move(texts), rules);
  bool weighted = false;
  for (const Entry& entry : entries)
    weighted |=
        entry.tally.weight() != entry.tally.records || entry.tally.squares != entry.tally.records;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    counts.clean.append(static_cast<double>(i), static_cast<double>(i), entries[i].tally, weighted);
    counts.texts.push_back(std::move(entries[i].texts));
  }
}

}  // namespace credence
