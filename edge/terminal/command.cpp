#include <credence/base/expects.h>
#include <credence/terminal/command.h>
#include <fmt/format.h>

namespace credence {

const std::string& Arguments::one(const std::string& name) const {
  auto found = values.find(name);
  expects(found != values.end() && !found->second.empty(),
          "Arguments: an option that was not declared required");
  return found->second.front();
}

std::string Arguments::one_or(const std::string& name, std::string_view fallback) const {
  auto found = values.find(name);
  return found == values.end() || found->second.empty() ? std::string{fallback}
                                                        : found->second.front();
}

std::vector<std::string> Arguments::all(const std::string& name) const {
  auto found = values.find(name);
  return found == values.end() ? std::vector<std::string>{} : found->second;
}

namespace {

Exit exit_for(const std::string& code) {
  std::string_view kind = std::string_view{code}.substr(0, code.find('.'));
  bool named_wrongly = code == "store.index" || code == "store.erased";
  if (named_wrongly) return Exit::bad_input;
  const bool is_of_world =
      kind == "store" || code == "file.write" || code == "file.read" || code == "workbook.write";
  if (is_of_world) return Exit::world;
  if (kind == "stopped") return Exit::no;
  if (kind == "usage") return Exit::usage;
  if (kind == "charter") return Exit::refused;
  return Exit::bad_input;
}

}  // namespace

Exit fail(Console& console, const Error& error) {
  Error shown = error;
  std::string help = std::exchange(shown.help, {});
  console.err(fmt::format("error[{}]: {}\n", error.code, to_text(shown)));
  if (!help.empty()) console.err(fmt::format("  = help: {}\n", help));
  return exit_for(error.code);
}

Exit fail(Console& console, const Finding& finding, Language language) {
  console.err(fmt::format("error[{}]: {}\n", finding.code, finding.message.in(language)));
  const std::string& help = finding.help.in(language);
  if (!help.empty())
    console.err(fmt::format("  = {}{}\n", language == Language::fr ? "aide : " : "help: ", help));
  return exit_for(finding.code);
}

Option data_option() {
  return {"data", "DIR", "the data folder (or the variable CREDENCE_DATA)", true};
}
Option lang_option() {
  return {"lang", "en|fr", "language of the answer", false, false, {"en", "fr"}};
}
Option json_option() {
  return {"json", "", "the answer as JSON, for machines"};
}
Option clock_option() {
  return {"clock", "INSTANT",
          "use this time instead of the computer's, as in 2026-07-01T09:00:00Z; "
          "a record never goes back in time"};
}

}  // namespace credence
