#include <credence/base/expects.h>
#include <credence/table/column.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <string_view>

namespace credence {

namespace {

bool bit(const std::uint8_t* bitmap, std::size_t at) {
  return ((bitmap[at >> 3U] >> (at & 7U)) & 1U) != 0;
}

template <class Value>
void widen(const NumberChunk& chunk, std::size_t from, std::span<double> out) {
  const Value* values = static_cast<const Value*>(chunk.values) + chunk.offset + from;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<double>(values[i]);
}

void widen_bits(const NumberChunk& chunk, std::size_t from, std::span<double> out) {
  const auto* bits = static_cast<const std::uint8_t*>(chunk.values);
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = bit(bits, chunk.offset + from + i) ? 1.0 : 0.0;
}

void read_values(const NumberChunk& chunk, std::size_t from, std::span<double> out) {
  using Type = NumberChunk::Type;
  switch (chunk.type) {
    case Type::f64:
      return widen<double>(chunk, from, out);
    case Type::f32:
      return widen<float>(chunk, from, out);
    case Type::i64:
      return widen<std::int64_t>(chunk, from, out);
    case Type::i32:
      return widen<std::int32_t>(chunk, from, out);
    case Type::i16:
      return widen<std::int16_t>(chunk, from, out);
    case Type::i8:
      return widen<std::int8_t>(chunk, from, out);
    case Type::u64:
      return widen<std::uint64_t>(chunk, from, out);
    case Type::u32:
      return widen<std::uint32_t>(chunk, from, out);
    case Type::u16:
      return widen<std::uint16_t>(chunk, from, out);
    case Type::u8:
      return widen<std::uint8_t>(chunk, from, out);
    case Type::boolean:
      return widen_bits(chunk, from, out);
  }
}

void read_chunk(const NumberChunk& chunk, std::size_t from, std::span<double> out) {
  read_values(chunk, from, out);
  if (chunk.validity == nullptr) return;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (!bit(chunk.validity, chunk.offset + from + i))
      out[i] = std::numeric_limits<double>::quiet_NaN();
  }
}

struct Texts {
  std::vector<std::int32_t> codes;
  std::vector<std::string> dictionary;
};

}  // namespace

Column Column::of_numbers(std::string name, std::vector<double> values) {
  auto owned = std::make_shared<const std::vector<double>>(std::move(values));
  NumberChunk chunk{.values = owned->data(), .size = owned->size()};
  return of_chunks(std::move(name), {chunk}, owned);
}

Column Column::of_chunks(std::string name, std::vector<NumberChunk> chunks,
                         std::shared_ptr<const void> owner) {
  Column column;
  column.name_ = std::move(name);
  for (const NumberChunk& chunk : chunks) column.size_ += chunk.size;
  column.chunks_ = std::move(chunks);
  column.owner_ = std::move(owner);
  return column;
}

Column Column::of_texts(std::string name, std::vector<std::int32_t> codes,
                        std::vector<std::string> dictionary) {
  auto most = static_cast<std::int32_t>(dictionary.size());
  for (std::int32_t code : codes) expects(code >= -1 && code < most, "Column: a code without text");
  auto owned = std::make_shared<const Texts>(Texts{std::move(codes), std::move(dictionary)});
  Column column;
  column.name_ = std::move(name);
  column.kind_ = Kind::text;
  column.size_ = owned->codes.size();
  column.codes_ = owned->codes;
  column.dictionary_ = owned->dictionary;
  column.owner_ = owned;
  return column;
}

void Column::read(std::size_t from, std::span<double> out) const {
  expects(kind_ == Kind::number, "Column::read: a column of numbers");
  expects(from <= size_ && out.size() <= size_ - from, "Column::read: within the column");
  for (const NumberChunk& chunk : chunks_) {
    if (out.empty()) return;
    if (from >= chunk.size) {
      from -= chunk.size;
      continue;
    }
    std::size_t count = std::min(out.size(), chunk.size - from);
    read_chunk(chunk, from, out.first(count));
    out = out.subspan(count);
    from = 0;
  }
}

std::optional<std::span<const double>> Column::in_place() const {
  if (kind_ != Kind::number || chunks_.size() != 1) return std::nullopt;
  const NumberChunk& chunk = chunks_.front();
  if (chunk.type != NumberChunk::Type::f64 || chunk.validity != nullptr) return std::nullopt;
  return std::span{static_cast<const double*>(chunk.values) + chunk.offset, chunk.size};
}

std::span<const std::int32_t> Column::codes() const {
  expects(kind_ == Kind::text, "Column::codes: a column of texts");
  return codes_;
}

std::span<const std::string> Column::dictionary() const {
  expects(kind_ == Kind::text, "Column::dictionary: a column of texts");
  return dictionary_;
}

Table::Table(std::size_t rows, std::vector<Column> columns)
    : rows_(rows), columns_(std::move(columns)) {
  std::set<std::string_view> names;
  for (const Column& column : columns_) {
    expects(column.size() == rows_, "Table: columns of one length");
    expects(names.insert(column.name()).second, "Table: no name twice");
  }
}

const Column* Table::find(std::string_view name) const {
  for (const Column& column : columns_) {
    if (column.name() == name) return &column;
  }
  return nullptr;
}

}  // namespace credence
