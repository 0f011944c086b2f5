#include <credence/decision/example_testing.h>
#include <credence/notice/document.h>
#include <credence/notice/notice.h>
#include <doctest/doctest.h>

#include <cstdlib>

using namespace credence;
using namespace credence::testing;

namespace {

constexpr std::array kLanguages{Language::en, Language::fr};
constexpr std::array kFormats{LetterFormat::text, LetterFormat::html};

struct Post {
  LedgerInMemory book{example_programme()};
  Card card = example_card(book.programme());

  explicit Post(const Edit& edit = {}) : book{example_programme(edit)} { book.fill(); }

  Assessment assess() const {
    Features features = derive(book.programme(), book.dossier(), book.as_of("2026-11-21"));
    ScoreOutcome outcome = score(features, card, book.programme());
    return {std::move(features), std::move(outcome)};
  }
  DecisionLetter letter() const {
    Assessment assessment = assess();
    Hash trace = trace_hash(score_payload(assessment, book.programme(), card, 0));
    Order order{.reference = "R-1",
                .benefit = "no-deposit",
                .recipient = "bike-shop",
                .amount = {},
                .date = day("2026-11-21"),
                .affordability = {}};
    auto decision = decide(assessment, book.programme(), trace, book.dossier(), order);
    REQUIRE(decision);
    return {.explanation = explain(book.programme(), card, book.dossier(), assessment, trace),
            .decision = *decision,
            .decision_fact = 23,
            .disclosed = decision->answer(),
            .date = day("2026-11-21")};
  }
  ChangeLetter change() {
    Statement issued{.index = 22,
                     .kind = FactKind::score_issued,
                     .recorded = noon("2026-11-21"),
                     .payload = Json{score_payload(assess(), book.programme(), card, 0)}};
    std::uint64_t dispute = book.record(Draft::statement(
        FactKind::dispute_opened, book.subject(),
        {{"record", 9}, {"because", "paid on time"}, {"frozen", true}}, noon("2026-11-22")));
    book.record(Draft::statement(FactKind::dispute_decided, book.subject(),
                                 {{"dispute", dispute},
                                  {"outcome", "deleted"},
                                  {"by", "R. Haddad"},
                                  {"because", "the bank has no such bill"}},
                                 noon("2026-11-25")));
    Features features = derive(book.programme(), book.dossier(), book.as_of("2026-11-25"));
    ScoreOutcome outcome = score(features, card, book.programme());
    return {.changes = changes(*read_issued_score(issued), book.programme(), card, 0,
                               book.dossier(), {std::move(features), std::move(outcome)}),
            .dispute = book.dossier().disputes.at(0),
            .subject = book.subject(),
            .date = day("2026-11-25")};
  }
};

// The expected letters lie in cases/notice; CREDENCE_WRITE_EXPECTED names the repository to write
// them anew.
void check_golden(const std::string& name, const std::string& written) {
  const std::string path = "cases/notice/" + name;
  if (const char* root = std::getenv("CREDENCE_WRITE_EXPECTED")) {
    std::ofstream{std::filesystem::path{root} / path, std::ios::binary} << written;
  }
  CHECK(written == read_repository_file(path));
}

// The example under another rule pack, with what that pack asks for beyond the example.
std::string edited(std::string text, std::string_view pack) {
  text = replaced(std::move(text), "jurisdiction = [\"eu\"]",
                  "jurisdiction = [\"" + std::string{pack} + "\"]");
  if (pack != "cn") return text;
  text = replaced(std::move(text), "dispute_days = 30", "dispute_days = 20");
  return replaced(std::move(text), "floors = {", "floors = { assessment = \"36 months\",");
}

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos;
       at = text.find(what, at + 1)) {
    ++found;
  }
  return found;
}

}  // namespace

TEST_CASE(
    "notice: the decision letter is, byte for byte, what it was, in every pack and language") {
  for (const char* pack : {"eu", "us", "cn"}) {
    Post post{[&](std::string text) { return edited(std::move(text), pack); }};
    DecisionLetter letter = post.letter();
    for (Language language : kLanguages) {
      for (LetterFormat format : kFormats) {
        std::string name = std::string{"decision."} + pack +
                           (language == Language::fr ? ".fr" : ".en") +
                           (format == LetterFormat::html ? ".html" : ".txt");
        std::string written = write(letter, post.book.programme(), language, format);
        CHECK(written == write(letter, post.book.programme(), language, format));
        check_golden(name, written);
      }
    }
  }
}

TEST_CASE("notice: the change letter is, byte for byte, what it was") {
  Post post;
  ChangeLetter letter = post.change();
  for (Language language : kLanguages) {
    std::string name = std::string{"change.eu."} + (language == Language::fr ? "fr.txt" : "en.txt");
    check_golden(name, write(letter, post.book.programme(), language, LetterFormat::text));
  }
}

TEST_CASE("notice: a line of the letter leads to its records, and the points add up in print") {
  Post post;
  DecisionLetter letter = post.letter();
  std::string text = write(letter, post.book.programme(), Language::en, LetterFormat::text);
  for (const ExplainedLine& line : letter.explanation.lines) {
    for (const RecordLine& record : line.records) {
      CHECK(text.find("\n" + std::string(record.index < 10 ? "  " : " ") +
                      std::to_string(record.index) + "  ") != std::string::npos);
    }
  }
  CHECK(text.find("Your score: the sum") != std::string::npos);
  CHECK(text.find(to_hex(letter.explanation.trace).substr(0, 40)) != std::string::npos);
}

TEST_CASE("notice: HTML has its language, headings, real tables and no scripts") {
  Post post;
  for (Language language : kLanguages) {
    std::string html = write(post.letter(), post.book.programme(), language, LetterFormat::html);
    CHECK(html.starts_with("<!doctype html>\n<html lang=\"" +
                           std::string{language == Language::fr ? "fr" : "en"} + "\">"));
    CHECK(count(html, "<h1>") == 1);
    CHECK(count(html, "<h2>") > 5);
    CHECK(count(html, "<table>") == count(html, "</table>"));
    CHECK(count(html, "<caption>") == count(html, "<table>"));
    CHECK(count(html, "<script") == 0);
    CHECK(count(html, "src=") == 0);
    CHECK(count(html, "url(") == 0);
    CHECK(count(html, "role=\"img\"") == 1);
    CHECK(is_utf8(html));
  }
}

TEST_CASE("notice: nothing that people wrote becomes markup") {
  Post post;
  DecisionLetter letter = post.letter();
  letter.explanation.subject = "<script>alert(1)</script> & \"O'Neil\"";
  letter.explanation.lines.at(0).question = {"<b onload=x>", "<b onload=x>"};
  letter.explanation.lines.at(0).records.at(0).what = {"</td><img>", "</td><img>"};
  for (Language language : kLanguages) {
    std::string html = write(letter, post.book.programme(), language, LetterFormat::html);
    CHECK(count(html, "<script") == 0);
    CHECK(count(html, "<b ") == 0);
    CHECK(count(html, "<img") == 0);
    CHECK(count(html, "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;O&#39;Neil&quot;") == 1);
  }
  std::string text = write(letter, post.book.programme(), Language::en, LetterFormat::text);
  CHECK(text.find("<script>") != std::string::npos);
}

TEST_CASE("notice: a name that runs from right to left does not turn the line around it") {
  Post post;
  DecisionLetter letter = post.letter();
  letter.explanation.subject = "דנה כהן";
  letter.explanation.lines.at(0).question = {"of הכנסה: 12", "de הכנסה : 12"};
  letter.explanation.lines.at(0).records.at(0).what = {"paid\u202elate", "paid\u202elate"};
  for (Language language : kLanguages) {
    std::string html = write(letter, post.book.programme(), language, LetterFormat::html);
    CHECK(count(html, "<bdi>דנה כהן</bdi>") > 0);
    CHECK(count(html, "<bdi>הכנסה</bdi>") > 0);
    CHECK(count(html, "<bdi>") == count(html, "</bdi>"));
    CHECK(count(html, "<bdi>") == count(html, "הכנסה") + count(html, "דנה כהן"));
    CHECK(count(html, "\u202e") == 0);
    CHECK(count(html, "paid\ufffdlate") == 1);
  }
}

TEST_CASE("notice: each pack's letter names its own law, and no other's") {
  for (const char* pack : {"eu", "us", "cn"}) {
    CAPTURE(pack);
    Post post{[&](std::string text) { return edited(std::move(text), pack); }};
    for (Language language : kLanguages) {
      std::string text = write(post.letter(), post.book.programme(), language, LetterFormat::html);
      CHECK((count(text, "2024/1689") > 0) == (std::string_view{pack} == "eu"));
      CHECK((count(text, "12 CFR 1002.9") > 0) == (std::string_view{pack} == "us"));
      CHECK((count(text, "20 days") + count(text, "20 jours") > 0) ==
            (std::string_view{pack} == "cn"));
    }
  }
}

TEST_CASE("notice: a letter that no longer explains the decision's own calculation says so") {
  Post post;
  DecisionLetter letter = post.letter();
  std::string before = write(letter, post.book.programme(), Language::en, LetterFormat::html);
  CHECK(before.find("The two calculations differ") == std::string::npos);
  letter.explanation.trace = Hash{7};
  std::string after = write(letter, post.book.programme(), Language::en, LetterFormat::html);
  CHECK(after.find("The two calculations differ") != std::string::npos);
  CHECK(after.find(to_hex(*letter.decision->trace())) != std::string::npos);
}

TEST_CASE("notice: a person with too little data reads that it is no low score") {
  Post post;
  DecisionLetter letter = post.letter();
  letter.explanation.outcome =
      NotEnoughData{.facts = 2, .facts_needed = 6, .days = 9, .days_needed = 92};
  letter.explanation.lines.clear();
  letter.explanation.reasons.clear();
  letter.explanation.what_ifs.clear();
  letter.decision.reset();
  std::string en = write(letter, post.book.programme(), Language::en, LetterFormat::text);
  std::string fr = write(letter, post.book.programme(), Language::fr, LetterFormat::text);
  CHECK(en.find("not a low") != std::string::npos);
  CHECK(fr.find("score bas") != std::string::npos);
}

TEST_CASE("notice: the access cover counts the kinds and names who was told") {
  Post post;
  AccessCover cover{.subject = "Ada Example",
                    .date = day("2026-11-21"),
                    .contents = {{FactKind::event_recorded, 16}, {FactKind::score_issued, 1}},
                    .recipients = {"Partner shops"},
                    .files = {"facts.json", "proofs/"}};
  std::string text = write(cover, post.book.programme(), Language::fr, LetterFormat::text);
  CHECK(text.find("Partner shops") != std::string::npos);
  CHECK(text.find("données") != std::string::npos);
  cover.recipients.clear();
  text = write(cover, post.book.programme(), Language::en, LetterFormat::text);
  CHECK(text.find("Nobody.") != std::string::npos);
}

TEST_CASE("notice: no line of a text letter is wider than 80 characters") {
  Post post;
  DecisionLetter letter = post.letter();
  letter.explanation.lines.at(0).question = {std::string(300, 'x'), std::string(300, 'y')};
  for (Language language : kLanguages) {
    std::string text = write(letter, post.book.programme(), language, LetterFormat::text);
    for (std::size_t at = 0; at < text.size();) {
      std::size_t end = text.find('\n', at);
      CHECK(characters(text.substr(at, end - at)) <= 80);
      at = end + 1;
    }
  }
}

TEST_CASE("notice: a letter says what was sent as the record tells it, not what was ready to be") {
  Post post;
  DecisionLetter letter = post.letter();
  REQUIRE(letter.decision->answer());
  auto text = [&](Language language) {
    return write(letter, post.book.programme(), language, LetterFormat::text);
  };
  CHECK(text(Language::en).find("left the house") != std::string::npos);
  letter.disclosed.reset();
  CHECK(text(Language::en).find("left the house") == std::string::npos);
  CHECK(text(Language::en).find("Nothing was told to") != std::string::npos);
  CHECK(text(Language::fr).find("est sorti") == std::string::npos);
}

TEST_CASE("notice: French guillemets do not part from what they enclose") {
  Post post;
  std::string text = write(post.letter(), post.book.programme(), Language::fr, LetterFormat::text);
  CHECK(text.find("«\u00a0") != std::string::npos);
  CHECK(text.find("« ") == std::string::npos);
  CHECK(text.find(" »") == std::string::npos);
}
