#pragma once

#include <credence/score/batch.h>

namespace credence {

// The inner loops of batch scoring over one block of applicants. Plain loops, compiled once for
// every vector width that processors of the platform have; the widest that runs here is chosen at
// load time.

// points[i] += the steps that codes[i] has reached
void climb(std::span<const std::int32_t> codes, const BatchCard::Pass<std::int32_t>& pass,
           std::int32_t* points);
void climb(std::span<const std::int64_t> codes, const BatchCard::Pass<std::int64_t>& pass,
           std::int32_t* points);

// The four greatest losses of each applicant, as keys: loss << 16 | tie; 0 = no loss.
inline constexpr std::size_t kBlock = 512;
struct Losses {
  std::array<std::array<std::int32_t, kBlock>, 4> keys;
};
// totals[i] += points[i], and the loss against the baseline takes its rank.
void count_losses(std::span<const std::int32_t> points, std::int32_t baseline, std::int32_t tie,
                  std::int32_t* totals, Losses& losses);

void write_scores(std::span<const std::int32_t> totals, std::int16_t* scores);
void write_ranks(std::span<const std::int32_t> keys, std::uint8_t* ranks);

}  // namespace credence
