#include <credence/ledger/note.h>

namespace {

using namespace credence;

void check_note(std::string_view text, const SigningKey& key) {
  std::vector<VerifierKey> keys = {key.verifier()};
  auto opened = open_note(text, keys);
  if (opened) expects(key.sign(opened->text).starts_with(opened->text), "note: text survives");
}

// Extension lines are ignored, so a second reading is compared with the first.
void check_checkpoint(std::string_view text, const SigningKey& key) {
  auto checkpoint = parse_checkpoint(text);
  if (!checkpoint) return;
  std::string written = to_text(*checkpoint);
  expects(text.starts_with(written), "checkpoint: one form");
  auto again = parse_checkpoint(written);
  expects(again && *again == *checkpoint, "checkpoint: stable");
  std::vector<VerifierKey> keys = {key.verifier()};
  auto opened = open_checkpoint(key.sign(text), keys);
  bool own = checkpoint->origin == key.verifier().name;
  expects(static_cast<bool>(opened) == own, "checkpoint: only the log signs for its origin");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const SigningKey key = *SigningKey::from_seed("a", Bytes(32, 1));
  std::string_view text = as_text({data, size});
  check_note(text, key);
  check_checkpoint(text, key);
  auto vkey = parse_vkey(text);
  if (vkey) expects(to_text(*vkey) == text, "vkey: one form");
  return 0;
}
