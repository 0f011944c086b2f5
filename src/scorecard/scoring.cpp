#include <credence/base/expects.h>
#include <credence/scorecard/scoring.h>
#include <credence/scorecard/scoring_kernel.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <thread>

namespace credence {

namespace {

constexpr std::size_t kMostReasons = 4;
constexpr std::uint32_t kTieBits = 14;  // kMaxTerms ranks
constexpr std::size_t kFewEdges = 24;   // up to here comparing with all beats searching
static_assert(Scorecard::kMaxTerms < (1 << kTieBits));
static_assert((2ULL * Scorecard::kMaxPoints) << kTieBits <
              std::numeric_limits<std::uint32_t>::max());

// Reads the cells of one variable, block by block.
class CellSource {
 public:
  CellSource(const Cells& cells, const Column& column) : cells_(cells), column_(column) {
    if (cells.kind() == Column::Kind::number) {
      whole_ = column.in_place();
      for (std::size_t code = 0; code < cells.specials().size(); ++code) {
        for (double number : cells.specials()[code].numbers)
          codes_.push_back({number, static_cast<std::uint16_t>(cells.special(code))});
      }
      return;
    }
    cell_of_.push_back(static_cast<std::uint16_t>(cells.missing()));  // of code -1
    for (const std::string& text : column.dictionary())
      cell_of_.push_back(static_cast<std::uint16_t>(cells.of(text)));
  }

  // `buffer` is for values that do not lie in memory as they are needed.
  void read(std::size_t from, std::span<double> buffer, std::span<std::uint16_t> out) const {
    if (cells_.kind() == Column::Kind::text) {
      std::span<const std::int32_t> codes = column_.codes().subspan(from, out.size());
      for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = cell_of_[static_cast<std::size_t>(codes[i] + 1)];
      return;
    }
    std::span<const double> values = buffer.first(out.size());
    if (whole_)
      values = whole_->subspan(from, out.size());
    else
      column_.read(from, buffer.first(out.size()));
    if (cells_.edges().size() > kFewEdges || codes_.size() > kFewEdges) {
      NumberChunk chunk{.values = values.data(), .size = values.size()};
      cells_.assign(Column::of_chunks("", {chunk}, nullptr), out);
      return;
    }
    count_few_edges(values, cells_.edges(), out.data());
    for (const auto& [number, cell] : codes_) {
      for (std::size_t i = 0; i < out.size(); ++i) out[i] = values[i] == number ? cell : out[i];
    }
    const auto missing = static_cast<std::uint16_t>(cells_.missing());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = std::isnan(values[i]) ? missing : out[i];
  }

 private:
  const Cells& cells_;
  const Column& column_;
  std::optional<std::span<const double>> whole_;
  std::vector<std::pair<double, std::uint16_t>> codes_;
  std::vector<std::uint16_t> cell_of_;
};

// A term's points and keys of loss per cell.
struct TermTables {
  std::vector<std::int32_t> points;
  std::vector<std::uint32_t> keys;
};

class Scorer {
 public:
  Scorer(const Scorecard& card, const Table& table, std::size_t reasons)
      : card_(card), reasons_(reasons), ranks_(tie_ranks(card)), term_of_(ranks_.size()) {
    for (const Scorecard::Variable& variable : card.variables)
      sources_.emplace_back(variable.cells, *table.find(variable.name));
    for (std::size_t term = 0; term < card.terms.size(); ++term) {
      term_of_[ranks_[term]] = static_cast<std::uint16_t>(term);
      tables_.push_back(tables_of(term));
    }
  }

  void score(std::size_t from, std::size_t to, ScoredRows& out) const {
    Workspace space(card_.variables.size());
    for (; from < to; from += kScoringBlock)
      score_block(from, std::min(kScoringBlock, to - from), space, out);
  }

 private:
  struct Workspace {
    explicit Workspace(std::size_t variables) : cells(variables * kScoringBlock) {}
    std::vector<std::uint16_t> cells;
    std::array<double, kScoringBlock> numbers;
    std::array<std::int32_t, kScoringBlock> pair_points;
    std::array<std::uint32_t, kScoringBlock> pair_keys;
    std::array<std::uint16_t, kScoringBlock> same;  // 0, 1, 2 ...: a pair's own order of cells
    TopLosses top;
  };

  TermTables tables_of(std::size_t at) const {
    const Scorecard::Term& term = card_.terms[at];
    TermTables tables{{term.points.begin(), term.points.end()}, {}};
    std::uint32_t tie = (1U << kTieBits) - 1 - ranks_[at];
    for (int points : term.points) {
      bool lost = points < term.baseline;
      tables.keys.push_back(
          lost ? static_cast<std::uint32_t>(term.baseline - points) << kTieBits | tie : 0);
    }
    return tables;
  }

  void score_block(std::size_t from, std::size_t rows, Workspace& space, ScoredRows& out) const {
    auto cells_of = [&](int variable) {
      return std::span{space.cells}.subspan(static_cast<std::size_t>(variable) * kScoringBlock,
                                            rows);
    };
    for (std::size_t i = 0; i < sources_.size(); ++i)
      sources_[i].read(from, space.numbers, cells_of(static_cast<int>(i)));
    std::int32_t* totals = out.scores.data() + from;
    std::fill_n(totals, rows, card_.base);
    if (reasons_ > 0) {
      for (auto& keys : space.top.keys) keys.fill(0);
    }
    for (std::size_t at = 0; at < card_.terms.size(); ++at) {
      const std::vector<int>& of = card_.terms[at].variables;
      const TermTables& tables = tables_[at];
      if (of.size() == 1)
        add(cells_of(of[0]), tables.points.data(), tables.keys.data(), totals, space);
      else
        add_pair(at, cells_of(of[0]), cells_of(of[1]), totals, space);
    }
    if (reasons_ > 0) write_reasons(from, rows, space.top, out);
  }

  void add(std::span<const std::uint16_t> cells, const std::int32_t* points,
           const std::uint32_t* keys, std::int32_t* totals, Workspace& space) const {
    if (reasons_ > 0)
      add_points_and_losses(cells, points, keys, totals, space.top);
    else
      add_points(cells, points, totals);
  }

  // A two-way table may have more cells than 16 bits count, so its points are gathered first.
  void add_pair(std::size_t at, std::span<const std::uint16_t> first,
                std::span<const std::uint16_t> second, std::int32_t* totals,
                Workspace& space) const {
    const TermTables& tables = tables_[at];
    const auto& with =
        card_.variables[static_cast<std::size_t>(card_.terms[at].variables[1])].cells;
    const auto columns = static_cast<std::size_t>(with.count());
    for (std::size_t i = 0; i < first.size(); ++i) {
      std::size_t cell = first[i] * columns + second[i];
      space.pair_points[i] = tables.points[cell];
      space.pair_keys[i] = tables.keys[cell];
      space.same[i] = static_cast<std::uint16_t>(i);
    }
    add(std::span{space.same}.first(first.size()), space.pair_points.data(), space.pair_keys.data(),
        totals, space);
  }

  void write_reasons(std::size_t from, std::size_t rows, const TopLosses& top,
                     ScoredRows& out) const {
    constexpr std::uint32_t kTies = (1U << kTieBits) - 1;
    std::uint16_t* reasons = out.reasons.data() + from * reasons_;
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t rank = 0; rank < reasons_; ++rank) {
        std::uint32_t key = top.keys[rank][i];
        *reasons++ = key == 0 ? ScoredRows::kNoReason : term_of_[kTies - (key & kTies)];
      }
    }
  }

  const Scorecard& card_;
  std::size_t reasons_;
  std::vector<std::uint16_t> ranks_, term_of_;  // of each term among equals, and back
  std::vector<CellSource> sources_;
  std::vector<TermTables> tables_;
};

std::optional<Error> refusal(const Scorecard& card, const Table& table) {
  std::vector<std::string> names;
  for (const Column& column : table.columns()) names.push_back(column.name());
  for (const Scorecard::Variable& variable : card.variables) {
    const Column* column = table.find(variable.name);
    if (column == nullptr) {
      std::string near = nearest(variable.name, std::span<const std::string>{names});
      return Error{"score.column",
                   fmt::format("the table has no column `{}`", variable.name),
                   {},
                   near.empty() ? "add the column, empty where nothing is known"
                                : fmt::format("rename the column `{}` if it is meant", near)};
    }
    if (column->kind() == variable.cells.kind()) continue;
    bool texts = column->kind() == Column::Kind::text;
    return Error{
        "score.kind",
        fmt::format("the column `{}` holds {}, and the card divides it by {}", variable.name,
                    texts ? "texts" : "numbers", texts ? "numbers" : "texts"),
        {},
        texts ? "mend what is no number in it, or read it as numbers" : "read the column as texts"};
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::uint16_t> tie_ranks(const Scorecard& card) {
  std::vector<std::uint16_t> order(card.terms.size());
  std::iota(order.begin(), order.end(), std::uint16_t{0});
  auto can_lose = [&](std::uint16_t term) {
    return card.terms[term].baseline - card.terms[term].lowest();
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint16_t a, std::uint16_t b) { return can_lose(a) > can_lose(b); });
  std::vector<std::uint16_t> ranks(order.size());
  for (std::size_t rank = 0; rank < order.size(); ++rank)
    ranks[order[rank]] = static_cast<std::uint16_t>(rank);
  return ranks;
}

Result<ScoredRows> score_table(const Scorecard& card, const Table& table,
                               const ScoringOptions& options) {
  if (auto found = defects(card); !found.empty())
    return Error{"score.card", found.front().message, {}, found.front().help};
  if (options.reasons > kMostReasons)
    return Error{
        "score.reasons", "more than 4 reasons per row are asked for", {}, "ask for 0 to 4"};
  if (auto refused = refusal(card, table)) return *refused;
  ScoredRows out;
  out.reasons_per_row = options.reasons;
  out.scores.resize(table.rows());
  out.reasons.resize(table.rows() * options.reasons);
  const Scorer scorer{card, table, options.reasons};
  const std::size_t blocks = (table.rows() + kScoringBlock - 1) / kScoringBlock;
  const std::size_t workers = std::clamp<std::size_t>(blocks, 1, std::max(1U, options.threads));
  auto from = [&](std::size_t worker) {
    return std::min(table.rows(), blocks * worker / workers * kScoringBlock);
  };
  std::vector<std::jthread> threads;
  for (std::size_t worker = 1; worker < workers; ++worker)
    threads.emplace_back([&, worker] { scorer.score(from(worker), from(worker + 1), out); });
  scorer.score(0, from(1), out);
  threads.clear();
  return out;
}

ScoredRow score_cells(const Scorecard& card, std::span<const std::uint16_t> cells) {
  expects(cells.size() == card.variables.size(), "score_cells: one cell per variable");
  ScoredRow row;
  row.score = card.base;
  std::vector<std::uint16_t> ranks = tie_ranks(card);
  for (std::size_t at = 0; at < card.terms.size(); ++at) {
    const Scorecard::Term& term = card.terms[at];
    std::size_t cell = 0;
    for (int variable : term.variables) {
      auto of = static_cast<std::size_t>(variable);
      auto count = static_cast<std::size_t>(card.variables[of].cells.count());
      expects(cells[of] < count, "score_cells: a cell of the variable");
      cell = cell * count + cells[of];
    }
    row.points.push_back(term.points[cell]);
    row.score += term.points[cell];
    if (term.points[cell] < term.baseline) row.reasons.push_back(static_cast<std::uint16_t>(at));
  }
  auto lost = [&](std::uint16_t at) { return card.terms[at].baseline - row.points[at]; };
  std::sort(row.reasons.begin(), row.reasons.end(), [&](std::uint16_t a, std::uint16_t b) {
    return lost(a) != lost(b) ? lost(a) > lost(b) : ranks[a] < ranks[b];
  });
  return row;
}

}  // namespace credence
