#include <credence/optimum/pairs.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <queue>

namespace credence {

namespace {

constexpr std::size_t kMostCases = 20'000;

struct Case {
  std::shared_ptr<const Case> parent;
  Step bin;           // decided here
  bool kept = false;  // it is a bin, or it is none
};

struct Open {
  std::shared_ptr<const Case> decided;
  Path path;  // the best row when only neighbours are tested
  double bound = 0;
  std::size_t number = 0;

  bool operator<(const Open& other) const {
    return bound != other.bound ? bound < other.bound : number > other.number;
  }
};

class PairSearch {
 public:
  PairSearch(PathSearch& search, const PathRules& rules, const Spread& spread, Effort& effort,
             const Wanted& wanted)
      : search_(search),
        nodes_(search.nodes()),
        rules_(rules),
        spread_(spread),
        effort_(effort),
        wanted_(wanted),
        wanted_bins_(search.bins().size()) {
    std::iota(wanted_bins_.begin(), wanted_bins_.end(), 0);
  }

  Found run() {
    look(nullptr);
    dive();
    narrow();
    while (!open_.empty()) {
      Open top = open_.top();
      if (best_ && top.bound < best_->objective - tie_slack(best_->objective)) break;
      if (best_ && best_->objective > wanted_.enough) break;
      if (effort_.spent() || cases_ >= kMostCases) return unfinished(top.bound);
      open_.pop();
      branch(top);
    }
    if (unproven_ > kNever) return unfinished(unproven_);
    Found found = Found::exact(best_);
    found.idle = idle_;
    return found;
  }

 private:
  Found unfinished(double bound) const {
    bound = std::max(bound, unproven_);
    if (best_) bound = std::max(bound, best_->objective);
    return {.path = best_, .bound = bound, .proven = false};
  }

  // Whether a bin is left when the cases are decided.
  bool is_open(const Step& bin, const Case* decided) const {
    const std::size_t node = nodes_.at(bin.start, bin.end);
    for (const Case* at = decided; at; at = at->parent.get()) {
      const bool is_same = at->bin.start == bin.start && at->bin.end == bin.end;
      if (is_same && !at->kept) return false;
      if (is_same || !at->kept) continue;
      const bool overlaps = bin.start <= at->bin.end && bin.end >= at->bin.start;
      const std::size_t kept = nodes_.at(at->bin.start, at->bin.end);
      if (overlaps || !significant(nodes_, rules_.z_squared, kept, node)) return false;
    }
    return true;
  }

  BinSet bins_of(const Case* decided) {
    const BinSet& bins = search_.bins();
    std::vector<int> open;
    for (int number : wanted_bins_) {
      const auto at = static_cast<std::size_t>(number);
      if (is_open({.start = bins.start[at], .end = bins.end[at]}, decided)) open.push_back(number);
    }
    effort_.work += wanted_bins_.size();
    return bins.picked(open);
  }

  double least() const {
    return best_ ? std::max(wanted_.least, floor_below(best_->objective)) : wanted_.least;
  }

  // Once a row is known, the others that matter have bins through which rows are worth as much.
  void narrow() {
    if (open_.empty() || least() == kNever) return;
    const std::vector<double> through = search_.through(rules_, least(), effort_);
    std::erase_if(wanted_bins_,
                  [&](int number) { return through[static_cast<std::size_t>(number)] < least(); });
  }

  // The first pair that does not differ.
  std::optional<std::pair<Step, Step>> offence(const Path& path) const {
    std::vector<Step> bins;
    for (int end : path.last)
      bins.push_back({.start = bins.empty() ? 0 : bins.back().end + 1, .end = end});
    for (std::size_t b = 0; b < bins.size(); ++b)
      for (std::size_t a = 0; a < b; ++a)
        if (!significant(nodes_, rules_.z_squared, nodes_.at(bins[a].start, bins[a].end),
                         nodes_.at(bins[b].start, bins[b].end)))
          return std::pair{bins[a], bins[b]};
    return std::nullopt;
  }

  Found best_of(const std::shared_ptr<const Case>& decided) {
    const Wanted wanted{.least = least(), .known = wanted_.known};
    if (!decided) return best_spread(search_, rules_, spread_, effort_, wanted);
    PathSearch search{nodes_, bins_of(decided.get())};
    return best_spread(search, rules_, spread_, effort_, wanted);
  }

  void look(std::shared_ptr<const Case> decided) {
    ++cases_;
    Found found = best_of(decided);
    if (!found.proven) unproven_ = std::max(unproven_, found.bound);
    if (!found.path) return;
    if (!offence(*found.path)) {
      // With nothing decided it is the best of more rows than those that keep the policy.
      if (!decided) idle_ = found.idle;
      if (!best_ || preferred(*found.path, *best_)) best_ = std::move(found.path);
      return;
    }
    open_.push({std::move(decided), std::move(*found.path), found.bound, cases_});
  }

  void branch(const Open& open) {
    auto [a, b] = *offence(open.path);
    // The larger bin is kept or forbidden: it excludes more.
    const Step bin =
        nodes_.size[nodes_.at(a.start, a.end)] >= nodes_.size[nodes_.at(b.start, b.end)] ? a : b;
    look(std::make_shared<Case>(Case{open.decided, bin, true}));
    look(std::make_shared<Case>(Case{open.decided, bin, false}));
  }

  // Keeps one bin of each offending pair, without looking back, for a first row to compare with.
  void dive() {
    if (open_.empty() || best_) return;
    std::shared_ptr<const Case> decided;
    Path path = open_.top().path;
    for (int steps = 0; steps < nodes_.prebins && !effort_.spent(); ++steps) {
      auto offending = offence(path);
      if (!offending) {
        if (!best_ || preferred(path, *best_)) best_ = path;
        return;
      }
      decided = std::make_shared<Case>(Case{decided, offending->first, true});
      Found found = best_of(decided);
      if (!found.path) {
        decided = std::make_shared<Case>(Case{decided->parent, offending->first, false});
        found = best_of(decided);
      }
      if (!found.path) return;
      path = std::move(*found.path);
    }
  }

  PathSearch& search_;
  const Nodes& nodes_;
  const PathRules& rules_;
  const Spread& spread_;
  Effort& effort_;
  Wanted wanted_;
  std::vector<int> wanted_bins_;
  std::priority_queue<Open> open_;
  std::size_t cases_ = 0;
  std::optional<Path> best_;
  Idle idle_;
  double unproven_ = kNever;
};

}  // namespace

Found best_of_all_pairs(PathSearch& search, const PathRules& rules, const Spread& spread,
                        Effort& effort, const Wanted& wanted) {
  return PairSearch{search, rules, spread, effort, wanted}.run();
}

}  // namespace credence
