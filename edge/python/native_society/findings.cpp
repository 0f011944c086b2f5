#include <credence/native_society/findings.h>
#include <nanobind/stl/string.h>

namespace credence {

namespace nb = nanobind;

nb::list to_list(const Findings& findings) {
  nb::list out;
  for (const Finding& finding : findings) {
    out.append(nb::make_tuple(finding.severity == Finding::Severity::error, finding.code,
                              finding.where.file, finding.where.line, finding.where.column,
                              finding.message.en, finding.help.en));
  }
  return out;
}

nb::dict to_dict(const Text& text) {
  nb::dict out;
  out["en"] = text.en;
  out["fr"] = text.fr;
  return out;
}

}  // namespace credence
