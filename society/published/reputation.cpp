#include <credence/base/expects.h>
#include <credence/published/reputation.h>

#include <array>
#include <cmath>

namespace credence {
namespace {

constexpr Purpose kHelping{1000};
constexpr std::size_t kMostWorlds = 16;

// Sixteen worlds side by side, one bit each: the standing of a person in all of them.
using Worlds = std::uint16_t;

// A word below the limit has the chance, to 2^-32.
std::uint64_t limit_of(double chance) {
  return static_cast<std::uint64_t>(std::llround(chance * 4294967296.0));
}

struct WorldErrors {
  std::array<std::uint64_t, kMostWorlds / kStandingNorms> slip{}, misjudged{};
  std::size_t pairs = 0;

  explicit WorldErrors(std::span<const JudgingErrors> errors) : pairs(errors.size()) {
    expects(pairs * kStandingNorms <= kMostWorlds, "good_standing: at most 4 pairs of errors");
    for (std::size_t pair = 0; pair < pairs; ++pair) {
      slip[pair] = limit_of(errors[pair].slip);
      misjudged[pair] = limit_of(errors[pair].misjudged);
    }
  }
  // The worlds in which the word is below its limit: the four norms of a pair share their luck.
  Worlds below(const std::array<std::uint64_t, 4>& limits, std::uint32_t word) const {
    unsigned bits = 0;
    for (std::size_t pair = 0; pair < pairs; ++pair) {
      bits |= (word < limits[pair] ? 0xFU : 0U) << (pair * kStandingNorms);
    }
    return static_cast<Worlds>(bits);
  }
};

constexpr Worlds worlds_of(StandingNorm norm) {
  return static_cast<Worlds>(0x1111U << static_cast<unsigned>(norm));
}

Worlds judged(Worlds act, Worlds good, bool refusing_the_bad_is_free) {
  auto pick = [](StandingNorm norm, unsigned verdict) { return worlds_of(norm) & verdict; };
  unsigned free = refusing_the_bad_is_free ? ~unsigned{good} : 0U;
  return static_cast<Worlds>(pick(StandingNorm::image_scoring, act) |
                             pick(StandingNorm::standing, act | free) |
                             pick(StandingNorm::stern_judging, ~(unsigned{act} ^ good)) |
                             pick(StandingNorm::shunning, act & good));
}

// How many are in good standing, world by world, added up over the moments looked at.
struct GoodCounts {
  std::array<std::uint64_t, kMostWorlds> good{};
  std::uint64_t people = 0;

  void look(std::span<const Worlds> standing) {
    std::array<std::uint16_t, kMostWorlds> now{};
    for (Worlds person : standing) {
      for (unsigned world = 0; world < kMostWorlds; ++world) {
        now[world] = static_cast<std::uint16_t>(now[world] + ((person >> world) & 1U));
      }
    }
    for (std::size_t world = 0; world < kMostWorlds; ++world) good[world] += now[world];
    people += standing.size();
  }
};

}  // namespace

double expected_good_standing(StandingNorm norm, const JudgingErrors& errors) {
  double slip = errors.slip, misjudged = errors.misjudged;
  double kept = (1 - slip) * (1 - misjudged) + slip * misjudged;
  bool refusing_costs = norm == StandingNorm::image_scoring || norm == StandingNorm::shunning;
  return refusing_costs ? misjudged / (1 + misjudged - kept)
                        : (1 - misjudged) / (2 - misjudged - kept);
}

std::vector<double> good_standing(const StandingRun& run, std::span<const JudgingErrors> errors,
                                  const KeyedDraws& draws) {
  expects(run.people >= 2 && run.people <= 60'000, "good_standing: 2 to 60,000 people");
  const WorldErrors chances(errors);
  std::vector<Worlds> standing(run.people, static_cast<Worlds>(~0U));
  // Four looks while each person acts once: closer ones would see nearly the same again.
  const std::uint32_t look = std::max(1U, run.people / 4), first = run.interactions / 4;
  GoodCounts counts;
  for (std::uint32_t time = 0; time < run.interactions; ++time) {
    auto luck = draws.words(0, time, kHelping);
    auto donor = static_cast<std::uint32_t>((std::uint64_t{luck[0]} * run.people) >> 32);
    auto other = static_cast<std::uint32_t>((std::uint64_t{luck[1]} * (run.people - 1)) >> 32);
    other += other >= donor ? 1 : 0;
    Worlds good = standing[other];
    auto act = static_cast<Worlds>(good & ~chances.below(chances.slip, luck[2]));
    Worlds verdict = judged(act, good, run.refusing_the_bad_is_free);
    standing[donor] = static_cast<Worlds>(verdict ^ chances.below(chances.misjudged, luck[3]));
    if (time >= first && time % look == 0) counts.look(standing);
  }
  std::vector<double> shares;
  for (std::size_t world = 0; world < errors.size() * kStandingNorms; ++world) {
    shares.push_back(static_cast<double>(counts.good[world]) / static_cast<double>(counts.people));
  }
  return shares;
}

double invasion_threshold(const HelpingGame& game) {
  expects(game.known > 0 && game.benefit > game.cost, "invasion_threshold: a game worth playing");
  return game.cost * (1 - game.known) / (game.known * (game.benefit - game.cost));
}

double discriminators_in_the_end(const HelpingGame& game, double share, std::uint32_t most_steps) {
  constexpr double kStep = .001, kGone = 1e-6;
  for (std::uint32_t step = 0; step < most_steps; ++step) {
    if (share < kGone) return 0;
    if (share > 1 - kGone) return 1;
    // Both get help from discriminators; a defector only while unknown. Discriminators pay for
    // each other, and for defectors they do not know.
    double unknown = 1 - game.known;
    double discriminator = game.benefit * share - game.cost * (share + (1 - share) * unknown);
    double defector = game.benefit * share * unknown;
    share += kStep * share * (1 - share) * (discriminator - defector);
  }
  return share;
}

}  // namespace credence
