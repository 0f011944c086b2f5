#pragma once

#include <credence/base/text.h>
#include <credence/base/time.h>
#include <credence/programme/programme.h>

#include <string>

namespace credence {

// How numbers, days and records are said to people, in both languages. Fixed: no locale decides.
Text say_date(Date date);     // "21 November 2026", "21 novembre 2026"
Text say_points(int points);  // "+60", "−90", "0"; the sign is U+2212
Text say_cell(const Field& field, const Cell& cell, Currency currency);

// A name of the programme file as people read it: `due_back` is "due back".
std::string say_name(std::string_view name);

}  // namespace credence
