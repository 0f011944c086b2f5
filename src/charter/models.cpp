#include <credence/charter/checks.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

void judge_range(Bench& bench, const Place& range) {
  const TomlNode::Array* ends = range.written() ? range.node->array() : nullptr;
  bool whole = ends != nullptr && ends->size() == 2 && (*ends)[0].integer() != nullptr &&
               (*ends)[1].integer() != nullptr && *(*ends)[0].integer() < *(*ends)[1].integer();
  if (whole) return;
  bench.refuse("A26", range,
               {"a score runs from one whole number to a larger one",
                "un score va d'un nombre entier à un plus grand"});
}

// A model beside the card may watch (fraud, monitoring); it may not reach the score.
void judge_model(Bench& bench, const Place& model) {
  bool reaches = !contains(bench.catalogue().beside_the_score, model["feeds"].text());
  std::string_view type = model["type"].text();
  if (reaches && !contains(bench.catalogue().rule_models, type)) {
    bench.refuse("A26", model["type"],
                 about("a model of type `{}` would reach the score",
                       "un modèle de type `{}` atteindrait le score", type));
  }
  std::string_view legal = model["legal_class"].text();
  if (!contains(bench.catalogue().legal_classes, legal)) {
    bench.refuse(
        "A32", model["legal_class"],
        {"a model says its legal class: `5b`, `fraud`, `benefit-only` or `organisation`",
         "un modèle dit sa classe légale : `5b`, `fraud`, `benefit-only` ou `organisation`"});
  } else if (reaches && (legal == "fraud" ||
                         (legal == "organisation" && bench.programme_class() != "organisation"))) {
    bench.refuse(
        "A32", model["feeds"],
        about("a model of class `{}` may not reach a person's score",
              "un modèle de classe `{}` ne peut atteindre le score d'une personne", legal));
  }
}

// People and organisations are scored apart.
void judge_subjects(Bench& bench) {
  bool organisation = bench.programme_class() == "organisation";
  Place subjects = bench["programme"]["subjects"];
  for (const std::string& subject : subjects.strings()) {
    if (organisation == (subject == "organisation")) continue;
    bench.refuse("A32", subjects,
                 about("`{}` is no subject of a programme of this class",
                       "`{}` n'est pas un sujet d'un programme de cette classe", subject));
  }
  for (const Place& source : bench.each("source")) {
    Place category = source["category"];
    const SignalClass* found = bench.catalogue().find_class(category.text());
    if (found == nullptr || !found->forbidden_by.empty()) continue;
    if (organisation == (category.text() == "organisation")) continue;
    bench.refuse(
        "A32", category,
        about("data of class `{}` may not enter a programme of this class",
              "des données de classe `{}` ne peuvent entrer dans un programme de cette classe",
              category.text()));
  }
}

}  // namespace

void judge_models(Bench& bench) {
  judge_range(bench, bench["score"]["range"]);
  for (const Place& model : bench.each("model")) judge_model(bench, model);
  judge_subjects(bench);
}

}  // namespace credence
