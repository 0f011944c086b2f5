#include <credence/report/odd_document.h>
#include <credence/report/report.h>
#include <credence/report/wordings.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

constexpr std::size_t kTextWidth = 78;

struct PageSetting {
  SocietyPage& page;

  void operator()(const std::string& paragraph) const { page.paragraph(paragraph); }
  void operator()(const OddHeading& heading) const { page.subheading(heading.text); }
  void operator()(const OddItems& items) const {
    if (!items.numbered) return page.items(items.texts);
    page.open("ol");
    for (const std::string& text : items.texts)
      page.markup(fmt::format("<li>{}</li>\n", page_text(text)));
    page.close("ol");
  }
  void operator()(const PageTable& table) const { page.table(table); }
};

// Lines of at most kTextWidth characters; the first begins with `lead`, the others as far in.
std::string wrapped(const std::string& text, const std::string& lead) {
  std::string result = lead, line_start(characters(lead), ' ');
  std::size_t at = characters(lead);
  bool fresh = true;
  std::size_t from = 0;
  while (from < text.size()) {
    std::size_t to = std::min(text.find(' ', from), text.size());
    std::string word = text.substr(from, to - from);
    from = to + 1;
    if (word.empty()) continue;
    if (!fresh && at + 1 + characters(word) > kTextWidth) {
      result += "\n" + line_start;
      at = line_start.size();
      fresh = true;
    }
    result += (fresh ? "" : " ") + word;
    at += characters(word) + (fresh ? 0 : 1);
    fresh = false;
  }
  return result + "\n";
}

struct TextSetting {
  std::string& out;

  void operator()(const std::string& paragraph) const { out += wrapped(paragraph, "") + "\n"; }
  void operator()(const OddHeading& heading) const { out += wrapped(heading.text, "* "); }
  void operator()(const OddItems& items) const {
    for (std::size_t i = 0; i < items.texts.size(); ++i)
      out += wrapped(items.texts[i], items.numbered ? fmt::format("{:>4}. ", i + 1) : "  - ");
    out += "\n";
  }
  // A table of many words does not fit a terminal, so each row is a paragraph of its own.
  void operator()(const PageTable& table) const {
    out += wrapped(table.caption, "") + "\n";
    for (const std::vector<std::string>& row : table.rows) {
      std::string line = row.empty() ? "" : row[0];
      for (std::size_t i = 1; i < row.size(); ++i) {
        if (!row[i].empty()) line += fmt::format("; {}: {}", table.columns[i].title, row[i]);
      }
      out += wrapped(line, "  - ");
    }
    out += "\n";
  }
};

}  // namespace

std::string odd_html(const World& world, std::span<const SocietyProgramme> programmes,
                     Language language) {
  SocietyPage page(language);
  page.paragraph(say(Say::odd_source, language), "note");
  for (const OddElement& element : odd_document(world, programmes, language)) {
    page.open("details", "class=\"odd\"");
    page.markup(fmt::format("<summary><h3>{}</h3></summary>\n", page_text(element.title)));
    for (const OddBlock& block : element.blocks) std::visit(PageSetting{page}, block);
    page.close("details");
  }
  return page.take();
}

std::string odd_text(const World& world, std::span<const SocietyProgramme> programmes,
                     Language language) {
  std::string out = wrapped(say(Say::odd_source, language), "") + "\n";
  for (const OddElement& element : odd_document(world, programmes, language)) {
    std::string underline(characters(element.title), '=');
    out += element.title + "\n" + underline + "\n\n";
    for (const OddBlock& block : element.blocks) std::visit(TextSetting{out}, block);
  }
  return out;
}

}  // namespace credence
