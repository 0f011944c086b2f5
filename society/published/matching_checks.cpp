#include <credence/clockwork/crew.h>
#include <credence/published/check_list.h>
#include <credence/published/matching.h>
#include <credence/published/models.h>

#include <cmath>

namespace credence {
namespace {

constexpr std::string_view kMatchingSource =
    "National Physical Laboratory 2023, Facial Recognition Technology in Law Enforcement (rates); "
    "Grother, Ngan and Hanaoka 2019, NIST IR 8280 (groups)";
constexpr std::size_t kCrowds = 400;
constexpr std::size_t kYears = 20'000;  // people whose year is lived

struct PrecisionRow {
  const char* prevalence;
  std::array<double, 2> published;  // F = 1/6,000 and 1/60,000
};
constexpr std::array<PrecisionRow, 3> kPrecision = {{
    {"1 in 1,000", {.84240, .98164}},
    {"1 in 10,000", {.34813, .84228}},
    {"1 in 100,000", {.05069, .34811}},
}};
constexpr std::array kRateNames = {"1/6,000", "1/60,000"};

struct RiskRow {
  const char* name;
  double rate;
  std::array<double, 3> published;  // 1, 5, 20 scans a day
};
constexpr std::array<RiskRow, 6> kRisks = {{
    {"1/6,000", 1. / 6000, {.0590, .2623, .7038}},
    {"1/6,000, a group with ten times the rate", 10. / 6000, {.4560, .9524, 1}},
    {"1/33,000", 1. / 33'000, {.0110, .0538, .1985}},
    {"1/33,000, a group with ten times the rate", 10. / 33'000, {.1047, .4248, .8906}},
    {"1/60,000", 1. / 60'000, {.0061, .0300, .1146}},
    {"1/60,000, a group with ten times the rate", 10. / 60'000, {.0590, .2623, .7038}},
}};

CrowdAlerts alerts_of_crowds(const CrowdRules& rules, std::size_t crowds,
                             const PublishedSetting& setting, Crew& crew) {
  std::vector<CrowdAlerts> each(crowds);
  crew.each(crowds, [&](std::size_t crowd, unsigned) {
    each[crowd] = crowd_alerts(rules, KeyedDraws(setting.seed, static_cast<std::uint32_t>(crowd)));
  });
  CrowdAlerts sum;
  for (const CrowdAlerts& crowd : each) {
    for (std::size_t p = 0; p < sum.found.size(); ++p) {
      sum.wanted[p] += crowd.wanted[p];
      sum.found[p] += crowd.found[p];
      for (std::size_t rate = 0; rate < 2; ++rate)
        sum.false_alerts[p][rate] += crowd.false_alerts[p][rate];
    }
  }
  return sum;
}

// Four standard errors of a share over so many, as rounded in the reference.
double four_errors(double share, double count) {
  return 4 * std::sqrt(share * (1 - share) / count) + 5e-5;
}

void check_crowds(CheckList& list, const CrowdRules& rules, const PublishedSetting& setting,
                  Crew& crew) {
  std::size_t crowds = list.runs(kCrowds);
  CrowdAlerts alerts = alerts_of_crowds(rules, crowds, setting, crew);
  for (std::size_t p = 0; p < kPrecision.size(); ++p) {
    for (std::size_t rate = 0; rate < 2; ++rate) {
      double published = kPrecision[p].published[rate];
      std::string name = std::string("wanted ") + kPrecision[p].prevalence + ", false alerts " +
                         kRateNames[rate] + ": share of alerts that are right";
      list.exact("I1", name, published,
                 alert_precision(rules.prevalence[p], rules.true_rate, rules.false_rate[rate]),
                 5e-6 + 1e-9);
      auto found = static_cast<double>(alerts.found[p]);
      auto wrong = static_cast<double>(alerts.false_alerts[p][rate]);
      double of_reference = kCrowds * 1e5 * (rules.prevalence[p] * kTrueMatchRate / published);
      list.sampled("I1", name + ", people in crowds", published, found / (found + wrong),
                   four_errors(published, of_reference), kCrowds);
    }
  }
  auto mean = [&](std::uint64_t count) {
    return static_cast<double>(count) / static_cast<double>(crowds);
  };
  list.exact("I1", "crowd of 100,000, wanted 1 in 10,000: true alerts", 8.90,
             1e5 * rules.prevalence[1] * rules.true_rate, .005);
  list.exact("I1", "crowd of 100,000, wanted 1 in 10,000: false alerts", 16.66,
             1e5 * (1 - rules.prevalence[1]) * rules.false_rate[0], .0051);
  list.sampled("I1", "crowd of 100,000, wanted 1 in 10,000: true alerts, people in crowds", 8.90,
               mean(alerts.found[1]), 4 * std::sqrt(8.9 / kCrowds), kCrowds);
  list.sampled("I1", "crowd of 100,000, wanted 1 in 10,000: false alerts, people in crowds", 16.66,
               mean(alerts.false_alerts[1][0]), 4 * std::sqrt(16.66 / kCrowds), kCrowds);
}

void check_years(CheckList& list, double false_times, const PublishedSetting& setting, Crew& crew) {
  std::size_t people = list.runs(kYears);
  std::vector<std::array<std::uint32_t, 3>> closest(people);
  const KeyedDraws draws(setting.seed, 0);
  crew.work(people, [&](const PeopleBlock& block, unsigned) {
    for (std::size_t person = block.first; person < block.last; ++person)
      closest[person] = closest_match_of_year(static_cast<std::uint32_t>(person), draws);
  });
  for (const RiskRow& row : kRisks) {
    double rate = row.rate * false_times;
    for (std::size_t habit = 0; habit < kScansADay.size(); ++habit) {
      std::size_t mistaken = 0;
      for (const auto& year : closest) mistaken += KeyedDraws::to_unit(year[habit]) < rate;
      double published = row.published[habit];
      std::string name = std::string("false match rate ") + row.name + ", " +
                         std::to_string(kScansADay[habit]) + (habit == 0 ? " scan" : " scans") +
                         " a day: mistaken within a year";
      list.exact("I1", name, published, yearly_risk(rate, kScansADay[habit]), 5e-5);
      list.sampled("I1", name + ", people", published,
                   static_cast<double>(mistaken) / static_cast<double>(people),
                   four_errors(published, kYears), kYears);
    }
  }
}

// Two twins of each person walk past the same cameras; the second avoids one of them.
bool twins_are_misread_alike(const PublishedSetting& setting) {
  constexpr std::uint32_t kPeople = 500, kDays = 30, kCameras = 6, kAvoided = 2;
  constexpr double kOften = .02;
  const KeyedDraws draws(setting.seed, 0);
  std::uint32_t first = 0, second = 0, avoided = 0;
  for (std::uint32_t person = 0; person < kPeople; ++person) {
    for (std::uint32_t day = 0; day < kDays; ++day) {
      for (std::uint32_t camera = 0; camera < kCameras; ++camera)
        first += misread(person, day, camera, kOften, draws);
      // The other twin's way is another one, and leads past the cameras in another order.
      for (std::uint32_t camera = kCameras; camera-- > 0;) {
        if (camera != kAvoided) second += misread(person, day, camera, kOften, draws);
      }
      avoided += misread(person, day, kAvoided, kOften, draws);
    }
  }
  return avoided > 0 && first == second + avoided;
}

}  // namespace

std::vector<PublishedCheck> check_matching(const MatchingChange& change,
                                           const PublishedSetting& setting, Crew& crew) {
  CheckList list(kMatchingSource, setting.effort);
  CrowdRules rules;
  rules.true_rate = change.true_rate;
  for (double& rate : rules.false_rate) rate *= change.false_times;
  list.exact("I1", "1/6,000 in a search among 10,000: rate of one comparison, in 1e-8", 1.667,
             comparison_false_rate(rules.false_rate[0], 10'000) * 1e8, 5e-4);
  list.exact("I1", "and back: false positive rate of the search, times 6,000", 1,
             search_false_rate(1.667e-8, 10'000) * 6000, 5e-4);
  check_crowds(list, rules, setting, crew);
  check_years(list, change.false_times, setting, crew);
  list.claim("I1", "the same face is misread in both twins, except where one of them does not walk",
             twins_are_misread_alike(setting));
  return list.take();
}

std::vector<PublishedCheck> matching_checks(const PublishedSetting& setting, Crew& crew) {
  return check_matching({}, setting, crew);
}

}  // namespace credence
