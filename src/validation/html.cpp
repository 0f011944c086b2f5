#include <credence/validation/pack.h>
#include <credence/validation/svg.h>
#include <fmt/format.h>

namespace credence {

namespace {

// Print first: a committee reads on paper. Contrast and sizes keep to WCAG 2.2 AA; levels are told
// by words and signs, never by colour alone.
constexpr std::string_view kStyle = R"(
:root { color-scheme: light; --ink: #1a1a1a; --quiet: #55606b; --rule: #c9d0d6; --lead: #1f4e79; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: var(--ink);
  font: 1rem/1.5 Georgia, "Times New Roman", "Liberation Serif", serif; }
main { max-width: 54rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
h1, h2, th, dt, caption, figcaption, nav, .verdict strong, .level {
  font-family: "Helvetica Neue", Arial, "Liberation Sans", sans-serif; }
header { border-bottom: 3px solid var(--lead); padding-bottom: 1.2rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 .8rem; padding-bottom: .3rem;
  border-bottom: 1px solid var(--lead); color: var(--lead); }
h2 .number { color: var(--quiet); font-weight: 400; padding-right: .5rem; }
section { margin-top: 3rem; }
p { margin: .7rem 0; max-width: 46rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.2rem; margin: 0; }
dt { font-weight: 600; font-size: .9rem; padding-top: .08rem; }
dd { margin: 0; overflow-wrap: anywhere; }
.front { display: grid; grid-template-columns: 1.25fr 1fr; gap: 0 2rem; }
nav { font-size: .9rem; }
nav ol { margin: .3rem 0 0; padding-left: 1.8rem; }
a { color: var(--lead); }
.verdict { display: grid; grid-template-columns: 8.2rem 1fr; gap: 0 1rem; align-items: baseline;
  padding: .45rem 0; border-bottom: 1px solid var(--rule); break-inside: avoid; }
.verdict:first-of-type { border-top: 1px solid var(--rule); }
.level { font-size: .85rem; font-weight: 700; white-space: nowrap; }
.level i { font-style: normal; display: inline-block; width: 1.3em; }
.good .level { color: #1d5c38; } .watch .level { color: #7a4d00; }
.act .level { color: #a01818; } .unknown .level { color: var(--quiet); }
.verdict p { margin: 0; } .verdict strong { font-size: .95rem; }
.scroll { overflow-x: auto; margin: 1.2rem 0; }
table { border-collapse: collapse; min-width: 60%; font-size: .84rem; line-height: 1.35; }
caption { text-align: left; font-weight: 600; padding-bottom: .4rem; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .28rem .55rem;
  border-bottom: 1px solid var(--rule); }
thead th { vertical-align: bottom; border-bottom: 1.5px solid var(--ink); font-size: .8rem; }
tbody th { font-weight: 600; min-width: 4.6rem; }
tbody tr:last-child > * { border-bottom: 1.5px solid var(--ink); }
.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums lining-nums;
  font-family: "Helvetica Neue", Arial, "Liberation Sans", sans-serif; }
thead .n { white-space: normal; }
.charts { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.6rem; }
.charts.one { grid-template-columns: 1fr; }
figure { margin: 1.2rem 0; break-inside: avoid; min-width: 0; }
figcaption { font-size: .92rem; font-weight: 600; margin-bottom: .3rem; }
figcaption span { display: block; font-weight: 400; font-size: .84rem; color: var(--quiet); }
svg { display: block; width: 100%; height: auto; }
@media screen and (max-width: 44rem) {
  .charts, .front { grid-template-columns: 1fr; }
  .verdict { grid-template-columns: 1fr; } }
@page { size: A4; margin: 17mm 15mm 18mm;
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt Arial, sans-serif; } }
@media print {
  body { font-size: 10pt; } main { max-width: none; padding: 0; }
  section { margin-top: 1.8rem; } .scroll { break-inside: avoid; }
  h2, caption, figcaption { break-after: avoid; } tr { break-inside: avoid; }
  thead { display: table-header-group; } a { color: inherit; text-decoration: none; }
  .scroll { overflow: visible; } table { font-size: 7.6pt; } th, td { padding: .2rem .35rem; }
  thead th { font-size: 7.2pt; } p { orphans: 3; widows: 3; } }
)";

struct LevelSigns {
  std::string_view name, sign;
};

LevelSigns signs(Verdict::Level level) {
  switch (level) {
    case Verdict::Level::good:
      return {"good", "\u25cf"};
    case Verdict::Level::watch:
      return {"watch", "\u25b2"};
    case Verdict::Level::act:
      return {"act", "\u25a0"};
    case Verdict::Level::unknown:
      break;
  }
  return {"unknown", "\u25cb"};
}

class PageSetter {
 public:
  PageSetter(const ValidationPack& pack, Language language) : pack_(pack), language_(language) {}

  std::string set() {
    head();
    contents();
    out_ += "</header>\n";
    for (std::size_t i = 0; i < pack_.sections.size(); ++i) section(pack_.sections[i], i);
    out_ += "</main>\n</body>\n</html>\n";
    return std::move(out_);
  }

 private:
  std::string say(const Text& text) const { return content(text.in(language_)); }
  static std::string content(std::string_view text) {
    return escape_html(text, HtmlPlace::content);
  }
  static std::string attribute(std::string_view text) {
    return escape_html(text, HtmlPlace::attribute);
  }

  void head() {
    out_ = fmt::format(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n<header>\n<h1>{}</h1>\n",
        language_ == Language::fr ? "fr" : "en", attribute(pack_.title.in(language_)), kStyle,
        say(pack_.title));
    out_ += "<div class=\"front\">\n<dl>\n";
    for (const auto& [name, value, format] : pack_.particulars) {
      out_ += fmt::format("<dt>{}</dt><dd>{}</dd>\n", say(name),
                          content(to_text(value, format, language_)));
    }
    out_ += "</dl>\n";
  }

  void contents() {
    std::string label = language_ == Language::fr ? "Sommaire" : "Contents";
    out_ += fmt::format("<nav aria-label=\"{0}\"><strong>{0}</strong>\n<ol>\n", label);
    for (const PackSection& one : pack_.sections) {
      out_ += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", attribute(one.id), say(one.title));
    }
    out_ += "</ol>\n</nav>\n</div>\n";
  }

  void section(const PackSection& one, std::size_t index) {
    std::string id = attribute(one.id);
    out_ += fmt::format(
        "<section id=\"{0}\" aria-labelledby=\"{0}-title\">\n"
        "<h2 id=\"{0}-title\"><span class=\"number\">{1}</span>{2}</h2>\n",
        id, index + 1, say(one.title));
    for (std::size_t i = 0; i < one.blocks.size();) {
      std::size_t charts = charts_from(one, i);
      if (charts > 0) {
        row_of_charts(one, i, charts);
        i += charts;
      } else {
        std::visit([this](const auto& block) { set(block); }, one.blocks[i++]);
      }
    }
    out_ += "</section>\n";
  }

  static std::size_t charts_from(const PackSection& one, std::size_t first) {
    std::size_t end = first;
    while (end < one.blocks.size() && std::holds_alternative<PackChart>(one.blocks[end])) ++end;
    return end - first;
  }

  // Charts that follow each other stand in pairs; one alone takes the whole width.
  void row_of_charts(const PackSection& one, std::size_t first, std::size_t count) {
    for (std::size_t i = first; i < first + count;) {
      bool pair = i + 1 < first + count;
      out_ += pair ? "<div class=\"charts\">\n" : "<div class=\"charts one\">\n";
      SvgSize size = pair ? SvgSize{440, 320} : SvgSize{700, 290};
      for (std::size_t last = i + (pair ? 2 : 1); i < last; ++i)
        figure(*std::get_if<PackChart>(&one.blocks[i]), size);
      out_ += "</div>\n";
    }
  }

  void figure(const PackChart& chart, SvgSize size) {
    out_ += fmt::format("<figure>\n<figcaption>{}<span>{}</span></figcaption>\n{}</figure>\n",
                        say(chart.title), say(chart.description), to_svg(chart, language_, size));
  }

  void set(const Text& paragraph) { out_ += fmt::format("<p>{}</p>\n", say(paragraph)); }

  void set(const PackChart& chart) { figure(chart, {}); }

  void set(const Verdict& verdict) {
    auto [name, sign] = signs(verdict.level);
    out_ += fmt::format(
        "<div class=\"verdict {}\"><span class=\"level\"><i aria-hidden=\"true\">{}</i>{}</span>"
        "<p><strong>{}.</strong> {}</p></div>\n",
        name, sign, say(to_text(verdict.level)), say(verdict.subject), say(verdict.meaning));
  }

  void set(const PackTable& table) {
    out_ += fmt::format("<div class=\"scroll\"><table>\n<caption>{}</caption>\n<thead><tr>",
                        say(table.caption));
    for (const PackTable::Column& column : table.columns) {
      out_ += fmt::format("<th scope=\"col\"{}>{}</th>", column.format ? " class=\"n\"" : "",
                          say(column.title));
    }
    out_ += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows) {
      out_ += "<tr>";
      for (std::size_t i = 0; i < table.columns.size() && i < row.size(); ++i)
        cell(table.columns[i], row[i], i == 0);
      out_ += "</tr>\n";
    }
    out_ += "</tbody></table></div>\n";
  }

  void cell(const PackTable::Column& column, const PackCell& value, bool names_row) {
    std::string text = content(to_text(value, column.format, language_));
    std::string_view look = column.format ? " class=\"n\"" : "";
    // The first cell names the row for a reader who hears the table.
    out_ += names_row ? fmt::format("<th scope=\"row\"{}>{}</th>", look, text)
                      : fmt::format("<td{}>{}</td>", look, text);
  }

  const ValidationPack& pack_;
  Language language_;
  std::string out_;
};

}  // namespace

std::string to_html(const ValidationPack& pack, Language language) {
  return PageSetter{pack, language}.set();
}

}  // namespace credence
