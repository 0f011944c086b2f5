#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace credence {

// A piece of a column of numbers where it lies in memory, as in Arrow's columnar format: values of
// one width and an optional bitmap of validity (bit i set = row i has a value, least significant
// bit first). Nothing is copied.
struct NumberChunk {
  enum class Type : std::uint8_t { f64, f32, i64, i32, i16, i8, u64, u32, u16, u8, boolean };
  Type type = Type::f64;
  const void* values = nullptr;            // booleans are a bitmap too
  const std::uint8_t* validity = nullptr;  // nullptr = every row has a value
  std::size_t offset = 0;                  // of the first row, in values and in validity
  std::size_t size = 0;                    // rows
};

// One variable of a table of history: numbers, where NaN or null is missing, or texts as codes into
// a dictionary, where -1 is missing. Cheap to copy; values are shared and never change.
class Column {
 public:
  enum class Kind : std::uint8_t { number, text };

  static Column of_numbers(std::string name, std::vector<double> values);
  // `owner` keeps the memory of the chunks alive.
  static Column of_chunks(std::string name, std::vector<NumberChunk> chunks,
                          std::shared_ptr<const void> owner);
  // REQUIRES: -1 <= code < dictionary.size() for each code; the dictionary has no text twice.
  static Column of_texts(std::string name, std::vector<std::int32_t> codes,
                         std::vector<std::string> dictionary);

  const std::string& name() const { return name_; }
  Kind kind() const { return kind_; }
  std::size_t size() const { return size_; }

  // The rows from `from` on as doubles; NaN is missing. Whole numbers beyond 2^53 lose their last
  // digits, as in every double. REQUIRES: a column of numbers; from + out.size() <= size().
  void read(std::size_t from, std::span<double> out) const;
  // The values where they lie, when they are doubles in one piece without a bitmap.
  std::optional<std::span<const double>> in_place() const;

  // REQUIRES: a column of texts.
  std::span<const std::int32_t> codes() const;
  std::span<const std::string> dictionary() const;

 private:
  std::string name_;
  Kind kind_ = Kind::number;
  std::size_t size_ = 0;
  std::vector<NumberChunk> chunks_;
  std::shared_ptr<const void> owner_;
  std::span<const std::int32_t> codes_;
  std::span<const std::string> dictionary_;
};

// Columns of one length, under names that differ.
class Table {
 public:
  Table() = default;
  // REQUIRES: every column has `rows` rows; no name twice (readers of files refuse both with a
  // message of their own).
  Table(std::size_t rows, std::vector<Column> columns);

  std::size_t rows() const { return rows_; }
  const std::vector<Column>& columns() const { return columns_; }
  const Column* find(std::string_view name) const;

 private:
  std::size_t rows_ = 0;
  std::vector<Column> columns_;
};

// What became of each row: 1 bad (the event), 0 good. Weights are positive and finite; none means 1
// for every row.
struct Outcome {
  std::vector<std::uint8_t> bad;
  std::vector<double> weights;
  double weight(std::size_t row) const { return weights.empty() ? 1.0 : weights[row]; }
};

}  // namespace credence
