#include <credence/programme/codes.h>
#include <credence/programme/condition.h>
#include <credence/programme/sample_test.h>
#include <doctest/doctest.h>

#include <array>
#include <string>

using namespace credence;

namespace {

struct Bad {
  std::string_view text, code;
  std::uint32_t column;  // of the first finding within the expression, from 1
  std::uint32_t length;
  std::string_view help = "";  // found in the English help
};

Findings findings_of(std::string_view text, const Where& where = {"p.toml", 7, 9, 3}) {
  return compile_condition(text, sample_event(), *find_currency("EUR"), where).findings;
}

const Bad kMistakes[] = {  // What is written
    {"paid > due # late", "P040", 12, 1},
    {"paid == due", "P040", 6, 2, "write `=`"},
    {"paid <> due", "P040", 6, 2, "write `!=`"},
    {"regular && regular", "P040", 9, 2, "write `and`"},
    {"regular || regular", "P040", 9, 2, "write `or`"},
    {"! regular", "P040", 1, 1, "write `not`"},
    {"paid ≥ due", "P040", 6, 1, "write `>=`"},
    {"outcome = \"lost\"", "P040", 11, 1, "write `'`"},
    {"outcome = ’lost’", "P040", 11, 1, "write `'`"},
    {"days * 2 > 3", "P040", 6, 1},
    {"outcome = 'lost", "P051", 11, 5},
    {"'", "P051", 1, 1},
    {"regular 'x", "P051", 9, 2},
    // How it is built
    {"", "P041", 1, 1},
    {"   ", "P041", 4, 1},
    {"paid >", "P041", 7, 1},
    {"> paid", "P041", 1, 1},
    {"(regular", "P041", 9, 1},
    {"regular)", "P041", 8, 1},
    {"regular and", "P041", 12, 1},
    {"and regular", "P041", 1, 3},
    {"regular regular", "P041", 9, 7},
    {"not", "P041", 4, 1},
    {"missing paid", "P041", 9, 4},
    {"missing(", "P041", 9, 1},
    {"missing(3)", "P041", 9, 1},
    {"missing(paid", "P041", 13, 1},
    {"days > - regular", "P041", 10, 7},
    {"()", "P041", 2, 1},
    {"1 < days < 9", "P052", 10, 1, "b < c"},
    // What it names
    {"payd > due", "P042", 1, 4, "did you mean `paid`?"},
    {"regulra", "P042", 1, 7, "`regular`"},
    {"todya > due", "P042", 1, 5, "did you mean `today`?"},
    {"missing(pade2)", "P042", 9, 5, "`amount`"},
    {"outcome = 'lots'", "P045", 11, 6, "did you mean `lost`?"},
    {"outcome = 'Lost'", "P045", 11, 6, "did you mean `lost`?"},
    {"'a' = 'b'", "P045", 1, 9},
    {"due = 2026-02-30", "P047", 7, 10},
    {"due = 2026-13-01", "P047", 7, 10},
    // What fits what
    {"amount > 12", "P043", 1, 11, "`12 EUR`"},
    {"12 < amount", "P043", 1, 11, "`12 EUR`"},
    {"paid = 'lost'", "P043", 1, 13},
    {"due = '2026-01-31'", "P043", 1, 18, "no quotes"},
    {"paid > 3", "P043", 1, 8},
    {"days = true", "P043", 1, 11},
    {"outcome = 2", "P043", 1, 11, "quotes"},
    {"outcome = colour", "P043", 1, 16, "different choices"},
    {"(days > 3) = 1", "P043", 1, 14},
    {"days", "P044", 1, 4},
    {"due and regular", "P044", 1, 3},
    {"not amount", "P044", 5, 6},
    {"regular or outcome", "P044", 12, 7},
    {"'lost'", "P044", 1, 6},
    {"3 EUR", "P044", 1, 5},
    {"(due + 3 days)", "P044", 1, 14},
    {"amount > 12 USD", "P046", 13, 3, "`12 EUR`"},
    {"amount > 12.50 XYZ", "P046", 16, 3},
    {"amount > 12 eur", "P046", 13, 3, "`12 EUR`"},
    {"days > 3 dayz", "P046", 10, 4},
    {"due + 3 < today", "P048", 7, 1, "3 days"},
    {"due + paid < today", "P048", 7, 4},
    {"due + 3 dayz < today", "P048", 9, 4, "did you mean `days`?"},
    {"due + 3.5 days > due", "P048", 7, 8},
    {"due + 201 years > due", "P048", 7, 9},
    {"due + 3  days > due and payd = due", "P042", 25, 4},
    {"due + 3days > due", "P048", 7, 5},
    {"days + 3 days > 5", "P049", 1, 4},
    {"amount - 3 EUR > 0 EUR", "P049", 1, 6},
    {"days > 3 days", "P049", 8, 6, "plain number"},
    {"paid - due > 3 days", "P048", 8, 3},
    {"regular < true", "P053", 9, 1, "`=`"},
    {"outcome >= 'lost'", "P053", 9, 2},
    {"days > 9999999999999999999", "P054", 8, 19},
    {"days > 1000000000000000001", "P054", 8, 19},
    {"days > 1.5", "P054", 8, 3, "`1.5 EUR`"},
    {"amount > 1.505 EUR", "P054", 10, 9},
    {"amount > 9999999999999999 EUR", "P054", 10, 20}};

}  // namespace

TEST_CASE("condition: each mistake is named by its code, at its column, with the way to mend it") {
  CHECK(std::size(kMistakes) >= 40);
  for (const Bad& bad : kMistakes) {
    CAPTURE(bad.text);
    Findings findings = findings_of(bad.text);
    REQUIRE(!findings.empty());
    const Finding& first = findings[0];
    CHECK(first.code == bad.code);
    CHECK(first.where.line == 7);
    CHECK(first.where.file == "p.toml");
    CHECK(first.where.column == 9 + bad.column);
    CHECK(first.where.length == bad.length);
    CHECK(first.help.en.find(bad.help) != std::string::npos);
    CHECK(!first.message.fr.empty());
    CHECK(!first.help.fr.empty());
    CHECK(explain_code(first.code) != nullptr);
  }
}

TEST_CASE("condition: every mistake of types is told in one run, each once") {
  Findings findings = findings_of("payd > due or outcome = 'lots' or amount > 3 or days");
  REQUIRE(findings.size() == 4);
  CHECK(findings[0].code == "P042");
  CHECK(findings[1].code == "P045");
  CHECK(findings[2].code == "P043");
  CHECK(findings[3].code == "P044");
}

TEST_CASE("condition: columns count characters, not bytes") {
  Findings findings = findings_of("outcome = 'été' or payd > due");
  REQUIRE(findings.size() == 2);
  CHECK(findings[1].where.column == 9 + 20);
}

TEST_CASE(
    "condition: what nests too deeply or is too long is refused without running out of stack") {
  for (std::string_view opening : {"(", "not ", "not("}) {
    std::string deep;
    for (int i = 0; i < 400; ++i) deep += opening;
    Findings findings = findings_of(deep + "regular");
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].code == "P050");
  }
  CHECK(findings_of(std::string(1'000'000, '('))[0].code == "P050");
  CHECK(findings_of("regular" + std::string(2000, ' '))[0].code == "P050");
  CHECK(findings_of("regular = \xff")[0].code == "P050");
}

TEST_CASE("condition: the deepest that is allowed fits the stack") {
  std::string deep, closing;
  for (int i = 0; i < 16; ++i) deep += "days = 1 or days = 2 and true = (", closing += ")";
  CHECK(findings_of(deep + "days = 3 or days = 4 and regular" + closing).empty());
}

TEST_CASE("condition: any text gives a condition or findings, never a crash") {
  const std::string_view words[] = {
      "paid",  "due",  "days",    "outcome",    "'lost'", "3", "days",   "EUR",    "12.50",
      "today", "true", "and",     "or",         "not",    "(", ")",      "=",      "<",
      "+",     "-",    "missing", "2026-01-31", "é",      "'", "amount", "regular"};
  std::uint64_t state = 20261121;
  int sound = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    state = state * 6364136223846793005u + 1442695040888963407u;
    for (std::uint64_t i = 0, count = (state >> 60) + 1; i < count; ++i) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      text += words[(state >> 33) % std::size(words)];
      text += ' ';
    }
    CompiledCondition compiled = compile_condition(text, sample_event(), *find_currency("EUR"), {});
    std::array<Cell, 8> fields = {};
    bool held = compiled.condition.holds(fields, *parse_date("2026-03-01"));
    sound += compiled.findings.empty() && held;
  }
  CHECK(sound >= 0);
}
