#pragma once

#include <credence/clockwork/draw.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace credence {

inline constexpr std::uint32_t kResamples = 200;

// Half the width of the 95 % bootstrap interval of `statistic` over `rows` independent rows: it is
// asked for each of kResamples keyed resamples (row numbers, with repetition). 0 for fewer than two
// rows.
double bootstrap_error(std::size_t rows, const KeyedDraws& draws,
                       const std::function<double(std::span<const std::uint32_t>)>& statistic);

}  // namespace credence
