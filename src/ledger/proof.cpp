#include <credence/ledger/index_text.h>
#include <credence/ledger/proof.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace credence {

namespace {

constexpr std::string_view kFirstLine = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";
constexpr std::size_t kMaxPath = 63;
constexpr std::size_t kMaxProof = 1'100'000;  // a note of the greatest size and the path

Error malformed(std::string message, std::uint32_t line) {
  return {"proof.malformed", std::move(message), Where{{}, line, 1, 0},
          "a tlog-proof is a header, the index, the path, an empty line and a checkpoint"};
}

// Hands out line after line; nothing when no newline is left.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}
  std::optional<std::string_view> next() {
    std::size_t end = rest_.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    ++number_;
    return line;
  }
  std::string_view rest() const { return rest_; }
  std::uint32_t number() const { return number_; }

 private:
  std::string_view rest_;
  std::uint32_t number_ = 0;
};

Result<std::vector<Hash>> parse_path(Lines& lines) {
  std::vector<Hash> path;
  for (auto line = lines.next(); line; line = lines.next()) {
    if (line->empty()) return path;
    auto bytes = parse_base64(*line);
    if (!bytes || bytes->size() != sizeof(Hash)) {
      return malformed("a line of the path is not 32 bytes in base64", lines.number());
    }
    if (path.size() == kMaxPath) return malformed("more than 63 hashes", lines.number());
    Hash& hash = path.emplace_back();
    std::copy(bytes->begin(), bytes->end(), hash.begin());
  }
  return malformed("no empty line before the checkpoint", lines.number() + 1);
}

}  // namespace

std::string to_text(const ProofFile& proof) {
  std::string text{kFirstLine};
  if (!proof.extra.empty()) text += fmt::format("\n{}{}", kExtra, to_base64(proof.extra));
  text += fmt::format("\n{}{}\n", kIndex, proof.index);
  for (const Hash& hash : proof.path) text += to_base64(hash) + "\n";
  return text + "\n" + proof.checkpoint;
}

Result<ProofFile> parse_proof(std::string_view text) {
  if (text.size() > kMaxProof) return malformed("the file is too long", 0);
  Lines lines(text);
  ProofFile proof;
  if (lines.next() != kFirstLine) return malformed("the first line names another format", 1);
  auto line = lines.next();
  if (line && line->starts_with(kExtra)) {
    auto extra = parse_base64(line->substr(kExtra.size()));
    if (!extra || extra->empty()) return malformed("`extra` is not base64", lines.number());
    proof.extra = *std::move(extra);
    line = lines.next();
  }
  if (!line || !line->starts_with(kIndex)) {
    return malformed("no line with the index", std::max(lines.number(), 2U));
  }
  auto index = parse_index(line->substr(kIndex.size()));
  if (!index) return malformed("the index is not a decimal number below 2^63", lines.number());
  proof.index = *index;
  auto path = parse_path(lines);
  if (!path) return path.error();
  proof.path = *std::move(path);
  if (lines.rest().empty()) return malformed("no checkpoint", lines.number() + 1);
  proof.checkpoint = lines.rest();
  return proof;
}

Result<Checkpoint> verify_proof(const ProofFile& proof, ByteView entry,
                                std::span<const VerifierKey> keys) {
  auto checkpoint = open_checkpoint(proof.checkpoint, keys);
  if (!checkpoint) return checkpoint;
  if (!verify_inclusion(proof.index, checkpoint->size, leaf_hash(entry), proof.path,
                        checkpoint->root)) {
    return Error{"proof.inclusion",
                 fmt::format("the entry is not at index {} of the tree of size {}", proof.index,
                             checkpoint->size),
                 {},
                 "entry, index or path were altered, or belong to another checkpoint"};
  }
  return checkpoint;
}

}  // namespace credence
