#pragma once

#include <credence/base/json.h>
#include <credence/base/text.h>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace credence {

// How a number is written: counts without decimals, shares as per cent, points as signed whole
// numbers, p-values as "< 0.001" below that.
enum class NumberFormat { count, score, points, share, number2, number3, number4, p_value };

// Nothing where something could not be computed (the section then says why), a number, a name that
// is the same in both languages, or a text.
using PackCell = std::variant<std::monostate, double, std::string, Text>;

struct PackTable {
  struct Column {
    Text title = {};
    std::optional<NumberFormat> format = {};  // nothing: a column of texts
  };
  std::string id = {};
  Text caption = {};
  std::vector<Column> columns = {};
  std::vector<std::vector<PackCell>> rows = {};  // each as long as `columns`
};

// A chart as data. Positions on x are numbers or, where `x.categories` is filled, indexes into it;
// categories run from the left to the right, or down the page when `lying` (a forest plot).
struct PackChart {
  struct Axis {
    Text title = {};
    NumberFormat format = NumberFormat::number2;
    std::vector<Text> categories = {};
    std::optional<double> lowest = {}, highest = {};  // otherwise what the data need
  };
  struct Series {
    enum class Shape { line, points, line_and_points, bars };
    Text name = {};
    Shape shape = Shape::line;
    bool on_right_axis = false;
    bool muted = false;                  // for comparison: pale, and dashed when it is a line
    std::vector<double> x = {}, y = {};  // of one length
    std::vector<double> low = {},
                        high = {};  // whiskers of y; empty, or as long as y; NaN: none here
  };
  struct Mark {  // a straight line across the plot
    enum class Across { at_x, at_y };
    Across across = Across::at_y;
    double at = 0;
    Text label = {};
  };
  std::string id = {};
  Text title = {}, description = {};  // the description says in words what the picture shows
  Axis x = {}, y = {};
  std::optional<Axis> right = {};
  bool lying = false;
  std::vector<Series> series = {};
  std::vector<Mark> marks = {};
};

// One line of judgement: a figure against its limit, and what that means in plain words.
struct Verdict {
  enum class Level { good, watch, act, unknown };
  Level level = Level::unknown;
  std::string id = {};  // "psi.score"
  Text subject = {}, meaning = {};
};

using PackBlock = std::variant<Text, Verdict, PackTable, PackChart>;  // a Text is a paragraph

struct PackSection {
  std::string id = {};  // "discrimination"
  Text title = {};
  std::vector<PackBlock> blocks = {};
};

// What a committee reads before a card may be used. Pure data; the functions below set it.
struct ValidationPack {
  struct Particular {
    Text name = {};
    PackCell value = {};
    std::optional<NumberFormat> format = {};
  };
  Text title = {};
  std::vector<Particular> particulars = {};
  std::vector<PackSection> sections = {};  // the first one repeats every verdict
};

// One self-contained page: no script, no file beside it, fit for the printer.
std::string to_html(const ValidationPack& pack, Language language);
// Both languages, every number in full.
Json to_json(const ValidationPack& pack);

// A number as the language writes it: "1,234.5%", or "1 234,5 %" with narrow spaces that do not
// break. NaN is a dash.
std::string to_text(double value, NumberFormat format, Language language);
std::string to_text(const PackCell& cell, std::optional<NumberFormat> format, Language language);
Text to_text(Verdict::Level level);

}  // namespace credence
