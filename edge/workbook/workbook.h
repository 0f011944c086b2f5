#pragma once

#include <credence/base/result.h>
#include <credence/validation/pack.h>

#include <set>
#include <string>

namespace credence {

// The pack as an Excel workbook: one sheet per section, numbers as numbers in the format of their
// column, charts as Excel's own over a last sheet that holds their data. Texts are never read as
// formulas. A chart with two scales keeps the series of its left one; the others are in the data.
// A file that is there already is replaced. Errors: workbook.write (which file, and why).
Result<Done> write_workbook(const ValidationPack& pack, Language language, const std::string& path);

// A name that Excel takes: at most 31 UTF-16 units, none of []:*?/\, no apostrophe at an end, not
// empty, not in `used` whatever the case (to which it is added).
std::string sheet_name(const std::string& wanted, std::set<std::string>& used);

// A text of a chart, which would be read as a formula if it began with =, be refused beyond 255
// characters, and break the file with a control character: set off, cut, replaced by a blank.
std::string chart_text(const std::string& text);

}  // namespace credence
