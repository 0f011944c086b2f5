// The low-level SHA-256 functions of OpenSSL are deprecated in favour of EVP, whose set-up costs
// several times a leaf hash. They are the same code underneath; this is the one file that uses
// them.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <credence/base/sha256.h>
#include <openssl/sha.h>

namespace credence {

namespace {

constexpr std::size_t kBlock = 64;

Hash finish(SHA256_CTX& context) {
  Hash hash;
  SHA256_Final(hash.data(), &context);
  return hash;
}

void add(SHA256_CTX& context, std::initializer_list<ByteView> parts) {
  for (ByteView part : parts) SHA256_Update(&context, part.data(), part.size());
}

}  // namespace

Hash sha256(std::initializer_list<ByteView> parts) {
  SHA256_CTX context;
  SHA256_Init(&context);
  add(context, parts);
  return finish(context);
}

Hash hmac_sha256(ByteView key, std::initializer_list<ByteView> parts) {
  Hash short_key;
  if (key.size() > kBlock) {
    short_key = sha256(key);
    key = short_key;
  }
  std::array<Byte, kBlock> inner, outer;
  for (std::size_t i = 0; i < kBlock; ++i) {
    Byte b = i < key.size() ? key[i] : Byte{0};
    inner[i] = static_cast<Byte>(b ^ 0x36);
    outer[i] = static_cast<Byte>(b ^ 0x5c);
  }
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, inner.data(), kBlock);
  add(context, parts);
  Hash hash = finish(context);
  return sha256({outer, hash});
}

}  // namespace credence
