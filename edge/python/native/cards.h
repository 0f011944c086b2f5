#pragma once

#include <credence/scorecard/scorecard.h>
#include <nanobind/nanobind.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// A card that can score, or InputError with the first finding.
Scorecard card_from_toml(std::string_view text, const std::string& file);
nanobind::dict to_dict(const Scorecard& card);
// The column of a variable, or InputError.
const Column& column_of(const Table& table, const Scorecard::Variable& variable);
// Of every row, the cell in each variable. Raises InputError.
std::vector<std::vector<std::uint16_t>> cells_of_rows(const Scorecard& card, const Table& table);

void bind_cards(nanobind::module_& module);

}  // namespace credence
