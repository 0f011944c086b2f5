#include <credence/base/expects.h>
#include <credence/regression/cell_design.h>
#include <credence/regression/parallel.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

// Additions to one cell wait for each other; tables that take turns let them overlap.
constexpr std::size_t kTurns = 4;

std::size_t rows_of(const std::vector<CellsOfRows>& terms) {
  return terms.empty() ? 0 : terms.front().rows.size();
}

void add_by_code(std::span<const double> rows, const std::uint16_t* codes,
                 std::vector<double>& turns) {
  double* sums = turns.data();
  std::size_t row = 0;
  for (; row + kTurns <= rows.size(); row += kTurns)
    for (std::size_t k = 0; k < kTurns; ++k) sums[kTurns * codes[row + k] + k] += rows[row + k];
  for (; row < rows.size(); ++row) sums[kTurns * codes[row]] += rows[row];
}

std::vector<double> sums_of_turns(const std::vector<double>& turns) {
  std::vector<double> sums;
  for (std::size_t at = 0; at < turns.size(); at += kTurns)
    sums.push_back((turns[at] + turns[at + 1]) + (turns[at + 2] + turns[at + 3]));
  return sums;
}

}  // namespace

CellDesign::CellDesign(std::vector<CellsOfRows> terms, unsigned threads)
    : terms_(std::move(terms)), first_{0}, threads_(threads) {
  const std::size_t rows = rows_of(terms_);
  for (const CellsOfRows& term : terms_) {
    expects(term.rows.size() == rows, "CellDesign: equally many rows of each term");
    first_.push_back(first_.back() + term.cells);
  }
  // Tables of 1,024 codes are quickest; one much larger than the rows are many would
  // cost more than it saves.
  bundles_ = bundles_of(std::min<std::size_t>(1024, rows / 4));
}

std::vector<CellDesign::Bundle> CellDesign::bundles_of(std::size_t most_codes) const {
  std::vector<Bundle> out;
  for (std::size_t t = 0; t < terms_.size(); ++t) {
    if (out.empty() || out.back().codes * terms_[t].cells > most_codes) {
      out.push_back({t, t + 1, terms_[t].cells, {}, {}, terms_[t].rows});
      continue;
    }
    Bundle& bundle = out.back();
    if (bundle.joint.empty()) bundle.joint.assign(bundle.rows.begin(), bundle.rows.end());
    const std::uint16_t* cells = terms_[t].rows.data();
    const std::size_t count = terms_[t].cells;
    for (std::size_t row = 0; row < bundle.joint.size(); ++row)
      bundle.joint[row] = static_cast<std::uint16_t>(bundle.joint[row] * count + cells[row]);
    bundle.codes *= count;
    bundle.to = t + 1;
  }
  for (Bundle& bundle : out) finish(bundle);
  return out;
}

void CellDesign::finish(Bundle& bundle) const {
  if (!bundle.joint.empty()) bundle.rows = bundle.joint;
  std::size_t below = bundle.codes;  // codes for each cell of a term
  for (std::size_t t = bundle.from; t < bundle.to; ++t) {
    below /= terms_[t].cells;
    std::vector<std::size_t>& cell = bundle.cell_of_code.emplace_back(bundle.codes);
    for (std::size_t code = 0; code < bundle.codes; ++code)
      cell[code] = code / below % terms_[t].cells;
  }
}

CellDesign::Tables CellDesign::tables_of(std::span<const double> cells) const {
  Tables tables;
  for (const Bundle& bundle : bundles_) {
    std::vector<double>& table = tables.emplace_back(bundle.codes);
    for (std::size_t t = bundle.from; t < bundle.to; ++t) {
      const std::vector<std::size_t>& cell = bundle.cell_of_code[t - bundle.from];
      for (std::size_t code = 0; code < table.size(); ++code)
        table[code] += cells[first_[t] + cell[code]];
    }
  }
  return tables;
}

void CellDesign::add_cells(const Tables& tables, std::size_t from, std::span<double> rows) const {
  for (std::size_t b = 0; b < bundles_.size(); ++b) {
    const double* table = tables[b].data();
    const std::uint16_t* codes = bundles_[b].rows.data() + from;
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] += table[codes[i]];
  }
}

CellDesign::Tables CellDesign::no_sums() const {
  Tables sums;
  for (const Bundle& bundle : bundles_) sums.emplace_back(kTurns * bundle.codes);
  return sums;
}

void CellDesign::add_rows(Tables& sums, std::size_t from, std::span<const double> rows) const {
  for (std::size_t b = 0; b < bundles_.size(); ++b)
    add_by_code(rows, bundles_[b].rows.data() + from, sums[b]);
}

std::vector<double> CellDesign::by_cell(const Tables& sums) const {
  std::vector<double> out(cells());
  for (std::size_t b = 0; b < bundles_.size(); ++b) {
    const std::vector<double> of_code = sums_of_turns(sums[b]);
    for (std::size_t t = bundles_[b].from; t < bundles_[b].to; ++t) {
      const std::vector<std::size_t>& cell = bundles_[b].cell_of_code[t - bundles_[b].from];
      for (std::size_t code = 0; code < of_code.size(); ++code)
        out[first_[t] + cell[code]] += of_code[code];
    }
  }
  return out;
}

std::vector<double> CellDesign::sums_by_cell(std::span<const double> rows) const {
  Tables sums = no_sums();
  add_rows(sums, 0, rows);
  return by_cell(sums);
}

// Of terms of one bundle: each code has one cell of each.
void CellDesign::pair_within(const Bundle& bundle, std::span<const double> rows, Matrix& out,
                             std::size_t corner) const {
  std::vector<double> turns(kTurns * bundle.codes);
  add_by_code(rows, bundle.rows.data(), turns);
  const std::vector<double> sums = sums_of_turns(turns);
  for (std::size_t t = bundle.from; t < bundle.to; ++t) {
    const std::vector<std::size_t>& mine = bundle.cell_of_code[t - bundle.from];
    for (std::size_t u = bundle.from; u <= t; ++u) {
      const std::vector<std::size_t>& theirs = bundle.cell_of_code[u - bundle.from];
      for (std::size_t code = 0; code < sums.size(); ++code)
        out(corner + first_[t] + mine[code], corner + first_[u] + theirs[code]) += sums[code];
    }
  }
}

// The joint sums of two bundles' codes, then those of their terms' cells: first over the codes that
// share a cell of the one's term, in whole lines, and then over the other's.
void CellDesign::pair_across(const Bundle& one, const Bundle& other, std::span<const double> rows,
                             Matrix& out, std::size_t corner) const {
  const std::size_t width = other.codes;
  std::vector<double> joint(one.codes * width), of_cell;
  const std::uint16_t *mine = one.rows.data(), *theirs = other.rows.data();
  for (std::size_t row = 0; row < rows.size(); ++row)
    joint[mine[row] * width + theirs[row]] += rows[row];
  for (std::size_t t = one.from; t < one.to; ++t) {
    of_cell.assign(terms_[t].cells * width, 0.0);
    const std::vector<std::size_t>& cell = one.cell_of_code[t - one.from];
    for (std::size_t code = 0; code < one.codes; ++code)
      for (std::size_t k = 0; k < width; ++k)
        of_cell[cell[code] * width + k] += joint[code * width + k];
    for (std::size_t u = other.from; u < other.to; ++u) {
      const std::vector<std::size_t>& their_cell = other.cell_of_code[u - other.from];
      for (std::size_t c = 0; c < terms_[t].cells; ++c)
        for (std::size_t k = 0; k < width; ++k)
          out(corner + first_[t] + c, corner + first_[u] + their_cell[k]) += of_cell[c * width + k];
    }
  }
}

void CellDesign::sum_by_pair(std::span<const double> rows, Matrix& out, std::size_t corner) const {
  // Tables of 64 by 64 codes still fit the cache.
  const auto most = static_cast<std::size_t>(std::sqrt(static_cast<double>(rows.size())));
  const std::vector<Bundle> narrow = bundles_of(std::min<std::size_t>(64, most));
  for (std::size_t i = 0; i < cells(); ++i) std::fill_n(&out(corner + i, corner), cells(), 0.0);
  in_parallel(narrow.size(), threads_, [&](std::size_t b) {
    pair_within(narrow[b], rows, out, corner);
    for (std::size_t other = 0; other < b; ++other)
      pair_across(narrow[b], narrow[other], rows, out, corner);
  });
  for (std::size_t i = 0; i < cells(); ++i)
    for (std::size_t j = i + 1; j < cells(); ++j)
      out(corner + i, corner + j) = out(corner + j, corner + i);
}

}  // namespace credence
