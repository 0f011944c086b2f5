#include <credence/base/bytes.h>
#include <credence/base/json.h>
#include <credence/base/money.h>
#include <credence/base/sha256.h>
#include <credence/base/text.h>
#include <credence/base/time.h>
#include <credence/base/toml.h>
#include <doctest/doctest.h>

#include <vector>

using namespace credence;

TEST_CASE("time: a date is exactly an ISO day that exists") {
  CHECK(to_text(*parse_date("2024-02-29")) == "2024-02-29");
  for (auto bad : {"2023-02-29", "2024-13-01", "2024-1-01", "24-01-01", "2024-01-01 ", "",
                   "0000-01-01", "2024-00-10", "2024/01/01", "２024-01-01"}) {
    CAPTURE(bad);
    CHECK(!parse_date(bad));
  }
}

TEST_CASE("time: an instant is UTC to the second") {
  CHECK(to_text(*parse_instant("2026-11-21T10:00:59Z")) == "2026-11-21T10:00:59Z");
  for (auto bad : {"2026-11-21T10:00:60Z", "2026-11-21T24:00:00Z", "2026-11-21 10:00:00Z",
                   "2026-11-21T10:00:00+01", "2026-11-21T10:00:00"}) {
    CAPTURE(bad);
    CHECK(!parse_instant(bad));
  }
}

TEST_CASE("time: a period has units and a limit") {
  CHECK(parse_period("24 months") == Period{24, 0});
  CHECK(parse_period("1 year 2 weeks") == Period{12, 14});
  CHECK(parse_period("3 days") == Period{0, 3});
  for (auto bad :
       {"", "months", "3", "3 fortnights", "-3 days", "3.5 days", " 3 days", "201 years"}) {
    CAPTURE(bad);
    CHECK(!parse_period(bad));
  }
}

TEST_CASE("time: month arithmetic clamps to the end of the month") {
  CHECK(to_text(add(*parse_date("2024-01-31"), {1, 0})) == "2024-02-29");
  CHECK(to_text(subtract(*parse_date("2024-03-31"), {1, 0})) == "2024-02-29");
  CHECK(to_text(add(*parse_date("2024-02-29"), {12, 1})) == "2025-03-01");
  CHECK(months_between(*parse_date("2024-01-31"), *parse_date("2024-02-29")) == 1);
  CHECK(months_between(*parse_date("2024-01-15"), *parse_date("2024-02-14")) == 0);
  CHECK(months_between(*parse_date("2024-02-14"), *parse_date("2024-01-15")) == -1);
}

TEST_CASE("money: whole minor units with a currency that exists") {
  CHECK(parse_money("12.50 EUR")->minor == 1250);
  CHECK(parse_money("-0.05 EUR")->minor == -5);
  CHECK(parse_money("1200 JPY")->minor == 1200);
  CHECK(parse_money("1.234 TND")->minor == 1234);
  CHECK(to_text(*parse_money("-0.5 EUR")) == "-0.50 EUR");
  for (auto bad : {"12.505 EUR", "12,50 EUR", "12.50", "12.50 EUX", "1.5 JPY", ". EUR", "1. EUR",
                   "- EUR", "1 eur", "9999999999999999 EUR", "1e3 EUR", "12.50 EU", "1 A A"}) {
    CAPTURE(bad);
    CHECK(!parse_money(bad));
  }
}

TEST_CASE("bytes: hex and base64 are read strictly") {
  CHECK(to_base64(as_bytes("any")) == "YW55");
  CHECK(to_base64(as_bytes("a")) == "YQ==");
  CHECK(as_text(*parse_base64("YQ==")) == "a");
  CHECK(to_hex(*parse_hex("00FFab")) == "00ffab");
  for (auto bad : {"YQ=", "YR==", "Y===", "Y!==", "YQ==YQ=="}) {
    CAPTURE(bad);
    CHECK(!parse_base64(bad));
  }
  CHECK(!parse_hex("abc"));
  CHECK(!parse_hex("zz"));
}

TEST_CASE("sha256: published vectors hold") {
  CHECK(to_hex(sha256("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  // RFC 4231, test cases 2 and 6.
  CHECK(to_hex(hmac_sha256(as_bytes("Jefe"),
                           {as_bytes("what do ya want "), as_bytes("for nothing?")})) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  Bytes key(131, 0xaa);
  CHECK(to_hex(hmac_sha256(key,
                           {as_bytes("Test Using Larger Than Block-Size Key - Hash Key First")})) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("text: the nearest known word is offered, and nothing far") {
  std::vector<std::string_view> known = {"retention", "category", "context"};
  CHECK(nearest("retenton", known) == "retention");
  CHECK(nearest("catgeory", known) == "category");
  CHECK(nearest("loyalty", known).empty());
}

TEST_CASE("text: UTF-8 is checked strictly") {
  CHECK(is_utf8("é€𝄞"));
  for (std::string_view bad :
       {"\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", "\xff", "a\x80"}) {
    CHECK(!is_utf8(bad));
  }
}

TEST_CASE("json: canonical form is a fixed point, amounts keep their text") {
  auto value = parse_json(R"( {"b": [1, 2.50, null, true], "a": "é\u000a\"/"} )");
  REQUIRE(value);
  std::string canonical = to_canonical_json(*value);
  CHECK(canonical == R"({"a":"é\n\"/","b":[1,2.50,null,true]})");
  CHECK(to_canonical_json(*parse_json(canonical)) == canonical);
  CHECK(parse_json(to_pretty_json(*value)));
}

TEST_CASE("json: bad input says where") {
  auto check = [](std::string_view text, std::string_view code, std::uint32_t line) {
    CAPTURE(text);
    auto value = parse_json(text);
    REQUIRE(!value);
    CHECK(value.error().code == code);
    CHECK(value.error().where.line == line);
  };
  check("{\"a\":1,\n\"a\":2}", "json.duplicate-key", 2);
  check("{'a':1}", "json.syntax", 1);
  check("[1,]", "json.syntax", 1);
  check("", "json.syntax", 1);
  check("{} x", "json.syntax", 1);
  check("\"\xff\"", "json.syntax", 1);
  check(std::string(40, '['), "json.syntax", 1);
}

TEST_CASE("toml: places are kept and syntax errors point at the character") {
  auto node = parse_toml("# é\n[programme]\nid = \"x\"\nsince = 2026-01-31\n", "p.toml");
  REQUIRE(node);
  const TomlNode* id = node->find("programme")->find("id");
  CHECK(*id->string() == "x");
  CHECK(id->where() == Where{"p.toml", 3, 6, 3});
  CHECK(*node->find("programme")->find("since")->date() == *parse_date("2026-01-31"));
  auto bad = parse_toml("a = \n", "p.toml");
  REQUIRE(!bad);
  CHECK(bad.error().where.line == 1);
  CHECK(!parse_toml("a = 2026-02-30", "p.toml"));
}

TEST_CASE("finding: rendered like a compiler's, with the caret under the place") {
  Finding finding{"A02",
                  Finding::Severity::error,
                  "event[0].fields.gps",
                  {"p.toml", 2, 3, 4},
                  {"`é` is a place", "`é` est un lieu"},
                  {"why", "pourquoi"},
                  {"GDPR 5(1)(c)"},
                  {"", ""}};
  CHECK(render(finding, "x\né gpsé = 1\n", Language::en) ==
        "error[A02]: `é` is a place\n --> p.toml:2:3\n  |\n2 | é gpsé = 1\n  |   ^^^^\n"
        "  = why: why\n  = law: GDPR 5(1)(c)\n");
}

TEST_CASE("toml: characters beyond ASCII in odd places are errors with a place, never undefined") {
  // Found by fuzzing: toml++ 3.3 asks whether such characters are white space.
  for (std::string_view bad :
       {"-=-Cd016\x00\x01'\xef\xbb\xbb", "Q=[+1,1Q____=['\xef\xbb\xaf_", "\xc3\xa9 = 1\n",
        "a = 1 \xe3\x80\x81\n", "a = \"\"\"\\\n\xc8\xba\"\"\" \xc8\xba\n"}) {
    CAPTURE(bad);
    auto node = parse_toml(bad, "p.toml");
    REQUIRE(!node);
    CHECK(node.error().where.line >= 1);
  }
  CHECK(parse_toml("a = '\xc8\xba' # \xc8\xba\n", "p.toml"));
}
