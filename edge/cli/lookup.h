#pragma once

#include <credence/ledger/dossier.h>

#include <algorithm>
#include <cstdint>

namespace credence {

// What people name by its number: the statement or dispute that is fact `index` of this person, or
// nullptr. The pointer lives as long as the dossier.
inline const Statement* find_statement(const Dossier& dossier, std::uint64_t index) {
  auto found = std::find_if(dossier.statements.begin(), dossier.statements.end(),
                            [&](const Statement& s) { return s.index == index; });
  return found == dossier.statements.end() ? nullptr : &*found;
}

inline const Dispute* find_dispute(const Dossier& dossier, std::uint64_t index) {
  auto found = std::find_if(dossier.disputes.begin(), dossier.disputes.end(),
                            [&](const Dispute& d) { return d.index == index; });
  return found == dossier.disputes.end() ? nullptr : &*found;
}

}  // namespace credence
