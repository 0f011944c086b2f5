#include <credence/programme/programme.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace credence;

namespace {

constexpr std::string_view kHead = R"(
[programme]
id = "p"
version = 1
title = { en = "a", fr = "b" }
purpose = "p"
class = "benefit-only"
jurisdiction = ["eu"]
currency = "EUR"
operator = { name = "o" }
[score]
card = "c"
[[source]]
id = "s"
context = "c"
category = "c"
retention = { period = "1 year" }
[[event]]
type = "e"
source = "s"
fields = { m = "money", d = "date", p = "date?", i = "integer?", f = "flag?", c = "choice: a | b?" }
[[feature]]
id = "f"
family = "capacity"
question = { en = "a", fr = "b" }
from = "e"
measure = "count"
risk = "rises"
)";

void read_all(const std::string& text) {
  ParsedProgramme parsed = parse_programme(text, "fuzz.toml");
  for (const Finding& finding : parsed.findings) {
    render(finding, text, Language::en);
    render(finding, text, Language::fr);
  }
  if (!parsed.programme) return;
  parsed.programme->where(text);
  parse_maps(text, "maps.toml", *parsed.programme);
}

void compile_and_hold(std::string_view text, const Programme& programme) {
  const EventType& event = programme.events[0];
  CompiledCondition compiled = compile_condition(text, event, programme.currency, {"f", 1, 1, 1});
  Date today = *parse_date("2026-03-01");
  std::array<Cell, EventType::kMaxFields> fields = {};
  compiled.condition.holds(fields, today);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    fields[i] = i % 3 == 0   ? Cell::of(Cell::kLimit)
                : i % 3 == 1 ? Cell::of(20000)
                             : Cell::special(1);
  }
  compiled.condition.holds(fields, today);
}

}  // namespace

// The bytes are read as a whole programme, as what follows a sound one, as a file of maps, and as a
// condition.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text{reinterpret_cast<const char*>(data), size};
  read_all(std::string{text});
  read_all(std::string{kHead} + std::string{text});
  static const Programme programme = *parse_programme(kHead, "head.toml").programme;
  parse_maps(text, "maps.toml", programme);
  compile_and_hold(text, programme);
  return 0;
}
