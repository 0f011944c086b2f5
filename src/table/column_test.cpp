#include <credence/table/column.h>
#include <doctest/doctest.h>

#include <array>
#include <cmath>

using namespace credence;

TEST_CASE("column: numbers of every width are read as doubles, across pieces and offsets") {
  std::array<std::int16_t, 5> shorts = {99, -1, 2, 3, 4};
  std::array<float, 2> floats = {0.5F, -2.25F};
  std::array<std::uint8_t, 1> bits = {0b101};
  std::array<std::uint8_t, 1> valid = {0b11011};  // row 2 of the piece of shorts has no value
  using Type = NumberChunk::Type;
  Column column = Column::of_chunks("x",
                                    {{Type::i16, shorts.data(), valid.data(), 1, 4},
                                     {Type::f32, floats.data(), nullptr, 0, 2},
                                     {Type::boolean, bits.data(), nullptr, 0, 3}},
                                    nullptr);
  REQUIRE(column.size() == 9);
  std::array<double, 9> read{};
  column.read(0, read);
  CHECK(read[0] == -1);
  CHECK(std::isnan(read[1]));
  CHECK(read[2] == 3);
  CHECK(read[4] == 0.5);
  CHECK(read[6] == 1);
  CHECK(read[7] == 0);
  std::array<double, 3> middle{};
  column.read(3, middle);
  CHECK(middle == std::array<double, 3>{4, 0.5, -2.25});
  CHECK_FALSE(column.in_place());
}

TEST_CASE("column: doubles in one piece are seen where they lie") {
  Column column = Column::of_numbers("x", {1, 2, 3});
  REQUIRE(column.in_place());
  CHECK(column.in_place()->size() == 3);
  Column copy = column;
  CHECK(copy.in_place()->data() == column.in_place()->data());
}

TEST_CASE("table: a column is found by its name, and no other") {
  Table table(2, {Column::of_numbers("a", {1, 2}), Column::of_texts("b", {0, -1}, {"yes"})});
  REQUIRE(table.find("b") != nullptr);
  CHECK(table.find("b")->codes()[1] == -1);
  CHECK(table.find("c") == nullptr);
}
