#pragma once

#include <credence/binning/bin_desk.h>
#include <credence/training/plan.h>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace credence {

// The plan that a desk's decisions go into: a file that was read, or one that is not there yet.
struct DeskPlan {
  std::string path;     // empty: none was named
  bool exists = false;  // the file is there, and this is its text
  std::string text;
};

// What a variable's state says that the plan does not: the keys of docs/formats/plan.md that a
// training with this plan needs to come to the very same bins.
struct DeskDecision {
  const Column* column = nullptr;
  const BinDesk::State* state = nullptr;
};

// The plan's text with these decisions in it; all else as it was. It is read again, and says what
// was decided: otherwise nothing comes of it but a finding (plan.*).
std::variant<std::string, Finding> with_decisions(const DeskPlan& plan,
                                                  const std::vector<DeskDecision>& decisions);

}  // namespace credence
