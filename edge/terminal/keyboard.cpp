#include <credence/base/expects.h>
#include <credence/terminal/keyboard.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string_view>

namespace credence {

namespace {

constexpr int kEscapeWaits = 50;  // milliseconds, for what may follow the escape key

// What signal handlers need. Only tcsetattr, write, sigaction and raise are called from them, which
// POSIX allows there.
termios before;
termios raw;
volatile std::sig_atomic_t is_raw = 0, was_interrupted = 0, was_resized = 0;

constexpr std::array kCaught = {SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGINT, SIGWINCH, SIGTSTP};
std::array<struct sigaction, kCaught.size()> handlers_before;

void write_all(std::string_view text) {
  while (!text.empty()) {
    const ssize_t done = ::write(STDOUT_FILENO, text.data(), text.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(done));
  }
}

void enter_raw() {
  tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
  is_raw = 1;
  // Long lines are cut rather than broken, so that a line of the picture is a line of the screen.
  write_all("\x1b[?7l");
}

void leave_raw() {
  if (is_raw == 0) return;
  is_raw = 0;
  write_all("\x1b[?7h\r\n");
  tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
}

void end_by(int signal) {
  leave_raw();
  struct sigaction plain = {};
  plain.sa_handler = SIG_DFL;
  sigaction(signal, &plain, nullptr);
  raise(signal);
}

void on_signal(int signal) {
  const int kept = errno;
  if (signal == SIGWINCH) {
    was_resized = 1;
  } else if (signal == SIGINT && was_interrupted == 0) {
    was_interrupted = 1;
  } else if (signal == SIGTSTP) {
    leave_raw();
    raise(SIGSTOP);
    enter_raw();
    was_resized = 1;
  } else {
    end_by(signal);
  }
  errno = kept;
}

bool takes_drawing(const char* term) {
  return term != nullptr && *term != '\0' && std::string_view{term} != "dumb";
}

}  // namespace

bool KeyTerminal::is_there() {
  return isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0 &&
         takes_drawing(std::getenv("TERM")) && tcgetattr(STDIN_FILENO, &before) == 0;
}

KeyTerminal::KeyTerminal() {
  expects(is_raw == 0, "KeyTerminal: there is one already");
  expects(tcgetattr(STDIN_FILENO, &before) == 0, "KeyTerminal: standard input is no terminal");
  raw = before;
  raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | IEXTEN);
  raw.c_iflag &= ~static_cast<tcflag_t>(IXON | ICRNL);
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  was_interrupted = 0;
  was_resized = 0;
  struct sigaction action = {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < kCaught.size(); ++i)
    sigaction(kCaught[i], &action, &handlers_before[i]);
  enter_raw();
  // What stood there scrolls away and can be read again, where the terminal keeps it.
  write_all(std::string(static_cast<std::size_t>(size().rows), '\n'));
}

KeyTerminal::~KeyTerminal() {
  leave_raw();
  for (std::size_t i = 0; i < kCaught.size(); ++i)
    sigaction(kCaught[i], &handlers_before[i], nullptr);
}

std::optional<Key> KeyTerminal::waiting() {
  if (was_interrupted != 0) {
    was_interrupted = 0;
    return Key{Key::Kind::interrupt};
  }
  if (was_resized != 0) {
    was_resized = 0;
    return Key{Key::Kind::resize};
  }
  return std::nullopt;
}

Key KeyTerminal::read() {
  // Signals are let in by ppoll alone, so that none slips in between the look and the wait.
  sigset_t all, open;
  sigemptyset(&all);
  for (int signal : kCaught) sigaddset(&all, signal);
  pthread_sigmask(SIG_BLOCK, &all, &open);
  const auto leave = [&open](Key key) {
    pthread_sigmask(SIG_SETMASK, &open, nullptr);
    return key;
  };
  while (true) {
    if (auto key = waiting()) return leave(*key);
    pollfd input = {.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    const timespec soon = {.tv_sec = 0, .tv_nsec = kEscapeWaits * 1'000'000L};
    const int ready = ppoll(&input, 1, decoder_.more() ? &soon : nullptr, &open);
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0) return leave({Key::Kind::end});
    if (ready == 0) {
      if (auto key = decoder_.flush()) return leave(*key);
      continue;
    }
    char byte = 0;
    const ssize_t got = ::read(STDIN_FILENO, &byte, 1);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got <= 0) return leave({Key::Kind::end});
    if (auto key = decoder_.take(byte)) return leave(*key);
  }
}

ScreenSize KeyTerminal::size() const {
  winsize size = {};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0)
    return {};
  return {size.ws_col, size.ws_row};
}

void KeyTerminal::draw(const std::vector<std::string>& lines) {
  std::string out = "\x1b[H";
  for (std::size_t i = 0; i < lines.size(); ++i)
    out += (i == 0 ? "" : "\r\n") + lines[i] + "\x1b[K";
  write_all(out + "\x1b[J");
}

}  // namespace credence
