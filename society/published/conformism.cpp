#include <credence/base/expects.h>
#include <credence/clockwork/draw.h>
#include <credence/clockwork/functions.h>
#include <credence/published/conformism.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <numeric>

namespace credence {
namespace {

constexpr Purpose kStrength{1100};
constexpr Purpose kVisitOrder{1101};
constexpr Purpose kSeats{1102};
constexpr Purpose kRewired{1103};

constexpr std::uint32_t kSides = 8;  // neighbours on the torus
constexpr std::uint32_t kMostSweeps = 100;
constexpr double kWeakest = .38;  // convictions of those who do not believe are below

// Fisher and Yates with four steps a call: this is the inner loop of a sweep.
std::vector<std::uint32_t> order_of(const KeyedDraws& draws, std::uint32_t time, Purpose purpose) {
  std::vector<std::uint32_t> order(kCourt);
  std::iota(order.begin(), order.end(), 0U);
  std::array<std::uint32_t, 4> luck{};
  for (std::uint32_t left = kCourt, step = 0; left > 1; --left, ++step) {
    if (step % 4 == 0) luck = draws.words(0, time, purpose, step / 4);
    std::swap(order[(std::uint64_t{luck[step % 4]} * left) >> 32], order[left - 1]);
  }
  return order;
}

std::uint32_t side_of(std::uint32_t person, std::uint32_t side) {
  std::uint32_t at = side < 4 ? side : side + 1;  // the middle of the nine is the person
  std::uint32_t row = (person / kCourtSide + kCourtSide - 1 + at / 3) % kCourtSide;
  std::uint32_t column = (person % kCourtSide + kCourtSide - 1 + at % 3) % kCourtSide;
  return row * kCourtSide + column;
}

// Whom each person looks at, and by whom each is looked at (as often as that).
struct Glances {
  std::vector<std::uint32_t> first, by;

  Glances(double rewired, const KeyedDraws& draws) : first(kCourt + 1, 0), by(kCourt * kSides) {
    std::vector<std::uint32_t> at(kCourt * kSides);
    for (std::uint32_t person = 0; person < kCourt; ++person) {
      for (std::uint32_t side = 0; side < kSides; ++side) {
        std::uint32_t& other = at[person * kSides + side];
        other = side_of(person, side);
        if (rewired <= 0) continue;
        auto luck = draws.words(person, 0, kRewired, side);
        if (KeyedDraws::to_unit(luck[0]) >= rewired) continue;
        other = static_cast<std::uint32_t>((std::uint64_t{luck[1]} * (kCourt - 1)) >> 32);
        other += other >= person ? 1 : 0;
      }
    }
    for (std::uint32_t other : at) ++first[other + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
    for (std::uint32_t link = 0; link < at.size(); ++link) by[next[at[link]]++] = link / kSides;
  }
};

std::vector<std::uint32_t> believers_of(const EmperorRules& rules, const EmperorLuck& luck) {
  auto count = static_cast<std::uint32_t>(std::lround(rules.believers * kCourt));
  if (rules.seats == EmperorSeats::scattered || rules.network == EmperorNetwork::everybody) {
    return {luck.seats().begin(), luck.seats().begin() + count};
  }
  auto width = static_cast<std::uint32_t>(std::ceil(std::sqrt(count)));
  std::vector<std::uint32_t> block;
  for (std::uint32_t i = 0; i < count; ++i) block.push_back(i / width * kCourtSide + i % width);
  return block;
}

// What one does: comply with the norm (1) or not (-1); enforce it (1), its opposite (-1), nothing.
struct Conduct {
  int complies = -1, enforces = 0;
  bool operator==(const Conduct&) const = default;
};

class Court {
 public:
  Court(const EmperorRules& rules, EmperorLuck& luck)
      : rules_(rules), luck_(luck), belief_(kCourt, -1), conduct_(kCourt), seen_(kCourt, {0, 0}) {
    if (rules.network == EmperorNetwork::torus) {
      glances_ = std::make_unique<Glances>(rules.rewired, luck.draws());
    }
    for (std::uint32_t person : believers_of(rules, luck)) belief_[person] = 1;
    for (std::uint32_t person = 0; person < kCourt; ++person) {
      // Everybody is first seen as one who neither complies nor enforces.
      show(person, {0, 0}, {-1, 0});
      if (belief_[person] > 0) change(person, {1, 1});
    }
  }

  double settle() {
    for (std::uint32_t sweep = 0; sweep < kMostSweeps; ++sweep) {
      bool moved = rules_.schedule == EmperorSchedule::in_turn ? take_turns(luck_.order(sweep))
                                                               : move_at_once();
      if (!moved) break;
    }
    int complying = 0;
    for (const Conduct& conduct : conduct_) complying += conduct.complies > 0;
    return complying / static_cast<double>(kCourt);
  }

 private:
  bool take_turns(std::span<const std::uint32_t> order) {
    bool moved = false;
    for (std::uint32_t person : order) {
      Conduct next = choice(person);
      if (next == conduct_[person]) continue;
      change(person, next);
      moved = true;
    }
    return moved;
  }

  bool move_at_once() {
    std::vector<Conduct> next(kCourt);
    for (std::uint32_t person = 0; person < kCourt; ++person) next[person] = choice(person);
    bool moved = next != conduct_;
    for (std::uint32_t person = 0; person < kCourt; ++person) {
      if (next[person] != conduct_[person]) change(person, next[person]);
    }
    return moved;
  }

  Conduct choice(std::uint32_t person) const {
    bool torus = rules_.network == EmperorNetwork::torus;
    Conduct around = torus ? seen_[person] : all_;
    if (!torus) {
      around.complies -= conduct_[person].complies;
      around.enforces -= conduct_[person].enforces;
    }
    const double others = torus ? kSides : kCourt - 1;
    const int belief = belief_[person];
    const double strength = belief > 0 ? 1 : luck_.strength(person);
    const double pressure = -belief * around.enforces / others;
    const double need = (1 - belief * around.complies / others) / 2;
    Conduct next{pressure > strength ? -belief : belief, 0};
    if (!rules_.enforces && belief < 0) return next;
    if (pressure > strength + rules_.cost && next.complies != belief) {
      next.enforces = -belief;
    } else if (strength * need > rules_.cost && next.complies == belief) {
      next.enforces = belief;
    }
    return next;
  }

  void change(std::uint32_t person, Conduct next) {
    show(person, conduct_[person], next);
    conduct_[person] = next;
  }

  // Those who look at the person see the change at once: sums instead of eight looks a visit.
  void show(std::uint32_t person, Conduct before, Conduct after) {
    int complies = after.complies - before.complies, enforces = after.enforces - before.enforces;
    all_.complies += complies;
    all_.enforces += enforces;
    if (!glances_) return;
    for (std::uint32_t at = glances_->first[person]; at < glances_->first[person + 1]; ++at) {
      seen_[glances_->by[at]].complies += complies;
      seen_[glances_->by[at]].enforces += enforces;
    }
  }

  const EmperorRules& rules_;
  EmperorLuck& luck_;
  std::vector<int> belief_;
  std::vector<Conduct> conduct_;
  std::vector<Conduct> seen_;  // sums over those one looks at
  Conduct all_{0, 0};
  std::unique_ptr<Glances> glances_;
};

}  // namespace

EmperorLuck::EmperorLuck(const KeyedDraws& draws)
    : draws_(draws), seats_(order_of(draws, 0, kSeats)) {
  for (std::uint32_t person = 0; person < kCourt; ++person) {
    strengths_.push_back(kWeakest * draws.uniform(person, 0, kStrength));
  }
}

std::span<const std::uint32_t> EmperorLuck::order(std::uint32_t sweep) {
  while (orders_.size() <= sweep) {
    orders_.push_back(order_of(draws_, static_cast<std::uint32_t>(orders_.size()), kVisitOrder));
  }
  return orders_[sweep];
}

double emperor_compliance(const EmperorRules& rules, EmperorLuck& luck) {
  expects(rules.believers >= 0 && rules.believers <= 1, "emperor_compliance: a share of believers");
  return Court(rules, luck).settle();
}

std::uint32_t acting_in_the_end(std::span<const std::uint32_t> thresholds) {
  std::uint32_t acting = 0;
  for (;;) {
    auto next = static_cast<std::uint32_t>(
        std::count_if(thresholds.begin(), thresholds.end(),
                      [&](std::uint32_t threshold) { return threshold <= acting; }));
    if (next == acting) return acting;
    acting = next;  // it never falls, and is at most the number of people
  }
}

double acting_in_the_end(double mean, double deviation) {
  double acting = 0;
  // Near the jump the crowd dwells long at the narrow place.
  for (int round = 0; round < 1'000'000; ++round) {
    double next = 100 * exact_normal_cumulative((acting - mean) / deviation);
    if (std::abs(next - acting) < 1e-12) return next;
    acting = next;
  }
  return acting;
}

double deviation_of_the_jump(double mean) {
  double few = 1, nearly_all = mean;
  for (int halving = 0; halving < 30; ++halving) {
    double middle = (few + nearly_all) / 2;
    (acting_in_the_end(mean, middle) < mean ? few : nearly_all) = middle;
  }
  return (few + nearly_all) / 2;
}

}  // namespace credence
