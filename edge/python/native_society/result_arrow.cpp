#include <credence/intake/arrow_abi.h>
#include <credence/native_society/findings.h>
#include <credence/native_society/result_arrow.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace credence {

namespace nb = nanobind;

namespace {

using SharedTable = std::shared_ptr<ResultTable>;

enum class ColumnKind { words, integers, reals };

// By name and not by content, so that the type of a column does not depend on what a run gave.
ColumnKind kind_of(const ResultTable& table, const std::string& name) {
  constexpr std::array<std::string_view, 4> kWords = {"arm", "group", "state", "path"};
  constexpr std::array<std::string_view, 7> kIntegers = {
      "replicate", "month", "person", "point", "wealth_cents", "marks", "happenings"};
  if (std::ranges::find(kWords, name) != kWords.end()) return ColumnKind::words;
  const bool counted =
      table.name == "months" || std::ranges::find(kIntegers, name) != kIntegers.end();
  return counted ? ColumnKind::integers : ColumnKind::reals;
}

std::vector<std::int64_t> whole_numbers(const std::vector<double>& numbers) {
  std::vector<std::int64_t> whole(numbers.size());
  std::ranges::transform(numbers, whole.begin(),
                         [](double number) { return static_cast<std::int64_t>(number); });
  return whole;
}

// What the buffers of one column live in.
struct ArrowColumnStore {
  SharedTable table;
  std::vector<std::uint8_t> validity;
  std::vector<std::int64_t> integers;  // values, or where each word begins
  std::string bytes;
  std::array<const void*, 3> buffers = {};
};

template <class Structure, class Owned>
void release_owned(Structure* self) {
  delete static_cast<Owned*>(self->private_data);
  self->release = nullptr;
}

void fill_words(ArrowColumnStore& store, const std::vector<std::string>& words, ArrowArray& out) {
  store.integers.push_back(0);
  for (const std::string& word : words) {
    store.bytes += word;
    store.integers.push_back(static_cast<std::int64_t>(store.bytes.size()));
  }
  store.buffers = {nullptr, store.integers.data(), store.bytes.data()};
  out.n_buffers = 3;
}

// A number that does not exist is null.
void fill_reals(ArrowColumnStore& store, const std::vector<double>& numbers, ArrowArray& out) {
  out.null_count = std::ranges::count_if(numbers, [](double each) { return std::isnan(each); });
  if (out.null_count > 0) {
    store.validity.assign((numbers.size() + 7) / 8, 0);
    for (std::size_t row = 0; row < numbers.size(); ++row) {
      if (std::isnan(numbers[row])) continue;
      store.validity[row / 8] = static_cast<std::uint8_t>(store.validity[row / 8] | 1U << row % 8);
    }
  }
  store.buffers = {out.null_count > 0 ? store.validity.data() : nullptr, numbers.data(), nullptr};
  out.n_buffers = 2;
}

ArrowArray array_of(const SharedTable& table, const ResultColumn& column) {
  auto* store = new ArrowColumnStore;
  store->table = table;
  ArrowArray out = {};
  out.length = static_cast<std::int64_t>(table->rows());
  const ColumnKind kind = kind_of(*table, column.name);
  if (kind == ColumnKind::words) {
    fill_words(*store, column.words, out);
  } else if (kind == ColumnKind::reals) {
    fill_reals(*store, column.numbers, out);
  } else {
    store->integers = whole_numbers(column.numbers);
    store->buffers = {nullptr, store->integers.data(), nullptr};
    out.n_buffers = 2;
  }
  out.buffers = store->buffers.data();
  out.private_data = store;
  out.release = &release_owned<ArrowArray, ArrowColumnStore>;
  return out;
}

ArrowSchema schema_of(const ResultTable& table, const ResultColumn& column) {
  constexpr std::int64_t kNullable = 2;
  auto* name = new std::string(column.name);
  const ColumnKind kind = kind_of(table, column.name);
  ArrowSchema out = {};
  out.format = kind == ColumnKind::words ? "U" : kind == ColumnKind::integers ? "l" : "g";
  out.name = name->c_str();
  out.flags = kind == ColumnKind::reals ? kNullable : 0;
  out.private_data = name;
  out.release = &release_owned<ArrowSchema, std::string>;
  return out;
}

// A structure with the columns as its children.
template <class Structure>
struct ArrowFamily {
  std::vector<Structure> children;
  std::vector<Structure*> places;
  std::array<const void*, 1> no_validity = {};
};

template <class Structure>
void release_family(Structure* self) {
  auto* family = static_cast<ArrowFamily<Structure>*>(self->private_data);
  for (Structure& child : family->children) {
    if (child.release != nullptr) child.release(&child);
  }
  delete family;
  self->release = nullptr;
}

template <class Structure>
Structure parent_of(std::vector<Structure> children) {
  auto* family = new ArrowFamily<Structure>{std::move(children), {}, {}};
  for (Structure& child : family->children) family->places.push_back(&child);
  Structure out = {};
  out.n_children = static_cast<std::int64_t>(family->children.size());
  out.children = family->places.data();
  out.private_data = family;
  out.release = &release_family<Structure>;
  return out;
}

ArrowSchema schema_of(const ResultTable& table) {
  std::vector<ArrowSchema> children;
  for (const ResultColumn& column : table.columns) children.push_back(schema_of(table, column));
  ArrowSchema out = parent_of(std::move(children));
  out.format = "+s";
  out.name = "";
  return out;
}

ArrowArray array_of(const SharedTable& table) {
  std::vector<ArrowArray> children;
  for (const ResultColumn& column : table->columns) children.push_back(array_of(table, column));
  ArrowArray out = parent_of(std::move(children));
  out.length = static_cast<std::int64_t>(table->rows());
  out.n_buffers = 1;
  out.buffers = static_cast<ArrowFamily<ArrowArray>*>(out.private_data)->no_validity.data();
  return out;
}

// One batch, then the end.
struct ArrowTableStream {
  SharedTable table;
  bool given = false;
};

ArrowTableStream& state_of(ArrowArrayStream* stream) {
  return *static_cast<ArrowTableStream*>(stream->private_data);
}

nb::object stream_of(const SharedTable& table, const nb::object& requested_schema) {
  static_cast<void>(requested_schema);  // a wish, which the interface lets a producer pass over
  auto* stream = new ArrowArrayStream{};
  stream->private_data = new ArrowTableStream{.table = table};
  stream->get_schema = [](ArrowArrayStream* self, ArrowSchema* out) {
    *out = schema_of(*state_of(self).table);
    return 0;
  };
  stream->get_next = [](ArrowArrayStream* self, ArrowArray* out) {
    *out = state_of(self).given ? ArrowArray{} : array_of(state_of(self).table);
    state_of(self).given = true;
    return 0;
  };
  stream->get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; };
  stream->release = &release_owned<ArrowArrayStream, ArrowTableStream>;
  PyObject* capsule = PyCapsule_New(stream, "arrow_array_stream", [](PyObject* held) {
    auto* left = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(held, "arrow_array_stream"));
    if (left->release != nullptr) left->release(left);
    delete left;
  });
  if (capsule == nullptr) throw nb::python_error();
  return nb::steal(capsule);
}

template <class T>
nb::object to_array(std::vector<T> values) {
  const std::size_t size = values.size();
  auto [data, owner] = given_away(std::move(values));
  return nb::ndarray<nb::numpy, const T, nb::ndim<1>>(data, {size}, owner).cast();
}

nb::object column_values(const SharedTable& table, const std::string& name) {
  for (const ResultColumn& column : table->columns) {
    if (column.name != name) continue;
    switch (kind_of(*table, name)) {
      case ColumnKind::words:
        return nb::cast(column.words);
      case ColumnKind::integers:
        return to_array(whole_numbers(column.numbers));
      case ColumnKind::reals:
        return to_array(column.numbers);
    }
  }
  throw nb::key_error(name.c_str());
}

}  // namespace

void bind_result_tables(nb::module_& module) {
  nb::class_<ResultTable>(module, "ResultTable")
      .def_ro("name", &ResultTable::name)
      .def_prop_ro("columns",
                   [](const ResultTable& table) {
                     std::vector<std::string> names;
                     for (const ResultColumn& column : table.columns) names.push_back(column.name);
                     return names;
                   })
      .def("column", &column_values, nb::arg("name"))
      .def("to_csv", [](const ResultTable& table) { return to_csv(table); })
      .def("__len__", &ResultTable::rows)
      .def("__arrow_c_stream__", &stream_of, nb::arg("requested_schema") = nb::none());
}

}  // namespace credence
