#include <credence/ledger/ed25519.h>
#include <credence/ledger/merkle.h>
#include <credence/ledger/note.h>
#include <doctest/doctest.h>

#include <string>

using namespace credence;

namespace {

constexpr std::string_view kVkey =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
constexpr std::string_view kVectorText = "This is an example message.\n";
constexpr std::string_view kVectorLine =
    "\u2014 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
    "\n";

SigningKey key_of(std::string name, Byte fill) {
  return *SigningKey::from_seed(std::move(name), Bytes(32, fill));
}

std::string line_of(std::string_view note) {
  return std::string{note.substr(note.rfind("\n\n") + 2)};
}

// A cosignature line as a witness makes it, and the witness's key.
struct Witness {
  std::string name = "witness.example/w1";
  Bytes seed = Bytes(32, 0x77);
  VerifierKey key() const { return {name, 0x04, ed25519_public_key(seed)}; }
  std::string cosign(std::string_view text, std::uint64_t time) const {
    std::string message = "cosignature/v1\ntime " + std::to_string(time) + "\n" + std::string{text};
    Bytes bytes;
    append_be(bytes, key().id(), 4);
    append_be(bytes, time, 8);
    append(bytes, ed25519_sign(seed, as_bytes(message)));
    return "\u2014 " + name + " " + to_base64(bytes) + "\n";
  }
};

std::string code_of(const Result<OpenedNote>& opened) {
  return opened ? "opened" : opened.error().code;
}
std::string code_of(const Result<Checkpoint>& opened) {
  return opened ? "opened" : opened.error().code;
}
std::string code_of(const Result<VerifierKey>& key) {
  return key ? "read" : key.error().code;
}

Checkpoint some_checkpoint() {
  return {"trust.example/log1", 7, sha256("root")};
}

}  // namespace

TEST_CASE("vkey: the published key is read and written") {
  auto key = parse_vkey(kVkey);
  REQUIRE(key);
  CHECK(key->name == "example.com/foo");
  CHECK(key->id() == 0x530d903a);
  CHECK(key->type == 0x01);
  CHECK(to_text(*key) == kVkey);
}

TEST_CASE("vkey: a malformed key is refused") {
  std::string good{kVkey};
  CHECK(code_of(parse_vkey("")) == "vkey.shape");
  CHECK(code_of(parse_vkey("example.com/foo+530d903a")) == "vkey.shape");
  CHECK(code_of(parse_vkey("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")) ==
        "vkey.name");
  CHECK(code_of(parse_vkey("a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")) ==
        "vkey.name");
  CHECK(code_of(parse_vkey("bar" + good)) == "vkey.id");
  good[16] = '6';
  CHECK(code_of(parse_vkey(good)) == "vkey.id");
  std::string key{kVkey.substr(kVkey.rfind('+') + 1)};
  CHECK(code_of(parse_vkey("example.com/foo+530D903A+" + key)) == "vkey.id");
  key.pop_back();
  CHECK(code_of(parse_vkey("example.com/foo+530d903a+" + key)) == "vkey.shape");
  CHECK(code_of(parse_vkey("a+00000000+")) == "vkey.shape");
  CHECK(code_of(parse_vkey("a+00000000+AQ==")) == "vkey.shape");
  CHECK(code_of(parse_vkey("a+00000000+Bg==")) == "vkey.type");
}

TEST_CASE("vkey: names have no Unicode spaces, pluses or control characters") {
  Bytes seed(32, 1);
  for (std::string name : {"", "a b", "a+b", "a\tb", "a\nb", "a\u00a0b", "a\u2003b", "a\u3000b",
                           "a\u0085", "\u2028", "\xff"}) {
    CAPTURE(name);
    CHECK(!SigningKey::from_seed(name, seed));
  }
  CHECK(SigningKey::from_seed("cr\u00e9dence.example/\u65e5\u672c", seed));
  CHECK(!SigningKey::from_seed("a", Bytes(31, 1)));
}

TEST_CASE("note: the published note is opened") {
  std::vector<VerifierKey> keys = {*parse_vkey(kVkey)};
  auto opened = open_note(std::string{kVectorText} + "\n" + std::string{kVectorLine}, keys);
  REQUIRE(opened);
  CHECK(opened->text == kVectorText);
  CHECK(opened->verified == std::vector<std::string>{"example.com/foo"});
}

TEST_CASE("note: signing is deterministic and what was signed is opened") {
  SigningKey key = key_of("trust.example/log1", 3);
  // RFC 8032, 7.1, test 1.
  auto seed = *parse_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  CHECK(to_hex(SigningKey::from_seed("a", seed)->verifier().key) ==
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  std::string text = "one\n\ntwo\n";
  CHECK(key.sign(text) == key.sign(text));
  std::vector<VerifierKey> keys = {key.verifier()};
  CHECK(open_note(key.sign(text), keys)->text == text);
}

TEST_CASE("note: no altered bit is opened as a note of this key") {
  SigningKey key = key_of("a", 3);
  std::vector<VerifierKey> keys = {key.verifier()};
  std::string note = key.sign("text\n");
  for (std::size_t bit = 0; bit < note.size() * 8; ++bit) {
    std::string altered = note;
    altered[bit / 8] = static_cast<char>(altered[bit / 8] ^ (1 << (bit % 8)));
    CHECK(!open_note(altered, keys));
  }
  for (std::size_t size = 0; size < note.size(); ++size) {
    CHECK(!open_note(note.substr(0, size), keys));
  }
}

TEST_CASE("note: unknown keys are ignored, but somebody known must have signed") {
  SigningKey known = key_of("known", 1), unknown = key_of("unknown", 2);
  SigningKey impostor = key_of("known", 2);
  std::string text = "text\n";
  std::string both = unknown.sign(text) + line_of(impostor.sign(text)) + line_of(known.sign(text));
  std::vector<VerifierKey> keys = {known.verifier()};
  CHECK(open_note(both, keys)->verified == std::vector<std::string>{"known"});
  CHECK(code_of(open_note(unknown.sign(text), keys)) == "note.unknown-key");
  CHECK(code_of(open_note(impostor.sign(text), keys)) == "note.unknown-key");
  CHECK(code_of(open_note(known.sign(text), {})) == "note.unknown-key");
}

TEST_CASE("note: a known key that fails refuses the whole note") {
  SigningKey first = key_of("first", 1), second = key_of("second", 2);
  std::vector<VerifierKey> keys = {first.verifier(), second.verifier()};
  std::string note = first.sign("text\n") + line_of(second.sign("another text\n"));
  CHECK(code_of(open_note(note, keys)) == "note.signature");
}

TEST_CASE("note: a key signs once") {
  SigningKey key = key_of("a", 1);
  std::vector<VerifierKey> keys = {key.verifier()};
  std::string note = key.sign("text\n");
  CHECK(code_of(open_note(note + line_of(note), keys)) == "note.duplicate");
}

TEST_CASE("note: a hundred signature lines are read and no more") {
  SigningKey key = key_of("a", 1);
  std::vector<VerifierKey> keys = {key.verifier()};
  std::string note = key.sign("text\n");
  for (Byte i = 2; i <= 100; ++i) {
    note += line_of(key_of("b" + std::to_string(i), i).sign("text\n"));
  }
  CHECK(code_of(open_note(note, keys)) == "opened");
  note += line_of(key_of("c", 101).sign("text\n"));
  CHECK(code_of(open_note(note, keys)) == "note.malformed");
}

TEST_CASE("note: the form is strict") {
  SigningKey key = key_of("a", 1);
  std::vector<VerifierKey> keys = {key.verifier()};
  std::string good = key.sign("text\n"), line = line_of(good);
  std::vector<std::string> bad = {"",
                                  "\n",
                                  "\n\n",
                                  "text\n",
                                  "text\n\n",
                                  "text\n" + line,
                                  "text\n\n" + line + "\n",
                                  "text\n\n" + line.substr(0, line.size() - 1),
                                  "text\r\n\n" + line,
                                  "te\txt\n\n" + line,
                                  "text\n\n-" + line.substr(3),
                                  "text\n\n" + line + "junk\n",
                                  "text\n\n\u2014 a AAAA\n" + line,
                                  "text\n\n\u2014 a  " + line.substr(6),
                                  "text\n\n\u2014 a\n" + line,
                                  "\xff\n\n" + line,
                                  "text\n\n\u2014  " + line.substr(6),
                                  "text\n\n\u2014 a+b " + line.substr(6)};
  for (const std::string& note : bad) {
    CAPTURE(note);
    CHECK(code_of(open_note(note, keys)) == "note.malformed");
  }
  CHECK(code_of(open_note(std::string(2'000'000, 'x') + good, keys)) == "note.malformed");
}

TEST_CASE("checkpoint: three lines, further lines are ignored") {
  Checkpoint checkpoint = some_checkpoint();
  std::string text = to_text(checkpoint);
  CHECK(text == "trust.example/log1\n7\n" + to_base64(checkpoint.root) + "\n");
  CHECK(*parse_checkpoint(text) == checkpoint);
  CHECK(*parse_checkpoint(text + "extension\n") == checkpoint);
  CHECK(*parse_checkpoint("a\n0\n" + to_base64(empty_root()) + "\n") ==
        Checkpoint{"a", 0, empty_root()});
}

TEST_CASE("checkpoint: the form is strict") {
  std::string root = to_base64(sha256("root"));
  for (std::string text :
       {std::string{}, std::string{"\n"}, std::string{"a\n7\n"}, "a\n7\n" + root,
        "\n7\n" + root + "\n", "a\n07\n" + root + "\n", "a\n-7\n" + root + "\n",
        "a\n+7\n" + root + "\n", "a\n7 \n" + root + "\n", "a\n\n" + root + "\n",
        "a\n9223372036854775808\n" + root + "\n", "a\n7\n" + root.substr(4) + "\n",
        "a\n7\n" + root + "\n\n", "a\n7\n" + root + "\n\nx\n", "a\n0\n" + root + "\n",
        "a\n7\n" + root + "=\n", "a\r\n7\n" + root + "\n"}) {
    CAPTURE(text);
    CHECK(code_of(parse_checkpoint(text)) == "note.checkpoint");
  }
}

TEST_CASE("checkpoint: only the log itself speaks for its origin") {
  SigningKey log = key_of("trust.example/log1", 1), other = key_of("trust.example/log2", 2);
  std::vector<VerifierKey> keys = {log.verifier(), other.verifier()};
  std::string text = to_text(some_checkpoint());
  CHECK(*open_checkpoint(log.sign(text), keys) == some_checkpoint());
  CHECK(code_of(open_checkpoint(other.sign(text), keys)) == "note.origin");
  CHECK(code_of(open_checkpoint(log.sign("trust.example/log1\n"), keys)) == "note.checkpoint");
}

TEST_CASE("cosignature: a witness's timestamped signature is verified") {
  SigningKey log = key_of("trust.example/log1", 1);
  Witness witness;
  std::vector<VerifierKey> keys = {log.verifier(), witness.key()};
  std::string text = to_text(some_checkpoint());
  std::string note = log.sign(text) + witness.cosign(text, 1679315147);
  CHECK(open_note(note, keys)->verified ==
        std::vector<std::string>{"trust.example/log1", "witness.example/w1"});
  CHECK(code_of(open_checkpoint(note, keys)) == "opened");
  CHECK(parse_vkey(to_text(witness.key()))->id() == witness.key().id());
}

TEST_CASE("cosignature: another time, text or bare signature refuses the note") {
  SigningKey log = key_of("trust.example/log1", 1);
  Witness witness;
  std::vector<VerifierKey> keys = {log.verifier(), witness.key()};
  std::string text = to_text(some_checkpoint());
  std::string line = witness.cosign(text, 1679315147);
  std::size_t payload = line.rfind(' ') + 1;
  Bytes bytes = *parse_base64(line.substr(payload, line.size() - payload - 1));
  CHECK(to_hex(ByteView{bytes}.subspan(4, 8)) == "00000000641850cb");
  bytes[11] ^= 1;
  std::string altered = line.substr(0, payload) + to_base64(bytes) + "\n";
  CHECK(code_of(open_checkpoint(log.sign(text) + altered, keys)) == "note.signature");
  Checkpoint other{"trust.example/log1", 8, sha256("r")};
  std::string elsewhere = witness.cosign(to_text(other), 1);
  CHECK(code_of(open_checkpoint(log.sign(text) + elsewhere, keys)) == "note.signature");
  Bytes bare;
  append_be(bare, witness.key().id(), 4);
  append(bare, ed25519_sign(witness.seed, as_bytes(text)));
  std::string untimed = "\u2014 " + witness.name + " " + to_base64(bare) + "\n";
  CHECK(code_of(open_checkpoint(log.sign(text) + untimed, keys)) == "note.signature");
  // A witness whose name is the origin is still no log.
  witness.name = "trust.example/log1";
  std::vector<VerifierKey> only_witness = {witness.key()};
  CHECK(code_of(open_checkpoint(text + "\n" + witness.cosign(text, 1), only_witness)) ==
        "note.origin");
}
