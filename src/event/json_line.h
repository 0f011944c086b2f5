#pragma once

#include <credence/event/row_plan.h>

#include <optional>

namespace credence {

// Reads one line of JSON: {"subject":...,"event":...,"at":...,"key":...,FIELD:...}. A null is a
// missing value.
std::optional<Fault> read_json_line(Event& event, std::string_view text,
                                    const Programme& programme);

}  // namespace credence
