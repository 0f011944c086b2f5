#include <credence/score/card.h>

#include <algorithm>

namespace credence {

int Card::Line::lowest() const {
  int lowest = none;
  for (const Bin& bin : bins) lowest = std::min(lowest, bin.points);
  for (int points : special) lowest = std::min(lowest, points);
  return lowest;
}

int Card::Line::highest() const {
  int highest = none;
  for (const Bin& bin : bins) highest = std::max(highest, bin.points);
  for (int points : special) highest = std::max(highest, points);
  return highest;
}

const Card::Line* Card::find_line(int feature) const {
  auto found = std::find_if(lines_.begin(), lines_.end(),
                            [feature](const Line& line) { return line.feature == feature; });
  return found == lines_.end() ? nullptr : &*found;
}

int Card::lowest() const {
  int total = base_;
  for (const Line& line : lines_) total += line.lowest();
  return total;
}

int Card::highest() const {
  int total = base_;
  for (const Line& line : lines_) total += line.highest();
  return total;
}

}  // namespace credence
