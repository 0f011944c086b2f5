#include <credence/feature/measure.h>

#include <algorithm>

namespace credence {

namespace {

using RecordList = std::vector<const EventFact*>;

// A sum of any number of cells fits: 2^64 of them stay below 2^127.
__extension__ using Wide = __int128;

// Answers stay within the limits of a cell. A sum beyond them answers the limit itself, which keeps
// it on the right side of every threshold that a card can name.
Cell saturated(Wide value) {
  return Cell::of(static_cast<std::int64_t>(std::clamp<Wide>(value, -Cell::kLimit, Cell::kLimit)));
}

// numerator / denominator to the nearest whole number, halves to the even one. REQUIRES:
// denominator > 0
Wide half_even(Wide numerator, Wide denominator) {
  Wide quotient = numerator / denominator;
  Wide rest = numerator % denominator;
  if (rest < 0) {
    --quotient;
    rest += denominator;
  }
  Wide twice = 2 * rest;
  bool up = twice > denominator || (twice == denominator && quotient % 2 != 0);
  return up ? quotient + 1 : quotient;
}

std::vector<std::uint64_t> indexes_of(Records records) {
  std::vector<std::uint64_t> indexes;
  indexes.reserve(records.size());
  for (const EventFact* record : records) indexes.push_back(record->index);
  if (!std::is_sorted(indexes.begin(), indexes.end())) std::sort(indexes.begin(), indexes.end());
  return indexes;
}

FeatureValue whole(std::size_t number, Records from) {
  return {Cell::of(static_cast<std::int64_t>(number)), indexes_of(from)};
}

Records inside_window(Records usable, const std::optional<Period>& window, Date today) {
  if (!window) return usable;
  Date after = subtract(today, *window);
  auto first = std::partition_point(usable.begin(), usable.end(), [after](const EventFact* record) {
    return record->at <= after;
  });
  return {first, usable.end()};
}

RecordList matching_in(Records window, const Condition& where, Date today) {
  if (where.text().empty()) return {window.begin(), window.end()};
  RecordList matching;
  matching.reserve(window.size());
  for (const EventFact* record : window) {
    if (where.holds(record->fields, today)) matching.push_back(record);
  }
  return matching;
}

FeatureValue share(Records matching, Records window) {
  if (window.empty()) return {};
  Wide thousandths =
      half_even(Wide{1000} * static_cast<Wide>(matching.size()), static_cast<Wide>(window.size()));
  return {saturated(thousandths), indexes_of(window)};
}

FeatureValue months_since(Records matching, Date today) {
  if (matching.empty()) return {};
  const EventFact* last = matching.back();
  return {Cell::of(months_between(last->at, today)), {last->index}};
}

FeatureValue months_across(Records matching) {
  if (matching.empty()) return {};
  RecordList ends{matching.front()};
  if (matching.size() > 1) ends.push_back(matching.back());
  return {Cell::of(months_between(ends.front()->at, ends.back()->at)), indexes_of(ends)};
}

// A measure of one field's values.
class FieldMeasure {
 public:
  FieldMeasure(int field, Records matching)
      : field_(static_cast<std::size_t>(field)), matching_(matching) {
    expects(field >= 0 && field_ < EventType::kMaxFields, "measure: it needs a field to work on");
    for (const EventFact* record : matching) {
      if (cell(record).has_value()) valued_.push_back(record);
    }
  }

  FeatureValue latest() const {
    for (auto record = matching_.rbegin(); record != matching_.rend(); ++record) {
      if (!cell(*record).is_missing()) return {cell(*record), {(*record)->index}};
    }
    return {};
  }
  FeatureValue total() const {
    if (matching_.empty()) return {Cell::of(0), {}};
    if (valued_.empty()) return without_values();
    return {saturated(sum(valued_)), indexes_of(valued_)};
  }
  FeatureValue mean() const {
    if (valued_.empty()) return without_values();
    return {saturated(half_even(sum(valued_), static_cast<Wide>(valued_.size()))),
            indexes_of(valued_)};
  }
  FeatureValue least() const {
    if (valued_.empty()) return without_values();
    return holding(std::ranges::min(values()));
  }
  FeatureValue greatest() const {
    if (valued_.empty()) return without_values();
    return holding(std::ranges::max(values()));
  }
  FeatureValue distinct() const {
    if (matching_.empty()) return {Cell::of(0), {}};
    if (valued_.empty()) return without_values();
    std::vector<std::int64_t> different = values();
    std::sort(different.begin(), different.end());
    different.erase(std::unique(different.begin(), different.end()), different.end());
    return whole(different.size(), valued_);
  }
  // How much higher the newer half is than the older half, on average.
  FeatureValue trend() const {
    if (valued_.empty()) return without_values();
    std::size_t half = valued_.size() / 2;
    if (half == 0) return {};
    Records all{valued_};
    Records older = all.first(half), newer = all.last(half);
    RecordList both{older.begin(), older.end()};
    both.insert(both.end(), newer.begin(), newer.end());
    return {saturated(half_even(sum(newer) - sum(older), static_cast<Wide>(half))),
            indexes_of(both)};
  }

 private:
  Cell cell(const EventFact* record) const { return record->fields[field_]; }
  std::int64_t value(const EventFact* record) const { return cell(record).value(); }
  std::vector<std::int64_t> values() const {
    std::vector<std::int64_t> values;
    values.reserve(valued_.size());
    for (const EventFact* record : valued_) values.push_back(value(record));
    return values;
  }
  Wide sum(Records records) const {
    Wide total = 0;
    for (const EventFact* record : records) total += value(record);
    return total;
  }
  // Records are there but none tells a value: what the last special code says, or nothing.
  FeatureValue without_values() const { return latest(); }
  FeatureValue holding(std::int64_t extreme) const {
    RecordList holders;
    for (const EventFact* record : valued_) {
      if (value(record) == extreme) holders.push_back(record);
    }
    return {Cell::of(extreme), indexes_of(holders)};
  }

  std::size_t field_;
  Records matching_;
  RecordList valued_;
};

}  // namespace

FeatureValue measure(const Feature& feature, Records usable, Date today) {
  if (usable.empty()) return {};
  Records window = inside_window(usable, feature.window, today);
  RecordList matching = matching_in(window, feature.where, today);
  switch (feature.measure) {
    case Measure::count:
      return whole(matching.size(), matching);
    case Measure::share:
      return share(matching, window);
    case Measure::months_since:
      return months_since(matching, today);
    case Measure::months_between:
      return months_across(matching);
    case Measure::sum:
      return FieldMeasure{feature.of, matching}.total();
    case Measure::mean:
      return FieldMeasure{feature.of, matching}.mean();
    case Measure::min:
      return FieldMeasure{feature.of, matching}.least();
    case Measure::max:
      return FieldMeasure{feature.of, matching}.greatest();
    case Measure::latest:
      return FieldMeasure{feature.of, matching}.latest();
    case Measure::distinct:
      return FieldMeasure{feature.of, matching}.distinct();
    case Measure::trend:
      return FieldMeasure{feature.of, matching}.trend();
  }
  stop_on_defect("measure: unknown measure");
}

}  // namespace credence
