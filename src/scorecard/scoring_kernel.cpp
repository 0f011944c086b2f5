#include <credence/scorecard/scoring_kernel.h>

#include <algorithm>

namespace credence {

namespace {

[[gnu::always_inline]] inline void count(std::span<const double> values,
                                         std::span<const double> edges,
                                         std::uint16_t* __restrict cells) {
  constexpr std::size_t kStrip = 256;  // counts of a strip stay in the nearest cache
  std::array<std::int64_t, kStrip> counts;
  for (std::size_t from = 0; from < values.size(); from += kStrip) {
    const std::size_t rows = std::min(kStrip, values.size() - from);
    const double* __restrict value = values.data() + from;
    std::int64_t* __restrict at = counts.data();
    for (std::size_t i = 0; i < rows; ++i) at[i] = 0;
    for (double edge : edges) {
      for (std::size_t i = 0; i < rows; ++i) at[i] += value[i] >= edge ? 1 : 0;
    }
    for (std::size_t i = 0; i < rows; ++i) cells[from + i] = static_cast<std::uint16_t>(at[i]);
  }
}

[[gnu::always_inline]] inline void take_rank(
    std::span<const std::uint16_t> cells, const std::int32_t* __restrict points,
    const std::uint32_t* __restrict keys, std::int32_t* __restrict totals,
    std::uint32_t* __restrict first, std::uint32_t* __restrict second,
    std::uint32_t* __restrict third, std::uint32_t* __restrict fourth) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    totals[i] += points[cells[i]];
    std::uint32_t key = keys[cells[i]];
    std::uint32_t above = std::max(first[i], key);
    key = std::min(first[i], key);
    first[i] = above;
    above = std::max(second[i], key);
    key = std::min(second[i], key);
    second[i] = above;
    above = std::max(third[i], key);
    key = std::min(third[i], key);
    third[i] = above;
    fourth[i] = std::max(fourth[i], key);
  }
}

}  // namespace

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx512f", "avx2", "default")]]
#endif
void count_few_edges(std::span<const double> values, std::span<const double> edges,
                     std::uint16_t* cells) {
  count(values, edges, cells);
}

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx512f", "avx2", "default")]]
#endif
void add_points(std::span<const std::uint16_t> cells, const std::int32_t* points,
                std::int32_t* totals) {
  for (std::size_t i = 0; i < cells.size(); ++i) totals[i] += points[cells[i]];
}

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx512f", "avx2", "default")]]
#endif
void add_points_and_losses(std::span<const std::uint16_t> cells, const std::int32_t* points,
                           const std::uint32_t* keys, std::int32_t* totals, TopLosses& top) {
  take_rank(cells, points, keys, totals, top.keys[0].data(), top.keys[1].data(), top.keys[2].data(),
            top.keys[3].data());
}

}  // namespace credence
