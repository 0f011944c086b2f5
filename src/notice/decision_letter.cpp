#include <credence/explanation/say.h>
#include <credence/notice/decision_letter.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace credence {

namespace {

// A letter lists this many records, the newest first; the rest stand in the person's file.
constexpr std::size_t kRecordsListed = 60;
constexpr std::size_t kRecordsOfALine = 24;

const ExplainedLine& line_of(const Explanation& explanation, int line) {
  return explanation.lines.at(static_cast<std::size_t>(line));
}

void write_score(Page& page, const DecisionLetter& letter, const Score& score,
                 const LawfulProgramme& programme) {
  const Explanation& explanation = letter.explanation;
  page.heading({"Your score", "Votre score"});
  Text said = fill({"{} points on {}. With these rules a score lies between {} and {}.",
                    "{} points au {}. Avec ces règles, un score se situe entre {} et {}."},
                   {same(score.total), say_date(explanation.as_of.date), same(explanation.lowest),
                    same(explanation.highest)});
  page.add(Bar{.label = page.say(said),
               .lowest = explanation.lowest,
               .highest = explanation.highest,
               .value = score.total});
  if (explanation.tier) {
    page.paragraph(
        fill({"This is the band \"{}\".", "C'est la tranche « {} »."}, {*explanation.tier}));
  }
  page.paragraph(fill(
      {"{} computed it by adding whole points under published rules; nothing was learned by a "
       "machine, "
       "and nothing was rounded. It serves one purpose only and is neither sold nor shown to "
       "others.",
       "{} l'a calculé en additionnant des points entiers selon des règles publiées ; rien n'a été "
       "appris par une machine et rien n'a été arrondi. Il ne sert qu'à un but et n'est ni vendu "
       "ni "
       "montré à d'autres."},
      {same(programme->operator_name)}));
}

void write_sum(Page& page, const Explanation& explanation, const Score& score) {
  page.heading({"How the points add up", "Comment les points s'additionnent"});
  LetterTable table{
      .caption = page.say({"Every point of your score", "Chaque point de votre score"}),
      .columns = {{.name = page.say({"Question", "Question"})},
                  {.name = page.say({"Your answer", "Votre réponse"})},
                  {.name = page.say({"Points", "Points"}), .number = true},
                  {.name = page.say({"Best", "Maximum"}), .number = true}},
      .rows = {},
      .last_is_sum = true};
  auto points = [&](int number) { return page.say(say_points(number)); };
  table.rows.push_back(
      {page.say({"Base points, the same for everyone", "Points de base, les mêmes pour tous"}), "",
       std::to_string(score.base), std::to_string(score.base)});
  for (const ExplainedLine& line : explanation.lines) {
    table.rows.push_back(
        {page.say(line.question), page.say(line.answer), points(line.points), points(line.best)});
  }
  table.rows.push_back({page.say({"Your score: the sum", "Votre score : la somme"}), "",
                        std::to_string(score.total), std::to_string(explanation.highest)});
  page.add(std::move(table));
}

Text below_baseline(Baseline baseline) {
  switch (baseline) {
    case Baseline::best:
      return {"{}: {}. That is {} points below the best answer.",
              "{} : {}. C'est {} points de moins que la meilleure réponse."};
    case Baseline::mean:
      return {"{}: {}. That is {} points below the average.",
              "{} : {}. C'est {} points de moins que la moyenne."};
    case Baseline::policy:
      return {"{}: {}. That is {} points below what the rules expect.",
              "{} : {}. C'est {} points de moins que ce qu'attendent les règles."};
  }
  stop_on_defect("below_baseline: unknown baseline");
}

void write_reasons(Page& page, const Explanation& explanation, const Programme& programme) {
  page.heading({"What lowered your score most", "Ce qui a le plus baissé votre score"});
  if (explanation.reasons.empty()) {
    page.paragraph({"Nothing did: no answer could have brought more points.",
                    "Rien : aucune réponse n'aurait apporté plus de points."});
    return;
  }
  Text pattern = below_baseline(programme.explanation.baseline);
  std::vector<Text> reasons;
  for (const ExplainedReason& reason : explanation.reasons) {
    const ExplainedLine& line = line_of(explanation, reason.line);
    reasons.push_back(fill(pattern, {line.question, line.answer, same(reason.distance)}));
  }
  page.items(reasons, true);
}

Text say_what_if(const Explanation& explanation, const WhatIf& what_if) {
  const ExplainedLine& line = line_of(explanation, what_if.line);
  Text said = fill(
      {"{}: if the answer were \"{}\" instead of \"{}\", then {} points: {} in all.",
       "{} : si la réponse était « {} » au lieu de « {} », alors {} points : {} en tout."},
      {line.question, what_if.answer, line.answer, say_points(what_if.gain), same(what_if.total)});
  if (!what_if.by_itself) return said;
  Text later = fill({" Without anything new, {} points come by themselves on {}.",
                     " Sans rien de nouveau, {} points reviennent d'eux-mêmes le {}."},
                    {say_points(what_if.gain_by_itself), say_date(*what_if.by_itself)});
  return {said.en + later.en, said.fr + later.fr};
}

void write_what_ifs(Page& page, const Explanation& explanation) {
  if (explanation.what_ifs.empty()) return;
  page.heading({"What would change it", "Ce qui le changerait"});
  page.paragraph({"Computed with the same rules, one change at a time, all else as it is.",
                  "Calculé avec les mêmes règles, un changement à la fois, le reste inchangé."});
  std::vector<Text> texts;
  for (const WhatIf& what_if : explanation.what_ifs) {
    texts.push_back(say_what_if(explanation, what_if));
  }
  page.items(texts);
}

std::vector<const RecordLine*> newest_first(const std::vector<RecordLine>& all) {
  std::vector<const RecordLine*> records;
  for (const RecordLine& record : all) records.push_back(&record);
  std::ranges::sort(records, [](const RecordLine* a, const RecordLine* b) {
    return a->at != b->at ? a->at > b->at : a->index < b->index;
  });
  return records;
}

Text and_more(std::size_t left_out) {
  return fill({"and {} older ones in your file", "et {} plus anciennes dans votre dossier"},
              {same(static_cast<std::int64_t>(left_out))});
}

// "9 (until 14 February 2027), 13 (until 14 June 2027)"
Text records_of(const ExplainedLine& line) {
  Text list;
  std::vector<const RecordLine*> records = newest_first(line.records);
  std::size_t listed = std::min(records.size(), kRecordsOfALine);
  for (std::size_t i = 0; i < listed; ++i) {
    Text one = fill({"{} (until {})", "{} (jusqu'au {})"},
                    {same(static_cast<std::int64_t>(records[i]->index)),
                     say_date(records[i]->counts_until - std::chrono::days{1})});
    list.en += (i == 0 ? "" : ", ") + one.en;
    list.fr += (i == 0 ? "" : ", ") + one.fr;
  }
  if (records.size() == listed) return list;
  Text more = and_more(records.size() - listed);
  return {list.en + ", " + more.en, list.fr + ", " + more.fr};
}

void write_lines_with_records(Page& page, const Explanation& explanation) {
  std::vector<Text> lines;
  for (const ExplainedLine& line : explanation.lines) {
    if (line.records.empty()) continue;
    Text said = fill({"{}: {}.", "{} : {}."}, {line.question, records_of(line)});
    if (line.repair) {
      said.en += " Rule: " + line.repair->en + ".";
      said.fr += " Règle : " + line.repair->fr + ".";
    }
    lines.push_back(std::move(said));
  }
  page.paragraph(
      {"Which records each line used, by number, and until when each of them counts there:",
       "Les données utilisées par chaque ligne, par numéro, et jusqu'à quand chacune y compte :"});
  page.items(lines);
}

void write_record_table(Page& page, const std::vector<RecordLine>& all) {
  LetterTable table{.caption = page.say({"The records by number", "Les données par numéro"}),
                    .columns = {{.name = page.say({"No.", "N°"}), .number = true},
                                {.name = page.say({"Date", "Date"})},
                                {.name = page.say({"Record", "Donnée"})},
                                {.name = page.say({"From", "Origine"})}},
                    .rows = {},
                    .last_is_sum = false};
  std::vector<const RecordLine*> records = newest_first(all);
  std::size_t listed = std::min(records.size(), kRecordsListed);
  for (std::size_t i = 0; i < listed; ++i) {
    const RecordLine& record = *records[i];
    table.rows.push_back({std::to_string(record.index), page.say(say_date(record.at)),
                          page.say(record.what), page.say(record.source_name)});
  }
  page.add(std::move(table));
  if (records.size() > listed) page.paragraph(and_more(records.size() - listed));
}

void write_records(Page& page, const Explanation& explanation) {
  std::map<std::uint64_t, RecordLine> all;
  std::map<std::string, std::pair<Text, std::string>> sources;
  for (const ExplainedLine& line : explanation.lines) {
    for (const RecordLine& record : line.records) {
      all.emplace(record.index, record);
      sources.emplace(record.source, std::pair{record.source_name, record.sender});
    }
  }
  if (all.empty()) return;
  page.heading({"The records behind it", "Les données derrière"});
  write_lines_with_records(page, explanation);
  std::vector<RecordLine> records;
  for (const auto& [index, record] : all) records.push_back(record);
  write_record_table(page, records);
  std::vector<Text> proofs;
  for (const auto& [id, source] : sources) {
    proofs.push_back(fill({"{}: {}", "{} : {}"}, {source.first, same(source.second)}));
  }
  page.paragraph({"How the records reached us and what proves them:",
                  "Comment les données nous sont parvenues et ce qui les prouve :"});
  page.items(proofs);
}

void write_too_little(Page& page, const NotEnoughData& too_little) {
  page.heading({"Not enough data for a score", "Pas assez de données pour un score"});
  page.paragraph(fill(
      {"We know {} records over {} days. The rules need {} records over {} days. That is not a low "
       "score: it is no score, and it counts against nobody.",
       "Nous connaissons {} données sur {} jours. Les règles en demandent {} sur {} jours. Ce "
       "n'est pas "
       "un score bas : c'est l'absence de score, et elle ne joue contre personne."},
      {same(too_little.facts), same(too_little.days), same(too_little.facts_needed),
       same(too_little.days_needed)}));
}

void write_debt_advice(Page& page, const LawfulProgramme& programme, const Decision* decision) {
  bool good_news = decision != nullptr && decision->outcome() == DecisionOutcome::granted;
  if (programme->programme_class != ProgrammeClass::creditworthiness || good_news) return;
  page.heading({"If money is short", "Si l'argent manque"});
  page.paragraph(
      {"Debt advice is free, independent and confidential. Your town hall or a consumer "
       "association tells "
       "you where to find it near you. Asking for it has no effect on your score.",
       "Le conseil aux personnes endettées est gratuit, indépendant et confidentiel. Votre mairie "
       "ou une "
       "association de consommateurs vous indique où le trouver près de chez vous. Le demander n'a "
       "aucun "
       "effet sur votre score."});
}

void write_proof(Page& page, const DecisionLetter& letter, const Programme& programme) {
  page.heading({"How to check this letter", "Comment vérifier cette lettre"});
  Particulars particulars;
  auto add = [&](const Text& name, std::string value) {
    particulars.entries.push_back({page.say(name), std::move(value)});
  };
  add({"Points table", "Table des points"}, letter.explanation.card);
  if (letter.decision_fact) {
    add({"Decision is record", "La décision est la donnée"},
        fmt::format("{}", *letter.decision_fact));
  }
  add({"Calculation (SHA-256)", "Calcul (SHA-256)"}, to_hex(letter.explanation.trace));
  bool moved = letter.decision && letter.decision->trace() &&
               *letter.decision->trace() != letter.explanation.trace;
  if (moved) {
    add({"Calculation at the decision", "Calcul lors de la décision"},
        to_hex(*letter.decision->trace()));
  }
  const TomlNode* publication = programme.document.find("publication");
  const TomlNode* address = publication == nullptr ? nullptr : publication->find("register");
  if (address != nullptr && address->string() != nullptr) {
    add({"The published rules", "Les règles publiées"}, *address->string());
  }
  page.add(std::move(particulars));
  if (!moved) return;
  page.paragraph(
      {"The two calculations differ: records were erased since, so this letter explains what "
       "is still there.",
       "Les deux calculs diffèrent : des données ont été effacées depuis ; cette lettre "
       "explique donc ce qui reste."});
}

Text title_of(const DecisionLetter& letter) {
  if (!letter.decision) return {"Your score, explained", "Votre score expliqué"};
  return letter.decision->order() != nullptr
             ? Text{"Our decision, explained", "Notre décision expliquée"}
             : Text{"A decision about you, explained", "Une décision à votre sujet, expliquée"};
}

}  // namespace

std::string write(const DecisionLetter& letter, const LawfulProgramme& programme, Language language,
                  LetterFormat format) {
  const Decision* decision = letter.decision ? &*letter.decision : nullptr;
  const Explanation& explanation = letter.explanation;
  Page page{language, title_of(letter)};
  std::vector<std::pair<Text, Text>> more;
  if (decision != nullptr && decision->order() != nullptr) {
    more.push_back({{"Order", "Commande"}, same(decision->order()->reference)});
  }
  write_particulars(page, *programme, explanation.subject, letter.date, std::move(more));
  if (decision != nullptr) write_outcome(page, *programme, letter);
  if (const Score* score = std::get_if<Score>(&explanation.outcome)) {
    write_score(page, letter, *score, programme);
    write_reasons(page, explanation, *programme);
    write_what_ifs(page, explanation);
    write_sum(page, explanation, *score);
    write_records(page, explanation);
  } else {
    write_too_little(page, std::get<NotEnoughData>(explanation.outcome));
  }
  write_contest(page, programme, letter.date);
  write_debt_advice(page, programme, decision);
  write_law(page, *programme, decision);
  write_proof(page, letter, *programme);
  return page.set(format);
}

}  // namespace credence
