#include <credence/base/expects.h>
#include <credence/store/right_edge.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace credence {

namespace {

constexpr std::size_t kHashSize = sizeof(Hash);
constexpr std::size_t kTileSize = kTileWidth * kHashSize;

Error torn(std::string_view table, std::uint64_t at) {
  return {"store.corrupt",
          fmt::format("credence.db: {} lacks row {}", table, at),
          {},
          "run verify to see what is damaged, and restore a backup"};
}

// The leaves behind the last complete tile of level 0.
Result<Bytes> newest_leaves(Database& database, std::uint64_t size) {
  Result<PreparedQuery> query =
      database.prepare("SELECT seq, entry FROM log_entry WHERE seq >= ?1 ORDER BY seq");
  if (!query) return query.error();
  SqlRows rows{query->handle()};
  std::uint64_t next = size / kTileWidth * kTileWidth;
  rows.bind(1, next);
  Bytes hashes;
  for (; next < size; ++next) {
    Result<bool> row = rows.next();
    if (!row) return row.error();
    if (!*row || rows.number(0) != next) return torn("log_entry", next);
    append(hashes, leaf_hash(rows.bytes(1)));
  }
  return hashes;
}

// The roots of the complete tiles below, from `from` on.
Result<Bytes> roots_of_tiles(Database& database, int level, std::uint64_t from, std::uint64_t to) {
  Result<PreparedQuery> query = database.prepare(
      "SELECT idx, hashes FROM log_tile WHERE level = ?1 AND idx >= ?2 ORDER BY idx");
  if (!query) return query.error();
  SqlRows rows{query->handle()};
  rows.bind(1, static_cast<std::uint64_t>(level)).bind(2, from);
  Bytes hashes;
  for (std::uint64_t next = from; next < to; ++next) {
    Result<bool> row = rows.next();
    if (!row) return row.error();
    if (!*row || rows.number(0) != next || rows.bytes(1).size() != kTileSize) {
      return torn("log_tile", next);
    }
    append(hashes, perfect_root(rows.bytes(1)));
  }
  return hashes;
}

}  // namespace

Hash perfect_root(ByteView hashes) {
  Hash hash;
  if (hashes.size() == kHashSize) {
    std::copy(hashes.begin(), hashes.end(), hash.begin());
    return hash;
  }
  std::size_t half = hashes.size() / 2;
  return node_hash(perfect_root(hashes.first(half)), perfect_root(hashes.subspan(half)));
}

Result<RightEdge> RightEdge::load(Database& database) {
  Result<std::uint64_t> size = database.number("SELECT coalesce(max(seq) + 1, 0) FROM log_entry");
  if (!size) return size.error();
  RightEdge edge;
  edge.size_ = *size;
  Result<Bytes> leaves = newest_leaves(database, *size);
  if (!leaves) return leaves.error();
  edge.levels_.push_back(std::move(*leaves));
  std::uint64_t count = *size / kTileWidth;  // hashes at the level
  for (int level = 1; count > 0; ++level, count /= kTileWidth) {
    Result<Bytes> hashes =
        roots_of_tiles(database, level - 1, count / kTileWidth * kTileWidth, count);
    if (!hashes) return hashes.error();
    edge.levels_.push_back(std::move(*hashes));
  }
  return edge;
}

void RightEdge::append(const Hash& leaf, std::vector<Tile>& completed) {
  Hash hash = leaf;
  std::uint64_t index = size_++;
  for (int level = 0;; ++level) {
    auto at = static_cast<std::size_t>(level);
    if (at == levels_.size()) levels_.emplace_back();
    Bytes& hashes = levels_[at];
    if (hashes.capacity() < kTileSize) hashes.reserve(kTileSize);
    credence::append(hashes, hash);
    if (hashes.size() < kTileSize) return;
    hash = perfect_root(hashes);
    index /= kTileWidth;
    completed.push_back({level, index, std::move(hashes)});
    hashes.clear();
  }
}

Hash RightEdge::root() const {
  std::optional<Hash> root;
  for (const Bytes& hashes : levels_) {
    ByteView rest = hashes;
    // The smallest perfect subtree is the rightmost one.
    for (std::size_t width = kHashSize; !rest.empty(); width *= 2) {
      if ((rest.size() & width) == 0) continue;
      Hash subtree = perfect_root(rest.last(width));
      root = root ? node_hash(subtree, *root) : subtree;
      rest = rest.first(rest.size() - width);
    }
  }
  return root ? *root : empty_root();
}

Result<Hash> root_at(Database& database, const RightEdge& edge, std::uint64_t size) {
  expects(size <= edge.size(), "root_at: the tree is that large");
  if (size == 0) return empty_root();
  Result<PreparedQuery> query =
      database.prepare("SELECT hashes FROM log_tile WHERE level = ?1 AND idx = ?2");
  if (!query) return query.error();
  TileReader tiles = [&](int level, std::uint64_t index, std::uint64_t width) -> Result<Bytes> {
    SqlRows rows{query->handle()};
    rows.bind(1, static_cast<std::uint64_t>(level)).bind(2, index);
    Result<bool> row = rows.next();
    if (!row) return row.error();
    ByteView hashes = *row ? rows.bytes(0) : ByteView{edge.partial(level)};
    if (hashes.size() < width * kHashSize) return torn("log_tile", index);
    return Bytes(hashes.begin(), hashes.begin() + static_cast<std::ptrdiff_t>(width * kHashSize));
  };
  return root_of(size, nodes_from_tiles(size, tiles));
}

const Bytes& RightEdge::partial(int level) const {
  static const Bytes kNone;
  auto at = static_cast<std::size_t>(level);
  return level >= 0 && at < levels_.size() ? levels_[at] : kNone;
}

}  // namespace credence
