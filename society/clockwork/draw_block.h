#pragma once

#include <credence/clockwork/draw.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace credence {

// The draws of many neighbours at once: the same words as KeyedDraws::words() gives one by one, but
// as fast as the processor's widest registers allow. For inner loops that go through people in
// order, or through the months of one person.
class DrawBlock {
 public:
  static constexpr std::size_t kSize = 256;

  // Of the people `first`, `first` + 1, ... REQUIRES: count <= kSize.
  void of_people(const KeyedDraws& draws, std::uint32_t first, std::size_t count,
                 std::uint32_t time, Purpose purpose, std::uint32_t index = 0);
  // Of one person at the times `first`, `first` + 1, ... REQUIRES: count <= kSize.
  void of_times(const KeyedDraws& draws, std::uint32_t person, std::uint32_t first,
                std::size_t count, Purpose purpose, std::uint32_t index = 0);

  // Word `which` (0 to 3) of the draw at `place`.
  std::uint32_t word(std::size_t place, std::size_t which = 0) const {
    return words_[which][place];
  }
  std::array<double, 4> uniforms(std::size_t place) const {
    return {KeyedDraws::to_unit(words_[0][place]), KeyedDraws::to_unit(words_[1][place]),
            KeyedDraws::to_unit(words_[2][place]), KeyedDraws::to_unit(words_[3][place])};
  }

 private:
  // At first the four numbers of each counter, afterwards the four words.
  alignas(64) std::array<std::array<std::uint32_t, kSize>, 4> words_;
};

}  // namespace credence
