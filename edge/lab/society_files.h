#pragma once

#include <credence/terminal/command.h>
#include <credence/worlds/world.h>

#include <optional>
#include <string>
#include <vector>

namespace credence {

// A world or a programme is named by a built-in's id or by a file; a file goes before. Findings are
// printed; nothing comes back when one is an error. `refused`: an article of the charter speaks
// against a lawful part, rather than the file being unusable.
struct NamedSociety {
  std::optional<World> world;
  std::vector<SocietyProgramme> programmes;
  bool refused = false;
  bool ready = false;
};
NamedSociety load_society(const std::string& world, const std::vector<std::string>& programmes,
                          Language language, Console& console);

// The text of a world or programme, and of the card beside it, by name or file.
struct NamedText {
  std::string file, text, card_file, card;
};
Result<NamedText> find_world_text(const std::string& name);
Result<NamedText> find_programme_text(const std::string& name);

}  // namespace credence
