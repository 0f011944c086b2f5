#include <credence/intake/intake.h>
#include <credence/intake/number_text.h>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

using namespace credence;

namespace {

// A file that goes away with its test.
class Scratch {
 public:
  explicit Scratch(std::string_view content, const char* name = "table.csv") {
    folder_ = std::filesystem::temp_directory_path() / "credence-intake-XXXXXX";
    std::string pattern = folder_.string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
    path_ = (folder_ / name).string();
    std::FILE* file = std::fopen(path_.c_str(), "wb");
    REQUIRE(file != nullptr);
    std::fwrite(content.data(), 1, content.size(), file);
    std::fclose(file);
  }
  ~Scratch() { std::filesystem::remove_all(folder_); }
  const std::string& path() const { return path_; }

 private:
  std::filesystem::path folder_;
  std::string path_;
};

IntakeTable read(std::string_view content, const IntakeOptions& options = {}) {
  auto table = read_table_file(Scratch{content}.path(), options);
  if (!table) FAIL(to_text(table.error()));
  return *std::move(table);
}

Error refusal(std::string_view content, const IntakeOptions& options = {}) {
  auto table = read_table_file(Scratch{content}.path(), options);
  REQUIRE(!table);
  return table.error();
}

std::vector<double> numbers(const IntakeTable& table, const char* name) {
  const Column* column = table.table.find(name);
  REQUIRE(column != nullptr);
  std::vector<double> out(column->size());
  column->read(0, out);
  return out;
}

std::vector<std::string> texts(const IntakeTable& table, const char* name) {
  const Column* column = table.table.find(name);
  REQUIRE(column != nullptr);
  std::vector<std::string> out;
  for (std::int32_t code : column->codes())
    out.push_back(code < 0 ? "-" : column->dictionary()[static_cast<std::size_t>(code)]);
  return out;
}

}  // namespace

TEST_CASE("intake: a CSV becomes numbers and texts, with what is missing") {
  IntakeTable table = read(
      "\xEF\xBB\xBF"
      "a,b,c\r\n1,x,\r\n-2.5,\"y, \"\"z\"\"\",NA\r\n,x,3e2\r\n");
  CHECK(table.table.rows() == 3);
  CHECK(numbers(table, "a")[1] == -2.5);
  CHECK(std::isnan(numbers(table, "a")[2]));
  CHECK(texts(table, "b") == std::vector<std::string>{"x", "y, \"z\"", "x"});
  CHECK(std::isnan(numbers(table, "c")[1]));
  CHECK(numbers(table, "c")[2] == 300);
}

TEST_CASE("intake: the delimiter is the one that the header has most of") {
  CHECK(read("a;b;c,d\n1;2;3\n").table.columns().size() == 3);
  CHECK(read("a\tb\n1\t2\n").table.columns().size() == 2);
  CHECK(read("a|b\n1|2\n").table.columns().size() == 2);
  CHECK(read("a\n1\n").table.columns().size() == 1);
}

TEST_CASE("intake: a decimal comma is read when it is asked for") {
  CHECK(numbers(read("a;b\n1,5;2\n", {.decimal = ','}), "a")[0] == 1.5);
  CHECK(read("a;b\n1,5;2\n").table.find("a")->kind() == Column::Kind::text);
  CHECK(refusal("a;b\n1,5;2\n1.5;3\n", {.decimal = ','}).code == "table.mixed");
}

TEST_CASE(
    "intake: a line is named as it stands in the file, also after quoted line ends and gaps") {
  IntakeTable table = read("a,b\n1,\"two\nlines\"\n\n2,x\n3,y\n");
  CHECK(table.line_of(0) == 2);
  CHECK(table.line_of(1) == 5);
  CHECK(table.place_of(2) == "line 6");
}

TEST_CASE("intake: an empty line of a file of one column is a missing cell") {
  CHECK(read("a\n1\n\n3\n").table.rows() == 3);
  CHECK(read("a,b\n1,1\n\n3,3\n").table.rows() == 2);
}

TEST_CASE("intake: blanks alone are missing among numbers and a text among texts") {
  CHECK(std::isnan(numbers(read("a,b\n ,x\n1,x\n"), "a")[0]));
  CHECK(texts(read("a,b\n ,x\nq,x\n,x\n"), "a") == std::vector<std::string>{" ", "q", "-"});
}

TEST_CASE("intake: numbers and texts in one column are refused with line, value and the option") {
  Error error = refusal("a,b\n1,2\n2,2\noops,2\n");
  CHECK(error.code == "table.mixed");
  CHECK(error.message.find("`a`: 1 of 3 cells are no numbers, the first is `oops` in line 4") !=
        std::string::npos);
  CHECK(error.help.find("--text a") != std::string::npos);
  CHECK(refusal("a,b\nx,2\n7,2\n").message.find("`7` in line 3") != std::string::npos);
  CHECK(texts(read("a,b\n1,2\noops,2\n", {.text_columns = {"a"}}), "a")[0] == "1");
  CHECK(std::isnan(numbers(read("a,b\n1,2\noops,2\n", {.missing = {"oops"}}), "a")[1]));
  CHECK(std::isnan(numbers(read("a,b\n1,2\n-9,2\n", {.missing = {"-9"}}), "a")[1]));
}

TEST_CASE("intake: what is no table is refused with what to do") {
  CHECK(refusal("").code == "table.empty");
  CHECK(refusal("\n\n").code == "table.empty");
  CHECK(refusal("a,b\n").code == "table.empty");
  CHECK(refusal("a,a\n1,2\n").code == "table.header");
  CHECK(refusal("a,b\n1,2\n3\n4,5,6\n").code == "table.ragged");
  CHECK(refusal("a,b\n1,2\n3\n4,5,6\n").message.find("line 3 has 1, line 4 has 3") !=
        std::string::npos);
  CHECK(refusal("a,b\n1,\"x\n").code == "table.quote");
  CHECK(refusal("a,b\n1,x\"y\n").code == "table.quote");
  CHECK(refusal("a,b\n1,\"x\"y\n").code == "table.quote");
  CHECK(refusal("a,b\n1,\xFF\xFE\n").code == "table.utf8");
  CHECK(refusal(std::string_view{"a,b\n1,x\0y\n", 11}).code == "table.nul");
  CHECK(refusal("a,b\n1," + std::string(70'000, 'x') + "\n").code == "table.cell");
  CHECK(refusal("\xFF\xFE"
                "a")
            .code == "table.encoding");
  CHECK(refusal("PK\x03\x04....").code == "table.compressed");
  CHECK(refusal("\x1F\x8B...").code == "table.compressed");
  CHECK(refusal("a,b\n1,2\n", {.columns = {"c"}}).code == "table.column");
  CHECK(refusal("a,b\n1,2\n", {.text_columns = {"c"}}).code == "table.column");
  CHECK(read_table_file("/nowhere/at/all.csv", {}).error().code == "file.missing");
  CHECK(read_table_file("/", {}).error().code == "file.folder");
}

TEST_CASE("intake: a column of too many texts is left out and says so, unless it is asked for") {
  std::string text = "id,x\n";
  for (int i = 0; i < 100; ++i) text += fmt::format("p{},1\n", i);
  IntakeTable table = read(text, {.most_texts = 50});
  CHECK(table.table.find("id") == nullptr);
  REQUIRE(table.left_out.size() == 1);
  CHECK(table.require("id").error().message.find("more than 50") != std::string::npos);
  CHECK(read(text, {.columns = {"id"}, .most_texts = 50}).table.find("id") != nullptr);
}

TEST_CASE("intake: JSON lines become the union of their keys") {
  IntakeTable table = read("{\"a\":1,\"b\":\"x\"}\n\n{\"a\":null,\"c\":true}\n{\"a\":2.5e1}\n");
  CHECK(table.format == TableFormat::json_lines);
  CHECK(table.table.rows() == 3);
  CHECK(numbers(table, "a")[2] == 25);
  CHECK(std::isnan(numbers(table, "c")[0]));
  CHECK(numbers(table, "c")[1] == 1);
  CHECK(texts(table, "b") == std::vector<std::string>{"x", "-", "-"});
  CHECK(table.line_of(1) == 3);
  CHECK(refusal("{\"a\":1}\n{\"a\":\"x\"}\n").code == "table.mixed");
  CHECK(refusal("{\"a\":[1]}\n").code == "table.nested");
  CHECK(refusal("{\"a\":1\n").code == "table.json");
  CHECK(refusal("{\"a\":1,\"a\":2}\n").code == "table.json");
  CHECK(refusal("{}\n[1]\n").code == "table.json");
}

TEST_CASE("intake: texts keep their codes when columns come after them") {
  // Each new column may move those before it to another place.
  std::string lines;
  for (int row = 0; row < 40; ++row)
    lines += fmt::format(R"({{"town":"{}","later_{}":"x"}})", row % 3, row) + "\n";
  const IntakeTable table = read(lines);
  const std::vector<std::string> towns = texts(table, "town");
  CHECK(table.table.find("town")->dictionary().size() == 3);
  for (std::size_t row = 0; row < 40; ++row) CHECK(towns[row] == fmt::format("{}", row % 3));
}

TEST_CASE("intake: numbers are the nearest doubles") {
  for (const char* text :
       {"0.1", "123456.789", "-0.0000001", "999999999999999", "1e-320", "1.7976931348623157e308",
        "0.30000000000000004", "12345678901234567890", "2.2250738585072014e-308", "+7"}) {
    CAPTURE(text);
    REQUIRE(parse_cell(text, '.'));
    CHECK(*parse_cell(text, '.') == std::strtod(text, nullptr));
  }
  std::uint64_t state = 88172645463325252;
  for (int i = 0; i < 20'000; ++i) {
    state ^= state << 13U;
    state ^= state >> 7U;
    state ^= state << 17U;
    std::string text = fmt::format("{}.{}", state % 10'000'000, (state >> 32U) % 1'000'000'000);
    REQUIRE(parse_cell(text, '.') == std::strtod(text.c_str(), nullptr));
  }
  for (const char* text :
       {"", "-", ".", "1.2.3", "1,2", "0x10", "1e", "--1", "+-1", "1e999", "nan", "1 2"})
    CHECK_FALSE(parse_cell(text, '.'));
}

TEST_CASE("intake: batches together are the whole table, with the same codes and lines") {
  std::string text = "a,t\n";
  for (int i = 0; i < 1000; ++i) text += fmt::format("{},k{}\n", i, i % 7);
  Scratch file{text};
  IntakeTable whole = *read_table_file(file.path(), {});
  std::size_t rows = 0, batches = 0;
  auto done = read_batches(file.path(), {}, 64,
                           [&](const IntakeTable& batch, std::size_t first) -> Result<Done> {
                             REQUIRE(first == rows);
                             for (std::size_t row = 0; row < batch.table.rows(); ++row) {
                               REQUIRE(texts(batch, "t")[row] == texts(whole, "t")[rows + row]);
                               REQUIRE(batch.line_of(row) == rows + row + 2);
                             }
                             rows += batch.table.rows();
                             ++batches;
                             return Done{};
                           });
  CHECK(bool(done));
  CHECK(rows == 1000);
  CHECK(batches == 16);
}

TEST_CASE("intake: a batch whose columns changed is refused") {
  std::string text = "a,b\n";
  for (int i = 0; i < 100; ++i) text += fmt::format("{},1\n", i < 70 ? "" : "x");
  Scratch file{text};
  auto done = read_batches(file.path(), {}, 50,
                           [](const IntakeTable&, std::size_t) -> Result<Done> { return Done{}; });
  REQUIRE(!done);
  CHECK(done.error().code == "table.stream");
}

TEST_CASE("intake: any bytes are read or refused, and never harm") {
  std::uint64_t state = 1;
  constexpr std::string_view kBytes = "a1,;\"\n\r\t .-{}[]:e\\\xC3\xA9\xFFNu0";
  for (int i = 0; i < 3000; ++i) {
    std::string text;
    for (int j = 0; j < 40; ++j) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      text += kBytes[(state >> 33U) % kBytes.size()];
    }
    (void)read_table_file(Scratch{text}.path(), {});
    (void)read_table_file(Scratch{text}.path(), {.format = TableFormat::json_lines});
  }
}
