#pragma once

#include <credence/explanation/changes.h>
#include <credence/explanation/explanation.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace credence {

enum class LetterFormat { text, html };

// What a decision letter says. A decision is absent when the person only asked for their score.
struct DecisionLetter {
  Explanation explanation;
  std::optional<Decision> decision;
  std::optional<std::uint64_t> decision_fact;  // printed, so that the letter leads to the record
  // What a partner was told, as recorded in disclosure_made; an answer that nobody sent is none.
  std::optional<std::string> disclosed;
  Date date;  // of the letter
};

// What came of a contest, or of time: the same score at two dates.
struct ChangeLetter {
  Changes changes;
  std::optional<Dispute> dispute;  // present: the letter answers it
  std::string subject;
  Date date;
};

// The page in front of what a person is entitled to have.
struct AccessCover {
  std::string subject;
  Date date;
  struct Count {
    FactKind kind = FactKind::event_recorded;
    std::uint64_t facts = 0;
  };
  std::vector<Count> contents;
  std::vector<std::string> recipients;  // who received an answer
  std::vector<std::string> files;       // of the export
};

// Plain text (80 columns) or one self-contained HTML page (no scripts, nothing loaded). Equal input
// gives equal bytes; nothing of it depends on locale or clock.
std::string write(const DecisionLetter& letter, const LawfulProgramme& programme, Language language,
                  LetterFormat format);
std::string write(const ChangeLetter& letter, const LawfulProgramme& programme, Language language,
                  LetterFormat format);
std::string write(const AccessCover& cover, const LawfulProgramme& programme, Language language,
                  LetterFormat format);

// Payload of notice_written: which letter, in which language and format, and the hash of its bytes.
Json::Object notice_payload(std::string_view letter, Language language, LetterFormat format,
                            std::string_view bytes, std::optional<std::uint64_t> decision_fact);

}  // namespace credence
