#include <credence/base/expects.h>
#include <credence/ledger/ed25519.h>
#include <openssl/evp.h>

#include <memory>

namespace credence {

namespace {

constexpr std::size_t kKeySize = 32;
constexpr std::size_t kSignatureSize = 64;

using KeyPointer = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using ContextPointer = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

KeyPointer private_key(ByteView seed) {
  expects(seed.size() == kKeySize, "ed25519: a seed has 32 bytes");
  KeyPointer key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()),
                 EVP_PKEY_free);
  expects(key != nullptr, "ed25519: OpenSSL has Ed25519");
  return key;
}

}  // namespace

Bytes ed25519_public_key(ByteView seed) {
  KeyPointer key = private_key(seed);
  Bytes bytes(kKeySize);
  std::size_t size = bytes.size();
  expects(EVP_PKEY_get_raw_public_key(key.get(), bytes.data(), &size) == 1 && size == kKeySize,
          "ed25519: a seed has a public key");
  return bytes;
}

Bytes ed25519_sign(ByteView seed, ByteView message) {
  KeyPointer key = private_key(seed);
  ContextPointer context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  Bytes signature(kSignatureSize);
  std::size_t size = signature.size();
  expects(context != nullptr &&
              EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
              EVP_DigestSign(context.get(), signature.data(), &size, message.data(),
                             message.size()) == 1 &&
              size == kSignatureSize,
          "ed25519: signing succeeds");
  return signature;
}

bool ed25519_verify(ByteView key, ByteView message, ByteView signature) {
  if (key.size() != kKeySize || signature.size() != kSignatureSize) return false;
  KeyPointer verifier(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()),
      EVP_PKEY_free);
  ContextPointer context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  if (verifier == nullptr || context == nullptr) return false;
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, verifier.get()) == 1 &&
         EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                          message.size()) == 1;
}

}  // namespace credence
