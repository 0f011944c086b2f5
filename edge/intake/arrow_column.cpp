#include <credence/base/text.h>
#include <credence/intake/arrow_column.h>
#include <fmt/format.h>

#include <cstring>
#include <limits>
#include <span>

namespace credence {

namespace {

using Type = NumberChunk::Type;

bool is_valid(const ArrowArray& array, std::int64_t row) {
  const auto* bits = static_cast<const std::uint8_t*>(array.buffers[0]);
  if (array.null_count == 0 || bits == nullptr) return true;
  auto at = static_cast<std::size_t>(row);
  return ((bits[at >> 3U] >> (at & 7U)) & 1U) != 0;
}

std::optional<Type> number_type(std::string_view format) {
  if (format.size() != 1) return std::nullopt;
  switch (format.front()) {
    case 'b':
      return Type::boolean;
    case 'c':
      return Type::i8;
    case 'C':
      return Type::u8;
    case 's':
      return Type::i16;
    case 'S':
      return Type::u16;
    case 'i':
      return Type::i32;
    case 'I':
      return Type::u32;
    case 'l':
      return Type::i64;
    case 'L':
      return Type::u64;
    case 'f':
      return Type::f32;
    case 'g':
      return Type::f64;
    default:
      return std::nullopt;
  }
}

std::optional<ArrowType> date_type(std::string_view format) {
  constexpr double kSeconds = 86'400;
  ArrowType scaled{.kind = ArrowType::Kind::scaled, .number = Type::i64};
  if (format == "tdD") return ArrowType{.kind = ArrowType::Kind::numbers, .number = Type::i32};
  if (format == "tdm" || format.starts_with("tsm")) scaled.per_day = kSeconds * 1e3;
  if (format.starts_with("tss")) scaled.per_day = kSeconds;
  if (format.starts_with("tsu")) scaled.per_day = kSeconds * 1e6;
  if (format.starts_with("tsn")) scaled.per_day = kSeconds * 1e9;
  return scaled.per_day > 0 ? std::optional{scaled} : std::nullopt;
}

std::optional<ArrowType> text_type(std::string_view format) {
  using Layout = ArrowType::Layout;
  ArrowType type{.kind = ArrowType::Kind::texts};
  if (format == "u") return type;
  type.layout = format == "U" ? Layout::offsets64 : Layout::views;
  return format == "U" || format == "vu" ? std::optional{type} : std::nullopt;
}

Error refused(const ArrowSchema& column, std::string what, std::string help) {
  return {"table.kind",
          fmt::format("column `{}` holds {}", column.name == nullptr ? "" : column.name, what),
          {},
          std::move(help)};
}

// One text of the array. A view of at most 12 bytes lies in its own sixteen; a longer one names a
// buffer and an offset in it.
std::string_view text_at(const ArrowArray& array, ArrowType::Layout layout, std::int64_t row) {
  auto slice = [&](auto begin, auto end) {
    const char* data = static_cast<const char*>(array.buffers[2]);
    return std::string_view{data + begin, static_cast<std::size_t>(end - begin)};
  };
  if (layout == ArrowType::Layout::offsets32) {
    const auto* at = static_cast<const std::int32_t*>(array.buffers[1]) + row;
    return at[0] == at[1] ? std::string_view{} : slice(at[0], at[1]);
  }
  if (layout == ArrowType::Layout::offsets64) {
    const auto* at = static_cast<const std::int64_t*>(array.buffers[1]) + row;
    return at[0] == at[1] ? std::string_view{} : slice(at[0], at[1]);
  }
  constexpr std::int32_t kInside = 12;
  const char* view = static_cast<const char*>(array.buffers[1]) + row * 16;
  std::int32_t parts[4] = {};
  std::memcpy(parts, view, sizeof parts);
  auto size = static_cast<std::size_t>(parts[0]);
  if (parts[0] <= kInside) return {view + 4, size};
  return {static_cast<const char*>(array.buffers[2 + parts[2]]) + parts[3], size};
}

NumberChunk chunk_of(const ArrowArray& array, Type type, std::int64_t offset, std::int64_t length) {
  const auto* validity = static_cast<const std::uint8_t*>(array.buffers[0]);
  return {.type = type,
          .values = array.buffers[1],
          .validity = array.null_count == 0 ? nullptr : validity,
          .offset = static_cast<std::size_t>(offset),
          .size = static_cast<std::size_t>(length)};
}

std::vector<double> numbers_of(const NumberChunk& chunk) {
  std::vector<double> values(chunk.size);
  Column::of_chunks("", {chunk}, nullptr).read(0, values);
  return values;
}

}  // namespace

Result<ArrowType> arrow_type(const ArrowSchema& column) {
  std::string_view format = column.format;
  if (column.dictionary != nullptr) {
    auto texts = text_type(column.dictionary->format);
    auto index = number_type(format);
    if (!texts || !index)
      return refused(column, "a dictionary of values that are no texts",
                     "cast it to its plain type before");
    texts->dictionary = true;
    texts->number = *index;
    return *texts;
  }
  if (auto number = number_type(format))
    return ArrowType{.kind = ArrowType::Kind::numbers, .number = *number};
  if (auto date = date_type(format)) return *date;
  if (auto texts = text_type(format)) return *texts;
  if (format == "n") return ArrowType{};
  if (format.starts_with("d:"))
    return refused(column, "decimals", "cast it to float64 (or to whole cents) before");
  if (format.starts_with("+"))
    return refused(column, "lists or structures", "make one column of each of their values");
  if (format == "e") return refused(column, "half-precision numbers", "cast it to float32 before");
  return refused(column, fmt::format("values of the Arrow type `{}`", format),
                 "cast it to numbers or texts, or leave the column out");
}

void ArrowColumn::add_scaled(const NumberChunk& chunk) {
  for (double value : numbers_of(chunk)) converted_.push_back(value / type_.per_day);
}

Result<std::int32_t> ArrowColumn::code_of(std::string_view text) {
  if (too_many_) return -1;
  std::int32_t code = texts_.find(text);
  if (code >= 0) return code;
  if (!is_utf8(text) || text.find('\0') != std::string_view::npos)
    return Error{"table.utf8",
                 fmt::format("column `{}` holds a text that is not UTF-8", name_),
                 {},
                 "write it as text in UTF-8"};
  if (texts_.size() < most_texts_) return texts_.add(text);
  too_many_ = true;
  texts_.clear();
  return -1;
}

Result<Done> ArrowColumn::add_texts(const ArrowArray& array, std::int64_t offset,
                                    std::int64_t length) {
  const std::size_t before = codes_.size();
  codes_.resize(before + static_cast<std::size_t>(length), -1);
  std::int32_t* codes = codes_.data() + before;
  for (std::int64_t i = 0; i < length; ++i) {
    if (!is_valid(array, offset + i)) continue;
    const std::string_view text = text_at(array, type_.layout, offset + i);
    // Most rows say what others said before; a new text may be an error.
    codes[i] = texts_.find(text);
    if (codes[i] >= 0) continue;
    auto code = code_of(text);
    if (!code) return code.error();
    codes[i] = *code;
  }
  return Done{};
}

Result<Done> ArrowColumn::add_indexes(const ArrowArray& array, std::int64_t offset,
                                      std::int64_t length) {
  const ArrowArray& dictionary = *array.dictionary;
  std::vector<std::int32_t> codes(static_cast<std::size_t>(dictionary.length), -1);
  for (std::int64_t row = 0; row < dictionary.length; ++row) {
    if (!is_valid(dictionary, dictionary.offset + row)) continue;
    auto code = code_of(text_at(dictionary, type_.layout, dictionary.offset + row));
    if (!code) return code.error();
    codes[static_cast<std::size_t>(row)] = *code;
  }
  for (double index : numbers_of(chunk_of(array, type_.number, offset, length))) {
    bool known = index >= 0 && index < static_cast<double>(codes.size());
    codes_.push_back(known ? codes[static_cast<std::size_t>(index)] : -1);
  }
  return Done{};
}

Result<Done> ArrowColumn::add(const ArrowArray& array, std::int64_t offset, std::int64_t length) {
  std::int64_t from = array.offset + offset;
  switch (type_.kind) {
    case ArrowType::Kind::numbers:
      if (length > 0) chunks_.push_back(chunk_of(array, type_.number, from, length));
      return Done{};
    case ArrowType::Kind::scaled:
      add_scaled(chunk_of(array, type_.number, from, length));
      return Done{};
    case ArrowType::Kind::nothing:
      converted_.resize(converted_.size() + static_cast<std::size_t>(length),
                        std::numeric_limits<double>::quiet_NaN());
      return Done{};
    case ArrowType::Kind::texts:
      return type_.dictionary ? add_indexes(array, from, length) : add_texts(array, from, length);
  }
  return Done{};
}

Column ArrowColumn::take(const std::shared_ptr<const void>& owner) {
  if (too_many_) codes_.clear();
  if (type_.kind == ArrowType::Kind::texts)
    return Column::of_texts(name_, std::exchange(codes_, {}), texts_.list());
  if (type_.kind == ArrowType::Kind::numbers)
    return Column::of_chunks(name_, std::exchange(chunks_, {}), owner);
  return Column::of_numbers(name_, std::exchange(converted_, {}));
}

}  // namespace credence
