#include <credence/training/joint_sums.h>

#include <algorithm>
#include <numeric>

namespace credence {

namespace {

// Joint cells of a group: few beside the rows, so that adding them up costs little, and no more
// than the nearest memory holds of all groups.
constexpr std::size_t kRowsPerCell = 16, kFewest = 32, kMost = 512;

constexpr std::size_t kBlock = 64;  // rows whose joint cells are written together

}  // namespace

JointSums::JointSums(std::span<const Term> terms) {
  std::size_t cells = 0;
  for (const Term& term : terms) {
    counts_.push_back(term.cells);
    first_cell_.push_back(cells);
    cells += term.cells;
  }
  cells_.resize(cells);
  const std::size_t rows = terms.empty() ? 0 : terms.front().rows.size();
  make_groups(rows);
  list_rows(terms, rows);
}

// Each term, the largest first, goes to the first group that has room.
void JointSums::make_groups(std::size_t rows) {
  const std::size_t most = std::clamp(rows / kRowsPerCell, kFewest, kMost);
  std::vector<std::size_t> order(counts_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return counts_[a] > counts_[b]; });
  for (const std::size_t term : order) {
    if (counts_[term] == 0) continue;
    auto group = std::find_if(groups_.begin(), groups_.end(),
                              [&](const Group& of) { return of.size * counts_[term] <= most; });
    if (group == groups_.end()) group = groups_.insert(group, Group{});
    group->terms.push_back(term);
    group->size *= counts_[term];
  }
  std::size_t start = 0;
  for (const Group& group : groups_) {
    starts_.push_back(start);
    start += group.size;
  }
  sums_.resize(start);
}

void JointSums::list_rows(std::span<const Term> terms, std::size_t rows) {
  const std::size_t groups = groups_.size();
  joint_.resize(rows * groups);
  for (std::size_t from = 0; from < rows; from += kBlock) {
    const std::size_t to = std::min(rows, from + kBlock);
    for (std::size_t g = 0; g < groups; ++g) {
      std::size_t stride = 1;
      for (const std::size_t t : groups_[g].terms) {
        for (std::size_t row = from; row < to; ++row) {
          std::uint16_t& joint = joint_[row * groups + g];
          joint = static_cast<std::uint16_t>(joint + stride * terms[t].rows[row]);
        }
        stride *= counts_[t];
      }
    }
  }
}

void JointSums::clear() {
  std::fill(sums_.begin(), sums_.end(), Gain{});
}

std::span<const Gain> JointSums::cells() {
  for (std::size_t g = 0; g < groups_.size(); ++g) sum_group(g);
  return cells_;
}

// Takes the last term out: the sums of its cells, and the joint sums of the terms before it.
void JointSums::sum_group(std::size_t g) {
  const Group& group = groups_[g];
  spare_.assign(sums_.begin() + static_cast<std::ptrdiff_t>(starts_[g]),
                sums_.begin() + static_cast<std::ptrdiff_t>(starts_[g] + group.size));
  std::size_t size = group.size;
  for (std::size_t i = group.terms.size(); i-- > 0;) {
    const std::size_t term = group.terms[i], cells = counts_[term];
    const std::size_t stride = size / cells;
    for (std::size_t cell = 0; cell < cells; ++cell) {
      Gain sum;
      for (std::size_t before = 0; before < stride; ++before) {
        const Gain& joint = spare_[cell * stride + before];
        sum.up += joint.up;
        sum.down += joint.down;
        if (cell == 0) continue;
        spare_[before].up += joint.up;
        spare_[before].down += joint.down;
      }
      cells_[first_cell_[term] + cell] = sum;
    }
    size = stride;
  }
}

}  // namespace credence
