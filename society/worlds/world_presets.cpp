#include <credence/worlds/world.h>

#include <array>

namespace credence {

extern const std::string_view preset_world_town;
extern const std::string_view preset_world_village;
extern const std::string_view preset_world_city;
extern const std::string_view preset_sesame_credit;
extern const std::string_view preset_sesame_credit_card;
extern const std::string_view preset_city_points;
extern const std::string_view preset_total_surveillance;
extern const std::string_view preset_total_surveillance_card;
extern const std::string_view preset_lawful_open;
extern const std::string_view preset_lawful_open_card;

std::span<const Preset> built_in_worlds() {
  static const std::array<Preset, 3> worlds = {{
      {"town", preset_world_town, {}},
      {"village", preset_world_village, {}},
      {"city", preset_world_city, {}},
  }};
  return worlds;
}

std::span<const Preset> built_in_programmes() {
  static const std::array<Preset, 4> programmes = {{
      {"lawful-open", preset_lawful_open, preset_lawful_open_card},
      {"sesame-credit", preset_sesame_credit, preset_sesame_credit_card},
      {"city-points", preset_city_points, {}},
      {"total-surveillance", preset_total_surveillance, preset_total_surveillance_card},
  }};
  return programmes;
}

}  // namespace credence
