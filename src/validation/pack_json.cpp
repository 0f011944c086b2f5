#include <credence/validation/pack.h>
#include <fmt/format.h>

#include <cmath>
#include <span>

namespace credence {

namespace {

Json json(const Text& text) {
  return Json::Object{{"en", text.en}, {"fr", text.fr}};
}

// JSON has no infinity and no NaN: the first is a word, the second is nothing.
Json json(double value) {
  if (std::isnan(value)) return nullptr;
  if (std::isinf(value)) return value > 0 ? "infinite" : "-infinite";
  return Json::Number{fmt::format("{}", value)};
}

Json json(const PackCell& cell) {
  if (const auto* number = std::get_if<double>(&cell)) return json(*number);
  if (const auto* name = std::get_if<std::string>(&cell)) return *name;
  if (const auto* text = std::get_if<Text>(&cell)) return json(*text);
  return nullptr;
}

Json json(const std::optional<NumberFormat>& format) {
  if (!format) return "text";
  switch (*format) {
    case NumberFormat::count:
      return "count";
    case NumberFormat::score:
      return "score";
    case NumberFormat::points:
      return "points";
    case NumberFormat::share:
      return "share";
    case NumberFormat::number2:
    case NumberFormat::number3:
    case NumberFormat::number4:
      return "number";
    case NumberFormat::p_value:
      break;
  }
  return "p-value";
}

Json json(std::span<const double> values) {
  Json::Array array;
  for (double value : values) array.push_back(json(value));
  return array;
}

Json json(const PackChart::Axis& axis) {
  Json::Object object{{"title", json(axis.title)}, {"format", json(std::optional{axis.format})}};
  if (!axis.categories.empty()) {
    Json::Array categories;
    for (const Text& one : axis.categories) categories.push_back(json(one));
    object["categories"] = categories;
  }
  return object;
}

std::string_view word(PackChart::Series::Shape shape) {
  switch (shape) {
    case PackChart::Series::Shape::line:
      return "line";
    case PackChart::Series::Shape::points:
      return "points";
    case PackChart::Series::Shape::line_and_points:
      return "line-and-points";
    case PackChart::Series::Shape::bars:
      break;
  }
  return "bars";
}

std::string_view word(Verdict::Level level) {
  switch (level) {
    case Verdict::Level::good:
      return "good";
    case Verdict::Level::watch:
      return "watch";
    case Verdict::Level::act:
      return "act";
    case Verdict::Level::unknown:
      break;
  }
  return "unknown";
}

Json json(const PackChart::Series& series) {
  Json::Object object{{"name", json(series.name)},
                      {"shape", word(series.shape)},
                      {"right_axis", series.on_right_axis},
                      {"muted", series.muted},
                      {"x", json(std::span<const double>{series.x})},
                      {"y", json(std::span<const double>{series.y})}};
  if (!series.low.empty()) {
    object["low"] = json(std::span<const double>{series.low});
    object["high"] = json(std::span<const double>{series.high});
  }
  return object;
}

struct BlockSetter {
  Json operator()(const Text& paragraph) const {
    return Json::Object{{"paragraph", json(paragraph)}};
  }
  Json operator()(const Verdict& verdict) const {
    return Json::Object{{"verdict", Json::Object{{"id", verdict.id},
                                                 {"level", word(verdict.level)},
                                                 {"subject", json(verdict.subject)},
                                                 {"meaning", json(verdict.meaning)}}}};
  }
  Json operator()(const PackTable& table) const {
    Json::Array columns, rows;
    for (const auto& column : table.columns) {
      columns.push_back(
          Json::Object{{"title", json(column.title)}, {"format", json(column.format)}});
    }
    for (const auto& row : table.rows) {
      Json::Array cells;
      for (const PackCell& cell : row) cells.push_back(json(cell));
      rows.push_back(cells);
    }
    return Json::Object{{"table", Json::Object{{"id", table.id},
                                               {"caption", json(table.caption)},
                                               {"columns", columns},
                                               {"rows", rows}}}};
  }
  Json operator()(const PackChart& chart) const {
    Json::Array series, marks;
    for (const auto& one : chart.series) series.push_back(json(one));
    for (const auto& mark : chart.marks) {
      bool upright = mark.across == PackChart::Mark::Across::at_x;
      marks.push_back(
          Json::Object{{upright ? "x" : "y", json(mark.at)}, {"label", json(mark.label)}});
    }
    Json::Object object{{"id", chart.id},
                        {"title", json(chart.title)},
                        {"description", json(chart.description)},
                        {"x", json(chart.x)},
                        {"y", json(chart.y)},
                        {"lying", chart.lying},
                        {"series", series},
                        {"marks", marks}};
    if (chart.right) object["right"] = json(*chart.right);
    return Json::Object{{"chart", object}};
  }
};

}  // namespace

Json to_json(const ValidationPack& pack) {
  Json::Array particulars, sections;
  for (const auto& one : pack.particulars)
    particulars.push_back(Json::Object{{"name", json(one.name)}, {"value", json(one.value)}});
  for (const PackSection& section : pack.sections) {
    Json::Array blocks;
    for (const PackBlock& block : section.blocks)
      blocks.push_back(std::visit(BlockSetter{}, block));
    sections.push_back(
        Json::Object{{"id", section.id}, {"title", json(section.title)}, {"blocks", blocks}});
  }
  return Json::Object{{"format", "credence-validation/1"},
                      {"title", json(pack.title)},
                      {"particulars", particulars},
                      {"sections", sections}};
}

}  // namespace credence
