#pragma once

#include <credence/score/card.h>

namespace credence {

// Names every bin in the unit of the feature, in both languages: "1 to 2", "500.00 EUR to under
// 900.00 EUR". REQUIRES: the bins keep the rules of the card's format.
void label_bins(std::vector<Card::Bin>& bins, const Feature& feature, const Programme& programme);

// One answer in the unit of its feature: "3", "12 months", "12.5%", "no such record", a special
// code's token.
Text answer_text(Cell answer, const Feature& feature, const Programme& programme);

}  // namespace credence
