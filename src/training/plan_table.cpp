#include <credence/training/plan_table.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

std::optional<double> number_of(const TomlNode& node) {
  if (node.integer()) return static_cast<double>(*node.integer());
  if (node.floating() && std::isfinite(node.floating()->value)) return node.floating()->value;
  return std::nullopt;
}

const Text kNumber = {"a finite number", "un nombre fini"};
const Text kString = {"a string", "un texte"};

}  // namespace

PlanTable::PlanTable(const TomlNode* node, std::string path, Findings& findings)
    : node_(node), path_(std::move(path)), findings_(&findings), notes_('T', findings) {
  if (node_ == nullptr || node_->table() != nullptr) return;
  notes_.error("T004", path_, node_->where(),
               {fmt::format("expected a table, found {}", node_->kind()),
                fmt::format("attendu : une table ; trouvé : {}", french_kind(node_->kind()))},
               {"write { key = value }", "écrivez { clé = valeur }"});
  node_ = nullptr;
}

std::string PlanTable::place_of(std::string_view key) const {
  return key.empty() ? path_ : path_to(path_, key);
}

void PlanTable::report(std::string_view code, std::string_view key, Text message, Text help) {
  const TomlNode* at = key.empty() ? node_ : find(key);
  if (at == nullptr) at = node_;
  notes_.error(code, place_of(key), at ? at->where() : Where{}, std::move(message),
               std::move(help));
}

const TomlNode* PlanTable::ask(std::string_view key) {
  asked_.emplace_back(key);
  return find(key);
}

void PlanTable::wrong_kind(std::string_view key, const TomlNode& found, Text wanted) {
  report("T004", key,
         {fmt::format("`{}` is {}, and {} is expected", key, found.kind(), wanted.en),
          fmt::format("« {} » est {} ; {} est attendu", key, french_kind(found.kind()), wanted.fr)},
         {fmt::format("write {}", wanted.en), fmt::format("écrivez {}", wanted.fr)});
}

std::optional<double> PlanTable::value_in(std::string_view key, Range range) {
  const TomlNode* node = ask(key);
  if (node == nullptr) return std::nullopt;
  std::optional<double> value = number_of(*node);
  if (!value) {
    wrong_kind(key, *node, kNumber);
    return std::nullopt;
  }
  if (*value >= range.least && *value <= range.most) return value;
  report("T005", key,
         {fmt::format("`{}` is {}, outside {} to {}", key, *value, range.least, range.most),
          fmt::format("« {} » vaut {}, hors de {} à {}", key, *value, range.least, range.most)},
         {fmt::format("write a number from {} to {}", range.least, range.most),
          fmt::format("écrivez un nombre de {} à {}", range.least, range.most)});
  return std::nullopt;
}

std::optional<int> PlanTable::whole_in(std::string_view key, Range range) {
  const TomlNode* node = find(key);
  if (node != nullptr && node->integer() == nullptr) {
    ask(key);
    wrong_kind(key, *node, {"a whole number", "un nombre entier"});
    return std::nullopt;
  }
  std::optional<double> value = value_in(key, range);
  if (!value) return std::nullopt;
  return static_cast<int>(*value);
}

void PlanTable::number(std::string_view key, double& to, Range range) {
  to = value_in(key, range).value_or(to);
}

void PlanTable::number(std::string_view key, std::optional<double>& to, Range range) {
  if (std::optional<double> value = value_in(key, range)) to = value;
}

void PlanTable::whole(std::string_view key, int& to, Range range) {
  to = whole_in(key, range).value_or(to);
}

void PlanTable::whole(std::string_view key, std::optional<int>& to, Range range) {
  if (std::optional<int> value = whole_in(key, range)) to = value;
}

void PlanTable::flag(std::string_view key, bool& to) {
  const TomlNode* node = ask(key);
  if (node == nullptr) return;
  if (node->boolean())
    to = *node->boolean();
  else
    wrong_kind(key, *node, {"true or false", "true ou false"});
}

void PlanTable::string(std::string_view key, std::string& to, std::size_t most) {
  const TomlNode* node = ask(key);
  if (node == nullptr) return;
  if (node->string() == nullptr) return wrong_kind(key, *node, kString);
  if (node->string()->empty() || characters(*node->string()) > most)
    return report("T005", key,
                  {fmt::format("`{}` is empty or longer than {} characters", key, most),
                   fmt::format("« {} » est vide ou dépasse {} caractères", key, most)},
                  {"write a short text", "écrivez un texte court"});
  to = *node->string();
}

void PlanTable::text(std::string_view key, Text& to) {
  if (!has(key)) {
    ask(key);
    return;
  }
  PlanTable both = table(key);
  both.need("en");
  both.need("fr");
  both.string("en", to.en);
  both.string("fr", to.fr);
  both.finish();
}

int PlanTable::word_index(std::string_view key, const std::vector<std::string_view>& words) {
  const TomlNode* node = ask(key);
  if (node == nullptr) return -1;
  if (node->string() == nullptr) {
    wrong_kind(key, *node, kString);
    return -1;
  }
  auto found = std::find(words.begin(), words.end(), *node->string());
  if (found != words.end()) return static_cast<int>(found - words.begin());
  Text guess = perhaps_meant(nearest(*node->string(), words));
  report("T006", key,
         {fmt::format("`{}` is no value of `{}`{}", *node->string(), key, guess.en),
          fmt::format("« {} » n'est pas une valeur de « {} »{}", *node->string(), key, guess.fr)},
         {fmt::format("one of {}", fmt::join(words, ", ")),
          fmt::format("au choix : {}", fmt::join(words, ", "))});
  return -1;
}

template <class T, class Take>
std::optional<std::vector<T>> PlanTable::list(std::string_view key, Text wanted, Take take) {
  const TomlNode* node = ask(key);
  if (node == nullptr) return std::nullopt;
  bool fits = node->array() != nullptr;
  std::vector<T> out;
  for (std::size_t i = 0; fits && i < node->array()->size(); ++i) {
    std::optional<T> value = take((*node->array())[i]);
    fits = value.has_value();
    if (fits) out.push_back(*std::move(value));
  }
  if (fits) return out;
  wrong_kind(key, *node, std::move(wanted));
  return std::nullopt;
}

std::optional<std::vector<double>> PlanTable::numbers(std::string_view key) {
  return list<double>(key, {"a list of finite numbers", "une liste de nombres finis"}, number_of);
}

std::optional<std::vector<bool>> PlanTable::flags(std::string_view key) {
  return list<bool>(key, {"a list of true and false", "une liste de true et false"},
                    [](const TomlNode& node) {
                      return node.boolean() ? std::optional{*node.boolean()} : std::nullopt;
                    });
}

std::optional<std::vector<std::string>> PlanTable::strings(std::string_view key) {
  return list<std::string>(key, {"a list of strings", "une liste de textes"},
                           [](const TomlNode& node) {
                             return node.string() ? std::optional{*node.string()} : std::nullopt;
                           });
}

std::optional<std::vector<std::vector<std::string>>> PlanTable::groups(std::string_view key) {
  using Group = std::vector<std::string>;
  return list<Group>(key, {"a list of lists of strings", "une liste de listes de textes"},
                     [](const TomlNode& node) -> std::optional<Group> {
                       if (node.array() == nullptr || node.array()->empty()) return std::nullopt;
                       Group out;
                       for (const TomlNode& item : *node.array()) {
                         if (item.string() == nullptr) return std::nullopt;
                         out.push_back(*item.string());
                       }
                       return out;
                     });
}

PlanTable PlanTable::table(std::string_view key) {
  return PlanTable(ask(key), place_of(key), *findings_);
}

std::vector<PlanTable> PlanTable::tables(std::string_view key) {
  const TomlNode* node = ask(key);
  std::vector<PlanTable> out;
  if (node == nullptr) return out;
  if (node->array() == nullptr) {
    wrong_kind(key, *node, {"a list of tables", "une liste de tables"});
    return out;
  }
  for (std::size_t i = 0; i < node->array()->size(); ++i)
    out.emplace_back(&(*node->array())[i], path_to(place_of(key), i), *findings_);
  return out;
}

void PlanTable::need(std::string_view key) {
  if (node_ != nullptr) notes_.need(*node_, key, path_);
}

void PlanTable::finish() {
  if (node_ != nullptr) notes_.refuse_unknown(*node_, asked_, path_);
}

}  // namespace credence
