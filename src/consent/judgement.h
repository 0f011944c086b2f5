#pragma once

#include <credence/consent/consent.h>

#include <cstdint>
#include <variant>

namespace credence {

// What admit() decides, without its right to make an Admitted: the index of the grant that the
// event rests on, or the refusal. Looks at the programme's purpose, the event type's source and
// that source's retention, in the order of docs/formats/events.md, so that a record is refused for
// want of consent before anything else is said about it.
std::variant<std::uint64_t, Refused> judge(const Event& event, const Programme& programme,
                                           const Consents* consents, Instant now);

}  // namespace credence
