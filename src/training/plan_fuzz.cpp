#include <credence/training/plan.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace credence;

namespace {

void read_all(const std::string& text) {
  ReadPlan read = read_plan(text, "plan.toml");
  for (const Finding& finding : read.findings) {
    render(finding, text, Language::en);
    render(finding, text, Language::fr);
  }
  if (read.plan) read.plan->rules_of("a");
}

}  // namespace

// The bytes are read as a whole plan, and as what is said about one variable.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  read_all(text);
  read_all("[[variable]]\nname = \"a\"\n" + text);
  return 0;
}
