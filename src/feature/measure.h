#pragma once

#include <credence/feature/feature.h>

#include <span>

namespace credence {

// Records of one event type, by date, then index.
using Records = std::span<const EventFact* const>;

// The answer to one feature from the usable records of its event type.
FeatureValue measure(const Feature& feature, Records usable, Date today);

}  // namespace credence
