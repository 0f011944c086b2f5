#include <credence/base/expects.h>
#include <credence/base/toml.h>
#include <credence/charter/charter.h>
#include <credence/institutions/society_programme.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace credence;

// Any text is a programme of the society or told why not; whatever has a section of the society is
// never admitted for real people; and the lawful part keeps every line in its place.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text{reinterpret_cast<const char*>(data), size};
  ReadSocietyProgramme read =
      read_society_programme(text, "fuzz.toml", "base = 600\n", "card.toml");
  expects(
      read.programme.has_value() == (!has_errors(read.findings) && !has_errors(read.card_findings)),
      "a programme without errors is read");
  if (read.programme) (void)climate_of(*read.programme);
  std::string lawful = lawful_part(text, "fuzz.toml");
  expects(
      std::count(lawful.begin(), lawful.end(), '\n') == std::count(text.begin(), text.end(), '\n'),
      "every line keeps its number");
  ParsedProgramme parsed = parse_programme(text, "fuzz.toml");
  if (!parsed.programme || parsed.programme->document.find("society") == nullptr) return 0;
  bool admitted = admit(*std::move(parsed.programme), Charter::builtin()).lawful.has_value();
  expects(!admitted, "a section of the society was admitted");
  return 0;
}
