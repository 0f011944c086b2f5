#include <credence/explanation/explanation.h>
#include <credence/explanation/ranking.h>
#include <credence/explanation/what_if.h>

namespace credence {

namespace {

// The programme's own sentence about when a line stops counting against somebody (A33).
std::optional<Text> repair_rule(const Programme& programme, std::size_t feature) {
  const TomlNode* all = programme.document.find("feature");
  if (all == nullptr || all->array() == nullptr || feature >= all->array()->size()) return {};
  const TomlNode* repair = (*all->array())[feature].find("repair");
  const TomlNode* rule = repair == nullptr ? nullptr : repair->find("rule");
  if (rule == nullptr) return std::nullopt;
  const TomlNode* en = rule->find("en");
  const TomlNode* fr = rule->find("fr");
  if (en == nullptr || fr == nullptr || !en->string() || !fr->string()) return std::nullopt;
  return Text{*en->string(), *fr->string()};
}

Text bin_label(const Card::Line& line, const Term& term, const Text& answer) {
  if (term.bin < 0) return answer;
  return line.bins.at(static_cast<std::size_t>(term.bin)).label;
}

ExplainedLine explain_line(const Programme& programme, const Card::Line& line, const Term& term,
                           const Dossier& dossier, const FeatureValue& value) {
  auto position = static_cast<std::size_t>(term.feature);
  const Feature& feature = programme.features.at(position);
  ExplainedLine explained{.feature = term.feature,
                          .id = feature.id,
                          .question = feature.question,
                          .answer = say_answer(programme, feature, value.answer),
                          .bin = {},
                          .points = term.points,
                          .best = line.highest(),
                          .records = {},
                          .repair = repair_rule(programme, position)};
  explained.bin = bin_label(line, term, explained.answer);
  for (std::uint64_t index : value.facts) {
    const EventFact* record = find_record(dossier, index);
    expects(record != nullptr, "explain: the assessment was made from another dossier");
    explained.records.push_back(say_record(programme, *record, &feature));
  }
  return explained;
}

void explain_score(Explanation& explanation, const WhatIfQuestion& question) {
  for (std::size_t i = 0; i < question.score.terms.size(); ++i) {
    const Term& term = question.score.terms[i];
    const FeatureValue& value = question.features.values.at(static_cast<std::size_t>(term.feature));
    explanation.lines.push_back(explain_line(*question.programme, question.card.lines().at(i), term,
                                             question.dossier, value));
  }
  explanation.reasons = ranked_reasons(*question.programme, question.card, question.score);
  for (const ExplainedReason& reason : explanation.reasons) {
    auto what_if = nearest_better(question, static_cast<std::size_t>(reason.line));
    if (what_if) explanation.what_ifs.push_back(*what_if);
  }
  const Tier* tier = question.programme->tier_of(question.score.total);
  if (tier != nullptr) explanation.tier = tier->name;
}

}  // namespace

Explanation explain(const LawfulProgramme& programme, const Card& card, const Dossier& dossier,
                    const Assessment& assessment, const Hash& trace) {
  Explanation explanation{.subject = dossier.subject,
                          .programme = programme->id,
                          .programme_version = programme->version,
                          .card = card.id(),
                          .as_of = assessment.features.as_of,
                          .outcome = assessment.outcome,
                          .lowest = card.lowest(),
                          .highest = card.highest(),
                          .tier = {},
                          .lines = {},
                          .reasons = {},
                          .what_ifs = {},
                          .trace = trace};
  if (const Score* score = assessment.score()) {
    explain_score(explanation, {programme, card, dossier, assessment.features, *score});
  }
  return explanation;
}

}  // namespace credence
