#include <credence/notice/document.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

// Print first: a letter is read on paper. Contrast and sizes keep to WCAG 2.2 AA.
constexpr std::string_view kStyle = R"(
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 42rem; padding: 2rem 1rem; background: #fff; color: #1a1a1a;
  font: 1rem/1.5 Georgia, "Times New Roman", serif; }
h1, h2, th, dt, caption { font-family: system-ui, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { font-size: 1.15rem; margin-top: 2rem; border-top: 1px solid #767676; padding-top: .6rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-size: .95rem; }
caption { text-align: left; font-weight: 600; padding-bottom: .3rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem;
  border-bottom: 1px solid #c8c8c8; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.sum > * { border-top: 2px solid #1a1a1a; font-weight: 700; }
figure { margin: 1rem 0; }
svg { display: block; width: 100%; height: auto; }
@media print { body { max-width: none; padding: 0; font-size: 11pt; }
  h2, tr, figure { break-inside: avoid; } }
)";

class HtmlSetter {
 public:
  std::string take() { return std::move(out_); }

  void open(const Document& document) {
    out_ = fmt::format(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n"
        "<style>{}</style>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n",
        document.language == Language::fr ? "fr" : "en",
        escape_html(document.title, HtmlPlace::attribute), kStyle, content(document.title));
  }
  void close() { out_ += "</main>\n</body>\n</html>\n"; }

  void operator()(const Heading& heading) { element("h2", heading.text); }
  void operator()(const Paragraph& paragraph) { element("p", paragraph.text); }
  void operator()(const Items& items) {
    std::string_view list = items.numbered ? "ol" : "ul";
    out_ += fmt::format("<{}>\n", list);
    for (const std::string& item : items.items) element("li", item);
    out_ += fmt::format("</{}>\n", list);
  }
  void operator()(const Particulars& particulars) {
    out_ += "<dl>\n";
    for (const auto& entry : particulars.entries) {
      element("dt", entry.name);
      element("dd", entry.value);
    }
    out_ += "</dl>\n";
  }
  void operator()(const Bar& bar) {
    constexpr std::int64_t kLength = 600;
    std::int64_t range = std::max<std::int64_t>(1, std::int64_t{bar.highest} - bar.lowest);
    std::int64_t value = std::clamp(bar.value, bar.lowest, bar.highest);
    std::int64_t filled = (value - bar.lowest) * kLength / range;
    out_ += fmt::format(
        "<figure>\n<svg viewBox=\"0 0 {0} 44\" role=\"img\" aria-label=\"{1}\">\n"
        "<rect width=\"{0}\" height=\"20\" fill=\"#d9d9d9\"/>\n"
        "<rect width=\"{2}\" height=\"20\" fill=\"#1f4e79\"/>\n"
        "<text x=\"0\" y=\"40\" font-size=\"16\">{3}</text>\n"
        "<text x=\"{0}\" y=\"40\" font-size=\"16\" text-anchor=\"end\">{4}</text>\n"
        "</svg>\n<figcaption>{5}</figcaption>\n</figure>\n",
        kLength, escape_html(bar.label, HtmlPlace::attribute), filled, bar.lowest, bar.highest,
        content(bar.label));
  }
  void operator()(const LetterTable& table) {
    out_ += fmt::format("<table>\n<caption>{}</caption>\n<thead>\n<tr>", content(table.caption));
    for (const auto& column : table.columns) {
      out_ += fmt::format("<th scope=\"col\"{}>{}</th>", number(column), content(column.name));
    }
    out_ += "</tr>\n</thead>\n<tbody>\n";
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      row(table, table.rows[i], table.last_is_sum && i + 1 == table.rows.size());
    }
    out_ += "</tbody>\n</table>\n";
  }

 private:
  static std::string content(std::string_view text) {
    return escape_html(text, HtmlPlace::content);
  }
  static std::string_view number(const LetterTable::Column& column) {
    return column.number ? " class=\"number\"" : "";
  }
  void element(std::string_view name, const std::string& text) {
    out_ += fmt::format("<{0}>{1}</{0}>\n", name, content(text));
  }
  void row(const LetterTable& table, const std::vector<std::string>& cells, bool is_sum) {
    out_ += is_sum ? "<tr class=\"sum\">" : "<tr>";
    for (std::size_t i = 0; i < cells.size() && i < table.columns.size(); ++i) {
      std::string cell = content(cells[i]);
      // The first cell names the row for a reader who hears the table.
      out_ += i == 0 ? fmt::format("<th scope=\"row\"{}>{}</th>", number(table.columns[i]), cell)
                     : fmt::format("<td{}>{}</td>", number(table.columns[i]), cell);
    }
    out_ += "</tr>\n";
  }

  std::string out_;
};

}  // namespace

std::string set_as_html(const Document& document) {
  HtmlSetter setter;
  setter.open(document);
  for (const Block& block : document.blocks) std::visit(setter, block);
  setter.close();
  return setter.take();
}

}  // namespace credence
