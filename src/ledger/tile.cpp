#include <credence/ledger/tile.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>
#include <utility>

namespace credence {

namespace {

constexpr int kLevelBits = 8;  // a tile spans so many levels of the binary tree
constexpr int kSizeBits = 64;
constexpr std::size_t kHashSize = sizeof(Hash);

// Groups of three digits, all but the last with an x, so that no folder holds more than a thousand.
std::string number_path(std::uint64_t index) {
  std::string path = fmt::format("{:03}", index % 1000);
  for (index /= 1000; index > 0; index /= 1000) path = fmt::format("x{:03}/{}", index % 1000, path);
  return path;
}

std::string with_width(std::string path, std::uint64_t width) {
  expects(width >= 1 && width <= kTileWidth, "tile: a width is 1 to 256");
  if (width < kTileWidth) path += fmt::format(".p/{}", width);
  return path;
}

std::uint64_t hashes_at(int level, std::uint64_t size) {
  expects(level >= 0 && level < kSizeBits, "tile: a level is 0 to 63");
  int shift = level * kLevelBits;
  return shift < kSizeBits ? size >> shift : 0;
}

Hash subtree(std::span<const Byte> hashes) {
  if (hashes.size() == kHashSize) {
    Hash hash;
    std::copy(hashes.begin(), hashes.end(), hash.begin());
    return hash;
  }
  std::size_t half = hashes.size() / 2;
  return node_hash(subtree(hashes.first(half)), subtree(hashes.last(half)));
}

// A proof asks for several nodes of the same few tiles, so the last tile of each level is kept.
class TileNodes {
 public:
  TileNodes(std::uint64_t size, TileReader tiles) : size_(size), tiles_(std::move(tiles)) {}

  Result<Hash> operator()(int level, std::uint64_t index) {
    if (level < 0 || level >= kSizeBits || index >= size_ >> level) {
      return Error{"tile.beyond", fmt::format("no full subtree {} at level {} in a tree of size {}",
                                              index, level, size_)};
    }
    int tile_level = level / kLevelBits;
    int inner = level % kLevelBits;
    std::uint64_t first = index << inner;
    auto tile = read(tile_level, first / kTileWidth);
    if (!tile) return tile.error();
    std::size_t offset = static_cast<std::size_t>(first % kTileWidth) * kHashSize;
    return subtree(ByteView{**tile}.subspan(offset, kHashSize << inner));
  }

 private:
  struct Kept {
    std::uint64_t index = 0;
    Bytes hashes;
  };

  Result<const Bytes*> read(int level, std::uint64_t index) {
    auto kept = kept_.find(level);
    if (kept != kept_.end() && kept->second.index == index) return &kept->second.hashes;
    bool full = index < tile_count(level, size_);
    std::uint64_t width = full ? kTileWidth : partial_width(level, size_);
    auto hashes = tiles_(level, index, width);
    if (!hashes) return hashes.error();
    if (hashes->size() != width * kHashSize) {
      return Error{"tile.size",
                   fmt::format("{} has {} bytes instead of {}", tile_path(level, index, width),
                               hashes->size(), width * kHashSize)};
    }
    Kept& fresh = kept_[level];
    fresh = Kept{index, *std::move(hashes)};
    return &fresh.hashes;
  }

  std::uint64_t size_;
  TileReader tiles_;
  std::map<int, Kept> kept_;
};

}  // namespace

std::string tile_path(int level, std::uint64_t index, std::uint64_t width) {
  expects(level >= 0 && level < kSizeBits, "tile: a level is 0 to 63");
  return with_width(fmt::format("tile/{}/{}", level, number_path(index)), width);
}

std::string entries_path(std::uint64_t index, std::uint64_t width) {
  return with_width("tile/entries/" + number_path(index), width);
}

std::uint64_t tile_count(int level, std::uint64_t size) {
  return hashes_at(level, size) / kTileWidth;
}

std::uint64_t partial_width(int level, std::uint64_t size) {
  return hashes_at(level, size) % kTileWidth;
}

Bytes entry_bundle(const std::vector<Bytes>& entries) {
  expects(entries.size() <= kTileWidth, "entry_bundle: at most 256 entries");
  Bytes bundle;
  for (const Bytes& entry : entries) {
    expects(entry.size() <= 65535, "entry_bundle: a length fits 16 bits");
    append_be(bundle, entry.size(), 2);
    append(bundle, entry);
  }
  return bundle;
}

NodeReader nodes_from_tiles(std::uint64_t size, TileReader tiles) {
  return TileNodes{size, std::move(tiles)};
}

}  // namespace credence
