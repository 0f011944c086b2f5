#include <credence/clockwork/crew.h>
#include <credence/clockwork/statistics.h>
#include <credence/published/check_list.h>
#include <credence/published/models.h>
#include <credence/published/reputation.h>

#include <array>

namespace credence {
namespace {

constexpr std::string_view kReputationSource =
    "Nowak and Sigmund 1998, Evolution of indirect reciprocity by image scoring; Ohtsuki and "
    "Iwasa 2006, The leading eight";
constexpr std::size_t kStandingRuns = 40;

constexpr std::array<std::string_view, kStandingNorms> kNormNames = {"image scoring", "standing",
                                                                     "stern judging", "shunning"};

// The reference has one row for the two norms under which refusing somebody bad costs standing
// (image scoring, shunning) and one for the two under which it does not.
struct StandingRow {
  JudgingErrors errors;
  double costly, costly_simulated, costly_within;
  double free, free_simulated, free_within;
};
constexpr std::array<StandingRow, 3> kStandingRows = {{
    {{.01, .01}, .33557, .3370, .014, .98039, .9804, .0003},
    {{.05, .05}, .34483, .3445, .003, .90909, .9091, .0004},
    {{0, .02}, .50000, .5017, .010, .98000, .9800, .0003},
}};

// By world: the mean over replicates.
std::vector<double> mean_standing(const StandingRun& run, std::size_t replicates,
                                  const PublishedSetting& setting, Crew& crew) {
  std::array<JudgingErrors, kStandingRows.size()> errors;
  for (std::size_t row = 0; row < errors.size(); ++row) errors[row] = kStandingRows[row].errors;
  std::vector<std::vector<double>> shares(replicates);
  crew.each(replicates, [&](std::size_t replicate, unsigned) {
    const KeyedDraws draws(setting.seed, static_cast<std::uint32_t>(replicate));
    shares[replicate] = good_standing(run, errors, draws);
  });
  std::vector<double> means;
  for (std::size_t world = 0; world < errors.size() * kStandingNorms; ++world) {
    std::vector<double> of_world;
    for (const auto& replicate : shares) of_world.push_back(replicate[world]);
    means.push_back(spread_of(of_world).mean);
  }
  return means;
}

void check_standing_row(CheckList& list, const StandingRow& row, std::span<const double> means) {
  std::string errors = " (slips " + shown_number(row.errors.slip, 2) + ", misjudged " +
                       shown_number(row.errors.misjudged, 2) + "): share in good standing";
  for (std::size_t at = 0; at < kStandingNorms; ++at) {
    auto norm = static_cast<StandingNorm>(at);
    bool costly = norm == StandingNorm::image_scoring || norm == StandingNorm::shunning;
    std::string name = std::string(kNormNames[at]) + errors;
    list.exact("G1", name + ", exact", costly ? row.costly : row.free,
               expected_good_standing(norm, row.errors), 5e-6);
    list.sampled("G1", name + ", simulated", costly ? row.costly_simulated : row.free_simulated,
                 means[at], costly ? row.costly_within : row.free_within, kStandingRuns);
  }
}

void check_discriminators(CheckList& list) {
  struct Row {
    double known, threshold;
  };
  for (const Row& row : std::array{Row{.2, .4444}, Row{.5, .1111}, Row{.9, .0123}}) {
    HelpingGame game{.known = row.known};
    double threshold = invasion_threshold(game);
    std::string known =
        "discriminators against defectors, known with " + shown_number(row.known, 1) + ": ";
    list.exact("G2", known + "invasion threshold", row.threshold, threshold, 5e-5);
    list.exact("G2", known + "end from 5 % below the threshold", 0,
               discriminators_in_the_end(game, .95 * threshold), 0);
    list.exact("G2", known + "end from 5 % above the threshold", 1,
               discriminators_in_the_end(game, 1.05 * threshold), 0);
  }
  // On both sides of known = cost / benefit.
  list.claim("G2", "discriminators are stable only where a standing is known more often than c / b",
             discriminators_in_the_end({.known = .09}, .999) == 0 &&
                 discriminators_in_the_end({.known = .11}, .999) == 1);
}

}  // namespace

std::vector<PublishedCheck> check_reputation(const StandingRun& run,
                                             const PublishedSetting& setting, Crew& crew) {
  CheckList list(kReputationSource, setting.effort);
  auto means = mean_standing(run, list.runs(kStandingRuns), setting, crew);
  std::span<const double> worlds = means;
  for (std::size_t row = 0; row < kStandingRows.size(); ++row) {
    check_standing_row(list, kStandingRows[row],
                       worlds.subspan(row * kStandingNorms, kStandingNorms));
  }
  const auto standing = static_cast<std::size_t>(StandingNorm::standing);
  list.claim("G1", "one clause (refusing somebody bad is free) keeps three fifths in good standing",
             means[standing] - means[0] > .6);
  check_discriminators(list);
  return list.take();
}

std::vector<PublishedCheck> reputation_checks(const PublishedSetting& setting, Crew& crew) {
  return check_reputation({}, setting, crew);
}

}  // namespace credence
