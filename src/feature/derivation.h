#pragma once

#include <credence/feature/feature.h>

namespace credence {

// The same as feature.h on a programme that nobody has admitted. The service has no way here, since
// it holds lawful programmes alone; the synthetic society and the tests, where nobody is real, do.
std::vector<const EventFact*> usable_events(const Programme& programme, const Dossier& dossier,
                                            const AsOf& as_of);
std::optional<Excluded> why_excluded(const Programme& programme, const Dossier& dossier,
                                     const EventFact& event, const AsOf& as_of);
Features derive(const Programme& programme, const Dossier& dossier, const AsOf& as_of);

}  // namespace credence
