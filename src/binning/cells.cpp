#include <credence/base/expects.h>
#include <credence/binning/cells.h>
#include <credence/binning/cells_kernel.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace credence {

namespace {

constexpr std::size_t block_rows = 1024;
// Up to here, comparing many values at a time with each edge or code is faster than a search.
constexpr std::size_t few = 32;

// The edges, filled up with NaN to one less than a power of two: NaN is at most nothing, so a
// search of a fixed number of steps without branches counts the edges at or below a value.
std::vector<double> padded(std::span<const double> edges) {
  std::size_t size = 1;
  while (size - 1 < edges.size()) size *= 2;
  std::vector<double> result(size - 1, std::numeric_limits<double>::quiet_NaN());
  std::ranges::copy(edges, result.begin());
  return result;
}

void count_edges(std::span<const double> padded_edges, std::span<const double> values,
                 std::span<std::uint16_t> out) {
  const double* edges = padded_edges.data();
  const std::size_t first_step = (padded_edges.size() + 1) / 2;
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::size_t at = 0;
    for (std::size_t step = first_step; step > 0; step /= 2)
      at += edges[at + step - 1] <= values[i] ? step : 0;
    out[i] = static_cast<std::uint16_t>(at);
  }
}

}  // namespace

Cells Cells::of_numbers(std::vector<double> edges, std::vector<SpecialCode> specials) {
  for (std::size_t i = 0; i < edges.size(); ++i) {
    expects(std::isfinite(edges[i]), "Cells: edges are finite");
    expects(i == 0 || edges[i - 1] < edges[i], "Cells: edges ascend strictly");
  }
  Cells cells;
  cells.edges_ = std::move(edges);
  cells.specials_ = std::move(specials);
  for (std::size_t code = 0; code < cells.specials_.size(); ++code) {
    for (double number : cells.specials_[code].numbers)
      cells.codes_.emplace_back(number, cells.special(code));
  }
  auto number = &std::pair<double, int>::first;
  std::ranges::stable_sort(cells.codes_, {}, number);
  const auto again = std::ranges::unique(cells.codes_, {}, number);
  cells.codes_.erase(again.begin(), again.end());
  return cells;
}

Cells Cells::of_texts(std::vector<std::vector<std::string>> groups,
                      std::vector<SpecialCode> specials) {
  Cells cells;
  cells.kind_ = Column::Kind::text;
  cells.groups_ = std::move(groups);
  cells.specials_ = std::move(specials);
  auto name = [&](const std::string& text, int cell) {
    bool is_new = cells.texts_.emplace(text, cell).second;
    expects(is_new, "Cells: no text twice, in bins and special codes together");
  };
  for (std::size_t bin = 0; bin < cells.groups_.size(); ++bin) {
    for (const std::string& text : cells.groups_[bin]) name(text, static_cast<int>(bin));
  }
  for (std::size_t code = 0; code < cells.specials_.size(); ++code) {
    for (const std::string& text : cells.specials_[code].texts) name(text, cells.special(code));
  }
  return cells;
}

int Cells::bins() const {
  return static_cast<int>(kind_ == Column::Kind::text ? groups_.size() : edges_.size() + 1);
}

int Cells::code(double value) const {
  auto found = std::ranges::lower_bound(codes_, value, {}, &std::pair<double, int>::first);
  return found != codes_.end() && found->first == value ? found->second : -1;
}

int Cells::of(double value) const {
  expects(kind_ == Column::Kind::number, "Cells::of: cells of numbers");
  if (std::isnan(value)) return missing();
  if (int cell = code(value); cell >= 0) return cell;
  return static_cast<int>(std::ranges::upper_bound(edges_, value) - edges_.begin());
}

int Cells::of(std::string_view value) const {
  expects(kind_ == Column::Kind::text, "Cells::of: cells of texts");
  auto found = texts_.find(std::string{value});
  return found == texts_.end() ? unknown() : found->second;
}

void Cells::assign_block(std::span<const double> padded_edges, std::span<const double> values,
                         std::span<std::uint16_t> out) const {
  if (edges_.size() + codes_.size() <= few) {
    compare_with_all({.edges = edges_, .codes = codes_, .missing = missing()}, values, out);
    return;
  }
  count_edges(padded_edges, values, out);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const int cell = std::isnan(values[i]) ? missing() : code(values[i]);
    if (cell >= 0) out[i] = static_cast<std::uint16_t>(cell);
  }
}

void Cells::assign(const Column& column, std::span<std::uint16_t> out) const {
  expects(column.kind() == kind_, "Cells::assign: a column of the kind of the cells");
  expects(out.size() == column.size(), "Cells::assign: a place for each row");
  expects(count() <= 65536, "Cells::assign: at most 65,536 cells");
  if (kind_ == Column::Kind::text) {
    std::vector<std::uint16_t> cell_of{static_cast<std::uint16_t>(missing())};  // of code -1
    for (const std::string& text : column.dictionary())
      cell_of.push_back(static_cast<std::uint16_t>(of(text)));
    std::span<const std::int32_t> codes = column.codes();
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = cell_of[static_cast<std::size_t>(codes[i] + 1)];
    return;
  }
  const std::vector<double> search = padded(edges_);
  const auto whole = column.in_place();
  std::array<double, block_rows> block;
  for (std::size_t from = 0; from < out.size(); from += block_rows) {
    const std::size_t rows = std::min(block_rows, out.size() - from);
    std::span<const double> values = std::span{block}.first(rows);
    if (whole) {
      values = whole->subspan(from, rows);
    } else {
      column.read(from, std::span{block}.first(rows));
    }
    assign_block(search, values, out.subspan(from, rows));
  }
}

bool Cells::operator==(const Cells& other) const {
  return kind_ == other.kind_ && edges_ == other.edges_ && groups_ == other.groups_ &&
         specials_ == other.specials_;
}

}  // namespace credence
