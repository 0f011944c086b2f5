#pragma once

#include <credence/base/result.h>
#include <credence/base/text.h>
#include <credence/explanation/changes.h>

#include <string>
#include <string_view>

namespace credence {

// The whole article (A07), or what a code of a format means: the programme's (P012), its card's
// (C003), a table card's (S010), a plan's (T005), a society programme's (S101), a world's (W021) or
// a plan of runs (L003).
Result<std::string> explain_code(std::string_view code, Language language);

// What a code of a card over tables (S001 ...) or of a training plan (T001 ...) demands, or
// nullptr.
const Text* explain_table_code(std::string_view code);

std::string render_changes(const Changes& changes, Language language);

}  // namespace credence
