#pragma once

#include <credence/base/text.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// A table as the page sets it. Cells are plain text and are escaped; the first column names the
// rows.
struct PageTable {
  struct Column {
    std::string title;
    bool number = false;  // set to the right
  };
  std::string caption;
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  // each as long as `columns`
};

// Writes HTML. Whatever is called text is escaped; whatever is called markup is not, and is made
// here or by FigureSheet alone.
class SocietyPage {
 public:
  explicit SocietyPage(Language language) : language_(language) {}
  Language language() const { return language_; }

  void open(std::string_view tag, std::string_view attributes = "");
  void close(std::string_view tag);
  // `id` is a word of ours; the language is put before it, since both stand in one page.
  void begin_section(std::string_view id, std::string_view title);
  void end_section();
  void heading(std::string_view text);     // within a section
  void subheading(std::string_view text);  // within a heading
  void paragraph(std::string_view text, std::string_view css_class = "");
  void items(const std::vector<std::string>& texts);
  void table(const PageTable& table);
  void figure(std::string_view caption, std::string_view note, std::string_view svg_markup);
  void markup(std::string_view markup) { out_ += markup; }

  std::string take() { return std::move(out_); }

 private:
  Language language_;
  std::string out_;
};

std::string page_text(std::string_view text);  // escaped, for the content of an element

// The page around its two bodies, with the switch between them.
struct PageBodies {
  std::string title_en, title_fr;  // plain text
  std::string en, fr;              // markup
};
std::string whole_page(const PageBodies& bodies, Language first);

}  // namespace credence
