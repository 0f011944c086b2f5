#include <credence/optimum/spread.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>

namespace credence {

namespace {

constexpr double kSlack = 1e-12;  // far above the rounding of sums of weights
constexpr double kAny = std::numeric_limits<double>::infinity();

struct Sizes {
  double smallest = kAny, largest = 0;
};

Sizes sizes_of(const Nodes& nodes, const std::vector<int>& last) {
  Sizes sizes;
  int start = 0;
  for (int end : last) {
    const double size = nodes.size[nodes.at(start, end)];
    sizes.smallest = std::min(sizes.smallest, size);
    sizes.largest = std::max(sizes.largest, size);
    start = end + 1;
  }
  return sizes;
}

// Rows whose bins are of sizes in [least, most], the largest of them at least `least_largest`.
struct Window {
  double least = 0, most = kAny, least_largest = 0;
  double bound = kAny;
  std::size_t number = 0;

  bool operator<(const Window& other) const {  // of two equal ones the earlier goes first
    return bound != other.bound ? bound < other.bound : number > other.number;
  }
};

struct Bin {
  int number = 0;
  double size = 0, through = 0;  // no row through it is worth more, the spread aside
};

class WindowSearch {
 public:
  WindowSearch(PathSearch& search, const PathRules& rules, const Spread& spread, Effort& effort,
               const Wanted& wanted)
      : search_(search),
        nodes_(search.nodes()),
        rules_(rules),
        spread_(spread),
        effort_(effort),
        wanted_(wanted),
        mean_(nodes_.clean_size / rules.max_bins * (1 - kSlack)),
        whole_(nodes_.clean_size * (1 + kSlack)) {}

  Found run() {
    best_ = only_bin();
    windows_.push({});
    double bound = kNever;
    bool proven = true;
    // Bins are left out by what the number of bins and a strict shape allow.
    Idle idle{.min_bins = true, .max_bins = false, .shape = !rules_.strict, .neighbours = true};
    while (!windows_.empty()) {
      const Window window = windows_.top();
      windows_.pop();
      if (best_ && (window.bound < floor() || best_->objective > wanted_.enough)) break;
      if (effort_.spent()) {
        proven = false;
        bound = std::max(bound, window.bound);
        break;
      }
      Found found = look(window);
      proven = proven && found.proven;
      idle = idle & found.idle;
      if (!found.proven) bound = std::max(bound, found.bound);
    }
    if (best_) bound = std::max(bound, best_->objective);
    return {.path = best_, .bound = bound, .proven = proven, .idle = idle};
  }

 private:
  // What is worth less is not wanted.
  double floor() const {
    return best_ ? std::max(wanted_.least, best_->objective - tie_slack(best_->objective))
                 : wanted_.least;
  }

  // The spread is only ever taken off, so a row that is worth less without it is worth less with
  // it too.
  double least() const {
    return best_ ? std::max(wanted_.least, floor_below(best_->objective)) : wanted_.least;
  }

  // All prebins in one bin, from which nothing is taken off.
  std::optional<Path> only_bin() const {
    const BinSet& bins = search_.bins();
    const int bin = bins.from(1) - 1;
    if (rules_.min_bins > 1 || bin < 0 ||
        bins.end[static_cast<std::size_t>(bin)] != bins.prebins - 1)
      return std::nullopt;
    return Path{.last = {bins.prebins - 1}, .objective = bins.worth[static_cast<std::size_t>(bin)]};
  }

  Found best_in(const Window& window) {
    if (made_ == 0) return search_.best(rules_, effort_, {.least = wanted_.least});
    if (rest_.empty()) list_rest();
    effort_.work += rest_.size();
    std::vector<int> bins;
    for (const Bin& bin : rest_)
      if (bin.size >= window.least && bin.size <= window.most &&
          bin.through - least_taken_off(bin.size, window) >= least())
        bins.push_back(bin.number);
    PathSearch search{nodes_, search_.bins().picked(bins)};
    return search.best(rules_, effort_,
                       {.least = least(), .most = window.bound, .known = wanted_.known});
  }

  // All other windows are parts of the first, so what no row worth enough needs there is needed in
  // none of them.
  void list_rest() {
    const std::vector<double> through = search_.through(rules_, least(), effort_);
    for (std::size_t bin = 0; bin < through.size(); ++bin) {
      const int number = static_cast<int>(bin);
      const double size = nodes_.size[search_.bins().node(nodes_, number)];
      if (through[bin] - least_taken_off(size, {}) >= least())
        rest_.push_back({.number = number, .size = size, .through = through[bin]});
    }
  }

  // At least this is taken off any row with a bin of this size: some bin is as large as the mean,
  // and beside this one each other has at most what it leaves.
  double least_taken_off(double size, const Window& window) const {
    if (size >= nodes_.clean_size) return 0;  // the only bin
    const double largest = std::max(window.least_largest, mean_);
    return spread_.factor * std::max({0.0, largest - size, 2 * size - whole_});
  }

  // Whatever is better than the best in this window may not spread its sizes further than this.
  double most_spread(const Window& window) const {
    return (window.bound - floor()) / spread_.factor;
  }

  Found look(Window window) {
    if (best_) window.least = std::max(window.least, window.least_largest - most_spread(window));
    Found found = best_in(window);
    if (!found.path) return found;
    Path path = *found.path;
    const double unspread = path.objective;
    path.objective -= spread_.of(nodes_, path.last);
    if (!best_ || preferred(path, *best_)) best_ = path;
    if (found.bound < floor()) return found;
    const Sizes sizes = sizes_of(nodes_, path.last);
    if (unspread - path.objective <= 0) return found;
    Window smaller{.least = window.least,
                   .most = std::nextafter(sizes.largest, 0.0),
                   .least_largest = window.least_largest,
                   .bound = found.bound};
    // Where no ceiling answers, a look is dear: of the largest sizes, the upper half leaves out
    // many small bins and the lower half many large ones, and both halves together are all rows.
    const double middle = (std::max(window.least_largest, mean_) + sizes.largest) / 2;
    if (!found.idle.shape && middle - most_spread(smaller) > window.least) {
      Window larger = smaller;
      larger.least_largest = middle;
      add(larger);
      smaller.most = std::nextafter(middle, 0.0);
    }
    add(smaller);
    add({.least = std::nextafter(sizes.smallest, kAny),
         .most = window.most,
         .least_largest = std::max(window.least_largest, sizes.largest),
         .bound = found.bound});
    return found;
  }

  void add(Window window) {
    window.number = ++made_;
    if (window.least <= window.most && window.least_largest <= window.most) windows_.push(window);
  }

  PathSearch& search_;
  const Nodes& nodes_;
  const PathRules& rules_;
  const Spread& spread_;
  Effort& effort_;
  Wanted wanted_;
  double mean_, whole_;    // of sizes; no more and no less than they are
  std::vector<Bin> rest_;  // what may be needed, once a row is known
  std::priority_queue<Window> windows_;
  std::size_t made_ = 0;
  std::optional<Path> best_;
};

}  // namespace

double Spread::of(const Nodes& nodes, const std::vector<int>& last) const {
  const Sizes sizes = sizes_of(nodes, last);
  return factor * (sizes.largest - sizes.smallest);
}

Found best_spread(PathSearch& search, const PathRules& rules, const Spread& spread, Effort& effort,
                  const Wanted& wanted) {
  if (spread.factor <= 0) return search.best(rules, effort, wanted);
  return WindowSearch{search, rules, spread, effort, wanted}.run();
}

}  // namespace credence
