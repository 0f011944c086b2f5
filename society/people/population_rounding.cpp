#include <credence/people/population_table.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

// A target while people are moved: how many more than asked stand in each of its cells.
struct RoundedTarget {
  std::vector<std::uint32_t> places;
  std::vector<double> excess;
};

class Mover {
 public:
  Mover(const FittedTraits& fitted, std::span<const double> wanted, double people,
        std::vector<std::uint32_t>& counts)
      : sizes_(fitted.shares.cross.sizes), wanted_(wanted), counts_(counts) {
    for (const TraitTable& target : fitted.targets) {
      std::vector<std::size_t> variables;
      for (std::size_t i = 0; i < fitted.shares.traits.size(); ++i) {
        for (Trait trait : target.traits) {
          if (trait == fitted.shares.traits[i]) variables.push_back(i);
        }
      }
      RoundedTarget rounded{margin_places(sizes_, variables), target.cross.cells};
      for (double& share : rounded.excess) share *= -people;
      for (std::size_t i = 0; i < counts.size(); ++i) {
        rounded.excess[rounded.places[i]] += counts[i];
      }
      targets_.push_back(std::move(rounded));
    }
  }

  // Moves people along one trait wherever that brings the targets nearer; first those whom their
  // cells have too many of. Each pass ends, because each move lowers the same sum of squares.
  void improve(std::size_t first_variable) {
    for (double strictness : {-1.0, 0.0, 1e9}) {
      bool moved = true;
      for (int pass = 0; moved && pass < 50 && !is_settled(); ++pass) {
        moved = false;
        for (std::size_t v = first_variable; v < sizes_.size(); ++v) {
          moved = improve_along(v, strictness) || moved;
        }
      }
    }
  }

 private:
  bool improve_along(std::size_t variable, double strictness) {
    std::size_t step = 1;
    for (std::size_t v = variable + 1; v < sizes_.size(); ++v) step *= sizes_[v];
    std::size_t size = sizes_[variable];
    bool moved = false;
    for (std::size_t from = 0; from < counts_.size(); ++from) {
      if (counts_[from] == 0) continue;
      std::size_t base = from - from / step % size * step;
      for (std::size_t k = 0; k < size && counts_[from] > 0; ++k) {
        std::size_t to = base + (k + from) % size * step;
        if (to == from || !(wanted_[to] > 0)) continue;
        if (gap(to) - gap(from) > strictness || gain(from, to) <= 1e-6) continue;
        move(from, to);
        moved = true;
      }
    }
    return moved;
  }

  double gap(std::size_t cell) const { return counts_[cell] - wanted_[cell]; }
  bool is_settled() const {
    for (const RoundedTarget& target : targets_) {
      for (double excess : target.excess) {
        if (std::fabs(excess) > 1) return false;
      }
    }
    return true;
  }
  // By how much the sum of squares of all excesses falls, halved.
  double gain(std::size_t from, std::size_t to) const {
    double sum = 0;
    for (const RoundedTarget& target : targets_) {
      std::uint32_t a = target.places[from], b = target.places[to];
      if (a != b) sum += target.excess[a] - target.excess[b] - 1;
    }
    return sum;
  }
  void move(std::size_t from, std::size_t to) {
    --counts_[from];
    ++counts_[to];
    for (RoundedTarget& target : targets_) {
      target.excess[target.places[from]] -= 1;
      target.excess[target.places[to]] += 1;
    }
  }

  const std::vector<std::size_t>& sizes_;
  std::span<const double> wanted_;
  std::vector<std::uint32_t>& counts_;
  std::vector<RoundedTarget> targets_;
};

// Cells that add up to a whole number of people, in one go: what the running sum passes with the
// draw added to it.
void draw_systematically(std::span<double> wanted, std::span<std::uint32_t> counts, double people,
                         double draw) {
  double total = 0;
  for (double cell : wanted) total += cell;
  if (!(total > 0)) return;
  double sum = 0;
  std::uint64_t taken = 0;
  std::size_t largest = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    wanted[i] *= people / total;
    if (!(wanted[i] > 0)) continue;
    if (wanted[i] > wanted[largest]) largest = i;
    sum += wanted[i];
    auto reached = static_cast<std::uint64_t>(std::min(std::floor(sum + draw), people));
    counts[i] = static_cast<std::uint32_t>(reached - taken);
    taken = reached;
  }
  // The rounding of the running sum can leave the last person out.
  counts[largest] += static_cast<std::uint32_t>(static_cast<std::uint64_t>(people) - taken);
}

}  // namespace

std::vector<std::uint32_t> round_people(const FittedTraits& fitted, std::uint64_t people,
                                        std::span<const std::uint32_t> fixed, double draw) {
  std::vector<double> wanted = fitted.shares.cross.cells;
  std::vector<std::uint32_t> counts(wanted.size(), 0);
  const std::vector<std::size_t>& sizes = fitted.shares.cross.sizes;
  auto all = static_cast<double>(people);
  if (fixed.empty()) {
    draw_systematically(wanted, counts, all, draw);
    Mover(fitted, wanted, all, counts).improve(0);
    return counts;
  }
  std::size_t width = sizes.back();
  std::vector<double> overall(width, 0);
  for (std::size_t i = 0; i < wanted.size(); ++i) overall[i % width] += wanted[i];
  for (std::size_t group = 0; group < fixed.size(); ++group) {
    std::span<double> here = std::span{wanted}.subspan(group * width, width);
    // Somebody whom arranging households brought into a combination without a share is drawn from
    // the whole.
    bool none = std::all_of(here.begin(), here.end(), [](double cell) { return !(cell > 0); });
    if (none && fixed[group] > 0) std::copy(overall.begin(), overall.end(), here.begin());
    draw_systematically(here, std::span{counts}.subspan(group * width, width), fixed[group], draw);
    // The golden section spreads the draws of the groups evenly.
    draw += 0.6180339887498949;
    if (draw >= 1) draw -= 1;
  }
  Mover(fitted, wanted, all, counts).improve(sizes.size() - 1);
  return counts;
}

}  // namespace credence
