#include <credence/native/errors.h>
#include <credence/native/objects.h>
#include <credence/native/tables.h>
#include <fmt/format.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

namespace credence {

namespace nb = nanobind;

namespace {

using AnyArray = nb::ndarray<nb::ro, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using CodeArray = nb::ndarray<const std::int32_t, nb::ndim<1>, nb::c_contig, nb::device::cpu>;

// Python's objects may be let go from any thread; their counts need the GIL.
template <class T>
std::shared_ptr<const void> keep_alive(T object) {
  return {new T(std::move(object)), [](const void* kept) {
            const nb::gil_scoped_acquire held;
            delete static_cast<const T*>(kept);
          }};
}

NumberChunk::Type type_of(const nb::dlpack::dtype& type) {
  using Type = NumberChunk::Type;
  if (type == nb::dtype<double>()) return Type::f64;
  if (type == nb::dtype<float>()) return Type::f32;
  if (type == nb::dtype<std::int64_t>()) return Type::i64;
  if (type == nb::dtype<std::int32_t>()) return Type::i32;
  if (type == nb::dtype<std::int16_t>()) return Type::i16;
  if (type == nb::dtype<std::int8_t>()) return Type::i8;
  if (type == nb::dtype<std::uint64_t>()) return Type::u64;
  if (type == nb::dtype<std::uint32_t>()) return Type::u32;
  if (type == nb::dtype<std::uint16_t>()) return Type::u16;
  if (type == nb::dtype<std::uint8_t>()) return Type::u8;
  throw nb::type_error(
      "numbers of this width are not supported; give float32, float64 or integers");
}

// `validity`: a bitmap, least significant bit first, or None when every row has a value.
Column column_of_numbers(std::string name, const AnyArray& values,
                         const std::optional<ByteArray>& validity) {
  NumberChunk chunk{
      .type = type_of(values.dtype()), .values = values.data(), .size = values.size()};
  if (validity) {
    if (validity->size() * 8 < values.size()) throw nb::value_error("the bitmap is too short");
    chunk.validity = validity->data();
  }
  auto owner = keep_alive(std::pair{values, validity});
  return Column::of_chunks(std::move(name), {chunk}, std::move(owner));
}

Column column_of_codes(std::string name, const CodeArray& codes,
                       std::vector<std::string> dictionary) {
  const auto limit = static_cast<std::int32_t>(dictionary.size());
  std::vector<std::int32_t> copy(codes.data(), codes.data() + codes.size());
  for (const std::int32_t code : copy) {
    if (code < -1 || code >= limit) throw nb::value_error("a code is not in the dictionary");
  }
  const std::unordered_set<std::string_view> distinct(dictionary.begin(), dictionary.end());
  if (distinct.size() != dictionary.size())
    throw nb::value_error("a text is twice in a dictionary");
  return Column::of_texts(std::move(name), std::move(copy), std::move(dictionary));
}

Table table_of(std::size_t rows, std::vector<Column> columns) {
  std::unordered_set<std::string_view> names;
  for (const Column& column : columns) {
    if (column.size() != rows) {
      raise(Error{.code = "input.length",
                  .message = fmt::format("column '{}' has {} rows and the table {}", column.name(),
                                         column.size(), rows),
                  .help = "give columns of one length"});
    }
    if (!names.insert(column.name()).second) {
      raise(Error{.code = "input.duplicate",
                  .message = fmt::format("two columns are called '{}'", column.name()),
                  .help = "give every column a name of its own"});
    }
  }
  return {rows, std::move(columns)};
}

// Whether no row has a value, whatever the kind: an empty column fits every variable.
bool is_all_missing(const Column& column) {
  if (column.kind() == Column::Kind::text) {
    return std::ranges::all_of(column.codes(), [](std::int32_t code) { return code < 0; });
  }
  std::vector<double> values(std::min<std::size_t>(column.size(), 4096));
  for (std::size_t from = 0; from < column.size(); from += values.size()) {
    values.resize(std::min(values.size(), column.size() - from));
    column.read(from, values);
    if (std::ranges::any_of(values, [](double value) { return value == value; })) return false;
  }
  return true;
}

// A column without a value has no kind of its own, and is given the one that is looked for.
Column as_kind(const Column& column, Column::Kind kind) {
  if (column.kind() == kind || !is_all_missing(column)) return column;
  if (kind == Column::Kind::text) {
    return Column::of_texts(column.name(), std::vector<std::int32_t>(column.size(), -1), {});
  }
  return Column::of_numbers(
      column.name(), std::vector<double>(column.size(), std::numeric_limits<double>::quiet_NaN()));
}

std::string kind_name(const Column& column) {
  return column.kind() == Column::Kind::text ? "text" : "number";
}

}  // namespace

Outcome outcome_of(std::size_t rows, const ByteArray& bad, const nb::object& weights) {
  Outcome outcome;
  outcome.bad.assign(bad.data(), bad.data() + bad.size());
  if (!weights.is_none()) {
    const auto array = nb::cast<DoubleArray>(weights);
    outcome.weights.assign(array.data(), array.data() + array.size());
  }
  const bool weights_fit = outcome.weights.empty() || outcome.weights.size() == rows;
  if (outcome.bad.size() == rows && weights_fit) return outcome;
  raise(Error{.code = "input.length",
              .message = fmt::format("X has {} rows, y {}, sample_weight {}", rows,
                                     outcome.bad.size(), outcome.weights.size()),
              .help = "give one outcome and one weight per row"});
}

void bind_tables(nb::module_& module) {
  nb::class_<Column>(module, "Column", "One variable of a table: numbers or texts.")
      .def_static("numbers", &column_of_numbers, nb::arg("name"), nb::arg("values"),
                  nb::arg("validity").none() = nb::none(),
                  "Numbers where they lie in memory; NaN and rows whose bit in `validity` is 0 are "
                  "missing. Nothing is copied.")
      .def_static("codes", &column_of_codes, nb::arg("name"), nb::arg("codes"),
                  nb::arg("dictionary"), "Texts as codes into a dictionary; -1 is missing.")
      .def_static("objects", &column_of_objects, nb::arg("name"), nb::arg("values"),
                  "Numbers or texts out of Python's objects; None and NaN are missing.")
      .def_prop_ro("name", &Column::name)
      .def_prop_ro("kind", &kind_name)
      .def(
          "as_kind",
          [](const Column& column, const std::string& kind) {
            return as_kind(column, kind == "text" ? Column::Kind::text : Column::Kind::number);
          },
          nb::arg("kind"), "The column, or for one without a value an empty one of that kind.")
      .def("__len__", &Column::size);
  nb::class_<Table>(module, "Table", "Columns of one length, under names that differ.")
      .def(
          "__init__",
          [](Table* self, std::size_t rows, std::vector<Column> columns) {
            new (self) Table(table_of(rows, std::move(columns)));
          },
          nb::arg("rows"), nb::arg("columns"))
      .def_prop_ro("rows", &Table::rows)
      .def_prop_ro("columns", [](const Table& table) { return table.columns(); });
}

}  // namespace credence
