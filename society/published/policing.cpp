#include <credence/clockwork/draw.h>
#include <credence/published/laws.h>
#include <credence/published/policing.h>

#include <algorithm>
#include <cmath>

namespace credence {
namespace {

constexpr Purpose kPatrolDay{600};
constexpr Purpose kPatrolDecay{601};

// One urn over its days.
class PatrolUrn {
 public:
  PatrolUrn(const PatrolRules& rules, const KeyedDraws& draws)
      : rules_(rules), draws_(draws), holds_(rules.start) {
    if (!rules.poisson) return;
    for (const auto& row : rules.found) {
      for (double rate : row) counts_.emplace_back(rate);
    }
  }

  void live(std::uint32_t day) {
    auto luck = draws_.uniforms(0, day, kPatrolDay);
    double share = share_of_a();
    std::size_t visited = luck[0] < share ? 0 : 1;
    if (accepted(share, visited, luck[1])) {
      for (std::size_t area = 0; area < 2; ++area) {
        holds_[area] += rules_.poisson ? counts_[2 * visited + area].count(luck[2 + area])
                                       : rules_.found[visited][area];
      }
    }
    if (rules_.decay) forget(day);
  }

  double share_of_a() const { return holds_[0] / (holds_[0] + holds_[1]); }

 private:
  // The less a visit was to be expected, the more what it found counts.
  bool accepted(double share, std::size_t visited, double luck) const {
    if (!rules_.surprise) return true;
    double unexpected = visited == 0 ? 1 - share : share;
    return luck < unexpected / std::max(share, 1 - share);
  }

  void forget(std::uint32_t day) {
    auto luck = draws_.uniforms(0, day, kPatrolDecay);
    for (std::size_t area = 0; area < 2; ++area) {
      auto whole = static_cast<std::uint32_t>(holds_[area]);
      std::uint32_t lost = binomial_by_inversion(luck[area], whole, rules_.forgotten);
      holds_[area] = std::max(1., holds_[area] - lost);
    }
  }

  const PatrolRules& rules_;
  const KeyedDraws& draws_;
  std::array<double, 2> holds_;
  std::vector<PoissonTable> counts_;
};

}  // namespace

double patrol_share(const PatrolRules& rules, std::uint32_t days, std::uint32_t seed,
                    std::uint32_t replicate) {
  const KeyedDraws draws(seed, replicate);
  PatrolUrn urn(rules, draws);
  for (std::uint32_t day = 0; day < days; ++day) urn.live(day);
  return urn.share_of_a();
}

double patrol_limit(const std::array<std::array<double, 2>, 2>& found) {
  double a = found[0][0], b = found[0][1], c = found[1][0], d = found[1][1];
  auto drift = [&](double x) { return ((c + d - a - b) * x + (a - 2 * c - d)) * x + c; };
  double low = 0, high = 1;  // the drift is c >= 0 at 0 and -b <= 0 at 1
  for (int halving = 0; halving < 60; ++halving) {
    double middle = (low + high) / 2;
    (drift(middle) > 0 ? low : high) = middle;
  }
  return (low + high) / 2;
}

double distance_from_uniform_urn(std::vector<double> shares, std::uint32_t days) {
  std::sort(shares.begin(), shares.end());
  double runs = static_cast<double>(shares.size()), furthest = 0;
  for (std::size_t at = 0; at < shares.size(); ++at) {
    // Shares are whole steps of the urn; where many are equal the last one counts.
    if (at + 1 < shares.size() && shares[at + 1] - shares[at] < 1e-12) continue;
    double rank = std::round(shares[at] * (days + 2.));  // 1 + k
    double until = rank / (days + 1.), before = (rank - 1) / (days + 1.);
    auto first = std::lower_bound(shares.begin(), shares.end(), shares[at] - 1e-12);
    furthest = std::max(furthest, std::abs(static_cast<double>(at + 1) / runs - until));
    furthest =
        std::max(furthest, std::abs(static_cast<double>(first - shares.begin()) / runs - before));
  }
  return furthest;
}

}  // namespace credence
