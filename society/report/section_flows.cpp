#include <credence/report/chart_flows.h>
#include <credence/report/report_sections.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

// The mean over replicates; empty where nobody has points.
std::vector<double> mean_flows(const ReportFacts& facts, std::size_t arm) {
  std::vector<double> moved;
  for (const ReplicateResult& replicate : facts.result().replicates) {
    if (arm >= replicate.flows.size()) return {};
    const std::vector<std::uint64_t>& flows = replicate.flows[arm];
    moved.resize(std::max(moved.size(), flows.size()));
    for (std::size_t i = 0; i < flows.size(); ++i) moved[i] += static_cast<double>(flows[i]);
  }
  for (double& people : moved) people /= static_cast<double>(facts.replicates());
  return moved;
}

std::vector<std::string> names_of(const ReportFacts& facts, std::size_t arm, std::size_t side) {
  std::vector<std::string> names = {facts.say(Say::not_scored)};
  for (const Text& name : tier_names_of(facts.programme(arm)))
    names.push_back(name.in(facts.language()));
  while (names.size() < side) names.push_back(facts.say(Say::scored));
  names.resize(side);
  return names;
}

std::string sum_up(const ReportFacts& facts, const std::vector<double>& moved, std::size_t side) {
  double rose = 0, fell = 0, stayed = 0, other = 0;
  for (std::size_t from = 0; from < side; ++from) {
    for (std::size_t to = 0; to < side; ++to) {
      double people = moved[from * side + to];
      double& sum = from == to ? stayed : from == 0 || to == 0 ? other : to > from ? rose : fell;
      sum += people;
    }
  }
  auto count = [&](double people) { return count_text(people, facts.style()); };
  return facts.say(Say::flows_says, {count(rose), count(fell), count(stayed), count(other)});
}

}  // namespace

void write_flows(SocietyPage& page, const ReportFacts& facts) {
  page.heading(facts.say(Say::flows_title));
  std::string figures;
  SocietyPage charts(facts.language());
  for (std::size_t arm = 1; arm < facts.arms(); ++arm) {
    std::vector<double> moved = mean_flows(facts, arm);
    auto side = static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(moved.size()))));
    if (side < 2 || side * side != moved.size()) continue;
    std::string says = sum_up(facts, moved, side);
    std::string caption = facts.say(Say::flows_caption, {facts.arm_name(arm)});
    FlowChart chart{.label = caption + ". " + says,
                    .names = names_of(facts, arm, side),
                    .moved = std::move(moved),
                    .then = facts.say(Say::then),
                    .now = facts.say(Say::now)};
    charts.figure(caption, says, draw_flows(chart, facts.language()));
  }
  figures = charts.take();
  if (figures.empty()) return page.paragraph(facts.say(Say::flows_none));
  page.paragraph(facts.say(Say::flows_note), "note");
  page.open("div", "class=\"charts\"");
  page.markup(figures);
  page.close("div");
}

}  // namespace credence
