#include <credence/report/report_sections.h>
namespace credence {
void write_tried(SocietyPage& page, const ReportFacts& facts) {
  page.begin_section("tried", facts.say(Say::tried_title));
  page.end_section();
}
void write_pictures(SocietyPage& page, const ReportFacts& facts) {
  page.begin_section("pictures", facts.say(Say::pictures_title));
  page.end_section();
}
void write_lives(SocietyPage& page, const ReportFacts& facts) {
  page.begin_section("lives", facts.say(Say::lives_title));
  page.end_section();
}
void write_sensitivity(SocietyPage& page, const ReportFacts& facts) {
  page.begin_section("sensitivity", facts.say(Say::sensitivity_title));
  page.end_section();
}
void write_measures(SocietyPage& page, const ReportFacts& facts) {
  page.begin_section("measures", facts.say(Say::measures_title));
  page.end_section();
}
std::string odd_html(const World&, std::span<const SocietyProgramme>, Language) {
  return "";
}
std::string odd_text(const World&, std::span<const SocietyProgramme>, Language) {
  return "";
}
}  // namespace credence
