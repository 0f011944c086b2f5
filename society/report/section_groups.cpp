#include <credence/report/chart_rows.h>
#include <credence/report/report_sections.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

constexpr std::size_t kMostMeasures = 6, kMostGroups = 12;

// How far the groups lie apart in a harm, in the arm where they do most.
struct GroupGap {
  const HarmMeasure* measure = nullptr;
  double gap = 0;  // worst group less best group, against the mean of the two
};

GroupGap gap_in(const ReportFacts& facts, const HarmMeasure& measure) {
  GroupGap found{&measure, 0};
  std::size_t groups = facts.categories(Trait::group).size();
  for (std::size_t arm = 1; arm < facts.arms(); ++arm) {
    // What the programme changes nothing about is not its doing.
    ReplicateSpread difference = facts.difference(arm, measure.id);
    if (difference.count == 0 || difference.mean == 0) continue;
    std::size_t worst = 0, best = 0;
    std::vector<double> means;
    for (std::size_t group = 0; group < groups; ++group) {
      means.push_back(facts.value(arm, measure.id, group).mean);
      if (means[group] > means[worst]) worst = group;
      if (means[group] < means[best]) best = group;
    }
    std::vector<double> high = facts.result().values(arm, measure.id, worst);
    std::vector<double> low = facts.result().values(arm, measure.id, best);
    for (std::size_t i = 0; i < high.size(); ++i) high[i] -= low[i];
    ReplicateSpread gap = spread_of_known(high);
    double size = (means[worst] + means[best]) / 2;
    // A gap that luck alone may have made is not shown as one.
    if (!(size > 0) || !(gap.mean > gap.error)) continue;
    found.gap = std::max(found.gap, gap.mean / size);
  }
  return found;
}

std::vector<const HarmMeasure*> telling_measures(const ReportFacts& facts) {
  std::vector<GroupGap> gaps;
  for (const HarmMeasure& measure : harm_measures()) {
    if (measure.direction != Direction::harm) continue;
    GroupGap gap = gap_in(facts, measure);
    if (gap.gap > 0) gaps.push_back(gap);
  }
  std::ranges::stable_sort(gaps, std::ranges::greater{}, &GroupGap::gap);
  std::vector<const HarmMeasure*> measures;
  const HarmMeasure* first = find_harm_measure("excluded-share");
  if (first != nullptr && ever_counted(facts, Counter::excluded)) measures.push_back(first);
  for (const GroupGap& gap : gaps) {
    if (measures.size() < kMostMeasures && gap.measure != first) measures.push_back(gap.measure);
  }
  return measures;
}

RowChart chart_of(const ReportFacts& facts, const HarmMeasure& measure) {
  RowChart chart;
  std::size_t groups = std::min(facts.categories(Trait::group).size(), kMostGroups);
  for (std::size_t group = 0; group < groups; ++group)
    chart.rows.push_back(facts.category_name(Trait::group, group));
  chart.label = measure.name.in(facts.language()) + ", " + unit_words(measure.unit, facts.style());
  for (std::size_t arm = 0; arm < facts.arms(); ++arm) {
    RowChart::Series series{facts.arm_name(arm), arm, {}};
    for (std::size_t group = 0; group < groups; ++group) {
      ReplicateSpread spread =
          scaled(facts.value(arm, measure.id, group), shown_scale(measure.unit));
      if (spread.count == 0) spread.mean = std::nan("");
      // Nothing of what is counted here can be below nothing.
      double low =
          spread.mean >= 0 ? std::max(0.0, spread.mean - spread.error) : spread.mean - spread.error;
      series.values.push_back({spread.mean, low, spread.mean + spread.error, ""});
      chart.label += "; " + facts.arm_name(arm) + ", " + chart.rows[group] + ": " +
                     spread_text(spread, facts.style());
    }
    chart.series.push_back(std::move(series));
  }
  return chart;
}

using RatioOfGroups = double (*)(std::span<const MonthTally>);

// The mean of the months' ratios, and the ratio of what the months add up to.
std::vector<std::string> ratio_cells(const ReportFacts& facts, std::size_t arm, RatioOfGroups of,
                                     double scale) {
  std::vector<double> steps, sums;
  for (const ReplicateResult& replicate : facts.result().replicates) {
    std::vector<double> months;
    for (const std::vector<MonthTally>& groups : replicate.tallies[arm])
      months.push_back(of(groups));
    ReplicateSpread step = spread_of_known(months);
    steps.push_back(step.count == 0 ? std::nan("") : step.mean);
    sums.push_back(of(facts.groups_of(arm, replicate)));
  }
  return {spread_text(scaled(spread_of_known(steps), scale), facts.style()),
          spread_text(scaled(spread_of_known(sums), scale), facts.style())};
}

void write_ratios(SocietyPage& page, const ReportFacts& facts) {
  PageTable table;
  table.caption = facts.say(Say::impact_caption);
  table.columns.push_back({facts.say(Say::impact_column)});
  for (Say what : {Say::impact_ratio, Say::true_gap, Say::false_gap}) {
    table.columns.push_back({facts.say(Say::per_step, {facts.say(what)}), true});
    table.columns.push_back({facts.say(Say::cumulated, {facts.say(what)}), true});
  }
  for (std::size_t arm = 0; arm < facts.arms(); ++arm) {
    std::vector<std::string> row = {facts.arm_name(arm)};
    for (auto [of, scale] : {std::pair<RatioOfGroups, double>{&adverse_impact_ratio, 1},
                             {&true_positive_gap, 100},
                             {&false_positive_gap, 100}}) {
      for (std::string& cell : ratio_cells(facts, arm, of, scale)) row.push_back(std::move(cell));
    }
    table.rows.push_back(std::move(row));
  }
  page.table(table);
  page.paragraph(facts.say(Say::impact_explained), "note");
}

}  // namespace

void write_groups(SocietyPage& page, const ReportFacts& facts) {
  page.heading(facts.say(Say::groups_title));
  std::vector<const HarmMeasure*> measures;
  if (facts.categories(Trait::group).size() > 1) measures = telling_measures(facts);
  if (measures.empty()) {
    page.paragraph(facts.say(Say::groups_none));
  } else {
    page.paragraph(facts.say(Say::groups_text), "note");
    page.open("div", "class=\"charts\"");
    for (const HarmMeasure* measure : measures) {
      page.figure(measure->name.in(facts.language()),
                  facts.say(Say::groups_note, {measure->what.in(facts.language()),
                                               unit_words(measure->unit, facts.style())}),
                  draw_rows(chart_of(facts, *measure), facts.language()));
    }
    page.close("div");
  }
  if (facts.categories(Trait::group).size() > 1) write_ratios(page, facts);
}

}  // namespace credence
