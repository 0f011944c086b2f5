#include <credence/cli/desk_lines.h>
#include <credence/cli/desk_screen.h>
#include <credence/cli/desk_view.h>
#include <credence/terminal/keyboard.h>

#include <algorithm>
#include <array>

namespace credence {

namespace {

constexpr std::array kTrends = {Trend::automatic,  Trend::none,  Trend::ascending,
                                Trend::descending, Trend::peak,  Trend::valley,
                                Trend::concave,    Trend::convex};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

// One character less, not one byte.
void take_last(std::string& text) {
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U)
    text.pop_back();
  if (!text.empty()) text.pop_back();
}

// The desk at the keyboard: keys become the wishes that lines can be.
class KeyDesk {
 public:
  KeyDesk(DeskSession& session, KeyTerminal& terminal) : session_(session), terminal_(terminal) {}

  Exit run() {
    while (true) {
      terminal_.draw(desk_screen(session_, picture_, terminal_.size()));
      const Key key = terminal_.read();
      if (key.kind == Key::Kind::end) return session_.unwritten().empty() ? Exit::yes : Exit::no;
      if (key.kind == Key::Kind::resize) continue;
      if (const auto exit = take(key)) return *exit;
    }
  }

 private:
  std::optional<Exit> take(const Key& key) {
    if (key.kind != Key::Kind::interrupt && !is_quit(key)) asked_ = false;
    if (key.kind == Key::Kind::interrupt) return quit();
    if (!picture_.pages.empty()) return turn_page();
    if (picture_.typed) return type(key);
    switch (key.kind) {
      case Key::Kind::up:
        picture_.bin = std::max(picture_.bin - 1, 1);
        break;
      case Key::Kind::down:
        picture_.bin = std::min(picture_.bin + 1, bins());
        break;
      case Key::Kind::left:
        return wish(BinDesk::Command{BinDesk::Step{-1}});
      case Key::Kind::right:
        return wish(BinDesk::Command{BinDesk::Step{1}});
      case Key::Kind::text:
        return letter(key.text.size() == 1 ? key.text[0] : '\0');
      default:
        break;
    }
    return std::nullopt;
  }

  std::optional<Exit> letter(char c) {
    using Desk = BinDesk;
    switch (c) {
      case 'j':
        return wish(Desk::Command{Desk::Join{picture_.bin, {}}});
      case 's':
        return wish(Desk::Command{Desk::Split{picture_.bin, {}}});
      case 'b':
        return wish(Desk::Command{Desk::TakeBest{}});
      case 't':
        return next_trend();
      case '+':
      case '-':
        return bins_by(c == '+' ? 1 : -1);
      case 'u':
        return wish(Desk::Command{Desk::Undo{}});
      case 'r':
        return wish(Desk::Command{Desk::Redo{}});
      case 'w':
        if (session_.plan().path.empty())
          picture_.typed = session_.tongue().say({"write ", "écrire "});
        else
          return wish(DeskLine::Write{});
        break;
      case ':':
        picture_.typed = "";
        break;
      case '?':
        return wish(DeskLine::Help{});
      case 'q':
        return quit();
      default:
        break;
    }
    return std::nullopt;
  }

  std::optional<Exit> type(const Key& key) {
    std::string& typed = *picture_.typed;
    if (key.kind == Key::Kind::text) typed += key.text;
    if (key.kind == Key::Kind::backspace && typed.empty()) picture_.typed.reset();
    if (key.kind == Key::Kind::backspace && picture_.typed) take_last(typed);
    if (key.kind == Key::Kind::escape) picture_.typed.reset();
    if (key.kind != Key::Kind::enter) return std::nullopt;
    const std::string line = std::move(typed);
    picture_.typed.reset();
    return told(session_.run_line(line));
  }

  std::optional<Exit> turn_page() {
    picture_.page_top += static_cast<std::size_t>(std::max(terminal_.size().rows - 1, 1));
    if (picture_.page_top >= picture_.pages.size()) picture_.pages.clear();
    return std::nullopt;
  }

  // Asks once where something is not written; the same key again leaves without.
  std::optional<Exit> quit() {
    if (asked_ || session_.unwritten().empty()) return Exit::yes;
    asked_ = true;
    picture_.typed.reset();
    picture_.pages.clear();
    told(session_.run(DeskLine::Quit{}));
    picture_.told.push_back(
        session_.tongue().say({"q again leaves without writing; any other key goes on",
                               "encore q : quitter sans écrire ; une autre touche continue"}));
    return std::nullopt;
  }

  // A trend without bins is told, and the next press asks for the one after it.
  std::optional<Exit> next_trend() {
    const Trend now = session_.desk().current().rules.binning.trend;
    const bool goes_on = tried_ && tried_from_ == now && tried_at_ == session_.desk().at();
    const auto at = std::ranges::find(kTrends, goes_on ? *tried_ : now) - kTrends.begin();
    const Trend next = kTrends[static_cast<std::size_t>(at + 1) % kTrends.size()];
    tried_ = next;
    tried_from_ = now;
    tried_at_ = session_.desk().at();
    return wish(BinDesk::Command{BinDesk::SetTrend{next}});
  }

  std::optional<Exit> bins_by(int more) {
    const int wanted = bins() + more;
    return wish(BinDesk::Command{BinDesk::SetBins{wanted, wanted}});
  }

  std::optional<Exit> wish(const DeskLine::Wish& one) { return told(session_.run(one)); }

  std::optional<Exit> told(const DeskSession::Told& answer) {
    if (answer.ending == DeskSession::Ending::leave) return Exit::yes;
    std::vector<std::string> lines = lines_of(answer.text);
    const bool is_long = lines.size() > 6;
    if (is_long) {
      picture_.pages.clear();
      for (const std::string& line : lines)
        for (std::string& part : wrapped(line, terminal_.size().columns))
          picture_.pages.push_back(std::move(part));
      picture_.page_top = 0;
    }
    picture_.told = is_long ? std::vector<std::string>{} : std::move(lines);
    picture_.bin = std::clamp(picture_.bin, 1, bins());
    return std::nullopt;
  }

  int bins() const {
    const auto& held = session_.desk().current().bins;
    return held ? std::max(held->cells.bins(), 1) : 1;
  }

  static bool is_quit(const Key& key) { return key.kind == Key::Kind::text && key.text == "q"; }

  DeskSession& session_;
  KeyTerminal& terminal_;
  DeskPicture picture_;
  bool asked_ = false;          // whether to leave without writing
  std::optional<Trend> tried_;  // the trend that was asked for last
  Trend tried_from_ = Trend::automatic;
  std::size_t tried_at_ = 0;
};

}  // namespace

Exit run_desk_keys(DeskSession& session, Console& console) {
  Exit exit = Exit::yes;
  {
    KeyTerminal terminal;
    exit = KeyDesk{session, terminal}.run();
  }
  if (exit == Exit::no)
    console.err(session.tongue().say(
        {"error[desk.unwritten]: the terminal went, and decisions were not written\n",
         "error[desk.unwritten]: le terminal est parti, et des décisions n'étaient pas "
         "écrites\n"}));
  return exit;
}

}  // namespace credence
