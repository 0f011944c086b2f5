#pragma once

#include <credence/table/column.h>
#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include <cstdint>

namespace credence {

using ByteArray = nanobind::ndarray<const std::uint8_t, nanobind::ndim<1>, nanobind::c_contig,
                                    nanobind::device::cpu>;
using DoubleArray =
    nanobind::ndarray<const double, nanobind::ndim<1>, nanobind::c_contig, nanobind::device::cpu>;

// What became of each row: `bad` has one byte per row, 0 or 1; `weights` may be None. Raises
// InputError when their lengths differ from the table's.
Outcome outcome_of(std::size_t rows, const ByteArray& bad, const nanobind::object& weights);

// A vector handed over to NumPy without copying it.
template <class T>
nanobind::object to_numpy(std::vector<T> values) {
  auto* kept = new std::vector<T>(std::move(values));
  const nanobind::capsule owner(
      kept, [](void* data) noexcept { delete static_cast<std::vector<T>*>(data); });
  return nanobind::ndarray<nanobind::numpy, T, nanobind::ndim<1>>(kept->data(), {kept->size()},
                                                                  owner)
      .cast();
}

void bind_tables(nanobind::module_& module);

}  // namespace credence
