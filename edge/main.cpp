// The program `credence`: reads the command line against the table of commands and runs one.
#include <credence/cli/commands.h>
#include <credence/store/store.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>

namespace credence {

namespace {

constexpr std::string_view kFooter =
    "\nStart with:\n"
    "  credence check programmes/deposit-free/programme.toml\n"
    "  credence COMMAND --help\n\n"
    "Exit codes: 0 yes or done, 1 a checked no, 2 usage, 3 bad input, 4 refused by the charter,\n"
    "5 nothing new, 70 our defect, 74 disk, lock or permissions.\n";

bool is_positional(const Option& option) {
  return option.name.front() >= 'A' && option.name.front() <= 'Z';
}

void declare(CLI::App& app, const Option& option, Arguments& arguments) {
  std::string name = is_positional(option) ? option.name : "--" + option.name;
  auto& values = arguments.values;
  if (option.placeholder.empty() && !is_positional(option)) {
    app.add_flag_callback(
        name, [&values, key = option.name] { values[key] = {"yes"}; }, option.help);
    return;
  }
  CLI::Option* declared =
      option.many
          ? app.add_option_function<std::vector<std::string>>(
                name, [&values, key = option.name](const auto& written) { values[key] = written; },
                option.help)
          : app.add_option_function<std::string>(
                name,
                [&values, key = option.name](const auto& written) { values[key] = {written}; },
                option.help);
  declared->type_name(option.placeholder)->required(option.required);
  if (option.name == "data") declared->envname("CREDENCE_DATA");
  if (option.many)
    declared->expected(1, 1 << 20);
  else
    declared->multi_option_policy(CLI::MultiOptionPolicy::Throw);
  if (!option.one_of.empty()) declared->check(CLI::IsMember(option.one_of));
}

// "society run" is `run` in the family `society`; "score" has no family.
struct CommandName {
  std::string family, own;
};
CommandName split_name(const std::string& name) {
  std::size_t space = name.find(' ');
  if (space == std::string::npos) return {"", name};
  return {name.substr(0, space), name.substr(space + 1)};
}

std::string no_such_command(const std::string& written, const std::vector<std::string>& names,
                            const std::string& family) {
  if (std::find(names.begin(), names.end(), written) != names.end()) return {};
  std::string near = nearest(written, std::span<const std::string>(names));
  std::string space = family.empty() ? "" : " ";
  return fmt::format("error[usage.command]: there is no command `{}{}{}`\n  = help: {}\n", family,
                     space, written,
                     near.empty() ? fmt::format("`credence{}{} --help` lists them", space, family)
                                  : fmt::format("did you mean `{}{}{}`?", family, space, near));
}

std::string unknown_command_help(int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return {};
  std::vector<std::string> names, members;
  for (const Command& command : commands()) {
    CommandName name = split_name(command.name);
    names.push_back(name.family.empty() ? name.own : name.family);
    if (name.family == argv[1]) members.push_back(name.own);
  }
  std::string unknown = no_such_command(argv[1], names, "");
  if (!unknown.empty() || members.empty() || argc < 3 || argv[2][0] == '-') return unknown;
  return no_such_command(argv[2], members, argv[1]);
}

// The family's own node in the tree of commands, made when its first member comes.
CLI::App& family_of(CLI::App& app, const CommandName& name) {
  if (name.family.empty()) return app;
  for (CLI::App* known : app.get_subcommands({})) {
    if (known->get_name() == name.family) return *known;
  }
  CLI::App* family = app.add_subcommand(name.family, "try programmes on people who do not exist");
  family->require_subcommand(1);
  return *family;
}

// What people write goes into records, letters and terminals: it is text, whole and printable.
std::optional<Error> unreadable_argument(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    std::string_view written = argv[i];
    bool control = std::any_of(written.begin(), written.end(), [](char c) {
      return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
    });
    if (is_utf8(written) && !control) continue;
    return Error{
        "usage.text",
        fmt::format("argument {} {}", i, control ? "holds a control character" : "is not UTF-8"),
        {},
        "write it as plain text in UTF-8"};
  }
  return std::nullopt;
}

bool answers_and_messages_go_to_one_file() {
  struct stat answers = {}, messages = {};
  return fstat(STDOUT_FILENO, &answers) == 0 && fstat(STDERR_FILENO, &messages) == 0 &&
         answers.st_dev == messages.st_dev && answers.st_ino == messages.st_ino;
}

Console make_console() {
  Console console;
  bool one_file = answers_and_messages_go_to_one_file();
  console.out = [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); };
  // What was answered before comes before, also where both go to one file.
  console.err = [one_file](std::string_view text) {
    if (one_file) std::fflush(stdout);
    std::fwrite(text.data(), 1, text.size(), stderr);
  };
  const char* term = std::getenv("TERM");
  console.terminal =
      isatty(STDERR_FILENO) != 0 && term != nullptr && std::string_view{term} != "dumb";
  return console;
}

int run(int argc, char** argv) {
  Console console = make_console();
  CLI::App app{"Credence: a score that is explained, provable and contestable", "credence"};
  app.footer(std::string{kFooter});
  app.set_version_flag("--version", std::string{"credence " CREDENCE_VERSION});
  app.require_subcommand(1);
  Arguments arguments;
  for (const Command& command : commands()) {
    CommandName name = split_name(command.name);
    CLI::App* sub = family_of(app, name).add_subcommand(name.own, command.summary);
    sub->footer("\nExample:\n  " + command.example + "\n");
    for (const Option& option : command.options) declare(*sub, option, arguments);
  }
  if (argc < 2) {
    console.out(app.help());
    return static_cast<int>(Exit::usage);
  }
  if (auto error = unreadable_argument(argc, argv)) return static_cast<int>(fail(console, *error));
  if (std::string help = unknown_command_help(argc, argv); !help.empty()) {
    console.err(help);
    return static_cast<int>(Exit::usage);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    console.err(
        fmt::format("error[usage]: {}\n  = help: credence {} --help\n", error.what(), argv[1]));
    return static_cast<int>(Exit::usage);
  }
  const CLI::App* first = app.get_subcommands().front();
  std::string chosen = first->get_name();
  for (const CLI::App* member : first->get_subcommands()) chosen += " " + member->get_name();
  for (const Command& command : commands()) {
    if (command.name != chosen) continue;
    Exit code = command.run(arguments, console);
    // An answer that could not be written (a full disk, a closed pipe) is no answer.
    bool written = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
    if (!written && code != Exit::world)
      console.err(fmt::format(
          "error[file.write]: the answer could not be written to standard output: {}\n"
          "  = help: make room where it goes, or name a file with --out where there is one\n",
          std::strerror(errno)));
    if (!written && code == Exit::yes) code = Exit::world;
    return static_cast<int>(code);
  }
  return static_cast<int>(Exit::defect);
}

}  // namespace

}  // namespace credence

int main(int argc, char** argv) {
  credence::keep_keys_out_of_core_dumps();
  try {
    return credence::run(argc, argv);
  } catch (const std::bad_alloc&) {
    std::fputs("error[world.memory]: out of memory; what was acknowledged is safe\n", stderr);
    return static_cast<int>(credence::Exit::world);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "credence: defect: %s\n", error.what());
    return static_cast<int>(credence::Exit::defect);
  }
}
