#include <credence/ledger/merkle.h>

#include <algorithm>
#include <bit>
#include <utility>

namespace credence {

namespace {

constexpr std::array<Byte, 1> kLeafPrefix = {0x00};
constexpr std::array<Byte, 1> kNodePrefix = {0x01};

// Where RFC 6962 divides a tree: the largest power of two smaller than its size.
std::uint64_t split(std::uint64_t size) {
  return std::bit_floor(size - 1);
}

Hash fold(std::span<const Hash> peaks) {
  if (peaks.empty()) return empty_root();
  Hash root = peaks.back();
  for (std::size_t i = peaks.size() - 1; i > 0; --i) root = node_hash(peaks[i - 1], root);
  return root;
}

// The root of the leaves from `begin` to before `end`. The splits of RFC 6962 only ever ask for
// ranges whose largest perfect subtree begins at `begin`.
Result<Hash> range_root(std::uint64_t begin, std::uint64_t end, const NodeReader& node) {
  std::vector<Hash> peaks;
  while (begin < end) {
    int level = static_cast<int>(std::bit_width(end - begin)) - 1;
    auto peak = node(level, begin >> level);
    if (!peak) return peak;
    peaks.push_back(*peak);
    begin += std::uint64_t{1} << level;
  }
  return fold(peaks);
}

// The walk up the tree that the two verifications share: `fn` is the position of a node in its row,
// `sn` that of the row's last node.
struct Climb {
  std::uint64_t fn;
  std::uint64_t sn;

  bool at_top() const { return sn == 0; }
  bool has_left_sibling() const { return fn % 2 == 1 || fn == sn; }
  void up() {
    fn >>= 1;
    sn >>= 1;
  }
  // Rows in which the node stands alone at the right edge are left out of the path.
  void skip_lonely_rows() {
    while (fn % 2 == 0 && fn != 0) up();
  }
};

}  // namespace

Hash leaf_hash(ByteView entry) {
  return sha256({kLeafPrefix, entry});
}
Hash node_hash(const Hash& left, const Hash& right) {
  return sha256({kNodePrefix, left, right});
}
Hash empty_root() {
  return sha256(ByteView{});
}

Frontier::Frontier(std::uint64_t size, std::vector<Hash> peaks)
    : size_(size), peaks_(std::move(peaks)) {
  expects(static_cast<std::size_t>(std::popcount(size_)) == peaks_.size(),
          "Frontier: one peak for each perfect subtree");
}

void Frontier::append(const Hash& leaf) {
  Hash node = leaf;
  for (std::uint64_t rest = size_; rest % 2 == 1; rest >>= 1) {
    node = node_hash(peaks_.back(), node);
    peaks_.pop_back();
  }
  peaks_.push_back(node);
  ++size_;
}

Hash Frontier::root() const {
  return fold(peaks_);
}

Result<std::vector<Hash>> inclusion_proof(std::uint64_t index, std::uint64_t size,
                                          const NodeReader& node) {
  expects(index < size, "inclusion_proof: the index is in the tree");
  std::vector<Hash> path;
  std::uint64_t begin = 0, end = size;
  while (end - begin > 1) {
    std::uint64_t middle = begin + split(end - begin);
    bool left = index < middle;
    auto sibling = left ? range_root(middle, end, node) : range_root(begin, middle, node);
    if (!sibling) return sibling.error();
    path.push_back(*sibling);
    (left ? end : begin) = middle;
  }
  std::reverse(path.begin(), path.end());
  return path;
}

Result<std::vector<Hash>> consistency_proof(std::uint64_t from, std::uint64_t to,
                                            const NodeReader& node) {
  expects(0 < from && from <= to, "consistency_proof: 0 < from <= to");
  std::vector<Hash> path;
  std::uint64_t begin = 0, end = to;
  while (from != end) {
    std::uint64_t middle = begin + split(end - begin);
    bool left = from <= middle;
    auto sibling = left ? range_root(middle, end, node) : range_root(begin, middle, node);
    if (!sibling) return sibling.error();
    path.push_back(*sibling);
    (left ? end : begin) = middle;
  }
  // The reader knows the old root; a part of the old tree it has to be given.
  if (begin != 0) {
    auto part = range_root(begin, end, node);
    if (!part) return part.error();
    path.push_back(*part);
  }
  std::reverse(path.begin(), path.end());
  return path;
}

Result<Hash> root_of(std::uint64_t size, const NodeReader& node) {
  return range_root(0, size, node);
}

bool verify_inclusion(std::uint64_t index, std::uint64_t size, const Hash& leaf,
                      std::span<const Hash> path, const Hash& root) {
  if (index >= size) return false;
  Climb climb{index, size - 1};
  Hash hash = leaf;
  for (const Hash& sibling : path) {
    if (climb.at_top()) return false;
    if (climb.has_left_sibling()) {
      hash = node_hash(sibling, hash);
      climb.skip_lonely_rows();
    } else {
      hash = node_hash(hash, sibling);
    }
    climb.up();
  }
  return climb.at_top() && hash == root;
}

bool verify_consistency(std::uint64_t from, std::uint64_t to, std::span<const Hash> path,
                        const Hash& from_root, const Hash& to_root) {
  if (from > to) return false;
  if (from == 0) return path.empty();
  if (from == to) return path.empty() && from_root == to_root;
  if (path.empty()) return false;
  // A perfect old tree is itself the first node, and is not sent.
  bool perfect = std::has_single_bit(from);
  Hash old_hash = perfect ? from_root : path.front();
  Hash new_hash = old_hash;
  Climb climb{from - 1, to - 1};
  while (climb.fn % 2 == 1) climb.up();
  for (const Hash& sibling : path.subspan(perfect ? 0 : 1)) {
    if (climb.at_top()) return false;
    if (climb.has_left_sibling()) {
      old_hash = node_hash(sibling, old_hash);
      new_hash = node_hash(sibling, new_hash);
      climb.skip_lonely_rows();
    } else {
      new_hash = node_hash(new_hash, sibling);
    }
    climb.up();
  }
  return climb.at_top() && old_hash == from_root && new_hash == to_root;
}

}  // namespace credence
