#include <credence/validation/plot_scale.h>
#include <credence/validation/svg.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace credence {

namespace {

using Series = PackChart::Series;

constexpr double kLetter = 6.9;  // mean width of a letter at the size of labels
constexpr double kLine = 17;     // height of a line of text
constexpr std::size_t kLongestLabel = 34;

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

double text_width(std::string_view text) {
  return static_cast<double>(characters(text)) * kLetter;
}

// At most so many characters, the last one an ellipsis.
std::string shortened(const std::string& text) {
  if (characters(text) <= kLongestLabel) return text;
  std::size_t bytes = 0, count = 0;
  while (bytes < text.size() && count < kLongestLabel) {
    ++bytes;
    while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) ++bytes;
    ++count;
  }
  return text.substr(0, bytes) + "\u2026";
}

struct Range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  void include(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  void include(std::span<const double> values) {
    for (double value : values) include(value);
  }
};

Range range_of_y(const PackChart& chart, bool on_right) {
  Range range;
  for (const Series& series : chart.series) {
    if (series.on_right_axis != on_right) continue;
    for (const auto* values : {&series.y, &series.low, &series.high}) range.include(*values);
    if (series.shape == Series::Shape::bars) range.include(0.0);
  }
  for (const PackChart::Mark& mark : chart.marks) {
    if (!on_right && mark.across == PackChart::Mark::Across::at_y) range.include(mark.at);
  }
  return range;
}

class Drawing {
 public:
  Drawing(const PackChart& chart, Language language, SvgSize size)
      : chart_(chart), language_(language), width_(size.width), height_(size.height) {}

  std::string draw() {
    settle_height();
    settle_scales();
    settle_margins();
    open();
    legend();
    if (chart_.lying)
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
  std::size_t categories() const { return chart_.x.categories.size(); }
  const std::string& category(std::size_t i) const { return chart_.x.categories[i].in(language_); }

  // A forest grows with its trees.
  void settle_height() {
    if (chart_.lying)
      height_ = 110 + 26 * static_cast<double>(std::max<std::size_t>(1, categories()));
  }

  void settle_scales() {
    Range x;
    for (const Series& one : chart_.series) x.include(one.x);
    for (const PackChart::Mark& mark : chart_.marks) {
      if (mark.across == PackChart::Mark::Across::at_x) x.include(mark.at);
    }
    x_ = scale_for(chart_.x, x.low, x.high, 7);
    if (categories() > 0) x_ = {-0.5, static_cast<double>(categories()) - 0.5, 1};
    Range left = range_of_y(chart_, false), right = range_of_y(chart_, true);
    y_ = scale_for(chart_.y, left.low, left.high, chart_.lying ? 7 : 5);
    if (chart_.right) right_ = scale_for(*chart_.right, right.low, right.high, 5);
  }

  double widest_tick(const PlotScale& scale) const {
    double widest = 0;
    for (double tick : scale.ticks())
      widest = std::max(widest, text_width(scale.label(tick, language_)));
    return widest;
  }

  double widest_category() const {
    double widest = 0;
    for (std::size_t i = 0; i < categories(); ++i)
      widest = std::max(widest, text_width(shortened(category(i))));
    return widest;
  }

  void settle_margins() {
    legend_rows_ = legend_layout().second;
    top_ = 12 + kLine * legend_rows_ + (chart_.lying ? 4 : kLine + 4);
    left_ = 14 + (chart_.lying ? widest_category() : widest_tick(y_));
    right_margin_ = chart_.right ? 14 + widest_tick(right_) : 18;
    bottom_ = 12 + 2 * kLine;
    if (chart_.lying || categories() == 0) return;
    double slot = (width_ - left_ - right_margin_) / static_cast<double>(categories());
    leaning_ = widest_category() > slot - 6;
    if (!leaning_) return;
    bottom_ = 22 + kLine + widest_category() * 0.6;
    left_ = std::max(left_, widest_category() * 0.8 - slot / 2 + 6);
    every_ = static_cast<std::size_t>(std::max(1.0, std::ceil(kLine / slot)));
  }

  double plot_width() const { return width_ - left_ - right_margin_; }
  double plot_height() const { return height_ - top_ - bottom_; }
  struct Point {
    double x, y;
  };
  Point place(double x, double y, bool on_right = false) const {
    double along = x_.at(x), up = on_right ? right_.at(y) : y_.at(y);
    if (chart_.lying) return {left_ + up * plot_width(), top_ + along * plot_height()};
    return {left_ + along * plot_width(), top_ + (1 - up) * plot_height()};
  }

  void open() {
    std::string title = escape_html(chart_.title.in(language_));
    out_ = fmt::format(
        "<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}. {}\" "
        "font-family=\"'Helvetica Neue', Arial, 'Liberation Sans', sans-serif\" font-size=\"13\" "
        "fill=\"#1a1a1a\">\n",
        width_, height_, title, escape_html(chart_.description.in(language_)));
  }

  void text(double x, double y, std::string_view anchor, std::string_view words,
            std::string_view more = "") {
    out_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\"{}>{}</text>\n", x, y,
                        anchor, more, escape_html(words));
  }
  void line(Point from, Point to, std::string_view stroke, double wide,
            std::string_view dashes = "") {
    out_ += fmt::format(
        "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" "
        "stroke-width=\"{}\"{}/>\n",
        from.x, from.y, to.x, to.y, stroke, wide,
        dashes.empty() ? "" : fmt::format(" stroke-dasharray=\"{}\"", dashes));
  }

  Style style(std::size_t index) const {
    if (chart_.series[index].muted) return kMuted;
    return kStyles[ordinal(index) % kStyles.size()];
  }
  const char* fill(std::size_t index) const {
    return chart_.series[index].muted ? kMutedFill : kFills[ordinal(index) % kFills.size()];
  }
  // Which one among those of its kind: bars have colours of their own.
  std::size_t ordinal(std::size_t index) const {
    bool bars = chart_.series[index].shape == Series::Shape::bars;
    std::size_t before = 0;
    for (std::size_t i = 0; i < index; ++i) {
      const Series& one = chart_.series[i];
      before += !one.muted && (one.shape == Series::Shape::bars) == bars ? 1 : 0;
    }
    return before;
  }

  // Where each name stands, and how many rows they fill.
  std::pair<std::vector<Point>, int> legend_layout() const {
    std::vector<Point> places;
    double x = 14;
    int row = 0;
    if (chart_.series.size() < 2) return {places, 0};
    for (const Series& one : chart_.series) {
      double needed = 46 + text_width(one.name.in(language_));
      if (x > 14 && x + needed > width_) {
        x = 14;
        ++row;
      }
      places.push_back({x, 8 + kLine * row + kLine / 2});
      x += needed;
    }
    return {places, row + 1};
  }

  void legend() {
    auto [places, rows] = legend_layout();
    for (std::size_t i = 0; i < places.size(); ++i) {
      auto [x, y] = places[i];
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
    double end = width_ - right_margin_, floor = height_ - bottom_;
    for (double tick : y_.ticks()) {
      double y = top_ + (1 - y_.at(tick)) * plot_height();
      line({left_, y}, {end, y}, "#dcdcdc", 1);
      text(left_ - 6, y + 4.5, "end", y_.label(tick, language_));
    }
    text(6, top_ - 10, "start", chart_.y.title.in(language_), " font-weight=\"600\"");
    if (chart_.right) {
      for (double tick : right_.ticks()) {
        double y = top_ + (1 - right_.at(tick)) * plot_height();
        text(end + 6, y + 4.5, "start", right_.label(tick, language_));
      }
      text(width_ - 4, top_ - 10, "end", chart_.right->title.in(language_), " font-weight=\"600\"");
    }
    if (categories() > 0)
      category_labels(floor);
    else
      number_labels(floor);
    text(left_ + plot_width() / 2, height_ - 7, "middle", chart_.x.title.in(language_),
         " font-weight=\"600\"");
    line({left_, floor}, {end, floor}, "#1a1a1a", 1);
  }

  void number_labels(double floor) {
    for (double tick : x_.ticks()) {
      double x = left_ + x_.at(tick) * plot_width();
      line({x, floor}, {x, floor + 4}, "#1a1a1a", 1);
      text(x, floor + kLine, "middle", x_.label(tick, language_));
    }
  }

  void category_labels(double floor) {
    for (std::size_t i = 0; i < categories(); i += every_) {
      double x = left_ + x_.at(static_cast<double>(i)) * plot_width();
      std::string label = shortened(category(i));
      if (leaning_) {
        text(x + 4, floor + 14, "end", label,
             fmt::format(" transform=\"rotate(-36 {:.1f} {:.1f})\"", x + 4, floor + 14));
      } else {
        text(x, floor + kLine, "middle", label);
      }
    }
  }

  void lying_axes() {
    double floor = height_ - bottom_, end = width_ - right_margin_;
    for (double tick : y_.ticks()) {
      double x = left_ + y_.at(tick) * plot_width();
      line({x, top_}, {x, floor}, "#dcdcdc", 1);
      text(x, floor + kLine, "middle", y_.label(tick, language_));
    }
    for (std::size_t i = 0; i < categories(); ++i) {
      double y = top_ + x_.at(static_cast<double>(i)) * plot_height();
      text(left_ - 8, y + 4.5, "end", shortened(category(i)));
    }
    text(left_ + plot_width() / 2, height_ - 7, "middle", chart_.y.title.in(language_),
         " font-weight=\"600\"");
    line({left_, floor}, {end, floor}, "#1a1a1a", 1);
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

  // Bars of one place stand side by side.
  void bars(std::size_t index) {
    const Series& one = chart_.series[index];
    double count = 0, before = 0, slot = 1;
    for (std::size_t i = 0; i < chart_.series.size(); ++i) {
      if (chart_.series[i].shape != Series::Shape::bars) continue;
      count += 1;
      before += i < index ? 1 : 0;
    }
    if (categories() == 0) {
      slot = x_.highest - x_.lowest;
      for (std::size_t i = 1; i < one.x.size(); ++i)
        slot = std::min(slot, std::abs(one.x[i] - one.x[i - 1]));
    }
    double wide = slot * 0.8 / count, foot = std::clamp(0.0, scale(one).lowest, scale(one).highest);
    for (std::size_t i = 0; i < one.x.size(); ++i) {
      if (!std::isfinite(one.y[i])) continue;
      double from = one.x[i] - slot * 0.4 + before * wide;
      rectangle(place(from, foot, one.on_right_axis),
                place(from + wide, one.y[i], one.on_right_axis), index);
    }
  }

  const PlotScale& scale(const Series& one) const { return one.on_right_axis ? right_ : y_; }

  void path(std::size_t index) {
    const Series& one = chart_.series[index];
    std::string steps;
    bool pen_down = false;
    for (std::size_t i = 0; i < one.x.size(); ++i) {
      bool known = std::isfinite(one.x[i]) && std::isfinite(one.y[i]);
      if (known) {
        auto [x, y] = place(one.x[i], one.y[i], one.on_right_axis);
        steps += fmt::format("{}{:.1f} {:.1f}", pen_down ? "L" : "M", x, y);
      }
      pen_down = known;
    }
    if (steps.empty()) return;
    std::string_view dashes = style(index).dashes;
    out_ += fmt::format(
        "<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" "
        "stroke-linejoin=\"round\"{}/>\n",
        steps, style(index).colour, one.muted ? 1.4 : 2.2,
        dashes.empty() ? "" : fmt::format(" stroke-dasharray=\"{}\"", dashes));
  }

  void points(std::size_t index) {
    const Series& one = chart_.series[index];
    for (std::size_t i = 0; i < one.x.size(); ++i) {
      if (!std::isfinite(one.x[i]) || !std::isfinite(one.y[i])) continue;
      if (i < one.low.size() && i < one.high.size()) whisker(one, i, style(index).colour);
      marker(place(one.x[i], one.y[i], one.on_right_axis), index);
    }
  }

  void whisker(const Series& one, std::size_t i, std::string_view colour) {
    if (!std::isfinite(one.low[i]) || !std::isfinite(one.high[i])) return;
    const PlotScale& along = scale(one);
    double low = std::max(one.low[i], along.lowest), high = std::min(one.high[i], along.highest);
    Point from = place(one.x[i], low, one.on_right_axis);
    Point to = place(one.x[i], high, one.on_right_axis);
    line(from, to, colour, 1.4);
    for (Point end : {from, to}) {
      if (chart_.lying)
        line({end.x, end.y - 4}, {end.x, end.y + 4}, colour, 1.4);
      else
        line({end.x - 4, end.y}, {end.x + 4, end.y}, colour, 1.4);
    }
  }

  void marks() {
    for (const PackChart::Mark& mark : chart_.marks) {
      bool down = (mark.across == PackChart::Mark::Across::at_x) != chart_.lying;
      bool along_x = mark.across == PackChart::Mark::Across::at_x;
      double part = along_x ? x_.at(mark.at) : y_.at(mark.at);
      if (!(part >= 0 && part <= 1)) continue;
      const std::string& label = mark.label.in(language_);
      if (down) {
        double x = left_ + part * plot_width();
        line({x, top_}, {x, height_ - bottom_}, "#1a1a1a", 1.2, "3 3");
        bool near_end = x + 4 + text_width(label) > width_ - right_margin_;
        text(near_end ? x - 4 : x + 4, top_ + 11, near_end ? "end" : "start", label);
      } else {
        double y = top_ + (chart_.lying ? part : 1 - part) * plot_height();
        line({left_, y}, {width_ - right_margin_, y}, "#1a1a1a", 1.2, "3 3");
        text(width_ - right_margin_ - 2, y - 4, "end", label);
      }
    }
  }

  const PackChart& chart_;
  Language language_;
  double width_, height_;
  PlotScale x_, y_, right_;
  double top_ = 0, left_ = 0, right_margin_ = 0, bottom_ = 0;
  int legend_rows_ = 0;
  bool leaning_ = false;
  std::size_t every_ = 1;
  std::string out_;
};

}  // namespace

std::string to_svg(const PackChart& chart, Language language, SvgSize size) {
  return Drawing{chart, language, size}.draw();
}

}  // namespace credence
