#pragma once

#include <credence/report/report_facts.h>
#include <credence/report/society_page.h>

namespace credence {

// The sections of the report, in their order. Each writes itself, heading included.
void write_summary(SocietyPage& page, const ReportFacts& facts);
void write_tried(SocietyPage& page, const ReportFacts& facts);
void write_pictures(SocietyPage& page, const ReportFacts& facts);
void write_lives(SocietyPage& page, const ReportFacts& facts);
void write_sensitivity(SocietyPage& page, const ReportFacts& facts);
void write_measures(SocietyPage& page, const ReportFacts& facts);
void write_limits(SocietyPage& page, const ReportFacts& facts);
void write_repetition(SocietyPage& page, const ReportFacts& facts);

// The parts of write_pictures.
void write_flows(SocietyPage& page, const ReportFacts& facts);
void write_groups(SocietyPage& page, const ReportFacts& facts);
void write_timelines(SocietyPage& page, const ReportFacts& facts);
void write_spells(SocietyPage& page, const ReportFacts& facts);
void write_map(SocietyPage& page, const ReportFacts& facts);
void write_profit(SocietyPage& page, const ReportFacts& facts);

}  // namespace credence
