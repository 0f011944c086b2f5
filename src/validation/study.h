#pragma once

#include <credence/monitor/calibration.h>
#include <credence/monitor/discrimination.h>
#include <credence/monitor/tie_groups.h>
#include <credence/validation/validation.h>

#include <optional>
#include <span>
#include <vector>

namespace credence {

// Some rows of a sample, copied out.
struct Rows {
  std::vector<std::int32_t> scores;
  std::vector<std::uint8_t> bad;
  std::vector<double> weights;        // empty: 1 each
  std::vector<double> probabilities;  // empty: by the card's scaling, or not known

  ScoredSample scored() const { return {scores, bad, weights}; }
  void take(const ValidationSample& sample, std::size_t row);
};

// A sample that was checked, with what every section needs of it.
struct StudiedSample {
  const ValidationSample* sample = nullptr;
  Text name;
  std::vector<TieGroup> groups;
  ClassTally all;
  std::vector<PredictedGroup> predicted;  // empty: no probabilities
  std::optional<Discrimination> discrimination;

  bool both_classes() const { return all.bad_records > 0 && all.good_records > 0; }
};

struct Study {
  const ValidationInput* input = nullptr;
  std::vector<StudiedSample> samples;  // development, test, out of time

  const StudiedSample& headline() const { return samples.back(); }
  const StudiedSample* development() const;  // nullptr: none was given
  // The development sample where it is not the headline itself.
  const StudiedSample* before() const;
  // Probabilities of these rows; empty when neither rows nor card know them.
  std::vector<PredictedGroup> predicted(const Rows& rows) const;
};

// Checks everything that was given. Errors: see validate().
Result<Study> study(const ValidationInput& input);

// The parts of the pack, in its order.
PackSection samples_section(const Study& study);
PackSection discrimination_section(const Study& study);
PackSection calibration_section(const Study& study);
PackSection stability_section(const Study& study);
PackSection time_section(const Study& study);
PackSection variables_section(const Study& study);
PackSection cut_off_section(const Study& study);
// Against another card; only where a sample has its scores.
PackSection comparison_section(const Study& study);
PackSection disparity_section(const Study& study);
PackSection specification_section(const Study& study);
PackSection methods_section(const Study& study);

}  // namespace credence
