#include <credence/native/errors.h>
#include <credence/native/exchange.h>
#include <credence/native/rules.h>

#include <credence/exchange/exchange.h>

#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <string>
#include <tuple>
#include <vector>

namespace credence {

namespace nb = nanobind;

namespace {

ExportFormat format_of(const std::string& name) {
  if (const auto format = find_export_format(name)) return *format;
  std::vector<std::string> known;
  std::string list;
  for (const ExportFormatNote& note : export_formats()) {
    known.emplace_back(note.name);
    list += (list.empty() ? "" : ", ") + std::string{note.name};
  }
  const std::string near = nearest(name, known);
  raise(Error{.code = "exchange.format",
              .message = "there is no format '" + name + "'",
              .help = near.empty() ? "formats are " + list : "did you mean '" + near + "'?"});
}

nb::bytes write_card(const Scorecard& card, const std::string& format, const nb::dict& given) {
  const Settings settings{given};
  ExportOptions options;
  settings.read("reasons", options.reasons);
  settings.read("table", options.table);
  settings.read("key", options.key);
  settings.read("name", options.name);
  const ExportFormat wanted = format_of(format);
  const std::string text =
      value_or_raise(without_gil([&] { return export_card(card, wanted, options); }));
  return nb::bytes(text.data(), text.size());
}

// Name, extension and description of each format.
std::vector<std::tuple<std::string, std::string, std::string>> formats() {
  std::vector<std::tuple<std::string, std::string, std::string>> out;
  for (const ExportFormatNote& note : export_formats()) {
    out.emplace_back(note.name, note.extension, note.description.en);
  }
  return out;
}

}  // namespace

void bind_exchange(nb::module_& module) {
  module.def("export_card", &write_card, nb::arg("card"), nb::arg("format"), nb::arg("options"),
             "The card in another language: text as UTF-8, or the bytes of an ONNX model.");
  module.def("export_formats", &formats, "Name, file extension and description of each format.");
}

}  // namespace credence
