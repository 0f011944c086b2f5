#include <credence/base/wording.h>
#include <credence/report/chart_flows.h>
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace credence {

namespace {

constexpr double kHeight = 300, kGap = 24, kTop = 26, kBlock = 10;
constexpr double kLeft = 132, kRight = kFigureWidth - 132;

class FlowDrawing {
 public:
  FlowDrawing(const FlowChart& chart, Language language)
      : chart_(chart), language_(language), side_(chart.names.size()) {
    total_ = std::accumulate(chart.moved.begin(), chart.moved.end(), 0.0);
    for (std::size_t grade = 0; grade < side_; ++grade) {
      double then = 0, now = 0;
      for (std::size_t other = 0; other < side_; ++other) {
        then += moved(grade, other);
        now += moved(other, grade);
      }
      then_.push_back(then);
      now_.push_back(now);
    }
    left_tops_ = tops_of(then_);
    right_tops_ = tops_of(now_);
    height_ = std::max(foot_of(left_tops_, then_), foot_of(right_tops_, now_)) + 12;
  }

  std::string draw() {
    FigureSheet sheet(kFigureWidth, height_, chart_.label);
    sheet.text(kLeft, 14, "end", chart_.then, "bold");
    sheet.text(kRight, 14, "start", chart_.now, "bold");
    ribbons(sheet);
    column(sheet, then_, left_tops_, true);
    column(sheet, now_, right_tops_, false);
    return sheet.take();
  }

 private:
  double moved(std::size_t from, std::size_t to) const { return chart_.moved[from * side_ + to]; }
  double tall(double people) const { return total_ > 0 ? people / total_ * kHeight : 0; }

  // The best grade stands at the top; grades without anybody take no room.
  std::vector<double> tops_of(const std::vector<double>& people) const {
    std::vector<double> tops(side_, kTop);
    double y = kTop;
    for (std::size_t i = side_; i-- > 0;) {
      tops[i] = y;
      if (people[i] > 0) y += tall(people[i]) + std::max(6.0, kGap - tall(people[i]));
    }
    return tops;
  }
  double foot_of(const std::vector<double>& tops, const std::vector<double>& people) const {
    double foot = kTop;
    for (std::size_t i = 0; i < side_; ++i) foot = std::max(foot, tops[i] + tall(people[i]));
    return foot;
  }

  void ribbons(FigureSheet& sheet) const {
    std::vector<double> out = left_tops_, in = right_tops_;
    for (std::size_t from = side_; from-- > 0;) {
      for (std::size_t to = side_; to-- > 0;) {
        double wide = tall(moved(from, to));
        if (wide <= 0) continue;
        ribbon(sheet, {out[from], in[to], wide}, look(from, to));
        out[from] += wide;
        in[to] += wide;
      }
    }
  }

  struct Ribbon {
    double y1 = 0, y2 = 0, wide = 0;
  };
  static std::string_view look(std::size_t from, std::size_t to) {
    if (from == to || from == 0 || to == 0) return "ribbon f0";
    return to > from ? "ribbon f1" : "ribbon f2";
  }
  static void ribbon(FigureSheet& sheet, const Ribbon& one, std::string_view css_class) {
    double from = kLeft + kBlock, to = kRight - kBlock, middle = (from + to) / 2;
    sheet.path(fmt::format("M{0:.1f} {1:.2f}C{2:.1f} {1:.2f} {2:.1f} {3:.2f} {4:.1f} {3:.2f}"
                           "L{4:.1f} {6:.2f}C{2:.1f} {6:.2f} {2:.1f} {5:.2f} {0:.1f} {5:.2f}z",
                           from, one.y1, middle, one.y2, to, one.y1 + one.wide, one.y2 + one.wide),
               css_class);
  }

  void column(FigureSheet& sheet, const std::vector<double>& people,
              const std::vector<double>& tops, bool left) const {
    for (std::size_t i = 0; i < side_; ++i) {
      if (people[i] <= 0) continue;
      double x = left ? kLeft : kRight - kBlock;
      sheet.rectangle(x, tops[i], kBlock, std::max(1.0, tall(people[i])), "tile soft");
      double at = left ? kLeft - 6 : kRight + 6;
      std::string count = write_decimal(people[i], 0, language_);
      std::string name = fitting(chart_.names[i], 122 - figure_text_width(count + " "));
      sheet.text(at, tops[i] + std::max(10.0, tall(people[i]) / 2 + 4), left ? "end" : "start",
                 left ? name + " " + count : count + " " + name);
    }
  }

  const FlowChart& chart_;
  Language language_;
  std::size_t side_;
  double total_ = 0, height_ = 0;
  std::vector<double> then_, now_, left_tops_, right_tops_;
};

}  // namespace

std::string draw_flows(const FlowChart& chart, Language language) {
  return FlowDrawing{chart, language}.draw();
}

}  // namespace credence
