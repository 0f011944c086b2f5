#include <credence/institutions/society_numbers.h>
#include <credence/plans/experiment.h>
#include <credence/programme/message.h>
#include <credence/programme/reader.h>
#include <credence/programme/shape.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

constexpr TableKeys kExperimentKeys[] = {
    {"", "plan!:table design:table vary:tables target:tables"},
    {"plan",
     "id!:id title!:text world!:string programmes:strings replicates:integer measure:string "
     "until_width:decimal until_measure:string"},
    {"design",
     "kind!:replicates|grid|latin-hypercube|morris|sobol|calibration points:integer "
     "levels:integer"},
    {"vary", "path!:string low:decimal high:decimal values:any"},
    {"target", "measure!:string value!:decimal tolerance!:decimal source:string"},
};

std::optional<double> decimal(const TomlNode* node) {
  return node == nullptr ? std::nullopt : number_of(*node);
}

class ExperimentReader {
 public:
  explicit ExperimentReader(Findings& findings) : findings_(findings) {}

  Experiment read(const TomlNode& document) {
    TableReader plan(document.find("plan"), "plan", findings_);
    plan.prefix("L");
    experiment_.id = plan.string("id");
    experiment_.title = plan.text("title");
    experiment_.world = plan.string("world");
    experiment_.programmes = plan.strings("programmes");
    experiment_.replicates =
        static_cast<std::uint32_t>(plan.integer("replicates", {1, 100'000}, 1));
    experiment_.measure = measure(plan, "measure", experiment_.measure);
    experiment_.options.until_measure =
        measure(plan, "until_measure", experiment_.options.until_measure);
    if (auto width = decimal(plan.find("until_width"))) {
      if (!(*width > 0 && std::isfinite(*width))) {
        plan.report("L009", "until_width",
                    {"a width is a number above 0", "une largeur est un nombre au-dessus de 0"});
      }
      experiment_.options.until_width = *width;
    }
    read_design(document);
    read_inputs(document);
    read_targets(document);
    return std::move(experiment_);
  }

 private:
  std::string measure(const TableReader& reader, std::string_view key,
                      const std::string& otherwise) {
    std::string written = reader.string(key, otherwise);
    if (find_harm_measure(written) != nullptr) return written;
    std::vector<std::string_view> known;
    for (const HarmMeasure& each : harm_measures()) known.push_back(each.id);
    reader.report("L005", key,
                  {fmt::format("{} is no measure", in_backticks(written)),
                   fmt::format("{} n'est pas une mesure", in_backticks(written))},
                  suggest(nearest(written, known)));
    return otherwise;
  }

  void read_design(const TomlNode& document) {
    TableReader design(document.find("design"), "design", findings_);
    design.prefix("L");
    experiment_.kind = static_cast<DesignKind>(design.word(
        "kind", {"replicates", "grid", "latin-hypercube", "morris", "sobol", "calibration"}, 0));
    experiment_.points = static_cast<std::size_t>(design.integer("points", {1, 10'000'000}, 16));
    experiment_.levels = design.integer("levels", {2, 1000}, 4);
    if (experiment_.levels % 2 != 0) {
      design.report("L009", "levels",
                    {"Morris' method needs an even number of levels",
                     "la méthode de Morris veut un nombre pair de niveaux"});
    }
  }

  void read_inputs(const TomlNode& document) {
    TableReader root(&document, "", findings_);
    root.prefix("L");
    for (TableReader& entry : root.tables("vary")) {
      DesignInput input{.path = entry.string("path"), .low = 0, .high = 1, .values = {}};
      bool is_grid = experiment_.kind == DesignKind::grid;
      if (is_grid)
        read_values(entry, input);
      else
        read_range(entry, input);
      bool again = std::ranges::any_of(experiment_.inputs, [&](const DesignInput& earlier) {
        return earlier.path == input.path;
      });
      if (again) {
        entry.report("L007", "path",
                     {fmt::format("{} is varied twice", in_backticks(input.path)),
                      fmt::format("{} varie deux fois", in_backticks(input.path))});
      }
      experiment_.inputs.push_back(std::move(input));
    }
    bool needs = experiment_.kind != DesignKind::replicates;
    if (needs == experiment_.inputs.empty()) {
      root.report("L003", "design",
                  needs ? Text{"this design varies something, and no [[vary]] says what",
                               "ce plan fait varier quelque chose, et aucun [[vary]] ne dit quoi"}
                        : Text{"[[vary]] is given, and the design varies nothing",
                               "[[vary]] est donné, et le plan ne fait rien varier"},
                  needs ? Text{"add [[vary]] with a path", "ajoutez [[vary]] avec un chemin"}
                        : Text{"say `kind` in [design]", "donnez `kind` dans [design]"});
    }
  }

  void read_values(const TableReader& entry, DesignInput& input) {
    const TomlNode* values = entry.find("values");
    const TomlNode::Array* list = values ? values->array() : nullptr;
    if (list != nullptr) {
      for (const TomlNode& value : *list) {
        auto number = decimal(&value);
        input.values.push_back(number && std::isfinite(*number) ? *number : NAN);
      }
    }
    bool fine = !input.values.empty() &&
                std::ranges::none_of(input.values, [](double value) { return std::isnan(value); });
    if (fine) return;
    entry.report("L009", "values",
                 {"a grid needs `values`, a list of numbers",
                  "une grille veut `values`, une liste de nombres"},
                 {"write `values = [0.1, 0.2]`", "écrivez `values = [0.1, 0.2]`"});
  }

  void read_range(const TableReader& entry, DesignInput& input) {
    auto low = decimal(entry.find("low")), high = decimal(entry.find("high"));
    input.low = low.value_or(NAN);
    input.high = high.value_or(NAN);
    if (input.low < input.high && std::isfinite(input.low) && std::isfinite(input.high)) return;
    entry.report("L009", high ? "high" : "low",
                 {"`low` and `high` are two numbers, the lower first",
                  "`low` et `high` sont deux nombres, le plus petit d'abord"});
  }

  void read_targets(const TomlNode& document) {
    TableReader root(&document, "", findings_);
    root.prefix("L");
    for (TableReader& entry : root.tables("target")) {
      CalibrationTarget target{.measure = measure(entry, "measure", "excluded-share"),
                               .value = decimal(entry.find("value")).value_or(NAN),
                               .tolerance = decimal(entry.find("tolerance")).value_or(NAN),
                               .source = entry.string("source")};
      if (!std::isfinite(target.value) || !(target.tolerance > 0)) {
        entry.report("L009", "tolerance",
                     {"a target is a finite `value` and a `tolerance` above 0",
                      "une cible a une `value` finie et une `tolerance` au-dessus de 0"});
      }
      experiment_.targets.push_back(std::move(target));
    }
    bool calibrates = experiment_.kind == DesignKind::calibration;
    if (calibrates == experiment_.targets.empty()) {
      root.report("L003", "target",
                  calibrates ? Text{"a calibration needs a [[target]]",
                                    "un calage a besoin d'une [[target]]"}
                             : Text{"[[target]] is for `kind = \"calibration\"` alone",
                                    "[[target]] ne vaut que pour `kind = \"calibration\"`"});
    }
  }

  Findings& findings_;
  Experiment experiment_;
};

}  // namespace

ReadExperiment read_experiment(std::string_view text, const std::string& file) {
  ReadExperiment read;
  auto document = parse_toml(text, file);
  if (!document) {
    const Error& error = document.error();
    read.findings.push_back({.code = "L001",
                             .severity = Finding::Severity::error,
                             .path = "",
                             .where = error.where,
                             .message = {error.message, error.message},
                             .help = {error.help, error.help}});
    return read;
  }
  check_shape(*document, {.prefix = "L", .tables = kExperimentKeys}, read.findings);
  bool shaped = !has_errors(read.findings);
  Experiment experiment = ExperimentReader{read.findings}.read(*document);
  if (shaped && !has_errors(read.findings)) read.experiment = std::move(experiment);
  sort_by_place(read.findings);
  return read;
}

std::optional<Text> explain_experiment_code(std::string_view code) {
  struct Explained {
    std::string_view code;
    Text text;
  };
  static const Explained all[] = {
      {"L001", {"a plan of runs is a TOML 1.0 file", "un plan d'essais est un fichier TOML 1.0"}},
      {"L002", {"no unknown section or key", "ni section ni clé inconnue"}},
      {"L003",
       {"nothing that the design needs is left out, and nothing is given that it does not use",
        "rien de ce que veut le plan ne manque, et rien n'est donné qu'il n'emploie"}},
      {"L004", {"each key has its kind of value", "chaque clé a une valeur de son genre"}},
      {"L005",
       {"a word is one that its key knows, a measure one of the society's",
        "un mot est de ceux que connaît sa clé, une mesure est de celles de la société"}},
      {"L006", {"a name has the characters of names", "un nom a les caractères des noms"}},
      {"L007", {"nothing is varied twice", "rien ne varie deux fois"}},
      {"L009", {"each number is inside its range", "chaque nombre est dans ses bornes"}},
      {"L024", {"what is named is not empty", "ce qui est nommé n'est pas vide"}},
      {"L013", {"a text is in both languages", "un texte est dans les deux langues"}},
  };
  for (const Explained& each : all) {
    if (each.code == code) return each.text;
  }
  return std::nullopt;
}

}  // namespace credence
