#include <credence/ledger/leaf.h>

// Any bytes: an entry that is accepted is encoded to the same bytes again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  credence::ByteView entry{data, size};
  auto leaf = credence::decode_leaf(entry);
  if (!leaf) return 0;
  credence::Bytes again = credence::encode(*leaf);
  credence::expects(credence::as_text(again) == credence::as_text(entry), "leaf: one form");
  return 0;
}
