#pragma once

#include <credence/exchange/import.h>

#include <optional>
#include <vector>

namespace credence {

// Points of a source, which may have decimals, made whole; the note says by how much at most.
class RoundedPoints {
 public:
  // Half goes away from zero. Nothing beyond the limits of a card.
  std::optional<int> round(double points);
  std::optional<Text> note() const;

 private:
  double largest_ = 0;
};

// What every import ends with: names of reasons that differ, a range that holds the card, and no
// defects. Errors: import.card.
Result<Imported> finish_import(Scorecard card, std::vector<Text> notes, const std::string& file);

}  // namespace credence
