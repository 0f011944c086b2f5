#include <credence/base/expects.h>
#include <credence/design/design.h>
#include <fmt/format.h>

namespace credence {

namespace {

double scaled(const DesignInput& input, double share) {
  return input.low + (input.high - input.low) * share;
}

std::uint32_t narrow(std::size_t number) {
  return static_cast<std::uint32_t>(number);
}

}  // namespace

Result<Design> grid(std::span<const DesignInput> inputs) {
  constexpr std::size_t kMostPoints = 10'000'000;
  Design design{.inputs = inputs.size(), .points = {}};
  std::size_t points = 1;
  for (const DesignInput& input : inputs) {
    if (input.values.empty()) {
      return Error{"design.values",
                   fmt::format("`{}` has no values to try", input.path),
                   {},
                   "give `values = [ ... ]`"};
    }
    if (input.values.size() > kMostPoints / points) {
      return Error{"design.size",
                   fmt::format("the grid has more than {} points", kMostPoints),
                   {},
                   "give fewer values, or draw points by latin-hypercube"};
    }
    points *= input.values.size();
  }
  design.points.reserve(points * inputs.size());
  for (std::size_t point = 0; point < points; ++point) {
    std::size_t left = point, below = points;
    for (const DesignInput& input : inputs) {
      below /= input.values.size();
      design.points.push_back(input.values[left / below]);
      left %= below;
    }
  }
  return design;
}

Design latin_hypercube(std::span<const DesignInput> inputs, std::size_t points,
                       const KeyedDraws& draws) {
  Design design{.inputs = inputs.size(), .points = std::vector<double>(points * inputs.size())};
  std::vector<std::uint32_t> order(points);
  for (std::size_t input = 0; input < inputs.size(); ++input) {
    for (std::size_t i = 0; i < points; ++i) order[i] = narrow(i);
    shuffle(order, draws, narrow(input), 0, Purpose::design);
    for (std::size_t i = 0; i < points; ++i) {
      double inside = draws.uniform(narrow(i), 1 + narrow(input), Purpose::design);
      double share = (order[i] + inside) / static_cast<double>(points);
      design.points[i * inputs.size() + input] = scaled(inputs[input], share);
    }
  }
  return design;
}

}  // namespace credence
