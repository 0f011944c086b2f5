#include <credence/charter/checks.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

void judge_cap(Bench& bench, std::string_view article, const Place& feature, Text why) {
  const std::int64_t* cap = feature["cap"].integer();
  std::int64_t most = bench.catalogue().most_capped_points;
  if (cap != nullptr && *cap >= 1 && *cap <= most) return;
  why.en += fmt::format(", so its points need a cap from 1 to {}", most);
  why.fr += fmt::format(", donc ses points demandent un plafond de 1 à {}", most);
  bench.refuse(article, feature["cap"], why);
}

void judge_origin(Bench& bench, const Place& feature, const Signal& signal, const Place& source) {
  std::string_view category = source["category"].text();
  std::string_view context = source["context"].text();
  const SignalClass* found = bench.catalogue().find_class(category);
  bool allowed = found != nullptr && found->forbidden_by.empty();
  if (allowed && !contains(signal.classes, category)) {
    bench.refuse("A07", feature["signal"],
                 about("this signal is not of the class `{}` of its source",
                       "ce signal n'est pas de la classe `{}` de sa source", category));
  }
  const LifeContext* life = bench.catalogue().find_context(context);
  if (life != nullptr && !life->never && !contains(signal.contexts, context)) {
    bench.refuse("A07", feature["signal"],
                 about("this signal may not come from the context `{}`",
                       "ce signal ne peut venir du contexte `{}`", context));
  }
  if (category == "financial-declared") {
    judge_cap(bench, "A07", feature,
              {"the figure is declared without proof", "le chiffre est déclaré sans preuve"});
  }
}

// A third party's look may count a little, for a while (A16).
void judge_inquiry(Bench& bench, const Place& feature, const Signal& signal) {
  if (!signal.inquiry) return;
  judge_cap(bench, "A16", feature, {"it counts inquiries", "elle compte des consultations"});
  if (!parse_period(feature["window"].text())) {
    bench.refuse("A16", feature["window"],
                 {"it counts inquiries, so it needs a window",
                  "elle compte des consultations, donc il faut une fenêtre"});
  }
}

// What the file promises must be what is computed: outside of its window a record counts no more.
void judge_window(Bench& bench, const Place& feature, Period ends) {
  Place window = feature["window"];
  auto length = parse_period(window.text());
  if (length && !longer(*length, ends)) return;
  std::string_view promised = feature["repair"]["ends"].text();
  bench.refuse(
      "A33", window,
      about("it counts a failing that ends after `{}`, so it needs a window that is not longer",
            "elle compte un manquement qui cesse après `{}`, donc il faut une fenêtre qui n'est "
            "pas plus longue",
            promised),
      {fmt::format("write `window = \"{}\"`", promised),
       fmt::format("écrivez `window = \"{}\"`", promised)});
}

void judge_repair(Bench& bench, const Place& feature, const Signal* signal, const Place& source) {
  Place repair = feature["repair"];
  if (repair["mark"].written()) {
    bench.refuse("A33", repair["mark"],
                 {"a mark that it was repaired would go on counting",
                  "une mention de réparation continuerait à compter"});
  }
  // Whatever the signal is called, more of it is worse where the risk rises with it.
  bool failing = (signal != nullptr && signal->negative) || feature["risk"].text() == "rises";
  if (!failing) return;
  auto ends = parse_period(repair["ends"].text());
  if (!ends || (ends->months == 0 && ends->days == 0)) {
    bench.refuse("A33", repair["ends"],
                 {"it counts a failing, so it must say when that ends",
                  "elle compte un manquement, donc elle doit dire quand il cesse de compter"});
  }
  auto kept = parse_period(source["retention"]["period"].text());
  if (ends && kept && longer(*ends, *kept)) {
    bench.refuse("A33", repair["ends"],
                 about("it ends after the data itself is gone (`{}`)",
                       "elle cesse après la disparition de la donnée (`{}`)",
                       source["retention"]["period"].text()));
  }
  if (ends) judge_window(bench, feature, *ends);
  Place rule = repair["rule"];
  if (!says_something(rule["en"].text()) || !says_something(rule["fr"].text())) {
    bench.refuse("A33", rule,
                 {"it counts a failing, so it must say in both languages how it is repaired",
                  "elle compte un manquement, donc elle doit dire dans les deux langues comment il "
                  "se répare"});
  }
}

const Signal* judge_catalogued(Bench& bench, const Place& written) {
  const Signal* signal = bench.catalogue().find_signal(written.text());
  if (signal != nullptr || !says_something(written.text())) return signal;
  std::vector<std::string> known;
  for (const Signal& entry : bench.catalogue().signals) known.push_back(entry.id);
  std::string near = nearest(written.text(), known);
  Text help;
  if (!near.empty()) help = {"did you mean `" + near + "`?", "vouliez-vous dire `" + near + "` ?"};
  bench.refuse("A07", written,
               about("`{}` is not in the public catalogue", "`{}` n'est pas au catalogue public",
                     written.text()),
               help);
  return nullptr;
}

// A review that came after the start protected nobody until then (A03).
void judge_review_date(Bench& bench, const Place& feature) {
  Place written = feature["proxy_review"]["date"];
  Place start = bench["assessments"]["go_live"];
  const Date* reviewed = written.written() ? written.node->date() : nullptr;
  const Date* go_live = start.written() ? start.node->date() : nullptr;
  if (reviewed == nullptr || go_live == nullptr || *reviewed <= *go_live) return;
  bench.refuse("A03", written,
               about("reviewed on `{}`, after the start", "examinée le `{}`, après le démarrage",
                     to_text(*reviewed)));
}

}  // namespace

void judge_signals(Bench& bench) {
  for (const Place& feature : bench.each("feature")) {
    const Signal* signal = judge_catalogued(bench, feature["signal"]);
    Place event = bench.find("event", "type", feature["from"].text());
    Place source = bench.find("source", "id", event["source"].text());
    if (signal != nullptr) {
      judge_origin(bench, feature, *signal, source);
      judge_inquiry(bench, feature, *signal);
    }
    judge_repair(bench, feature, signal, source);
    judge_review_date(bench, feature);
  }
}

}  // namespace credence
