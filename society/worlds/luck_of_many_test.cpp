#include <credence/worlds/luck_of_many.h>
#include <doctest/doctest.h>

using namespace credence;

TEST_CASE("luck of many: each has the luck that they would draw alone") {
  LuckOfMany many;
  const KeyedDraws draws(7, 3);
  for (std::size_t count : {std::size_t{1}, std::size_t{200}, LuckOfMany::kSize}) {
    for (std::uint32_t first : {0U, 4096U, 1'000'003U}) {
      many.draw(draws, first, count, 17);
      std::size_t wrong = 0;
      for (std::size_t place = 0; place < count; ++place) {
        auto person = static_cast<std::uint32_t>(first + place);
        MonthLuck alone = MonthLuck::of(draws, person, 17);
        const MonthLuck& together = many.of(place);
        bool same = alone.work == together.work && alone.bills == together.bills &&
                    alone.opinion == together.opinion && alone.conduct == together.conduct &&
                    alone.wants == together.wants;
        wrong += same ? 0 : 1;
      }
      CHECK(wrong == 0);
    }
  }
}
