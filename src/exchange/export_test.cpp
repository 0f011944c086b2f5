#include <credence/exchange/exchange.h>
#include <credence/exchange/naming.h>
#include <credence/exchange/sql_dialect.h>
#include <credence/scorecard/sample_scorecard_test.h>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <set>

using namespace credence;

namespace {

Scorecard named(const std::string& name) {
  Scorecard card;
  card.base = 600;
  card.variables.push_back({name, "", {}, Cells::of_numbers({0.1}, {}), {}, {}});
  card.terms.push_back({{0}, {-10, 5, 0}, 5, ""});
  return card;
}

Scorecard with_text(const std::string& text) {
  Scorecard card;
  card.base = 600;
  card.variables.push_back({"kind", "", {}, Cells::of_texts({{text}}, {}), {}, {}});
  card.terms.push_back({{0}, {-10, 5, 0}, 5, ""});
  return card;
}

std::string refusal(const Scorecard& card, ExportFormat format, const ExportOptions& options = {}) {
  auto out = export_card(card, format, options);
  REQUIRE_FALSE(out);
  CHECK(!out.error().help.empty());
  return out.error().code;
}

}  // namespace

TEST_CASE("exports: every format has a name of its own, is found by it and writes something") {
  sample::Cards random{1};
  Scorecard card = random.card(4, 1);
  std::set<std::string_view> names;
  for (const ExportFormatNote& note : export_formats()) {
    CHECK(names.insert(note.name).second);
    CHECK(find_export_format(note.name) == note.format);
    CHECK(to_text(note.format) == note.name);
    CHECK(!note.description.fr.empty());
    for (std::size_t reasons : {0U, 4U}) {
      auto out = export_card(card, note.format, {.reasons = reasons});
      // This card tells an empty text from a missing one, which Oracle cannot.
      if (note.format == ExportFormat::oracle) {
        CHECK(!out);
        continue;
      }
      REQUIRE(out);
      CHECK(!out->empty());
      CHECK(*out == *export_card(card, note.format, {.reasons = reasons}));
    }
  }
  CHECK_FALSE(find_export_format("PDF"));
}

TEST_CASE("exports: a card with defects, and more reasons than four, are refused") {
  Scorecard card = named("x");
  CHECK(refusal(card, ExportFormat::c, {.reasons = 5}) == "exchange.reasons");
  card.terms[0].points.pop_back();
  for (const ExportFormatNote& note : export_formats())
    CHECK(refusal(card, note.format) == "exchange.card");
}

TEST_CASE(
    "exports: a name or text that the format cannot carry is refused, never changed in silence") {
  CHECK(refusal(named(std::string(64, 'x')), ExportFormat::postgresql) == "exchange.name");
  CHECK(export_card(named(std::string(63, 'x')), ExportFormat::postgresql, {}));
  CHECK(refusal(named("a\"b"), ExportFormat::oracle) == "exchange.name");
  CHECK(refusal(named("a`b"), ExportFormat::bigquery) == "exchange.name");
  CHECK(refusal(named("score"), ExportFormat::onnx) == "exchange.name");
  CHECK(refusal(with_text(""), ExportFormat::oracle) == "exchange.text");
  CHECK(refusal(with_text("\x01"), ExportFormat::pmml) == "exchange.text");
  Scorecard odd = named("x");
  odd.terms[0].reason = "\uffff";
  CHECK(refusal(odd, ExportFormat::pmml) == "exchange.text");
  odd = named("x");
  odd.id = "\ufffe";
  CHECK(refusal(odd, ExportFormat::pmml) == "exchange.text");
  CHECK(refusal(named("x"), ExportFormat::sqlite, {.table = "a..b"}) == "exchange.name");
  Scorecard empty;
  empty.base = 600;
  CHECK(refusal(empty, ExportFormat::pmml) == "exchange.size");
  CHECK(refusal(empty, ExportFormat::onnx) == "exchange.size");
}

TEST_CASE("exports: SQL quotes names and texts as each database reads them") {
  auto name = [](ExportFormat format, std::string_view of) {
    return SqlDialect{format}.identifier(of);
  };
  CHECK(name(ExportFormat::postgresql, "a\"b") == "\"a\"\"b\"");
  CHECK(name(ExportFormat::mysql, "a`b") == "`a``b`");
  CHECK(name(ExportFormat::sqlserver, "a]b") == "[a]]b]");
  auto text = [](ExportFormat format, std::string_view of) { return SqlDialect{format}.text(of); };
  CHECK(text(ExportFormat::postgresql, "it's") == "'it''s'");
  CHECK(text(ExportFormat::postgresql, "a\\b") == "E'a\\\\b'");
  CHECK(text(ExportFormat::mysql, "a\\b") == "_utf8mb4 X'615c62'");
  CHECK(text(ExportFormat::bigquery, "it's\\") == "'it\\'s\\\\'");
  CHECK(text(ExportFormat::spark, "a\nb") == "'a\\u000ab'");
  CHECK(text(ExportFormat::sqlserver, "é") == "N'é'");
  CHECK(SqlDialect{ExportFormat::mysql}.comparable("a") == "X'61'");
  // SQL Server takes a backslash before the end of a line, and that end, out of a literal.
  CHECK(text(ExportFormat::sqlserver, "a\\b") == "N'a\\b'");
  CHECK(text(ExportFormat::sqlserver, "a\\\nb\\\r\n'") ==
        "(CAST(N'a\\' AS nvarchar(max)) + N'\nb\\' + N'\r\n''')");
}

// Their own comparisons of texts know neither case nor blanks at the end; a database that compares
// bytes, as the one that stands in for them in tests does, scores alike with the casts or without.
TEST_CASE("exports: MySQL and SQL Server compare bytes wherever a text is compared") {
  Scorecard card = with_text("a");
  card.variables[0].cells =
      Cells::of_texts({{"a", "A "}, {"é"}, {"it's"}}, {{"refused", {}, {"n/a", "-"}}});
  card.variables.push_back(card.variables[0]);
  card.variables[1].name = "other";
  card.terms = {{{0}, {1, 2, 3, 4, 5, 6}, 3, ""}, {{1}, {1, 2, 3, 4, 5, 6}, 3, ""}};
  struct Expected {
    ExportFormat format;
    std::string column, before, after;
    std::vector<std::string> texts;
  };
  const std::vector<Expected> all = {
      {ExportFormat::mysql,
       "CAST(CONVERT(t.`{}` USING utf8mb4) AS BINARY) AS x{}",
       "X'",
       "'",
       {"6e2f61", "2d", "61", "4120", "c3a9", "69742773"}},
      {ExportFormat::sqlserver,
       "CONVERT(varbinary(max), CAST(t.[{}] AS nvarchar(max))) AS x{}",
       "CONVERT(varbinary(max), CAST(N'",
       "' AS nvarchar(max)))",
       {"n/a", "-", "a", "A ", "é", "it''s"}}};
  for (const Expected& expected : all) {
    CAPTURE(to_text(expected.format));
    auto sql = export_card(card, expected.format, {});
    REQUIRE(sql);
    const auto value = [&](std::size_t place) {
      return expected.before + expected.texts[place] + expected.after;
    };
    std::size_t comparisons = 0;
    for (std::size_t at = sql->find(" IN ("); at != std::string::npos;
         at = sql->find(" IN (", at + 1))
      ++comparisons;
    CHECK(comparisons == 8);  // four of each variable, and each is one of those below
    for (std::size_t i = 0; i < 2; ++i) {
      CHECK(sql->find(fmt::format(fmt::runtime(expected.column), card.variables[i].name, i)) !=
            std::string::npos);
      for (const std::string& list :
           {value(0) + ", " + value(1), value(2) + ", " + value(3), value(4), value(5)})
        CHECK(sql->find(fmt::format("WHEN x{} IN ({}) THEN", i, list)) != std::string::npos);
    }
  }
}

TEST_CASE("exports: SQL numbers keep every bit, also where decimals would not") {
  CHECK(SqlDialect{ExportFormat::sqlite}.number(0.1) ==
        "(CAST(3602879701896397 AS REAL) / CAST(36028797018963968 AS REAL) /* 0.1 */)");
  CHECK(SqlDialect{ExportFormat::sqlite}.number(-0.0) == "0.0");
  CHECK(SqlDialect{ExportFormat::postgresql}.number(0.1) == "'0.1'::double precision");
  CHECK(SqlDialect{ExportFormat::mysql}.number(0.1) == "0.1e0");
  CHECK(SqlDialect{ExportFormat::oracle}.number(1e300) == "1e+300d");
  CHECK(SqlDialect{ExportFormat::spark}.number(2) == "2.0D");
}

TEST_CASE("exports: the greatest of many is asked in groups that every database takes") {
  std::vector<std::string> many(120, "k");
  std::string sql = SqlDialect{ExportFormat::sqlite}.greatest(many);
  CHECK(sql.starts_with("MAX(0, MAX(0, k"));
  CHECK(SqlDialect{ExportFormat::postgresql}.greatest({"k0"}) == "GREATEST(0, k0)");
  CHECK(SqlDialect{ExportFormat::sqlserver}.greatest({"k0"}) ==
        "(SELECT MAX(v) FROM (VALUES (0), (k0)) AS g(v))");
}

TEST_CASE("exports: identifiers differ from each other and from the words of every language") {
  std::vector<std::string> names{"class", "a.b", "a b", "a_b",   "9",
                                 "été",   "",    "int", "a.b 2", "Double"};
  std::vector<std::string> out = identifiers(names);
  CHECK(out == std::vector<std::string>{"class_2", "a_b", "a_b_2", "a_b_3", "v9", "t", "v", "int_2",
                                        "a_b_2_2", "Double_2"});
  CHECK(type_identifier("my card") == "MyCard");
  CHECK(type_identifier("string") == "StringCard");
}

TEST_CASE("exports: names that collide cost no more than names that do not") {
  constexpr std::size_t kMany = 20'000;
  // Names without one letter of ASCII, as of a book in Arabic; and names that already end as the
  // identifiers do that others were given.
  for (std::string one : {"\u0639", "v_2", "", "class"}) {
    std::vector<std::string> out = identifiers(std::vector<std::string>(kMany, one));
    CHECK(std::set<std::string>(out.begin(), out.end()).size() == kMany);
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kMany / 2; ++i) names.push_back(fmt::format("a_{}", i));
  names.resize(kMany, "a");
  std::vector<std::string> out = identifiers(names);
  CHECK(std::set<std::string>(out.begin(), out.end()).size() == kMany);
  CHECK(out[kMany / 2] == "a");
  CHECK(out[kMany / 2 + 1] == fmt::format("a_{}", kMany / 2));
}

TEST_CASE("exports: texts in code are ASCII and mean the same") {
  CHECK(c_string("a\"?\\é") == "\"a\\\"\\?\\\\\\303\\251\"");
  CHECK(utf16_string("é\n😀") == "\"\\u00e9\\n\\ud83d\\ude00\"");
  CHECK(python_string("😀\t") == "\"\\U0001f600\\u0009\"");
  CHECK(comment("a*/b\nc") == "a__b_c");
  CHECK(comment("\"\"\" + f() + \"\"\"") == "___ + f() + ___");
}

TEST_CASE("exports: numbers in code are the shortest that read back as the same double") {
  CHECK(decimal(0.1 + 0.2) == "0.30000000000000004");
  CHECK(decimal(3) == "3.0");
  CHECK(decimal(1e300) == "1e+300");
  for (double value : {5e-324, 0.1, 1.0 / 3, 1.7976931348623157e308, -2.2250738585072014e-308}) {
    CHECK(std::strtod(decimal(value).c_str(), nullptr) == value);
    CHECK(std::strtod(hexadecimal(value).c_str(), nullptr) == value);
  }
}
