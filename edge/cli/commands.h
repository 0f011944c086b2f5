#pragma once

#include <credence/terminal/command.h>

namespace credence {

// The table of all commands: help, the manual and the program come from it.
const std::vector<Command>& commands();

// One function per command, each in command_<name>.cpp; commands.cpp lists them in the order of the
// flow.
Command check_command();
Command init_command();
Command amend_command();
Command enrol_command();
Command consent_command();
Command ingest_command();
Command score_command();
Command decide_command();
Command propose_command();
Command rule_command();
Command explain_command();
Command letter_command();
Command dispute_command();
Command resolve_command();
Command disputes_command();
Command show_command();
Command prove_command();
Command export_command();
Command verify_command();
Command erase_command();
Command expire_command();
Command keys_command();
Command backup_command();
Command stop_command();
Command resume_command();
Command status_command();
Command backtest_command();
Command sample_command();
Command bin_command();
Command train_command();
Command validate_command();
Command import_command();
Command recourse_command();
Command manual_command();

}  // namespace credence
