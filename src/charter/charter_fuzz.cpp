#include <credence/base/expects.h>
#include <credence/charter/charter.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace credence;

// Any text that is TOML is judged, and what is admitted has no error.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text{reinterpret_cast<const char*>(data), size};
  auto document = parse_toml(text, "fuzz.toml");
  if (!document) return 0;
  Findings findings = judge(*document, Charter::builtin());
  ParsedProgramme parsed = parse_programme(text, "fuzz.toml");
  if (!parsed.programme) return 0;
  bool lawful = admit(*std::move(parsed.programme), Charter::builtin()).lawful.has_value();
  expects(lawful == !has_errors(findings), "admission and judgement disagree");
  return 0;
}
