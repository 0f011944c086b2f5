#include <credence/report/chart_rows.h>
#include <credence/report/report_sections.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

constexpr std::size_t kMostLines = 15;

// "Chance that the least reliable pay late (rules.bills.late)".
std::string words_of(const std::string& path, Language language) {
  for (const RuleDescription* rule : all_rules()) {
    for (const RuleParameter& parameter : rule->parameters) {
      if (path == "rules." + rule->id + "." + parameter.id)
        return parameter.name.in(language) + " (" + path + ")";
    }
  }
  return path;
}

std::vector<SensitivityLine> ranked(const ReportFacts& facts) {
  std::vector<SensitivityLine> lines = facts.input().sensitivity;
  std::erase_if(lines,
                [](const SensitivityLine& line) { return !std::isfinite(line.effect.mu_star); });
  std::ranges::stable_sort(lines, [](const SensitivityLine& a, const SensitivityLine& b) {
    return a.effect.mu_star > b.effect.mu_star;
  });
  return lines;
}

RowChart chart_of(const ReportFacts& facts, const std::vector<SensitivityLine>& lines,
                  HarmUnit unit) {
  RowChart chart;
  chart.form = RowChart::Form::bars;
  chart.label = facts.say(Say::sensitivity_caption);
  RowChart::Series series{"", 1, {}};
  double scale = shown_scale(unit);
  for (std::size_t i = 0; i < std::min(lines.size(), kMostLines); ++i) {
    double size = lines[i].effect.mu_star * scale, error = lines[i].effect.error * scale;
    std::string words = spread_text({.count = 1, .mean = size}, facts.style());
    chart.rows.push_back(words_of(lines[i].path, facts.language()));
    chart.label += "; " + chart.rows.back() + ": " + words;
    series.values.push_back({size, std::max(size - error, 0.0), size + error, std::move(words)});
  }
  chart.series.push_back(std::move(series));
  return chart;
}

}  // namespace

void write_sensitivity(SocietyPage& page, const ReportFacts& facts) {
  page.begin_section("sensitivity", facts.say(Say::sensitivity_title));
  std::vector<SensitivityLine> lines = ranked(facts);
  if (lines.empty()) {
    page.paragraph(facts.say(Say::sensitivity_none));
    return page.end_section();
  }
  const HarmMeasure* measure = find_harm_measure(facts.input().sensitivity_measure);
  HarmUnit unit = measure == nullptr ? HarmUnit::ratio : measure->unit;
  page.paragraph(
      facts.say(Say::sensitivity_text, {measure == nullptr ? facts.input().sensitivity_measure
                                                           : measure->name.in(facts.language())}));
  page.figure(facts.say(Say::sensitivity_caption),
              facts.say(Say::sensitivity_axis, {difference_unit_words(unit, facts.style())}),
              draw_rows(chart_of(facts, lines, unit), facts.language()));
  if (lines.size() > kMostLines) {
    page.paragraph(
        facts.say(Say::sensitivity_left_out,
                  {count_text(static_cast<double>(lines.size() - kMostLines), facts.style())}));
  }
  page.end_section();
}

}  // namespace credence
