#include <credence/exchange/import.h>
#include <credence/exchange/import_notes.h>
#include <credence/exchange/pmml_cells.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace credence {

namespace {

std::string extension(const XmlElement& of, std::string_view name) {
  for (const XmlElement& child : of.children) {
    const std::string* key = child.attribute("name");
    const std::string* value = child.attribute("value");
    if (child.name == "Extension" && key != nullptr && *key == name && value != nullptr)
      return *value;
  }
  return {};
}

std::string attribute(const XmlElement& of, std::string_view key) {
  const std::string* value = of.attribute(key);
  return value == nullptr ? std::string{} : *value;
}

class PmmlReader {
 public:
  explicit PmmlReader(const ImportOptions& options) : options_(options) {}

  Result<Imported> read(const XmlElement& root) {
    const XmlElement* model = root.find("Scorecard");
    if (root.name != "PMML" || model == nullptr)
      return refuse(root, "the file holds no PMML Scorecard",
                    "export the model as a Scorecard of PMML 4.x");
    for (const XmlElement* each :
         {root.find("TransformationDictionary"), model->find("LocalTransformations")}) {
      if (each != nullptr && each->find("DerivedField") != nullptr)
        return refuse(*each, "derived fields are not imported", "compute them in the table");
    }
    if (const XmlElement* targets = model->find("Targets"))
      return refuse(*targets, "Targets change the score behind the card's back",
                    "put the factor and the constant into the points");
    if (auto done = read_dictionary(root); !done) return done.error();
    if (auto done = read_characteristics(*model); !done) return done.error();
    if (auto done = read_schema(*model); !done) return done.error();
    if (auto done = check_fields(); !done) return done.error();
    auto cells = pmml_cells(fields_, characteristics_, options_.file);
    if (!cells) return cells.error();
    if (auto done = read_head(*model); !done) return done.error();
    for (const PmmlField& field : fields_) add_variable(field, cells->at(field.name));
    if (auto done = add_terms(*cells); !done) return done.error();
    if (auto rounded = points_.note()) notes_.push_back(*rounded);
    return finish_import(std::move(card_), std::move(notes_), options_.file);
  }

 private:
  static Error refuse(const XmlElement& at, std::string message, std::string help) {
    return {"import.pmml", std::move(message), at.where, std::move(help)};
  }

  Result<Done> read_dictionary(const XmlElement& root) {
    const XmlElement* dictionary = root.find("DataDictionary");
    if (dictionary == nullptr)
      return refuse(root, "there is no DataDictionary", "add one with every field");
    for (const XmlElement& field : dictionary->children) {
      if (field.name != "DataField") continue;
      std::string type = attribute(field, "dataType");
      bool number = type == "double" || type == "float" || type == "integer";
      if (!number && type != "string") continue;  // an error only where it is used
      std::string name = attribute(field, "name");
      kinds_[name] = number ? Column::Kind::number : Column::Kind::text;
      elements_[name] = &field;
      if (type == "float")
        notes_.push_back({fmt::format("`{}` was a float; it is compared as a double now", name),
                          fmt::format("« {} » était un float ; il est comparé en double", name)});
    }
    return Done{};
  }

  Result<Done> read_characteristics(const XmlElement& model) {
    const XmlElement* list = model.find("Characteristics");
    if (list == nullptr) return refuse(model, "there are no Characteristics", "add one at least");
    for (const XmlElement& each : list->children) {
      if (each.name != "Characteristic") continue;
      if (auto done = read_characteristic(model, each); !done) return done;
    }
    return Done{};
  }

  Result<Done> read_characteristic(const XmlElement& model, const XmlElement& element) {
    PmmlCharacteristic out;
    out.name = attribute(element, "name");
    out.reason = attribute(element, "reasonCode");
    out.where = element.where;
    const std::string* baseline = element.attribute("baselineScore");
    if (baseline == nullptr) baseline = model.attribute("baselineScore");
    if (baseline != nullptr) out.baseline = parse_number(*baseline);
    std::set<std::string> fields;
    for (const XmlElement& child : element.children) {
      if (child.name != "Attribute") continue;
      auto read = read_attribute(child, out);
      if (!read) return read.error();
      read->predicate.add_fields(fields);
      out.attributes.push_back(*std::move(read));
    }
    out.fields.assign(fields.begin(), fields.end());
    if (out.attributes.empty() || out.fields.empty() || out.fields.size() > 2)
      return refuse(element,
                    fmt::format("the characteristic `{}` is not about one field or two", out.name),
                    "a card has terms of one variable or of a pair");
    characteristics_.push_back(std::move(out));
    return Done{};
  }

  Result<PmmlAttribute> read_attribute(const XmlElement& element, PmmlCharacteristic& of) {
    auto points = parse_number(attribute(element, "partialScore"));
    if (!points || element.find("ComplexPartialScore") != nullptr)
      return refuse(element, "the attribute has no partialScore that is a number",
                    "expressions (ComplexPartialScore) are not imported");
    std::string reason = attribute(element, "reasonCode");
    if (of.reason.empty()) of.reason = reason;
    if (!reason.empty() && reason != of.reason)
      notes_.push_back(
          {fmt::format("reasons of single attributes of `{}` became `{}`", of.name, of.reason),
           fmt::format("les motifs des attributs de « {} » sont devenus « {} »", of.name,
                       of.reason)});
    for (const XmlElement& child : element.children) {
      if (child.name == "Extension") continue;
      auto predicate = PmmlPredicate::read(child, kinds_);
      if (!predicate) return predicate.error();
      return PmmlAttribute{*std::move(predicate), *points, extension(element, "special")};
    }
    return refuse(element, "the attribute has no predicate", "add a predicate, or True");
  }

  // Variables stand in the order of the mining schema; those that no characteristic uses are left.
  Result<Done> read_schema(const XmlElement& model) {
    std::set<std::string> used;
    for (const auto& each : characteristics_) used.insert(each.fields.begin(), each.fields.end());
    auto add = [&](const std::string& name, const std::string* replacement) {
      if (used.erase(name) == 0) return;
      PmmlField field{name, kinds_.at(name), {}};
      if (replacement != nullptr && field.kind == Column::Kind::text) field.missing = *replacement;
      if (replacement != nullptr && field.kind == Column::Kind::number) {
        if (auto number = parse_number(*replacement)) field.missing = *number;
      }
      fields_.push_back(std::move(field));
    };
    if (const XmlElement* schema = model.find("MiningSchema")) {
      for (const XmlElement& child : schema->children) {
        if (child.name != "MiningField") continue;
        std::string outliers = attribute(child, "outliers");
        if (!outliers.empty() && outliers != "asIs")
          return refuse(child, "outliers are changed before they are scored",
                        "a card takes values as they are; make bins of the extremes");
        add(attribute(child, "name"), child.attribute("missingValueReplacement"));
      }
    }
    const std::set<std::string> rest = used;
    for (const std::string& name : rest) add(name, nullptr);
    return Done{};
  }

  // PMML can declare values missing or invalid before any predicate sees them.
  Result<Done> check_fields() {
    for (const PmmlField& field : fields_) {
      const XmlElement& element = *elements_.at(field.name);
      for (const XmlElement& child : element.children) {
        std::string property = attribute(child, "property");
        if (property == "missing" || property == "invalid")
          return refuse(child, fmt::format("`{}` declares values {}", field.name, property),
                        "give them an Attribute of their own");
      }
      if (element.find("Interval") == nullptr && element.find("Value") == nullptr) continue;
      notes_.push_back(
          {fmt::format("values of `{}` that PMML calls invalid are scored like any other",
                       field.name),
           fmt::format("les valeurs de « {} » que PMML dit invalides sont notées comme les autres",
                       field.name)});
    }
    return Done{};
  }

  Result<Done> read_head(const XmlElement& model) {
    card_.id = options_.id.empty() ? attribute(model, "modelName") : options_.id;
    const std::string* initial = model.attribute("initialScore");
    auto base = points_.round(initial == nullptr ? 0 : parse_number(*initial).value_or(1e300));
    if (!base) return refuse(model, "initialScore is no number of points", "write a whole number");
    card_.base = *base;
    above_ = attribute(model, "reasonCodeAlgorithm") == "pointsAbove";
    if (above_)
      notes_.push_back({"reasons were points above a baseline; they are losses below the best now",
                        "les motifs étaient des points au-dessus d'une référence ; ce sont des "
                        "pertes sous le meilleur désormais"});
    read_pair_of_numbers(extension(model, "range"), [&](double low, double high) {
      constexpr double kMost = 1e9;
      if (!(low >= -kMost && high <= kMost)) return;
      card_.range_lowest = static_cast<int>(low);
      card_.range_highest = static_cast<int>(high);
    });
    read_pair_of_numbers(extension(model, "scaling"), [&](double offset, double factor) {
      if (factor > 0) card_.scaling = Scorecard::Scaling{offset, factor};
    });
    return Done{};
  }

  template <class Take>
  static void read_pair_of_numbers(const std::string& text, const Take& take) {
    std::size_t blank = text.find(' ');
    if (blank == std::string::npos) return;
    auto first = parse_number(std::string_view{text}.substr(0, blank));
    auto second = parse_number(std::string_view{text}.substr(blank + 1));
    if (first && second && *first <= 1e300 && *second <= 1e300 && *first >= -1e300)
      take(*first, *second);
  }

  void add_variable(const PmmlField& field, const PmmlCells& cells) {
    const XmlElement& element = *elements_.at(field.name);
    Scorecard::Variable variable;
    variable.name = field.name;
    variable.family = extension(element, "family");
    variable.title = {extension(element, "title.en"), extension(element, "title.fr")};
    variable.cells = cells.cells;
    card_.variables.push_back(std::move(variable));
  }

  Result<Done> add_terms(const std::map<std::string, PmmlCells>& cells) {
    for (const PmmlCharacteristic& each : characteristics_) {
      auto term = term_of(each, cells);
      if (!term) return term.error();
      card_.terms.push_back(*std::move(term));
    }
    std::stable_sort(card_.terms.begin(), card_.terms.end(), [](const auto& a, const auto& b) {
      bool single = a.variables.size() == 1 && b.variables.size() == 1;
      return single ? a.variables < b.variables : a.variables.size() < b.variables.size();
    });
    return merge_terms();
  }

  // PMML may say two things of one field in two characteristics; a card says them in one.
  Result<Done> merge_terms() {
    std::vector<Scorecard::Term> merged;
    for (Scorecard::Term& term : card_.terms) {
      if (merged.empty() || merged.back().variables != term.variables) {
        merged.push_back(std::move(term));
        continue;
      }
      for (std::size_t i = 0; i < term.points.size(); ++i) {
        int& sum = merged.back().points[i];  // each is within the limits, so it cannot overflow
        sum += term.points[i];
        if (std::abs(sum) > Scorecard::kMaxPoints) return too_many_points(merged.back().reason);
      }
      merged.back().baseline = merged.back().highest();
      notes_.push_back({fmt::format("two characteristics of the same fields were added up (`{}`)",
                                    merged.back().reason),
                        fmt::format("deux caractéristiques des mêmes champs ont été additionnées "
                                    "(« {} »)",
                                    merged.back().reason)});
    }
    card_.terms = std::move(merged);
    return Done{};
  }

  Error too_many_points(const std::string& reason) const {
    return {"import.pmml",
            fmt::format("points of the characteristics of the same fields (`{}`) add up to more "
                        "than {}",
                        reason, Scorecard::kMaxPoints),
            {options_.file},
            "scale the card into whole points first"};
  }

  Result<Scorecard::Term> term_of(const PmmlCharacteristic& of,
                                  const std::map<std::string, PmmlCells>& cells) {
    Scorecard::Term term;
    std::vector<std::string> fields = of.fields;
    for (const std::string& name : fields) {
      auto found = std::find_if(fields_.begin(), fields_.end(),
                                [&](const PmmlField& field) { return field.name == name; });
      term.variables.push_back(static_cast<int>(found - fields_.begin()));
    }
    order_pair(of, term, fields);
    term.reason = of.reason.empty() ? of.name : of.reason;
    std::optional<double> worst;
    for (const PmmlAttribute& each : of.attributes)
      worst = std::min(worst.value_or(each.points), each.points);
    bool without = false;
    std::map<std::string, PmmlValue> values;
    for (const PmmlValue& first : cells.at(fields[0]).samples) {
      values[fields[0]] = first;
      std::vector<PmmlValue> seconds{PmmlValue{}};
      if (fields.size() == 2) seconds = cells.at(fields[1]).samples;
      for (const PmmlValue& second : seconds) {
        if (fields.size() == 2) values[fields[1]] = second;
        int chosen = of.chosen(values);
        without = without || chosen < 0;
        auto points = points_.round(
            chosen < 0 ? *worst : of.attributes[static_cast<std::size_t>(chosen)].points);
        if (!points)
          return Error{"import.pmml", fmt::format("points of `{}` are out of range", of.name),
                       of.where, "scale the card into whole points first"};
        term.points.push_back(*points);
      }
    }
    if (without) note_without(of.name);
    set_baseline(of, term);
    return term;
  }

  // Our export names a pair "a x b" in the order of the card.
  void order_pair(const PmmlCharacteristic& of, Scorecard::Term& term,
                  std::vector<std::string>& fields) const {
    if (fields.size() != 2 || of.name != fields[1] + " x " + fields[0]) return;
    std::swap(fields[0], fields[1]);
    std::swap(term.variables[0], term.variables[1]);
  }

  void note_without(const std::string& name) {
    notes_.push_back(
        {fmt::format(
             "`{}` gives some values no points, where PMML gives no score; they get its lowest",
             name),
         fmt::format("« {} » ne donne aucun point à certaines valeurs, où PMML ne donne pas de "
                     "score ; elles reçoivent ses plus bas",
                     name)});
  }

  void set_baseline(const PmmlCharacteristic& of, Scorecard::Term& term) {
    term.baseline = term.highest();
    if (above_ || !of.baseline) return;
    auto baseline = points_.round(*of.baseline);
    if (baseline && *baseline >= term.lowest() && *baseline <= term.highest()) {
      term.baseline = *baseline;
      return;
    }
    notes_.push_back(
        {fmt::format("the baseline of `{}` is outside its points; it is the best now", of.name),
         fmt::format("la référence de « {} » est hors de ses points ; c'est le "
                     "meilleur désormais",
                     of.name)});
  }

  const ImportOptions& options_;
  std::map<std::string, Column::Kind> kinds_;
  std::map<std::string, const XmlElement*> elements_;
  std::vector<PmmlField> fields_;
  std::vector<PmmlCharacteristic> characteristics_;
  RoundedPoints points_;
  bool above_ = false;
  Scorecard card_;
  std::vector<Text> notes_;
};

}  // namespace

Result<Imported> import_pmml(std::string_view text, const ImportOptions& options) {
  auto root = parse_xml(text, options.file);
  if (!root) return root.error();
  return PmmlReader{options}.read(*root);
}

}  // namespace credence
