#pragma once

#include <credence/base/text.h>
#include <credence/people/lives.h>

#include <string_view>

namespace credence {

std::string_view name_of(Happening happening);  // "earned", "lost-job", ...
// As a sentence about somebody: "is refused a loan"; in French it fits any gender.
const Text& words_of(Happening happening);
// As an ending after "is barred from": "travel".
const Text& words_of(Sphere sphere);

// How much a happening weighs in a life story: 0 is left out (it is everyday life).
enum class StoryWeight : int { everyday = 0, minor = 1, telling = 2, grave = 3 };
StoryWeight weight_of(Happening happening);

}  // namespace credence
