#include <credence/validation/plot_layout.h>
#include <credence/validation/svg.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace credence {

namespace {

using Series = PackChart::Series;
using Point = PlotPoint;

struct Style {
  const char* colour;
  const char* dashes;
};
constexpr std::array<Style, 6> kStyles = {{{"#1f4e79", ""},
                                           {"#b3541e", "8 4"},
                                           {"#2a7047", "2 3"},
                                           {"#6a3d8f", "10 3 2 3"},
                                           {"#8a6d00", "5 2"},
                                           {"#333333", "1 2"}}};
constexpr Style kMuted = {"#767676", "5 4"};
constexpr std::array<const char*, 4> kFills = {"#1f4e79", "#eab27c", "#8fb59c", "#c3b1d6"};
constexpr const char* kMutedFill = "#d9dfe5";
constexpr const char* kInk = "#1a1a1a";
constexpr const char* kGrid = "#dcdcdc";
constexpr const char* kBold = " font-weight=\"600\"";
// Words on lines are read through a white seam.
constexpr const char* kSeam = " stroke=\"#fff\" stroke-width=\"4\" paint-order=\"stroke\"";

std::string dashed(std::string_view dashes) {
  return dashes.empty() ? "" : fmt::format(" stroke-dasharray=\"{}\"", dashes);
}

class Drawing {
 public:
  Drawing(const PackChart& chart, Language language, SvgSize size)
      : chart_(chart), language_(language), at_(layout_of(chart, language, size)) {}

  std::string draw() {
    open();
    legend();
    if (at_.lying)
      lying_axes();
    else
      upright_axes();
    for (bool bars : {true, false}) {
      for (std::size_t i = 0; i < chart_.series.size(); ++i) {
        if ((chart_.series[i].shape == Series::Shape::bars) == bars) series(i);
      }
    }
    marks();
    out_ += "</svg>\n";
    return std::move(out_);
  }

 private:
  std::string escaped(const Text& text) const {
    return escape_html(text.in(language_), HtmlPlace::attribute);
  }
  void open() {
    out_ = fmt::format(
        "<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}. {}\" "
        "font-family=\"'Helvetica Neue', Arial, 'Liberation Sans', sans-serif\" font-size=\"13\" "
        "fill=\"#1a1a1a\">\n",
        at_.width, at_.height, escaped(chart_.title), escaped(chart_.description));
  }

  void text(double x, double y, std::string_view anchor, std::string_view words,
            std::string_view more = "") {
    out_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\"{}>{}</text>\n", x, y,
                        anchor, more, escape_html(words, HtmlPlace::attribute));
  }
  void line(Point from, Point to, std::string_view stroke, double wide,
            std::string_view dashes = "") {
    out_ += fmt::format(
        "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" "
        "stroke-width=\"{}\"{}/>\n",
        from.x, from.y, to.x, to.y, stroke, wide, dashed(dashes));
  }

  Style style(std::size_t index) const {
    if (chart_.series[index].muted) return kMuted;
    return kStyles[ordinal(index) % kStyles.size()];
  }
  const char* fill(std::size_t index) const {
    return chart_.series[index].muted ? kMutedFill : kFills[ordinal(index) % kFills.size()];
  }
  std::size_t ordinal(std::size_t index) const {
    std::size_t before = 0;
    for (std::size_t i = 0; i < index; ++i) before += chart_.series[i].muted ? 0 : 1;
    return before;
  }

  void legend() {
    for (std::size_t i = 0; i < at_.legend.size(); ++i) {
      auto [x, y] = at_.legend[i];
      if (chart_.series[i].shape == Series::Shape::bars) {
        rectangle({x + 4, y - 6}, {x + 20, y + 6}, i);
      } else {
        if (chart_.series[i].shape != Series::Shape::points)
          line({x, y}, {x + 24, y}, style(i).colour, 2, style(i).dashes);
        if (chart_.series[i].shape != Series::Shape::line) marker({x + 12, y}, i);
      }
      text(x + 30, y + 4.5, "start", chart_.series[i].name.in(language_));
    }
  }

  void upright_axes() {
    double end = at_.width - at_.right, floor = at_.height - at_.bottom;
    for (double tick : at_.y.ticks()) {
      double y = at_.top + (1 - at_.y.at(tick)) * at_.plot_height();
      line({at_.left, y}, {end, y}, kGrid, 1);
      text(at_.left - 6, y + 4.5, "end", at_.y.label(tick, language_));
    }
    text(4, at_.top - 11, "start", chart_.y.title.in(language_), kBold);
    if (chart_.right) {
      for (double tick : at_.right_axis.ticks()) {
        double y = at_.top + (1 - at_.right_axis.at(tick)) * at_.plot_height();
        text(end + 6, y + 4.5, "start", at_.right_axis.label(tick, language_));
      }
      text(at_.width - 4, at_.top - 11, "end", chart_.right->title.in(language_), kBold);
    }
    if (at_.categories.empty())
      number_labels(floor);
    else
      category_labels(floor);
    line({at_.left, floor}, {end, floor}, kInk, 1);
    foot(chart_.x.title);
  }

  void foot(const Text& title) {
    if (at_.foot <= 0) return;
    text(at_.left + at_.plot_width() / 2, at_.height - 7, "middle", title.in(language_), kBold);
  }

  void number_labels(double floor) {
    for (double tick : at_.x.ticks()) {
      double x = at_.left + at_.x.at(tick) * at_.plot_width();
      line({x, floor}, {x, floor + 4}, kInk, 1);
      text(x, floor + kPlotLine, "middle", at_.x.label(tick, language_));
    }
  }

  void category_labels(double floor) {
    for (std::size_t i = 0; i < at_.categories.size(); i += at_.every) {
      double x = at_.left + at_.x.at(static_cast<double>(i)) * at_.plot_width();
      if (at_.leaning) {
        text(x + 4, floor + 14, "end", at_.categories[i],
             fmt::format(" transform=\"rotate(-36 {:.1f} {:.1f})\"", x + 4, floor + 14));
      } else {
        text(x, floor + kPlotLine, "middle", at_.categories[i]);
      }
    }
  }

  void lying_axes() {
    double floor = at_.height - at_.bottom, end = at_.width - at_.right;
    for (double tick : at_.y.ticks()) {
      double x = at_.left + at_.y.at(tick) * at_.plot_width();
      line({x, at_.top}, {x, floor}, kGrid, 1);
      text(x, floor + kPlotLine, "middle", at_.y.label(tick, language_));
    }
    for (std::size_t i = 0; i < at_.categories.size(); ++i) {
      double y = at_.top + at_.x.at(static_cast<double>(i)) * at_.plot_height();
      text(at_.left - 8, y + 4.5, "end", at_.categories[i]);
    }
    line({at_.left, floor}, {end, floor}, kInk, 1);
    foot(chart_.y.title);
  }

  void rectangle(Point a, Point b, std::size_t index) {
    out_ += fmt::format(
        "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\" "
        "stroke=\"#44525f\" stroke-width=\"0.6\"/>\n",
        std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y),
        fill(index));
  }

  void marker(Point at, std::size_t index) {
    const char* colour = style(index).colour;
    switch (chart_.series[index].muted ? 0 : ordinal(index) % 3) {
      case 1:
        out_ += fmt::format(
            "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"7.6\" height=\"7.6\" fill=\"#fff\" "
            "stroke=\"{}\" stroke-width=\"2\"/>\n",
            at.x - 3.8, at.y - 3.8, colour);
        break;
      case 2:
        out_ += fmt::format("<path d=\"M{:.1f} {:.1f}l5 9h-10z\" fill=\"{}\"/>\n", at.x, at.y - 5.5,
                            colour);
        break;
      default:
        out_ += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\" fill=\"{}\"/>\n", at.x,
                            at.y, colour);
    }
  }

  void series(std::size_t index) {
    switch (chart_.series[index].shape) {
      case Series::Shape::bars:
        return bars(index);
      case Series::Shape::line:
        return path(index);
      case Series::Shape::line_and_points:
        path(index);
        [[fallthrough]];
      case Series::Shape::points:
        points(index);
    }
  }

  // How far the places of bars lie apart.
  double slot_of(const Series& one) const {
    if (!at_.categories.empty()) return 1;
    double slot = at_.x.highest - at_.x.lowest;
    for (std::size_t i = 1; i < one.x.size(); ++i)
      slot = std::min(slot, std::abs(one.x[i] - one.x[i - 1]));
    return slot;
  }

  // Bars of one place stand side by side.
  void bars(std::size_t index) {
    const Series& one = chart_.series[index];
    double count = 0, before = 0, slot = slot_of(one);
    for (std::size_t i = 0; i < chart_.series.size(); ++i) {
      if (chart_.series[i].shape != Series::Shape::bars) continue;
      count += 1;
      before += i < index ? 1 : 0;
    }
    double wide = slot * 0.8 / count,
           foot_at = std::clamp(0.0, scale(one).lowest, scale(one).highest);
    for (std::size_t i = 0; i < one.x.size(); ++i) {
      if (!std::isfinite(one.y[i])) continue;
      double from = one.x[i] - slot * 0.4 + before * wide;
      rectangle(at_.place(from, foot_at, one.on_right_axis),
                at_.place(from + wide, one.y[i], one.on_right_axis), index);
    }
  }

  const PlotScale& scale(const Series& one) const {
    return one.on_right_axis ? at_.right_axis : at_.y;
  }

  void path(std::size_t index) {
    const Series& one = chart_.series[index];
    std::string steps;
    bool pen_down = false;
    for (std::size_t i = 0; i < one.x.size(); ++i) {
      bool known = std::isfinite(one.x[i]) && std::isfinite(one.y[i]);
      if (known) {
        auto [x, y] = at_.place(one.x[i], one.y[i], one.on_right_axis);
        steps += fmt::format("{}{:.1f} {:.1f}", pen_down ? "L" : "M", x, y);
      }
      pen_down = known;
    }
    if (steps.empty()) return;
    out_ += fmt::format(
        "<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" "
        "stroke-linejoin=\"round\"{}/>\n",
        steps, style(index).colour, one.muted ? 1.4 : 2.2, dashed(style(index).dashes));
  }

  void points(std::size_t index) {
    const Series& one = chart_.series[index];
    for (std::size_t i = 0; i < one.x.size(); ++i) {
      if (!std::isfinite(one.x[i]) || !std::isfinite(one.y[i])) continue;
      if (i < one.low.size() && i < one.high.size()) whisker(one, i, style(index).colour);
      marker(at_.place(one.x[i], one.y[i], one.on_right_axis), index);
    }
  }

  void whisker(const Series& one, std::size_t i, std::string_view colour) {
    if (!std::isfinite(one.low[i]) || !std::isfinite(one.high[i])) return;
    const PlotScale& along = scale(one);
    double low = std::max(one.low[i], along.lowest), high = std::min(one.high[i], along.highest);
    Point from = at_.place(one.x[i], low, one.on_right_axis);
    Point to = at_.place(one.x[i], high, one.on_right_axis);
    line(from, to, colour, 1.4);
    for (Point end : {from, to}) {
      if (at_.lying)
        line({end.x, end.y - 4}, {end.x, end.y + 4}, colour, 1.4);
      else
        line({end.x - 4, end.y}, {end.x + 4, end.y}, colour, 1.4);
    }
  }

  void marks() {
    double end = at_.width - at_.right;
    for (const PackChart::Mark& mark : chart_.marks) {
      bool along_x = mark.across == PackChart::Mark::Across::at_x;
      double part = along_x ? at_.x.at(mark.at) : at_.y.at(mark.at);
      if (!(part >= 0 && part <= 1)) continue;
      const std::string& label = mark.label.in(language_);
      if (along_x != at_.lying) {
        double x = at_.left + part * at_.plot_width();
        line({x, at_.top}, {x, at_.height - at_.bottom}, kInk, 1.2, "3 3");
        bool near_end = x + 4 + plot_text_width(label) > end;
        // Curves that rise leave room at the foot; a forest has its own at the head.
        double y = at_.lying ? at_.top + 14 : at_.height - at_.bottom - 8;
        text(near_end ? x - 5 : x + 5, y, near_end ? "end" : "start", label, kSeam);
      } else {
        double y = at_.top + (at_.lying ? part : 1 - part) * at_.plot_height();
        line({at_.left, y}, {end, y}, kInk, 1.2, "3 3");
        text(end - 4, y - 5, "end", label, kSeam);
      }
    }
  }

  const PackChart& chart_;
  Language language_;
  PlotLayout at_;
  std::string out_;
};

}  // namespace

std::string to_svg(const PackChart& chart, Language language, SvgSize size) {
  return Drawing{chart, language, size}.draw();
}

}  // namespace credence
