#include <credence/base/wording.h>
#include <credence/report/chart_life.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

constexpr double kLeft = 62, kEnd = kFigureWidth - 8;
constexpr double kPointsTop = 42, kBand = 62, kMoneyTop = 128, kBarredTop = 200, kHeight = 240;

class LifeDrawing {
 public:
  LifeDrawing(const LifeStrip& strip, Language language) : strip_(strip), language_(language) {}

  std::string draw() {
    FigureSheet sheet(kFigureWidth, kHeight, strip_.label);
    beginning(sheet);
    bool scored =
        std::ranges::any_of(strip_.points, [](const auto& one) { return one.has_value(); });
    if (scored) points(sheet);
    money(sheet);
    barred(sheet);
    letters(sheet);
    sheet.text(kLeft, kHeight - 6, "start", strip_.first_month);
    sheet.text(kEnd, kHeight - 6, "end", strip_.last_month);
    return sheet.take();
  }

 private:
  std::size_t months() const { return strip_.money.size(); }
  double x(double month) const {
    double all = std::max<double>(1, static_cast<double>(months()));
    return kLeft + (month + 0.5) / all * (kEnd - kLeft);
  }
  static double y(double value, double least, double most, double top) {
    double along = most > least ? (value - least) / (most - least) : 0.5;
    return top + (1 - along) * (kBand - 8) + 4;
  }

  void beginning(FigureSheet& sheet) const {
    if (!strip_.begins || *strip_.begins == 0) return;
    double at = x(static_cast<double>(*strip_.begins) - 0.5);
    sheet.line(at, 30, at, kBarredTop + 16, "event");
    bool near_end = at + figure_text_width(strip_.begin_name) > kEnd;
    sheet.text(near_end ? at - 4 : at + 4, 12, near_end ? "end" : "start", strip_.begin_name,
               "quiet");
  }

  void frame(FigureSheet& sheet, double top, double least, double most,
             const std::string& name) const {
    for (double value : {least, most}) {
      double at = y(value, least, most, top);
      sheet.line(kLeft, at, kEnd, at, "grid");
      sheet.text(kLeft - 5, at + 4.5, "end", write_decimal(value, 0, language_), "quiet");
      if (most <= least) break;
    }
    sheet.text(kLeft + 3, top + kBand / 2 + 4, "start", name, "quiet seam");
  }

  void points(FigureSheet& sheet) const {
    frame(sheet, kPointsTop, strip_.least_points, strip_.most_points, strip_.points_name);
    std::string steps;
    bool down = false;
    for (std::size_t month = 0; month < strip_.points.size(); ++month) {
      const auto& value = strip_.points[month];
      if (value) {
        double at = y(*value, strip_.least_points, strip_.most_points, kPointsTop);
        steps +=
            fmt::format("{}{:.1f} {:.1f}", down ? "L" : "M", x(static_cast<double>(month)), at);
      }
      down = value.has_value();
    }
    sheet.path(steps, fmt::format("line s{} w", look_of_arm(strip_.arm)));
  }

  void money(FigureSheet& sheet) const {
    frame(sheet, kMoneyTop, strip_.least_money, strip_.most_money, strip_.money_name);
    std::string steps;
    for (std::size_t month = 0; month < months(); ++month) {
      double at = y(strip_.money[month], strip_.least_money, strip_.most_money, kMoneyTop);
      steps +=
          fmt::format("{}{:.1f} {:.1f}", month == 0 ? "M" : "L", x(static_cast<double>(month)), at);
    }
    sheet.path(steps, fmt::format("line s{}", look_of_arm(strip_.arm)));
  }

  void barred(FigureSheet& sheet) const {
    if (std::ranges::none_of(strip_.barred, [](bool one) { return one; })) return;
    sheet.text(kLeft - 5, kBarredTop + 11, "end", strip_.barred_name, "quiet");
    double half = (kEnd - kLeft) / std::max<double>(1, static_cast<double>(months())) / 2;
    for (std::size_t month = 0; month < strip_.barred.size(); ++month) {
      if (!strip_.barred[month]) continue;
      sheet.rectangle(x(static_cast<double>(month)) - half, kBarredTop, 2 * half + 0.2, 14,
                      fmt::format("f{}", look_of_arm(strip_.arm)));
    }
  }

  // Letters that would lie on one another step down a little.
  void letters(FigureSheet& sheet) const {
    double last = -100;
    bool lower = false;
    for (const LifeStrip::Letter& one : strip_.letters) {
      double at = x(static_cast<double>(one.month));
      lower = at - last < 12 && !lower;
      last = at;
      sheet.text(at, lower ? 40 : 28, "middle", one.letter, "bold seam");
    }
  }

  const LifeStrip& strip_;
  Language language_;
};

}  // namespace

std::string draw_life(const LifeStrip& strip, Language language) {
  return LifeDrawing{strip, language}.draw();
}

}  // namespace credence
