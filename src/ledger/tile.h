#pragma once

#include <credence/ledger/merkle.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace credence {

// C2SP tlog-tiles: tile n at level l holds up to 256 hashes of the perfect subtrees of 256^l
// leaves.
inline constexpr std::uint64_t kTileWidth = 256;

std::string tile_path(int level, std::uint64_t index,
                      std::uint64_t width);                          // "tile/0/x001/234.p/7"
std::string entries_path(std::uint64_t index, std::uint64_t width);  // "tile/entries/x001/234"
std::uint64_t tile_count(int level, std::uint64_t size);             // full tiles at the level
std::uint64_t partial_width(
    int level, std::uint64_t size);  // hashes in the level's last, partial tile; 0 = none
Bytes entry_bundle(const std::vector<Bytes>& entries);  // uint16 length, entry, ...

// The first `width` hashes of a tile, 32 bytes each.
using TileReader =
    std::function<Result<Bytes>(int level, std::uint64_t index, std::uint64_t width)>;
NodeReader nodes_from_tiles(std::uint64_t size, TileReader tiles);

}  // namespace credence
