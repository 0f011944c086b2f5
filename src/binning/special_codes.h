#pragma once

#include <credence/binning/cells.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// A name stands on one line: UTF-8 without control characters, and not empty.
bool is_one_line(std::string_view text);
// A category may be any UTF-8, but no runtime carries a zero byte.
bool is_category(std::string_view text);

// What special codes may be, for binning and for cards alike: each has a name of one line and names
// values of its variable's kind only, finite numbers or categories; no name and no value stands
// twice. What is wrong with the first that is not so, without a full stop; none: all are sound.
std::optional<std::string> defect_of(const std::vector<SpecialCode>& specials, Column::Kind kind);

// Codes that were given for many variables, as one of this kind can hold them: of each its numbers
// or its texts, and without the codes that have none.
std::vector<SpecialCode> codes_of_kind(const std::vector<SpecialCode>& specials, Column::Kind kind);

}  // namespace credence
