#include <credence/ledger/proof.h>
#include <doctest/doctest.h>

#include <string>

using namespace credence;

namespace {

struct Example {
  SigningKey key = *SigningKey::from_seed("trust.example/log1", Bytes(32, 4));
  std::vector<VerifierKey> keys = {key.verifier()};
  std::vector<Bytes> entries;
  ProofFile proof;

  Example() {
    Frontier frontier;
    std::vector<Hash> leaves;
    for (Byte i = 0; i < 3; ++i) {
      entries.push_back(Bytes(5, i));
      leaves.push_back(leaf_hash(entries.back()));
      frontier.append(leaves.back());
    }
    proof.index = 2;
    proof.path = {node_hash(leaves[0], leaves[1])};
    proof.checkpoint = key.sign(to_text(Checkpoint{"trust.example/log1", 3, frontier.root()}));
  }
};

std::string code_of(const Result<Checkpoint>& verified) {
  return verified ? "holds" : verified.error().code;
}

}  // namespace

TEST_CASE("proof: what was written is read, byte for byte") {
  Example example;
  std::string text = to_text(example.proof);
  CHECK(text == "c2sp.org/tlog-proof@v1\nindex 2\n" + to_base64(example.proof.path[0]) + "\n\n" +
                    example.proof.checkpoint);
  CHECK(to_text(*parse_proof(text)) == text);
  example.proof.extra = {1, 2};
  example.proof.path.clear();
  text = to_text(example.proof);
  CHECK(text == "c2sp.org/tlog-proof@v1\nextra AQI=\nindex 2\n\n" + example.proof.checkpoint);
  CHECK(to_text(*parse_proof(text)) == text);
}

TEST_CASE("proof: it holds for its entry, index, path and log alone") {
  Example example;
  const ProofFile& good = example.proof;
  CHECK(verify_proof(good, example.entries[2], example.keys)->size == 3);
  CHECK(code_of(verify_proof(good, example.entries[1], example.keys)) == "proof.inclusion");
  ProofFile bad = good;
  bad.index = 1;
  CHECK(code_of(verify_proof(bad, example.entries[2], example.keys)) == "proof.inclusion");
  bad = good;
  bad.path.push_back(Hash{});
  CHECK(code_of(verify_proof(bad, example.entries[2], example.keys)) == "proof.inclusion");
  bad = good;
  bad.checkpoint.pop_back();
  CHECK(code_of(verify_proof(bad, example.entries[2], example.keys)) == "note.malformed");
  CHECK(code_of(verify_proof(good, example.entries[2], {})) == "note.unknown-key");
}

TEST_CASE("proof: a malformed file is refused with its line") {
  Example example;
  std::string head = "c2sp.org/tlog-proof@v1\n";
  std::string hash = to_base64(Hash{}) + "\n";
  struct Bad {
    std::string text;
    std::uint32_t line;
  };
  std::string many_hashes;
  for (int i = 0; i < 64; ++i) many_hashes += hash;
  for (const Bad& bad : std::vector<Bad>{{"", 1},
                                         {"c2sp.org/tlog-proof@v2\nindex 2\n\nx", 1},
                                         {head, 2},
                                         {head + "extra \nindex 2\n\nx", 2},
                                         {head + "extra AQI\nindex 2\n\nx", 2},
                                         {head + "extra AQI=\nextra AQI=\nindex 2\n\nx", 3},
                                         {head + "index 02\n\nx", 2},
                                         {head + "index -1\n\nx", 2},
                                         {head + "index \n\nx", 2},
                                         {head + "index 9223372036854775808\n\nx", 2},
                                         {head + "index 2\nAAAA\n\nx", 3},
                                         {head + "index 2\n" + hash, 4},
                                         {head + "index 2\n" + hash + "\n", 5},
                                         {head + "index 2\n" + many_hashes + "\nx", 66},
                                         {head + "index 2", 2}}) {
    CAPTURE(bad.text);
    auto proof = parse_proof(bad.text);
    REQUIRE(!proof);
    CHECK(proof.error().code == "proof.malformed");
    CHECK(proof.error().where.line == bad.line);
  }
}
