#include <credence/clockwork/crew.h>
#include <credence/clockwork/statistics.h>
#include <credence/published/check_list.h>
#include <credence/published/conformism.h>
#include <credence/published/models.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>

namespace credence {
namespace {

constexpr std::string_view kEmperorSource = "Centola, Willer and Macy 2005, The Emperor's Dilemma";
constexpr std::string_view kThresholdSource =
    "Granovetter 1978, Threshold models of collective behavior";
constexpr std::size_t kCourts = 400;

// Two samples of 400: four standard errors of the difference of their means.
constexpr double kErrorsOfSpread = .28;

struct EmperorCase {
  const char* name;
  EmperorRules rules;
  // Where the reference gives no spread (other shares of believers, costs and schedules): ours.
  double mean, spread;
  double cascades = -1;  // share of runs in which more than half comply, where published
};

constexpr EmperorRules everybody(double believers) {
  return {.network = EmperorNetwork::everybody, .believers = believers};
}
constexpr EmperorRules scattered(double believers) {
  return {.seats = EmperorSeats::scattered, .believers = believers};
}
constexpr EmperorRules rewired(double believers, double share) {
  return {.believers = believers, .rewired = share};
}
constexpr EmperorRules at_cost(double cost) {
  return {.cost = cost};
}

enum EmperorRow : std::size_t {
  everybody_1,
  everybody_5,
  clustered_1,
  clustered_5,
  scattered_1,
  scattered_5,
  rewired_tenth_1,
  rewired_tenth_5,
  rewired_more_1,
  rewired_more_5,
};

const std::array kEmperorCases = {
    EmperorCase{"all know all, 1 % believers", everybody(.01), .036, .005},
    EmperorCase{"all know all, 5 % believers", everybody(.05), .175, .011},
    EmperorCase{"torus, clustered, 1 % believers", {}, .906, .270, .90},
    EmperorCase{"torus, clustered, 5 % believers", {.believers = .05}, .989, .056},
    EmperorCase{"torus, scattered, 1 % believers", scattered(.01), .337, .448, .32},
    EmperorCase{"torus, scattered, 5 % believers", scattered(.05), .992, .008},
    EmperorCase{"clustered, a tenth rewired, 1 % believers", rewired(.01, .1), .489, .461, .44},
    EmperorCase{"clustered, a tenth rewired, 5 % believers", rewired(.05, .1), .890, .262},
    EmperorCase{"clustered, 30 % rewired, 1 % believers", rewired(.01, .3), .044, .051, .003},
    EmperorCase{"clustered, 30 % rewired, 5 % believers", rewired(.05, .3), .359, .368},
    EmperorCase{"all know all, 10 % believers", everybody(.10), .327, .007},
    EmperorCase{"all know all, 15 % believers", everybody(.15), .365, .061},
    EmperorCase{"all know all, 20 % believers", everybody(.20), .998, .03},
    EmperorCase{"torus, clustered, 1 % believers, cost .08", at_cost(.08), .933, .129},
    EmperorCase{"torus, clustered, 1 % believers, cost .10", at_cost(.10), .985, .087},
    EmperorCase{"torus, clustered, 1 % believers, cost .15", at_cost(.15), .672, .444},
    EmperorCase{"torus, clustered, 1 % believers, cost .20", at_cost(.20), .031, .027},
    EmperorCase{"torus, clustered, 1 % believers, all at once",
                {.schedule = EmperorSchedule::all_at_once},
                .640,
                .433},
};

using CourtShares = std::array<std::vector<double>, kEmperorCases.size()>;

CourtShares shares_of_courts(const ConformismChange& change, std::size_t runs,
                             const PublishedSetting& setting, Crew& crew) {
  CourtShares shares;
  for (auto& of_case : shares) of_case.resize(runs);
  crew.each(runs, [&](std::size_t run, unsigned) {
    EmperorLuck luck(KeyedDraws(setting.seed, static_cast<std::uint32_t>(run)));
    for (std::size_t at = 0; at < kEmperorCases.size(); ++at) {
      EmperorRules rules = kEmperorCases[at].rules;
      rules.enforces = change.enforces;
      rules.cost *= change.cost_times;
      shares[at][run] = emperor_compliance(rules, luck);
    }
  });
  return shares;
}

double cascades_of(const std::vector<double>& shares) {
  auto cascades = std::count_if(shares.begin(), shares.end(), [](double s) { return s > .5; });
  return static_cast<double>(cascades) / static_cast<double>(shares.size());
}

void check_courts(CheckList& list, const CourtShares& shares) {
  for (std::size_t at = 0; at < kEmperorCases.size(); ++at) {
    const EmperorCase& court = kEmperorCases[at];
    ReplicateSpread spread = spread_of(shares[at]);
    list.sampled("H1", std::string(court.name) + ": share complying", court.mean, spread.mean,
                 kErrorsOfSpread * court.spread, kCourts);
    if (court.cascades < 0) continue;
    // Bimodal: a mean alone would describe a run that never happens.
    double p = court.cascades;
    list.sampled("H1", std::string(court.name) + ": share of runs with a cascade", p,
                 cascades_of(shares[at]), 4 * std::sqrt(2 * p * (1 - p) / kCourts), kCourts);
  }
}

void check_orders(CheckList& list, const CourtShares& shares) {
  auto cascades = [&](EmperorRow row) { return cascades_of(shares[row]); };
  list.claim("H1", "no cascade where all know all and believers are few",
             cascades(everybody_1) == 0 && cascades(everybody_5) == 0);
  list.claim("H1", "the same believers cascade where ties are local",
             cascades(clustered_1) > .5 && cascades(clustered_5) > .9);
  list.claim("H1", "ties that bridge hold cascades back, the more the more there are",
             cascades(clustered_1) > cascades(rewired_tenth_1) &&
                 cascades(rewired_tenth_1) > cascades(rewired_more_1) &&
                 cascades(clustered_5) > cascades(rewired_more_5));
  list.claim("H1", "few believers do more side by side than scattered",
             cascades(clustered_1) > cascades(scattered_1));
}

void check_thresholds(CheckList& list) {
  std::vector<std::uint32_t> thresholds(100);
  std::iota(thresholds.begin(), thresholds.end(), 0U);
  list.exact("H2", "thresholds 0 to 99: acting in the end", 100, acting_in_the_end(thresholds), 0);
  thresholds[1] = 2;
  list.exact("H2", "the same with the 1 replaced by a 2", 1, acting_in_the_end(thresholds), 0);
  struct Row {
    double deviation, acting, within;
  };
  for (const Row& row : std::array<Row, 4>{
           {{11, 1.713, 5e-4}, {12, 4.021, 5e-4}, {12.2, 5.479, 5e-4}, {12.3, 100, .5}}}) {
    list.exact("H2",
               "thresholds normal around 25 with deviation " + shown_number(row.deviation, 1) +
                   ": acting in the end, of 100",
               row.acting, acting_in_the_end(25, row.deviation), row.within);
  }
  list.exact("H2", "thresholds normal around 25: the deviation from which on all act", 12.2221,
             deviation_of_the_jump(25), 5e-5);
}

}  // namespace

std::vector<PublishedCheck> check_conformism(const ConformismChange& change,
                                             const PublishedSetting& setting, Crew& crew) {
  CheckList courts(kEmperorSource, setting.effort), crowds(kThresholdSource, setting.effort);
  CourtShares shares = shares_of_courts(change, courts.runs(kCourts), setting, crew);
  check_courts(courts, shares);
  check_orders(courts, shares);
  check_thresholds(crowds);
  auto checks = courts.take();
  for (PublishedCheck& check : crowds.take()) checks.push_back(std::move(check));
  return checks;
}

std::vector<PublishedCheck> conformism_checks(const PublishedSetting& setting, Crew& crew) {
  return check_conformism({}, setting, crew);
}

}  // namespace credence
