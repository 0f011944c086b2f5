#pragma once

#include <credence/binning/bin_desk.h>
#include <credence/binning/rules.h>
#include <credence/optimum/problem.h>

namespace credence {

// How BinDesk makes states: nothing here remembers anything.

// The rules that bins by hand are held against: an automatic trend is the one that was chosen.
VariableRules rules_of_hand(const BinDesk::State& state);

// The optimum under the rules; where there is none, one bin of all values, or no bins at all.
BinDesk::State solved_state(const Column& column, const Outcome& outcome,
                            const BinDesk::State& rules, const Attempt<Binning>& best);

Finding desk_finding(std::string code, Text message, Text help);
// What binning said, with `help` where it gives none.
Finding desk_finding(Finding told, Text help);

}  // namespace credence
