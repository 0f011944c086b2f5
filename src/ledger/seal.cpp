#include <credence/ledger/seal.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <limits>
#include <utility>

namespace credence {

namespace {

constexpr std::size_t kNonceSize = sizeof(GcmNonce);
constexpr std::size_t kCommitNonceSize = 32;
constexpr std::size_t kTagSize = 16;
constexpr std::size_t kMaxPlaintext = std::size_t{1} << 30;  // EVP counts in int

void require(int success, std::string_view what) {
  expects(success == 1, what);
}

int length_of(std::size_t size) {
  expects(size <= kMaxPlaintext + kCommitNonceSize, "seal: at most 1 GiB at a time");
  return static_cast<int>(size);
}

Error unreadable(std::string code, std::string message) {
  return {std::move(code),
          std::move(message),
          {},
          "the record was altered, or belongs to another key, leaf or log"};
}

}  // namespace

// Fetching a cipher costs more than sealing a fact, so both directions are set up once.
struct Sealer::State {
  EVP_CIPHER* cipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  EVP_CIPHER_CTX* encrypt = EVP_CIPHER_CTX_new();
  EVP_CIPHER_CTX* decrypt = EVP_CIPHER_CTX_new();
  Bytes associated;

  State() {
    expects(cipher != nullptr && encrypt != nullptr && decrypt != nullptr,
            "seal: OpenSSL has AES-256-GCM");
    require(EVP_EncryptInit_ex2(encrypt, cipher, nullptr, nullptr, nullptr), "seal: encrypt");
    require(EVP_DecryptInit_ex2(decrypt, cipher, nullptr, nullptr, nullptr), "seal: decrypt");
  }
  ~State() {
    EVP_CIPHER_CTX_free(encrypt);
    EVP_CIPHER_CTX_free(decrypt);
    EVP_CIPHER_free(cipher);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void bind(std::string_view origin, const Leaf& leaf) {
    expects(origin.size() <= std::numeric_limits<std::uint16_t>::max(),
            "seal: an origin's length fits 16 bits");
    associated.clear();
    append_be(associated, origin.size(), 2);
    append(associated, as_bytes(origin));
    associated.push_back(static_cast<Byte>(leaf.kind));
    append_be(associated, leaf.schema, 2);
    append(associated, leaf.commitment);
  }

  void begin_encrypt(const Key& key, const GcmNonce& nonce, ByteView context) {
    int written = 0;
    require(EVP_EncryptInit_ex2(encrypt, nullptr, key.data(), nonce.data(), nullptr), "seal: key");
    require(
        EVP_EncryptUpdate(encrypt, nullptr, &written, context.data(), length_of(context.size())),
        "seal: context");
  }
  // Encrypts `from` and appends it.
  void encrypt_to(Bytes& to, ByteView from) {
    if (from.empty()) return;
    std::size_t at = to.size();
    int written = 0;
    to.resize(at + from.size());
    require(
        EVP_EncryptUpdate(encrypt, to.data() + at, &written, from.data(), length_of(from.size())),
        "seal: encrypt");
  }
  void end_encrypt(Bytes& to) {
    std::array<Byte, kTagSize> tag;
    int written = 0;
    require(EVP_EncryptFinal_ex(encrypt, tag.data(), &written), "seal: finish");
    require(EVP_CIPHER_CTX_ctrl(encrypt, EVP_CTRL_AEAD_GET_TAG, kTagSize, tag.data()), "seal: tag");
    append(to, tag);
  }

  // `sealed` is nonce, ciphertext and tag. REQUIRES: it is long enough for nonce and tag.
  void begin_decrypt(const Key& key, ByteView sealed, ByteView context) {
    int written = 0;
    ByteView tag = sealed.last(kTagSize);
    require(EVP_DecryptInit_ex2(decrypt, nullptr, key.data(), sealed.data(), nullptr), "seal: key");
    require(EVP_CIPHER_CTX_ctrl(decrypt, EVP_CTRL_AEAD_SET_TAG, kTagSize,
                                const_cast<Byte*>(tag.data())),
            "seal: tag");
    require(
        EVP_DecryptUpdate(decrypt, nullptr, &written, context.data(), length_of(context.size())),
        "seal: context");
  }
  void decrypt_to(Byte* to, ByteView from) {
    if (from.empty()) return;
    int written = 0;
    require(EVP_DecryptUpdate(decrypt, to, &written, from.data(), length_of(from.size())),
            "seal: decrypt");
  }
  bool end_decrypt() {
    std::array<Byte, kTagSize> none;
    int written = 0;
    return EVP_DecryptFinal_ex(decrypt, none.data(), &written) == 1;
  }
};

Sealer::Sealer() : state_(new State) {}
Sealer::~Sealer() {
  delete state_;
}

Bytes Sealer::seal(const Key& key, std::string_view origin, const Leaf& leaf,
                   const SealRandom& random, std::string_view plaintext) {
  expects(plaintext.size() <= kMaxPlaintext, "seal: at most 1 GiB at a time");
  Bytes record;
  record.reserve(kNonceSize + kCommitNonceSize + plaintext.size() + kTagSize);
  append(record, random.gcm);
  state_->bind(origin, leaf);
  state_->begin_encrypt(key, random.gcm, state_->associated);
  state_->encrypt_to(record, random.nonce);
  state_->encrypt_to(record, as_bytes(plaintext));
  state_->end_encrypt(record);
  return record;
}

Result<std::string> Sealer::open(const Key& key, std::string_view origin, const Leaf& leaf,
                                 ByteView record) {
  auto opened = open_with_nonce(key, origin, leaf, record);
  if (!opened) return opened.error();
  return std::move(opened->plaintext);
}

Result<Sealer::Opened> Sealer::open_with_nonce(const Key& key, std::string_view origin,
                                               const Leaf& leaf, ByteView record) {
  constexpr std::size_t kLeast = kNonceSize + kCommitNonceSize + kTagSize;
  if (record.size() < kLeast || record.size() > kLeast + kMaxPlaintext) {
    return unreadable("seal.size", "the sealed record has an impossible length");
  }
  state_->bind(origin, leaf);
  state_->begin_decrypt(key, record, state_->associated);
  std::array<Byte, kCommitNonceSize> nonce;
  state_->decrypt_to(nonce.data(), record.subspan(kNonceSize, kCommitNonceSize));
  ByteView sealed = record.subspan(kNonceSize + kCommitNonceSize, record.size() - kLeast);
  std::string plaintext(sealed.size(), '\0');
  state_->decrypt_to(reinterpret_cast<Byte*>(plaintext.data()), sealed);
  if (!state_->end_decrypt()) {
    return unreadable("seal.tag", "the sealed record does not open with this key");
  }
  // AES-GCM is not key-committing: another key could open the record to another plaintext. The
  // leaf's commitment forbids it.
  if (payload_commitment(nonce, plaintext) != leaf.commitment) {
    return unreadable("seal.commitment", "the plaintext is not the one that the leaf commits to");
  }
  return Opened{nonce, std::move(plaintext)};
}

Bytes Sealer::wrap(const Key& kek, const GcmNonce& nonce, ByteView keys, ByteView context) {
  Bytes wrapped;
  wrapped.reserve(kNonceSize + keys.size() + kTagSize);
  append(wrapped, nonce);
  state_->begin_encrypt(kek, nonce, context);
  state_->encrypt_to(wrapped, keys);
  state_->end_encrypt(wrapped);
  return wrapped;
}

Result<Bytes> Sealer::unwrap(const Key& kek, ByteView wrapped, ByteView context) {
  constexpr std::size_t kLeast = kNonceSize + kTagSize;
  if (wrapped.size() < kLeast || wrapped.size() > kLeast + kMaxPlaintext) {
    return unreadable("seal.size", "the wrapped key has an impossible length");
  }
  state_->begin_decrypt(kek, wrapped, context);
  ByteView sealed = wrapped.subspan(kNonceSize, wrapped.size() - kLeast);
  Bytes keys(sealed.size());
  state_->decrypt_to(keys.data(), sealed);
  if (!state_->end_decrypt()) {
    OPENSSL_cleanse(keys.data(), keys.size());
    return unreadable("seal.tag", "the wrapped key does not open under this epoch and context");
  }
  return keys;
}

}  // namespace credence
