#include <credence/base/text.h>
#include <credence/ledger/ed25519.h>
#include <credence/ledger/index_text.h>
#include <credence/ledger/merkle.h>
#include <credence/ledger/note.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace credence {

namespace {

constexpr Byte kEd25519 = 0x01;
constexpr Byte kCosignature = 0x04;
constexpr std::size_t kKeySize = 32;
constexpr std::size_t kIdSize = 4;
constexpr std::size_t kTimeSize = 8;
constexpr std::size_t kSignatureSize = 64;
constexpr std::size_t kMaxSignatures = 100;
constexpr std::size_t kMaxNote = 1'000'000;
constexpr std::string_view kLinePrefix = "\u2014 ";

Error refused(std::string code, std::string message, std::string help = {}) {
  return {std::move(code), std::move(message), {}, std::move(help)};
}

Error malformed(std::string message) {
  return refused("note.malformed", std::move(message), "a note is text, an empty line, signatures");
}

// White space of Unicode (property White_Space) beyond ASCII, in UTF-8.
constexpr std::array<std::string_view, 19> kWideSpaces = {
    "\u0085", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
    "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200a",
    "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};

bool is_key_name(std::string_view name) {
  if (name.empty() || !is_utf8(name)) return false;
  for (char c : name) {
    if (c == '+' || static_cast<unsigned char>(c) <= ' ') return false;
  }
  return std::none_of(kWideSpaces.begin(), kWideSpaces.end(), [name](std::string_view space) {
    return name.find(space) != std::string_view::npos;
  });
}

bool is_note_text(std::string_view text) {
  if (text.size() > kMaxNote || !is_utf8(text)) return false;
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < ' ' && c != '\n'; });
}

struct SignatureLine {
  std::string_view name;
  std::uint32_t id = 0;
  Bytes signature;  // after the id
};

// `line` is without its newline.
std::optional<SignatureLine> parse_line(std::string_view line) {
  if (!line.starts_with(kLinePrefix)) return std::nullopt;
  line.remove_prefix(kLinePrefix.size());
  std::size_t space = line.find(' ');
  if (space == std::string_view::npos || !is_key_name(line.substr(0, space))) return std::nullopt;
  auto bytes = parse_base64(line.substr(space + 1));
  if (!bytes || bytes->size() <= kIdSize) return std::nullopt;
  SignatureLine parsed;
  parsed.name = line.substr(0, space);
  parsed.id = static_cast<std::uint32_t>(read_be(ByteView{*bytes}.first(kIdSize)));
  parsed.signature.assign(bytes->begin() + kIdSize, bytes->end());
  return parsed;
}

bool holds(const VerifierKey& key, std::string_view text, ByteView signature) {
  if (key.type == kEd25519) {
    return signature.size() == kSignatureSize && ed25519_verify(key.key, as_bytes(text), signature);
  }
  if (key.type != kCosignature || signature.size() != kTimeSize + kSignatureSize) return false;
  std::string message =
      fmt::format("cosignature/v1\ntime {}\n{}", read_be(signature.first(kTimeSize)), text);
  return ed25519_verify(key.key, as_bytes(message), signature.subspan(kTimeSize));
}

struct SplitNote {
  std::string_view text;
  std::vector<SignatureLine> lines;
};

Result<SplitNote> split_note(std::string_view note) {
  if (!is_note_text(note)) {
    return malformed("the note is too long, not UTF-8, or has control characters");
  }
  std::size_t gap = note.rfind("\n\n");
  if (gap == std::string_view::npos) return malformed("the note has no empty line");
  SplitNote split;
  split.text = note.substr(0, gap + 1);
  std::string_view rest = note.substr(gap + 2);
  if (rest.empty()) return malformed("the note has no signature");
  if (!rest.ends_with('\n')) return malformed("the last signature line has no end");
  while (!rest.empty()) {
    std::size_t end = rest.find('\n');
    auto line = parse_line(rest.substr(0, end));
    rest.remove_prefix(end + 1);
    if (!line) return malformed("a line after the empty line is no signature line");
    if (split.lines.size() == kMaxSignatures) return malformed("more than 100 signature lines");
    split.lines.push_back(*std::move(line));
  }
  return split;
}

struct Verified {
  std::string_view text;
  std::vector<const VerifierKey*> keys;
};

Result<Verified> verify(std::string_view note, std::span<const VerifierKey> known) {
  auto split = split_note(note);
  if (!split) return split.error();
  Verified verified{split->text, {}};
  for (const SignatureLine& line : split->lines) {
    auto key = std::find_if(known.begin(), known.end(), [&line](const VerifierKey& candidate) {
      return candidate.name == line.name && candidate.id() == line.id;
    });
    if (key == known.end()) continue;
    if (std::find(verified.keys.begin(), verified.keys.end(), &*key) != verified.keys.end()) {
      return refused("note.duplicate", fmt::format("two signatures by the key of `{}`", line.name),
                     "each key signs once");
    }
    if (!holds(*key, verified.text, line.signature)) {
      return refused("note.signature",
                     fmt::format("the signature of `{}` does not hold", line.name),
                     "text or signature were altered");
    }
    verified.keys.push_back(&*key);
  }
  if (verified.keys.empty()) {
    return refused("note.unknown-key", "no signature is by a known key",
                   "give the verifier key of the log");
  }
  return verified;
}

std::string_view take_line(std::string_view& text) {
  std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

Error bad_checkpoint(std::string message) {
  return refused("note.checkpoint", std::move(message), "a checkpoint is origin, size and root");
}

}  // namespace

std::uint32_t VerifierKey::id() const {
  std::array<Byte, 2> separator = {'\n', type};
  return static_cast<std::uint32_t>(
      read_be(ByteView{sha256({as_bytes(name), separator, key})}.first(kIdSize)));
}

Result<VerifierKey> parse_vkey(std::string_view text) {
  std::size_t first = text.find('+');
  std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) {
    return refused("vkey.shape", "a verifier key is name+id+key", "copy the whole line");
  }
  std::string_view hex = text.substr(first + 1, second - first - 1);
  auto bytes = parse_base64(text.substr(second + 1));
  VerifierKey key;
  key.name = text.substr(0, first);
  if (!is_key_name(key.name)) {
    return refused("vkey.name", "the key's name is empty or has spaces", "names have no spaces");
  }
  if (!bytes || bytes->empty()) return refused("vkey.shape", "the key is not base64");
  key.type = bytes->front();
  key.key.assign(bytes->begin() + 1, bytes->end());
  if (key.type != kEd25519 && key.type != kCosignature) {
    return refused("vkey.type", fmt::format("unknown type of key 0x{:02x}", key.type),
                   "0x01 (Ed25519) and 0x04 (cosignature) are verified");
  }
  if (key.key.size() != kKeySize) {
    return refused("vkey.shape", fmt::format("the key has {} bytes", key.key.size()),
                   "an Ed25519 key has 32 bytes");
  }
  if (hex != fmt::format("{:08x}", key.id())) {
    return refused("vkey.id", "the id does not belong to this name and key", "copy the whole line");
  }
  return key;
}

std::string to_text(const VerifierKey& key) {
  Bytes bytes = {key.type};
  append(bytes, key.key);
  return fmt::format("{}+{:08x}+{}", key.name, key.id(), to_base64(bytes));
}

Result<SigningKey> SigningKey::from_seed(std::string name, ByteView seed) {
  if (!is_key_name(name)) {
    return refused("vkey.name", "the key's name is empty, or has spaces or a plus",
                   "a schema-less URL, as in trust.example/log1");
  }
  if (seed.size() != kKeySize) {
    return refused("vkey.seed", fmt::format("the seed has {} bytes", seed.size()),
                   "an Ed25519 seed has 32 bytes");
  }
  SigningKey key;
  key.seed_.assign(seed.begin(), seed.end());
  key.verifier_ = VerifierKey{std::move(name), kEd25519, ed25519_public_key(seed)};
  return key;
}

std::string SigningKey::sign(std::string_view text) const {
  expects(is_note_text(text) && text.ends_with('\n'), "SigningKey::sign: a valid note text");
  Bytes signature;
  append_be(signature, verifier_.id(), kIdSize);
  append(signature, ed25519_sign(seed_, as_bytes(text)));
  return fmt::format("{}\n{}{} {}\n", text, kLinePrefix, verifier_.name, to_base64(signature));
}

Result<OpenedNote> open_note(std::string_view note, std::span<const VerifierKey> keys) {
  auto verified = verify(note, keys);
  if (!verified) return verified.error();
  OpenedNote opened;
  opened.text = verified->text;
  for (const VerifierKey* key : verified->keys) opened.verified.push_back(key->name);
  return opened;
}

std::string to_text(const Checkpoint& checkpoint) {
  return fmt::format("{}\n{}\n{}\n", checkpoint.origin, checkpoint.size,
                     to_base64(checkpoint.root));
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  if (!text.ends_with('\n') || text.find("\n\n") != std::string_view::npos || !is_note_text(text)) {
    return bad_checkpoint("a checkpoint is lines of text, none of them empty");
  }
  Checkpoint checkpoint;
  checkpoint.origin = take_line(text);
  auto size = parse_index(take_line(text));
  auto root = parse_base64(take_line(text));
  if (checkpoint.origin.empty()) return bad_checkpoint("the checkpoint has no origin");
  if (!size) return bad_checkpoint("the tree size is not a decimal number below 2^63");
  if (!root || root->size() != checkpoint.root.size()) {
    return bad_checkpoint("the root is not 32 bytes in base64");
  }
  checkpoint.size = *size;
  std::copy(root->begin(), root->end(), checkpoint.root.begin());
  if (checkpoint.size == 0 && checkpoint.root != empty_root()) {
    return bad_checkpoint("the empty tree has another root");
  }
  return checkpoint;
}

Result<Checkpoint> open_checkpoint(std::string_view note, std::span<const VerifierKey> keys) {
  auto verified = verify(note, keys);
  if (!verified) return verified.error();
  auto checkpoint = parse_checkpoint(verified->text);
  if (!checkpoint) return checkpoint;
  // A witness alone does not speak for the log.
  bool by_log = std::any_of(verified->keys.begin(), verified->keys.end(),
                            [&checkpoint](const VerifierKey* key) {
                              return key->type == kEd25519 && key->name == checkpoint->origin;
                            });
  if (!by_log) {
    return refused("note.origin",
                   fmt::format("`{}` has not signed this checkpoint itself", checkpoint->origin),
                   "the log's own key has the origin as its name");
  }
  return checkpoint;
}

}  // namespace credence
