#include <credence/binning/cells.h>
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace credence;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
const double missing = std::numeric_limits<double>::quiet_NaN();

double below(double value) {
  return std::nextafter(value, -infinity);
}
double above(double value) {
  return std::nextafter(value, infinity);
}

// The definition, word by word: missing, then special codes, then [a, b).
int by_definition(const std::vector<double>& edges, const std::vector<SpecialCode>& specials,
                  double value) {
  const int bins = static_cast<int>(edges.size()) + 1;
  if (value != value) return bins + static_cast<int>(specials.size());
  for (std::size_t code = 0; code < specials.size(); ++code) {
    for (double number : specials[code].numbers) {
      if (number == value) return bins + static_cast<int>(code);
    }
  }
  int bin = 0;
  for (double edge : edges) bin += value >= edge ? 1 : 0;
  return bin;
}

std::vector<double> probes(const std::vector<double>& edges,
                           const std::vector<SpecialCode>& specials) {
  std::vector<double> result{missing,
                             -infinity,
                             infinity,
                             0.0,
                             -0.0,
                             std::numeric_limits<double>::max(),
                             std::numeric_limits<double>::lowest(),
                             std::numeric_limits<double>::denorm_min()};
  for (double edge : edges) result.insert(result.end(), {below(edge), edge, above(edge)});
  for (const SpecialCode& special : specials) {
    for (double code : special.numbers)
      result.insert(result.end(), {below(code), code, above(code)});
  }
  return result;
}

void check_everywhere(const std::vector<double>& edges, const std::vector<SpecialCode>& specials) {
  const Cells cells = Cells::of_numbers(edges, specials);
  std::vector<double> values = probes(edges, specials);
  const std::vector<double> once = values;
  while (values.size() < 2500) values.insert(values.end(), once.begin(), once.end());
  const Column column = Column::of_numbers("x", values);
  std::vector<std::uint16_t> out(values.size());
  cells.assign(column, out);
  for (std::size_t i = 0; i < values.size(); ++i) {
    CAPTURE(values[i]);
    CHECK(out[i] == by_definition(edges, specials, values[i]));
    CHECK(cells.of(values[i]) == by_definition(edges, specials, values[i]));
  }
}

}  // namespace

TEST_CASE("cells: every boundary, its neighbours and the ends of the numbers fall where defined") {
  check_everywhere({}, {});
  check_everywhere({0.0}, {});
  check_everywhere({-1.5, -0.0, 1e-300, 2, 1e300}, {});
  check_everywhere({1, above(1), above(above(1))}, {});
  std::vector<double> many;
  for (int i = 0; i < 100; ++i) many.push_back(i * 0.1);
  check_everywhere(many, {{"none", {-9}, {}}, {"old", {3.05, 0.1}, {}}});
  many.resize(63);
  check_everywhere(many, {});
  many.push_back(1000);
  check_everywhere(many, {});
}

TEST_CASE("cells: any number of edges and codes is compared or searched alike") {
  for (const int edges : {0, 1, 7, 20, 31, 32, 33, 40}) {
    for (const int codes : {0, 1, 2, 12, 33}) {
      std::vector<double> at;
      for (int i = 0; i < edges; ++i) at.push_back(i * 3 - 20);
      std::vector<SpecialCode> specials;
      for (int i = 0; i < codes; ++i)
        specials.push_back({"code " + std::to_string(i), {i * 2.5 - 9, 1000.0 + i}, {}});
      check_everywhere(at, specials);
    }
  }
}

TEST_CASE("cells: a special code inside an interval is tested before the interval") {
  const Cells cells =
      Cells::of_numbers({0, 10}, {{"no record", {-9}, {}}, {"no use", {5, 10}, {}}});
  CHECK(cells.bins() == 3);
  CHECK(cells.count() == 6);
  CHECK(cells.of(5) == cells.special(1));
  CHECK(cells.of(10) == cells.special(1));
  CHECK(cells.of(above(10)) == 2);
  CHECK(cells.of(-9) == cells.special(0));
  CHECK(cells.of(missing) == cells.missing());
  check_everywhere({0, 10}, {{"no record", {-9}, {}}, {"no use", {5, 10}, {}}});
}

TEST_CASE("cells: infinities may be special codes, and minus zero is zero as a code too") {
  const Cells cells =
      Cells::of_numbers({1}, {{"endless", {infinity, -infinity}, {}}, {"nil", {-0.0}, {}}});
  CHECK(cells.of(infinity) == cells.special(0));
  CHECK(cells.of(-infinity) == cells.special(0));
  CHECK(cells.of(0.0) == cells.special(1));
  check_everywhere({1}, {{"endless", {infinity, -infinity}, {}}, {"nil", {-0.0}, {}}});
}

TEST_CASE("cells: a number that two codes name belongs to the first") {
  const Cells cells = Cells::of_numbers({}, {{"first", {7}, {}}, {"second", {7, 8}, {}}});
  CHECK(cells.of(7) == cells.special(0));
  CHECK(cells.of(8) == cells.special(1));
  check_everywhere({}, {{"first", {7}, {}}, {"second", {7, 8}, {}}});
}

TEST_CASE("cells: texts go by their group; an unseen text is unknown, an empty one is a text") {
  const Cells cells = Cells::of_texts({{"rent", ""}, {"own"}}, {{"refused", {}, {"-", "n/a"}}});
  CHECK(cells.bins() == 2);
  CHECK(cells.count() == 5);
  CHECK(cells.of("") == 0);
  CHECK(cells.of("own") == 1);
  CHECK(cells.of("n/a") == cells.special(0));
  CHECK(cells.of("Own") == cells.unknown());
  const Column column = Column::of_texts("x", {3, -1, 0, 1, 2, 4}, {"own", "-", "new", "", "rent"});
  std::vector<std::uint16_t> out(6);
  cells.assign(column, out);
  const std::vector<int> cell(out.begin(), out.end());
  CHECK(cell == std::vector<int>{0, cells.missing(), 1, cells.special(0), cells.unknown(), 0});
}

TEST_CASE("cells: no row, no cell; and columns that are no doubles are read as doubles") {
  const Cells cells = Cells::of_numbers({2}, {{"none", {-1}, {}}});
  cells.assign(Column::of_numbers("x", {}), {});
  auto values =
      std::make_shared<const std::vector<std::int8_t>>(std::vector<std::int8_t>{-1, 1, 2, 3});
  const std::uint8_t validity = 0b0111;
  const Column column = Column::of_chunks(
      "x",
      {{.type = NumberChunk::Type::i8, .values = values->data(), .validity = &validity, .size = 4}},
      values);
  std::vector<std::uint16_t> out(4);
  cells.assign(column, out);
  CHECK(std::vector<int>(out.begin(), out.end()) ==
        std::vector<int>{cells.special(0), 0, 1, cells.missing()});
}

TEST_CASE("cells: equal when they sort alike by the same names") {
  const Cells cells = Cells::of_numbers({1, 2}, {{"none", {-1}, {}}});
  CHECK(cells == Cells::of_numbers({1, 2}, {{"none", {-1}, {}}}));
  CHECK_FALSE(cells == Cells::of_numbers({1, 3}, {{"none", {-1}, {}}}));
  CHECK_FALSE(cells == Cells::of_numbers({1, 2}, {}));
  CHECK_FALSE(Cells::of_texts({{"a"}}, {}) == Cells::of_texts({{"a"}, {"b"}}, {}));
}
