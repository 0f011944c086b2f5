#include <credence/report/chart_map.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

constexpr double kMapWidth = 320;

struct TilePlace {
  double x = 0, y = 0;
};

// How near the nearest two are, along x or y: tiles of that side do not overlap.
double nearest_distance(const std::vector<TilePlace>& places) {
  double least = 1e300;
  for (std::size_t i = 0; i < places.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      least = std::min(least, std::max(std::abs(places[i].x - places[j].x),
                                       std::abs(places[i].y - places[j].y)));
    }
  }
  return least;
}

std::vector<TilePlace> square_of(std::size_t count) {
  auto side = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(count))));
  std::vector<TilePlace> places;
  for (std::size_t i = 0; i < count; ++i)
    places.push_back({static_cast<double>(i % side), static_cast<double>(i / side)});
  return places;
}

std::vector<TilePlace> places_of(std::size_t count, std::span<const PlaceOnMap> given) {
  std::vector<TilePlace> places;
  for (const PlaceOnMap& place : given) places.push_back({place.x, place.y});
  bool drawable = places.size() == count;
  for (const TilePlace& place : places)
    drawable = drawable && std::isfinite(place.x) && std::isfinite(place.y);
  if (!drawable) return square_of(count);
  double least_x = 1e300, least_y = 1e300, most = 0;
  for (const TilePlace& place : places) {
    least_x = std::min(least_x, place.x);
    least_y = std::min(least_y, place.y);
  }
  double unit = count < 2 ? 1 : nearest_distance(places);
  if (!(unit > 0)) return square_of(count);
  for (TilePlace& place : places) {
    place = {(place.x - least_x) / unit, (place.y - least_y) / unit};
    most = std::max({most, place.x, place.y});
  }
  // Places that lie much farther apart than others would make tiles too small to read.
  return most > 40 ? square_of(count) : places;
}

}  // namespace

std::string draw_map(const TileMap& map, std::span<const PlaceOnMap> places) {
  std::vector<TilePlace> at = places_of(map.tiles.size(), places);
  double columns = 1, rows = 1;
  for (const TilePlace& place : at) {
    columns = std::max(columns, place.x + 1);
    rows = std::max(rows, place.y + 1);
  }
  double side = std::min(kMapWidth / columns, 130.0);
  double tall = side * (columns <= 4 ? 0.72 : 1);
  FigureSheet sheet(kMapWidth, rows * tall + 4, map.label);
  for (std::size_t i = 0; i < map.tiles.size(); ++i) {
    const TileMap::Tile& tile = map.tiles[i];
    double x = at[i].x * side + 1, y = at[i].y * tall + 2;
    double dark = map.darkest > 0 && std::isfinite(tile.share) ? tile.share / map.darkest : 0;
    sheet.rectangle(x, y, side - 2, tall - 2, fmt::format("tile f{}", look_of_arm(map.arm)),
                    0.04 + 0.7 * std::clamp(dark, 0.0, 1.0));
    double middle = x + side / 2 - 1;
    if (side >= 60) {
      sheet.text(middle, y + tall / 2 - 4, "middle", fitting(tile.name, side - 10), "seam");
      sheet.text(middle, y + tall / 2 + 14, "middle", tile.written, "bold seam");
    } else if (side >= 30) {
      sheet.text(middle, y + tall / 2 + 4, "middle", fitting(tile.written, side - 2), "seam");
    }
  }
  return sheet.take();
}

}  // namespace credence
