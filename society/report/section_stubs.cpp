#include <credence/report/report_sections.h>
namespace credence {
void write_lives(SocietyPage& page, const ReportFacts& facts) {
  page.begin_section("lives", facts.say(Say::lives_title));
  page.end_section();
}
}  // namespace credence
