#include <credence/ledger/tile.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>

using namespace credence;

namespace {

// All tiles of a log, built from the definition: a hash at a higher level is the root of a full
// tile below.
class Tiles {
 public:
  explicit Tiles(std::uint64_t size) {
    for (std::uint64_t i = 0; i < size; ++i) {
      Hash leaf = leaf_hash(as_bytes(std::to_string(i)));
      frontier_.append(leaf);
      add(0, leaf);
    }
  }
  Result<Bytes> read(int level, std::uint64_t index, std::uint64_t width) const {
    auto row = rows_.find(level);
    if (row == rows_.end() || (index * 256 + width) > row->second.size()) {
      return Error{"test.missing", tile_path(level, index, width)};
    }
    Bytes tile;
    for (std::uint64_t i = 0; i < width; ++i) append(tile, row->second[index * 256 + i]);
    return tile;
  }
  Hash root() const { return frontier_.root(); }

 private:
  void add(int level, const Hash& hash) {
    std::vector<Hash>& row = rows_[level];
    row.push_back(hash);
    if (row.size() % 256 != 0) return;
    Frontier tile;
    for (std::size_t i = row.size() - 256; i < row.size(); ++i) tile.append(row[i]);
    add(level + 1, tile.root());
  }
  Frontier frontier_;
  std::map<int, std::vector<Hash>> rows_;
};

}  // namespace

TEST_CASE("tile: paths have groups of three digits and a width only when partial") {
  CHECK(tile_path(0, 0, 256) == "tile/0/000");
  CHECK(tile_path(0, 255, 256) == "tile/0/255");
  CHECK(tile_path(1, 1000, 7) == "tile/1/x001/000.p/7");
  CHECK(tile_path(63, 1234067, 255) == "tile/63/x001/x234/067.p/255");
  CHECK(entries_path(1234067, 256) == "tile/entries/x001/x234/067");
  CHECK(entries_path(5, 1) == "tile/entries/005.p/1");
}

TEST_CASE("tile: the published sizes have the published tiles") {
  CHECK(tile_count(0, 256) == 1);
  CHECK(partial_width(0, 256) == 0);
  CHECK(partial_width(1, 256) == 1);
  CHECK(tile_count(0, 70'000) == 273);
  CHECK(partial_width(0, 70'000) == 112);
  CHECK(tile_count(1, 70'000) == 1);
  CHECK(partial_width(1, 70'000) == 17);
  CHECK(tile_count(2, 70'000) == 0);
  CHECK(partial_width(2, 70'000) == 1);
  CHECK(partial_width(8, UINT64_MAX) == 0);
  CHECK(tile_count(7, UINT64_MAX) == 0);
  CHECK(partial_width(7, UINT64_MAX) == 255);
}

TEST_CASE("bundle: each entry follows its length") {
  CHECK(to_hex(entry_bundle({{0xaa}, {}, {0xbb, 0xcc}})) == "0001aa00000002bbcc");
  Bytes bundle = entry_bundle({Bytes(0x1234, 1)});
  CHECK(bundle[0] == 0x12);
  CHECK(bundle[1] == 0x34);
}

TEST_CASE("tile: proofs read from tiles hold for every kind of right edge") {
  for (std::uint64_t size : std::initializer_list<std::uint64_t>{1, 2, 255, 256, 257, 511, 512, 513,
                                                                 65'535, 65'536, 65'537, 70'000}) {
    CAPTURE(size);
    Tiles tiles(size);
    NodeReader nodes =
        nodes_from_tiles(size, [&](int level, std::uint64_t index, std::uint64_t width) {
          return tiles.read(level, index, width);
        });
    CHECK(*root_of(size, nodes) == tiles.root());
    for (std::uint64_t index = 0; index < size; index += std::max<std::uint64_t>(1, size / 97)) {
      auto path = inclusion_proof(index, size, nodes);
      REQUIRE(path);
      CHECK(verify_inclusion(index, size, leaf_hash(as_bytes(std::to_string(index))), *path,
                             tiles.root()));
      auto older = consistency_proof(index + 1, size, nodes);
      REQUIRE(older);
      CHECK(verify_consistency(index + 1, size, *older, *root_of(index + 1, nodes), tiles.root()));
    }
  }
}

TEST_CASE("tile: a tile of a wrong length and a node beyond the tree are errors") {
  NodeReader cut = nodes_from_tiles(
      300, [](int, std::uint64_t, std::uint64_t) -> Result<Bytes> { return Bytes(31); });
  CHECK(cut(0, 0).error().code == "tile.size");
  CHECK(cut(0, 300).error().code == "tile.beyond");
  CHECK(cut(9, 0).error().code == "tile.beyond");
  CHECK(cut(64, 0).error().code == "tile.beyond");
  CHECK(cut(-1, 0).error().code == "tile.beyond");
}
