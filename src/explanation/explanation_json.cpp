#include <credence/explanation/changes.h>
#include <credence/explanation/say.h>

namespace credence {

namespace {

Json indexes(const std::vector<std::uint64_t>& from) {
  Json::Array array;
  for (std::uint64_t index : from) array.emplace_back(index);
  return array;
}

Json as_of_json(const AsOf& as_of) {
  Json known = as_of.known == UINT64_MAX ? Json{} : Json{as_of.known};
  return Json::Object{
      {"date", to_text(as_of.date)}, {"known", known}, {"asked", to_text(as_of.asked)}};
}

Json record_json(const RecordLine& record, Language language) {
  return Json::Object{{"record", record.index},
                      {"date", to_text(record.at)},
                      {"recorded", to_text(record.recorded)},
                      {"what", record.what.in(language)},
                      {"source", record.source},
                      {"source_name", record.source_name.in(language)},
                      {"proof", record.sender},
                      {"counts_until", to_text(record.counts_until)}};
}

Json line_json(const ExplainedLine& line, Language language) {
  Json::Array records;
  for (const RecordLine& record : line.records) records.push_back(record_json(record, language));
  Json::Object json{{"id", line.id},
                    {"question", line.question.in(language)},
                    {"answer", line.answer.in(language)},
                    {"row", line.bin.in(language)},
                    {"points", line.points},
                    {"best", line.best},
                    {"records", std::move(records)}};
  if (line.repair) json["repair"] = line.repair->in(language);
  return json;
}

Json what_if_json(const Explanation& explanation, const WhatIf& what_if, Language language) {
  Json::Object json{{"line", explanation.lines.at(static_cast<std::size_t>(what_if.line)).id},
                    {"answer", what_if.answer.in(language)},
                    {"gain", what_if.gain},
                    {"total", what_if.total}};
  if (what_if.by_itself) {
    json["by_itself"] =
        Json::Object{{"from", to_text(*what_if.by_itself)}, {"gain", what_if.gain_by_itself}};
  }
  return json;
}

void write_score(Json::Object& json, const Explanation& explanation, const Score& score,
                 Language language) {
  Json::Array lines, reasons, what_ifs;
  for (const ExplainedLine& line : explanation.lines) lines.push_back(line_json(line, language));
  for (const ExplainedReason& reason : explanation.reasons) {
    const ExplainedLine& line = explanation.lines.at(static_cast<std::size_t>(reason.line));
    reasons.emplace_back(Json::Object{
        {"line", line.id}, {"distance", reason.distance}, {"inquiries", reason.inquiries}});
  }
  for (const WhatIf& what_if : explanation.what_ifs) {
    what_ifs.push_back(what_if_json(explanation, what_if, language));
  }
  json["total"] = score.total;
  json["base"] = score.base;
  json["lines"] = std::move(lines);
  json["reasons"] = std::move(reasons);
  json["what_ifs"] = std::move(what_ifs);
  if (explanation.tier) json["tier"] = explanation.tier->in(language);
}

}  // namespace

Json to_json(const Explanation& explanation, Language language) {
  Json::Object json{
      {"subject", explanation.subject},           {"programme", explanation.programme},
      {"version", explanation.programme_version}, {"card", explanation.card},
      {"as_of", as_of_json(explanation.as_of)},   {"lowest", explanation.lowest},
      {"highest", explanation.highest},           {"trace", to_hex(explanation.trace)}};
  if (const Score* score = std::get_if<Score>(&explanation.outcome)) {
    json["outcome"] = "score";
    write_score(json, explanation, *score, language);
  } else {
    const auto& too_little = std::get<NotEnoughData>(explanation.outcome);
    json["outcome"] = "not-enough-data";
    json["facts"] = Json::Object{{"there", too_little.facts}, {"needed", too_little.facts_needed}};
    json["days"] = Json::Object{{"there", too_little.days}, {"needed", too_little.days_needed}};
  }
  return json;
}

Json to_json(const Changes& changes, Language language) {
  Json::Array lines;
  for (const ChangedLine& line : changes.lines) {
    Json::Array moves;
    for (const PointsMove& move : line.moves) {
      moves.emplace_back(Json::Object{{"cause", name_of(move.cause).in(language)},
                                      {"points", move.points},
                                      {"records", indexes(move.records)}});
    }
    lines.emplace_back(Json::Object{{"id", line.id},
                                    {"question", line.question.in(language)},
                                    {"before", line.before},
                                    {"after", line.after},
                                    {"moves", std::move(moves)}});
  }
  return Json::Object{{"from", as_of_json(changes.before_as_of)},
                      {"to", as_of_json(changes.after_as_of)},
                      {"before", changes.before ? Json{*changes.before} : Json{}},
                      {"after", changes.after ? Json{*changes.after} : Json{}},
                      {"lines", std::move(lines)}};
}

}  // namespace credence
