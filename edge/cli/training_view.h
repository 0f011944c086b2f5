#pragma once

#include <credence/terminal/tongue.h>
#include <credence/training/rejects.h>

#include <string>

namespace credence {

// What a person reads at the end of a training: the card's variables with points, what was dropped
// and why, and what whole points cost against the unrounded model.
std::string view(const Trained& trained, const Tongue& tongue);
// Bands and what the assumptions do, without cards.
std::string view(const RejectResult& result, const Tongue& tongue);

Json training_json(const Trained& trained);  // report and every binning
Json rejects_json(const RejectResult& result);

}  // namespace credence
