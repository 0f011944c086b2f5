#pragma once

#include <credence/base/finding.h>
#include <credence/base/result.h>
#include <credence/base/text.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// What a run of the program can end with; docs/reference/cli.md lists them for people.
enum class Exit {
  yes = 0,          // done
  no = 1,           // a checked no: verify failed, some lines were rejected or refused
  usage = 2,        // the command line makes no sense
  bad_input = 3,    // a file, or what it names, cannot be used
  refused = 4,      // the charter refuses
  nothing_new = 5,  // ingest: every record was there already
  defect = 70,      // ours
  world = 74,       // disk, locks, permissions
};

// Where answers and messages go: the answer to stdout, the rest to stderr.
struct Console {
  std::function<void(std::string_view)> out;
  std::function<void(std::string_view)> err;
  bool terminal = false;  // stderr is a terminal that understands redrawing
};

// What was written on the command line, checked against the command's own list of options.
class Arguments {
 public:
  std::map<std::string, std::vector<std::string>>
      values;  // by option name, and by placeholder of a positional

  bool has(const std::string& name) const { return values.contains(name); }
  // REQUIRES: the option is required or has a fallback.
  const std::string& one(const std::string& name) const;
  std::string one_or(const std::string& name, std::string_view fallback) const;
  std::vector<std::string> all(const std::string& name) const;
  Language language() const { return one_or("lang", "en") == "fr" ? Language::fr : Language::en; }
};

struct Option {
  std::string name;         // "data"; a positional is written in capitals: "SUBJECT"
  std::string placeholder;  // "DIR"; empty for a flag
  std::string help;
  bool required = false;
  bool many = false;
  std::vector<std::string> one_of = {};
};

// A command as data: help, the manual and completion come from this table.
struct Command {
  std::string name;  // "score"; of a family of commands "society run"
  std::string summary;
  std::string example;
  std::vector<Option> options;
  std::function<Exit(const Arguments&, Console&)> run;
};

// Prints "error: ..." with its help and gives the exit code that fits the error's kind.
Exit fail(Console& console, const Error& error);
Exit fail(Console& console, const Finding& finding, Language language);

// Options that several commands share.
Option data_option();
Option lang_option();
Option json_option();
Option clock_option();

}  // namespace credence
