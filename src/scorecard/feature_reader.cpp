#include <credence/scorecard/feature_reader.h>
#include <credence/scorecard/scorecard_defects.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace credence {

std::optional<FeatureReader::Feature> FeatureReader::read() {
  if (notes_.table(node_, path_) == nullptr) return std::nullopt;
  std::size_t before = notes_.errors();
  notes_.refuse_unknown(node_,
                        {"id", "kind", "family", "title", "reason", "baseline", "none", "unknown",
                         "special", "codes", "bins", "woe", "counts"},
                        path_);
  read_head();
  read_kind();
  read_bins();
  read_codes();
  read_own();
  read_woe();
  read_counts();
  if (notes_.errors() > before) return std::nullopt;
  feature_.variable.cells = make_cells();
  if (has_points_) {
    std::string reason = feature_.own ? std::move(feature_.own->reason) : "";
    feature_.own = make_term();
    feature_.own->reason = std::move(reason);
    const TomlNode* baseline = node_.find("baseline");
    feature_.own->baseline =
        baseline == nullptr ? feature_.own->highest() : static_cast<int>(*baseline->integer());
  }
  return std::move(feature_);
}

void FeatureReader::read_head() {
  if (const TomlNode* id = notes_.need(node_, "id", path_)) {
    if (const std::string* text = notes_.text(*id, at("id"))) feature_.variable.name = *text;
  }
  read_title();
  const TomlNode* family = node_.find("family");
  const std::string* name = family == nullptr ? nullptr : notes_.text(*family, at("family"));
  if (name == nullptr) return;
  feature_.variable.family = *name;
  auto known = family_names();
  if (std::find(known.begin(), known.end(), *name) != known.end()) return;
  Text guess = perhaps_meant(nearest(*name, known));
  notes_.error("S018", at("family"), family->where(),
               {fmt::format("`{}` is no family{}", *name, guess.en),
                fmt::format("« {} » n'est pas une famille{}", *name, guess.fr)},
               {fmt::format("families: {}", fmt::join(known, ", ")),
                fmt::format("familles : {}", fmt::join(known, ", "))});
}

void FeatureReader::read_title() {
  const TomlNode* title = node_.find("title");
  if (title == nullptr || notes_.table(*title, at("title")) == nullptr) return;
  notes_.refuse_unknown(*title, {"en", "fr"}, at("title"));
  auto read = [&](std::string_view key, std::string& into) {
    const TomlNode* node = notes_.need(*title, key, at("title"));
    if (node == nullptr) return;
    if (const std::string* text = notes_.text(*node, at("title"))) into = *text;
  };
  read("en", feature_.variable.title.en);
  read("fr", feature_.variable.title.fr);
}

// What is written decides; without `kind`, `is` and `unknown` tell texts.
void FeatureReader::read_kind() {
  const TomlNode* bins = node_.find("bins");
  bool texts = node_.find("unknown") != nullptr;
  if (bins != nullptr && bins->array() != nullptr) {
    for (const TomlNode& bin : *bins->array()) texts = texts || bin.find("is") != nullptr;
  }
  kind_ = texts ? Column::Kind::text : Column::Kind::number;
  const TomlNode* kind = node_.find("kind");
  if (kind == nullptr) return;
  const std::string* written = notes_.text(*kind, at("kind"));
  if (written == nullptr) return;
  if (*written == "text" || (*written == "number" && !texts)) {
    kind_ = *written == "text" ? Column::Kind::text : Column::Kind::number;
    return;
  }
  notes_.error("S004", at("kind"), kind->where(),
               {fmt::format("`{}` is not the kind of these bins", *written),
                fmt::format("« {} » n'est pas la nature de ces classes", *written)},
               {"write \"number\" with `below`, or \"text\" with `is` and `unknown`",
                "écrivez \"number\" avec « below », ou \"text\" avec « is » et « unknown »"});
}

void FeatureReader::read_bins() {
  const TomlNode* bins = notes_.need(node_, "bins", path_);
  if (bins == nullptr) return;
  const TomlNode::Array* items = notes_.list(*bins, at("bins"));
  if (items == nullptr) return;
  std::size_t before = notes_.errors();
  for (std::size_t i = 0; i < items->size(); ++i) {
    if (auto bin = read_bin((*items)[i], path_to(at("bins"), i))) bins_.push_back(*std::move(bin));
  }
  if (notes_.errors() > before) return;
  if (kind_ == Column::Kind::number)
    check_number_bins(*bins);
  else
    check_text_bins(*bins);
}

std::optional<FeatureReader::Bin> FeatureReader::read_bin(const TomlNode& node,
                                                          const std::string& path) {
  if (notes_.table(node, path) == nullptr) return std::nullopt;
  std::size_t before = notes_.errors();
  Bin bin;
  bool text = kind_ == Column::Kind::text;
  if (text)
    notes_.refuse_unknown(node, {"is", "points"}, path);
  else
    notes_.refuse_unknown(node, {"below", "points"}, path);
  if (const TomlNode* below = node.find("below")) {
    bin.below = notes_.number(*below, path_to(path, "below"));
    bin.open = false;
  }
  if (const TomlNode* is = node.find("is")) {
    bin.is = read_texts(*is, path_to(path, "is"));
    bin.open = false;
  }
  if (const TomlNode* points = node.find("points"))
    bin.points = notes_.points(*points, path_to(path, "points"));
  if (notes_.errors() > before) return std::nullopt;
  return bin;
}

std::vector<std::string> FeatureReader::read_texts(const TomlNode& node, const std::string& path) {
  std::vector<std::string> texts;
  const TomlNode::Array* items = notes_.list(node, path);
  if (items == nullptr) return texts;
  for (std::size_t i = 0; i < items->size(); ++i) {
    const TomlNode& item = (*items)[i];
    const std::string* text = notes_.text(item, path_to(path, i));
    if (text == nullptr) continue;
    texts.push_back(*text);
    if (texts_.insert(*text).second) continue;
    notes_.error("S009", path_to(path, i), item.where(),
                 {fmt::format("`{}` is named twice", *text),
                  fmt::format("« {} » est nommé deux fois", *text)},
                 {"keep it in one bin or code", "gardez-le dans une seule classe ou un seul code"});
  }
  return texts;
}

void FeatureReader::check_number_bins(const TomlNode& node) {
  const TomlNode::Array& items = *node.array();
  auto refuse = [&](std::size_t i, Text message, Text help) {
    notes_.error("S007", path_to(at("bins"), i), items.empty() ? node.where() : items[i].where(),
                 std::move(message), std::move(help));
  };
  for (std::size_t i = 0; i < bins_.size(); ++i) {
    bool last = i + 1 == bins_.size();
    if (bins_[i].open != last) {
      refuse(i, {"only the last bin is open", "seule la dernière classe est ouverte"},
             {"write `below` in every bin but the last", "écrivez « below » partout sauf au bout"});
    } else if (i > 0 && bins_[i].below && !(*bins_[i - 1].below < *bins_[i].below)) {
      refuse(i,
             {fmt::format("`{}` is not above `{}`", *bins_[i].below, *bins_[i - 1].below),
              fmt::format("« {} » n'est pas au-dessus de « {} »", *bins_[i].below,
                          *bins_[i - 1].below)},
             {"order the bins from low to high", "rangez les classes du bas vers le haut"});
    }
  }
  if (!bins_.empty()) return;
  refuse(
      0, {"a variable of numbers needs a bin", "une variable de nombres demande une classe"},
      {"add `{ points = ... }`, the open bin", "ajoutez « { points = ... } », la classe ouverte"});
}

// An open last bin of texts is what `unknown` is, as the river's card writes it.
void FeatureReader::check_text_bins(const TomlNode& node) {
  for (std::size_t i = 0; i < bins_.size(); ++i) {
    bool unknown = bins_[i].open && i + 1 == bins_.size() && node_.find("unknown") == nullptr &&
                   bins_[i].points;
    if (unknown || (!bins_[i].open && !bins_[i].is.empty())) continue;
    notes_.error("S009", path_to(at("bins"), i), (*node.array())[i].where(),
                 {"a bin of texts names at least one text", "une classe de textes en nomme un"},
                 {"write `is = [\"...\"]`, and `unknown` for any other text",
                  "écrivez « is = [\"...\"] », et « unknown » pour tout autre texte"});
  }
  if (bins_.empty() || !bins_.back().open) return;
  unknown_ = bins_.back().points;
  bins_.pop_back();
}

Cells FeatureReader::make_cells() const {
  if (kind_ == Column::Kind::number) {
    std::vector<double> edges;
    for (const Bin& bin : bins_) {
      if (bin.below) edges.push_back(*bin.below);
    }
    return Cells::of_numbers(std::move(edges), specials_);
  }
  std::vector<std::vector<std::string>> groups;
  for (const Bin& bin : bins_) groups.push_back(bin.is);
  return Cells::of_texts(std::move(groups), specials_);
}

}  // namespace credence
