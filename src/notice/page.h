#pragma once

#include <credence/notice/document.h>
#include <credence/notice/notice.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace credence {

// A letter being written in one language: says every text in it.
class Page {
 public:
  Page(Language language, const Text& title) {
    document_.language = language;
    document_.title = title.in(language);
  }

  // French guillemets keep to what they enclose.
  std::string say(const Text& text) const;
  Language language() const { return document_.language; }

  void heading(const Text& text) { add(Heading{say(text)}); }
  void paragraph(const Text& text) { add(Paragraph{say(text)}); }
  void items(const std::vector<Text>& texts, bool numbered = false) {
    Items items{.numbered = numbered, .items = {}};
    for (const Text& text : texts) items.items.push_back(say(text));
    add(std::move(items));
  }
  void add(Block block) { document_.blocks.push_back(std::move(block)); }

  std::string set(LetterFormat format) const {
    return format == LetterFormat::html ? set_as_html(document_) : set_as_text(document_);
  }

 private:
  Document document_;
};

// "a {} b" with the marks filled in, language by language, in order.
Text fill(const Text& pattern, const std::vector<Text>& values);
Text same(std::string text);  // the same in both languages
Text same(std::int64_t number);

// Parts that several letters share.
void write_particulars(Page& page, const Programme& programme, const std::string& subject,
                       Date date, std::vector<std::pair<Text, Text>> more);
void write_contest(Page& page, const LawfulProgramme& programme, Date date);
void write_law(Page& page, const Programme& programme, const Decision* decision);

}  // namespace credence
