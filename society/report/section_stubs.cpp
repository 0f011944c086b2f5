#include <credence/report/report_sections.h>
namespace credence {
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
}  // namespace credence
