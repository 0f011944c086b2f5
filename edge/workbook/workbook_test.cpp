#include <credence/workbook/workbook.h>
#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>

using namespace credence;

namespace {

ValidationPack small_pack() {
  PackTable table{"t",
                  {"Figures", "Valeurs"},
                  {{{"Name", "Nom"}, {}}, {{"Rate", "Taux"}, NumberFormat::share}},
                  {{std::string{"=1+1"}, 0.25},
                   {Text{"a & <b>", "\u00e9"}, std::numeric_limits<double>::infinity()},
                   {PackCell{}, std::nan("")},
                   {std::string{"\xff\xfe"}, PackCell{}}}};
  PackChart chart{"c", {"Lines", "Lignes"}, {"a line", "une ligne"}};
  PackChart::Series line;
  line.x = {0, 1, std::nan("")};
  line.y = {1, 2, 3};
  chart.series = {line};
  PackChart lying{"l", {"Bars", "Barres"}, {}};
  lying.lying = true;
  lying.x.categories = {{"a", "a"}, {"b", "b"}};
  PackChart::Series bars;
  bars.shape = PackChart::Series::Shape::bars;
  bars.x = {0, 0.5, 1};
  bars.y = {1, 2, 3};
  lying.series = {bars};
  PackSection section{
      "s",
      {"A/B: [x]", "A/B"},
      {Text{"words", "mots"}, Verdict{Verdict::Level::act, "v", {"s", "s"}, {"m", "m"}}, table,
       chart, lying, PackChart{}}};
  return {{"Title", "Titre"}, {{{"Card", "Carte"}, std::string{"x"}, {}}}, {section, section}};
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("workbook: a pack with infinite, missing and hostile cells becomes a file") {
  auto path = std::filesystem::temp_directory_path() / "credence_workbook_test.xlsx";
  for (Language language : {Language::en, Language::fr}) {
    REQUIRE(write_workbook(small_pack(), language, path.string()));
    std::string bytes = bytes_of(path);
    CHECK(bytes.substr(0, 2) == "PK");
    CHECK(bytes.size() > 4000);
  }
  std::filesystem::remove(path);
}

TEST_CASE("workbook: a folder that is not there is an error with the file's name") {
  auto written = write_workbook(small_pack(), Language::en, "/no/such/folder/book.xlsx");
  REQUIRE_FALSE(written);
  CHECK(written.error().code == "workbook.write");
  CHECK(written.error().message.find("/no/such/folder/book.xlsx") != std::string::npos);
}

TEST_CASE("sheet names: what Excel refuses is left out, and no name comes twice") {
  std::set<std::string> used;
  CHECK(sheet_name("A/B: [x]?", used) == "A B   x");
  CHECK(sheet_name("a/b: [x]?", used) == "a b   x 2");
  CHECK(sheet_name("'quoted'", used) == "quoted");
  CHECK(sheet_name("", used) == "Sheet");
  CHECK(sheet_name("[]", used) == "Sheet 2");
  CHECK(sheet_name(std::string(40, 'x'), used) == std::string(31, 'x'));
  CHECK(sheet_name(std::string(40, 'x'), used) == std::string(29, 'x') + " 2");
}

TEST_CASE("sheet names: letters of many bytes are not cut apart") {
  std::set<std::string> used;
  std::string accents, stars;
  for (int i = 0; i < 40; ++i) {
    accents += "\u00e9";
    stars += "\U0001f31f";
  }
  CHECK(characters(sheet_name(accents, used)) == 31);
  CHECK(characters(sheet_name(stars, used)) == 15);
  CHECK(is_utf8(sheet_name(stars, used)));
}

TEST_CASE("chart texts: no formula, nothing that XML lacks, no more than Excel takes") {
  CHECK(chart_text("=Sheet1!$A$1") == " =Sheet1!$A$1");
  CHECK(chart_text("a = b") == "a = b");
  CHECK(chart_text("a\x01\nb") == "a b");
  CHECK(chart_text("\xff") == "?");
  CHECK(characters(chart_text(std::string(10000, 'x'))) == 255);
  std::string accents;
  for (int i = 0; i < 200; ++i) accents += "\u00e9";
  CHECK(chart_text(accents) == accents);
}
