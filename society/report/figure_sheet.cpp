#include <credence/base/wording.h>
#include <credence/report/figure_sheet.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

constexpr double kLetter = 6.9;  // mean width of a letter at 13 units
constexpr double kRow = 19;

std::string attribute(std::string_view text) {
  return escape_html(text, HtmlPlace::attribute);
}

std::string class_of(std::string_view css_class) {
  return css_class.empty() ? "" : fmt::format(" class=\"{}\"", css_class);
}

double round_step(double range, int ticks) {
  double rough = range / ticks, power = std::pow(10.0, std::floor(std::log10(rough)));
  for (double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= rough * (1 - 1e-9)) return factor * power;
  }
  return 10 * power;
}

struct LegendPlace {
  double x = 0;
  int row = 0;
};

std::vector<LegendPlace> places_of(const std::vector<LegendEntry>& entries, double width) {
  std::vector<LegendPlace> places;
  double x = 0;
  int row = 0;
  for (const LegendEntry& entry : entries) {
    double needed = 54 + std::min(figure_text_width(entry.name), width - 54);
    if (x > 0 && x + needed > width) {
      x = 0;
      ++row;
    }
    places.push_back({x, row});
    x += needed;
  }
  return places;
}

}  // namespace

FigureSheet::FigureSheet(double width, double height, std::string_view label) {
  out_ = fmt::format(
      "<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}\" font-size=\"13\">\n",
      width, height, attribute(label));
}

void FigureSheet::text(double x, double y, std::string_view anchor, std::string_view words,
                       std::string_view css_class) {
  out_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\"{}>{}</text>\n", x, y,
                      anchor, class_of(css_class), attribute(words));
}

void FigureSheet::line(double x1, double y1, double x2, double y2, std::string_view css_class) {
  out_ += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"{}/>\n", x1, y1,
                      x2, y2, class_of(css_class));
}

void FigureSheet::rectangle(double x, double y, double width, double height,
                            std::string_view css_class, double opacity) {
  std::string thin = opacity < 1 ? fmt::format(" fill-opacity=\"{:.2f}\"", opacity) : "";
  out_ += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"{}{}/>\n",
                      x, y, std::max(width, 0.0), std::max(height, 0.0), class_of(css_class), thin);
}

void FigureSheet::path(std::string_view steps, std::string_view css_class) {
  if (!steps.empty()) out_ += fmt::format("<path d=\"{}\"{}/>\n", steps, class_of(css_class));
}

void FigureSheet::marker(double x, double y, std::size_t arm) {
  std::size_t look = look_of_arm(arm);
  std::string steps;
  switch (look % 3) {
    case 0:  // a circle
      steps = fmt::format("M{:.1f} {:.1f}a4.2 4.2 0 1 0 8.4 0a4.2 4.2 0 1 0 -8.4 0z", x - 4.2, y);
      break;
    case 1:  // a square
      steps = fmt::format("M{:.1f} {:.1f}h7.6v7.6h-7.6z", x - 3.8, y - 3.8);
      break;
    default:  // a triangle
      steps = fmt::format("M{:.1f} {:.1f}l5 9h-10z", x, y - 5.5);
  }
  path(steps, fmt::format("f{}", look));
}

std::string FigureSheet::take() {
  out_ += "</svg>\n";
  return std::move(out_);
}

double figure_text_width(std::string_view words) {
  return static_cast<double>(characters(words)) * kLetter;
}

std::string fitting(std::string_view words, double width) {
  if (figure_text_width(words) <= width) return std::string{words};
  auto letters = static_cast<std::size_t>(std::max(1.0, width / kLetter - 1));
  std::size_t bytes = 0, count = 0;
  while (bytes < words.size() && count < letters) {
    ++bytes;
    while (bytes < words.size() && (static_cast<unsigned char>(words[bytes]) & 0xC0) == 0x80)
      ++bytes;
    ++count;
  }
  return std::string{words.substr(0, bytes)} + "\u2026";
}

std::size_t look_of_arm(std::size_t arm) {
  return arm == 0 ? 0 : 1 + (arm - 1) % 5;
}

FigureAxis axis_over(double low, double high, int ticks) {
  low = std::isfinite(low) ? std::min(low, 0.0) : 0;
  high = std::isfinite(high) ? std::max(high, 0.0) : 0;
  if (!(high > low)) high = low + 1;
  FigureAxis axis;
  axis.step = round_step(high - low, ticks);
  axis.lowest = std::floor(low / axis.step + 1e-9) * axis.step;
  axis.highest = std::ceil(high / axis.step - 1e-9) * axis.step;
  return axis;
}

std::vector<double> FigureAxis::ticks() const {
  std::vector<double> ticks;
  auto count = static_cast<int>(std::lround((highest - lowest) / step));
  for (int i = 0; i <= std::min(count, 100); ++i) ticks.push_back(lowest + i * step);
  return ticks;
}

std::string FigureAxis::label(double tick, Language language) const {
  int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 6);
  return write_decimal(tick, decimals, language);
}

double legend_height(const std::vector<LegendEntry>& entries, double width) {
  return entries.empty() ? 0 : kRow * (places_of(entries, width).back().row + 1) + 4;
}

double draw_legend(FigureSheet& sheet, const std::vector<LegendEntry>& entries, double width) {
  std::vector<LegendPlace> places = places_of(entries, width);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    double x = places[i].x, y = kRow * places[i].row + 11;
    if (entries[i].form)
      sheet.marker(x + 14, y, entries[i].arm);
    else
      sheet.line(x, y, x + 26, y, fmt::format("line s{}", look_of_arm(entries[i].arm)));
    sheet.text(x + 32, y + 4.5, "start", fitting(entries[i].name, width - x - 34));
  }
  return legend_height(entries, width);
}

}  // namespace credence
