#pragma once

#include <credence/base/result.h>
#include <credence/base/time.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace credence {

// Which sample to make of people who do not exist, for trying Credence out: a population whose
// bills, incomes, overdrafts and rentals fit the deposit-free programme. The rules of life are
// invented (no source); they are made to be plausible and varied, not to estimate anything.
struct SamplePlan {
  std::uint32_t people = 2000;  // 1 to 10,000,000
  std::uint32_t months = 24;    // 1 to 240, back from `until`
  std::uint64_t seed = 1;
  Date until;               // nothing happens after this day
  std::uint32_t flaws = 0;  // lines of bills.csv that are broken on purpose, as in real exports
};

struct SampleCounts {
  std::uint64_t people = 0, events = 0, flaws = 0;
};

// Called with a file's name (people.csv, bills.csv, incomes.csv, overdrafts.csv, rentals.jsonl) and
// whole lines.
using SampleSink = std::function<Result<Done>(std::string_view file, std::string_view lines)>;

// The same plan gives the same bytes on every machine.
Result<SampleCounts> write_sample(const SamplePlan& plan, const SampleSink& sink);

}  // namespace credence
