#include <credence/base/wording.h>
#include <credence/report/report_sections.h>
#include <credence/report/two_outcomes.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

namespace credence {

namespace {

constexpr double kWidestGap = 0.7;

std::string judgement(const ReportFacts& facts, const HarmMeasure& measure,
                      const ReplicateSpread& difference) {
  if (difference.count == 0) return "\u2013";
  if (difference.mean == 0 && difference.error == 0) return "=";
  if (difference.count < 2) return facts.say(Say::one_run);
  if (std::abs(difference.mean) <= difference.error) return facts.say(Say::unclear);
  if (measure.direction == Direction::neutral) return facts.say(Say::differs);
  bool more_is_better = measure.direction == Direction::benefit;
  return facts.say((difference.mean > 0) == more_is_better ? Say::better : Say::worse);
}

std::string interval_text(const ReportFacts& facts, HarmUnit unit, const ReplicateSpread& spread) {
  if (spread.count < 2) return "\u2013";
  ReplicateSpread shown = scaled(spread, shown_scale(unit));
  int decimals = decimals_for(shown.mean, shown.error);
  auto text = [&](double value) { return write_decimal(value, decimals, facts.language()); };
  return text(shown.mean - shown.error) + " \u2026 " + text(shown.mean + shown.error);
}

std::vector<std::string> row_of(const ReportFacts& facts, std::size_t arm,
                                const HarmMeasure& measure) {
  const NumberStyle& style = facts.style();
  ReplicateSpread without = facts.value(0, measure.id), with = facts.value(arm, measure.id);
  ReplicateSpread difference = facts.difference(arm, measure.id);
  auto mean_text = [&](const ReplicateSpread& spread) {
    return spread.count == 0 ? "\u2013" : value_text(measure.unit, spread.mean, style);
  };
  ReplicateSpread shown = scaled(difference, shown_scale(measure.unit));
  std::string mean =
      write_decimal(shown.mean, decimals_for(shown.mean, shown.error), facts.language());
  if (shown.count == 0) mean = "\u2013";
  if (shown.mean > 0) mean = "+" + mean;
  bool has_interval = difference.count > 1 && difference.error > 0;
  return {
      measure.name.in(facts.language()),
      unit_words(measure.unit, style),
      mean_text(without),
      mean_text(with),
      mean,
      interval_text(facts, measure.unit, difference),
      judgement(facts, measure, difference),
      has_interval ? count_text(static_cast<double>(difference.runs_to_halve()), style) : "\u2013"};
}

void write_table(SocietyPage& page, const ReportFacts& facts, std::size_t arm) {
  PageTable table;
  table.caption = facts.say(
      Say::measures_caption,
      {facts.arm_name(arm), count_text(static_cast<double>(facts.replicates()), facts.style())});
  table.columns = {
      {facts.say(Say::measures_measure)},          {facts.say(Say::measures_unit)},
      {facts.say(Say::measures_without), true},    {facts.say(Say::measures_with), true},
      {facts.say(Say::measures_difference), true}, {facts.say(Say::measures_says), true},
      {facts.say(Say::measures_judged)},           {facts.say(Say::measures_halve), true}};
  for (const HarmMeasure& measure : harm_measures())
    table.rows.push_back(row_of(facts, arm, measure));
  page.table(table);
}

void write_two_outcomes(SocietyPage& page, const ReportFacts& facts) {
  std::vector<std::string> found;
  auto count = [&](std::size_t number) {
    return count_text(static_cast<double>(number), facts.style());
  };
  for (std::size_t arm = 0; arm < facts.arms(); ++arm) {
    for (const HarmMeasure& measure : harm_measures()) {
      auto outcomes = two_outcomes(facts.result().values(arm, measure.id));
      if (!outcomes) continue;
      auto text = [&](double value) { return value_text(measure.unit, value, facts.style()); };
      found.push_back(facts.say(
          Say::bimodal,
          {measure.name.in(facts.language()), facts.arm_name(arm), count(outcomes->lower_count),
           count(outcomes->count), text(outcomes->lower), text(outcomes->upper)}));
    }
  }
  if (found.empty()) return;
  page.heading(facts.say(Say::bimodal_title));
  page.items(found);
}

void write_explanations(SocietyPage& page, const ReportFacts& facts) {
  page.open("details");
  page.markup(fmt::format("<summary>{}</summary>\n", page_text(facts.say(Say::measures_what))));
  page.open("dl", "class=\"meanings\"");
  for (const HarmMeasure& measure : harm_measures()) {
    std::string what = measure.what.in(facts.language());
    if (!measure.source.empty()) what += " [" + std::string{measure.source} + "]";
    page.markup(fmt::format("<dt>{} <code>{}</code></dt><dd>{}</dd>\n",
                            page_text(measure.name.in(facts.language())), page_text(measure.id),
                            page_text(what)));
  }
  page.close("dl");
  page.close("details");
}

}  // namespace

std::optional<TwoOutcomes> two_outcomes(std::vector<double> replicates) {
  std::erase_if(replicates, [](double value) { return !std::isfinite(value); });
  std::size_t count = replicates.size();
  if (count < kFewestForTwoOutcomes) return std::nullopt;
  std::ranges::sort(replicates);
  double range = replicates.back() - replicates.front();
  std::size_t fewest = std::max<std::size_t>(2, (count + 4) / 5);
  std::size_t split = fewest;
  for (std::size_t i = fewest; i + fewest <= count; ++i) {
    if (replicates[i] - replicates[i - 1] > replicates[split] - replicates[split - 1]) split = i;
  }
  double gap = replicates[split] - replicates[split - 1];
  if (!(range > 0) || gap < kWidestGap * range) return std::nullopt;
  std::span<const double> all = replicates;
  return TwoOutcomes{.count = count,
                     .lower_count = split,
                     .lower = spread_of(all.first(split)).mean,
                     .upper = spread_of(all.subspan(split)).mean};
}

void write_measures(SocietyPage& page, const ReportFacts& facts) {
  page.begin_section("measures", facts.say(Say::measures_title));
  page.paragraph(facts.say(Say::measures_text));
  write_two_outcomes(page, facts);
  for (std::size_t arm = 1; arm < facts.arms(); ++arm) write_table(page, facts, arm);
  write_explanations(page, facts);
  page.end_section();
}

}  // namespace credence
