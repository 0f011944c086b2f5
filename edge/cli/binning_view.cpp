#include <credence/cli/bars.h>
#include <credence/cli/bin_label.h>
#include <credence/cli/binning_view.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

constexpr std::size_t kLabelWidth = 26;
constexpr int kRateBar = 12, kWoeBar = 8;

double largest_woe(const Binning& binning) {
  double most = 0;
  for (const Binning::Row& row : binning.rows) most = std::max(most, std::abs(row.woe));
  return most;
}

double largest_rate(const Binning& binning) {
  double most = 0;
  for (const Binning::Row& row : binning.rows) {
    if (row.tally.weight() > 0) most = std::max(most, row.tally.rate());
  }
  return most;
}

std::string row_text(const Binning& binning, int cell, double most_rate, double most_woe) {
  const Binning::Row& row = binning.rows[static_cast<std::size_t>(cell)];
  double total = binning.total_records();
  double rate = row.tally.weight() > 0 ? row.tally.rate() : 0;
  return fmt::format("  {}  {:>10}  {:>5.1f} %  {:>5.1f} % {}  {:>+6.2f} {}  {:>6.4f}{}\n",
                     left_aligned(bin_label(binning.cells, cell), kLabelWidth),
                     with_commas(row.tally.records),
                     total > 0 ? 100 * row.tally.records / total : 0, 100 * rate,
                     bar(most_rate > 0 ? rate / most_rate : 0, kRateBar), row.woe,
                     two_sided_bar(most_woe > 0 ? row.woe / most_woe : 0, kWoeBar), row.iv,
                     row.fallback ? "  too few: fallback" : "");
}

std::string certificate_text(const Binning& binning) {
  const Certificate& proof = binning.certificate;
  std::string out = proof.optimality == Optimality::optimal
                        ? fmt::format(
                              "  certificate: optimal, no bins that keep the limits reach "
                              "more than {:.6f}",
                              proof.objective)
                        : fmt::format(
                              "  certificate: feasible at {:.6f}; no bins reach more than "
                              "{:.6f}",
                              proof.objective, proof.bound);
  out += fmt::format(" (problem {})\n", proof.problem_hash.substr(0, 12));
  if (!proof.binding.empty())
    out += fmt::format("  limits that cost something: {}\n", fmt::join(proof.binding, ", "));
  return out;
}

std::string candidates_text(const Binning& binning) {
  if (binning.candidates.empty()) return {};
  std::string out = "  trends, each solved exactly; chosen by held-out loss:\n";
  for (const Binning::Candidate& one : binning.candidates) {
    std::string mark = one.trend == binning.trend ? "  <- chosen" : "";
    out += one.feasible
               ? fmt::format("    {:<11} {:>9.6f}   loss {:.6f} ± {:.6f}{}\n", to_text(one.trend),
                             one.objective, one.held_out_loss, one.standard_error, mark)
               : fmt::format("    {:<11} no bins keep the limits\n", to_text(one.trend));
  }
  return out;
}

}  // namespace

std::string view(const Binning& binning) {
  std::string out =
      fmt::format("{}: IV {:.4f}, {}, {} bins of {} prebins\n", binning.name, binning.iv,
                  to_text(binning.trend), binning.cells.bins(), binning.problem.prebins.size());
  out += fmt::format("  {}  {:>10}  {:>7}  {}  {}  {:>6}\n", left_aligned("bin", kLabelWidth),
                     "records", "share", left_aligned("bad rate", 8 + kRateBar),
                     left_aligned("WoE (high is safe)", 8 + 2 * kWoeBar), "IV");
  double rate = largest_rate(binning), woe = largest_woe(binning);
  for (int cell = 0; cell < binning.cells.count(); ++cell) {
    bool empty = binning.rows[static_cast<std::size_t>(cell)].tally.records <= 0;
    if (cell < binning.cells.bins() || !empty) out += row_text(binning, cell, rate, woe);
  }
  out += certificate_text(binning) + candidates_text(binning);
  for (const std::string& note : binning.notes) out += fmt::format("  note: {}\n", note);
  return out;
}

std::string view(std::span<const RankedVariable> ranked) {
  double most = 0;
  for (const RankedVariable& one : ranked) most = std::max(most, one.iv);
  std::string out = fmt::format("{}  {:>7}  {}  {:<11} {:>4}\n", left_aligned("variable", 36), "IV",
                                left_aligned("", 20), "trend", "bins");
  for (const RankedVariable& one : ranked) {
    if (one.bins == 0) {
      out += fmt::format("{}  {:>7}  {}\n", left_aligned(one.name, 36), "-", one.note);
      continue;
    }
    out += fmt::format("{}  {:>7.4f}  {}  {:<11} {:>4}{}\n", left_aligned(one.name, 36), one.iv,
                       bar(most > 0 ? one.iv / most : 0, 20), one.trend, one.bins,
                       one.note.empty() ? "" : "  " + one.note);
  }
  return out;
}

}  // namespace credence
