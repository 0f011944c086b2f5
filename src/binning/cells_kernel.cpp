#include <credence/binning/cells_kernel.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace credence {

namespace {

constexpr std::size_t lanes = 4;
constexpr std::size_t vectors = 4;  // so that no comparison waits for the one before
constexpr std::size_t at_once = lanes * vectors;
using Lanes [[gnu::vector_size(lanes * sizeof(double))]] = double;
using Whole [[gnu::vector_size(lanes * sizeof(double))]] = long long;
using Words [[gnu::vector_size(lanes * sizeof(double))]] = std::int32_t;
using Halves [[gnu::vector_size(lanes * sizeof(double))]] = std::int16_t;

// The low halves of two vectors' lanes, in their order.
[[gnu::always_inline]] inline void narrow(const Whole& a, const Whole& b, Words& out) {
  Words first, second;
  std::memcpy(&first, &a, sizeof a);
  std::memcpy(&second, &b, sizeof b);
  out = __builtin_shufflevector(first, second, 0, 2, 4, 6, 8, 10, 12, 14);
}

[[gnu::always_inline]] inline void store(const Whole (&cells)[vectors], std::uint16_t* out) {
  Words low, high;
  narrow(cells[0], cells[1], low);
  narrow(cells[2], cells[3], high);
  Halves first, second;
  std::memcpy(&first, &low, sizeof low);
  std::memcpy(&second, &high, sizeof high);
  const Halves all = __builtin_shufflevector(first, second, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20,
                                             22, 24, 26, 28, 30);
  std::memcpy(out, &all, sizeof all);
}

// Plain pointers, because clang does not define the functions of a span for each processor.
struct ComparedNumbers {
  const double* edges;
  std::size_t edge_count;
  const std::pair<double, int>* codes;
  std::size_t code_count;
  int missing;
};

[[gnu::always_inline]] inline void compare(const ComparedNumbers& rules, const double* values,
                                           std::uint16_t* out) {
  Lanes value[vectors];
  Whole cells[vectors] = {};
  for (std::size_t k = 0; k < vectors; ++k)
    std::memcpy(&value[k], values + k * lanes, sizeof value[k]);
  for (std::size_t i = 0; i < rules.edge_count; ++i)
    for (std::size_t k = 0; k < vectors; ++k) cells[k] -= value[k] >= rules.edges[i];  // true is -1
  for (std::size_t i = 0; i < rules.code_count; ++i)
    for (std::size_t k = 0; k < vectors; ++k)
      cells[k] = value[k] == rules.codes[i].first ? Whole{} + rules.codes[i].second : cells[k];
  for (std::size_t k = 0; k < vectors; ++k)
    cells[k] = value[k] == value[k] ? cells[k] : Whole{} + rules.missing;
  store(cells, out);
}

// REQUIRES: a multiple of `at_once` values.
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx2", "default")]]
#endif
void compare_all(const ComparedNumbers& rules, const double* values, std::size_t size,
                 std::uint16_t* out) {
  for (std::size_t at = 0; at < size; at += at_once) compare(rules, values + at, out + at);
}

}  // namespace

void compare_with_all(const NumberCells& rules, std::span<const double> values,
                      std::span<std::uint16_t> out) {
  const ComparedNumbers plain{.edges = rules.edges.data(),
                              .edge_count = rules.edges.size(),
                              .codes = rules.codes.data(),
                              .code_count = rules.codes.size(),
                              .missing = rules.missing};
  const std::size_t even = values.size() / at_once * at_once;
  compare_all(plain, values.data(), even, out.data());
  if (even == values.size()) return;
  std::array<double, at_once> rest{};
  std::array<std::uint16_t, at_once> rest_out;
  std::ranges::copy(values.subspan(even), rest.begin());
  compare_all(plain, rest.data(), at_once, rest_out.data());
  std::ranges::copy(std::span{rest_out}.first(values.size() - even),
                    out.begin() + static_cast<std::ptrdiff_t>(even));
}

}  // namespace credence
