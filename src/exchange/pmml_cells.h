#pragma once

#include <credence/exchange/pmml_predicate.h>
#include <credence/scorecard/scorecard.h>

#include <map>
#include <string>
#include <vector>

namespace credence {

struct PmmlAttribute {
  PmmlPredicate predicate;
  double points = 0;
  std::string special;  // name of the code that it is about, as our export says it
};

struct PmmlCharacteristic {
  std::string name, reason;
  std::optional<double> baseline;
  std::vector<PmmlAttribute> attributes;
  std::vector<std::string> fields;  // one or two
  Where where;

  // The first attribute that holds, -1 for none.
  int chosen(const std::map<std::string, PmmlValue>& values) const;
};

struct PmmlField {
  std::string name;
  Column::Kind kind = Column::Kind::number;
  PmmlValue missing;  // what stands in for a missing value, or nothing
};

// The cells into which all characteristics together divide a field, each with a value that lies in
// it. Found by asking: every number that a predicate names, the gaps between them, every text, and
// what else there is.
struct PmmlCells {
  Cells cells = Cells::of_numbers({}, {});
  std::vector<PmmlValue> samples;  // per cell
};
// Error import.pmml when the questions are too many.
Result<std::map<std::string, PmmlCells>> pmml_cells(
    const std::vector<PmmlField>& fields, const std::vector<PmmlCharacteristic>& characteristics,
    const std::string& file);

}  // namespace credence
