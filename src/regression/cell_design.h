#pragma once

#include <credence/regression/box_newton.h>

#include <cstdint>
#include <span>
#include <vector>

namespace credence {

// The cell of each row, of one term of a card.
struct CellsOfRows {
  std::span<const std::uint16_t> rows;
  std::size_t cells = 0;
};

// The design matrix X of a card: one column per cell of each term, in the order of the terms, and
// in each row a 1 for the one cell of each term. Several terms are looked up at once by joint
// codes, which saves most of the work on the rows. Results do not depend on `threads`.
class CellDesign {
 public:
  // REQUIRES: all terms have the same number of rows; each cell is below its term's `cells`.
  CellDesign(std::vector<CellsOfRows> terms, unsigned threads);
  CellDesign(const CellDesign&) = delete;  // codes are pointed to
  CellDesign& operator=(const CellDesign&) = delete;

  std::size_t cells() const { return first_.back(); }                 // of all terms
  std::size_t first(std::size_t term) const { return first_[term]; }  // its first column
  std::size_t cells(std::size_t term) const { return terms_[term].cells; }

  // X cells, for rows from `from` on, which are added to: in two steps, so that rows come in
  // blocks.
  using Tables = std::vector<std::vector<double>>;
  Tables tables_of(std::span<const double> cells) const;
  void add_cells(const Tables& tables, std::size_t from, std::span<double> rows) const;
  // X' rows, of rows that come in blocks: into sums that start as no_sums().
  Tables no_sums() const;
  void add_rows(Tables& sums, std::size_t from, std::span<const double> rows) const;
  std::vector<double> by_cell(const Tables& sums) const;
  std::vector<double> sums_by_cell(std::span<const double> rows) const;  // X' rows at once
  // X' diag(rows) X, into the square of `out` that starts at (`corner`, `corner`).
  void sum_by_pair(std::span<const double> rows, Matrix& out, std::size_t corner) const;

 private:
  // Neighbouring terms under one code: (cell of the first * cells of the second + ...).
  struct Bundle {
    std::size_t from = 0, to = 0;  // terms
    std::size_t codes = 1;
    std::vector<std::vector<std::size_t>> cell_of_code;  // of each of its terms
    std::vector<std::uint16_t> joint;  // empty for one term, whose own cells are the codes
    std::span<const std::uint16_t> rows;
  };
  std::vector<Bundle> bundles_of(std::size_t most_codes) const;
  void finish(Bundle& bundle) const;
  void pair_within(const Bundle& bundle, std::span<const double> rows, Matrix& out,
                   std::size_t corner) const;
  void pair_across(const Bundle& one, const Bundle& other, std::span<const double> rows,
                   Matrix& out, std::size_t corner) const;

  std::vector<CellsOfRows> terms_;
  std::vector<std::size_t> first_;  // and, at the end, the number of all cells
  unsigned threads_;
  std::vector<Bundle> bundles_;
};

}  // namespace credence
