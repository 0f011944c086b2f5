#pragma once

#include <credence/ledger/dossier.h>

#include <span>
#include <string>

namespace credence {

// What read_dossier() does, for a programme that is only typed: reading the record judges nobody.
Result<Dossier> read_facts(std::string subject, std::span<const Fact> facts,
                           const Programme& programme);

}  // namespace credence
