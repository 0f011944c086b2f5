#include <credence/recourse/prices.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace credence {

namespace {

constexpr int kSteps = 24, kMoreSteps = 6;  // from nothing; from known prices
constexpr double kRounding = 1e-15;         // of each of the sums' terms, several times over

double before_moves(const Stage& stage) {
  return stage.must ? std::numeric_limits<double>::infinity() : 0;
}

}  // namespace

void CostBound::price(const Prices& prices) {
  const std::size_t moves = priced_.size();
  const double* const cost = terms_.data();
  const double* const gain = cost + moves;
  const double* const changes = gain + moves;
  const double* const effort = changes + moves;
  const double point = prices.of[0], change = prices.of[1], hour = prices.of[2];
  for (std::size_t i = 0; i < moves; ++i)
    priced_[i] = cost[i] - point * gain[i] + change * changes[i];
  if (hour > 0)
    for (std::size_t i = 0; i < moves; ++i) priced_[i] += hour * effort[i];
}

CostBound::Look CostBound::look_at(const Prices& prices) {
  price(prices);
  Look look{
      .bound = prices.of[0] * limits_[0] - prices.of[1] * limits_[1] - prices.of[2] * limits_[2],
      .excess = {}};
  const std::size_t moves = priced_.size();
  std::array<double, Prices::kLimits> used = {};
  for (const Stage& stage : horizon_.stages) {
    double least = before_moves(stage);
    std::size_t chosen = moves;
    for (std::size_t i = stage.first; i < stage.first + stage.count; ++i) {
      chosen = priced_[i] < least ? i : chosen;
      least = std::min(priced_[i], least);
    }
    look.bound += least;
    for (std::size_t limit = 0; chosen < moves && limit < used.size(); ++limit)
      used[limit] += terms_[(limit + 1) * moves + chosen];
  }
  look.excess[0] = 1 - used[0] / limits_[0];
  for (std::size_t limit = 1; limit < used.size(); ++limit)
    look.excess[limit] = limits_[limit] > 0 ? used[limit] / limits_[limit] - 1 : 0;
  return look;
}

CostBound::CostBound(const Horizon& horizon, const Prices& start, double enough)
    : horizon_(horizon),
      limits_{static_cast<double>(horizon.need), static_cast<double>(horizon.changes),
              static_cast<double>(horizon.effort)},
      terms_(horizon.moves.size() * 4),
      priced_(horizon.moves.size()),
      prices_(start) {
  const std::size_t moves = horizon.moves.size();
  double ratio = 0;
  for (std::size_t i = 0; i < moves; ++i) {
    const Move& move = horizon.moves[i];
    terms_[i] = static_cast<double>(move.cost);
    terms_[moves + i] = move.gain;
    terms_[2 * moves + i] = move.changes;
    terms_[3 * moves + i] = move.effort;
    dearest_ = std::max(dearest_, terms_[i]);
    ratio += terms_[i] / move.gain / static_cast<double>(moves);
  }
  Prices prices = start;
  if (!start.are_known) prices = {.of = {ratio, 0, 0}, .are_known = true};
  double ahead = start.are_known ? 0.02 : 0.2;  // how far above the bound the best is thought to be
  const int steps = start.are_known ? kMoreSteps : kSteps;
  for (int step = 0; step < steps; ++step) {
    const Look look = look_at(prices);
    if (step == 0 || look.bound > bound_) {
      bound_ = look.bound;
      prices_ = prices;
      if (is_above(enough)) break;
    } else {
      ahead *= 0.8;
    }
    double length = 0;
    for (double excess : look.excess) length += excess * excess;
    if (!(length > 0)) break;
    // Prices move as what the whole of each limit costs, so that all have one unit.
    const double target = std::max(bound_, 0.0) * (1 + ahead) + ratio;
    const double stride = (target - look.bound) / length;
    for (std::size_t limit = 0; limit < limits_.size(); ++limit)
      if (limits_[limit] > 0)
        prices.of[limit] =
            std::max(0.0, prices.of[limit] + stride * look.excess[limit] / limits_[limit]);
  }
  price(prices_);
}

// An upper bound: n terms lose at most n times the last digit of the sum of their sizes.
double CostBound::rounding(double cost) const {
  double sizes = std::abs(cost);
  for (std::size_t limit = 0; limit < limits_.size(); ++limit)
    sizes += prices_.of[limit] * limits_[limit] * static_cast<double>(horizon_.stages.size() + 1);
  sizes += dearest_ * static_cast<double>(horizon_.stages.size());
  return kRounding * static_cast<double>(horizon_.stages.size() + 8) * sizes;
}

double CostBound::room(double cost) const {
  return cost - bound_ + rounding(cost);
}

bool CostBound::is_above(double cost) const {
  return room(cost) < 0;
}

Horizon CostBound::within(double cost) const {
  Horizon rest{.months = horizon_.months,
               .need = horizon_.need,
               .changes = horizon_.changes,
               .effort = horizon_.effort,
               .impossible = horizon_.impossible,
               .moves = {},
               .stages = {}};
  const double most = room(cost);
  for (const Stage& stage : horizon_.stages) {
    double least = before_moves(stage);
    const std::size_t end = stage.first + stage.count;
    for (std::size_t i = stage.first; i < end; ++i) least = std::min(least, priced_[i]);
    const std::size_t first = rest.moves.size();
    for (std::size_t i = stage.first; i < end; ++i)
      if (priced_[i] - least <= most) rest.moves.push_back(horizon_.moves[i]);
    const std::size_t count = rest.moves.size() - first;
    if (count > 0) rest.stages.push_back({stage.variable, stage.must, first, count});
    if (count == 0 && stage.must) rest.impossible = true;
  }
  return rest;
}

}  // namespace credence
