#include <credence/ledger/seal.h>
#include <doctest/doctest.h>

#include <string>

using namespace credence;

namespace {

constexpr std::string_view kOrigin = "trust.example/log1";
const std::string kPlaintext = R"({"income":1})";

Key some_key(Byte fill) {
  Key key;
  key.fill(fill);
  return key;
}

SealRandom some_random() {
  SealRandom random;
  random.nonce.fill(7);
  random.gcm.fill(9);
  return random;
}

Leaf leaf_for(std::string_view plaintext) {
  Leaf leaf;
  leaf.schema = 7;
  leaf.commitment = payload_commitment(some_random().nonce, plaintext);
  return leaf;
}

std::string code_of(const Result<std::string>& opened) {
  return opened ? "opened" : opened.error().code;
}

}  // namespace

TEST_CASE("seal: the record is nonce, ciphertext and tag, and opens to the plaintext") {
  Sealer sealer;
  Leaf leaf = leaf_for(kPlaintext);
  Bytes record = sealer.seal(some_key(1), kOrigin, leaf, some_random(), kPlaintext);
  CHECK(record.size() == 12 + 32 + kPlaintext.size() + 16);
  CHECK(to_hex(ByteView{record}.first(12)) == "090909090909090909090909");
  CHECK(as_text(record).find("income") == std::string_view::npos);
  auto opened = sealer.open(some_key(1), kOrigin, leaf, record);
  REQUIRE(opened);
  CHECK(*opened == kPlaintext);
}

TEST_CASE("seal: AES-256-GCM is the published one") {
  // GCM specification (McGrew and Viega), test cases 13 and 14: the zero key and nonce.
  Sealer sealer;
  CHECK(to_hex(sealer.wrap(Key{}, GcmNonce{}, {}, {})) ==
        "000000000000000000000000530f8afbc74536b9a963b4f1c4cb738b");
  CHECK(to_hex(sealer.wrap(Key{}, GcmNonce{}, Bytes(16), {})) ==
        "000000000000000000000000cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
}

TEST_CASE("seal: an empty and a large plaintext survive, one sealer serves many keys") {
  Sealer sealer;
  for (std::size_t size : {0U, 1U, 15U, 16U, 17U, 100'000U}) {
    std::string plaintext(size, 'x');
    Leaf leaf = leaf_for(plaintext);
    Key key = some_key(static_cast<Byte>(size));
    Bytes record = sealer.seal(key, kOrigin, leaf, some_random(), plaintext);
    CHECK(*sealer.open(key, kOrigin, leaf, record) == plaintext);
  }
}

TEST_CASE("seal: no altered bit of a record is opened, and the sealer goes on after it") {
  Sealer sealer;
  Leaf leaf = leaf_for(kPlaintext);
  Bytes record = sealer.seal(some_key(1), kOrigin, leaf, some_random(), kPlaintext);
  for (std::size_t bit = 0; bit < record.size() * 8; ++bit) {
    Bytes altered = record;
    altered[bit / 8] ^= static_cast<Byte>(1 << (bit % 8));
    CHECK(code_of(sealer.open(some_key(1), kOrigin, leaf, altered)) == "seal.tag");
  }
  for (std::size_t size = 0; size < record.size(); ++size) {
    Bytes cut(record.begin(), record.begin() + static_cast<std::ptrdiff_t>(size));
    CHECK(!sealer.open(some_key(1), kOrigin, leaf, cut));
  }
  CHECK(sealer.open(some_key(1), kOrigin, leaf, record));
}

TEST_CASE("seal: a record belongs to its key, log, kind, schema and commitment") {
  Sealer sealer;
  Leaf leaf = leaf_for(kPlaintext);
  Bytes record = sealer.seal(some_key(1), kOrigin, leaf, some_random(), kPlaintext);
  CHECK(code_of(sealer.open(some_key(2), kOrigin, leaf, record)) == "seal.tag");
  CHECK(code_of(sealer.open(some_key(1), "trust.example/log2", leaf, record)) == "seal.tag");
  Leaf other = leaf;
  other.kind = FactKind::score_issued;
  CHECK(code_of(sealer.open(some_key(1), kOrigin, other, record)) == "seal.tag");
  other = leaf;
  other.schema = 8;
  CHECK(code_of(sealer.open(some_key(1), kOrigin, other, record)) == "seal.tag");
  other = leaf;
  other.commitment[0] ^= 1;
  CHECK(code_of(sealer.open(some_key(1), kOrigin, other, record)) == "seal.tag");
}

TEST_CASE("seal: a plaintext that the leaf does not commit to is refused although its tag holds") {
  Sealer sealer;
  Leaf leaf = leaf_for(kPlaintext);
  Bytes record = sealer.seal(some_key(1), kOrigin, leaf, some_random(), R"({"income":9})");
  CHECK(code_of(sealer.open(some_key(1), kOrigin, leaf, record)) == "seal.commitment");
}

TEST_CASE("wrap: keys come back only under their own epoch and context") {
  Sealer sealer;
  Bytes keys(64, 5);
  GcmNonce nonce = {1};
  Bytes wrapped = sealer.wrap(some_key(1), nonce, keys, as_bytes("person 1, epoch 3"));
  auto unwrapped = sealer.unwrap(some_key(1), wrapped, as_bytes("person 1, epoch 3"));
  REQUIRE(unwrapped);
  CHECK(*unwrapped == keys);
  CHECK(sealer.unwrap(some_key(1), wrapped, as_bytes("person 2, epoch 3")).error().code ==
        "seal.tag");
  CHECK(sealer.unwrap(some_key(2), wrapped, as_bytes("person 1, epoch 3")).error().code ==
        "seal.tag");
  CHECK(sealer.unwrap(some_key(1), ByteView{wrapped}.first(27), {}).error().code == "seal.size");
  wrapped.back() ^= 1;
  CHECK(!sealer.unwrap(some_key(1), wrapped, as_bytes("person 1, epoch 3")));
}
