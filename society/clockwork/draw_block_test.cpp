#include <credence/clockwork/draw_block.h>
#include <doctest/doctest.h>

#include <memory>
#include <random>

using namespace credence;

namespace {

bool same(const DrawBlock& block, std::size_t place, const std::array<std::uint32_t, 4>& words) {
  bool same = true;
  for (std::size_t which = 0; which < 4; ++which) {
    same = same && block.word(place, which) == words[which] &&
           block.uniforms(place)[which] == KeyedDraws::to_unit(words[which]);
  }
  return same;
}

// Any 32 bits.
class Words {
 public:
  explicit Words(std::uint32_t seed) : random_(seed) {}
  std::uint32_t any() { return static_cast<std::uint32_t>(random_()); }
  std::uint32_t below(std::uint32_t bound) { return any() % bound; }

 private:
  std::mt19937 random_;
};

}  // namespace

TEST_CASE("draws of many: each is the draw of that person alone") {
  Words random(1);
  auto block = std::make_unique<DrawBlock>();
  for (int round = 0; round < 200; ++round) {
    KeyedDraws draws(random.any(), random.any());
    std::uint32_t first = random.any();
    std::uint32_t time = random.below(1000), index = random.below(3);
    std::size_t count = random.below(DrawBlock::kSize + 1);
    block->of_people(draws, first, count, time, Purpose::bill, index);
    std::size_t wrong = 0;
    for (std::size_t place = 0; place < count; ++place) {
      auto person = static_cast<std::uint32_t>(first + place);
      wrong += same(*block, place, draws.words(person, time, Purpose::bill, index)) ? 0 : 1;
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("draws of many: each is the draw of one person at that time alone") {
  Words random(2);
  auto block = std::make_unique<DrawBlock>();
  for (int round = 0; round < 200; ++round) {
    KeyedDraws draws(random.any(), random.any());
    std::uint32_t person = random.any(), first = random.below(1000), index = random.below(3);
    std::size_t count = random.below(DrawBlock::kSize + 1);
    block->of_times(draws, person, first, count, Purpose::record_day, index);
    std::size_t wrong = 0;
    for (std::size_t place = 0; place < count; ++place) {
      auto time = static_cast<std::uint32_t>(first + place);
      wrong += same(*block, place, draws.words(person, time, Purpose::record_day, index)) ? 0 : 1;
    }
    CHECK(wrong == 0);
  }
}
