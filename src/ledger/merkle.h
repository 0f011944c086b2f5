#pragma once

#include <credence/base/result.h>
#include <credence/base/sha256.h>

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace credence {

// The tree of RFC 6962 section 2.1 and RFC 9162 section 2.1, with SHA-256.
Hash leaf_hash(ByteView entry);                       // SHA-256(0x00 || entry)
Hash node_hash(const Hash& left, const Hash& right);  // SHA-256(0x01 || left || right)
Hash empty_root();                                    // SHA-256("")

// The right edge of a growing tree: what is needed to append and to know the root.
class Frontier {
 public:
  Frontier() = default;
  // REQUIRES: `peaks` are the roots of the perfect subtrees of a tree of `size`, largest first.
  Frontier(std::uint64_t size, std::vector<Hash> peaks);
  void append(const Hash& leaf);
  std::uint64_t size() const { return size_; }
  Hash root() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> peaks_;
};

// The hash of the perfect subtree number `index` at `level` (2^level leaves). Levels are of the
// binary tree.
using NodeReader = std::function<Result<Hash>(int level, std::uint64_t index)>;

// RFC 9162, 2.1.3.1 and 2.1.4.1. REQUIRES: index < size; 0 < from <= to.
Result<std::vector<Hash>> inclusion_proof(std::uint64_t index, std::uint64_t size,
                                          const NodeReader& node);
Result<std::vector<Hash>> consistency_proof(std::uint64_t from, std::uint64_t to,
                                            const NodeReader& node);
Result<Hash> root_of(std::uint64_t size, const NodeReader& node);

// RFC 9162, 2.1.3.2 and 2.1.4.2.
bool verify_inclusion(std::uint64_t index, std::uint64_t size, const Hash& leaf,
                      std::span<const Hash> path, const Hash& root);
bool verify_consistency(std::uint64_t from, std::uint64_t to, std::span<const Hash> path,
                        const Hash& from_root, const Hash& to_root);

}  // namespace credence
