#include <credence/cli/binning_view.h>

#include <array>
#include <string_view>

namespace credence {

namespace {

// The notes of training as they are written in English, each with what it says in French; {} stands
// for what a note fills in, in the same order in both.
struct Phrase {
  std::string_view english, french;
};
constexpr std::array kPhrases = {
    Phrase{"the fixed points of `{}` have no effect: it is not in the card",
           "les points fixés de `{}` sont sans effet : elle n'est pas dans la grille"},
    Phrase{"the logistic fit stopped before it had converged",
           "l'ajustement logistique s'est arrêté avant d'avoir convergé"},
    Phrase{"table of `{}` and `{}`: held-out AUC {}",
           "table de `{}` et `{}` : AUC hors "
           "échantillon {}"},
    Phrase{"with more than {} cells the points are polished from beta * woe, and no lower bound "
           "of the log-loss is given",
           "avec plus de {} cases, les points sont polis à partir de beta * woe, sans borne "
           "inférieure de la log-loss"}};

// What stands in the pattern's places, or nothing when the note is another one.
bool read(std::string_view note, std::string_view pattern, std::vector<std::string>& values) {
  values.clear();
  while (true) {
    std::size_t hole = pattern.find("{}");
    if (hole == std::string_view::npos) return note == pattern;
    if (note.substr(0, hole) != pattern.substr(0, hole)) return false;
    note.remove_prefix(hole);
    pattern.remove_prefix(hole + 2);
    std::string_view next = pattern.substr(0, pattern.find("{}"));
    std::size_t end = next.empty() ? note.size() : note.find(next);
    if (end == std::string_view::npos) return false;
    values.emplace_back(note.substr(0, end));
    note.remove_prefix(end);
  }
}

}  // namespace

std::string note_in(const std::string& note, const Tongue& tongue) {
  if (tongue.language() == Language::en) return note;
  std::vector<std::string> values;
  for (const Phrase& phrase : kPhrases) {
    if (!read(note, phrase.english, values)) continue;
    std::string out;
    std::string_view rest = phrase.french;
    for (const std::string& value : values) {
      std::size_t hole = rest.find("{}");
      out.append(rest.substr(0, hole)).append(value);
      rest.remove_prefix(hole + 2);
    }
    return out.append(rest);
  }
  return note;
}

}  // namespace credence
