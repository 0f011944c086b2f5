#include <credence/cli/commands.h>
#include <credence/lab/lab_commands.h>

namespace credence {

const std::vector<Command>& commands() {
  static const std::vector<Command> table = {
      check_command(),
      init_command(),
      amend_command(),
      enrol_command(),
      consent_command(),
      ingest_command(),
      score_command(),
      decide_command(),
      propose_command(),
      rule_command(),
      explain_command(),
      letter_command(),
      dispute_command(),
      resolve_command(),
      disputes_command(),
      show_command(),
      prove_command(),
      export_command(),
      verify_command(),
      erase_command(),
      expire_command(),
      keys_command(),
      backup_command(),
      stop_command(),
      resume_command(),
      status_command(),
      backtest_command(),
      sample_command(),
      bin_command(),
      train_command(),
      validate_command(),
      import_command(),
      recourse_command(),
      society_run_command(),
      society_plan_command(),
      society_validate_command(),
      society_presets_command(),
      society_describe_command(),
      society_measures_command(),
      manual_command(),
  };
  return table;
}

}  // namespace credence
