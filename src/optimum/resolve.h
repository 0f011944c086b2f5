#pragma once

#include <credence/optimum/bin_set.h>

#include <algorithm>
#include <utility>

namespace credence {

// Follows the values of a finished dynamic program to the one row of bins that ties are broken for:
// fewest bins, then the lexicographically smallest ends. Only steps that can still tie with the
// best are looked at; mostly that is one per bin.
//
// A Graph has bins(), the bins it knows; next(step, bin), an optional step from one to another;
// value(step, position), the best sum of worth from that step on when it is bin number `position`.
template <class Graph>
class Resolver {
 public:
  explicit Resolver(const Graph& graph) : graph_(graph), bins_(graph.bins()) {}

  std::optional<Path> path() {
    double best = kNever;
    for (int bin = 0; bin < bins_.from(1); ++bin)
      best = std::max(best, graph_.value(first(bin), 1));
    if (best == kNever) return std::nullopt;
    floor_ = best - tie_slack(best);
    if (auto path = straight()) return path;
    Layer starts;
    for (int bin = 0; bin < bins_.from(1); ++bin)
      if (graph_.value(first(bin), 1) >= floor_) starts.push_back({first(bin), worth(bin)});
    layers_.push_back(std::move(starts));
    while (!finished()) layers_.push_back(followers());
    complete();
    return walk();
  }

 private:
  struct Label {
    Step step;
    double before = 0;      // the best worth up to and with this step
    double after = kNever;  // the best worth after it, in the layers that are left
  };
  using Layer = std::vector<Label>;

  int position() const { return static_cast<int>(layers_.size()); }
  int last() const { return bins_.prebins - 1; }
  double worth(int bin) const { return bins_.worth[static_cast<std::size_t>(bin)]; }
  Step first(int bin) const {
    return {.start = 0, .end = bins_.end[static_cast<std::size_t>(bin)], .bin = bin};
  }

  // Calls `visit` for every step that may follow, by end.
  template <class Visit>
  void follow(const Step& step, const Visit& visit) const {
    if (step.end == last()) return;
    for (int bin = bins_.from(step.end + 1); bin < bins_.from(step.end + 2); ++bin)
      if (auto next = graph_.next(step, bin)) visit(*next);
  }

  // Where no step ties with another, which is the rule, there is one way on and nothing to break.
  std::optional<Path> straight() const {
    Path path;
    std::optional<Step> at, next;
    bool is_alone = true;
    auto choose = [&](const Step& step) {
      const int place = static_cast<int>(path.last.size()) + 1;
      if (path.objective + graph_.value(step, place) < floor_) return;
      is_alone = is_alone && !next;
      next = step;
    };
    for (int bin = 0; bin < bins_.from(1); ++bin) choose(first(bin));
    while (is_alone && next) {
      at = std::exchange(next, std::nullopt);
      path.objective += worth(at->bin);
      path.last.push_back(at->end);
      follow(*at, choose);
    }
    const bool is_whole = is_alone && at->end == last() && path.objective >= floor_;
    return is_whole ? std::optional{std::move(path)} : std::nullopt;
  }

  bool finished() const {
    return std::any_of(layers_.back().begin(), layers_.back().end(), [&](const Label& label) {
      return label.step.end == last() && label.before >= floor_ &&
             graph_.value(label.step, position()) > kNever;
    });
  }

  Layer followers() const {
    Layer next;
    for (const Label& label : layers_.back())
      follow(label.step, [&](const Step& step) {
        if (label.before + graph_.value(step, position() + 1) >= floor_)
          next.push_back({step, label.before + worth(step.bin)});
      });
    std::sort(next.begin(), next.end(), [](const Label& a, const Label& b) {
      return a.step != b.step ? a.step < b.step : a.before > b.before;
    });
    auto same = [](const Label& a, const Label& b) { return a.step == b.step; };
    next.erase(std::unique(next.begin(), next.end(), same), next.end());
    expects(!next.empty(), "Resolver: a value that no row of bins has");
    return next;
  }

  const Label* find(std::size_t layer, const Step& step) const {
    const Layer& labels = layers_[layer];
    auto place = std::lower_bound(labels.begin(), labels.end(), step,
                                  [](const Label& a, const Step& b) { return a.step < b; });
    return place != labels.end() && place->step == step ? &*place : nullptr;
  }

  void complete() {
    for (Label& label : layers_.back())
      if (label.step.end == last()) label.after = 0;
    for (std::size_t layer = layers_.size() - 1; layer-- > 0;)
      for (Label& label : layers_[layer])
        follow(label.step, [&](const Step& step) {
          if (const Label* next = find(layer + 1, step))
            label.after = std::max(label.after, worth(step.bin) + next->after);
        });
  }

  std::optional<Path> walk() const {
    Path path;
    const Label* at = nullptr;
    for (std::size_t layer = 0; layer < layers_.size(); ++layer) {
      const Label* chosen = nullptr;
      auto choose = [&](const Step& step) {
        const Label* label = chosen ? nullptr : find(layer, step);
        if (label && path.objective + worth(step.bin) + label->after >= floor_) chosen = label;
      };
      if (at) follow(at->step, choose);
      for (int bin = 0; !at && bin < bins_.from(1); ++bin) choose(first(bin));
      expects(chosen != nullptr, "Resolver: a layer without a way on");
      at = chosen;
      path.objective += worth(at->step.bin);
      path.last.push_back(at->step.end);
    }
    return path;
  }

  const Graph& graph_;
  const BinSet& bins_;
  double floor_ = 0;
  std::vector<Layer> layers_;
};

}  // namespace credence
