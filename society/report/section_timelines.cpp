#include <credence/base/wording.h>
#include <credence/report/chart_bands.h>
#include <credence/report/chart_rows.h>
#include <credence/report/report_sections.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace credence {

namespace {

constexpr std::string_view kOverTime[] = {"excluded-share",    "sanctioned-share", "speech-share",
                                          "false-alerts",      "deposits-saved",   "gaming-share",
                                          "errors-left-share", "wealth-difference"};

bool differs_from_zero(const BandChart& chart) {
  return std::ranges::any_of(chart.lines, [](const BandChart::Line& line) {
    return std::ranges::any_of(line.mean,
                               [](double value) { return std::isfinite(value) && value != 0; });
  });
}

BandChart chart_of(const ReportFacts& facts, const HarmMeasure& measure) {
  BandChart chart;
  std::uint32_t first = facts.world().burn_in;
  auto months = static_cast<std::uint32_t>(facts.months());
  chart.first_month = facts.month_name(first);
  chart.last_month = facts.month_name(first + (months == 0 ? 0 : months - 1));
  chart.label = measure.name.in(facts.language()) + ", " + unit_words(measure.unit, facts.style());
  for (std::size_t arm = 0; arm < facts.arms(); ++arm) {
    BandChart::Line line{facts.arm_name(arm), arm, {}, {}, {}};
    for (std::uint32_t month = 0; month < months; ++month) {
      ReplicateSpread spread =
          scaled(facts.in_month(arm, measure.id, month), shown_scale(measure.unit));
      line.mean.push_back(spread.count == 0 ? std::nan("") : spread.mean);
      if (facts.replicates() < 2) continue;
      line.low.push_back(spread.count == 0 ? std::nan("") : spread.low);
      line.high.push_back(spread.count == 0 ? std::nan("") : spread.high);
    }
    if (!line.mean.empty()) {
      chart.label += "; " + facts.arm_name(arm) + ": " +
                     spread_text({.count = 1, .mean = line.mean.front()}, facts.style()) +
                     " \u2192 " +
                     spread_text({.count = 1, .mean = line.mean.back()}, facts.style());
    }
    chart.lines.push_back(std::move(line));
  }
  return chart;
}

// Lengths of spells that read alike: from, to (0: and longer).
struct SpellRange {
  std::size_t from = 0, to = 0;
};
constexpr std::array<SpellRange, 7> kSpells = {
    {{1, 1}, {2, 2}, {3, 3}, {4, 6}, {7, 12}, {13, 24}, {25, 0}}};

std::string words_of(const SpellRange& range) {
  if (range.to == range.from) return std::to_string(range.from);
  if (range.to == 0) return std::to_string(range.from) + "+";
  return std::to_string(range.from) + "\u2013" + std::to_string(range.to);
}

double spells_in(const ReplicateResult& replicate, std::size_t arm, const SpellRange& range) {
  double sum = 0;
  if (arm >= replicate.spells.size()) return sum;
  const std::vector<std::uint64_t>& spells = replicate.spells[arm];
  for (std::size_t length = range.from; length < spells.size(); ++length) {
    if (range.to == 0 || length <= range.to) sum += static_cast<double>(spells[length]);
  }
  return sum;
}

RowChart spells_of(const ReportFacts& facts, std::size_t arm) {
  RowChart chart;
  chart.form = RowChart::Form::bars;
  chart.label = facts.say(Say::spells_caption, {facts.arm_name(arm)});
  RowChart::Series series{facts.arm_name(arm), arm, {}};
  for (const SpellRange& range : kSpells) {
    std::vector<double> counts;
    for (const ReplicateResult& replicate : facts.result().replicates)
      counts.push_back(spells_in(replicate, arm, range));
    ReplicateSpread spread = spread_of_known(counts);
    std::string words =
        words_of(range) + " " + facts.say(range.to == 1 ? Say::spells_one : Say::spells_axis);
    std::string count = write_decimal(spread.mean, spread.mean < 10 ? 1 : 0, facts.language());
    chart.label += "; " + words + ": " + count;
    chart.rows.push_back(std::move(words));
    series.values.push_back({spread.mean, spread.low, spread.high, std::move(count)});
  }
  chart.series.push_back(std::move(series));
  return chart;
}

bool has_spells(const RowChart& chart) {
  return std::ranges::any_of(chart.series[0].values,
                             [](const RowChart::Value& value) { return value.at > 0; });
}

}  // namespace

void write_timelines(SocietyPage& page, const ReportFacts& facts) {
  page.heading(facts.say(Say::time_title));
  page.paragraph(facts.say(facts.replicates() > 1 ? Say::time_text : Say::time_text_one), "note");
  std::string nothing;
  page.open("div", "class=\"charts\"");
  for (std::string_view id : kOverTime) {
    const HarmMeasure& measure = *find_harm_measure(id);
    BandChart chart = chart_of(facts, measure);
    const std::string& name = measure.name.in(facts.language());
    if (!differs_from_zero(chart)) {
      nothing += (nothing.empty() ? "" : ", ") + name;
      continue;
    }
    std::string note = facts.say(Say::groups_note, {measure.what.in(facts.language()),
                                                    unit_words(measure.unit, facts.style())});
    page.figure(name, note, draw_bands(chart, facts.language()));
  }
  page.close("div");
  if (!nothing.empty()) page.paragraph(facts.say(Say::time_none, {nothing}), "note");
}

void write_spells(SocietyPage& page, const ReportFacts& facts) {
  page.heading(facts.say(Say::spells_title));
  SocietyPage charts(facts.language());
  bool any = false;
  for (std::size_t arm = 1; arm < facts.arms(); ++arm) {
    RowChart chart = spells_of(facts, arm);
    if (!has_spells(chart)) continue;
    any = true;
    charts.figure(facts.say(Say::spells_caption, {facts.arm_name(arm)}), "",
                  draw_rows(chart, facts.language()));
  }
  if (!any) return page.paragraph(facts.say(Say::spells_none));
  page.paragraph(facts.say(Say::spells_text), "note");
  page.open("div", "class=\"charts\"");
  page.markup(charts.take());
  page.close("div");
}

}  // namespace credence
