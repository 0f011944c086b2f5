#include <credence/charter/checks.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

std::string near(std::string_view written, const auto& entries) {
  std::vector<std::string> known;
  for (const auto& entry : entries) known.push_back(entry.id);
  return nearest(written, known);
}

Text did_you_mean(const std::string& near_word) {
  if (near_word.empty()) return {};
  return {"did you mean `" + near_word + "`?", "vouliez-vous dire `" + near_word + "` ?"};
}

void judge_class(Bench& bench, const Place& category) {
  if (!says_something(category.text())) return;
  const SignalClass* found = bench.catalogue().find_class(category.text());
  if (found == nullptr) {
    bench.refuse("A07", category,
                 about("`{}` is no class of the catalogue",
                       "`{}` n'est pas une classe du catalogue", category.text()),
                 did_you_mean(near(category.text(), bench.catalogue().classes)));
  } else if (!found->forbidden_by.empty()) {
    bench.refuse(
        found->forbidden_by, category,
        about("the class `{}` is forbidden", "la classe `{}` est interdite", category.text()));
  }
}

void judge_kind(Bench& bench, const Place& kind) {
  if (!says_something(kind.text())) return;
  const SourceKind* found = bench.catalogue().find_source_kind(kind.text());
  if (found == nullptr) {
    bench.refuse("A07", kind,
                 about("`{}` is no kind of source in the catalogue",
                       "`{}` n'est pas un genre de source du catalogue", kind.text()),
                 did_you_mean(near(kind.text(), bench.catalogue().source_kinds)));
  } else if (!found->forbidden_by.empty()) {
    bench.refuse(found->forbidden_by, kind,
                 about("a source of kind `{}` is forbidden",
                       "une source de genre `{}` est interdite", kind.text()));
  }
}

void judge_context(Bench& bench, const Place& context) {
  const LifeContext* found = bench.catalogue().find_context(context.text());
  if (!says_something(context.text()) || (found != nullptr && !found->never)) return;
  bench.refuse("A07", context,
               about("`{}` is no context from which data may come",
                     "`{}` n'est pas un contexte d'où peuvent venir des données", context.text()),
               did_you_mean(near(context.text(), bench.catalogue().contexts)));
}

void judge_media(Bench& bench, const Place& media) {
  for (const std::string& type : media.strings()) {
    for (std::string_view forbidden : {"image", "video", "audio"}) {
      if (!type.starts_with(forbidden)) continue;
      bench.refuse(
          "A01", media,
          about("the media type `{}` is forbidden", "le type de média `{}` est interdit", type));
    }
  }
}

// A join would bring another person's data into the file: each join must stay with the person
// (A04).
void judge_joins(Bench& bench, const Place& join) {
  for (const std::string& target : join.strings()) {
    if (target == "self") continue;
    bench.refuse("A04", join,
                 about("the join `{}` leaves the person's own file",
                       "la jointure `{}` sort du dossier de la personne", target));
  }
}

// What a public register has forgotten is forgotten here too (A21).
void judge_register(Bench& bench, const Place& source) {
  const SourceKind* kind = bench.catalogue().find_source_kind(source["kind"].text());
  if (kind == nullptr || !kind->is_register) return;
  auto kept = parse_period(source["retention"]["period"].text());
  auto own = parse_period(source["register_period"].text());
  if (!own) {
    bench.refuse("A21", source["register_period"],
                 {"a register must say its own period", "un registre doit dire sa propre durée"});
  } else if (kept && longer(*kept, *own)) {
    bench.refuse("A21", source["retention"]["period"],
                 about("kept longer than the register's own `{}`",
                       "gardé plus longtemps que le registre lui-même, `{}`",
                       source["register_period"].text()));
  }
}

}  // namespace

void judge_sources(Bench& bench) {
  for (const Place& source : bench.each("source")) {
    judge_class(bench, source["category"]);
    judge_kind(bench, source["kind"]);
    judge_context(bench, source["context"]);
    judge_media(bench, source["media"]);
    judge_joins(bench, source["join"]);
    judge_register(bench, source);
  }
}

}  // namespace credence
