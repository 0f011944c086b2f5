#include <credence/binning/cells_kernel.h>
#include <credence/binning/number_lanes.h>

#include <algorithm>
#include <array>

namespace credence {

namespace {

// Plain pointers, because clang does not define the functions of a span for each processor.
struct ComparedNumbers {
  const double* edges;
  std::size_t edge_count;
  const std::pair<double, int>* codes;
  std::size_t code_count;
  int missing;
};

// REQUIRES: a multiple of `rows_at_once` values.
template <std::size_t lanes>
[[gnu::always_inline]] inline void compare_in(const ComparedNumbers& rules, const double* values,
                                              std::size_t size, std::uint16_t* out) {
  using Whole = typename NumberLanes<lanes>::Whole;
  constexpr std::size_t vectors = NumberLanes<lanes>::vectors;  // none waits for the one before
  for (std::size_t at = 0; at < size; at += rows_at_once) {
    typename NumberLanes<lanes>::Reals value[vectors];
    load_rows<lanes>(values + at, value);
    Whole cells[vectors] = {};
    for (std::size_t i = 0; i < rules.edge_count; ++i)
      for (std::size_t k = 0; k < vectors; ++k)
        cells[k] -= value[k] >= rules.edges[i];  // true is -1
    for (std::size_t i = 0; i < rules.code_count; ++i)
      for (std::size_t k = 0; k < vectors; ++k)
        cells[k] = value[k] == rules.codes[i].first ? Whole{} + rules.codes[i].second : cells[k];
    for (std::size_t k = 0; k < vectors; ++k)
      cells[k] = value[k] == value[k] ? cells[k] : Whole{} + rules.missing;
    narrow(cells, out + at);
  }
}

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target("avx512f")]] void compare_all(const ComparedNumbers& rules, const double* values,
                                            std::size_t size, std::uint16_t* out) {
  compare_in<8>(rules, values, size, out);
}
[[gnu::target("avx2")]] void compare_all(const ComparedNumbers& rules, const double* values,
                                         std::size_t size, std::uint16_t* out) {
  compare_in<4>(rules, values, size, out);
}
[[gnu::target("default")]]
#endif
void compare_all(const ComparedNumbers& rules, const double* values, std::size_t size,
                 std::uint16_t* out) {
  compare_in<2>(rules, values, size, out);
}

}  // namespace

void compare_with_all(const NumberCells& rules, std::span<const double> values,
                      std::span<std::uint16_t> out) {
  const ComparedNumbers plain{.edges = rules.edges.data(),
                              .edge_count = rules.edges.size(),
                              .codes = rules.codes.data(),
                              .code_count = rules.codes.size(),
                              .missing = rules.missing};
  const std::size_t even = values.size() / rows_at_once * rows_at_once;
  compare_all(plain, values.data(), even, out.data());
  if (even == values.size()) return;
  std::array<double, rows_at_once> rest{};
  std::array<std::uint16_t, rows_at_once> rest_out;
  std::ranges::copy(values.subspan(even), rest.begin());
  compare_all(plain, rest.data(), rows_at_once, rest_out.data());
  std::ranges::copy(std::span{rest_out}.first(values.size() - even),
                    out.begin() + static_cast<std::ptrdiff_t>(even));
}

}  // namespace credence
