#include <credence/scorecard/feature_reader.h>
#include <credence/scorecard/scorecard_defects.h>
#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace credence {

namespace {

class Reader {
 public:
  explicit Reader(const std::string& file) : file_(file) {}

  ReadScorecard read(std::string_view text) {
    auto document = parse_toml(text, file_);
    if (!document) {
      const Error& error = document.error();
      notes_.error(
          "S001", "", error.where, {error.message, "la syntaxe est fautive : " + error.message},
          {error.help.empty() ? "the format of this file is told at https://toml.io" : error.help,
           "le format de ce fichier est décrit sur https://toml.io/fr/v1.0.0"});
      return {std::nullopt, notes_.take()};
    }
    read_head(*document);
    read_features(*document);
    if (notes_.errors() == 0) read_pairs(*document);
    if (notes_.errors() == 0) report_defects(*document);
    if (notes_.errors() > 0) return {std::nullopt, notes_.take()};
    return {std::move(card_), notes_.take()};
  }

 private:
  void read_head(const TomlNode& document) {
    notes_.refuse_unknown(document, {"id", "base", "range", "scaling", "feature", "pair"}, "");
    if (const TomlNode* id = document.find("id")) {
      if (const std::string* text = notes_.text(*id, "id")) card_.id = *text;
    }
    if (const TomlNode* base = notes_.need(document, "base", ""))
      card_.base = notes_.points(*base, "base").value_or(0);
    if (const TomlNode* range = document.find("range")) read_range(*range);
    if (const TomlNode* scaling = document.find("scaling")) read_scaling(*scaling);
  }

  void read_range(const TomlNode& node) {
    if (node.array() == nullptr || node.array()->size() != 2) {
      notes_.wrong_kind(node, "range",
                        {"a list of two, as in [350, 950]", "une liste de deux, comme [350, 950]"});
      return;
    }
    const TomlNode::Array& ends = *node.array();
    card_.range_lowest = whole(ends[0], "range[0]").value_or(0);
    card_.range_highest = whole(ends[1], "range[1]").value_or(0);
  }

  // The range of a card may be wider than the points of one cell.
  std::optional<int> whole(const TomlNode& node, const std::string& path) {
    if (node.integer() != nullptr && *node.integer() >= std::numeric_limits<int>::min() &&
        *node.integer() <= std::numeric_limits<int>::max())
      return static_cast<int>(*node.integer());
    notes_.wrong_kind(node, path, {"a whole number of 32 bits", "un nombre entier de 32 bits"});
    return std::nullopt;
  }

  void read_scaling(const TomlNode& node) {
    if (notes_.table(node, "scaling") == nullptr) return;
    notes_.refuse_unknown(node, {"offset", "factor"}, "scaling");
    const TomlNode* offset = notes_.need(node, "offset", "scaling");
    const TomlNode* factor = notes_.need(node, "factor", "scaling");
    if (offset == nullptr || factor == nullptr) return;
    auto from = notes_.number(*offset, "scaling.offset");
    auto per = notes_.number(*factor, "scaling.factor");
    if (from && per) card_.scaling = Scorecard::Scaling{*from, *per};
  }

  void read_features(const TomlNode& document) {
    const TomlNode* features = document.find("feature");
    if (features == nullptr) return;
    const TomlNode::Array* items = notes_.list(*features, "feature");
    if (items == nullptr) return;
    for (std::size_t i = 0; i < items->size(); ++i) {
      std::string path = path_to("feature", i);
      auto feature = FeatureReader{(*items)[i], path, notes_}.read();
      if (!feature) continue;
      variable_places_.push_back({path, (*items)[i].where()});
      if (feature->own) {
        feature->own->variables = {static_cast<int>(card_.variables.size())};
        card_.terms.push_back(*std::move(feature->own));
        term_places_.push_back(variable_places_.back());
      }
      card_.variables.push_back(std::move(feature->variable));
    }
  }

  void read_pairs(const TomlNode& document) {
    const TomlNode* pairs = document.find("pair");
    if (pairs == nullptr) return;
    const TomlNode::Array* items = notes_.list(*pairs, "pair");
    if (items == nullptr) return;
    for (std::size_t i = 0; i < items->size(); ++i) read_pair((*items)[i], path_to("pair", i));
  }

  void read_pair(const TomlNode& node, const std::string& path) {
    if (notes_.table(node, path) == nullptr) return;
    notes_.refuse_unknown(node, {"features", "reason", "baseline", "points"}, path);
    Scorecard::Term term;
    const TomlNode* features = notes_.need(node, "features", path);
    if (features != nullptr) read_pair_features(*features, path + ".features", term);
    const TomlNode* points = notes_.need(node, "points", path);
    if (points != nullptr) read_pair_points(*points, path + ".points", term);
    if (const TomlNode* reason = node.find("reason")) {
      if (const std::string* text = notes_.text(*reason, path + ".reason")) term.reason = *text;
    }
    term.baseline = term.highest();
    if (const TomlNode* baseline = node.find("baseline"))
      term.baseline = notes_.points(*baseline, path + ".baseline").value_or(0);
    card_.terms.push_back(std::move(term));
    term_places_.push_back({path, node.where()});
  }

  void read_pair_features(const TomlNode& node, const std::string& path, Scorecard::Term& term) {
    if (node.array() == nullptr || node.array()->size() != 2) {
      notes_.wrong_kind(node, path, {"a list of two features", "une liste de deux critères"});
      return;
    }
    std::vector<std::string> known;
    for (const Scorecard::Variable& variable : card_.variables) known.push_back(variable.name);
    for (std::size_t i = 0; i < 2; ++i) {
      const TomlNode& item = (*node.array())[i];
      const std::string* name = notes_.text(item, path_to(path, i));
      if (name == nullptr) continue;
      auto found = std::find(known.begin(), known.end(), *name);
      term.variables.push_back(static_cast<int>(found - known.begin()));
      if (found != known.end()) continue;
      Text guess = perhaps_meant(nearest(*name, std::span<const std::string>{known}));
      notes_.error("S012", path_to(path, i), item.where(),
                   {fmt::format("no feature is called `{}`{}", *name, guess.en),
                    fmt::format("aucun critère ne s'appelle « {} »{}", *name, guess.fr)},
                   {"name a [[feature]] of this file", "nommez un [[feature]] de ce fichier"});
    }
  }

  void read_pair_points(const TomlNode& node, const std::string& path, Scorecard::Term& term) {
    const TomlNode::Array* rows = notes_.list(node, path);
    if (rows == nullptr) return;
    std::optional<std::size_t> width;
    for (std::size_t i = 0; i < rows->size(); ++i) {
      std::string row_path = path_to(path, i);
      const TomlNode::Array* row = notes_.list((*rows)[i], row_path);
      if (row == nullptr) continue;
      if (row->size() != width.value_or(row->size())) {
        notes_.error("S012", row_path, (*rows)[i].where(),
                     {fmt::format("{} points, where the first line has {}", row->size(), *width),
                      fmt::format("{} points, où la première ligne en a {}", row->size(),
                                  rows->front().array()->size())},
                     {"write one line per cell of the first feature, with one number per cell of "
                      "the second",
                      "écrivez une ligne par classe du premier critère, avec un nombre par classe "
                      "du second"});
        continue;
      }
      width = row->size();
      for (std::size_t j = 0; j < row->size(); ++j) {
        auto points = notes_.points((*row)[j], path_to(row_path, j));
        term.points.push_back(points.value_or(0));
      }
    }
  }

  void report_defects(const TomlNode& document) {
    const TomlNode* base = document.find("base");
    for (ScorecardDefect& defect : find_defects(card_)) {
      Place place{"base", base->where()};
      if (defect.term >= 0) place = term_places_[static_cast<std::size_t>(defect.term)];
      if (defect.variable >= 0) place = variable_places_[static_cast<std::size_t>(defect.variable)];
      notes_.error(defect.rule, place.path, place.where, std::move(defect.message),
                   std::move(defect.help));
    }
  }

  struct Place {
    std::string path;
    Where where;
  };
  const std::string& file_;
  ScorecardNotes notes_;
  Scorecard card_;
  std::vector<Place> variable_places_, term_places_;
};

}  // namespace

ReadScorecard read_scorecard(std::string_view text, const std::string& file) {
  return Reader{file}.read(text);
}

}  // namespace credence
