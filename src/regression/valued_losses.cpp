#include <credence/regression/valued_losses.h>

#include <algorithm>
#include <array>
#include <cstring>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace credence {

namespace {

constexpr std::size_t kLanes = 8;
using Lanes [[gnu::vector_size(kLanes * sizeof(double))]] = double;
// Aligned for the widest processor, whatever this file is compiled for.
struct alignas(sizeof(Lanes)) Line {
  Lanes of;
};
// Two blocks of 24 columns fit a first-level cache.
constexpr std::size_t kRows = 128, kLines = kRows / kLanes;
constexpr std::size_t kAtOnce = 4;  // columns, for which a line of rows is then loaded once

// Adds the products of `left` with each of the columns of `right` to one running sum each.
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx512f", "avx2", "default")]]
#endif
void add_products(const Line* left, const Line* right, std::size_t columns, Line* sums) {
  std::size_t k = 0;
  for (; k + kAtOnce <= columns; k += kAtOnce, right += kAtOnce * kLines) {
    Lanes a = sums[k].of, b = sums[k + 1].of, c = sums[k + 2].of, d = sums[k + 3].of;
    for (std::size_t i = 0; i < kLines; ++i) {
      a += left[i].of * right[i].of;
      b += left[i].of * right[i + kLines].of;
      c += left[i].of * right[i + 2 * kLines].of;
      d += left[i].of * right[i + 3 * kLines].of;
    }
    sums[k].of = a, sums[k + 1].of = b, sums[k + 2].of = c, sums[k + 3].of = d;
  }
  for (; k < columns; ++k, right += kLines)
    for (std::size_t i = 0; i < kLines; ++i) sums[k].of += left[i].of * right[i].of;
}

// The columns, each times its number, added up in each row.
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx512f", "avx2", "default")]]
#endif
void combine(const Line* columns, const double* numbers, std::size_t count, Line* out) {
  for (std::size_t i = 0; i < kLines; ++i) {
    Lanes even = {}, odd = {};
    std::size_t k = 0;
    for (; k + 2 <= count; k += 2) {
      even += columns[i + k * kLines].of * numbers[k];
      odd += columns[i + (k + 1) * kLines].of * numbers[k + 1];
    }
    if (k < count) even += columns[i + k * kLines].of * numbers[k];
    out[i].of = even + odd;
  }
}

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx512f", "avx2", "default")]]
#endif
void weigh(const Line* column, const Line* weights, Line* out) {
  for (std::size_t i = 0; i < kLines; ++i) out[i].of = column[i].of * weights[i].of;
}

void look_up_each(const double* values, const std::uint16_t* cells, Line* out) {
  for (std::size_t i = 0; i < kLines; ++i)
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      out[i].of[lane] = values[cells[i * kLanes + lane]];
}

// The values of a block of rows in one column that has `count` values.
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
// Two registers hold the values of most columns, and eight are looked up at once, in a third of the
// time.
[[gnu::target("avx512f")]] void look_up(const double* values, std::size_t count,
                                        const std::uint16_t* cells, Line* out) {
  if (count > 2 * kLanes) return look_up_each(values, cells, out);
  const unsigned known = (1U << count) - 1;  // a bit for each value
  const __m512d low = _mm512_maskz_loadu_pd(static_cast<__mmask8>(known), values);
  const __m512d high = _mm512_maskz_loadu_pd(static_cast<__mmask8>(known >> kLanes),
                                             values + std::min(count, kLanes));
  for (std::size_t i = 0; i < kLines; ++i) {
    __m128i eight;
    std::memcpy(&eight, cells + i * kLanes, sizeof eight);
    const __m512d found = _mm512_permutex2var_pd(low, _mm512_cvtepu16_epi64(eight), high);
    std::memcpy(&out[i], &found, sizeof found);
  }
}
[[gnu::target("default")]]
#endif
void look_up(const double* values, [[maybe_unused]] std::size_t count, const std::uint16_t* cells,
             Line* out) {
  look_up_each(values, cells, out);
}

double sum_of(const Lanes& lanes) {
  return ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) +
         ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
}

// A number for each row of a block.
using Numbers = std::array<Line, kLines>;

double* first(Numbers& numbers) {
  return reinterpret_cast<double*>(numbers.data());
}

// X in a block of rows, column by column. Beyond the last row stands some row or other, which is to
// be given no weight.
class Block {
 public:
  explicit Block(std::span<const ValuedCells> columns)
      : columns_(columns), lines_((columns.size() + 1) * kLines) {
    for (std::size_t i = 0; i < kLines; ++i) lines_[i].of = Lanes{} + 1;
  }

  void look_up_rows(std::size_t from) {
    for (std::size_t j = 0; j < columns_.size(); ++j) {
      const ValuedCells& column = columns_[j];
      const auto cells =
          column.of.rows.subspan(from, std::min(kRows, column.of.rows.size() - from));
      if (cells.size() < kRows) std::ranges::copy(cells, last_.begin());
      look_up(column.values.data(), column.values.size(),
              cells.size() < kRows ? last_.data() : cells.data(), &lines_[(j + 1) * kLines]);
    }
  }

  std::size_t size() const { return columns_.size() + 1; }
  const Line* column(std::size_t j) const { return &lines_[j * kLines]; }

 private:
  std::span<const ValuedCells> columns_;
  std::vector<Line> lines_;
  std::array<std::uint16_t, kRows> last_{};
};

}  // namespace

Matrix weighted_products(std::span<const ValuedCells> columns, std::span<const double> weights) {
  Block block(columns);
  const std::size_t n = block.size();
  std::vector<Line> sums(n * n);
  Numbers of_rows, weighted;
  for (std::size_t from = 0; from < weights.size(); from += kRows) {
    const auto some = weights.subspan(from, std::min(kRows, weights.size() - from));
    if (some.size() < kRows) of_rows.fill(Line{});
    std::ranges::copy(some, first(of_rows));
    block.look_up_rows(from);
    for (std::size_t j = 0; j < n; ++j) {
      weigh(block.column(j), of_rows.data(), weighted.data());
      add_products(weighted.data(), block.column(0), j + 1, &sums[j * n]);
    }
  }
  Matrix out(n);
  for (std::size_t j = 0; j < n; ++j)
    for (std::size_t k = 0; k <= j; ++k) out(j, k) = out(k, j) = sum_of(sums[j * n + k].of);
  return out;
}

std::vector<double> combinations(std::span<const ValuedCells> columns, std::span<const double> at,
                                 std::size_t rows) {
  Block block(columns);
  std::vector<double> out(rows);
  Numbers some;
  for (std::size_t from = 0; from < rows; from += kRows) {
    block.look_up_rows(from);
    combine(block.column(0), at.data(), at.size(), some.data());
    std::copy_n(first(some), std::min(kRows, rows - from), &out[from]);
  }
  return out;
}

double ValuedLosses::evaluate(std::span<const double> at) {
  Block block(columns_);
  std::vector<Line> sums(block.size());
  Numbers log_odds, slope;
  double loss = 0;
  for (std::size_t from = 0; from < losses_.rows(); from += kRows) {
    block.look_up_rows(from);
    combine(block.column(0), at.data(), at.size(), log_odds.data());
    if (losses_.rows() - from < kRows) slope.fill(Line{});
    loss += losses_.evaluate(from, {first(log_odds), kRows}, {first(slope), kRows}).loss;
    add_products(slope.data(), block.column(0), block.size(), sums.data());
  }
  slope_.clear();
  for (const Line& line : sums) slope_.push_back(sum_of(line.of));
  return loss;
}

}  // namespace credence
