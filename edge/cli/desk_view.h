#pragma once

#include <credence/binning/bin_desk.h>
#include <credence/terminal/tongue.h>

#include <string>
#include <vector>

namespace credence {

// What the desk of bins shows, as lines without their ends. Characters that steer a terminal are
// shown as U+FFFD, wherever a name or a text of the data brings them.
//
// The variable's place, what its bins tell beside the best ones, its rules, who made the bins, and
// what they break.
std::vector<std::string> desk_head(const BinDesk& desk, const Tongue& tongue);
// The same with the table of its bins, for one who reads line by line.
std::string desk_page(const BinDesk& desk, const Tongue& tongue);
// What a change did: the information value and the bins before and after, the certificate of what
// was solved anew. Nothing for a move to another variable.
std::vector<std::string> change_lines(const BinDesk::Change& change, const Tongue& tongue);
// All variables, a line each, with what was decided; the current one is marked.
std::string desk_list(const BinDesk& desk, const Tongue& tongue);

// Why there are no bins, with how to mend it: one line.
std::string reason_text(const Finding& finding, const Tongue& tongue);

std::string printable(std::string_view text);  // ends of lines stay

}  // namespace credence
