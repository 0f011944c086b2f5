#include <credence/people/ipf.h>

#include <cmath>
#include <string>

namespace credence {

std::vector<std::uint32_t> margin_places(std::span<const std::size_t> sizes,
                                         std::span<const std::size_t> variables) {
  std::vector<std::size_t> steps(sizes.size(), 0), at(sizes.size(), 0);
  std::size_t step = 1, cells = 1;
  for (std::size_t i = variables.size(); i-- > 0;) {
    steps[variables[i]] = step;
    step *= sizes[variables[i]];
  }
  for (std::size_t size : sizes) cells *= size;
  std::vector<std::uint32_t> places(cells);
  std::size_t place = 0;
  for (std::uint32_t& mine : places) {
    mine = static_cast<std::uint32_t>(place);
    for (std::size_t v = sizes.size(); v-- > 0;) {
      place += steps[v];
      if (++at[v] < sizes[v]) break;
      place -= steps[v] * sizes[v];
      at[v] = 0;
    }
  }
  return places;
}

namespace {

std::string name_margin(const Cross& table, const Margin& margin) {
  bool named = table.variables.size() == table.sizes.size();
  std::string text = named ? "of " : "of variable ";
  for (std::size_t i = 0; i < margin.variables.size(); ++i) {
    std::size_t variable = margin.variables[i];
    if (i > 0) text += " x ";
    text += named && variable < table.variables.size() ? table.variables[variable]
                                                       : std::to_string(variable + 1);
  }
  return text;
}

std::string name_cell(const Cross& table, const Margin& margin, std::size_t place) {
  bool named = table.categories.size() == table.sizes.size();
  std::string text;
  for (std::size_t i = margin.variables.size(); i-- > 0;) {
    std::size_t variable = margin.variables[i];
    std::size_t category = place % table.sizes[variable];
    place /= table.sizes[variable];
    std::string name = named && category < table.categories[variable].size()
                           ? "`" + table.categories[variable][category] + "`"
                           : std::to_string(category + 1);
    text = name + (text.empty() ? "" : " x ") + text;
  }
  return "sum " + text + " " + name_margin(table, margin);
}

bool is_amount(double value) {
  return std::isfinite(value) && value >= 0;
}

Result<Done> check_seed(const Cross& seed) {
  std::size_t cells = 1;
  for (std::size_t size : seed.sizes) {
    if (size == 0) {
      return Error{"ipf.shape", "a variable of the table has no categories", {}, "give at least 1"};
    }
    if (cells > kIpfCells / size) {
      return Error{"ipf.shape",
                   "the table has more than " + std::to_string(kIpfCells) + " cells",
                   {},
                   "cross fewer variables, or merge categories"};
    }
    cells *= size;
  }
  if (seed.sizes.empty() || seed.cells.size() != cells) {
    return Error{"ipf.shape",
                 "the table has " + std::to_string(seed.cells.size()) + " cells and not " +
                     std::to_string(cells),
                 {},
                 "give one number for each combination, the last variable moving fastest"};
  }
  for (std::size_t i = 0; i < cells; ++i) {
    if (!is_amount(seed.cells[i])) {
      return Error{"ipf.value",
                   "cell " + std::to_string(i + 1) + " is no number from 0 up",
                   {},
                   "0 stands for a combination that does not exist"};
    }
  }
  return Done{};
}

Result<double> check_margin(const Cross& seed, const Margin& margin) {
  std::size_t sums = 1;
  for (std::size_t i = 0; i < margin.variables.size(); ++i) {
    std::size_t variable = margin.variables[i];
    if (variable >= seed.sizes.size() || (i > 0 && variable <= margin.variables[i - 1])) {
      return Error{"ipf.shape",
                   "the variables of a margin are not rising, or are not in the table",
                   {},
                   "name each variable of the margin once, in the order of the table"};
    }
    sums *= seed.sizes[variable];
  }
  if (margin.variables.empty() || margin.sums.size() != sums) {
    return Error{"ipf.shape",
                 "the margin " + name_margin(seed, margin) + " has " +
                     std::to_string(margin.sums.size()) + " sums and not " + std::to_string(sums),
                 {},
                 "give one sum for each combination of its categories"};
  }
  double total = 0;
  for (std::size_t i = 0; i < sums; ++i) {
    if (!is_amount(margin.sums[i])) {
      return Error{"ipf.value",
                   name_cell(seed, margin, i) + " is no number from 0 up",
                   {},
                   "give a share or a count"};
    }
    total += margin.sums[i];
  }
  if (!(total > 0) || !std::isfinite(total)) {
    return Error{"ipf.value",
                 "the sums " + name_margin(seed, margin) + " add up to nothing",
                 {},
                 "give at least one positive sum"};
  }
  return total;
}

struct FitMargin {
  const Margin* margin = nullptr;
  std::vector<std::uint32_t> places;
  std::vector<double> sums;  // of the table now

  void add_up(const Cross& table) {
    sums.assign(margin->sums.size(), 0);
    for (std::size_t i = 0; i < places.size(); ++i) sums[places[i]] += table.cells[i];
  }
};

struct Farthest {
  double error = 0;
  std::size_t margin = 0, place = 0;
};

Farthest farthest_of(const Cross& table, std::vector<FitMargin>& margins, double total) {
  Farthest farthest;
  for (std::size_t m = 0; m < margins.size(); ++m) {
    margins[m].add_up(table);
    for (std::size_t i = 0; i < margins[m].sums.size(); ++i) {
      double error = std::fabs(margins[m].sums[i] - margins[m].margin->sums[i]) / total;
      if (error > farthest.error) farthest = {error, m, i};
    }
  }
  return farthest;
}

std::string rounded(double value) {
  std::string text = std::to_string(value);
  while (text.size() > 1 && text.back() == '0' && text[text.size() - 2] != '.') text.pop_back();
  return text;
}

// One step of a sweep; an error where a sum should be positive over cells that are all zero.
Result<Done> scale_to(Cross& table, FitMargin& fit) {
  fit.add_up(table);
  for (std::size_t i = 0; i < fit.sums.size(); ++i) {
    double target = fit.margin->sums[i];
    if (target > 0 && !(fit.sums[i] > 0)) {
      return Error{"ipf.impossible",
                   name_cell(table, *fit.margin, i) + " should be " + rounded(target) +
                       ", but all combinations under it are 0",
                   {},
                   "allow one of the combinations, or ask for none"};
    }
    fit.sums[i] = fit.sums[i] > 0 ? target / fit.sums[i] : 0;
  }
  for (std::size_t i = 0; i < fit.places.size(); ++i) table.cells[i] *= fit.sums[fit.places[i]];
  return Done{};
}

Error contradiction(const Cross& table, const std::vector<FitMargin>& margins,
                    const Farthest& farthest, int sweeps) {
  const FitMargin& fit = margins[farthest.margin];
  return Error{"ipf.contradiction",
               "the margins contradict each other: after " + std::to_string(sweeps) + " sweeps " +
                   name_cell(table, *fit.margin, farthest.place) + " is " +
                   rounded(fit.sums[farthest.place]) + " and not " +
                   rounded(fit.margin->sums[farthest.place]),
               {},
               "make the margins agree where they share a variable, or allow more combinations"};
}

}  // namespace

Result<IpfResult> fit_proportionally(Cross seed, std::span<const Margin> margins, double tolerance,
                                     int sweeps) {
  if (auto checked = check_seed(seed); !checked) return checked.error();
  double total = 0;
  std::vector<FitMargin> fits;
  for (std::size_t m = 0; m < margins.size(); ++m) {
    auto sum = check_margin(seed, margins[m]);
    if (!sum) return sum.error();
    if (m == 0) total = *sum;
    if (std::fabs(*sum - total) > 1e-9 * total + tolerance * total) {
      return Error{"ipf.total",
                   "the sums " + name_margin(seed, margins[m]) + " add up to " + rounded(*sum) +
                       ", those " + name_margin(seed, margins[0]) + " to " + rounded(total),
                   {},
                   "give all margins the same total"};
    }
    fits.push_back({&margins[m], margin_places(seed.sizes, margins[m].variables), {}});
  }
  IpfResult result;
  result.table = std::move(seed);
  if (fits.empty()) return result;
  Farthest farthest = farthest_of(result.table, fits, total);
  double before = farthest.error;
  while (!(farthest.error <= tolerance)) {
    if (result.sweeps >= sweeps) {
      return contradiction(result.table, fits, farthest, result.sweeps);
    }
    for (FitMargin& fit : fits) {
      if (auto scaled = scale_to(result.table, fit); !scaled) return scaled.error();
    }
    ++result.sweeps;
    farthest = farthest_of(result.table, fits, total);
    // Margins that contradict each other soon come no nearer; waiting for all sweeps would be long.
    if (result.sweeps % 100 != 0) continue;
    if (farthest.error > tolerance && farthest.error > 0.99 * before) {
      return contradiction(result.table, fits, farthest, result.sweeps);
    }
    before = farthest.error;
  }
  result.largest_error = farthest.error;
  return result;
}

}  // namespace credence
