#include <credence/cli/bin_label.h>
#include <credence/cli/bin_table.h>
#include <credence/terminal/bars.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace credence {

namespace {

constexpr int kNumber = 7;  // "> 12   ", in place of the two blanks before an unnumbered row

// Which columns a width has room for. Widths are in characters; 0: not there.
struct Columns {
  int label = 26;
  int records = 10;
  bool share = true;
  int rate_bar = 12, woe_bar = 8;  // of the weight: to each side
  bool iv = true;

  int width() const {
    int sum = label + 9 + 8;
    if (records > 0) sum += 2 + records;
    if (share) sum += 9;
    if (rate_bar > 0) sum += 1 + rate_bar;
    if (woe_bar > 0) sum += 2 + 2 * woe_bar;
    return sum + (iv ? 8 : 0);
  }
};

constexpr std::array<Columns, 6> kLooks = {
    {{},
     {.label = 20, .records = 9, .share = true, .rate_bar = 6, .woe_bar = 6, .iv = true},
     {.label = 18, .records = 9, .share = false, .rate_bar = 4, .woe_bar = 5, .iv = true},
     {.label = 16, .records = 9, .share = false, .rate_bar = 0, .woe_bar = 4, .iv = false},
     {.label = 10, .records = 0, .share = false, .rate_bar = 0, .woe_bar = 2, .iv = false},
     {.label = 8, .records = 0, .share = false, .rate_bar = 0, .woe_bar = 0, .iv = false}}};

Columns columns_for(const BinTableLook& look) {
  if (look.width <= 0) return {};
  const int room = look.width - (look.numbered ? kNumber : 2);
  for (Columns columns : kLooks) {
    if (columns.width() > room) continue;
    columns.label = std::min(26, columns.label + room - columns.width());
    return columns;
  }
  return kLooks.back();
}

// What bars are measured by: the most in any row.
struct Most {
  double rate = 0, woe = 0;
};

Most most_of(const Binning& binning) {
  Most most;
  for (const Binning::Row& row : binning.rows) {
    most.woe = std::max(most.woe, std::abs(row.woe));
    if (row.tally.weight() > 0) most.rate = std::max(most.rate, row.tally.rate());
  }
  return most;
}

std::string start_of(const BinTableLook& look, const Cells& cells, int cell) {
  if (!look.numbered) return "  ";
  if (cell >= cells.bins()) return std::string(kNumber, ' ');
  return left_aligned(fmt::format("{} {:>2}", cell + 1 == look.chosen ? ">" : " ", cell + 1),
                      kNumber);
}

std::string header_text(const Columns& columns, const BinTableLook& look, const Tongue& tongue) {
  const std::string start =
      !look.numbered ? "  " : left_aligned(tongue.say({"  no.", "  nº"}), kNumber);
  std::string out =
      start + left_aligned(tongue.say({"bin", "classe"}), static_cast<std::size_t>(columns.label));
  if (columns.records > 0)
    out += fmt::format("  {:>{}}", tongue.say({"records", "lignes"}), columns.records);
  if (columns.share) out += fmt::format("  {:>7}", tongue.say({"share", "part"}));
  const bool is_wide = columns.rate_bar >= 6;
  const Text rate = is_wide ? Text{"bad rate", "taux de défaut"} : Text{"bad", "défaut"};
  const int rate_width = 7 + (columns.rate_bar > 0 ? 1 + columns.rate_bar : 0);
  out += "  " + left_aligned(tongue.say(rate), static_cast<std::size_t>(rate_width));
  const bool has_room = columns.woe_bar >= 6;
  const Text woe = has_room ? Text{"WoE (high is safe)", "WoE (haut = sûr)"} : Text{"WoE", "WoE"};
  const int woe_width = 6 + (columns.woe_bar > 0 ? 2 + 2 * columns.woe_bar : 0);
  out += "  " + left_aligned(tongue.say(woe), static_cast<std::size_t>(woe_width));
  return out + (columns.iv ? fmt::format("  {:>6}", "IV") : "");
}

std::string row_text(const Binning& binning, int cell, const Columns& columns,
                     const BinTableLook& look, const Most& most, const Tongue& tongue) {
  const Binning::Row& row = binning.rows[static_cast<std::size_t>(cell)];
  const double total = binning.total_records();
  const double rate = row.tally.weight() > 0 ? row.tally.rate() : 0;
  std::string out =
      start_of(look, binning.cells, cell) +
      left_aligned(bin_label(binning.cells, cell, tongue), static_cast<std::size_t>(columns.label));
  if (columns.records > 0)
    out += fmt::format("  {:>{}}", tongue.count(row.tally.records), columns.records);
  if (columns.share)
    out += fmt::format("  {:>7}", tongue.percent(total > 0 ? row.tally.records / total : 0));
  out += fmt::format("  {:>7}", tongue.percent(rate));
  if (columns.rate_bar > 0)
    out += " " + bar(most.rate > 0 ? rate / most.rate : 0, columns.rate_bar);
  out += fmt::format("  {:>6}", tongue.with_sign(row.woe, 2));
  if (columns.woe_bar > 0)
    out += " " + two_sided_bar(most.woe > 0 ? row.woe / most.woe : 0, columns.woe_bar);
  if (columns.iv) out += fmt::format("  {:>6}", tongue.number(row.iv, 4));
  return out + (row.fallback ? tongue.say({"  too few: fallback", "  trop peu : repli"}) : "");
}

}  // namespace

std::vector<std::string> bin_table(const Binning& binning, const BinTableLook& look,
                                   const Tongue& tongue) {
  const Columns columns = columns_for(look);
  const Most most = most_of(binning);
  std::vector<std::string> lines = {header_text(columns, look, tongue)};
  for (int cell = 0; cell < binning.cells.count(); ++cell) {
    const bool is_empty = binning.rows[static_cast<std::size_t>(cell)].tally.records <= 0;
    if (cell < binning.cells.bins() || !is_empty)
      lines.push_back(row_text(binning, cell, columns, look, most, tongue));
  }
  return lines;
}

}  // namespace credence
