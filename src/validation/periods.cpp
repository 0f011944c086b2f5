#include <credence/validation/periods.h>
#include <credence/validation/phrase.h>
#include <fmt/format.h>

#include <map>
#include <set>

namespace credence {

namespace {

constexpr int kMonths[] = {1, 3, 12};  // lengths, shortest first

// Whole months since year 0.
int month_number(Date date) {
  std::chrono::year_month_day parts{date};
  return static_cast<int>(parts.year()) * 12 +
         static_cast<int>(static_cast<unsigned>(parts.month())) - 1;
}

int length_for(const std::set<int>& months, std::size_t most) {
  for (int length : kMonths) {
    std::set<int> slots;
    for (int month : months) slots.insert(month / length);
    if (slots.size() <= most) return length;
  }
  return 12;
}

Text label_of(int slot, int length) {
  if (length == 12) return same(fmt::format("{}", slot));
  int year = slot * length / 12, within = slot % (12 / length) + 1;
  if (length == 1) return same(fmt::format("{}-{:02}", year, within));
  return {fmt::format("{} Q{}", year, within), fmt::format("{} T{}", year, within)};
}

}  // namespace

std::vector<PeriodRows> periods(const Study& study, std::size_t most) {
  std::set<int> months;
  for (const StudiedSample& one : study.samples) {
    for (const auto& date : one.sample->dates) {
      if (date) months.insert(month_number(*date));
    }
  }
  int length = length_for(months, most);
  std::map<int, PeriodRows> found;
  for (const StudiedSample& one : study.samples) {
    const ValidationSample& sample = *one.sample;
    for (std::size_t row = 0; row < sample.dates.size(); ++row) {
      if (!sample.dates[row]) continue;
      PeriodRows& period = found[month_number(*sample.dates[row]) / length];
      period.rows.take(sample, row);
      if (!sample.months_to_bad.empty()) period.months_to_bad.push_back(sample.months_to_bad[row]);
    }
  }
  while (found.size() > most) found.erase(found.begin());
  std::vector<PeriodRows> result;
  for (auto& [slot, period] : found) {
    period.label = label_of(slot, length);
    // Samples with and without months cannot be told apart any more: then none has them.
    if (period.months_to_bad.size() != period.rows.scores.size()) period.months_to_bad.clear();
    result.push_back(std::move(period));
  }
  return result;
}

}  // namespace credence
