#pragma once

#include <credence/ledger/merkle.h>
#include <credence/ledger/tile.h>
#include <credence/store/sqlite.h>

#include <cstdint>
#include <vector>

namespace credence {

// The newest hashes of every tile level, those that no complete tile holds yet. Together with the
// complete tiles they are the whole tree; the root follows from them alone.
class RightEdge {
 public:
  struct Tile {
    int level = 0;
    std::uint64_t index = 0;
    Bytes hashes;  // 256 times 32 bytes
  };

  // From complete tiles and the entries after them.
  static Result<RightEdge> load(Database& database);

  // Tiles that this leaf completes are added to `completed`.
  void append(const Hash& leaf, std::vector<Tile>& completed);
  std::uint64_t size() const { return size_; }
  Hash root() const;
  // The hashes of the level's partial tile, 32 bytes each; empty when there is none.
  const Bytes& partial(int level) const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Bytes> levels_;  // each shorter than 256 * 32
};

// The root that the tree had at an earlier size, or has now. REQUIRES: size <= edge.size().
Result<Hash> root_at(Database& database, const RightEdge& edge, std::uint64_t size);

// The root of the perfect tree over 2^k hashes of 32 bytes.
Hash perfect_root(ByteView hashes);

}  // namespace credence
