#include <credence/store/erasure.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace credence {

namespace {

constexpr std::size_t kNumber = 8;

std::vector<std::uint64_t> read_list(ByteView bytes) {
  std::vector<std::uint64_t> list;
  for (; !bytes.empty(); bytes = bytes.subspan(kNumber)) {
    list.push_back(read_be(bytes.first(kNumber)));
  }
  return list;
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t number = 0;
  auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string_view take_word(std::string_view& line) {
  std::size_t space = line.find(' ');
  std::string_view word = line.substr(0, space);
  line.remove_prefix(space == std::string_view::npos ? line.size() : space + 1);
  return word;
}

bool take_hash(std::string_view& line, Hash& to) {
  std::optional<Bytes> bytes = parse_hex(take_word(line));
  if (!bytes || bytes->size() != to.size()) return false;
  std::copy(bytes->begin(), bytes->end(), to.begin());
  return true;
}

}  // namespace

Bytes list_bytes(const Erasure& erasure) {
  Bytes bytes;
  bytes.reserve(erasure.list.size() * kNumber);
  for (std::uint64_t index : erasure.list) append_be(bytes, index, kNumber);
  return bytes;
}

Hash digest_of(const Erasure& erasure) {
  Bytes numbers;
  append_be(numbers, erasure.subject, kNumber);
  append_be(numbers, static_cast<std::uint64_t>(erasure.scope), 1);
  Bytes list = list_bytes(erasure);
  return sha256({as_bytes("erasure-v1"), erasure.salt, erasure.pseudonym, numbers, list});
}

Result<Erasure> read_erasure(const Rows& rows) {
  Erasure erasure;
  erasure.seq = rows.number(0);
  erasure.subject = rows.number(1);
  erasure.scope = static_cast<ErasureScope>(rows.number(3));
  if (rows.bytes(2).size() != sizeof(Hash) || rows.bytes(4).size() != sizeof(Hash) ||
      rows.bytes(5).size() % kNumber != 0) {
    return Error{"store.damaged",
                 fmt::format("credence.db: erasure {}: a column has another length", erasure.seq)};
  }
  std::copy_n(rows.bytes(2).begin(), sizeof(Hash), erasure.pseudonym.begin());
  std::copy_n(rows.bytes(4).begin(), sizeof(Hash), erasure.salt.begin());
  erasure.list = read_list(rows.bytes(5));
  return erasure;
}

std::string to_line(const Erasure& erasure) {
  return fmt::format("{} {} {} {} {} {} {}\n", erasure.seq, erasure.subject,
                     static_cast<std::uint64_t>(erasure.scope), to_hex(erasure.pseudonym),
                     to_hex(erasure.salt), to_hex(list_bytes(erasure)), to_hex(digest_of(erasure)));
}

std::optional<Erasure> parse_erasure_line(std::string_view line) {
  std::optional<std::uint64_t> seq = parse_number(take_word(line));
  std::optional<std::uint64_t> subject = parse_number(take_word(line));
  std::optional<std::uint64_t> scope = parse_number(take_word(line));
  Erasure erasure;
  if (!seq || !subject || !scope || !take_hash(line, erasure.pseudonym) ||
      !take_hash(line, erasure.salt)) {
    return std::nullopt;
  }
  std::optional<Bytes> list = parse_hex(take_word(line));
  if (!list || list->size() % kNumber != 0) return std::nullopt;
  erasure.seq = *seq;
  erasure.subject = *subject;
  erasure.scope = static_cast<ErasureScope>(*scope);
  erasure.list = read_list(*list);
  Hash digest;
  if (!take_hash(line, digest) || !line.empty() || digest != digest_of(erasure)) {
    return std::nullopt;
  }
  return erasure;
}

}  // namespace credence
