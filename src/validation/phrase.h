#pragma once

#include <credence/validation/pack.h>

#include <initializer_list>
#include <string>

namespace credence {

// A whole number of decimals, grouped by thousands, as the language writes it.
std::string write_decimal(double value, int decimals, Language language);

Text figure(double value, NumberFormat format);  // in both languages
Text p_phrase(double value);                     // "p = 0.021", "p < 0.001"
Text same(const std::string& name);              // a name that is the same in both

// The pattern with {1}, {2} ... replaced by the values.
Text fill(const Text& pattern, std::initializer_list<Text> values);

}  // namespace credence
