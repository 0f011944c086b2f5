#pragma once

#include <credence/clockwork/draw_block.h>
#include <credence/people/lives.h>

#include <vector>

namespace credence {

// What neighbours draw in a month, made together because that is several times as fast; for each
// the same as MonthLuck::of().
class LuckOfMany {
 public:
  static constexpr std::size_t kSize = DrawBlock::kSize;

  // REQUIRES: count <= kSize.
  void draw(const KeyedDraws& draws, std::uint32_t first, std::size_t count, std::uint32_t month);
  const MonthLuck& of(std::size_t place) const { return luck_[place]; }

 private:
  DrawBlock words_;
  std::vector<MonthLuck> luck_;
};

}  // namespace credence
