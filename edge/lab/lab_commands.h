#pragma once

#include <credence/terminal/command.h>

namespace credence {

// The commands of the society. They see no record: this layer is not linked with the store.
Command society_run_command();
Command society_plan_command();
Command society_validate_command();
Command society_presets_command();
Command society_describe_command();
Command society_measures_command();

}  // namespace credence
