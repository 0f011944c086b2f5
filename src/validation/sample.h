#pragma once

#include <credence/base/time.h>
#include <credence/scorecard/scoring.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace credence {

// People whose outcome is known, with what the card says of them. Every filled list has one entry
// per row; lists may stay empty where marked, and what needs them is then said to be missing.
struct ValidationSample {
  enum class Role { development, test, out_of_time };
  // Membership of groups kept for the audit alone; never an input of the card.
  struct Groups {
    std::string name = {};
    std::vector<std::int32_t> codes = {};  // into labels; -1: not known
    std::vector<std::string> labels = {};
    std::string reference = {};  // a label; empty: the largest group
  };
  struct Quality {  // of one column
    std::string column = {};
    double records = 0, missing = 0, special = 0, unknown = 0, distinct = 0;
    std::optional<double> lowest = {}, median = {},
                          highest = {};  // of numbers, special codes left out
  };
  Role role = Role::test;
  std::string name = {};  // as printed: "2024 holdout"; empty: the role's own words
  std::vector<std::int32_t> scores = {};
  std::vector<double> probabilities =
      {};  // of bad, 0 to 1; may be empty: then by the card's scaling
  // What another card says of the same people, high is safe: the one in use, or a challenger. May
  // be empty.
  std::vector<std::int32_t> other_scores = {};
  Outcome outcome = {};
  std::vector<std::vector<std::uint16_t>> cells =
      {};                                        // per variable of the card, then row; may be empty
  std::vector<std::optional<Date>> dates = {};   // when the account was opened; may be empty
  std::vector<std::int32_t> months_to_bad = {};  // whole months, -1 for a good; may be empty
  std::vector<Groups> groups = {};
  std::vector<Quality> quality = {};  // may be empty
};

// Which columns of a table say what.
struct SampleColumns {
  ValidationSample::Role role = ValidationSample::Role::test;
  std::string name = {};
  std::string date = {};           // "2024-03-31", "2024-03", 202403, 20240331, or days since 1970
  std::string months_to_bad = {};  // a column of numbers, missing for a good
  std::vector<std::string> groups = {};
  std::vector<std::string> references = {};  // beside `groups`; may be shorter
  unsigned threads = 1;
};

// Scores, cells, dates, groups and data quality in one step. Errors: those of score_table();
// validation.column (no such column: the nearest name), validation.date (which row, what stood
// there), validation.rows.
Result<ValidationSample> sample_of(const Scorecard& card, const Table& table, Outcome outcome,
                                   const SampleColumns& columns);

// The rows before `from` keep the role; those from it on are out of time. Rows without a date stay
// with the first. REQUIRES: the sample has dates.
std::pair<ValidationSample, ValidationSample> split_by_date(const ValidationSample& sample,
                                                            Date from);

}  // namespace credence
