#include <credence/decision/clock.h>
#include <credence/explanation/say.h>
#include <credence/notice/page.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

std::string fill_one(std::string_view pattern, const std::vector<Text>& values, Language language) {
  std::string filled;
  std::size_t next = 0;
  while (true) {
    std::size_t mark = pattern.find("{}");
    filled += pattern.substr(0, mark);
    if (mark == std::string_view::npos) break;
    pattern.remove_prefix(mark + 2);
    filled += values.at(next++).in(language);
  }
  expects(next == values.size(), "fill: more values than marks");
  return filled;
}

// What a rule pack's law gives the reader, in plain words with its place.
struct Right {
  enum class When { always, credit_class, refused_credit };
  std::string_view pack;
  When when = When::always;
  Text text;
};

std::vector<Right> eu_rights() {
  using enum Right::When;
  return {
      {"eu",
       always,
       {"You may have a clear explanation of this result and of the part that the system played in "
        "it: "
        "Regulation (EU) 2024/1689, Article 86; Regulation (EU) 2016/679, Article 15(1)(h).",
        "Vous pouvez obtenir une explication claire de ce résultat et du rôle que le système y a "
        "joué : "
        "règlement (UE) 2024/1689, article 86 ; règlement (UE) 2016/679, article 15, paragraphe 1, "
        "point h)."}},
      {"eu",
       always,
       {"You may ask for a human, say what you think and contest the result: Regulation (EU) "
        "2016/679, "
        "Article 22.",
        "Vous pouvez demander une personne, donner votre point de vue et contester le résultat : "
        "règlement (UE) 2016/679, article 22."}},
      {"eu",
       always,
       {"You may have wrong data corrected, and may have it left out while it is checked: "
        "Regulation (EU) "
        "2016/679, Articles 16 and 18.",
        "Vous pouvez faire corriger une donnée fausse, et la faire écarter le temps du contrôle : "
        "règlement (UE) 2016/679, articles 16 et 18."}},
      {"eu",
       credit_class,
       {"Where creditworthiness was assessed by a machine, a human explains and reviews it when "
        "you ask: "
        "Directive (EU) 2023/2225, Article 18(8).",
        "Lorsqu'une machine a évalué la solvabilité, une personne l'explique et la réexamine à "
        "votre "
        "demande : directive (UE) 2023/2225, article 18, paragraphe 8."}},
      {"eu",
       refused_credit,
       {"After a refusal you are told of it at once and free of charge, with the result, the "
        "databases and "
        "the kinds of data used, all in this letter: Directive (EU) 2023/2225, Articles 18(9) and "
        "19.",
        "Après un refus, vous en êtes informé sans délai et gratuitement, avec le résultat, les "
        "bases et "
        "les catégories de données utilisées, toutes dans cette lettre : directive (UE) 2023/2225, "
        "article 18, paragraphe 9, et article 19."}},
  };
}

std::vector<Right> us_and_cn_rights() {
  using enum Right::When;
  return {
      {"us",
       credit_class,
       {"The reasons above are the specific ones that counted most: 12 CFR 1002.9.",
        "Les raisons ci-dessus sont celles, précises, qui ont le plus compté : 12 CFR 1002.9."}},
      {"us",
       credit_class,
       {"The score, its range, its date, its key factors in order and who provided it are stated "
        "above: "
        "15 USC 1681g(f).",
        "Le score, son étendue, sa date, ses principaux facteurs dans l'ordre et qui l'a fourni "
        "figurent "
        "ci-dessus : 15 USC 1681g(f)."}},
      {"us",
       always,
       {"You may dispute what is inaccurate or incomplete, free of charge: 15 USC 1681i.",
        "Vous pouvez contester sans frais ce qui est inexact ou incomplet : 15 USC 1681i."}},
      {"us",
       refused_credit,
       {"You may have your whole file free of charge: 15 USC 1681m and 1681j.",
        "Vous pouvez obtenir gratuitement votre dossier entier : 15 USC 1681m et 1681j."}},
      {"cn",
       always,
       {"You may ask for an explanation and refuse a decision made by a machine alone: Personal "
        "Information "
        "Protection Law, Article 24.",
        "Vous pouvez demander une explication et refuser une décision prise par une machine seule "
        ": loi sur "
        "la protection des informations personnelles, article 24."}},
      {"cn",
       always,
       {"You may contest a record; it is marked and answered within 20 days: Credit Reporting "
        "Industry "
        "Regulation, Article 25.",
        "Vous pouvez contester une donnée ; elle est signalée et vous recevez une réponse sous 20 "
        "jours : "
        "règlement sur l'activité d'information de crédit, article 25."}},
  };
}

const std::vector<Right>& rights() {
  static const std::vector<Right> all = [] {
    std::vector<Right> joined = eu_rights();
    for (Right& right : us_and_cn_rights()) joined.push_back(std::move(right));
    return joined;
  }();
  return all;
}

bool applies(const Right& right, const Programme& programme, const Decision* decision) {
  bool in_pack =
      std::ranges::find(programme.jurisdictions, right.pack) != programme.jurisdictions.end();
  bool credit_class = programme.programme_class == ProgrammeClass::creditworthiness;
  bool refused = decision != nullptr && decision->outcome() == DecisionOutcome::refused;
  switch (right.when) {
    case Right::When::always:
      return in_pack;
    case Right::When::credit_class:
      return in_pack && credit_class;
    case Right::When::refused_credit:
      return in_pack && refused;
  }
  return false;
}

}  // namespace

std::string Page::say(const Text& text) const {
  std::string said = text.in(document_.language);
  if (document_.language != Language::fr) return said;
  constexpr std::string_view kNoBreak = "\u00a0";
  constexpr std::string_view kOpen = "« ", kClose = " »";
  for (std::size_t at = 0; (at = said.find(kOpen, at)) != std::string::npos; ++at) {
    said.replace(at + kOpen.size() - 1, 1, kNoBreak);
  }
  for (std::size_t at = 0; (at = said.find(kClose, at)) != std::string::npos; ++at) {
    said.replace(at, 1, kNoBreak);
  }
  return said;
}

Text fill(const Text& pattern, const std::vector<Text>& values) {
  return {fill_one(pattern.en, values, Language::en), fill_one(pattern.fr, values, Language::fr)};
}
Text same(std::string text) {
  return {text, text};
}
Text same(std::int64_t number) {
  return same(std::to_string(number));
}

void write_particulars(Page& page, const Programme& programme, const std::string& subject,
                       Date date, std::vector<std::pair<Text, Text>> more) {
  Particulars particulars;
  auto add = [&](const Text& name, const Text& value) {
    particulars.entries.push_back({page.say(name), page.say(value)});
  };
  add({"To", "À"}, same(subject));
  add({"From", "De"},
      same(fmt::format("{} ({})", programme.operator_name, programme.operator_register)));
  add({"Date", "Date"}, say_date(date));
  add({"Programme", "Programme"},
      fill({"{}, version {}", "{}, version {}"}, {programme.title, same(programme.version)}));
  for (const auto& [name, value] : more) add(name, value);
  page.add(std::move(particulars));
}

void write_contest(Page& page, const LawfulProgramme& programme, Date date) {
  int days = dispute_days(programme);
  page.heading({"If something is wrong", "Si quelque chose est faux"});
  page.items({
      {"Tell us the number of the record and what is wrong with it. It costs nothing.",
       "Indiquez le numéro de la donnée et ce qui est faux. C'est gratuit."},
      {"The record stops counting at once. Where that would lower your score, we ask you first.",
       "La donnée cesse de compter aussitôt. Si cela devait baisser votre score, nous vous "
       "demandons "
       "d'abord."},
      fill({"A person who has not decided on you before answers within {} days. If you write "
            "today, that is "
            "{} at the latest. Without an answer by then, the record is deleted.",
            "Une personne qui n'a encore rien décidé à votre sujet répond sous {} jours. Si vous "
            "écrivez "
            "aujourd'hui, ce sera le {} au plus tard. Sans réponse à cette date, la donnée est "
            "supprimée."},
           {same(days), say_date(add(date, Period{.months = 0, .days = days}))}),
      {"After a correction your score is computed again, and everyone who received an answer based "
       "on the "
       "wrong record is told.",
       "Après une correction, votre score est recalculé et quiconque a reçu une réponse fondée sur "
       "la "
       "donnée fausse en est informé."},
  });
  page.heading({"Ask a person", "Demander une personne"});
  page.paragraph(
      fill({"You can always ask {} for a person. That person explains this letter to you, listens "
            "to you, "
            "and looks at the matter again. Looking at your file never changes your score.",
            "Vous pouvez toujours demander une personne à {}. Elle vous explique cette lettre, "
            "vous écoute "
            "et réexamine la question. Consulter votre dossier ne change jamais votre score."},
           {same(programme->operator_name)}));
}

void write_law(Page& page, const Programme& programme, const Decision* decision) {
  std::vector<Text> texts;
  for (const Right& right : rights()) {
    if (applies(right, programme, decision)) texts.push_back(right.text);
  }
  if (texts.empty()) return;
  page.heading({"Your rights in law", "Vos droits dans la loi"});
  page.items(texts);
}

}  // namespace credence
