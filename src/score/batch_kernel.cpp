#include <credence/score/batch_kernel.h>

#include <algorithm>

namespace credence {

namespace {

template <std::size_t kSteps, class Code>
[[gnu::always_inline]] inline void climb_steps(std::span<const Code> codes,
                                               const BatchCard::Pass<Code>& pass,
                                               std::int32_t* __restrict points) {
  const auto from = pass.from;
  const auto more = pass.more;
  const Code* __restrict code = codes.data();
  const std::size_t size = codes.size();
  for (std::size_t i = 0; i < size; ++i) {
    std::int32_t gained = 0;
    for (std::size_t k = 0; k < kSteps; ++k) gained += code[i] >= from[k] ? more[k] : 0;
    points[i] += gained;
  }
}

// A loop of its own for every number of steps, so that no step is compared in vain.
template <class Code>
[[gnu::always_inline]] inline void climb_pass(std::span<const Code> codes,
                                              const BatchCard::Pass<Code>& pass,
                                              std::int32_t* points) {
  static_assert(BatchCard::kStepsPerPass == 8);
  switch (pass.steps) {
    case 1:
      return climb_steps<1>(codes, pass, points);
    case 2:
      return climb_steps<2>(codes, pass, points);
    case 3:
      return climb_steps<3>(codes, pass, points);
    case 4:
      return climb_steps<4>(codes, pass, points);
    case 5:
      return climb_steps<5>(codes, pass, points);
    case 6:
      return climb_steps<6>(codes, pass, points);
    case 7:
      return climb_steps<7>(codes, pass, points);
    default:
      return climb_steps<8>(codes, pass, points);
  }
}

}  // namespace

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx512f", "avx2", "default")]]
#endif
void climb(std::span<const std::int32_t> codes, const BatchCard::Pass<std::int32_t>& pass,
           std::int32_t* points) {
  climb_pass(codes, pass, points);
}

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx512f", "avx2", "default")]]
#endif
void climb(std::span<const std::int64_t> codes, const BatchCard::Pass<std::int64_t>& pass,
           std::int32_t* points) {
  climb_pass(codes, pass, points);
}

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx512f", "avx2", "default")]]
#endif
void count_losses(std::span<const std::int32_t> points, std::int32_t baseline, std::int32_t tie,
                  std::int32_t* __restrict totals, Losses& losses) {
  const std::int32_t* __restrict point = points.data();
  std::int32_t* __restrict first = losses.keys[0].data();
  std::int32_t* __restrict second = losses.keys[1].data();
  std::int32_t* __restrict third = losses.keys[2].data();
  std::int32_t* __restrict fourth = losses.keys[3].data();
  const std::size_t size = points.size();
  for (std::size_t i = 0; i < size; ++i) {
    totals[i] += point[i];
    // Every rank keeps the greater of the two and hands the smaller one down. A line without loss
    // has a key below 65,536, which no line with a loss has; it may stand in a rank and is read as
    // no reason.
    std::int32_t key = std::max(baseline - point[i], 0) * 65'536 + tie;
    std::int32_t down = std::min(first[i], key);
    first[i] = std::max(first[i], key);
    key = std::min(second[i], down);
    second[i] = std::max(second[i], down);
    down = std::min(third[i], key);
    third[i] = std::max(third[i], key);
    fourth[i] = std::max(fourth[i], down);
  }
}

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx512f", "avx2", "default")]]
#endif
void write_scores(std::span<const std::int32_t> totals, std::int16_t* __restrict scores) {
  const std::int32_t* __restrict total = totals.data();
  const std::size_t size = totals.size();
  for (std::size_t i = 0; i < size; ++i) scores[i] = static_cast<std::int16_t>(total[i]);
}

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx512f", "avx2", "default")]]
#endif
void write_ranks(std::span<const std::int32_t> keys, std::uint8_t* __restrict ranks) {
  const std::int32_t* __restrict key = keys.data();
  const std::size_t size = keys.size();
  for (std::size_t i = 0; i < size; ++i) {
    ranks[i] = static_cast<std::uint8_t>(key[i] < 65'536 ? BatchReasons::kNoReason : key[i] & 255);
  }
}

}  // namespace credence
