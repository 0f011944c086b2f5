#pragma once

#include <credence/base/toml_notes.h>
#include <credence/score/card.h>

#include <optional>
#include <string>

namespace credence {

// Gathers what a card's check has to say, and reads the values that every part of a card is made
// of.
class CardNotes : public TomlNotes {
 public:
  CardNotes() : TomlNotes('C', findings_, explain_card_code) {}
  CardNotes(const CardNotes&) = delete;
  CardNotes& operator=(const CardNotes&) = delete;

  // Whole points within the limits, or nothing with a finding (A26, C004, C005).
  std::optional<int> points(const TomlNode& node, const std::string& path);

  const Findings& findings() const { return findings_; }

 private:
  Findings findings_;
};

}  // namespace credence
