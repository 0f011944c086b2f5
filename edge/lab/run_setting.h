#pragma once

#include <credence/lab/society_files.h>
#include <credence/plans/ensemble_file.h>
#include <credence/terminal/command.h>

#include <optional>
#include <string>

namespace credence {

// What the command line of `society run` asks for, checked before anything is lived.
struct RunSetting {
  NamedSociety named;
  EnsembleOptions options;
  unsigned threads = 0;  // 0: as many as processors
  std::size_t trajectories = 0;
  std::string measure = "excluded-share";
  std::optional<double> most_minutes = {};
  std::string folder;
  EnsembleResult earlier = {};  // what a run that is resumed had done
};
// REQUIRES: `setting.named` is ready; its world is changed as the command line says. Errors:
// usage.*, ensemble.measure, those of read_ensemble, society.resume (nothing is left to live).
std::optional<Error> take_options(const Arguments& arguments, RunSetting& setting);

// The error of a measure that does not exist, with the nearest one.
std::optional<Error> unknown_measure(const std::string& id);

// The command that makes the same results again, wherever it is given.
std::string command_text(const Arguments& arguments, const World& world);

}  // namespace credence
