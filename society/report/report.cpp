#include <credence/report/report.h>
#include <credence/report/report_sections.h>
#include <fmt/format.h>

#include <array>

namespace credence {

namespace {

std::string title_of(const ReportFacts& facts) {
  std::string names;
  for (std::size_t arm = 1; arm < facts.arms(); ++arm) {
    if (arm > 1)
      names +=
          arm + 1 == facts.arms() ? (facts.language() == Language::fr ? " et " : " and ") : ", ";
    names += "\u201c" + facts.arm_name(arm) + "\u201d";
  }
  if (names.empty()) names = facts.arm_name(0);
  return facts.say(Say::page_title, {names, count_text(facts.people(), facts.style())});
}

void write_facts(SocietyPage& page, const ReportFacts& facts) {
  auto count = [&](double number) { return count_text(number, facts.style()); };
  const World& world = facts.world();
  std::uint32_t first = world.burn_in;
  std::uint32_t last = first + (world.months == 0 ? 0 : world.months - 1);
  const std::pair<Say, std::string> rows[] = {
      {Say::fact_people, count(facts.people())},
      {Say::fact_burn_in,
       facts.say(Say::fact_time_value, {count(world.burn_in), facts.month_name(0),
                                        facts.month_name(first == 0 ? 0 : first - 1)})},
      {Say::fact_time,
       facts.say(Say::fact_time_value,
                 {count(world.months), facts.month_name(first), facts.month_name(last)})},
      {Say::fact_replicates, count(static_cast<double>(facts.replicates()))},
      {Say::fact_seed, std::to_string(world.seed)},
      {Say::fact_version, facts.input().made},
  };
  page.open("dl", "class=\"facts\"");
  for (const auto& [name, value] : rows) {
    if (name == Say::fact_burn_in && world.burn_in == 0) continue;
    page.markup(
        fmt::format("<dt>{}</dt><dd>{}</dd>\n", page_text(facts.say(name)), page_text(value)));
  }
  page.close("dl");
}

void write_warnings(SocietyPage& page, const ReportFacts& facts) {
  std::string count = count_text(static_cast<double>(facts.replicates()), facts.style());
  if (facts.replicates() == 0) page.paragraph(facts.say(Say::no_replicate), "banner");
  if (facts.result().interrupted && facts.replicates() > 0)
    page.paragraph(facts.say(Say::interrupted, {count}), "banner");
  if (facts.replicates() == 1) page.paragraph(facts.say(Say::one_replicate), "banner");
  if (facts.input().changed_by_prototype) page.paragraph(facts.say(Say::prototype), "banner");
  if (facts.result().stopped_early) page.paragraph(facts.say(Say::stopped_early, {count}), "quiet");
}

struct ReportSection {
  std::string_view id;
  Say title;
  void (*write)(SocietyPage& page, const ReportFacts& facts);
  bool needs_replicate = false;
};

void write_description(SocietyPage& page, const ReportFacts& facts) {
  page.begin_section("odd", facts.say(Say::odd_title));
  page.markup(odd_html(facts.world(), facts.input().programmes, facts.language()));
  page.end_section();
}

constexpr ReportSection kSections[] = {
    {"summary", Say::summary_title, &write_summary},
    {"tried", Say::tried_title, &write_tried},
    {"pictures", Say::pictures_title, &write_pictures, true},
    {"lives", Say::lives_title, &write_lives},
    {"sensitivity", Say::sensitivity_title, &write_sensitivity},
    {"measures", Say::measures_title, &write_measures, true},
    {"odd", Say::odd_title, &write_description},
    {"limits", Say::limits_title, &write_limits},
    {"repeat", Say::repeat_title, &write_repetition},
};

bool is_there(const ReportSection& section, const ReportFacts& facts) {
  return !section.needs_replicate || facts.replicates() > 0;
}

void write_contents(SocietyPage& page, const ReportFacts& facts) {
  std::string_view language = facts.language() == Language::fr ? "fr" : "en";
  page.markup(fmt::format("<nav aria-label=\"{0}\"><p>{0}</p>\n<ol>\n",
                          page_text(facts.say(Say::contents))));
  for (const ReportSection& section : kSections) {
    if (!is_there(section, facts)) continue;
    page.markup(fmt::format("<li><a href=\"#{}-{}\">{}</a></li>\n", language, section.id,
                            page_text(facts.say(section.title))));
  }
  page.markup("</ol></nav>\n");
}

std::string body_of(const ReportFacts& facts) {
  SocietyPage page(facts.language());
  page.open("header");
  page.paragraph(facts.say(Say::kicker), "kicker");
  page.markup(fmt::format("<h1>{}</h1>\n", page_text(title_of(facts))));
  page.paragraph(facts.say(Say::page_lead), "lead");
  write_warnings(page, facts);
  write_facts(page, facts);
  write_contents(page, facts);
  page.close("header");
  for (const ReportSection& section : kSections) {
    if (is_there(section, facts)) section.write(page, facts);
  }
  return page.take();
}

}  // namespace

std::string society_report(const SocietyReportInput& input, Language first) {
  ReportFacts english(input, Language::en), french(input, Language::fr);
  return whole_page({.title_en = title_of(english),
                     .title_fr = title_of(french),
                     .en = body_of(english),
                     .fr = body_of(french)},
                    first);
}

}  // namespace credence
