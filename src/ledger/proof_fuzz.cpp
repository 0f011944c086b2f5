#include <credence/ledger/proof.h>

// Any bytes: a proof that is read is written to the same bytes again, and is judged without a
// crash.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace credence;
  static const SigningKey key = *SigningKey::from_seed("a", Bytes(32, 1));
  static const std::vector<VerifierKey> keys = {key.verifier()};
  std::string_view text = as_text({data, size});
  auto proof = parse_proof(text);
  if (!proof) return 0;
  expects(to_text(*proof) == text, "proof: one form");
  expects(!verify_proof(*proof, as_bytes("an entry"), keys), "proof: nobody else has this key");
  return 0;
}
