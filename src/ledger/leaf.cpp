#include <credence/ledger/leaf.h>
#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace credence {

namespace {

constexpr Byte kVersion = 1;
constexpr std::size_t kFixedPart = 81;
constexpr std::size_t kMaxRefs = 32;
constexpr std::size_t kRefSize = 8;

Error refused(std::string code, std::string message, std::string help) {
  return {std::move(code), std::move(message), {}, std::move(help)};
}

bool is_kind(Byte value) {
  return value >= static_cast<Byte>(FactKind::programme_published) &&
         value <= static_cast<Byte>(FactKind::key_rotated);
}

bool strictly_ascending(const std::vector<std::uint64_t>& refs) {
  for (std::size_t i = 1; i < refs.size(); ++i) {
    if (refs[i - 1] >= refs[i]) return false;
  }
  return true;
}

template <std::size_t Size>
std::array<Byte, Size> copy_of(ByteView from) {
  std::array<Byte, Size> bytes;
  std::copy_n(from.begin(), Size, bytes.begin());
  return bytes;
}

Result<Done> check_head(ByteView entry) {
  if (entry.size() > kMaxEntry) {
    return refused("leaf.size", fmt::format("the entry has {} bytes", entry.size()),
                   fmt::format("an entry has at most {} bytes", kMaxEntry));
  }
  if (entry.size() < kFixedPart) {
    return refused("leaf.short", fmt::format("the entry has only {} bytes", entry.size()),
                   fmt::format("an entry has at least {} bytes", kFixedPart));
  }
  if (entry[0] != kVersion) {
    return refused("leaf.version", fmt::format("unknown version {} of a leaf", entry[0]),
                   "this programme reads version 1");
  }
  if (!is_kind(entry[1])) {
    return refused("leaf.kind", fmt::format("unknown kind of fact {}", entry[1]),
                   "kinds are 1 to 16");
  }
  return Done{};
}

Result<std::vector<std::uint64_t>> read_refs(std::size_t count, ByteView from) {
  if (count > kMaxRefs) {
    return refused("leaf.refs", fmt::format("{} references in one leaf", count),
                   fmt::format("a leaf has at most {} references", kMaxRefs));
  }
  if (from.size() < count * kRefSize) {
    return refused("leaf.short", fmt::format("the entry ends within its {} references", count),
                   "the entry was cut off");
  }
  if (from.size() > count * kRefSize) {
    return refused("leaf.trailing",
                   fmt::format("{} bytes after the last reference", from.size() - count * kRefSize),
                   "nothing may follow the references");
  }
  std::vector<std::uint64_t> refs;
  refs.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    refs.push_back(read_be(from.subspan(i * kRefSize, kRefSize)));
  }
  if (!strictly_ascending(refs)) {
    return refused("leaf.refs", "the references are not strictly ascending",
                   "references rise and none is repeated");
  }
  return refs;
}

}  // namespace

Bytes encode(const Leaf& leaf) {
  expects(leaf.day >= 0, "encode(Leaf): the day is not before 1970");
  expects(leaf.refs.size() <= kMaxRefs && strictly_ascending(leaf.refs),
          "encode(Leaf): at most 32 references, strictly ascending");
  Bytes entry;
  entry.reserve(kFixedPart + leaf.refs.size() * kRefSize);
  entry.push_back(kVersion);
  entry.push_back(static_cast<Byte>(leaf.kind));
  append_be(entry, leaf.schema, 2);
  append_be(entry, static_cast<std::uint64_t>(leaf.day), 4);
  append(entry, leaf.issuer);
  append(entry, leaf.subject_tag);
  append(entry, leaf.commitment);
  entry.push_back(static_cast<Byte>(leaf.refs.size()));
  for (std::uint64_t ref : leaf.refs) append_be(entry, ref, 8);
  return entry;
}

Result<Leaf> decode_leaf(ByteView entry) {
  auto head = check_head(entry);
  if (!head) return head.error();
  std::uint64_t day = read_be(entry.subspan(4, 4));
  if (day > static_cast<std::uint64_t>(std::numeric_limits<int>::max())) {
    return refused("leaf.day", fmt::format("day number {} is out of range", day),
                   "days count from 1970-01-01");
  }
  auto refs = read_refs(entry[kFixedPart - 1], entry.subspan(kFixedPart));
  if (!refs) return refs.error();
  Leaf leaf;
  leaf.kind = static_cast<FactKind>(entry[1]);
  leaf.schema = static_cast<std::uint16_t>(read_be(entry.subspan(2, 2)));
  leaf.day = static_cast<int>(day);
  leaf.issuer = copy_of<8>(entry.subspan(8));
  leaf.subject_tag = copy_of<32>(entry.subspan(16));
  leaf.commitment = copy_of<32>(entry.subspan(48));
  leaf.refs = *std::move(refs);
  return leaf;
}

Hash payload_commitment(ByteView nonce, std::string_view plaintext) {
  expects(nonce.size() == 32, "payload_commitment: the nonce has 32 bytes");
  return sha256({as_bytes("fact-v1"), nonce, as_bytes(plaintext)});
}

Hash subject_tag(ByteView subject_key, std::uint64_t counter) {
  expects(counter > 0, "subject_tag: counters begin at 1");
  std::array<Byte, 8> number;
  for (std::size_t i = 0; i < number.size(); ++i) {
    number[i] = static_cast<Byte>(counter >> (56 - 8 * i));
  }
  return hmac_sha256(subject_key, {as_bytes("subject-tag-v1"), number});
}

}  // namespace credence
