#include <credence/report/chart_rows.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

constexpr double kSlot = 15;      // height of one value
constexpr double kRowLabel = 18;  // names stand above their values: so they may be long

class RowDrawing {
 public:
  RowDrawing(const RowChart& chart, Language language) : chart_(chart), language_(language) {
    double low = 0, high = 0;
    for (const RowChart::Series& one : chart.series) {
      if (chart.series.size() > 1) entries_.push_back({one.name, one.arm, true});
      for (const RowChart::Value& value : one.values) {
        for (double number : {value.at, value.low, value.high}) {
          if (!std::isfinite(number)) continue;
          low = std::min(low, number);
          high = std::max(high, number);
        }
        written_ = std::max(written_, figure_text_width(value.written));
      }
    }
    axis_ = axis_over(low, high, 5);
    top_ = legend_height(entries_, kFigureWidth) + 4;
    row_height_ = kRowLabel + kSlot * static_cast<double>(chart.series.size()) + 5;
    height_ = top_ + row_height_ * static_cast<double>(chart.rows.size());
  }

  std::string draw() {
    FigureSheet sheet(kFigureWidth, height_ + 24, chart_.label);
    draw_legend(sheet, entries_, kFigureWidth);
    axes(sheet);
    for (std::size_t row = 0; row < chart_.rows.size(); ++row) {
      double y = top_ + row_height_ * static_cast<double>(row);
      sheet.text(0, y + 13, "start", fitting(chart_.rows[row], kFigureWidth), "bold seam");
      for (std::size_t i = 0; i < chart_.series.size(); ++i) {
        if (row >= chart_.series[i].values.size()) continue;
        draw_value(sheet, chart_.series[i], chart_.series[i].values[row],
                   y + kRowLabel + kSlot * (static_cast<double>(i) + 0.5));
      }
    }
    return sheet.take();
  }

 private:
  double x(double value) const {
    double room = chart_.form == RowChart::Form::bars ? written_ + 8 : 26;
    double left = axis_.lowest < 0 ? room : 14;
    return left + axis_.at(value) * (kFigureWidth - room - left);
  }

  void axes(FigureSheet& sheet) const {
    double last = -1e9;
    for (double tick : axis_.ticks()) {
      std::string words = axis_.label(tick, language_);
      sheet.line(x(tick), top_, x(tick), height_, tick == 0 ? "axis" : "grid");
      double wide = figure_text_width(words);
      if (x(tick) - wide / 2 < last + 8) continue;
      last = x(tick) + wide / 2;
      sheet.text(x(tick), height_ + 16, "middle", words);
    }
  }

  void draw_value(FigureSheet& sheet, const RowChart::Series& series, const RowChart::Value& value,
                  double y) const {
    if (!std::isfinite(value.at)) return;
    std::size_t look = look_of_arm(series.arm);
    bool bar = chart_.form == RowChart::Form::bars;
    if (bar) {
      double from = std::min(x(0), x(value.at)), to = std::max(x(0), x(value.at));
      sheet.rectangle(from, y - 5, to - from, 10, fmt::format("f{}", look));
    }
    double end = x(value.at);
    if (std::isfinite(value.low) && std::isfinite(value.high) && value.high > value.low) {
      sheet.line(x(value.low), y, x(value.high), y, bar ? "axis" : fmt::format("s{} w", look));
      for (double at : {value.low, value.high})
        sheet.line(x(at), y - 3.5, x(at), y + 3.5, bar ? "axis" : fmt::format("s{} w", look));
      end = value.at < 0 ? std::min(end, x(value.low)) : std::max(end, x(value.high));
    }
    if (!bar) return sheet.marker(x(value.at), y, series.arm);
    if (value.at < 0)
      sheet.text(end - 5, y + 4.5, "end", value.written, "seam");
    else
      sheet.text(end + 5, y + 4.5, "start", value.written, "seam");
  }

  const RowChart& chart_;
  Language language_;
  std::vector<LegendEntry> entries_;
  FigureAxis axis_;
  double top_ = 0, row_height_ = 0, height_ = 0, written_ = 0;
};

}  // namespace

std::string draw_rows(const RowChart& chart, Language language) {
  return RowDrawing{chart, language}.draw();
}

}  // namespace credence
