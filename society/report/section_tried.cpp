#include <credence/report/programme_sentences.h>
#include <credence/report/report_sections.h>

namespace credence {

namespace {

void write_refusals(SocietyPage& page, const ReportFacts& facts,
                    const SocietyProgramme& programme) {
  std::vector<RefusedSection> refused = refused_sections(programme);
  if (refused.empty()) {
    page.paragraph(facts.say(Say::lawful_only));
    return;
  }
  PageTable table;
  table.caption = facts.say(Say::refuses_caption);
  table.columns = {{facts.say(Say::refuses_article)},
                   {facts.say(Say::refuses_what)},
                   {facts.say(Say::refuses_section)},
                   {facts.say(Say::refuses_rule)}};
  for (const RefusedSection& one : refused) {
    table.rows.push_back({one.article, one.what.in(facts.language()), "[" + one.section + "]",
                          one.rule.in(facts.language())});
  }
  page.table(table);
}

std::string names_of_groups(const ReportFacts& facts) {
  std::string names;
  const auto& groups = facts.categories(Trait::group);
  for (std::size_t group = 0; group < groups.size(); ++group) {
    names += (group == 0 ? "" : ", ") + facts.category_name(Trait::group, group) + " (" +
             percent_text(groups[group].share, 0, facts.style()) + ")";
  }
  return names;
}

}  // namespace

void write_tried(SocietyPage& page, const ReportFacts& facts) {
  page.begin_section("tried", facts.say(Say::tried_title));
  const World& world = facts.world();
  auto count = [&](double number) { return count_text(number, facts.style()); };
  page.paragraph(
      facts.say(Say::tried_world,
                {world.title.in(facts.language()), count(facts.people()), names_of_groups(facts),
                 count(world.burn_in), count(world.months), facts.month_name(world.burn_in)}));
  page.paragraph(facts.say(Say::tried_twins));
  for (std::size_t arm = 1; arm < facts.arms(); ++arm) {
    page.heading(facts.arm_name(arm));
    page.items(programme_sentences(facts.programme(arm), world, facts.language()));
    write_refusals(page, facts, facts.programme(arm));
  }
  page.end_section();
}

}  // namespace credence
