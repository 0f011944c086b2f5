#include <credence/store/durable_file.h>
#include <credence/store/erasure.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace credence {

namespace {

constexpr std::size_t kNumber = 8;
constexpr std::size_t kMaxJournal = std::size_t{1} << 30;

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

Result<Erasure> read_erasure(const SqlRows& rows) {
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

std::string to_line(const Erasure& erasure, const KeyRing& keys) {
  std::string line = fmt::format(
      "{} {} {} {} {} {}", erasure.seq, erasure.subject, static_cast<std::uint64_t>(erasure.scope),
      to_hex(erasure.pseudonym), to_hex(erasure.salt), to_hex(list_bytes(erasure)));
  return fmt::format("{} {}\n", line, to_hex(keys.erasure_mac(line)));
}

std::optional<Erasure> parse_erasure_line(std::string_view line, const KeyRing& keys) {
  std::size_t end = line.rfind(' ');
  if (end == std::string_view::npos) return std::nullopt;
  std::string_view code = line.substr(end + 1);
  line = line.substr(0, end);
  Hash mac;
  if (!take_hash(code, mac) || !code.empty() || mac != keys.erasure_mac(line)) return std::nullopt;
  std::optional<std::uint64_t> seq = parse_number(take_word(line));
  std::optional<std::uint64_t> subject = parse_number(take_word(line));
  std::optional<std::uint64_t> scope = parse_number(take_word(line));
  Erasure erasure;
  if (!seq || !subject || !scope || !take_hash(line, erasure.pseudonym) ||
      !take_hash(line, erasure.salt)) {
    return std::nullopt;
  }
  std::optional<Bytes> list = parse_hex(take_word(line));
  if (!list || list->size() % kNumber != 0 || !line.empty()) return std::nullopt;
  erasure.seq = *seq;
  erasure.subject = *subject;
  erasure.scope = static_cast<ErasureScope>(*scope);
  erasure.list = read_list(*list);
  return erasure;
}

Result<ErasureFile> read_erasure_file(const std::string& path, const KeyRing& keys) {
  ErasureFile file;
  Result<Bytes> bytes = read_file(path, kMaxJournal);
  if (!bytes && bytes.error().code == "store.missing") return file;
  if (!bytes) return bytes.error();
  std::string_view rest = as_text(*bytes);
  for (std::size_t number = 1; !rest.empty(); ++number) {
    std::size_t end = rest.find('\n');
    bool cut_off = end == std::string_view::npos;
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(cut_off ? rest.size() : end + 1);
    std::optional<Erasure> erasure = parse_erasure_line(line, keys);
    // Only the last line can be torn, by a power cut between the commit and this file's sync: it
    // lacks its end, or blocks that never reached the disk are zeroes in it. Its row is in the
    // table.
    if (rest.empty() && (cut_off || line.find('\0') != std::string_view::npos)) {
      file.torn = true;
    } else if (!erasure) {
      file.foreign.push_back(number);
      continue;
    }
    if (erasure) file.erasures.push_back(std::move(*erasure));
  }
  return file;
}

}  // namespace credence
