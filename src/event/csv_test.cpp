#include <credence/base/text.h>
#include <credence/event/csv_splitter.h>
#include <credence/event/line_splitter.h>
#include <doctest/doctest.h>

#include <random>

using namespace credence;

namespace {

std::string show(const RawRecord& record) {
  std::string text = std::to_string(record.line);
  if (record.fault)
    return text + " " + record.fault->code + " " + std::string{record.text.substr(0, 40)};
  for (std::string_view field : record.fields) text += " <" + std::string{field} + ">";
  return text;
}

template <class Splitter>
std::vector<std::string> cut(Splitter splitter, std::string_view bytes, std::size_t piece) {
  std::vector<std::string> records;
  auto drain = [&] {
    while (const RawRecord* record = splitter.next()) records.push_back(show(*record));
  };
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    splitter.append(bytes.substr(at, piece));
    drain();
  }
  splitter.end();
  drain();
  return records;
}

std::vector<std::string> cut_csv(std::string_view bytes, std::size_t piece = 1 << 16,
                                 char delimiter = ',') {
  return cut(CsvSplitter(delimiter, 1), bytes, piece);
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("csv: records and fields are cut as RFC 4180 says") {
  struct Case {
    std::string_view bytes;
    Lines records;
  };
  for (const Case& good : {
           Case{"", {}},
           Case{"a", {"1 <a>"}},
           Case{"a\n", {"1 <a>"}},
           Case{"a\r\n", {"1 <a>"}},
           Case{"a\r", {"1 <a>"}},
           Case{"a,b", {"1 <a> <b>"}},
           Case{"a,b\nc,d\n", {"1 <a> <b>", "2 <c> <d>"}},
           Case{"a,b\r\nc,d\n", {"1 <a> <b>", "2 <c> <d>"}},
           Case{"a,b\nc,d\r\n", {"1 <a> <b>", "2 <c> <d>"}},
           Case{",", {"1 <> <>"}},
           Case{",\r\n", {"1 <> <>"}},
           Case{"a,", {"1 <a> <>"}},
           Case{",,\n", {"1 <> <> <>"}},
           Case{"\n\na\n\n", {"3 <a>"}},
           Case{"\r\n\r\na\r\n", {"3 <a>"}},
           Case{R"("a")", {"1 <a>"}},
           Case{R"("")", {"1 <>"}},
           Case{"\"\"\n", {"1 <>"}},
           Case{R"("","")", {"1 <> <>"}},
           Case{R"("a,b",c)", {"1 <a,b> <c>"}},
           Case{R"("a""b")", {"1 <a\"b>"}},
           Case{R"("""")", {"1 <\">"}},
           Case{R"("""a""","""")", {"1 <\"a\"> <\">"}},
           Case{"\"a\nb\",c\nd,e\n", {"1 <a\nb> <c>", "3 <d> <e>"}},
           Case{"\"a\r\nb\",c\r\nd\n", {"1 <a\r\nb> <c>", "3 <d>"}},
           Case{"\"a\n\n\n\"\nb", {"1 <a\n\n\n>", "5 <b>"}},
           Case{"\"a\"\r", {"1 <a>"}},
           Case{"\"a\",b\r\n\"c\"\r\n", {"1 <a> <b>", "2 <c>"}},
           Case{" a , b ", {"1 < a > < b >"}},
           Case{"a\rb,c\n", {"1 <a\rb> <c>"}},
           Case{"é,日本,😀\n", {"1 <é> <日本> <😀>"}},
           Case{"\"é\"\"日\",x\n", {"1 <é\"日> <x>"}},
       }) {
    CAPTURE(good.bytes);
    CHECK(cut_csv(good.bytes) == good.records);
  }
}

TEST_CASE("csv: any delimiter works, and the others are then plain characters") {
  CHECK(cut_csv("a;b,c;\"d;e\"\n", 5, ';') == Lines{"1 <a> <b,c> <d;e>"});
  CHECK(cut_csv("a\tb\n\t\n", 1, '\t') == Lines{"1 <a> <b>", "2 <> <>"});
  CHECK(cut_csv("a|\"|\"|b", 2, '|') == Lines{"1 <a> <|> <b>"});
}

TEST_CASE("csv: a fault costs the first line of its record and no other") {
  struct Case {
    std::string_view bytes;
    Lines records;
  };
  for (const Case& bad : {
           Case{"a\"b\nc\n", {"1 csv.quote a\"b", "2 <c>"}},
           Case{"\"a\"b\nc\n", {"1 csv.quote \"a\"b", "2 <c>"}},
           Case{"\"a\" ,b\nc\n", {"1 csv.quote \"a\" ,b", "2 <c>"}},
           Case{"\"a\"\rb\nc\n", {"1 csv.quote \"a\"\rb", "2 <c>"}},
           Case{"x\n\"a\nb\nc\n", {"1 <x>", "2 csv.quote \"a", "3 <b>", "4 <c>"}},
           Case{"x\n\"a\r\nb\r\n", {"1 <x>", "2 csv.quote \"a", "3 <b>"}},
           Case{"a,\"b\nc,\"d\"\ne\n", {"1 csv.quote a,\"b", "2 <c> <d>", "3 <e>"}},
           Case{"\"", {"1 csv.quote \""}},
           Case{"\"a", {"1 csv.quote \"a"}},
           Case{"\"\"\"", {"1 csv.quote \"\"\""}},
           Case{"\"a\n\"b\n\"c\n", {"1 csv.quote \"a", "2 csv.quote \"b", "3 csv.quote \"c"}},
           Case{std::string_view{"a\0b\nc\n", 6}, {std::string{"1 line.nul a\0b", 14}, "2 <c>"}},
           Case{"a\xff\nc\n", {"1 line.utf8 a\xff", "2 <c>"}},
           Case{"a\xc3\nc\n", {"1 line.utf8 a\xc3", "2 <c>"}},
           Case{"\xed\xa0\x80\nc\n", {"1 line.utf8 \xed\xa0\x80", "2 <c>"}},
       }) {
    CAPTURE(bad.bytes);
    CHECK(cut_csv(bad.bytes) == bad.records);
  }
}

TEST_CASE("csv: a record of 1 MiB is read, and one byte more is refused without losing the next") {
  std::string longest(kMaxRecordBytes - 1, 'x');
  for (std::size_t piece : {std::size_t{1000}, std::size_t{1} << 16, std::size_t{1} << 22}) {
    CAPTURE(piece);
    auto fits = cut_csv("a\n" + longest + "\nb\n", piece);
    REQUIRE(fits.size() == 3);
    CHECK(fits[1] == "2 <" + longest + ">");
    CHECK(cut_csv(longest + "y", piece).front().starts_with("1 <xxx"));
    Lines refused{"1 <a>", "2 line.long " + std::string(40, 'x'), "3 <b>"};
    CHECK(cut_csv("a\n" + longest + "x\nb\n", piece) == refused);
    CHECK(cut_csv("a\n" + longest + longest + longest + "\nb\n", piece) == refused);
    CHECK(cut_csv(longest + "yy", piece) == Lines{"1 line.long " + std::string(40, 'x')});
  }
}

TEST_CASE("csv: a quote that stays open for 1 MiB costs its own line alone") {
  std::string file = "a,\"b\n";
  while (file.size() < 3 * kMaxRecordBytes) file += "c,d\n";
  auto records = cut_csv(file);
  CHECK(records.front() == "1 csv.quote a,\"b");
  CHECK(records.size() == 1 + (file.size() - 5) / 4);
  CHECK(records.back() == std::to_string(records.size()) + " <c> <d>");
  std::string one_line = "a,\"" + std::string(2 * kMaxRecordBytes, 'b') + "\nc\n";
  Lines lost{"1 csv.quote a,\"" + std::string(37, 'b'), "2 <c>"};
  CHECK(cut_csv(one_line) == lost);
}

TEST_CASE("csv: records do not depend on how the bytes were cut into pieces") {
  std::mt19937 random(7);
  constexpr std::string_view kAlphabet[] = {
      "a",  "b",    ",",   "\"",  "\"\"", "\n",   "\r\n",
      "\r", "\"\n", ",\"", "\",", "é",    "\xff", std::string_view{"\0", 1}};
  for (int round = 0; round < 3000; ++round) {
    std::string bytes;
    int parts = static_cast<int>(random() % 25);
    for (int i = 0; i < parts; ++i) bytes += kAlphabet[random() % std::size(kAlphabet)];
    CAPTURE(bytes);
    auto whole = cut_csv(bytes);
    auto lines = cut(LineSplitter{}, bytes, 1 << 16);
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
      REQUIRE(cut_csv(bytes, piece) == whole);
      REQUIRE(cut(LineSplitter{}, bytes, piece) == lines);
    }
  }
}

TEST_CASE("csv: what a writer quotes comes back as it was") {
  std::mt19937 random(11);
  constexpr std::string_view kAlphabet[] = {"a", ",", "\"", "\n", "\r", "é", " "};
  for (int round = 0; round < 2000; ++round) {
    std::string bytes;
    std::string expected = "1";
    std::size_t fields = 1 + random() % 5;
    for (std::size_t i = 0; i < fields; ++i) {
      std::string field = i == 0 ? "x" : "";
      std::size_t parts = random() % 6;
      for (std::size_t part = 0; part < parts; ++part)
        field += kAlphabet[random() % std::size(kAlphabet)];
      bytes += i == 0 ? "\"" : ",\"";
      for (char c : field) bytes += c == '"' ? std::string{"\"\""} : std::string{c};
      bytes += '"';
      expected += " <" + field + ">";
    }
    CAPTURE(bytes);
    CHECK(cut_csv(bytes + "\r\n", 1 + random() % 7) == Lines{expected});
  }
}

TEST_CASE("json lines: lines are cut at LF, and a long one costs itself alone") {
  auto lines = [](std::string_view bytes) {
    LineSplitter splitter;
    Lines found;
    splitter.append(bytes);
    splitter.end();
    while (const RawRecord* record = splitter.next()) {
      found.push_back(std::to_string(record->line) + " " +
                      (record->fault ? record->fault->code : "") + " " +
                      std::string{record->text.substr(0, 10)});
    }
    return found;
  };
  CHECK(lines("a\r\n\n\nb").size() == 2);
  CHECK(lines("a\r\n\n\nb").back() == "4  b");
  std::string longest(kMaxRecordBytes - 1, 'x');
  CHECK(lines(longest + "\ny\n") == Lines{"1  xxxxxxxxxx", "2  y"});
  CHECK(lines(longest + "x") == Lines{"1  xxxxxxxxxx"});
  CHECK(lines(longest + "x\ny\n") == Lines{"1 line.long xxxxxxxxxx", "2  y"});
  CHECK(lines(longest + longest + longest + "\ny") == Lines{"1 line.long xxxxxxxxxx", "2  y"});
}

TEST_CASE("csv: a byte order mark is taken off the front, wherever the pieces are cut") {
  for (std::string_view file : {"\xef\xbb\xbf"
                                "ab",
                                "\xef\xbb", "\xef", "ab", "",
                                "\xef\xbb"
                                "ab",
                                "\xef\xbb\xbf", "\xef\xbb\xbf\xef\xbb\xbf"}) {
    std::string expected{file.starts_with("\xef\xbb\xbf") ? file.substr(3) : file};
    for (std::size_t piece = 1; piece <= 5; ++piece) {
      ByteOrderMark mark;
      std::string out;
      for (std::size_t at = 0; at < file.size(); at += piece)
        out += mark.pass(file.substr(at, piece));
      CHECK(out + mark.rest() == expected);
    }
  }
}
