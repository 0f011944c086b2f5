#include <credence/base/expects.h>
#include <credence/base/text.h>
#include <credence/binning/binning.h>
#include <credence/binning/prebin_counts.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>

namespace credence {

namespace {

Attempt<Binning> bin_one(const Table& table, const Outcome& outcome, const ColumnRules& rules,
                         CountRoom& room) {
  const Column* column = table.find(rules.column);
  if (column != nullptr) return bin(*column, outcome, rules.rules, room);
  std::vector<std::string> names;
  for (const Column& known : table.columns()) names.push_back(known.name());
  const std::string near = nearest(rules.column, names);
  return refusal("binning.column", rules.column, "the table has no such column",
                 near.empty() ? "name a column of the table" : "did you mean `" + near + "`?");
}

}  // namespace

std::vector<Attempt<Binning>> bin_all(const Table& table, const Outcome& outcome,
                                      std::span<const ColumnRules> rules, int threads) {
  expects(threads >= 1, "bin_all: at least one thread");
  std::vector<std::optional<Attempt<Binning>>> slots(rules.size());
  std::atomic<std::size_t> next = 0;
  auto work = [&] {
    CountRoom room;
    for (std::size_t at = next++; at < rules.size(); at = next++)
      slots[at] = bin_one(table, outcome, rules[at], room);
  };
  {
    std::vector<std::jthread> others;
    const std::size_t most = std::min(static_cast<std::size_t>(threads), rules.size());
    for (std::size_t i = 1; i < most; ++i) others.emplace_back(work);
    work();
  }
  std::vector<Attempt<Binning>> results;
  for (auto& slot : slots) results.push_back(std::move(*slot));
  return results;
}

}  // namespace credence
