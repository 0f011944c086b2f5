#include <credence/published/check_list.h>
#include <credence/published/models.h>
#include <credence/published/strategic.h>

#include <algorithm>

namespace credence {
namespace {

constexpr std::string_view kStrategicSource =
    "Milli et al. 2019, The Social Cost of Strategic Classification; Hu et al. 2019";
constexpr std::size_t kApplicants = 1'000'000;  // in each group

struct AdmissionRow {
  double threshold;
  std::array<double, 2> accuracy;
  double both;
  std::array<double, 2> admitted, burden;
};

constexpr std::array kAdmissionRows = {
    AdmissionRow{.55, {.3753, .6171}, .4962, {.9332, .6915}, {0, 0}},
    AdmissionRow{.60, {.4672, .8085}, .6379, {.8413, .5000}, {.0199, .0398}},
    AdmissionRow{.65, {.6171, 1.0000}, .8085, {.6915, .3085}, {.0700, .1400}},
    AdmissionRow{.70, {.8085, .8501}, .8293, {.5000, .1587}, {.1368, .2735}},
    AdmissionRow{.75, {1.0000, .7583}, .8791, {.3085, .0668}, {.2106, .4213}},
    AdmissionRow{.80, {.8501, .7142}, .7822, {.1587, .0228}, {.2870, .5739}},
};

double both_groups(const AdmissionOutcomes& outcomes) {
  return (outcomes[0].accuracy + outcomes[1].accuracy) / 2;
}

void check_closed(CheckList& list, const AdmissionRow& row, const AdmissionOutcomes& ours) {
  std::string at = "closed form, threshold " + shown_number(row.threshold, 2) + ": ";
  for (std::size_t group = 0; group < 2; ++group) {
    std::string of = group == 0 ? ", cost 5" : ", cost 10";
    list.exact("E1", at + "accuracy" + of, row.accuracy[group], ours[group].accuracy, 1e-4);
    list.exact("E1", at + "share admitted" + of, row.admitted[group], ours[group].admitted, 1e-4);
    list.exact("E1", at + "burden" + of, row.burden[group], ours[group].burden, 1e-4);
  }
  list.exact("E1", at + "accuracy, both groups", row.both, both_groups(ours), 1e-4);
}

void check_agents(CheckList& list, const AdmissionRow& row, const AdmissionOutcomes& ours) {
  std::string at = "applicants, threshold " + shown_number(row.threshold, 2) + ": ";
  for (std::size_t group = 0; group < 2; ++group) {
    std::string of = group == 0 ? ", cost 5" : ", cost 10";
    list.sampled("E2", at + "accuracy" + of, row.accuracy[group], ours[group].accuracy, .002,
                 kApplicants);
    list.sampled("E2", at + "share admitted" + of, row.admitted[group], ours[group].admitted, .002,
                 kApplicants);
    // One person's burden varies by up to .95: four standard errors of a million.
    list.sampled("E2", at + "burden" + of, row.burden[group], ours[group].burden, .004,
                 kApplicants);
  }
}

// Common thresholds from .550 to .850.
std::vector<double> threshold_grid(int steps) {
  std::vector<double> grid;
  for (int step = 0; step <= steps; ++step) grid.push_back(.55 + .3 * step / steps);
  return grid;
}

double best_of(const std::vector<double>& grid, const std::vector<AdmissionOutcomes>& outcomes) {
  auto best = std::max_element(outcomes.begin(), outcomes.end(), [](const auto& a, const auto& b) {
    return both_groups(a) < both_groups(b);
  });
  return grid[static_cast<std::size_t>(best - outcomes.begin())];
}

void check_optimum(CheckList& list, const AdmissionRules& rules, std::size_t applicants,
                   std::uint32_t seed, Crew& crew) {
  std::vector<double> fine = threshold_grid(3000), coarse = threshold_grid(30);
  std::vector<AdmissionOutcomes> outcomes;
  for (double threshold : fine) outcomes.push_back(expect_admission(rules, threshold));
  list.exact("E1", "closed form: best common threshold, in steps of .0001", .75,
             best_of(fine, outcomes), 1e-9);
  list.exact("E2", "applicants: best common threshold, in steps of .01", .75,
             best_of(coarse, run_admission(rules, coarse, applicants, seed, crew)), 1e-9);
}

// What holds between the rows, by the applicants of run_admission().
void check_properties(CheckList& list, const std::vector<AdmissionOutcomes>& rows) {
  bool rises = true, dearer_out = true, cheaper_in = true;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto& [cheap, dear] = rows[row];
    if (row > 0 && kAdmissionRows[row].threshold <= .75) {
      rises = rises && both_groups(rows[row]) > both_groups(rows[row - 1]);
      rises = rises && cheap.burden > rows[row - 1][0].burden;
      rises = rises && dear.burden > rows[row - 1][1].burden;
    }
    if (kAdmissionRows[row].threshold > .65) {
      dearer_out = dearer_out && dear.wrongly_out > 0 && !(dear.wrongly_in > 0);
    }
    if (kAdmissionRows[row].threshold < .75) {
      cheaper_in = cheaper_in && cheap.wrongly_in > 0 && !(cheap.wrongly_out > 0);
    }
  }
  list.claim("E2", "from .55 to .75 the college's accuracy and both groups' burden rise together",
             rises);
  list.claim("E2", "above .65 the group with the higher cost is wrongly excluded, never admitted",
             dearer_out);
  list.claim("E2", "below .75 the group with the lower cost is wrongly admitted, never excluded",
             cheaper_in);
}

}  // namespace

std::vector<PublishedCheck> check_strategic(const AdmissionRules& rules,
                                            const PublishedSetting& setting, Crew& crew) {
  CheckList list(kStrategicSource, setting.effort);
  std::size_t applicants = std::min<std::size_t>(list.runs(kApplicants), 1'000'000'000);
  std::vector<double> thresholds;
  for (const AdmissionRow& row : kAdmissionRows) thresholds.push_back(row.threshold);
  auto agents = run_admission(rules, thresholds, applicants, setting.seed, crew);
  for (std::size_t row = 0; row < kAdmissionRows.size(); ++row) {
    check_closed(list, kAdmissionRows[row], expect_admission(rules, thresholds[row]));
    check_agents(list, kAdmissionRows[row], agents[row]);
  }
  check_optimum(list, rules, applicants, setting.seed, crew);
  check_properties(list, agents);
  return list.take();
}

std::vector<PublishedCheck> strategic_checks(const PublishedSetting& setting, Crew& crew) {
  return check_strategic({}, setting, crew);
}

}  // namespace credence
