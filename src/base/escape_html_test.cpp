#include <credence/base/text.h>
#include <doctest/doctest.h>

#include <random>
#include <vector>

using namespace credence;

namespace {

std::string in_content(std::string_view text) {
  return escape_html(text, HtmlPlace::content);
}
std::string in_attribute(std::string_view text) {
  return escape_html(text, HtmlPlace::attribute);
}

std::string without(std::string text, std::string_view part) {
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part))
    text.erase(at, part.size());
  return text;
}

}  // namespace

TEST_CASE("escaped HTML: markup, quotes and control characters lose their meaning") {
  for (HtmlPlace place : {HtmlPlace::content, HtmlPlace::attribute}) {
    CHECK(escape_html("<a href=\"x\">&'", place) == "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
    CHECK(escape_html("a\x01\x7f\tb\n", place) == "a\ufffd\ufffd\tb\n");
    CHECK(escape_html("Léa, 日本 – 12 €", place) == "Léa, 日本 – 12 €");
    CHECK(escape_html("", place).empty());
  }
}

TEST_CASE("escaped HTML: words from right to left do not reorder what stands around them") {
  CHECK(in_content("debt of הכנסה: 12") == "debt of <bdi>הכנסה</bdi>: 12");
  CHECK(in_attribute("debt of הכנסה: 12") == "debt of \u2068הכנסה\u2069: 12");
  CHECK(in_content("דוח") == "<bdi>דוח</bdi>");
  // Words of one name stay together, names of a list stay apart.
  CHECK(in_content("دخل سنوي, عمر") == "<bdi>دخل سنوي</bdi>, <bdi>عمر</bdi>");
  CHECK(in_content("סך_12-שנה <b> 3") == "<bdi>סך_12-שנה</bdi> &lt;b&gt; 3");
  CHECK(in_content("عمر and עמר") == "<bdi>عمر</bdi> and <bdi>עמר</bdi>");
  CHECK(in_content("x_عمر_2") == "x_<bdi>عمر</bdi>_2");
  // A mark without a letter is a letter to the algorithm, and so are those of the other scripts.
  CHECK(in_content("1\u200f2") == "1<bdi>\u200f</bdi>2");
  CHECK(in_content("\u07ca \ufb21 \ufefc \U0001e900") ==
        "<bdi>\u07ca \ufb21 \ufefc \U0001e900</bdi>");
}

TEST_CASE("escaped HTML: no character of a name turns what follows it") {
  for (std::string_view turn :
       {"\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"}) {
    CAPTURE(turn);
    const std::string name = "paid" + std::string{turn} + "late";
    CHECK(in_content(name) == "paid\ufffdlate");
    CHECK(in_attribute(name) == "paid\ufffdlate");
    CHECK(in_content("עמר" + std::string{turn}) == "<bdi>עמר</bdi>\ufffd");
  }
}

TEST_CASE("escaped HTML: whatever the text, isolates are closed and nothing is lost") {
  const std::vector<std::string> pieces{"א",      "ب",  " ",    "_",    "-",    "7",
                                        "a",      "é",  "<",    "&",    ",",    "日",
                                        "\u200f", "😀", "\xff", "\xd7", "\xd8", "\xe2\x80"};
  std::mt19937 random(5);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t i = random() % 12; i > 0; --i) {
      text += pieces[random() % pieces.size()];
    }
    CAPTURE(text);
    const std::string content = in_content(text), attribute = in_attribute(text);
    std::string plain = without(without(content, "<bdi>"), "</bdi>");
    CHECK(plain == without(without(attribute, "\u2068"), "\u2069"));
    std::size_t at = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const std::string_view wanted = text[i] == '<'   ? "&lt;"
                                      : text[i] == '&' ? "&amp;"
                                                       : std::string_view{text}.substr(i, 1);
      REQUIRE(plain.compare(at, wanted.size(), wanted) == 0);
      at += wanted.size();
    }
    CHECK(at == plain.size());
    bool open = false;
    for (std::size_t i = 0; i < content.size(); ++i) {
      if (content.compare(i, 5, "<bdi>") == 0) {
        CHECK_FALSE(open);
        open = true;
      }
      if (content.compare(i, 6, "</bdi>") == 0) {
        CHECK(open);
        open = false;
      }
    }
    CHECK_FALSE(open);
    if (is_utf8(text)) CHECK(is_utf8(content));
  }
}
