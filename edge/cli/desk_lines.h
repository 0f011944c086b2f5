#pragma once

#include <credence/cli/desk_session.h>
#include <credence/terminal/command.h>

namespace credence {

// The desk of bins line by line, for scripts, transcripts and screen readers: commands on standard
// input, answers on the console. With a prompt where standard input is a terminal. Gives `no` where
// the input ends with decisions that are not written, and where a script had a line that was
// refused.
Exit run_desk_lines(DeskSession& session, Console& console);

// The same on a terminal that gives each key at once. REQUIRES: KeyTerminal::is_there().
Exit run_desk_keys(DeskSession& session, Console& console);

}  // namespace credence
