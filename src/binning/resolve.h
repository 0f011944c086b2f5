#pragma once

#include <credence/binning/path.h>

#include <algorithm>
#include <utility>

namespace credence {

// Follows the values of a finished dynamic program to the one row of bins that ties are broken for:
// fewest bins, then the lexicographically smallest ends. Only steps that can still tie with the
// best are looked at; mostly that is one per bin.
//
// A Graph has first(end) and next(step, end), optional steps; value(step, position), the best sum
// of worth from that step on when it is bin number `position`; worth(step); and last(), the last
// prebin.
template <class Graph>
class Resolver {
 public:
  explicit Resolver(const Graph& graph) : graph_(graph) {}

  std::optional<Path> path() {
    double best = kNever;
    for (int end = 0; end <= graph_.last(); ++end)
      if (auto step = graph_.first(end)) best = std::max(best, graph_.value(*step, 1));
    if (best == kNever) return std::nullopt;
    floor_ = best - tie_slack(best);
    Layer starts;
    for (int end = 0; end <= graph_.last(); ++end)
      if (auto step = graph_.first(end); step && graph_.value(*step, 1) >= floor_)
        starts.push_back({*step, graph_.worth(*step)});
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

  bool finished() const {
    return std::any_of(layers_.back().begin(), layers_.back().end(), [&](const Label& label) {
      return label.step.end == graph_.last() && label.before >= floor_ &&
             graph_.value(label.step, position()) > kNever;
    });
  }

  Layer followers() const {
    Layer next;
    for (const Label& label : layers_.back())
      for (int end = label.step.end + 1; end <= graph_.last(); ++end)
        if (auto step = graph_.next(label.step, end);
            step && label.before + graph_.value(*step, position() + 1) >= floor_)
          next.push_back({*step, label.before + graph_.worth(*step)});
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
      if (label.step.end == graph_.last()) label.after = 0;
    for (std::size_t layer = layers_.size() - 1; layer-- > 0;)
      for (Label& label : layers_[layer])
        for (int end = label.step.end + 1; end <= graph_.last(); ++end)
          if (auto step = graph_.next(label.step, end))
            if (const Label* next = find(layer + 1, *step))
              label.after = std::max(label.after, graph_.worth(*step) + next->after);
  }

  std::optional<Path> walk() const {
    Path path;
    const Label* at = nullptr;
    for (std::size_t layer = 0; layer < layers_.size(); ++layer) {
      const Label* chosen = nullptr;
      for (int end = at ? at->step.end + 1 : 0; end <= graph_.last() && !chosen; ++end) {
        auto step = at ? graph_.next(at->step, end) : graph_.first(end);
        const Label* label = step ? find(layer, *step) : nullptr;
        if (label && path.objective + graph_.worth(*step) + label->after >= floor_) chosen = label;
      }
      expects(chosen != nullptr, "Resolver: a layer without a way on");
      at = chosen;
      path.objective += graph_.worth(at->step);
      path.last.push_back(at->step.end);
    }
    return path;
  }

  const Graph& graph_;
  double floor_ = 0;
  std::vector<Layer> layers_;
};

}  // namespace credence
