#include <credence/base/expects.h>
#include <credence/binning/summary.h>
#include <credence/table/key_sort.h>
#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace credence {

namespace {

constexpr unsigned key_bits = 64;
constexpr std::size_t least_capacity = 64;

std::uint64_t start_at(std::uint64_t key, unsigned level) {
  return level >= key_bits ? 0 : key >> level << level;
}

std::uint64_t last_key(std::uint64_t start, unsigned level) {
  return level >= key_bits ? ~0ULL : start + ((1ULL << level) - 1);
}

}  // namespace

Result<Summary> Summary::of(std::string name, Column::Kind kind, std::vector<SpecialCode> specials,
                            Options options) {
  expects(options.capacity >= least_capacity, "Summary: a capacity of at least 64 intervals");
  VariableRules rules;
  rules.specials = specials;
  if (auto sound = check_rules(rules, name, kind); !sound) return sound.error();
  Summary summary;
  summary.options_ = options;
  summary.counts_.name = std::move(name);
  summary.counts_.kind = kind;
  summary.counts_.specials.resize(specials.size());
  summary.specials_ = std::move(specials);
  return summary;
}

// The leaves of a summary, with values that came new put where they belong: into the leaf that
// holds them, or as leaves of their own.
class Summary::Row {
 public:
  Row(const Leaves& leaves, const OrderedCounts& values) : leaves_(leaves), values_(values) {}

  bool next(Leaf& leaf) {
    const bool has_value = value_ < values_.size();
    if (leaf_ == leaves_.size() && !has_value) return false;
    if (leaf_ < leaves_.size() &&
        (!has_value || ordered_key(values_.low[value_]) >= leaves_[leaf_].start)) {
      leaf = leaves_[leaf_++];
      if (has_value) take_values(leaf);
      return true;
    }
    const double value = values_.low[value_];
    leaf = {.start = ordered_key(value),
            .level = 0,
            .low = value,
            .high = value,
            .tally = values_.tally(value_, value_)};
    ++value_;
    return true;
  }

 private:
  void take_values(Leaf& leaf) {
    const std::uint64_t last = last_key(leaf.start, leaf.level);
    const std::size_t first = value_;
    while (value_ < values_.size() && ordered_key(values_.low[value_]) <= last) ++value_;
    if (first == value_) return;
    leaf.low = std::min(leaf.low, values_.low[first]);
    leaf.high = std::max(leaf.high, values_.low[value_ - 1]);
    leaf.tally += values_.tally(first, value_ - 1);
  }

  const Leaves& leaves_;
  const OrderedCounts& values_;
  std::size_t leaf_ = 0, value_ = 0;
};

// One pass over the tree of dyadic intervals that the leaves span: an interval of two leaves
// becomes one where both hold at most `most_records` together. The stack holds leaves whose next
// neighbour is not known yet; the levels of the smallest intervals that hold neighbours fall from
// its bottom to its top. When two cannot be joined, nothing below them ever can, because every
// interval that holds it holds those two as well.
class Summary::Folder {
 public:
  explicit Folder(double most_records) : most_records_(most_records) {}

  void add(const Leaf& leaf) {
    if (!stack_.empty()) settle(common_level(stack_.back(), leaf));
    stack_.push_back(leaf);
  }
  Leaves leaves() {
    settle(key_bits + 1);
    flush();
    return std::move(done_);
  }

 private:
  // The level of the smallest dyadic interval that holds both. REQUIRES: disjoint.
  static unsigned common_level(const Leaf& left, const Leaf& right) {
    return key_bits - static_cast<unsigned>(std::countl_zero(left.start ^ right.start));
  }
  void flush() {
    done_.insert(done_.end(), stack_.begin(), stack_.end());
    stack_.clear();
  }
  // Whatever the next leaf is, neighbours below `level` have no other partner than each other.
  void settle(unsigned level) {
    while (stack_.size() > 1 || (!stack_.empty() && !done_.empty())) {
      const Leaf& right = stack_.back();
      const bool has_partner = stack_.size() > 1;
      const Leaf& left = has_partner ? stack_[stack_.size() - 2] : done_.back();
      const unsigned joint = common_level(left, right);
      if (joint >= level) return;
      if (!has_partner || left.tally.records + right.tally.records > most_records_) return flush();
      join(joint);
    }
  }
  void join(unsigned level) {
    const Leaf right = stack_.back();
    stack_.pop_back();
    Leaf& left = stack_.back();
    left.start = start_at(right.start, level);
    left.level = level;
    left.high = right.high;
    left.tally += right.tally;
  }

  double most_records_;
  Leaves done_, stack_;
};

double Summary::least_worth_keeping() const {
  return clean_.records / static_cast<double>(options_.capacity);
}

void Summary::shrink(double most_records) {
  for (; leaves_.size() > options_.capacity; most_records *= 2) {
    Folder folder{most_records};
    for (const Leaf& leaf : leaves_) folder.add(leaf);
    leaves_ = folder.leaves();
  }
}

// Folds while it merges: a chunk of new values never becomes a row of as many leaves.
void Summary::take(const OrderedCounts& values) {
  Leaves all;
  Leaf leaf;
  for (Row row{leaves_, values}; all.size() <= options_.capacity && row.next(leaf);)
    all.push_back(leaf);
  if (all.size() > options_.capacity) {
    Folder folder{least_worth_keeping()};
    for (Row row{leaves_, values}; row.next(leaf);) folder.add(leaf);
    all = folder.leaves();
  }
  leaves_ = std::move(all);
  shrink(2 * least_worth_keeping());
}

// Two ascending rows of disjoint leaves become one; a leaf goes into the one that holds it.
Summary::Leaves Summary::merged(const Leaves& left, const Leaves& right) {
  Leaves result;
  auto take = [&](const Leaf& leaf) {
    if (result.empty() || leaf.start > last_key(result.back().start, result.back().level)) {
      result.push_back(leaf);
      return;
    }
    Leaf& outer = result.back();
    outer.low = std::min(outer.low, leaf.low);
    outer.high = std::max(outer.high, leaf.high);
    outer.tally += leaf.tally;
  };
  auto a = left.begin(), b = right.begin();
  while (a != left.end() || b != right.end()) {
    // Of two that start together the larger one comes first, so that it takes the other in.
    const bool take_left =
        b == right.end() || (a != left.end() && (a->start < b->start ||
                                                 (a->start == b->start && a->level >= b->level)));
    take(take_left ? *a++ : *b++);
  }
  return result;
}

Result<Done> Summary::add_texts(const std::vector<NamedTally>& texts) {
  std::size_t unseen = 0;
  for (const NamedTally& text : texts) unseen += texts_.contains(text.text) ? 0 : 1;
  if (texts_.size() + unseen > options_.most_texts) {
    return refusal("binning.too_many_texts", name(),
                   fmt::format("more than {} different texts", options_.most_texts),
                   "leave the column out if it is a name or a number of a contract; else join rare "
                   "texts before, or allow more");
  }
  for (const NamedTally& text : texts) texts_[text.text] += text.tally;
  return Done{};
}

Result<Done> Summary::add(const Column& rows, const Outcome& outcome) {
  if (rows.kind() != kind()) {
    return refusal("binning.kind", name(), "some rows hold numbers and some hold texts",
                   "read the column with one type throughout");
  }
  if (auto sound = check_rows(outcome, rows); !sound) return sound.error();
  CountRoom room;
  auto counted = count_rows(rows, outcome, specials_, room);
  if (!counted) return counted.error();
  if (kind() == Column::Kind::text) {
    if (auto added = add_texts(counted->texts); !added) return added.error();
    for (const NamedTally& text : counted->texts) clean_ += text.tally;
  }
  const VariableCounts& counts = counted->counts;
  const OrderedCounts& clean = counts.clean;
  if (clean.size() > 0) clean_ += clean.tally(0, clean.size() - 1);
  for (std::size_t i = 0; i < counts.specials.size(); ++i)
    counts_.specials[i] += counts.specials[i];
  counts_.missing += counts.missing;
  is_weighted_ |= !outcome.weights.empty();
  take(clean);
  return Done{};
}

Result<Done> Summary::merge(const Summary& other) {
  if (other.name() != name() || other.kind() != kind() || other.specials_ != specials_) {
    return refusal("binning.rules", name(),
                   fmt::format("its summary does not go with one of `{}`", other.name()),
                   "merge summaries of one variable with the same special codes");
  }
  if (kind() == Column::Kind::text) {
    std::vector<NamedTally> texts;
    for (const auto& [text, tally] : other.texts_) texts.push_back({.text = text, .tally = tally});
    if (auto added = add_texts(texts); !added) return added.error();
  }
  for (std::size_t i = 0; i < specials_.size(); ++i)
    counts_.specials[i] += other.counts_.specials[i];
  counts_.missing += other.counts_.missing;
  clean_ += other.clean_;
  is_weighted_ |= other.is_weighted_;
  leaves_ = merged(leaves_, other.leaves_);
  shrink(least_worth_keeping());
  return Done{};
}

double Summary::resolution() const {
  double most = 0;
  for (const Leaf& leaf : leaves_) {
    if (leaf.low < leaf.high) most = std::max(most, leaf.tally.records);
  }
  return clean_.records > 0 ? most / clean_.records : 0;
}

Result<VariableCounts> Summary::counts(const VariableRules& rules) const {
  if (auto sound = check_rules(rules, name(), kind()); !sound) return sound.error();
  if (rules.specials != specials_) {
    return refusal("binning.rules", name(), "the rules name other special codes than the summary",
                   "make the summary with the special codes of the rules");
  }
  VariableCounts counts = counts_;
  if (kind() == Column::Kind::text) {
    std::vector<NamedTally> texts;
    for (const auto& [text, tally] : texts_) texts.push_back({.text = text, .tally = tally});
    set_texts(counts, std::move(texts), rules);
  } else {
    for (const Leaf& leaf : leaves_)
      counts.clean.append(leaf.low, leaf.high, leaf.tally, is_weighted_);
  }
  if (auto sound = check_counts(counts); !sound) return sound.error();
  return counts;
}

}  // namespace credence
