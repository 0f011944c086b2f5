#include <credence/report/chart_bands.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

constexpr std::size_t kMostPoints = 120;  // more are not seen, and the page grows
constexpr double kPlotHeight = 170;

class BandDrawing {
 public:
  BandDrawing(const BandChart& chart, Language language) : chart_(chart), language_(language) {
    double low = 0, high = 0;
    for (const BandChart::Line& line : chart.lines) {
      months_ = std::max(months_, line.mean.size());
      for (const auto* values : {&line.mean, &line.low, &line.high}) {
        for (double value : *values) {
          if (!std::isfinite(value)) continue;
          low = std::min(low, value);
          high = std::max(high, value);
        }
      }
      entries_.push_back({line.name, line.arm});
    }
    axis_ = axis_over(low, high, 4);
    every_ = std::max<std::size_t>(1, (months_ + kMostPoints - 1) / kMostPoints);
    top_ = legend_height(entries_, kFigureWidth) + 8;
    for (double tick : axis_.ticks())
      left_ = std::max(left_, figure_text_width(axis_.label(tick, language_)) + 8);
  }

  std::string draw() {
    FigureSheet sheet(kFigureWidth, top_ + kPlotHeight + 24, chart_.label);
    draw_legend(sheet, entries_, kFigureWidth);
    for (double tick : axis_.ticks()) {
      sheet.line(left_, y(tick), kFigureWidth - 6, y(tick), tick == 0 ? "axis" : "grid");
      sheet.text(left_ - 6, y(tick) + 4.5, "end", axis_.label(tick, language_));
    }
    double floor = top_ + kPlotHeight + 18;
    sheet.text(left_, floor, "start", chart_.first_month);
    sheet.text(kFigureWidth - 6, floor, "end", chart_.last_month);
    for (const BandChart::Line& line : chart_.lines) band(sheet, line);
    for (const BandChart::Line& line : chart_.lines)
      sheet.path(path_of(line.mean), fmt::format("line s{}", look_of_arm(line.arm)));
    return sheet.take();
  }

 private:
  double x(std::size_t month) const {
    double along =
        months_ < 2 ? 0.5 : static_cast<double>(month) / static_cast<double>(months_ - 1);
    return left_ + along * (kFigureWidth - 6 - left_);
  }
  double y(double value) const { return top_ + (1 - axis_.at(value)) * kPlotHeight; }

  std::vector<std::size_t> shown() const {
    std::vector<std::size_t> months;
    for (std::size_t month = 0; month < months_; month += every_) months.push_back(month);
    if (!months.empty() && months.back() + 1 != months_) months.push_back(months_ - 1);
    return months;
  }

  std::string path_of(const std::vector<double>& values) const {
    std::string steps;
    bool down = false;
    for (std::size_t month : shown()) {
      bool known = month < values.size() && std::isfinite(values[month]);
      if (known) {
        steps += fmt::format("{}{:.1f} {:.1f}", down ? "L" : "M", x(month), y(values[month]));
        // A single month is a short stroke, since a point has no length.
        if (months_ == 1) steps += "h8";
      }
      down = known;
    }
    return steps;
  }

  void band(FigureSheet& sheet, const BandChart::Line& line) const {
    std::string forth, back;
    for (std::size_t month : shown()) {
      if (month >= line.low.size() || month >= line.high.size()) continue;
      if (!std::isfinite(line.low[month]) || !std::isfinite(line.high[month])) continue;
      forth +=
          fmt::format("{}{:.1f} {:.1f}", forth.empty() ? "M" : "L", x(month), y(line.high[month]));
      back = fmt::format("L{:.1f} {:.1f}", x(month), y(line.low[month])) + back;
    }
    if (!forth.empty())
      sheet.path(forth + back + "z", fmt::format("band f{}", look_of_arm(line.arm)));
  }

  const BandChart& chart_;
  Language language_;
  std::vector<LegendEntry> entries_;
  FigureAxis axis_;
  std::size_t months_ = 0, every_ = 1;
  double top_ = 0, left_ = 0;
};

}  // namespace

std::string draw_bands(const BandChart& chart, Language language) {
  return BandDrawing{chart, language}.draw();
}

}  // namespace credence
