#pragma once

#include <credence/validation/pack.h>

#include <string>

namespace credence {

// In the units of the view box; text is 13 of them high.
struct SvgSize {
  int width = 680, height = 360;
};

// The chart as one <svg> element that needs nothing beside it. Lines differ in colour and dashes,
// points in colour and form, bars in colour and depth, so that a grey print tells them apart.
std::string to_svg(const PackChart& chart, Language language, SvgSize size = {});

}  // namespace credence
