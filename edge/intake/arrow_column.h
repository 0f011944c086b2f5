#pragma once

#include <credence/base/result.h>
#include <credence/intake/arrow_abi.h>
#include <credence/intake/texts.h>
#include <credence/table/column.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// What a column of a schema is to us.
struct ArrowType {
  enum class Kind { numbers, scaled, texts, nothing };
  enum class Layout { offsets32, offsets64, views };
  Kind kind = Kind::nothing;
  NumberChunk::Type number = NumberChunk::Type::f64;  // of numbers, or of a dictionary's indexes
  double per_day = 0;  // scaled: this many units of the number make one day
  Layout layout = Layout::offsets32;
  bool dictionary = false;
};

// Errors: table.kind, with what to do.
Result<ArrowType> arrow_type(const ArrowSchema& column);

// One column while its batches arrive.
class ArrowColumn {
 public:
  ArrowColumn(std::string name, ArrowType type, std::size_t most_texts)
      : name_(std::move(name)), type_(type), most_texts_(most_texts) {}

  // Rows [offset, offset + length) of the array, where `offset` counts on top of the array's own.
  Result<Done> add(const ArrowArray& array, std::int64_t offset, std::int64_t length);
  bool is_left_out() const { return too_many_; }
  const std::string& name() const { return name_; }
  // The rows since the last take(). `owner` keeps the arrays alive.
  Column take(const std::shared_ptr<const void>& owner);

 private:
  Result<Done> add_texts(const ArrowArray& array, std::int64_t offset, std::int64_t length);
  Result<Done> add_indexes(const ArrowArray& array, std::int64_t offset, std::int64_t length);
  void add_scaled(const NumberChunk& chunk);
  Result<std::int32_t> code_of(std::string_view text);

  std::string name_;
  ArrowType type_;
  std::size_t most_texts_;
  bool too_many_ = false;
  std::vector<NumberChunk> chunks_;
  std::vector<double> converted_;
  std::vector<std::int32_t> codes_;
  Texts texts_;
};

}  // namespace credence
