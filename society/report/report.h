#pragma once

#include <credence/base/text.h>
#include <credence/plans/ensemble.h>
#include <credence/plans/experiment.h>

#include <string>
#include <vector>

namespace credence {

struct SocietyReportInput {
  const World* world = nullptr;
  std::span<const SocietyProgramme> programmes;
  const EnsembleResult* result = nullptr;
  std::vector<SensitivityLine> sensitivity;  // may be empty: the report then says so
  std::string sensitivity_measure = "excluded-share";
  std::string command;  // that made it, to make it again
  std::string made;     // version of Credence
  bool changed_by_prototype = false;
};

// One self-contained page in both languages (a switch in the page; no script is needed to read it),
// printable: headline differences with intervals, flows between tiers, who is hit by group,
// timelines with bands, the map, three people's twin lives side by side, sensitivity, the ODD
// description, what this cannot tell you, how to repeat it.
std::string society_report(const SocietyReportInput& input, Language first);

// The three people of the life stories: of those in the panel, one who loses most, one who is hit
// by a mistake, one who gains most under the last programme, with why.
struct ChosenLife {
  std::size_t panelist = 0;
  Text why;
};
std::vector<ChosenLife> choose_lives(const SocietyReportInput& input);

// The seven elements of ODD (Grimm et al., JASSS 23(2) 7, 2020), generated from the world, the
// rules in use and the programmes; as HTML sections, and as plain text for the terminal.
std::string odd_html(const World& world, std::span<const SocietyProgramme> programmes,
                     Language language);
std::string odd_text(const World& world, std::span<const SocietyProgramme> programmes,
                     Language language);

}  // namespace credence
