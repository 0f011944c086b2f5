#pragma once

#include <credence/monitor/disparity.h>
#include <credence/validation/study.h>

#include <string>
#include <vector>

namespace credence {

// One group, with what it gets and how that compares.
struct GroupView {
  std::string label;
  Rows rows;
  std::vector<TieGroup> ties;
  ClassTally all;
  GroupCounts counts;  // at the cut-off
  Disparity against;   // the reference
};

// One column of groups of the headline sample.
struct AuditedColumn {
  std::string name;
  const ValidationSample::Groups* column = nullptr;
  std::vector<GroupView> groups;  // those with rows, in the order of labels
  std::size_t reference = 0;
  double not_known = 0;      // records
  std::size_t left_out = 0;  // small groups beyond what can be shown
};

// Every column of groups that has somebody in it; the largest groups where there are very many.
std::vector<AuditedColumn> audit(const Study& study);

}  // namespace credence
