#include <credence/scorecard/feature_reader.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

std::vector<std::string> names_of(const std::vector<SpecialCode>& specials) {
  std::vector<std::string> names;
  for (const SpecialCode& code : specials) names.push_back(code.name);
  return names;
}

}  // namespace

void FeatureReader::read_codes() {
  const TomlNode* codes = node_.find("codes");
  if (codes == nullptr || notes_.table(*codes, at("codes")) == nullptr) return;
  std::set<double> seen;
  for (const TomlNode::Member& member : *codes->table()) {
    std::string path = path_to(at("codes"), member.key);
    SpecialCode code;
    code.name = member.key;
    if (kind_ == Column::Kind::text) {
      code.texts = read_texts(member.value, path);
    } else {
      code.numbers = read_numbers(member.value, path);
    }
    for (double number : code.numbers) {
      if (seen.insert(number).second) continue;
      notes_.error("S008", path, member.value.where(),
                   {fmt::format("`{}` is a code twice", number),
                    fmt::format("« {} » est un code deux fois", number)},
                   {"keep it in one code", "gardez-le dans un seul code"});
    }
    if (code.texts.empty() && code.numbers.empty()) {
      notes_.error("S008", path, member.value.where(),
                   {fmt::format("the code `{}` has no values", member.key),
                    fmt::format("le code « {} » n'a pas de valeurs", member.key)},
                   {"write the values that mean it, as in [-9]",
                    "écrivez les valeurs qui le disent, comme [-9]"});
    }
    specials_.push_back(std::move(code));
  }
}

std::vector<double> FeatureReader::read_numbers(const TomlNode& node, const std::string& path) {
  std::vector<double> numbers;
  const TomlNode::Array* items = notes_.list(node, path);
  if (items == nullptr) return numbers;
  for (std::size_t i = 0; i < items->size(); ++i) {
    if (auto number = notes_.number((*items)[i], path_to(path, i))) numbers.push_back(*number);
  }
  return numbers;
}

std::optional<int> FeatureReader::optional_points(std::string_view key) {
  const TomlNode* node = node_.find(key);
  if (node == nullptr) return std::nullopt;
  return notes_.points(*node, at(key));
}

// Either every cell has points, or none has: then only pairs use the variable.
void FeatureReader::read_own() {
  bool written = std::any_of(bins_.begin(), bins_.end(), [](const Bin& b) { return !!b.points; });
  for (std::string_view key : {"none", "unknown", "special", "reason", "baseline"})
    written = written || node_.find(key) != nullptr;
  has_points_ = written || unknown_;
  if (!has_points_) return;
  if (notes_.need(node_, "none", path_) != nullptr) none_ = optional_points("none");
  if (kind_ == Column::Kind::text && !unknown_) {
    if (notes_.need(node_, "unknown", path_) != nullptr) unknown_ = optional_points("unknown");
  }
  for (std::size_t i = 0; i < bins_.size(); ++i) {
    if (bins_[i].points) continue;
    notes_.error("S003", path_to(at("bins"), i), node_.find("bins")->where(),
                 {fmt::format("bin {} has no points", i + 1),
                  fmt::format("la classe {} n'a pas de points", i + 1)},
                 {"add `points = ...` to it", "ajoutez-lui « points = ... »"});
  }
  read_special_points();
  optional_points("baseline");
  const TomlNode* reason = node_.find("reason");
  if (reason == nullptr) return;
  if (const std::string* text = notes_.text(*reason, at("reason")))
    feature_.own = Scorecard::Term{.variables = {}, .points = {}, .baseline = 0, .reason = *text};
}

void FeatureReader::read_special_points() {
  const TomlNode* special = node_.find("special");
  if (special != nullptr && notes_.table(*special, at("special")) == nullptr) return;
  for (const SpecialCode& code : specials_) {
    const TomlNode* node = special == nullptr ? nullptr : special->find(code.name);
    std::string path = path_to(at("special"), code.name);
    if (node != nullptr) {
      special_points_[code.name] = notes_.points(*node, path).value_or(0);
      continue;
    }
    notes_.error("S008", path, special == nullptr ? node_.where() : special->where(),
                 {fmt::format("the special code `{}` has no points", code.name),
                  fmt::format("le code spécial « {} » n'a pas de points", code.name)},
                 {fmt::format("add `{} = ...` to `special`", code.name),
                  fmt::format("ajoutez « {} = ... » à « special »", code.name)});
  }
  if (special == nullptr) return;
  std::vector<std::string> names = names_of(specials_);
  for (const TomlNode::Member& member : *special->table()) {
    if (std::find(names.begin(), names.end(), member.key) != names.end()) continue;
    Text guess = perhaps_meant(nearest(member.key, std::span<const std::string>{names}));
    notes_.error(
        "S008", path_to(at("special"), member.key), member.key_where,
        {fmt::format("`codes` does not say which values are `{}`{}", member.key, guess.en),
         fmt::format("« codes » ne dit pas quelles valeurs sont « {} »{}", member.key, guess.fr)},
        {fmt::format("add `{} = [...]` to `codes`", member.key),
         fmt::format("ajoutez « {} = [...] » à « codes »", member.key)});
  }
}

Scorecard::Term FeatureReader::make_term() const {
  Scorecard::Term term;
  for (const Bin& bin : bins_) term.points.push_back(*bin.points);
  for (const SpecialCode& code : specials_) term.points.push_back(special_points_.at(code.name));
  term.points.push_back(*none_);
  if (kind_ == Column::Kind::text) term.points.push_back(*unknown_);
  return term;
}

void FeatureReader::read_woe() {
  if (const TomlNode* woe = node_.find("woe"))
    feature_.variable.woe = read_numbers(*woe, at("woe"));
}

void FeatureReader::read_counts() {
  const TomlNode* counts = node_.find("counts");
  if (counts == nullptr || notes_.table(*counts, at("counts")) == nullptr) return;
  notes_.refuse_unknown(*counts, {"events", "nonevents", "records", "squares"}, at("counts"));
  std::vector<Tally>& tallies = feature_.variable.tallies;
  auto read = [&](std::string_view key, double Tally::* member) {
    const TomlNode* node = notes_.need(*counts, key, at("counts"));
    if (node == nullptr) return;
    std::vector<double> values = read_numbers(*node, path_to(at("counts"), key));
    if (tallies.empty()) tallies.resize(values.size());
    if (values.size() != tallies.size() || values.empty()) {
      notes_.error(
          "S011", path_to(at("counts"), key), node->where(),
          {fmt::format("{} numbers, where {} are needed", values.size(), tallies.size()),
           fmt::format("{} nombres, où il en faut {}", values.size(), tallies.size())},
          {"write one per cell in each list", "écrivez-en un par classe dans chaque liste"});
      return;
    }
    for (std::size_t i = 0; i < values.size(); ++i) tallies[i].*member = values[i];
  };
  read("events", &Tally::events);
  read("nonevents", &Tally::nonevents);
  read("records", &Tally::records);
  read("squares", &Tally::squares);
}

}  // namespace credence
