#include <credence/base/expects.h>
#include <credence/binning/prebin_sort.h>
#include <credence/binning/summary.h>
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

bool Summary::holds(const Leaf& outer, const Leaf& inner) {
  return outer.level >= inner.level && start_at(inner.start, outer.level) == outer.start;
}

// The level of the smallest dyadic interval that holds both. REQUIRES: disjoint.
unsigned Summary::common_level(const Leaf& left, const Leaf& right) {
  return key_bits - static_cast<unsigned>(std::countl_zero(left.start ^ right.start));
}

// Two ascending rows of disjoint leaves become one; a leaf goes into the one that holds it.
std::vector<Summary::Leaf> Summary::merged(const std::vector<Leaf>& left,
                                           const std::vector<Leaf>& right) {
  std::vector<Leaf> result;
  result.reserve(left.size() + right.size());
  auto take = [&](const Leaf& leaf) {
    if (result.empty() || !holds(result.back(), leaf)) {
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

// One pass over the tree of intervals that the leaves span: an interval of two becomes one leaf
// where both sides already are one leaf each and hold at most `most_records` together. The stack
// holds leaves whose next neighbour is not known yet, with levels of common intervals that fall
// from its bottom to its top. When two cannot be joined, nothing below them ever can, because every
// interval that holds them is larger still.
std::vector<Summary::Leaf> Summary::folded(double most_records) const {
  std::vector<Leaf> result, stack;
  bool is_closed = false;  // the leaf before the stack, already in the result, can join nothing
  auto before = [&](std::size_t at) -> const Leaf& {
    return at == 0 ? result.back() : stack[at - 1];
  };
  auto join_below = [&](unsigned level) {
    while (!stack.empty() && (stack.size() > 1 || is_closed)) {
      Leaf& top = stack.back();
      const unsigned joint = common_level(before(stack.size() - 1), top);
      if (joint >= level) return;
      const bool is_light =
          stack.size() > 1 &&
          before(stack.size() - 1).tally.records + top.tally.records <= most_records;
      if (!is_light) {
        result.insert(result.end(), stack.begin(), stack.end());
        stack.clear();
        is_closed = true;
        return;
      }
      Leaf& left = stack[stack.size() - 2];
      left = {.start = start_at(top.start, joint),
              .level = joint,
              .low = left.low,
              .high = top.high,
              .tally = left.tally};
      left.tally += top.tally;
      stack.pop_back();
    }
  };
  for (const Leaf& leaf : leaves_) {
    if (!stack.empty()) join_below(common_level(stack.back(), leaf));
    stack.push_back(leaf);
  }
  join_below(key_bits + 1);
  result.insert(result.end(), stack.begin(), stack.end());
  return result;
}

void Summary::fold() {
  double most_records = clean_.records / static_cast<double>(options_.capacity);
  for (; leaves_.size() > options_.capacity; most_records *= 2) leaves_ = folded(most_records);
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
  auto counted = count_rows(rows, outcome, specials_);
  if (!counted) return counted.error();
  if (kind() == Column::Kind::text) {
    if (auto added = add_texts(counted->texts); !added) return added.error();
    for (const NamedTally& text : counted->texts) clean_ += text.tally;
  }
  const VariableCounts& counts = counted->counts;
  const OrderedCounts& clean = counts.clean;
  std::vector<Leaf> fresh;
  fresh.reserve(clean.size());
  for (std::size_t entry = 0; entry < clean.size(); ++entry) {
    const double value = clean.low[entry];
    fresh.push_back({.start = ordered_key(value),
                     .level = 0,
                     .low = value,
                     .high = value,
                     .tally = clean.tally(entry, entry)});
  }
  if (clean.size() > 0) clean_ += clean.tally(0, clean.size() - 1);
  for (std::size_t i = 0; i < counts.specials.size(); ++i)
    counts_.specials[i] += counts.specials[i];
  counts_.missing += counts.missing;
  is_weighted_ |= !outcome.weights.empty();
  leaves_ = merged(leaves_, fresh);
  fold();
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
  fold();
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
