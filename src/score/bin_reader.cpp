#include <credence/score/bin_reader.h>
#include <credence/score/label.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

// "12.5%" or "12.5 %" in thousandths; nothing on any other text.
std::optional<std::int64_t> parse_share(std::string_view text) {
  if (!text.ends_with('%')) return std::nullopt;
  text.remove_suffix(1);
  if (text.ends_with(' ')) text.remove_suffix(1);
  // A percentage is a decimal number with at most one decimal, which is what a one-digit currency
  // writes.
  constexpr Currency one_decimal{{'%', '%', '%', 0}, 1};
  return parse_minor(text, one_decimal);
}

std::optional<std::int64_t> parse_whole_months(std::string_view text) {
  auto period = parse_period(text);
  if (!period || period->days != 0) return std::nullopt;
  return period->months;
}

}  // namespace

std::vector<Card::Bin> BinReader::read(const TomlNode& node, const std::string& path) {
  std::size_t errors = notes_.errors();
  const TomlNode::Array* items = node.array();
  if (items == nullptr) {
    notes_.wrong_kind(node, path, {"a list of bins", "une liste de classes"});
    return {};
  }
  if (items->empty() || items->size() > Card::kMaxBins) {
    notes_.error("C009", path, node.where(),
                 {fmt::format("{} bins", items->size()), fmt::format("{} classes", items->size())},
                 {fmt::format("write 1 to {} bins", Card::kMaxBins),
                  fmt::format("écrivez de 1 à {} classes", Card::kMaxBins)});
    return {};
  }
  std::vector<Placed> placed;
  for (std::size_t i = 0; i < items->size(); ++i) {
    auto bin = read_bin((*items)[i], fmt::format("{}[{}]", path, i));
    if (bin) placed.push_back(*std::move(bin));
  }
  if (notes_.errors() == errors) check_order(placed);
  if (notes_.errors() == errors) by_choice() ? check_choices(placed) : check_reachable(placed);
  if (notes_.errors() == errors) check_risk(placed);
  if (notes_.errors() != errors) return {};
  std::vector<Card::Bin> bins;
  for (Placed& bin : placed) bins.push_back(std::move(bin.bin));
  label_bins(bins, feature_, programme_);
  return bins;
}

std::optional<BinReader::Placed> BinReader::read_bin(const TomlNode& node,
                                                     const std::string& path) {
  if (node.table() == nullptr) {
    notes_.wrong_kind(node, path,
                      {"a bin, as in { below = 3, points = 10 }",
                       "une classe, comme { below = 3, points = 10 }"});
    return std::nullopt;
  }
  notes_.refuse_unknown(node, {"below", "is", "points"}, path);
  Placed placed{.bin = {}, .where = node.where(), .points = node.where(), .path = path};
  bool sound = read_condition(node, placed);
  const TomlNode* points = notes_.need(node, "points", path);
  if (points == nullptr) return std::nullopt;
  placed.points = points->where();
  auto value = notes_.points(*points, path_to(path, "points"));
  if (!value || !sound) return std::nullopt;
  placed.bin.points = *value;
  return placed;
}

bool BinReader::read_condition(const TomlNode& node, Placed& placed) {
  const TomlNode* below = node.find("below");
  const TomlNode* is = node.find("is");
  placed.open = below == nullptr && is == nullptr;
  const TomlNode* wrong = by_choice() ? below : is;
  if (wrong != nullptr) {
    std::string_view right_key = by_choice() ? "is" : "below";
    notes_.error("C010", path_to(placed.path, by_choice() ? "below" : "is"), wrong->where(),
                 {fmt::format("`{}` does not fit the answers of `{}`", by_choice() ? "below" : "is",
                              feature_.id),
                  fmt::format("« {} » ne convient pas aux réponses de « {} »",
                              by_choice() ? "below" : "is", feature_.id)},
                 {fmt::format("divide them by `{}`", right_key),
                  fmt::format("divisez-les par « {} »", right_key)});
    return false;
  }
  if (is != nullptr) return read_choices(*is, path_to(placed.path, "is"), placed);
  if (below == nullptr) return true;
  auto value = threshold(*below, path_to(placed.path, "below"));
  if (value) placed.bin.below = *value;
  return value.has_value();
}

Text BinReader::wanted_threshold() const {
  switch (unit_) {
    case Unit::money:
      return {fmt::format("an amount, as in \"12.50 {}\"", programme_.currency.name()),
              fmt::format("un montant, comme \"12.50 {}\"", programme_.currency.name())};
    case Unit::share:
      return {"a percentage, as in \"12.5%\"", "un pourcentage, comme \"12.5%\""};
    case Unit::months:
      return {"whole months, as in 12 or \"1 year\"", "des mois entiers, comme 12 ou \"1 year\""};
    case Unit::date:
      return {"a date, as in 2026-11-21", "une date, comme 2026-11-21"};
    default:
      return {"a whole number", "un nombre entier"};
  }
}

std::optional<std::int64_t> BinReader::parsed_text(const std::string& text) const {
  if (unit_ == Unit::share) return parse_share(text);
  if (unit_ == Unit::months) return parse_whole_months(text);
  if (unit_ != Unit::money) return std::nullopt;
  auto money = parse_money(text);
  if (!money || money->currency != programme_.currency) return std::nullopt;
  return money->minor;
}

std::optional<std::int64_t> BinReader::threshold(const TomlNode& node, const std::string& path) {
  bool plain_number = unit_ == Unit::count || unit_ == Unit::number || unit_ == Unit::months;
  std::optional<std::int64_t> value;
  if (plain_number && node.integer() != nullptr) value = *node.integer();
  if (unit_ == Unit::date && node.date() != nullptr) value = day_number(*node.date());
  if (node.string() != nullptr) value = parsed_text(*node.string());
  if (value && *value >= -Cell::kLimit && *value <= Cell::kLimit) return value;
  Text wanted = wanted_threshold();
  notes_.error("C011", path, node.where(),
               {fmt::format("this threshold is not in the unit of `{}`", feature_.id),
                fmt::format("ce seuil n'est pas dans l'unité de « {} »", feature_.id)},
               {fmt::format("write {}", wanted.en), fmt::format("écrivez {}", wanted.fr)});
  return std::nullopt;
}

std::vector<std::string> BinReader::choice_names() const {
  if (unit_ == Unit::flag) return {"false", "true"};
  return programme_.events[static_cast<std::size_t>(feature_.from)]
      .fields[static_cast<std::size_t>(feature_.of)]
      .choices;
}

std::optional<std::int64_t> BinReader::choice(const TomlNode& node, const std::string& path) {
  if (unit_ == Unit::flag && node.boolean() != nullptr) return *node.boolean() ? 1 : 0;
  if (unit_ == Unit::flag || node.string() == nullptr) {
    notes_.wrong_kind(node, path,
                      unit_ == Unit::flag ? Text{"true or false", "true ou false"}
                                          : Text{"a choice", "un choix"});
    return std::nullopt;
  }
  std::vector<std::string> names = choice_names();
  auto found = std::find(names.begin(), names.end(), *node.string());
  if (found != names.end()) return found - names.begin();
  Text guess = perhaps_meant(nearest(*node.string(), std::span<const std::string>{names}));
  notes_.error(
      "C010", path, node.where(),
      {fmt::format("`{}` is no choice of `{}`{}", *node.string(), feature_.id, guess.en),
       fmt::format("« {} » n'est pas un choix de « {} »{}", *node.string(), feature_.id, guess.fr)},
      {fmt::format("choices: {}", fmt::join(names, ", ")),
       fmt::format("choix : {}", fmt::join(names, ", "))});
  return std::nullopt;
}

bool BinReader::read_choices(const TomlNode& node, const std::string& path, Placed& placed) {
  const TomlNode::Array* items = node.array();
  if (items == nullptr || items->empty()) {
    notes_.wrong_kind(node, path,
                      {"a list with at least one choice", "une liste d'au moins un choix"});
    return false;
  }
  bool sound = true;
  for (std::size_t i = 0; i < items->size(); ++i) {
    auto position = choice((*items)[i], fmt::format("{}[{}]", path, i));
    sound = sound && position.has_value();
    if (position) placed.bin.choices.push_back(*position);
  }
  return sound;
}

void BinReader::check_order(const std::vector<Placed>& bins) {
  for (std::size_t i = 0; i < bins.size(); ++i) {
    bool last = i + 1 == bins.size();
    if (bins[i].open == last) continue;
    Text message =
        last ? Text{"the last bin must be open, so that every answer has points",
                    "la dernière classe doit être ouverte, pour que chaque réponse ait des points"}
             : Text{"only the last bin may be open; what follows is never reached",
                    "seule la dernière classe peut être ouverte ; la suite n'est jamais atteinte"};
    notes_.error("C009", bins[i].path, bins[i].where, message,
                 {"end with a bin that has points alone, as in { points = 0 }",
                  "terminez par une classe avec des points seuls, comme { points = 0 }"});
  }
}

// Thresholds rise strictly, and each leaves room for an answer that can occur.
void BinReader::check_reachable(const std::vector<Placed>& bins) {
  bool from_zero = unit_ == Unit::count || unit_ == Unit::months || unit_ == Unit::share;
  std::int64_t previous = from_zero ? 0 : -Cell::kLimit;
  for (std::size_t i = 0; i + 1 < bins.size(); ++i) {
    std::int64_t below = bins[i].bin.below;
    bool beyond = unit_ == Unit::share && below > 1000;
    if (below > previous && !beyond) {
      previous = below;
      continue;
    }
    notes_.error("C009", path_to(bins[i].path, "below"), bins[i].where,
                 beyond ? Text{"no share is above 100%", "aucune part ne dépasse 100 %"}
                        : Text{"no answer can fall into this bin",
                               "aucune réponse ne tombe dans cette classe"},
                 {"let `below` rise from bin to bin, above the smallest possible answer",
                  "faites monter « below » de classe en classe, au-dessus de la plus petite "
                  "réponse possible"});
  }
}

void BinReader::check_choices(const std::vector<Placed>& bins) {
  std::vector<std::int64_t> seen;
  for (const Placed& placed : bins) {
    for (std::int64_t position : placed.bin.choices) {
      if (std::find(seen.begin(), seen.end(), position) == seen.end()) {
        seen.push_back(position);
        continue;
      }
      std::string name = choice_names()[static_cast<std::size_t>(position)];
      notes_.error("C010", path_to(placed.path, "is"), placed.where,
                   {fmt::format("`{}` has points already", name),
                    fmt::format("« {} » a déjà des points", name)},
                   {"name each choice in one bin", "nommez chaque choix dans une seule classe"});
    }
  }
}

// The bins by rising answer: a choice counts by its place in the programme's list.
std::vector<const BinReader::Placed*> BinReader::in_order_of_answers(
    const std::vector<Placed>& bins) const {
  std::vector<const Placed*> ordered;
  if (!by_choice()) {
    for (const Placed& placed : bins) ordered.push_back(&placed);
    return ordered;
  }
  ordered.assign(choice_names().size(), &bins.back());
  for (const Placed& placed : bins) {
    for (std::int64_t position : placed.bin.choices)
      ordered[static_cast<std::size_t>(position)] = &placed;
  }
  return ordered;
}

void BinReader::check_risk(const std::vector<Placed>& bins) {
  if (feature_.risk == Risk::unordered) return;
  bool rises = feature_.risk == Risk::rises;
  std::vector<const Placed*> ordered = in_order_of_answers(bins);
  for (std::size_t i = 1; i < ordered.size(); ++i) {
    int before = ordered[i - 1]->bin.points, now = ordered[i]->bin.points;
    if (rises ? now <= before : now >= before) continue;
    notes_.error("A26", path_to(ordered[i]->path, "points"), ordered[i]->points,
                 {fmt::format("`{}` points after {} go against the declared risk of `{}`", now,
                              before, feature_.id),
                  fmt::format("« {} » points après {} vont contre le risque déclaré de « {} »", now,
                              before, feature_.id)},
                 rises ? Text{"the risk rises with the answer, so points must not rise with it",
                              "le risque monte avec la réponse, donc les points ne doivent pas "
                              "monter avec elle"}
                       : Text{"the risk falls as the answer rises, so points must not fall",
                              "le risque baisse quand la réponse monte, donc les points ne doivent "
                              "pas baisser"});
  }
}

}  // namespace credence
