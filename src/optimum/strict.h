#pragma once

#include <credence/optimum/bow.h>

namespace credence {

// Whether 2 D(b) >= D(a) + D(c) holds for all a < b < c; `sign` is -1 for convex.
bool keeps_strict_shape(const Nodes& nodes, double sign, const Path& path);

// The best row of bins that keeps the strict shape. Rows are built from the left, best first: what
// a row can still gain is bounded by the ordinary shape's program. Of the past only two numbers
// matter, the highest rate so far and the highest that may follow, so a row is dropped when another
// one to the same bin is as good in both and in worth.
class StrictSearch {
 public:
  StrictSearch(const Nodes& nodes, const PathRules& rules, const Bow& bow, Effort& effort)
      : nodes_(nodes), rules_(rules), bow_(bow), effort_(effort), labels_at_(bow.bins().size()) {}

  Found path();

 private:
  struct Label {
    Step step;
    double total = 0, bound = 0;
    double highest = 0, cap = 0;  // rates: of all bins so far; that a next bin may have
    int bins = 1, parent = -1;
    bool dropped = false;
  };
  void add(Label label);
  void extend(int index);
  bool dominates(const Label& a, const Label& b) const;
  Path row(const Label& label) const;
  bool sooner(int a, int b) const;  // order of the heap

  const Nodes& nodes_;
  const PathRules& rules_;
  const Bow& bow_;
  Effort& effort_;
  std::vector<Label> labels_;
  std::vector<std::vector<int>> labels_at_;  // by bin
  std::vector<int> heap_;
  double scale_ = 0;  // of objectives, for ties
};

}  // namespace credence
