#pragma once

#include <credence/terminal/keys.h>

#include <string>
#include <vector>

namespace credence {

struct ScreenSize {
  int columns = 80, rows = 24;
};

// A terminal that gives each key at once and is drawn as a whole, with the sequences of a VT100.
// The settings from before come back on every way out: when it goes, and when SIGTERM, SIGHUP,
// SIGQUIT or an abort end the program; a stop by Ctrl-Z gives them back for as long as it lasts.
// Ctrl-C is a key; a second one before the first was read ends the program. One at a time.
class KeyTerminal {
 public:
  // Whether standard input and output are a terminal that can be drawn on.
  static bool is_there();

  KeyTerminal();  // REQUIRES: is_there(), and no other one
  ~KeyTerminal();
  KeyTerminal(const KeyTerminal&) = delete;
  KeyTerminal& operator=(const KeyTerminal&) = delete;

  Key read();  // waits
  ScreenSize size() const;
  // All lines from the top; longer ones are cut by the terminal. The cursor stands behind the last.
  void draw(const std::vector<std::string>& lines);

 private:
  std::optional<Key> waiting();

  KeyDecoder decoder_;
};

}  // namespace credence
