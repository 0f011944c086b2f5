#include <credence/cli/desk_lines.h>
#include <credence/cli/desk_view.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>

namespace credence {

namespace {

// Lines of standard input, of any length.
class LineReader {
 public:
  std::optional<std::string_view> next() {
    char* line = line_.release();
    const ssize_t size = ::getline(&line, &room_, stdin);
    line_.reset(line);
    if (size < 0) return std::nullopt;
    std::string_view text{line, static_cast<std::size_t>(size)};
    while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
    return text;
  }

 private:
  struct Free {
    void operator()(char* text) const { std::free(text); }
  };
  std::unique_ptr<char, Free> line_;
  std::size_t room_ = 0;
};

void show_variable(const DeskSession& session, Console& console) {
  console.out(desk_page(session.desk(), session.tongue()));
}

// The bins are shown again when they are other ones: of another variable, or changed.
struct Shown {
  explicit Shown(const BinDesk& desk) : variable(desk.at()), bins(desk.current().bins) {}
  bool operator==(const Shown&) const = default;

  std::size_t variable;
  std::shared_ptr<const Binning> bins;
};

Exit end_of_input(const DeskSession& session, Console& console, bool was_refused) {
  const std::vector<std::string> names = session.unwritten();
  if (!names.empty())
    console.err(printable(session.tongue().say(
        {"error[desk.unwritten]: the input ended, and this was decided and not written: {1}\n"
         "  = help: end with `write FILE` and `quit`\n",
         "error[desk.unwritten]: l'entrée est finie, et ceci était décidé et non écrit : {1}\n"
         "  = aide : finissez par « écrire FICHIER » et « quitter »\n"},
        {fmt::format("{}", fmt::join(names, ", "))})));
  return names.empty() && !was_refused ? Exit::yes : Exit::no;
}

}  // namespace

Exit run_desk_lines(DeskSession& session, Console& console) {
  const bool is_terminal = isatty(STDIN_FILENO) != 0;
  bool was_refused = false;
  LineReader lines;
  const BinDesk& desk = session.desk();
  Shown shown{desk};
  show_variable(session, console);
  while (true) {
    if (is_terminal) console.out("> ");
    std::fflush(stdout);
    const auto line = lines.next();
    if (!line) break;
    const DeskSession::Told told = session.run_line(*line);
    if (told.ending == DeskSession::Ending::refused) {
      // Somebody at a terminal mends a slip at once; a script that had one did not do all of it.
      was_refused = was_refused || !is_terminal;
      console.err(told.text);
      continue;
    }
    console.out(told.text);
    if (told.ending == DeskSession::Ending::leave) return was_refused ? Exit::no : Exit::yes;
    if (shown == Shown{desk}) continue;
    show_variable(session, console);
    shown = Shown{desk};
  }
  return end_of_input(session, console, was_refused);
}

}  // namespace credence
