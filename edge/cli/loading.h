#pragma once

#include <credence/charter/charter.h>
#include <credence/score/card.h>
#include <credence/terminal/command.h>

#include <optional>
#include <string>

namespace credence {

// A programme and its card as they stand in files (or in the record), judged.
struct LoadedProgramme {
  std::string file, text;            // the programme
  std::string card_file, card_text;  // empty when the programme itself could not be read
  std::optional<LawfulProgramme> lawful;
  std::optional<Card> card;
  Findings findings;  // of both files, in their order

  bool ready() const { return lawful.has_value() && card.has_value(); }
  const std::string& source_of(const Finding& finding) const {
    return finding.where.file == card_file ? card_text : text;
  }
};

// Reads the programme and the card beside it. An Error only when the programme file cannot be read
// at all.
Result<LoadedProgramme> load_programme(const std::string& path);
// The programme alone, for what makes its card; the card beside it is not looked at.
Result<LoadedProgramme> load_programme_alone(const std::string& path);
// The same from texts that were read before.
LoadedProgramme judge_programme(std::string file, std::string text, std::string card_file,
                                std::string card_text);

// Whether an article of the charter refuses, rather than the file being unreadable.
bool is_refused(const Findings& findings);

// Every finding as a compiler prints it, and a last line that counts them.
std::string render_findings(const LoadedProgramme& loaded, Language language);

}  // namespace credence
