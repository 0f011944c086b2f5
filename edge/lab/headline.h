#pragma once

#include <credence/plans/ensemble.h>
#include <credence/terminal/tongue.h>

#include <string>

namespace credence {

// Every measure that some arm has, as a table for the terminal: life without a programme, then each
// programme's difference from it with its 95 % interval over replicates.
std::string headline_table(const EnsembleResult& result, const Tongue& tongue,
                           std::string_view currency);
// The same for machines.
Json headline_json(const EnsembleResult& result);

// A value of a measure as people read it, with its unit.
std::string spell_value(const HarmMeasure& measure, double value, const Tongue& tongue,
                        std::string_view currency);

}  // namespace credence
