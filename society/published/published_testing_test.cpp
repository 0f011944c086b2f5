#include <credence/published/published_testing.h>

#include <bit>
#include <cstdint>

namespace credence::testing {

std::string red_checks(const std::vector<PublishedCheck>& checks) {
  std::string red;
  for (const PublishedCheck& check : checks) {
    if (check.holds()) continue;
    red += check.id + " " + check.what + ": published " + std::to_string(check.published) +
           ", ours " + std::to_string(check.ours) + "\n";
  }
  return red;
}

bool same_for_all_threads(const PublishedRun& run, const PublishedSetting& setting) {
  std::vector<std::vector<std::uint64_t>> seen;
  for (unsigned threads : {1U, 2U, 3U}) {
    Crew crew(threads);
    std::vector<std::uint64_t> bits;
    for (const PublishedCheck& check : run(setting, crew))
      bits.push_back(std::bit_cast<std::uint64_t>(check.ours));
    seen.push_back(bits);
  }
  return !seen[0].empty() && seen[0] == seen[1] && seen[0] == seen[2];
}

PublishedSetting small_setting() {
  PublishedSetting setting;
  setting.effort = .05;
  return setting;
}

}  // namespace credence::testing
