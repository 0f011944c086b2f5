#include <credence/score/bin_reader.h>
#include <credence/score/card_reader.h>
#include <credence/score/reading.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace credence {

ReadCard CardReader::read(std::string_view text) {
  auto document = parse_toml(text, file_);
  if (!document) {
    const Error& error = document.error();
    notes_.error("C001", "", error.where,
                 {error.message, "la syntaxe est fautive : " + error.message},
                 {error.help, "le format de ce fichier est décrit sur https://toml.io/fr/v1.0.0"});
    return {std::nullopt, notes_.findings()};
  }
  card_.text_ = text;
  read_head(*document);
  read_lines(*document);
  warn_left_out(*document);
  if (notes_.errors() == 0) check_range(*document);
  if (notes_.errors() > 0) return {std::nullopt, notes_.findings()};
  return {std::move(card_), notes_.findings()};
}

void CardReader::read_head(const TomlNode& document) {
  notes_.refuse_unknown(document, {"id", "base", "feature"}, "");
  card_.id_ = programme_.id;
  if (const TomlNode* id = document.find("id")) {
    if (id->string() == nullptr)
      notes_.wrong_kind(*id, "id", {"a string", "un texte"});
    else
      card_.id_ = *id->string();
  }
  const TomlNode* base = notes_.need(document, "base", "");
  if (base != nullptr) card_.base_ = notes_.points(*base, "base").value_or(0);
}

void CardReader::read_lines(const TomlNode& document) {
  const TomlNode* lines = notes_.need(document, "feature", "");
  if (lines == nullptr) return;
  if (lines->array() == nullptr) {
    notes_.wrong_kind(*lines, "feature", {"tables [[feature]]", "des tables [[feature]]"});
    return;
  }
  for (std::size_t i = 0; i < lines->array()->size(); ++i) {
    read_line((*lines->array())[i], fmt::format("feature[{}]", i));
  }
}

void CardReader::read_line(const TomlNode& node, const std::string& path) {
  if (node.table() == nullptr) {
    notes_.wrong_kind(node, path, {"a table [[feature]]", "une table [[feature]]"});
    return;
  }
  notes_.refuse_unknown(node, {"id", "none", "bins", "special", "mean", "policy"}, path);
  auto feature = find_feature(node, path);
  Card::Line line;
  read_none(node, path, line);
  read_baselines(node, path, line);
  const TomlNode* bins = notes_.need(node, "bins", path);
  if (!feature) return;
  line.feature = *feature;
  if (bins != nullptr) {
    line.bins =
        BinReader{programme_, programme_.features[static_cast<std::size_t>(*feature)], notes_}.read(
            *bins, path_to(path, "bins"));
  }
  read_special(node, path, line);
  refuse_punished_absence(node, path, line);
  if (notes_.errors() == 0) check_baselines(node, path, line);
  check_cap(node, path, line);
  card_.lines_.push_back(std::move(line));
}

// What nobody has proved may weigh a little, but not more than the programme says (A07).
void CardReader::check_cap(const TomlNode& node, const std::string& path, const Card::Line& line) {
  const TomlNode* features = programme_.document.find("feature");
  auto index = static_cast<std::size_t>(line.feature);
  if (features == nullptr || features->array() == nullptr || index >= features->array()->size()) {
    return;
  }
  const TomlNode* cap = (*features->array())[index].find("cap");
  if (cap == nullptr || cap->integer() == nullptr) return;
  int most = std::max(std::abs(line.lowest()), std::abs(line.highest()));
  if (most <= *cap->integer()) return;
  const std::string& id = programme_.features[index].id;
  notes_.error("A07", path, node.where(),
               {fmt::format("`{}` may move {} points at most, and this line moves {}", id,
                            *cap->integer(), most),
                fmt::format("« {} » peut déplacer {} points au plus, et cette ligne en déplace {}",
                            id, *cap->integer(), most)},
               {"lower the points of this line", "réduisez les points de cette ligne"});
}

std::optional<int> CardReader::find_feature(const TomlNode& node, const std::string& path) {
  const TomlNode* id = notes_.need(node, "id", path);
  if (id == nullptr) return std::nullopt;
  if (id->string() == nullptr) {
    notes_.wrong_kind(*id, path_to(path, "id"), {"a string", "un texte"});
    return std::nullopt;
  }
  std::vector<std::string> known;
  for (const Feature& feature : programme_.features) known.push_back(feature.id);
  auto found = std::find(known.begin(), known.end(), *id->string());
  if (found == known.end()) {
    Text guess = perhaps_meant(nearest(*id->string(), std::span<const std::string>{known}));
    notes_.error("C006", path_to(path, "id"), id->where(),
                 {fmt::format("the programme has no feature `{}`{}", *id->string(), guess.en),
                  fmt::format("le programme n'a pas de critère « {} »{}", *id->string(), guess.fr)},
                 {fmt::format("features: {}", fmt::join(known, ", ")),
                  fmt::format("critères : {}", fmt::join(known, ", "))});
    return std::nullopt;
  }
  int feature = static_cast<int>(found - known.begin());
  if (card_.find_line(feature) != nullptr) {
    notes_.error("C007", path_to(path, "id"), id->where(),
                 {fmt::format("`{}` has a line already", *id->string()),
                  fmt::format("« {} » a déjà une ligne", *id->string())},
                 {"keep one of the two", "gardez une des deux"});
  }
  return feature;
}

void CardReader::refuse_loss_for_absence(int points, const TomlNode& node,
                                         const std::string& path) {
  if (points >= 0) return;
  notes_.error("A15", path, node.where(),
               {fmt::format("an absent answer would lose {} points", -points),
                fmt::format("une réponse absente perdrait {} points", -points)},
               {"give it 0 points or more", "donnez-lui 0 point ou plus"});
}

// Bins of 62, 61 and 60 points with `none = 0` would never lose a point by absence, and yet leave
// whoever has no record 60 points behind the worst payer.
void CardReader::refuse_punished_absence(const TomlNode& node, const std::string& path,
                                         const Card::Line& line) {
  if (line.bins.empty()) return;
  int worst =
      std::min_element(line.bins.begin(), line.bins.end(), [](const auto& a, const auto& b) {
        return a.points < b.points;
      })->points;
  auto refuse = [&](const TomlNode* written, const std::string& at, std::int64_t points) {
    if (written == nullptr || points < 0 || points >= worst) return;
    notes_.error(
        "A15", at, written->where(),
        {fmt::format("an absent answer gets {} points, and the worst answer {}", points, worst),
         fmt::format("une réponse absente reçoit {} points, et la pire réponse {}", points, worst)},
        {fmt::format("give it {} points or more", worst),
         fmt::format("donnez-lui {} points ou plus", worst)});
  };
  refuse(node.find("none"), path_to(path, "none"), line.none);
  const TomlNode* special = node.find("special");
  const TomlNode::Table* codes = special == nullptr ? nullptr : special->table();
  if (codes == nullptr) return;
  for (const TomlNode::Member& code : *codes) {
    const std::int64_t* points = code.value.integer();
    if (points == nullptr) continue;
    refuse(&code.value, path_to(path_to(path, "special"), code.key), *points);
  }
}

void CardReader::read_none(const TomlNode& node, const std::string& path, Card::Line& line) {
  const TomlNode* none = notes_.need(node, "none", path);
  if (none == nullptr) return;
  auto points = notes_.points(*none, path_to(path, "none"));
  if (!points) return;
  line.none = *points;
  refuse_loss_for_absence(*points, *none, path_to(path, "none"));
}

void CardReader::read_special(const TomlNode& node, const std::string& path, Card::Line& line) {
  const Feature& feature = programme_.features[static_cast<std::size_t>(line.feature)];
  std::vector<std::string> declared;
  if (feature.of >= 0) {
    const EventType& event = programme_.events[static_cast<std::size_t>(feature.from)];
    declared = event.fields[static_cast<std::size_t>(feature.of)].special;
  }
  const TomlNode* special = node.find("special");
  const std::string at = path_to(path, "special");
  if (special != nullptr && special->table() == nullptr) {
    notes_.wrong_kind(*special, at,
                      {"a table, as in { no-record = 0 }", "une table, comme { no-record = 0 }"});
    return;
  }
  for (const std::string& token : declared) {
    const TomlNode* value = special == nullptr ? nullptr : special->find(token);
    if (value == nullptr) {
      notes_.error("C012", path_to(at, token), special == nullptr ? node.where() : special->where(),
                   {fmt::format("the special code `{}` has no points", token),
                    fmt::format("le code spécial « {} » n'a pas de points", token)},
                   {fmt::format("add `{} = 0` to `special`", token),
                    fmt::format("ajoutez « {} = 0 » à « special »", token)});
      continue;
    }
    auto points = notes_.points(*value, path_to(at, token));
    line.special.push_back(points.value_or(0));
    if (points) refuse_loss_for_absence(*points, *value, path_to(at, token));
  }
  if (special == nullptr) return;
  for (const TomlNode::Member& member : *special->table()) {
    if (std::find(declared.begin(), declared.end(), member.key) != declared.end()) continue;
    Text guess = perhaps_meant(nearest(member.key, std::span<const std::string>{declared}));
    notes_.error(
        "C012", path_to(at, member.key), member.key_where,
        {fmt::format("`{}` declares no special code `{}`{}", feature.id, member.key, guess.en),
         fmt::format("« {} » ne déclare pas de code spécial « {} »{}", feature.id, member.key,
                     guess.fr)},
        {"remove it, or declare it on the event's field in the programme",
         "retirez-le, ou déclarez-le sur le champ de l'événement dans le programme"});
  }
}

void CardReader::read_baselines(const TomlNode& node, const std::string& path, Card::Line& line) {
  Baseline baseline = programme_.explanation.baseline;
  auto read = [&](std::string_view key, bool needed, int& points) {
    const TomlNode* value = node.find(key);
    if (value != nullptr) points = notes_.points(*value, path_to(path, key)).value_or(0);
    if (value != nullptr || !needed) return;
    notes_.error(
        "C014", path_to(path, key), node.where(),
        {fmt::format("the programme's baseline is `{0}`, and this line declares no `{0}`", key),
         fmt::format("la référence du programme est « {0} » et cette ligne n'en déclare pas", key)},
        {fmt::format("add `{} = ...` in points", key),
         fmt::format("ajoutez « {} = ... » en points", key)});
  };
  read("mean", baseline == Baseline::mean, line.mean);
  read("policy", baseline == Baseline::policy, line.policy);
}

// Reasons measure distances to the baseline, so somebody must be able to stand there.
void CardReader::check_baselines(const TomlNode& node, const std::string& path,
                                 const Card::Line& line) {
  if (const TomlNode* mean = node.find("mean");
      mean && (line.mean < line.lowest() || line.mean > line.highest())) {
    notes_.error("C014", path_to(path, "mean"), mean->where(),
                 {fmt::format("no mean of this line can be {}", line.mean),
                  fmt::format("aucune moyenne de cette ligne ne peut être {}", line.mean)},
                 {fmt::format("write a number from {} to {}", line.lowest(), line.highest()),
                  fmt::format("écrivez un nombre de {} à {}", line.lowest(), line.highest())});
  }
  const TomlNode* policy = node.find("policy");
  bool reached = std::any_of(line.bins.begin(), line.bins.end(),
                             [&](const Card::Bin& bin) { return bin.points == line.policy; });
  if (policy == nullptr || reached) return;
  notes_.error("C014", path_to(path, "policy"), policy->where(),
               {fmt::format("no bin of this line gives {} points", line.policy),
                fmt::format("aucune classe de cette ligne ne donne {} points", line.policy)},
               {"write the points of the bin that the policy expects",
                "écrivez les points de la classe que la politique attend"});
}

void CardReader::warn_left_out(const TomlNode& document) {
  for (std::size_t i = 0; i < programme_.features.size(); ++i) {
    if (card_.find_line(static_cast<int>(i)) != nullptr) continue;
    const std::string& id = programme_.features[i].id;
    Where where{.file = file_,
                .line = document.where().line,
                .column = document.where().column,
                .length = 1};
    notes_.warning("C008", "feature", where,
                   {fmt::format("the programme's feature `{}` has no line", id),
                    fmt::format("le critère « {} » du programme n'a pas de ligne", id)},
                   {"give it a [[feature]], or take it out of the programme",
                    "donnez-lui une table [[feature]], ou retirez-le du programme"});
  }
}

void CardReader::check_range(const TomlNode& document) {
  if (card_.lowest() >= programme_.lowest && card_.highest() <= programme_.highest) return;
  const TomlNode* base = document.find("base");
  notes_.error(
      "C013", "base", base == nullptr ? document.where() : base->where(),
      {fmt::format("scores of this card go from {} to {}, the programme's range from {} to {}",
                   card_.lowest(), card_.highest(), programme_.lowest, programme_.highest),
       fmt::format(
           "les scores de cette carte vont de {} à {}, l'intervalle du programme de {} à {}",
           card_.lowest(), card_.highest(), programme_.lowest, programme_.highest)},
      {"change the base, or points, until the card's scores fit",
       "changez la base, ou des points, jusqu'à ce que les scores de la carte y tiennent"});
}

ReadCard read_card(std::string_view text, const std::string& file, const Programme& programme) {
  return CardReader{programme, file}.read(text);
}

ReadCard read_card(std::string_view text, const std::string& file,
                   const LawfulProgramme& programme) {
  return read_card(text, file, *programme);
}

}  // namespace credence
