#pragma once

#include <credence/scorecard/scorecard.h>

#include <span>
#include <string>
#include <string_view>

namespace credence {

// Rows with the score and the first reasons that the engine gives them, as PMML's
// ModelVerification: the boundaries and their neighbours, special codes, missing, unknown. `order`
// is that of the characteristics. PMML, unlike us, lists terms that lost nothing after those that
// did.
std::string pmml_verification(const Scorecard& card, std::span<const std::size_t> order);

// Escaped for a value in double quotes.
std::string xml_attribute(std::string_view text);

}  // namespace credence
