#include <credence/intake/texts.h>
#include <credence/native/errors.h>
#include <credence/native/objects.h>
#include <fmt/format.h>
#include <nanobind/stl/string.h>

#include <limits>
#include <optional>
#include <vector>

namespace credence {

namespace nb = nanobind;

namespace {

bool is_missing(nb::handle value) {
  if (value.is_none()) return true;
  if (PyFloat_Check(value.ptr()))
    return PyFloat_AS_DOUBLE(value.ptr()) != PyFloat_AS_DOUBLE(value.ptr());
  const std::string_view type = Py_TYPE(value.ptr())->tp_name;
  return type == "NAType" || type.ends_with(".NAType") || type.ends_with("NaTType");
}

// What has been seen of a column so far: nothing but missing values, numbers, or texts.
class Collector {
 public:
  // `rows`: as many as are expected; 0 where nobody knows.
  Collector(std::string name, std::size_t rows) : name_(std::move(name)), rows_(rows) {}

  void add(nb::handle value) {
    // Most values of a column of texts are plain ones, and no type name has to be looked at.
    if (PyUnicode_CheckExact(value.ptr())) {
      add_text(value);
    } else if (is_missing(value)) {
      add_missing();
    } else if (PyUnicode_Check(value.ptr())) {
      add_text(value);
    } else {
      add_number(value);
    }
    ++row_;
  }

  Column take() && {
    if (kind_ == Column::Kind::text) {
      return Column::of_texts(std::move(name_), std::move(codes_), texts_.list());
    }
    return Column::of_numbers(std::move(name_), std::move(numbers_));
  }

 private:
  void add_missing() {
    if (kind_ != Column::Kind::text) numbers_.push_back(std::numeric_limits<double>::quiet_NaN());
    if (kind_ != Column::Kind::number) codes_.push_back(-1);
  }

  void add_text(nb::handle value) {
    settle(Column::Kind::text);
    Py_ssize_t length = 0;
    const char* utf8 = PyUnicode_AsUTF8AndSize(value.ptr(), &length);
    if (utf8 == nullptr) refuse_text();
    const std::string_view text(utf8, static_cast<std::size_t>(length));
    const std::int32_t known = texts_.find(text);
    codes_.push_back(known < 0 ? texts_.add(text) : known);
  }

  // Python's texts may hold halves of a character (surrogates), which no other text can.
  [[noreturn]] void refuse_text() const {
    if (PyErr_ExceptionMatches(PyExc_UnicodeEncodeError) == 0) throw nb::python_error();
    PyErr_Clear();
    raise(Error{.code = "input.unicode",
                .message = fmt::format("column '{}', row {}: the text is not Unicode: it holds a "
                                       "lone surrogate",
                                       name_, row_),
                .help = "read the file with its own encoding, or mend the text with "
                        "text.encode('utf-8', 'replace').decode()"});
  }

  void add_number(nb::handle value) {
    if (PyComplex_Check(value.ptr())) {
      raise(Error{.code = "input.complex", .message = "Complex data not supported", .help = ""});
    }
    const double number = PyFloat_AsDouble(value.ptr());
    if (PyErr_Occurred() != nullptr) {
      PyErr_Clear();
      const std::string message = fmt::format(
          "column '{}', row {}: the argument must be a string or a real number, not '{}'", name_,
          row_, Py_TYPE(value.ptr())->tp_name);
      throw nb::type_error(message.c_str());
    }
    settle(Column::Kind::number);
    numbers_.push_back(number);
  }

  void settle(Column::Kind kind) {
    if (!kind_) {
      kind_ = kind;
      kind == Column::Kind::text ? numbers_.clear() : codes_.clear();
      kind == Column::Kind::text ? codes_.reserve(rows_) : numbers_.reserve(rows_);
    }
    if (*kind_ == kind) return;
    raise(Error{.code = "input.mixed",
                .message = fmt::format("column '{}' mixes texts and numbers (row {} is a {})",
                                       name_, row_, kind == Column::Kind::text ? "text" : "number"),
                .help =
                    "make it one or the other, for instance with astype(str), or name its codes "
                    "as special codes of texts"});
  }

  std::string name_;
  std::size_t rows_ = 0, row_ = 0;
  std::optional<Column::Kind> kind_;
  std::vector<double> numbers_;
  std::vector<std::int32_t> codes_;
  Texts texts_;
};

}  // namespace

Column column_of_objects(std::string name, const nb::sequence& values) {
  if (!PyList_CheckExact(values.ptr())) {
    Collector collector(std::move(name), 0);
    for (const nb::handle value : values) collector.add(value);
    return std::move(collector).take();
  }
  // An item is held while it is looked at, and the length is asked anew: `__float__` of a value may
  // change the list.
  Collector collector(std::move(name), static_cast<std::size_t>(PyList_GET_SIZE(values.ptr())));
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(values.ptr()); ++i)
    collector.add(nb::borrow(PyList_GET_ITEM(values.ptr(), i)));
  return std::move(collector).take();
}

}  // namespace credence
