#include <credence/cli/commands.h>
#include <fmt/format.h>

namespace credence {

namespace {

std::string written(const Option& option) {
  bool positional = option.name.front() >= 'A' && option.name.front() <= 'Z';
  std::string text = positional ? option.name : "--" + option.name;
  if (!positional && !option.placeholder.empty()) text += " " + option.placeholder;
  return text;
}

std::string markdown(const Command& command) {
  std::string out = fmt::format("## credence {}\n\n{}\n\n```sh\n{}\n```\n\n", command.name,
                                command.summary, command.example);
  for (const Option& option : command.options) {
    out += fmt::format("- `{}`{}{}: {}\n", written(option), option.required ? " (required)" : "",
                       option.many ? " (repeatable)" : "", option.help);
  }
  return out + "\n";
}

Exit run_manual(const Arguments&, Console& console) {
  console.out(
      "# The commands of credence\n\n"
      "Printed by `credence manual`; a test keeps this page equal to the program. The answer goes "
      "to standard\n"
      "output, messages to standard error. Exit codes: 0 done, 1 a checked no, 2 usage, 3 bad "
      "input,\n"
      "4 refused by the charter, 5 nothing new, 70 our defect, 74 disk, lock or permissions.\n\n");
  for (const Command& command : commands()) console.out(markdown(command));
  return Exit::yes;
}

}  // namespace

Command manual_command() {
  return {"manual", "print this manual of all commands", "credence manual", {}, run_manual};
}

}  // namespace credence
