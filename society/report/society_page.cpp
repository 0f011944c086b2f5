#include <credence/base/expects.h>
#include <credence/report/page_style.h>
#include <credence/report/society_page.h>
#include <fmt/format.h>

namespace credence {

namespace {

std::string attribute(std::string_view text) {
  return escape_html(text, HtmlPlace::attribute);
}

// Boxes before the bodies: the one that is checked shows its body, without any script.
void add_switch(std::string& page, Language first) {
  auto checked = [&](Language language) { return language == first ? " checked" : ""; };
  page += fmt::format(
      "<input type=\"radio\" name=\"language\" id=\"show-en\"{}>\n"
      "<label for=\"show-en\" lang=\"en\">English</label>\n"
      "<input type=\"radio\" name=\"language\" id=\"show-fr\"{}>\n"
      "<label for=\"show-fr\" lang=\"fr\">Fran\u00e7ais</label>\n",
      checked(Language::en), checked(Language::fr));
}

}  // namespace

std::string page_text(std::string_view text) {
  return escape_html(text, HtmlPlace::content);
}

void SocietyPage::open(std::string_view tag, std::string_view attributes) {
  out_ += fmt::format("<{}{}{}>", tag, attributes.empty() ? "" : " ", attributes);
}

void SocietyPage::close(std::string_view tag) {
  out_ += fmt::format("</{}>\n", tag);
}

void SocietyPage::begin_section(std::string_view id, std::string_view title) {
  std::string_view language = language_ == Language::fr ? "fr" : "en";
  out_ += fmt::format(
      "<section id=\"{0}-{1}\" aria-labelledby=\"{0}-{1}-title\">\n"
      "<h2 id=\"{0}-{1}-title\">{2}</h2>\n",
      language, id, page_text(title));
}

void SocietyPage::end_section() {
  out_ += "</section>\n";
}

void SocietyPage::heading(std::string_view text) {
  out_ += fmt::format("<h3>{}</h3>\n", page_text(text));
}

void SocietyPage::subheading(std::string_view text) {
  out_ += fmt::format("<h4>{}</h4>\n", page_text(text));
}

void SocietyPage::paragraph(std::string_view text, std::string_view css_class) {
  if (css_class.empty())
    out_ += fmt::format("<p>{}</p>\n", page_text(text));
  else
    out_ += fmt::format("<p class=\"{}\">{}</p>\n", css_class, page_text(text));
}

void SocietyPage::items(const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  out_ += "<ul>\n";
  for (const std::string& text : texts) out_ += fmt::format("<li>{}</li>\n", page_text(text));
  out_ += "</ul>\n";
}

void SocietyPage::table(const PageTable& table) {
  // A wide table is moved by the finger or the arrow keys, so it can take the focus.
  out_ += fmt::format(
      "<div class=\"scroll\" role=\"region\" aria-label=\"{}\" tabindex=\"0\"><table>\n"
      "<caption>{}</caption>\n<thead><tr>",
      attribute(table.caption), page_text(table.caption));
  for (const PageTable::Column& column : table.columns) {
    out_ += fmt::format("<th scope=\"col\"{}>{}</th>", column.number ? " class=\"n\"" : "",
                        page_text(column.title));
  }
  out_ += "</tr></thead>\n<tbody>\n";
  for (const std::vector<std::string>& row : table.rows) {
    expects(row.size() == table.columns.size(), "SocietyPage: a row of another length");
    out_ += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i == 0) {
        out_ += fmt::format("<th scope=\"row\">{}</th>", page_text(row[i]));
      } else {
        out_ += fmt::format("<td{}>{}</td>", table.columns[i].number ? " class=\"n\"" : "",
                            page_text(row[i]));
      }
    }
    out_ += "</tr>\n";
  }
  out_ += "</tbody></table></div>\n";
}

void SocietyPage::figure(std::string_view caption, std::string_view note,
                         std::string_view svg_markup) {
  out_ += fmt::format("<figure><figcaption>{}", page_text(caption));
  if (!note.empty()) out_ += fmt::format("<span>{}</span>", page_text(note));
  out_ += fmt::format("</figcaption>{}</figure>\n", svg_markup);
}

std::string whole_page(const PageBodies& bodies, Language first) {
  bool french = first == Language::fr;
  std::string page = fmt::format(
      "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n",
      french ? "fr" : "en", attribute(french ? bodies.title_fr : bodies.title_en), page_style());
  add_switch(page, first);
  page += fmt::format("<main class=\"body-en\" lang=\"en\">\n{}</main>\n", bodies.en);
  page += fmt::format("<main class=\"body-fr\" lang=\"fr\">\n{}</main>\n", bodies.fr);
  page += "</body>\n</html>\n";
  return page;
}

}  // namespace credence
