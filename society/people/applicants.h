#pragma once

#include <credence/base/result.h>
#include <credence/base/time.h>

#include <cstdint>
#include <functional>
#include <string_view>

namespace credence {

// A table of history of applicants who do not exist, for trying the workshop out: answers and what
// came of each loan. The rules are invented (no source), made to look like a bureau's data: amounts
// with long tails, codes that are no amounts, cells that are missing for a reason, answers that
// hang together, a column that only repeats another, one of pure noise, and a group that is kept
// apart for the audit and has no influence on anything.
struct ApplicantsPlan {
  std::uint64_t rows = 20'000;  // 1 to 100,000,000
  std::uint64_t seed = 1;
  Date until;                // the last application's day
  std::uint32_t days = 730;  // back from it
};

// Called with whole lines of CSV, the header first. The same plan gives the same bytes.
using ApplicantsSink = std::function<Result<Done>(std::string_view lines)>;
Result<std::uint64_t> write_applicants(const ApplicantsPlan& plan, const ApplicantsSink& sink);

}  // namespace credence
