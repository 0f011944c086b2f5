#include <credence/decision/assessment.h>
#include <credence/decision/payload.h>

#include <limits>

namespace credence {

namespace {

constexpr int kVersion = 1;

Json as_of_json(const AsOf& as_of) {
  return Json::Object{
      {"date", to_text(as_of.date)}, {"known", as_of.known}, {"asked", to_text(as_of.asked)}};
}

void write_score(Json::Object& payload, const Score& score, const Features& features,
                 const Programme& programme) {
  Json::Array terms;
  terms.reserve(score.terms.size());
  for (const Term& term : score.terms) {
    const FeatureValue& value = features.values.at(static_cast<std::size_t>(term.feature));
    terms.emplace_back(Json::Object{
        {"feature", programme.features.at(static_cast<std::size_t>(term.feature)).id},
        {"answer", cell_to_json(value.answer)},
        {"bin", term.bin},
        {"points", term.points},
        {"facts", indexes_to_json(value.facts)},
    });
  }
  payload["outcome"] = "score";
  payload["base"] = score.base;
  payload["total"] = score.total;
  payload["terms"] = std::move(terms);
}

void write_too_little(Json::Object& payload, const NotEnoughData& too_little) {
  payload["outcome"] = "not-enough-data";
  payload["facts"] = Json::Object{{"there", too_little.facts}, {"needed", too_little.facts_needed}};
  payload["days"] = Json::Object{{"there", too_little.days}, {"needed", too_little.days_needed}};
}

void read_terms(PayloadReader& read, const Json& payload, IssuedScore& issued) {
  issued.total = read.small(payload, "total");
  issued.base = read.small(payload, "base");
  std::int64_t sum = issued.base;
  for (const Json& term : read.array(payload, "terms")) {
    issued.terms.push_back({.feature = read.text(term, "feature"),
                            .answer = read.cell(term, "answer"),
                            .bin = read.small(term, "bin"),
                            .points = read.small(term, "points"),
                            .facts = read.indexes(term, "facts")});
    sum += issued.terms.back().points;
  }
  if (sum != issued.total) read.refuse("the points do not add up to the total");
}

AsOf read_as_of(PayloadReader& read, const Json& payload) {
  const Json& json = read.member(payload, "as_of");
  return {.date = read.date(json, "date"),
          .known = read.index(json, "known"),
          .asked = read.instant(json, "asked")};
}

}  // namespace

Json::Object score_payload(const Assessment& assessment, const LawfulProgramme& programme,
                           const Card& card, std::uint64_t programme_fact) {
  const Features& features = assessment.features;
  expects(features.as_of.known <= std::numeric_limits<std::int64_t>::max(),
          "score_payload: what is known must have an end");
  Json::Object payload{
      {"v", kVersion},
      {"as_of", as_of_json(features.as_of)},
      {"programme",
       Json::Object{
           {"id", programme->id}, {"version", programme->version}, {"fact", programme_fact}}},
      {"card", to_hex(sha256(card.text()))},
      {"usable", features.usable_facts},
      {"oldest", features.oldest ? Json{to_text(*features.oldest)} : Json{}},
  };
  if (const Score* score = assessment.score()) {
    write_score(payload, *score, features, *programme);
  } else {
    write_too_little(payload, std::get<NotEnoughData>(assessment.outcome));
  }
  return payload;
}

Hash trace_hash(Json::Object payload) {
  payload.erase("recorded");
  return sha256(to_canonical_json(Json{std::move(payload)}));
}

Result<IssuedScore> read_issued_score(const Statement& statement) {
  PayloadReader read{statement.index};
  const Json& payload = statement.payload;
  if (statement.kind != FactKind::score_issued || payload.object() == nullptr) {
    read.refuse("it is no score");
    return *read.error();
  }
  IssuedScore issued;
  issued.index = statement.index;
  issued.recorded = statement.recorded;
  if (read.small(payload, "v") != kVersion) read.refuse("its version is not known here");
  issued.as_of = read_as_of(read, payload);
  const Json& programme = read.member(payload, "programme");
  issued.programme = read.text(programme, "id");
  issued.programme_version = read.small(programme, "version");
  issued.programme_fact = read.index(programme, "fact");
  issued.card_hash = read.hash(payload, "card");
  issued.usable_facts = read.small(payload, "usable");
  std::string outcome = read.text(payload, "outcome");
  issued.enough = outcome == "score";
  if (issued.enough) {
    read_terms(read, payload, issued);
  } else if (outcome != "not-enough-data") {
    read.refuse("its outcome is not one of the list");
  }
  if (read.error()) return *read.error();
  issued.trace = trace_hash(*payload.object());
  return issued;
}

}  // namespace credence
