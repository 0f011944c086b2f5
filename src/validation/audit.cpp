#include <credence/validation/audit.h>

#include <algorithm>
#include <numeric>

namespace credence {

namespace {

constexpr std::size_t kMostGroups = 30;

// Many groups are a list of names and no audit: the largest stay, in their order.
void keep_largest(AuditedColumn& column, const std::string& reference) {
  if (column.groups.size() <= kMostGroups) return;
  std::vector<std::size_t> order(column.groups.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  // The named reference before all others: without it nothing could be compared.
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const GroupView &one = column.groups[a], &other = column.groups[b];
    bool first = one.label == reference, second = other.label == reference;
    if (first != second) return first;
    return one.all.weight() > other.all.weight();
  });
  column.left_out = order.size() - kMostGroups;
  order.resize(kMostGroups);
  std::sort(order.begin(), order.end());
  std::vector<GroupView> result;
  for (std::size_t at : order) result.push_back(std::move(column.groups[at]));
  column.groups = std::move(result);
}

AuditedColumn view_of(const ValidationSample& sample, const ValidationSample::Groups& column,
                      std::optional<int> cut_off) {
  AuditedColumn result{column.name, &column, {}, 0, 0, 0};
  std::vector<GroupView> views(column.labels.size());
  for (std::size_t row = 0; row < column.codes.size(); ++row) {
    if (column.codes[row] < 0)
      result.not_known += 1;
    else
      views[static_cast<std::size_t>(column.codes[row])].rows.take(sample, row);
  }
  for (std::size_t i = 0; i < views.size(); ++i) {
    if (views[i].rows.scores.empty()) continue;
    views[i].label = column.labels[i];
    views[i].ties = tie_groups(views[i].rows.scored());
    views[i].all = total(views[i].ties);
    // Without a cut-off everybody is accepted, and only what needs none is shown.
    views[i].counts = group_counts(views[i].ties, cut_off.value_or(views[i].ties.front().score));
    result.groups.push_back(std::move(views[i]));
  }
  keep_largest(result, column.reference);
  // The named reference, or the largest group where none is named or the named one has no rows.
  auto named = std::find_if(result.groups.begin(), result.groups.end(),
                            [&](const GroupView& one) { return one.label == column.reference; });
  if (column.reference.empty() || named == result.groups.end()) {
    named = std::max_element(result.groups.begin(), result.groups.end(),
                             [](const GroupView& one, const GroupView& other) {
                               return one.all.weight() < other.all.weight();
                             });
  }
  result.reference = static_cast<std::size_t>(named - result.groups.begin());
  return result;
}

// The tests whose figures can become findings: three of a group, one where there is no cut-off;
// none of a group of too few people.
int tests_of(const Disparity& found, bool has_cut_off) {
  int count = found.mean_difference ? 1 : 0;
  if (!has_cut_off) return count;
  return count + (found.impact_ratio ? 1 : 0) + (found.true_positive_gap ? 1 : 0);
}

// Which figures there are does not depend on how many comparisons they are among.
int comparisons(std::span<const AuditedColumn> columns, const DisparityLimits& limits,
                bool has_cut_off) {
  int count = 0;
  for (const AuditedColumn& column : columns) {
    const GroupView& reference = column.groups[column.reference];
    for (const GroupView& group : column.groups) {
      if (&group == &reference) continue;
      count += tests_of(compare_groups(group.counts, reference.counts, limits, 1), has_cut_off);
    }
  }
  return std::max(1, count);
}

DisparityLimits limits_of(const ValidationLimits& limits) {
  return {.confidence = limits.confidence,
          .impact_ratio = limits.impact_ratio,
          .mean_difference = limits.mean_difference,
          .error_rate_gap = limits.error_rate_gap,
          .smallest_cell = limits.smallest_cell};
}

}  // namespace

std::vector<AuditedColumn> audit(const Study& study) {
  std::vector<AuditedColumn> columns;
  const ValidationSample& sample = *study.headline().sample;
  for (const auto& column : sample.groups) {
    columns.push_back(view_of(sample, column, study.input->cut_off));
    if (columns.back().groups.empty()) columns.pop_back();
  }
  const DisparityLimits limits = limits_of(study.input->limits);
  int all = comparisons(columns, limits, study.input->cut_off.has_value());
  for (AuditedColumn& column : columns) {
    const GroupCounts reference = column.groups[column.reference].counts;
    for (GroupView& group : column.groups) {
      group.against = compare_groups(group.counts, reference, limits, all);
    }
  }
  return columns;
}

}  // namespace credence
