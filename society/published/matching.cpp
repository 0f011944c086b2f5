#include <credence/clockwork/draw.h>
#include <credence/clockwork/functions.h>
#include <credence/published/matching.h>

#include <algorithm>

namespace credence {
namespace {

constexpr Purpose kMatch{1200};
constexpr Purpose kWanted{1201};
constexpr std::uint32_t kCamerasACall = 4;

}  // namespace

double search_false_rate(double match_rate, double candidates) {
  return match_rate < 1 ? 1 - exact_exp(candidates * exact_log(1 - match_rate)) : 1;
}

double comparison_false_rate(double search_rate, double candidates) {
  return search_rate < 1 ? 1 - exact_exp(exact_log(1 - search_rate) / candidates) : 1;
}

double alert_precision(double prevalence, double true_rate, double false_rate) {
  double right = prevalence * true_rate, wrong = (1 - prevalence) * false_rate;
  return right / (right + wrong);
}

double yearly_risk(double false_rate, double scans_a_day) {
  return search_false_rate(false_rate, 365 * scans_a_day);
}

CrowdAlerts crowd_alerts(const CrowdRules& rules, const KeyedDraws& draws) {
  CrowdAlerts alerts;
  for (std::uint32_t person = 0; person < rules.people; ++person) {
    double scan = KeyedDraws::to_unit(draws.words(person, 0, kMatch)[0]);
    double wanted = draws.uniform(person, 0, kWanted);
    for (std::size_t p = 0; p < rules.prevalence.size(); ++p) {
      if (wanted < rules.prevalence[p]) {
        ++alerts.wanted[p];
        alerts.found[p] += scan < rules.true_rate;
        continue;
      }
      for (std::size_t rate = 0; rate < rules.false_rate.size(); ++rate) {
        alerts.false_alerts[p][rate] += scan < rules.false_rate[rate];
      }
    }
  }
  return alerts;
}

std::array<std::uint32_t, 3> closest_match_of_year(std::uint32_t person, const KeyedDraws& draws) {
  std::array<std::uint32_t, 3> closest{UINT32_MAX, UINT32_MAX, UINT32_MAX};
  for (std::uint32_t day = 0; day < 365; ++day) {
    for (std::uint32_t scan = 0; scan < kScansADay.back(); scan += kCamerasACall) {
      auto luck = draws.words(person, day, kMatch, scan / kCamerasACall);
      for (std::uint32_t at = 0; at < kCamerasACall; ++at) {
        for (std::size_t habit = 0; habit < kScansADay.size(); ++habit) {
          if (scan + at < kScansADay[habit]) closest[habit] = std::min(closest[habit], luck[at]);
        }
      }
    }
  }
  return closest;
}

bool misread(std::uint32_t person, std::uint32_t day, std::uint32_t camera, double false_rate,
             const KeyedDraws& draws) {
  auto luck = draws.uniforms(person, day, kMatch, camera / kCamerasACall);
  return luck[camera % kCamerasACall] < false_rate;
}

}  // namespace credence
