#include <credence/event/reader.h>
#include <credence/event/test_programme.h>
#include <doctest/doctest.h>

using namespace credence;
using testing::read_all;
using Lines = std::vector<std::string>;

namespace {

constexpr std::string_view kHeader =
    "subject,event,at,key,amount,due,paid,regular,days,deposit,due_back,returned,outcome,balance,"
    "months\n";

std::string bill(std::string_view subject, int line, std::string_view key) {
  return std::to_string(line) + " " + std::string{subject} +
         R"( {"at":"2026-01-31","event":"bill","fields":{"amount":"12.50 EUR","due":"2026-01-20"},"key":")" +
         std::string{key} + "\"}";
}

// One bad line between two good ones: the good ones are read, the bad one is told with field and
// code.
struct Bad {
  std::string_view line, field, code;
};

void check_bad(FileFormat format, std::string_view header, std::string_view good_line,
               const Bad& bad, std::string_view end) {
  static const Programme programme = testing::make_programme();
  CAPTURE(bad.line);
  int first = header.empty() ? 1 : 2;
  std::string file{header};
  file += std::string{good_line} + std::string{end} + std::string{bad.line} + std::string{end} +
          std::string{good_line} + std::string{end};
  std::string reject = std::to_string(first + 1) + " [" + std::string{bad.field} + "] " +
                       std::string{bad.code} + " | " + std::string{bad.line};
  Lines expected{bill("ada", first, "k1"), reject, bill("ada", first + 2, "k1")};
  CHECK(read_all(format, programme, file) == expected);
  CHECK(read_all(format, programme, file, 1) == expected);
}

}  // namespace

TEST_CASE(
    "reader: every bad line of a native CSV is told with line, field and code, and the rest is "
    "read") {
  std::string long_name(201, 'x');
  std::string long_subject = long_name + ",bill,2026-01-31,k1,12.50 EUR,2026-01-20,,,,,,,,,";
  std::string long_key = "ada,bill,2026-01-31," + long_name + ",12.50 EUR,2026-01-20,,,,,,,,,";
  for (const Bad& bad : {
           // Lines that are not records.
           Bad{"ada", "", "csv.columns"},
           Bad{"ada,bill,2026-01-31,k1,12.50 EUR,2026-01-20,,,,,,,,", "", "csv.columns"},
           Bad{"ada,bill,2026-01-31,k1,12.50 EUR,2026-01-20,,,,,,,,,,", "", "csv.columns"},
           Bad{"ada,bill,2026-01-31,k1,12,50 EUR,2026-01-20,,,,,,,,,", "", "csv.columns"},
           Bad{"ada,bill,2026-01-31,k\"1,12.50 EUR,2026-01-20,,,,,,,,,", "", "csv.quote"},
           Bad{"\"ada\"x,bill,2026-01-31,k1,12.50 EUR,2026-01-20,,,,,,,,,", "", "csv.quote"},
           Bad{"\"ada,bill,2026-01-31,k1,12.50 EUR,2026-01-20,,,,,,,,,", "", "csv.quote"},
           Bad{"a\xff,bill,2026-01-31,k1,12.50 EUR,2026-01-20,,,,,,,,,", "", "line.utf8"},
           Bad{std::string_view{"a\0,bill,2026-01-31,k1,12.50 EUR,2026-01-20,,,,,,,,,", 51}, "",
               "line.nul"},
           // Who, what, when, which.
           Bad{",bill,2026-01-31,k1,12.50 EUR,2026-01-20,,,,,,,,,", "subject", "event.subject"},
           Bad{"a\tb,bill,2026-01-31,k1,12.50 EUR,2026-01-20,,,,,,,,,", "subject", "event.subject"},
           Bad{"a\xc2\x80,bill,2026-01-31,k1,12.50 EUR,2026-01-20,,,,,,,,,", "subject",
               "event.subject"},
           Bad{long_subject, "subject", "event.subject"},
           Bad{"ada,,2026-01-31,k1,12.50 EUR,2026-01-20,,,,,,,,,", "event", "event.type"},
           Bad{"ada,bil,2026-01-31,k1,12.50 EUR,2026-01-20,,,,,,,,,", "event", "event.type"},
           Bad{"ada,Bill,2026-01-31,k1,12.50 EUR,2026-01-20,,,,,,,,,", "event", "event.type"},
           Bad{"ada,bill ,2026-01-31,k1,12.50 EUR,2026-01-20,,,,,,,,,", "event", "event.type"},
           Bad{"ada,bill,,k1,12.50 EUR,2026-01-20,,,,,,,,,", "at", "event.date"},
           Bad{"ada,bill,2026-02-29,k1,12.50 EUR,2026-01-20,,,,,,,,,", "at", "event.date"},
           Bad{"ada,bill,2026-1-31,k1,12.50 EUR,2026-01-20,,,,,,,,,", "at", "event.date"},
           Bad{"ada,bill,2026-01-31T10:00:00Z,k1,12.50 EUR,2026-01-20,,,,,,,,,", "at",
               "event.date"},
           Bad{"ada,bill,31/01/2026,k1,12.50 EUR,2026-01-20,,,,,,,,,", "at", "event.date"},
           Bad{"ada,bill,0000-01-31,k1,12.50 EUR,2026-01-20,,,,,,,,,", "at", "event.date"},
           Bad{"ada,bill,2026-01-31,k\t1,12.50 EUR,2026-01-20,,,,,,,,,", "key", "event.key"},
           Bad{long_key, "key", "event.key"},
           Bad{"ada,bill,2026-01-31,credence:dispute-7,12.50 EUR,2026-01-20,,,,,,,,,", "key",
               "event.key"},
           // Amounts.
           Bad{"ada,bill,2026-01-31,k1,12.50,2026-01-20,,,,,,,,,", "amount", "event.money"},
           Bad{"ada,bill,2026-01-31,k1,12.505 EUR,2026-01-20,,,,,,,,,", "amount", "event.money"},
           Bad{"ada,bill,2026-01-31,k1,12. EUR,2026-01-20,,,,,,,,,", "amount", "event.money"},
           Bad{"ada,bill,2026-01-31,k1,.5 EUR,2026-01-20,,,,,,,,,", "amount", "event.money"},
           Bad{"ada,bill,2026-01-31,k1,+1 EUR,2026-01-20,,,,,,,,,", "amount", "event.money"},
           Bad{"ada,bill,2026-01-31,k1,1e3 EUR,2026-01-20,,,,,,,,,", "amount", "event.money"},
           Bad{"ada,bill,2026-01-31,k1,1  EUR,2026-01-20,,,,,,,,,", "amount", "event.money"},
           Bad{"ada,bill,2026-01-31,k1,1 eur,2026-01-20,,,,,,,,,", "amount", "event.money"},
           Bad{"ada,bill,2026-01-31,k1,10000000000000.01 EUR,2026-01-20,,,,,,,,,", "amount",
               "event.money"},
           Bad{"ada,bill,2026-01-31,k1,\"1,234.50 EUR\",2026-01-20,,,,,,,,,", "amount",
               "event.money"},
           Bad{"ada,bill,2026-01-31,k1,NaN EUR,2026-01-20,,,,,,,,,", "amount", "event.money"},
           Bad{"ada,bill,2026-01-31,k1,12.50 USD,2026-01-20,,,,,,,,,", "amount", "event.currency"},
           Bad{"ada,bill,2026-01-31,k1,100 JPY,2026-01-20,,,,,,,,,", "amount", "event.currency"},
           Bad{"ada,bill,2026-01-31,k1,,2026-01-20,,,,,,,,,", "amount", "event.missing"},
           // Days.
           Bad{"ada,bill,2026-01-31,k1,12.50 EUR,,,,,,,,,,", "due", "event.missing"},
           Bad{"ada,bill,2026-01-31,k1,12.50 EUR,soon,,,,,,,,,", "due", "event.date"},
           Bad{"ada,bill,2026-01-31,k1,12.50 EUR,2026-01-20,2026-13-01,,,,,,,,", "paid",
               "event.date"},
           Bad{"ada,bill,2026-01-31,k1,12.50 EUR,2026-01-20, ,,,,,,,,", "paid", "event.date"},
           // Fields of other events.
           Bad{"ada,bill,2026-01-31,k1,12.50 EUR,2026-01-20,,true,,,,,,,", "regular",
               "event.unknown"},
           Bad{"ada,bill,2026-01-31,k1,12.50 EUR,2026-01-20,,,,,,,lost,,", "outcome",
               "event.unknown"},
           Bad{"ada,rental,2026-01-31,k1,1 EUR,,,,,1 EUR,2026-01-31,,lost,,", "amount",
               "event.unknown"},
           // Flags.
           Bad{"ada,income,2026-01-31,k1,1 EUR,,,yes,,,,,,,", "regular", "event.flag"},
           Bad{"ada,income,2026-01-31,k1,1 EUR,,,1,,,,,,,", "regular", "event.flag"},
           Bad{"ada,income,2026-01-31,k1,1 EUR,,,TRUE,,,,,,,", "regular", "event.flag"},
           Bad{"ada,income,2026-01-31,k1,1 EUR,,,,,,,,,,", "regular", "event.missing"},
           // Whole numbers.
           Bad{"ada,overdraft,2026-01-31,k1,1 EUR,,,,3.0,,,,,,", "days", "event.integer"},
           Bad{"ada,overdraft,2026-01-31,k1,1 EUR,,,,+3,,,,,,", "days", "event.integer"},
           Bad{"ada,overdraft,2026-01-31,k1,1 EUR,,,,-,,,,,,", "days", "event.integer"},
           Bad{"ada,overdraft,2026-01-31,k1,1 EUR,,,,0x1f,,,,,,", "days", "event.integer"},
           Bad{"ada,overdraft,2026-01-31,k1,1 EUR,,,,3 ,,,,,,", "days", "event.integer"},
           Bad{"ada,overdraft,2026-01-31,k1,1 EUR,,,,1000000000000001,,,,,,", "days",
               "event.integer"},
           Bad{"ada,overdraft,2026-01-31,k1,1 EUR,,,,-1000000000000001,,,,,,", "days",
               "event.integer"},
           Bad{"ada,overdraft,2026-01-31,k1,1 EUR,,,,99999999999999999999,,,,,,", "days",
               "event.integer"},
           // Choices and special codes.
           Bad{"ada,rental,2026-01-31,k1,,,,,,1 EUR,2026-01-31,,Lost,,", "outcome", "event.choice"},
           Bad{"ada,rental,2026-01-31,k1,,,,,,1 EUR,2026-01-31,,broken,,", "outcome",
               "event.choice"},
           Bad{"ada,rental,2026-01-31,k1,,,,,,1 EUR,2026-01-31,,,,", "outcome", "event.missing"},
           Bad{"ada,rental,2026-01-31,k1,,,,,,no-record,2026-01-31,,lost,,", "deposit",
               "event.money"},
           Bad{"ada,report,2026-01-31,k1,,,,,,,,,,never,", "balance", "event.money"},
           Bad{"ada,report,2026-01-31,k1,,,,,,,,,,no-record,no-record", "months", "event.integer"},
       }) {
    check_bad(FileFormat::csv, kHeader, "ada,bill,2026-01-31,k1,12.50 EUR,2026-01-20,,,,,,,,,", bad,
              "\n");
  }
}

TEST_CASE(
    "reader: every bad line of JSON Lines is told with line, field and code, and the rest is "
    "read") {
  constexpr std::string_view good =
      R"({"subject":"ada","event":"bill","at":"2026-01-31","key":"k1","amount":"12.50 EUR","due":"2026-01-20"})";
  for (
      const Bad& bad : {
          Bad{"x", "", "json.syntax"},
          Bad{"{", "", "json.syntax"},
          Bad{R"({"subject":"ada",})", "", "json.syntax"},
          Bad{R"({"subject":'ada'})", "", "json.syntax"},
          Bad{R"({"subject":"ada"} {})", "", "json.syntax"},
          Bad{"{\"subject\":\"a\tb\"}", "", "json.syntax"},
          Bad{R"({"subject":"ada","subject":"bob"})", "", "json.duplicate-key"},
          Bad{"[1]", "", "event.shape"},
          Bad{"null", "", "event.shape"},
          Bad{"\"ada\"", "", "event.shape"},
          Bad{"{\"subject\":\"\xff\"}", "", "line.utf8"},
          Bad{std::string_view{"{\0}", 3}, "", "line.nul"},
          Bad{"{}", "subject", "event.missing"},
          Bad{R"({"subject":null})", "subject", "event.missing"},
          Bad{R"({"subject":7})", "subject", "event.shape"},
          Bad{R"({"subject":"ada"})", "event", "event.missing"},
          Bad{R"({"subject":"ada","event":"bill"})", "at", "event.missing"},
          Bad{R"({"subject":"","event":"bill","at":"2026-01-31"})", "subject", "event.subject"},
          Bad{R"({"subject":"a\u0000","event":"bill","at":"2026-01-31"})", "subject",
              "event.subject"},
          Bad{R"({"subject":"ada","event":"bills","at":"2026-01-31"})", "event", "event.type"},
          Bad{R"({"subject":"ada","event":"bill","at":"2026-01-32"})", "at", "event.date"},
          Bad{R"({"subject":"ada","event":"bill","at":"2026-01-31"})", "amount", "event.missing"},
          Bad{R"({"subject":"ada","event":"bill","at":"2026-01-31","amount":null})", "amount",
              "event.missing"},
          Bad{R"({"subject":"ada","event":"bill","at":"2026-01-31","amount":12.5})", "amount",
              "event.shape"},
          Bad{R"({"subject":"ada","event":"bill","at":"2026-01-31","amount":["1 EUR"]})", "amount",
              "event.shape"},
          Bad{R"({"subject":"ada","event":"bill","at":"2026-01-31","amount":"1 EUR","due":20260120})",
              "due", "event.shape"},
          Bad{R"({"subject":"ada","event":"bill","at":"2026-01-31","note":"rent"})", "note",
              "event.unknown"},
          Bad{R"({"subject":"ada","event":"bill","at":"2026-01-31","corrects":7})", "corrects",
              "event.unknown"},
          Bad{R"({"subject":"ada","event":"income","at":"2026-01-31","amount":"1 EUR","regular":1})",
              "regular", "event.shape"},
          Bad{R"({"subject":"ada","event":"overdraft","at":"2026-01-31","amount":"1 EUR","days":"3"})",
              "days", "event.shape"},
          Bad{R"({"subject":"ada","event":"overdraft","at":"2026-01-31","amount":"1 EUR","days":3.5})",
              "days", "event.shape"},
          Bad{R"({"subject":"ada","event":"overdraft","at":"2026-01-31","amount":"1 EUR","days":1e30})",
              "days", "event.shape"},
          Bad{R"({"subject":"ada","event":"report","at":"2026-01-31","balance":{"special":"nothing"}})",
              "balance", "event.choice"},
          Bad{R"({"subject":"ada","event":"bill","at":"2026-01-31","key":7,"amount":"1 EUR","due":"2026-01-31"})",
              "key", "event.shape"},
          Bad{R"({"subject":"ada","event":"bill","at":"2026-01-31","key":"","amount":"1 EUR","due":"2026-01-31"})",
              "key", "event.key"},
      }) {
    check_bad(FileFormat::json_lines, "", good, bad, "\n");
  }
}

TEST_CASE("reader: the line ends and the byte order mark of a file change nothing in its events") {
  const Programme programme = testing::make_programme();
  for (std::string_view end : {"\n", "\r\n"}) {
    for (std::string_view mark : {"", "\xef\xbb\xbf"}) {
      std::string csv = std::string{mark} + "subject;event;at;key;amount;due" + std::string{end} +
                        "ada;bill;2026-01-31;k1;12.50 EUR;2026-01-20" + std::string{end};
      std::string json =
          std::string{mark} +
          R"({"subject":"ada","event":"bill","at":"2026-01-31","key":"k1","amount":"12.50 EUR",)" +
          R"("due":"2026-01-20","paid":null})" + std::string{end};
      for (std::size_t piece : std::initializer_list<std::size_t>{1, 2, 3, 7, 1000}) {
        CHECK(read_all(FileFormat::csv, programme, csv, piece) == Lines{bill("ada", 2, "k1")});
        CHECK(read_all(FileFormat::json_lines, programme, json, piece) ==
              Lines{bill("ada", 1, "k1")});
      }
    }
  }
}

TEST_CASE(
    "reader: columns stand in any order, under any delimiter, and a missing key becomes the "
    "content's") {
  const Programme programme = testing::make_programme();
  for (std::string delimiter : {",", ";", "\t", "|"}) {
    std::string csv = "amount,due,at,event,subject\n12.5 EUR,2026-01-20,2026-01-31,bill, ada \n";
    for (char& c : csv) c = c == ',' ? delimiter[0] : c;
    auto said = read_all(FileFormat::csv, programme, csv);
    REQUIRE(said.size() == 1);
    CHECK(said[0].starts_with("2  ada  {\"at\":"));
    CHECK(said[0].find("\"key\":\"sha256:") != std::string::npos);
  }
}

TEST_CASE("reader: a header that fits nothing is one reject, and nothing else is read") {
  const Programme programme = testing::make_programme();
  struct Case {
    std::string_view header, field, code, named;
  };
  for (const Case& wrong : {
           Case{"", "", "csv.header", "no header"},
           Case{"\n\r\n\n", "", "csv.header", "no header"},
           Case{"subject,event\nada,bill\n", "at", "csv.header", "`at` is missing"},
           Case{"subject,event,att\nada,bill,x\n", "at", "csv.header", "did you mean `att`"},
           Case{"subject, event,at\nada,bill,x\n", "event", "csv.header", "did you mean ` event`"},
           Case{"subject,event,at,amout\nada,bill,x,y\n", "amout", "csv.header",
                "did you mean `amount`"},
           Case{"subject,event,at,note\nada,bill,x,y\n", "note", "csv.header",
                "no event has a field `note`"},
           Case{"subject,event,at,amount,amount\nada,bill,x,y,z\n", "amount", "csv.header",
                "twice"},
           Case{"subject,event,at,at\nada,bill,x,y\n", "at", "csv.header", "twice"},
           Case{"subject,event,at,\nada,bill,x,y\n", "", "csv.header", "no event has a field"},
           Case{"a b c\n1 2 3\n", "subject", "csv.header", "`subject` is missing"},
           Case{"subject,event,\"at\nada,bill,2026-01-31\n", "", "csv.quote", "not closed"},
           Case{"subject,event,at\rada,bill,2026-01-31\r", "", "csv.header", "carriage return"},
           Case{"subject,\xff,at\nada\n", "", "line.utf8", "UTF-8"},
           Case{"\xff\xfes\nada\n", "", "line.utf8", "UTF-8"},
       }) {
    CAPTURE(wrong.header);
    for (std::size_t piece : std::initializer_list<std::size_t>{1, 1000}) {
      auto reader = make_reader(FileFormat::csv, std::make_shared<const Programme>(programme));
      std::vector<Reject> rejects;
      OnRecord note = [&](std::uint64_t, ReadRecord record) {
        REQUIRE(std::holds_alternative<Reject>(record));
        rejects.push_back(std::get<Reject>(std::move(record)));
      };
      for (std::size_t at = 0; at < wrong.header.size(); at += piece) {
        reader->feed(wrong.header.substr(at, piece), note);
      }
      reader->finish(note);
      REQUIRE(rejects.size() == 1);
      CHECK(rejects[0].field == wrong.field);
      CHECK(rejects[0].error.code == wrong.code);
      CHECK(rejects[0].error.message.find(wrong.named) != std::string::npos);
    }
  }
}

TEST_CASE("reader: lines are counted through empty ones, quoted line ends and rejects") {
  const Programme programme = testing::make_programme();
  std::string csv =
      "\n\nsubject,event,at,key,amount,due\n\nada,bill,2026-01-31,k1,12.50 EUR,2026-01-20\n"
      "ada,bill,2026-01-31,\"k\n\n1\",12.50 EUR,2026-01-20\n\r\n"
      "ada,bill,2026-01-31,k2,12.50 EUR,2026-01-20\n";
  CHECK(read_all(FileFormat::csv, programme, csv) ==
        Lines{bill("ada", 5, "k1"),
              "6 [key] event.key | ada,bill,2026-01-31,\"k\n\n1\",12.50 EUR,2026-01-20",
              bill("ada", 10, "k2")});
}

TEST_CASE("reader: what it says does not depend on where the bytes are cut") {
  const Programme programme = testing::make_programme();
  std::string csv =
      "\xef\xbb\xbfsubject;\"event\";at;key;amount;due\r\n"
      "\"a;\"\"d\"\"a\";bill;2026-01-31;k1;12.50 EUR;2026-01-20\r\n\n"
      "é;bill;2026-01-31;\"open;12.50 EUR;2026-01-20\n"
      "ada;bill;2026-01-31;k1;12.50 EUR;2026-01-20\n"
      "a\xff;bill\nb;bill;2026-01-31;k1;12.50 EUR;2026-01-2\r";
  auto whole = read_all(FileFormat::csv, programme, csv);
  CHECK(whole.size() == 5);
  for (std::size_t piece = 1; piece <= csv.size(); ++piece) {
    CAPTURE(piece);
    CHECK(read_all(FileFormat::csv, programme, csv, piece) == whole);
  }
  for (std::size_t first = 0; first <= csv.size(); ++first) {
    auto reader = make_reader(FileFormat::csv, std::make_shared<const Programme>(programme));
    std::size_t said = 0;
    OnRecord note = [&](std::uint64_t line, ReadRecord) {
      CHECK(whole[said].starts_with(std::to_string(line) + " "));
      ++said;
    };
    reader->feed(csv.substr(0, first), note);
    reader->feed({}, note);
    reader->feed(csv.substr(first), note);
    reader->finish(note);
    CHECK(said == whole.size());
  }
}

TEST_CASE(
    "reject: its line of CSV holds the record as it stood, and no byte that breaks the file") {
  Reject reject{7, "amount", Error{"event.money", "`x` is \"no\" amount", {}, "write 1 EUR"},
                std::string{"a,\"b\"\n\0\xff=1", 10}};
  CHECK(reject_line(reject) ==
        "7,\"amount\",\"event.money\",\"`x` is \"\"no\"\" amount\",\"write 1 EUR\","
        "\"a,\"\"b\"\"\n\\x00\\xff=1\"\r\n");
  CHECK(reject_header() == "line,field,code,reason,help,text\r\n");
}
