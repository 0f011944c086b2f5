#include <credence/cli/book.h>
#include <credence/cli/commands.h>
#include <fmt/format.h>

namespace credence {

namespace {

// The owner and the deputy whom the programme names (A23); nobody else can stop it or start it
// again.
std::vector<std::string> entitled(const Programme& programme) {
  std::vector<std::string> names;
  const TomlNode* monitor = programme.document.find("monitor");
  const TomlNode* stop = monitor == nullptr ? nullptr : monitor->find("stop");
  for (std::string_view key : {"owner", "deputy"}) {
    const TomlNode* name = stop == nullptr ? nullptr : stop->find(key);
    if (name != nullptr && name->string() != nullptr) names.push_back(*name->string());
  }
  return names;
}

Exit change_state(const Arguments& arguments, Console& console, std::string_view state) {
  auto book = open_book_to_write(arguments);
  if (!book) return fail(console, book.error());
  const std::string& by = arguments.one("by");
  std::vector<std::string> names = entitled(*book->engine().programme());
  if (std::find(names.begin(), names.end(), by) == names.end()) {
    return fail(console, {"stop.by",
                          fmt::format("`{}` is not named in the programme's monitor.stop", by),
                          {},
                          fmt::format("it names: {}", fmt::join(names, ", "))});
  }
  if (arguments.one("because").empty()) {
    return fail(console, {"stop.because", "a reason is given in writing", {}, "say --because"});
  }
  bool is_stopped = book->stopped().has_value();
  if (is_stopped == (state == "stopped")) {
    console.out(fmt::format("it is {} already\n", state));
    return Exit::nothing_new;
  }
  Json::Object payload{{"because", arguments.one("because")}, {"by", by}, {"state", state}};
  auto index = book->record(Draft::statement(FactKind::model_stop, std::string{kOperatorSubject},
                                             std::move(payload), book->now()));
  if (!index) return fail(console, index.error());
  console.out(fmt::format("{} by {}: fact {}\n", state, by, *index));
  return Exit::yes;
}

std::vector<Option> options() {
  return {{"by", "NAME", "the owner or deputy whom the programme names", true},
          {"because", "TEXT", "the reason, in writing", true},
          data_option(),
          clock_option()};
}

}  // namespace

Command stop_command() {
  return {"stop", "stop the programme: no score and no answer leaves",
          "credence stop --by \"A. Martin\" --because \"one group is refused twice as often\" "
          "--data DIR",
          options(), [](const Arguments& arguments, Console& console) {
            return change_state(arguments, console, "stopped");
          }};
}

Command resume_command() {
  return {
      "resume", "let a stopped programme run again",
      "credence resume --by \"L. Petit\" --because \"the card was mended in version 2\" --data DIR",
      options(), [](const Arguments& arguments, Console& console) {
        return change_state(arguments, console, "running");
      }};
}

}  // namespace credence
