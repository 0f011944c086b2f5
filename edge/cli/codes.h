#pragma once

#include <credence/base/result.h>
#include <credence/base/text.h>
#include <credence/explanation/changes.h>

#include <string>
#include <string_view>

namespace credence {

// The whole article (A07), or what a code of the programme's or the card's format (P012, C003)
// means.
Result<std::string> explain_code(std::string_view code, Language language);

std::string render_changes(const Changes& changes, Language language);

}  // namespace credence
