#pragma once

#include <credence/clockwork/crew.h>
#include <credence/published/published.h>

#include <functional>
#include <string>
#include <vector>

namespace credence::testing {

// The checks that do not hold, one a line; empty where all do.
std::string red_checks(const std::vector<PublishedCheck>& checks);

// Whether a model gives the same numbers, bit for bit, for 1, 2 and 3 threads.
using PublishedRun = std::function<std::vector<PublishedCheck>(const PublishedSetting&, Crew&)>;
bool same_for_all_threads(const PublishedRun& run, const PublishedSetting& setting);

// Small enough for a unit test: a twentieth of the replicates.
PublishedSetting small_setting();

}  // namespace credence::testing
