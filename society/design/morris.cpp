#include <credence/base/expects.h>
#include <credence/clockwork/statistics.h>
#include <credence/design/bootstrap.h>
#include <credence/design/design.h>

#include <cmath>

namespace credence {

namespace {

// The step that makes every level equally likely: levels / (2 (levels - 1)).
double step_of(int levels) {
  return levels / (2.0 * (levels - 1));
}

double share_of(const DesignInput& input, double value) {
  return (value - input.low) / (input.high - input.low);
}

}  // namespace

Design morris_design(std::span<const DesignInput> inputs, std::size_t trajectories, int levels,
                     const KeyedDraws& draws) {
  expects(levels >= 2 && levels % 2 == 0, "morris_design: an even number of levels");
  std::size_t width = inputs.size();
  Design design{.inputs = width, .points = {}};
  design.points.reserve(trajectories * (width + 1) * width);
  std::vector<double> share(width);
  std::vector<std::uint32_t> order(width);
  for (std::size_t trajectory = 0; trajectory < trajectories; ++trajectory) {
    auto key = static_cast<std::uint32_t>(trajectory);
    std::vector<bool> rises(width);
    for (std::size_t i = 0; i < width; ++i) {
      auto drawn = draws.words(key, 1 + static_cast<std::uint32_t>(i), Purpose::design);
      auto lower = static_cast<double>(drawn[0] % static_cast<std::uint32_t>(levels / 2));
      rises[i] = (drawn[1] & 1U) != 0;
      share[i] = lower / (levels - 1) + (rises[i] ? 0 : step_of(levels));
      order[i] = static_cast<std::uint32_t>(i);
    }
    shuffle(order, draws, key, 0, Purpose::design);
    for (std::size_t moved = 0; moved <= width; ++moved) {
      if (moved > 0) {
        std::uint32_t i = order[moved - 1];
        share[i] += rises[i] ? step_of(levels) : -step_of(levels);
      }
      for (std::size_t i = 0; i < width; ++i) {
        design.points.push_back(inputs[i].low + (inputs[i].high - inputs[i].low) * share[i]);
      }
    }
  }
  return design;
}

std::vector<MorrisEffect> morris_effects(const Design& design, std::span<const double> outcomes,
                                         std::span<const DesignInput> inputs, int levels,
                                         const KeyedDraws& draws) {
  std::size_t width = design.inputs, trajectories = design.size() / (width + 1);
  expects(outcomes.size() == design.size() && inputs.size() == width,
          "morris_effects: one outcome for each point");
  std::vector<std::vector<double>> effects(width);
  for (std::size_t trajectory = 0; trajectory < trajectories; ++trajectory) {
    std::size_t start = trajectory * (width + 1);
    for (std::size_t moved = 1; moved <= width; ++moved) {
      auto before = design.point(start + moved - 1), after = design.point(start + moved);
      for (std::size_t i = 0; i < width; ++i) {
        // The one input that moved by half the range or more; the others stand where they stood.
        double by = share_of(inputs[i], after[i]) - share_of(inputs[i], before[i]);
        if (std::abs(by) < step_of(levels) / 2) continue;
        effects[i].push_back((outcomes[start + moved] - outcomes[start + moved - 1]) / by);
      }
    }
  }
  std::vector<MorrisEffect> measured;
  for (std::size_t i = 0; i < width; ++i) {
    std::vector<double> sizes;
    for (double effect : effects[i]) sizes.push_back(std::abs(effect));
    ReplicateSpread signed_spread = spread_of(effects[i]);
    measured.push_back({.mu = signed_spread.mean,
                        .mu_star = spread_of(sizes).mean,
                        .sigma = signed_spread.deviation,
                        .error = bootstrap_error(sizes.size(), draws, [&](auto rows) {
                          double sum = 0;
                          for (std::uint32_t row : rows) sum += sizes[row];
                          return sum / static_cast<double>(rows.size());
                        })});
  }
  return measured;
}

}  // namespace credence
