#include <credence/base/expects.h>
#include <credence/design/bootstrap.h>
#include <credence/design/design.h>

namespace credence {

namespace {

// The outcomes of one base row: at A, at B, and at A with one column of B.
struct BaseRow {
  std::span<const double> outcomes;
  double at_a() const { return outcomes[0]; }
  double at_b() const { return outcomes[1]; }
  double mixed(std::size_t input) const { return outcomes[2 + input]; }
};

struct VarianceSums {
  double first = 0, total = 0, sum = 0, squares = 0;
  std::size_t rows = 0;

  // `centre`: outcomes are taken as distances from it, so that a large mean costs no digits.
  void add(const BaseRow& row, std::size_t input, double centre) {
    double a = row.at_a() - centre, b = row.at_b() - centre, mixed = row.mixed(input) - centre;
    first += b * (mixed - a);
    total += (a - mixed) * (a - mixed) / 2;
    sum += a + b;
    squares += a * a + b * b;
    ++rows;
  }
  double variance() const {
    double count = 2.0 * static_cast<double>(rows), mean = sum / count;
    return squares / count - mean * mean;
  }
  double share(double part) const {
    double all = variance();
    return all > 0 ? part / static_cast<double>(rows) / all : 0;
  }
};

}  // namespace

Design sobol_design(std::span<const DesignInput> inputs, std::size_t base,
                    const KeyedDraws& draws) {
  std::size_t width = inputs.size();
  Design design{.inputs = width, .points = {}};
  design.points.reserve(base * (width + 2) * width);
  std::vector<double> a(width), b(width);
  for (std::size_t row = 0; row < base; ++row) {
    for (std::size_t i = 0; i < width; ++i) {
      auto drawn = draws.uniforms(static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(i),
                                  Purpose::design);
      a[i] = inputs[i].low + (inputs[i].high - inputs[i].low) * drawn[0];
      b[i] = inputs[i].low + (inputs[i].high - inputs[i].low) * drawn[1];
    }
    design.points.insert(design.points.end(), a.begin(), a.end());
    design.points.insert(design.points.end(), b.begin(), b.end());
    for (std::size_t mixed = 0; mixed < width; ++mixed) {
      for (std::size_t i = 0; i < width; ++i) design.points.push_back(i == mixed ? b[i] : a[i]);
    }
  }
  return design;
}

std::vector<SobolIndex> sobol_indices(std::size_t inputs, std::span<const double> outcomes,
                                      const KeyedDraws& draws) {
  std::size_t each = inputs + 2, base = outcomes.size() / each;
  expects(base > 0 && outcomes.size() == base * each, "sobol_indices: whole base rows");
  auto row = [&](std::size_t number) { return BaseRow{outcomes.subspan(number * each, each)}; };
  double centre = 0;
  for (std::size_t i = 0; i < base; ++i) centre += (row(i).at_a() + row(i).at_b()) / 2;
  centre /= static_cast<double>(base);
  std::vector<SobolIndex> indices;
  for (std::size_t input = 0; input < inputs; ++input) {
    auto sums_over = [&](auto rows) {
      VarianceSums sums;
      for (auto number : rows) sums.add(row(number), input, centre);
      return sums;
    };
    std::vector<std::uint32_t> all(base);
    for (std::size_t i = 0; i < base; ++i) all[i] = static_cast<std::uint32_t>(i);
    VarianceSums sums = sums_over(std::span<const std::uint32_t>{all});
    indices.push_back({.first = sums.share(sums.first),
                       .total = sums.share(sums.total),
                       .first_error = bootstrap_error(base, draws,
                                                      [&](auto rows) {
                                                        VarianceSums part = sums_over(rows);
                                                        return part.share(part.first);
                                                      }),
                       .total_error = bootstrap_error(base, draws, [&](auto rows) {
                         VarianceSums part = sums_over(rows);
                         return part.share(part.total);
                       })});
  }
  return indices;
}

}  // namespace credence
