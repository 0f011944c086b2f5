#pragma once

#include <credence/base/wording.h>
#include <credence/validation/pack.h>

#include <initializer_list>
#include <string>

namespace credence {

Text figure(double value, NumberFormat format);  // in both languages
Text p_phrase(double value);                     // "p = 0.021", "p < 0.001"
Text same(const std::string& name);              // a name that is the same in both

// The pattern with {1}, {2} ... replaced by the values.
Text fill(const Text& pattern, std::initializer_list<Text> values);

}  // namespace credence
