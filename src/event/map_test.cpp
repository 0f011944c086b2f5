#include <credence/event/date_format.h>
#include <credence/event/reader.h>
#include <credence/event/test_programme.h>
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace credence;
using testing::column;
using testing::read_all;
using Lines = std::vector<std::string>;

namespace {

constexpr std::string_view kHeader = "trans_id;account_id;date;type;amount;k_symbol;size;remark\n";

Lines read_row(std::string_view row) {
  return read_all(FileFormat::csv, testing::make_mapped_programme(),
                  std::string{kHeader} + std::string{row} + "\n");
}

// Beside the repository's root, which is above the folder that tests run in.
std::filesystem::path research_data(std::string_view name) {
  std::filesystem::path folder = std::filesystem::current_path();
  while (folder != folder.root_path() &&
         !std::filesystem::exists(folder / "../shared/data" / name)) {
    folder = folder.parent_path();
  }
  return folder / "../shared/data" / name;
}

}  // namespace

TEST_CASE(
    "map: a row becomes an event with its translations, its currency, its date format and its "
    "key") {
  CHECK(
      read_row("17;25;960728;credit;900.5;PENSION;;secret") ==
      Lines{
          R"(2 25 {"at":"1996-07-28","event":"income","fields":{"amount":"900.50 EUR","regular":true},)"
          R"("key":"credits/17"})"});
  CHECK(
      read_row("17;25;960728;CREDIT;900.5;;;") ==
      Lines{
          R"(2 25 {"at":"1996-07-28","event":"income","fields":{"amount":"900.50 EUR","regular":false},)"
          R"("key":"credits/17"})"});
}

TEST_CASE("map: a row gives one event for every map that wants it, in the programme's order") {
  auto said = read_row("1/7;25%;960728;credit;1;;big;");
  REQUIRE(said.size() == 2);
  CHECK(said[0].find(R"("regular":false},"key":"credits/1/7"})") != std::string::npos);
  CHECK(said[1].find(R"("regular":true},"key":"big-credits/1%2F7/25%25"})") != std::string::npos);
}

TEST_CASE(
    "map: a row that no map wants is skipped, and a map without key columns names records by "
    "content") {
  CHECK(read_row("17;25;960728;transfer;1;;;") == Lines{"2 skipped"});
  auto one = read_row("17;25;960728;debit;1;;;");
  auto same = read_row("18;25;960728;debit;1.00;x;y;z");
  REQUIRE(one.size() == 1);
  CHECK(one[0].find(R"("due":"1996-07-28"},"key":"sha256:)") != std::string::npos);
  CHECK(one == same);
}

TEST_CASE("map: a bad cell is told under the column's name in the file") {
  struct Case {
    std::string_view row, field, code;
  };
  for (const Case& bad : {
           Case{"17;;960728;credit;1;;;", "account_id", "event.subject"},
           Case{"17;25;960732;credit;1;;;", "date", "event.date"},
           Case{"17;25;1996-07-28;credit;1;;;", "date", "event.date"},
           Case{"17;25;;credit;1;;;", "date", "event.date"},
           Case{"17;25;960728;credit;1,50;;;", "amount", "event.money"},
           Case{"17;25;960728;credit;;;;", "amount", "event.missing"},
           Case{"17;25;960728;credit;1 USD;;;", "amount", "event.currency"},
           Case{"17;25;960728;credit;1;OTHER;;", "k_symbol", "event.flag"},
           Case{";25;960728;credit;1;;;", "trans_id", "event.key"},
           Case{"17;25;960728;credit;1;;", "", "csv.columns"},
       }) {
    CAPTURE(bad.row);
    CHECK(read_row(bad.row) == Lines{"2 [" + std::string{bad.field} + "] " + std::string{bad.code} +
                                     " | " + std::string{bad.row}});
  }
}

TEST_CASE("map: an amount in another currency than the programme's is refused") {
  Programme programme = testing::make_mapped_programme();
  programme.maps[0].fields["amount"].currency = *find_currency("CZK");
  CHECK(read_all(FileFormat::csv, programme, std::string{kHeader} + "17;25;960728;credit;1;;;\n") ==
        Lines{"2 [amount] event.currency | 17;25;960728;credit;1;;;"});
}

TEST_CASE("map: special codes and empty cells can be translated") {
  Programme programme = testing::make_programme();
  EventMap map;
  map.name = "reports";
  map.event = 4;
  map.subject = "id";
  map.at = {};
  map.at.constant = "2026-01-31";
  map.key = {"id"};
  map.fields["balance"] = column("balance");
  map.fields["balance"].currency = programme.currency;
  map.fields["balance"].values = {{"-9", "no-record"}, {"", "no-account"}};
  map.fields["months"] = column("months");
  map.fields["months"].values = {{"-7", ""}};
  programme.maps = {map};
  CHECK(
      read_all(FileFormat::csv, programme, "id,balance,months\na,-9,3\nb,,-7\nc,-8,1\n") ==
      Lines{
          R"(2 a {"at":"2026-01-31","event":"report","fields":{"balance":{"special":"no-record"},)"
          R"("months":3},"key":"reports/a"})",
          R"(3 b {"at":"2026-01-31","event":"report","fields":{"balance":{"special":"no-account"}},)"
          R"("key":"reports/b"})",
          R"(4 c {"at":"2026-01-31","event":"report","fields":{"balance":"-8.00 EUR","months":1},)"
          R"("key":"reports/c"})"});
}

TEST_CASE("map: a constant or translated day is written as in Credence's own files") {
  Programme programme = testing::make_mapped_programme();
  programme.maps[0].at.values = {{"000000", "1999-12-31"}, {"1", "991231"}};
  CHECK(
      read_all(FileFormat::csv, programme,
               std::string{kHeader} + "1;2;000000;credit;1;;;\n1;2;1;credit;1;;;\n") ==
      Lines{
          R"(2 2 {"at":"1999-12-31","event":"income","fields":{"amount":"1.00 EUR","regular":false},)"
          R"("key":"credits/1"})",
          "3 [date] event.date | 1;2;1;credit;1;;;"});
  programme.maps[0].at = {};
  programme.maps[0].at.format = "YYMMDD";
  programme.maps[0].at.constant = "2026-01-31";
  CHECK(read_all(FileFormat::csv, programme, std::string{kHeader} + "1;2;x;credit;1;;;\n")
            .front()
            .starts_with(R"(2 2 {"at":"2026-01-31")"));
}

TEST_CASE("map: columns that no map names are ignored and listed, even when they appear twice") {
  auto reader = make_reader(FileFormat::csv,
                            std::make_shared<const Programme>(testing::make_mapped_programme()));
  int events = 0;
  OnRecord note = [&](std::uint64_t, ReadRecord record) {
    events += std::holds_alternative<Event>(record) ? 1 : 0;
  };
  reader->feed(
      "trans_id;account_id;date;type;amount;k_symbol;note;note\n1;2;960728;credit;1;;x;y\n", note);
  reader->finish(note);
  CHECK(events == 1);
  auto ignored = reader->ignored_columns();
  CHECK(Lines{ignored.begin(), ignored.end()} == Lines{"note", "note"});
}

TEST_CASE("map: a header that fits no map is told with what the nearest one misses") {
  Programme programme = testing::make_mapped_programme();
  auto told = [&](std::string_view header) {
    auto reader = make_reader(FileFormat::csv, std::make_shared<const Programme>(programme));
    std::string message;
    OnRecord note = [&](std::uint64_t line, ReadRecord record) {
      CHECK(line == 1);
      const Reject& reject = std::get<Reject>(record);
      message += reject.error.code + " " + reject.error.message + " (" + reject.error.help + ")";
    };
    reader->feed(header, note);
    reader->finish(note);
    return message;
  };
  CHECK(told("trans_id;acount_id;date;kind;amount\n1;2;960728;credit;1\n") ==
        "csv.header no map fits the header; `debits` comes nearest and misses `account_id`, "
        "`type`: did you "
        "mean `acount_id`? (columns seen: `trans_id`, `acount_id`, `date`, `kind`, `amount`)");
  CHECK(told("trans_id;account_id;date;type;amount;amount;k_symbol\n") ==
        "csv.header the column `amount` appears twice (columns seen: `trans_id`, `account_id`, "
        "`date`, "
        "`type`, `amount`, `amount`, `k_symbol`)");
  CHECK(
      told("trans_id,account_id,date,type,amount,k_symbol\n").find("misses `account_id`, `date`") !=
      std::string::npos);
  CHECK(told("\"a,b\"x;c\n").starts_with("csv.quote"));
  CHECK(told("\"trans_id\",x\n").starts_with("csv.quote the header cannot be cut"));
  CHECK(told("subject,event,amount\n").starts_with("csv.header the column `at` is missing"));
}

TEST_CASE(
    "map: a native header wins over maps, and a programme's broken map is told at the header") {
  Programme programme = testing::make_mapped_programme();
  CHECK(read_all(FileFormat::csv, programme,
                 "subject,event,at,amount,regular\na,income,2026-01-31,1 EUR,true\n")
            .front()
            .starts_with("2 a {"));
  programme.maps[0].at.format = "YY-WW";
  CHECK(read_all(FileFormat::csv, programme, kHeader) ==
        Lines{"1 [] map.format | trans_id;account_id;date;type;amount;k_symbol;size;remark"});
}

TEST_CASE("date format: days are read as they are written and in no other way") {
  struct Case {
    std::string_view format, text, day;
  };
  for (const Case& good : {
           Case{"", "2026-01-31", "2026-01-31"},
           Case{"YYYYMMDD", "20260131", "2026-01-31"},
           Case{"DD/MM/YYYY", "31/01/2026", "2026-01-31"},
           Case{"MM/DD/YYYY", "01/31/2026", "2026-01-31"},
           Case{"DD.MM.YY", "31.01.26", "2026-01-31"},
           Case{"YYMMDD", "700101", "1970-01-01"},
           Case{"YYMMDD", "690101", "2069-01-01"},
           Case{"YYMMDD", "991231", "1999-12-31"},
           Case{"YYMMDD", "000229", "2000-02-29"},
           Case{"YYMMDD hh:mm:ss", "931107 23:59:59", "1993-11-07"},
           Case{"YYYY-MM-DDThh:mm:ssZ", "2026-01-31T00:00:00Z", "2026-01-31"},
       }) {
    CAPTURE(good.format);
    CAPTURE(good.text);
    auto format = DateFormat::compile(good.format);
    REQUIRE(format);
    CHECK(format->parse(good.text) == parse_date(good.day));
  }
  for (const Case& bad : {
           Case{"YYMMDD", "010229", ""},
           Case{"YYMMDD", "0102299", ""},
           Case{"YYMMDD", "01022", ""},
           Case{"YYMMDD", "01 228", ""},
           Case{"YYYYMMDD", "00000101", ""},
           Case{"DD/MM/YYYY", "31-01-2026", ""},
           Case{"DD/MM/YYYY", "1/1/2026", ""},
           Case{"YYMMDD hh:mm:ss", "931107 24:00:00", ""},
           Case{"YYMMDD hh:mm:ss", "931107 23:60:00", ""},
           Case{"YYMMDD hh:mm:ss", "931107", ""},
           Case{"", "", ""},
       }) {
    CAPTURE(bad.format);
    CAPTURE(bad.text);
    auto format = DateFormat::compile(bad.format);
    REQUIRE(format);
    CHECK_FALSE(format->parse(bad.text));
  }
  for (std::string_view wrong :
       {"YYYY", "MMDD", "YYYYYYMMDD", "YYYYMMDDMM", "YYYY-MM-DD W", "D/M/YYYY", "%Y-%m-%d"}) {
    CAPTURE(wrong);
    CHECK_FALSE(DateFormat::compile(wrong));
  }
}

TEST_CASE("map: every row of a real bank's transactions becomes an event or is wanted by no map") {
  std::ifstream file(research_data("berka/trans_feup_1997_1998.csv"), std::ios::binary);
  if (!file) {
    MESSAGE("the research data is not here; nothing is tested");
    return;
  }
  std::ostringstream bytes;
  bytes << file.rdbuf();
  Programme programme = testing::make_mapped_programme();
  programme.currency = *find_currency("CZK");
  programme.maps.pop_back();
  for (EventMap& map : programme.maps) map.fields["amount"].currency = programme.currency;
  programme.maps[0].fields["regular"].values = {
      {"", "false"}, {"old-age pension", "true"}, {"interest credited", "false"}};
  programme.maps[1].when["type"] = {"withdrawal", "withdrawal in cash"};
  int events = 0;
  int skipped = 0;
  std::vector<std::string> rejects;
  OnRecord note = [&](std::uint64_t, ReadRecord record) {
    events += std::holds_alternative<Event>(record) ? 1 : 0;
    skipped += std::holds_alternative<Skipped>(record) ? 1 : 0;
    if (auto* reject = std::get_if<Reject>(&record)) rejects.push_back(reject_line(*reject));
  };
  auto reader = make_reader(FileFormat::csv, std::make_shared<const Programme>(programme));
  reader->feed(bytes.str(), note);
  reader->finish(note);
  CAPTURE(rejects.empty() ? "" : rejects.front());
  CHECK(rejects.empty());
  CHECK(events + skipped == 30200);
  CHECK(events > 25000);
}
