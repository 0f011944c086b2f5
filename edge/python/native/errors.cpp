#include <credence/native/errors.h>
#include <fmt/format.h>
#include <nanobind/stl/string.h>

namespace credence {

namespace nb = nanobind;

void raise(const Error& error) {
  const nb::object type = nb::module_::import_("credence._errors").attr("InputError");
  Error bare = error;
  bare.help.clear();
  const nb::object made = type(error.code, to_text(bare), error.help);
  PyErr_SetObject(type.ptr(), made.ptr());
  throw nb::python_error();
}

void raise(const Findings& findings) {
  std::string code = "input.file", message = "the text could not be read", help;
  std::size_t errors = 0;
  for (const Finding& finding : findings) {
    if (finding.severity != Finding::Severity::error) continue;
    if (errors++ > 0) continue;
    code = finding.code;
    message = to_text(Error{finding.code, finding.message.en, finding.where});
    help = finding.help.en;
  }
  if (errors > 1) message += fmt::format(" (and {} more)", errors - 1);
  raise(Error{.code = code, .message = message, .help = help});
}

}  // namespace credence
