#include <Random123/philox.h>
#include <credence/base/expects.h>
#include <credence/clockwork/draw.h>
#include <credence/clockwork/functions.h>

#include <utility>

namespace credence {

std::array<std::uint32_t, 4> KeyedDraws::words(std::uint32_t person, std::uint32_t time,
                                               Purpose purpose, std::uint32_t index) const {
  r123::Philox4x32::ctr_type counter = {{person, time, static_cast<std::uint32_t>(purpose), index}};
  r123::Philox4x32::key_type key = {{low_, high_}};
  r123::Philox4x32::ctr_type drawn = r123::Philox4x32{}(counter, key);
  return {drawn[0], drawn[1], drawn[2], drawn[3]};
}

std::array<double, 4> KeyedDraws::uniforms(std::uint32_t person, std::uint32_t time,
                                           Purpose purpose, std::uint32_t index) const {
  auto drawn = words(person, time, purpose, index);
  return {to_unit(drawn[0]), to_unit(drawn[1]), to_unit(drawn[2]), to_unit(drawn[3])};
}

int KeyedDraws::between(int lowest, int highest, std::uint32_t person, std::uint32_t time,
                        Purpose purpose, std::uint32_t index) const {
  expects(lowest <= highest, "KeyedDraws::between: an empty range");
  double width = static_cast<double>(highest) - lowest + 1;
  return lowest + static_cast<int>(uniform(person, time, purpose, index) * width);
}

std::uint32_t KeyedDraws::below(std::uint32_t bound, std::uint32_t person, std::uint32_t time,
                                Purpose purpose, std::uint32_t index) const {
  expects(bound > 0, "KeyedDraws::below: nothing is below 0");
  std::uint64_t word = words(person, time, purpose, index)[0];
  return static_cast<std::uint32_t>((word * bound) >> 32);
}

double KeyedDraws::normal(std::uint32_t person, std::uint32_t time, Purpose purpose,
                          std::uint32_t index) const {
  return exact_normal_quantile(uniform(person, time, purpose, index));
}

void shuffle(std::span<std::uint32_t> items, const KeyedDraws& draws, std::uint32_t person,
             std::uint32_t time, Purpose purpose) {
  for (std::size_t left = items.size(); left > 1; --left) {
    auto step = static_cast<std::uint32_t>(left);
    std::uint32_t chosen = draws.below(step, person, time, purpose, step);
    std::swap(items[chosen], items[left - 1]);
  }
}

}  // namespace credence
