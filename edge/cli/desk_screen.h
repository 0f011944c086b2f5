#pragma once

#include <credence/cli/desk_session.h>
#include <credence/terminal/keyboard.h>

#include <string>
#include <vector>

namespace credence {

// The desk of bins as a picture: what is shown, which bin is chosen, and what was just told.
struct DeskPicture {
  int bin = 1;                            // that is chosen
  std::vector<std::string> told = {};     // about the last key
  std::optional<std::string> typed = {};  // a line command that is being written
  std::vector<std::string> pages = {};    // something longer, shown instead: help, a list
  std::size_t page_top = 0;
};

// The lines of the picture, at most as many as the screen has. Where there is little room the table
// moves with the bin that is chosen, and the keys and the notes give way first.
std::vector<std::string> desk_screen(const DeskSession& session, const DeskPicture& picture,
                                     const ScreenSize& size);

// The text in lines of at most `width` characters, broken between words where that is possible.
std::vector<std::string> wrapped(const std::string& text, int width);

}  // namespace credence
