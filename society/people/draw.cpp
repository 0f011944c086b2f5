#include <Random123/philox.h>
#include <credence/base/expects.h>
#include <credence/people/draw.h>

namespace credence {

double LifeDraws::uniform(std::uint32_t person, std::uint32_t time, Purpose purpose,
                      std::uint32_t item) const {
  r123::Philox4x32::ctr_type counter = {{person, time, static_cast<std::uint32_t>(purpose), item}};
  r123::Philox4x32::key_type key = {
      {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)}};
  constexpr double kScale = 1.0 / 4294967296.0;
  return r123::Philox4x32{}(counter, key)[0] * kScale;
}

int LifeDraws::between(int lowest, int highest, std::uint32_t person, std::uint32_t time,
                   Purpose purpose, std::uint32_t item) const {
  expects(lowest <= highest, "LifeDraws::between: an empty range");
  double width = static_cast<double>(highest) - lowest + 1;
  return lowest + static_cast<int>(uniform(person, time, purpose, item) * width);
}

}  // namespace credence
