#pragma once

#include <credence/people/population.h>
#include <credence/report/figure_sheet.h>

#include <span>
#include <string>
#include <vector>

namespace credence {

// Regions as tiles where the world puts them, shaded by a share and with the share written in.
struct TileMap {
  struct Tile {
    std::string name, written;
    double share = 0;
  };
  std::string label;
  std::vector<Tile> tiles;
  double darkest = 1;  // the share that is shaded most: the same for maps that stand side by side
  std::size_t arm = 1;
};
// `places`: one per tile; tiles stand in a square when there are not as many, or two in one place.
std::string draw_map(const TileMap& map, std::span<const PlaceOnMap> places);

}  // namespace credence
