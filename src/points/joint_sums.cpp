#include <credence/points/joint_sums.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>

namespace credence {

namespace {

// Joint cells of a group: few beside the rows, so that adding them up costs little, and no more
// than the nearest memory holds of all groups.
constexpr std::size_t kRowsPerCell = 16, kFewest = 64, kMost = 512;

constexpr std::size_t kBlock = 64;  // rows whose joint cells are found together

using Lanes [[gnu::vector_size(sizeof(ScoreGain))]] = double;

// Two sums at a time, of the even and of the odd ones: an addition waits for the one before it.
ScoreGain sum_of(const ScoreGain* gains, std::size_t count) {
  Lanes even = {}, odd = {}, next;
  for (std::size_t i = 0; i + 1 < count; i += 2) {
    std::memcpy(&next, gains + i, sizeof next);
    even += next;
    std::memcpy(&next, gains + i + 1, sizeof next);
    odd += next;
  }
  even += odd;
  if (count % 2 != 0) {
    std::memcpy(&next, gains + count - 1, sizeof next);
    even += next;
  }
  return {even[0], even[1]};
}

void add_to(const ScoreGain* gains, std::size_t count, ScoreGain* sums) {
  for (std::size_t i = 0; i < count; ++i) {
    sums[i].up += gains[i].up;
    sums[i].down += gains[i].down;
  }
}

void add_cells(std::span<const std::uint16_t> cells, std::uint16_t stride,
               std::array<std::uint16_t, kBlock>& places) {
  auto add = [&](std::size_t i) {
    places[i] = static_cast<std::uint16_t>(places[i] + stride * cells[i]);
  };
  if (cells.size() == kBlock)
    for (std::size_t i = 0; i < kBlock; ++i) add(i);  // a known number, for vectors
  else
    for (std::size_t i = 0; i < cells.size(); ++i) add(i);
}

}  // namespace

JointSums::JointSums(std::span<const Term> terms) {
  std::size_t cells = 0;
  for (const Term& term : terms) {
    counts_.push_back(term.cells);
    first_cell_.push_back(cells);
    cells += term.cells;
  }
  cells_.resize(cells);
  rows_ = terms.empty() ? 0 : terms.front().rows.size();
  make_groups();
  list_rows(terms);
}

// Each term, the largest first, goes to the first group that has room.
void JointSums::make_groups() {
  const std::size_t most = std::clamp(rows_ / kRowsPerCell, kFewest, kMost);
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
  spare_.resize(start);
}

void JointSums::list_rows(std::span<const Term> terms) {
  const std::size_t groups = groups_.size();
  joint_.resize(rows_ * groups);
  for (std::size_t from = 0; from < rows_; from += kBlock) {
    const std::size_t size = std::min(kBlock, rows_ - from);
    for (std::size_t g = 0; g < groups; ++g) {
      std::array<std::uint16_t, kBlock> places{};
      std::uint16_t stride = 1;
      for (const std::size_t t : groups_[g].terms) {
        add_cells(terms[t].rows.subspan(from, size), stride, places);
        stride = static_cast<std::uint16_t>(stride * counts_[t]);
      }
      for (std::size_t i = 0; i < size; ++i)
        joint_[(from + i) * groups + g] = static_cast<std::uint32_t>(2 * (starts_[g] + places[i]));
    }
  }
}

void JointSums::clear() {
  std::fill(sums_.begin(), sums_.end(), ScoreGain{});
}

std::span<const ScoreGain> JointSums::cells() {
  for (std::size_t g = 0; g < groups_.size(); ++g) sum_group(g);
  return cells_;
}

// Takes the last term out: the sums of its cells, and the joint sums of the terms before it.
void JointSums::sum_group(std::size_t g) {
  const Group& group = groups_[g];
  const ScoreGain* joint = sums_.data() + starts_[g];
  std::size_t size = group.size;
  for (std::size_t i = group.terms.size(); i-- > 0;) {
    const std::size_t term = group.terms[i], cells = counts_[term];
    const std::size_t stride = size / cells;
    for (std::size_t cell = 0; cell < cells; ++cell)
      cells_[first_cell_[term] + cell] = sum_of(joint + cell * stride, stride);
    if (i == 0) return;
    if (joint != spare_.data()) std::copy_n(joint, stride, spare_.data());
    for (std::size_t cell = 1; cell < cells; ++cell)
      add_to(joint + cell * stride, stride, spare_.data());
    joint = spare_.data();
    size = stride;
  }
}

std::vector<int> JointSums::joint_values_of(std::span<const int> values) const {
  std::vector<int> out(sums_.size());
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    std::size_t stride = 1;
    for (const std::size_t term : groups_[g].terms) {
      for (std::size_t place = 0; place < groups_[g].size; ++place)
        out[starts_[g] + place] += values[first_cell_[term] + place / stride % counts_[term]];
      stride *= counts_[term];
    }
  }
  return out;
}

}  // namespace credence
