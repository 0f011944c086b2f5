#include <credence/validation/pack.h>
#include <credence/validation/phrase.h>
#include <credence/validation/plot_scale.h>
#include <credence/validation/svg.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace credence;

namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

PackChart chart_of(PackChart::Series series) {
  PackChart chart{"c", {"Chart", "Graphique"}, {"what it shows", "ce qu'il montre"}};
  chart.series = {std::move(series)};
  return chart;
}

}  // namespace

TEST_CASE("numbers: each language writes them its own way") {
  CHECK(to_text(1234.5, NumberFormat::number2, Language::en) == "1,234.50");
  CHECK(to_text(1234.5, NumberFormat::number2, Language::fr) == "1\u202f234,50");
  CHECK(to_text(0.1234, NumberFormat::share, Language::en) == "12.3%");
  CHECK(to_text(0.1234, NumberFormat::share, Language::fr) == "12,3\u202f%");
  CHECK(to_text(1234567, NumberFormat::count, Language::en) == "1,234,567");
  CHECK(to_text(12, NumberFormat::points, Language::en) == "+12");
  CHECK(to_text(-12, NumberFormat::points, Language::fr) == "\u221212");
  CHECK(to_text(0, NumberFormat::points, Language::en) == "0");
  CHECK(to_text(0.00001, NumberFormat::p_value, Language::fr) == "<\u00a00,001");
  CHECK(p_phrase(0.0421).en == "p\u00a0=\u00a00.042");
}

TEST_CASE("numbers: what is no number is a dash, infinity its sign, nothing has no minus") {
  CHECK(to_text(std::nan(""), NumberFormat::share, Language::en) == "\u2013");
  CHECK(to_text(kInfinite, NumberFormat::number3, Language::en) == "\u221e");
  CHECK(to_text(-kInfinite, NumberFormat::count, Language::en) == "\u2212\u221e");
  CHECK(to_text(-0.0001, NumberFormat::number2, Language::en) == "0.00");
  CHECK(to_text(PackCell{}, {}, Language::en) == "\u2013");
}

TEST_CASE("phrases: values are put in once, whatever they contain") {
  Text name = same("{2}");
  CHECK(fill({"{1} and {2}", "{2} et {1}"}, {name, same("x")}).en == "{2} and x");
  CHECK(fill({"{1} and {2}", "{2} et {1}"}, {name, same("x")}).fr == "x et {2}");
  CHECK(fill({"{3} {", "{x}"}, {name}).en == "{3} {");
}

TEST_CASE("scales: ticks are round and enclose the values") {
  PlotScale scale = scale_for({}, 0.013, 0.187, 5);
  CHECK(scale.lowest == 0);
  CHECK(scale.highest == doctest::Approx(0.2));
  CHECK(scale.ticks().size() == 5);
  CHECK(scale.label(0.05, Language::fr) == "0,05");
  PlotScale shares = scale_for({.title = {}, .format = NumberFormat::share}, 0, 1, 5);
  CHECK(shares.label(0.2, Language::en) == "20%");
}

TEST_CASE("scales: one value, none, or the infinite still make a scale") {
  for (auto [low, high] : {std::pair{3.0, 3.0}, std::pair{kInfinite, -kInfinite},
                           std::pair{0.0, kInfinite}, std::pair{-1e300, 1e300}}) {
    PlotScale scale = scale_for({}, low, high, 5);
    CHECK(scale.highest > scale.lowest);
    CHECK(scale.ticks().size() < 100);
  }
}

TEST_CASE("charts: points without a number are left out, texts are escaped") {
  PackChart::Series series;
  series.shape = PackChart::Series::Shape::line_and_points;
  series.x = {0, 1, 2, 3};
  series.y = {1, std::nan(""), kInfinite, 2};
  PackChart chart = chart_of(series);
  chart.y.title = {"<b>&\"", "<b>"};
  std::string svg = to_svg(chart, Language::en);
  CHECK(holds(svg, "&lt;b&gt;&amp;"));
  CHECK_FALSE(holds(svg, "nan"));
  CHECK_FALSE(holds(svg, "inf"));
  CHECK(holds(svg, "aria-label=\"Chart. what it shows\""));
}

TEST_CASE("charts: nothing to draw is an empty frame, in every form") {
  using Shape = PackChart::Series::Shape;
  for (Shape shape : {Shape::line, Shape::points, Shape::line_and_points, Shape::bars}) {
    for (bool lying : {false, true}) {
      for (int categories : {0, 1, 60}) {
        PackChart::Series series;
        series.shape = shape;
        PackChart chart = chart_of(series);
        chart.lying = lying;
        for (int i = 0; i < categories; ++i)
          chart.x.categories.push_back(same(std::string(80, 'w')));
        chart.right = PackChart::Axis{};
        std::string svg = to_svg(chart, Language::fr);
        CHECK(holds(svg, "</svg>"));
        CHECK_FALSE(holds(svg, "nan"));
      }
    }
  }
}

TEST_CASE("page: names from data cannot become markup, and nothing is fetched") {
  PackTable table{"t", same("<script>alert(1)</script>"), {{same("<i>"), {}}}, {{same("&x")}}};
  ValidationPack pack{same("<title>"),
                      {{same("a"), std::string{"<b>"}, {}}},
                      {{"x\"y", same("S"), {table, Text{"<p>", "<p>"}}}}};
  std::string html = to_html(pack, Language::en);
  CHECK_FALSE(holds(html, "<script"));
  CHECK_FALSE(holds(html, "<i>"));
  CHECK_FALSE(holds(html, "http"));
  CHECK(holds(html, "x&quot;y"));
  CHECK(holds(html, "lang=\"en\""));
  CHECK(holds(to_html(pack, Language::fr), "lang=\"fr\""));
}

TEST_CASE("page: a name that runs from right to left does not turn the line around it") {
  const Text name = same("of הכנסה: 12");
  PackTable table{"t", name, {{name, {}}}, {{name}}};
  PackChart chart = chart_of({});
  chart.title = name;
  ValidationPack pack{name,
                      {{name, std::string{"הכנסה"}, {}}},
                      {{"s",
                        name,
                        {table, chart, name, Verdict{Verdict::Level::good, "v", name, name},
                         same("paid\u202elate")}}}};
  for (Language language : {Language::en, Language::fr}) {
    const std::string html = to_html(pack, language);
    CHECK(holds(html, "<title>of \u2068הכנסה\u2069: 12</title>"));
    CHECK(holds(html, "<h1>of <bdi>הכנסה</bdi>: 12</h1>"));
    CHECK(holds(html, "<dt>of <bdi>הכנסה</bdi>: 12</dt><dd><bdi>הכנסה</bdi></dd>"));
    CHECK(holds(html, "<th scope=\"col\">of <bdi>הכנסה</bdi>: 12</th>"));
    CHECK(holds(html, "<th scope=\"row\">of <bdi>הכנסה</bdi>: 12</th>"));
    CHECK(holds(html, "<p>of <bdi>הכנסה</bdi>: 12</p>"));
    CHECK(holds(html, "aria-label=\"of \u2068הכנסה\u2069: 12"));
    CHECK_FALSE(holds(html, "\u202e"));
  }
  // SVG has no bdi.
  CHECK_FALSE(holds(to_svg(chart, Language::en), "bdi"));
}

TEST_CASE("page: a control character from data is not written, for HTML has none") {
  ValidationPack pack;
  pack.title = {"a\x01\x1b\x7f z", "a\x02 z"};
  for (Language language : {Language::en, Language::fr}) {
    std::string page = to_html(pack, language);
    CHECK(std::none_of(page.begin(), page.end(), [](char c) {
      auto byte = static_cast<unsigned char>(c);
      return (byte < 0x20 && c != '\n') || byte == 0x7f;
    }));
  }
}

TEST_CASE("page: a table has headers for columns and rows, a level has words") {
  PackTable table{
      "t", same("T"), {{same("a"), {}}, {same("b"), NumberFormat::count}}, {{same("r"), 5.0}}};
  ValidationPack pack{
      same("V"),
      {},
      {{"s", same("S"), {table, Verdict{Verdict::Level::act, "v", same("x"), same("y")}}}}};
  std::string html = to_html(pack, Language::fr);
  CHECK(holds(html, "<th scope=\"col\" class=\"n\">b</th>"));
  CHECK(holds(html, "<th scope=\"row\">r</th>"));
  CHECK(holds(html, "<caption>T</caption>"));
  CHECK(holds(html, "Agir"));
}

TEST_CASE("JSON: numbers keep every digit, infinity is a word, nothing is null") {
  PackTable table{"t",
                  same("T"),
                  {{same("a"), NumberFormat::share}},
                  {{0.1 + 0.2}, {kInfinite}, {std::nan("")}, {PackCell{}}}};
  Json json = to_json(ValidationPack{same("V"), {}, {{"s", same("S"), {table}}}});
  std::string text = to_canonical_json(json);
  CHECK(holds(text, "0.30000000000000004"));
  CHECK(holds(text, "[[0.30000000000000004],[\"infinite\"],[null],[null]]"));
  REQUIRE(parse_json(text));
  CHECK(json.find("format")->string() != nullptr);
}
