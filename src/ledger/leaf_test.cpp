#include <credence/ledger/leaf.h>
#include <credence/ledger/merkle.h>
#include <doctest/doctest.h>

#include <numeric>

using namespace credence;

namespace {

Bytes counting(Byte first) {
  Bytes bytes(32);
  std::iota(bytes.begin(), bytes.end(), first);
  return bytes;
}

Leaf example() {
  Leaf leaf;
  leaf.kind = FactKind::programme_published;
  leaf.schema = 7;
  leaf.day = 20000;
  leaf.issuer = {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77};
  leaf.subject_tag = subject_tag(counting(0x20), 1);
  leaf.commitment = payload_commitment(counting(0x00), R"({"income":1})");
  return leaf;
}

std::string code_of(const Bytes& entry) {
  auto leaf = decode_leaf(entry);
  return leaf ? "accepted" : leaf.error().code;
}

}  // namespace

TEST_CASE("leaf: commitment, tag, bytes and hash are the published ones") {
  Leaf leaf = example();
  CHECK(to_hex(leaf.commitment) ==
        "5b0fd7ff6c16bb09d0ac98d97fb3cbf04ff4c215d88ba6b4f16653a8c91c5307");
  CHECK(to_hex(leaf.subject_tag) ==
        "a2ff5ca2ff8e58555726c0984c1ef2619887d2cd32c1025e274152f62f6a5bfb");
  Bytes entry = encode(leaf);
  CHECK(entry.size() == 81);
  CHECK(to_hex(ByteView{entry}.first(16)) == "0101000700004e200011223344556677");
  CHECK(to_hex(leaf_hash(entry)) ==
        "20a73dfaf8b9cbf5902b7e443e8b26d011216db833f98a72091ab65510fd6ce6");
}

TEST_CASE("leaf: what was encoded is decoded, for every kind and number of references") {
  for (int kind = 1; kind <= 16; ++kind) {
    for (std::size_t count : {0U, 1U, 2U, 31U, 32U}) {
      Leaf leaf = example();
      leaf.kind = static_cast<FactKind>(kind);
      for (std::size_t i = 0; i < count; ++i) leaf.refs.push_back(i * 0x0102030405060708U);
      auto decoded = decode_leaf(encode(leaf));
      REQUIRE(decoded);
      CHECK(*decoded == leaf);
    }
  }
}

TEST_CASE("leaf: an altered entry is refused or is another leaf") {
  Leaf leaf = example();
  leaf.refs = {5, 9};
  Bytes entry = encode(leaf);
  for (std::size_t bit = 0; bit < entry.size() * 8; ++bit) {
    Bytes altered = entry;
    altered[bit / 8] ^= static_cast<Byte>(1 << (bit % 8));
    auto decoded = decode_leaf(altered);
    if (decoded) {
      CHECK(*decoded != leaf);
      CHECK(encode(*decoded) == altered);
    }
  }
}

TEST_CASE("leaf: unknown versions, kinds and days are refused") {
  Bytes entry = encode(example());
  for (int version : {0, 2, 255}) {
    entry[0] = static_cast<Byte>(version);
    CHECK(code_of(entry) == "leaf.version");
  }
  entry[0] = 1;
  for (int kind : {0, 17, 255}) {
    entry[1] = static_cast<Byte>(kind);
    CHECK(code_of(entry) == "leaf.kind");
  }
  entry[1] = 1;
  entry[4] = 0x80;
  CHECK(code_of(entry) == "leaf.day");
}

TEST_CASE("leaf: every bit of the entry is accounted for") {
  Leaf leaf = example();
  leaf.refs = {5, 9};
  Bytes entry = encode(leaf);
  for (std::size_t size = 0; size < entry.size(); ++size) {
    CHECK(code_of(Bytes(entry.begin(), entry.begin() + static_cast<std::ptrdiff_t>(size))) ==
          "leaf.short");
  }
  Bytes longer = entry;
  longer.push_back(0);
  CHECK(code_of(longer) == "leaf.trailing");
  longer.resize(1024);
  CHECK(code_of(longer) == "leaf.trailing");
  longer.resize(1025);
  CHECK(code_of(longer) == "leaf.size");
}

TEST_CASE("leaf: references rise and none is repeated") {
  Leaf leaf = example();
  leaf.refs = {5, 9};
  Bytes entry = encode(leaf);
  entry[88] = 9;
  CHECK(code_of(entry) == "leaf.refs");
  entry[88] = 10;
  CHECK(code_of(entry) == "leaf.refs");
  leaf.refs.clear();
  for (std::uint64_t i = 0; i < 32; ++i) leaf.refs.push_back(i);
  entry = encode(leaf);
  entry[80] = 33;
  append_be(entry, 99, 8);
  CHECK(code_of(entry) == "leaf.refs");
}

TEST_CASE("subject tag: each fact of a person has another tag") {
  CHECK(subject_tag(counting(0), 1) != subject_tag(counting(0), 2));
  CHECK(subject_tag(counting(0), 1) != subject_tag(counting(1), 1));
}
