#include <credence/base/expects.h>
#include <credence/clockwork/draw_block.h>


namespace credence {
namespace {

constexpr std::uint32_t kFirstFactor = 0xD2511F53, kSecondFactor = 0xCD9E8D57;
constexpr std::uint32_t kFirstStep = 0x9E3779B9, kSecondStep = 0xBB67AE85;
constexpr std::size_t kRounds = 10;
constexpr std::size_t kLanes = 32;  // one stride of the loops below

using Counters = std::array<std::array<std::uint32_t, DrawBlock::kSize>, 4>;

std::uint32_t high_half(std::uint32_t one, std::uint32_t other) {
  return static_cast<std::uint32_t>((std::uint64_t{one} * other) >> 32);
}

// The ten rounds of Philox (Salmon et al. 2011) over neighbouring counters. Whole numbers alone, so
// every processor gives the same words.
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx512f", "avx2", "default")]]
#endif
void stir(Counters& counters, std::size_t count, std::uint32_t low, std::uint32_t high) {
  for (std::size_t at = 0; at < count; at += kLanes) {
    std::uint32_t* __restrict first = &counters[0][at];
    std::uint32_t* __restrict second = &counters[1][at];
    std::uint32_t* __restrict third = &counters[2][at];
    std::uint32_t* __restrict fourth = &counters[3][at];
    std::uint32_t key = low, other_key = high;
    for (std::size_t round = 0; round < kRounds; ++round) {
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        std::uint32_t one = first[lane], two = third[lane];
        first[lane] = high_half(two, kSecondFactor) ^ second[lane] ^ key;
        third[lane] = high_half(one, kFirstFactor) ^ fourth[lane] ^ other_key;
        second[lane] = two * kSecondFactor;
        fourth[lane] = one * kFirstFactor;
      }
      key += kFirstStep;
      other_key += kSecondStep;
    }
  }
}

}  // namespace

void DrawBlock::of_people(const KeyedDraws& draws, std::uint32_t first, std::size_t count,
                          std::uint32_t time, Purpose purpose, std::uint32_t index) {
  expects(count <= kSize, "DrawBlock: more people than it holds");
  std::size_t strides = (count + kLanes - 1) / kLanes * kLanes;
  for (std::size_t at = 0; at < strides; ++at) {
    words_[0][at] = first + static_cast<std::uint32_t>(at);
    words_[1][at] = time;
    words_[2][at] = static_cast<std::uint32_t>(purpose);
    words_[3][at] = index;
  }
  auto [low, high] = draws.key();
  stir(words_, count, low, high);
}

void DrawBlock::of_times(const KeyedDraws& draws, std::uint32_t person, std::uint32_t first,
                         std::size_t count, Purpose purpose, std::uint32_t index) {
  expects(count <= kSize, "DrawBlock: more times than it holds");
  std::size_t strides = (count + kLanes - 1) / kLanes * kLanes;
  for (std::size_t at = 0; at < strides; ++at) {
    words_[0][at] = person;
    words_[1][at] = first + static_cast<std::uint32_t>(at);
    words_[2][at] = static_cast<std::uint32_t>(purpose);
    words_[3][at] = index;
  }
  auto [low, high] = draws.key();
  stir(words_, count, low, high);
}

}  // namespace credence
