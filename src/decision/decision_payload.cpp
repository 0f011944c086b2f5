#include <credence/decision/decision_maker.h>
#include <credence/decision/payload.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace credence {

namespace {

constexpr int kVersion = 1;
constexpr std::array kOutcomes{DecisionOutcome::granted,         DecisionOutcome::equal_path,
                               DecisionOutcome::not_enough_data, DecisionOutcome::awaits_human,
                               DecisionOutcome::refused,         DecisionOutcome::imposed,
                               DecisionOutcome::not_imposed};

void write_about(Json::Object& payload, const Order& order) {
  payload["about"] = "benefit";
  payload["benefit"] = order.benefit;
  payload["recipient"] = order.recipient;
  payload["reference"] = order.reference;
  payload["date"] = to_text(order.date);
  if (order.amount) payload["amount"] = to_text(*order.amount);
  if (order.affordability) {
    payload["affordability"] =
        Json::Object{{"id", order.affordability->id}, {"met", order.affordability->met}};
  }
}

void write_about(Json::Object& payload, const Detriment& detriment) {
  payload["about"] = "detriment";
  payload["consequence"] = detriment.consequence;
  payload["record"] = detriment.record;
  payload["date"] = to_text(detriment.date);
}

Order read_order(PayloadReader& read, const Json& payload) {
  Order order{.reference = read.text(payload, "reference"),
              .benefit = read.text(payload, "benefit"),
              .recipient = read.text(payload, "recipient"),
              .amount = {},
              .date = read.date(payload, "date"),
              .affordability = {}};
  if (read.has(payload, "amount")) {
    order.amount = parse_money(read.text(payload, "amount"));
    if (!order.amount) read.refuse("`amount` is no amount");
  }
  if (read.has(payload, "affordability")) {
    const Json& json = read.member(payload, "affordability");
    order.affordability = {.id = read.text(json, "id"), .met = read.boolean(json, "met")};
  }
  return order;
}

Ruling read_ruling(PayloadReader& read, const Json& payload) {
  std::string verdict = read.text(payload, "verdict");
  bool for_the_person = verdict == "for-the-person";
  if (!for_the_person && verdict != "against-the-person")
    read.refuse("`verdict` is not one of two");
  return {
      .reviewer = read.text(payload, "reviewer"),
      .verdict = for_the_person ? RulingVerdict::for_the_person : RulingVerdict::against_the_person,
      .reason = read.text(payload, "reason"),
      .when = read.instant(payload, "ruled"),
      .until = {}};
}

DecisionOutcome read_outcome(PayloadReader& read, const Json& payload) {
  std::string written = read.text(payload, "outcome");
  for (DecisionOutcome outcome : kOutcomes) {
    if (name_of(outcome) == written) return outcome;
  }
  read.refuse(fmt::format("`{}` is no outcome", written));
  return DecisionOutcome::awaits_human;
}

// What the programme must know for the rest of the letter to be written.
void check_names(PayloadReader& read, const DecisionMaker::Parts& parts,
                 const Programme& programme) {
  if (const Order* order = std::get_if<Order>(&parts.about)) {
    if (programme.find_benefit(order->benefit) == nullptr) {
      read.refuse(fmt::format("the programme has no benefit `{}`", order->benefit));
    }
    return;
  }
  const auto& detriment = std::get<Detriment>(parts.about);
  bool known = std::ranges::any_of(programme.consequences, [&](const Consequence& consequence) {
    return consequence.id == detriment.consequence;
  });
  if (!known) {
    read.refuse(fmt::format("the programme has no consequence `{}`", detriment.consequence));
  }
}

}  // namespace

Json::Object to_payload(const Decision& decision, std::optional<std::uint64_t> score_fact,
                        std::optional<std::uint64_t> proposal_fact) {
  expects(score_fact.has_value() == decision.trace().has_value(),
          "to_payload: a decision names its score exactly when it has one");
  Json::Object payload{{"v", kVersion}, {"outcome", name_of(decision.outcome())}};
  if (const Order* order = decision.order()) {
    write_about(payload, *order);
  } else {
    write_about(payload, *decision.detriment());
  }
  payload["decided_by"] = decision.ruling() ? "human" : "programme";
  if (const auto& ruling = decision.ruling()) {
    bool for_the_person = ruling->verdict == RulingVerdict::for_the_person;
    payload["verdict"] = for_the_person ? "for-the-person" : "against-the-person";
    payload["reviewer"] = ruling->reviewer;
    payload["reason"] = ruling->reason;
    payload["ruled"] = to_text(ruling->when);
  }
  if (decision.trace()) payload["trace"] = to_hex(*decision.trace());
  if (score_fact) payload["score"] = *score_fact;
  if (proposal_fact) payload["proposal"] = *proposal_fact;
  if (decision.ends()) payload["ends"] = to_text(*decision.ends());
  if (decision.answer()) payload["answer"] = *decision.answer();
  return payload;
}

Result<Decision> read_decision(const Statement& statement, const LawfulProgramme& programme) {
  PayloadReader read{statement.index};
  const Json& payload = statement.payload;
  if (statement.kind != FactKind::decision_made || payload.object() == nullptr) {
    read.refuse("it is no decision");
    return *read.error();
  }
  if (read.small(payload, "v") != kVersion) read.refuse("its version is not known here");
  DecisionMaker::Parts parts;
  parts.outcome = read_outcome(read, payload);
  std::string about = read.text(payload, "about");
  if (about == "benefit") {
    parts.about = read_order(read, payload);
  } else {
    if (about != "detriment") read.refuse("it is about neither a benefit nor a detriment");
    parts.about = Detriment{.consequence = read.text(payload, "consequence"),
                            .record = read.index(payload, "record"),
                            .date = read.date(payload, "date")};
  }
  bool ruled = read.text(payload, "decided_by") == "human";
  if (ruled) parts.ruling = read_ruling(read, payload);
  if (read.has(payload, "trace")) parts.trace = read.hash(payload, "trace");
  if (read.has(payload, "ends")) parts.ends = read.date(payload, "ends");
  if (read.has(payload, "answer")) parts.answer = read.text(payload, "answer");
  check_names(read, parts, *programme);
  if (!DecisionMaker::is_possible(parts)) {
    read.refuse("no such decision may exist: a disadvantage needs a human with a reason");
  }
  if (read.error()) return *read.error();
  return DecisionMaker::make(std::move(parts));
}

std::set<std::string> human_deciders(const Dossier& dossier) {
  std::set<std::string> deciders;
  for (const Statement& statement : dossier.statements) {
    if (statement.kind != FactKind::decision_made) continue;
    const Json* reviewer = statement.payload.find("reviewer");
    if (reviewer != nullptr && reviewer->string() != nullptr) deciders.insert(*reviewer->string());
  }
  return deciders;
}

Json::Object to_payload(const Disclosure& disclosure, const LawfulProgramme& programme) {
  return {{"v", kVersion},
          {"purpose", programme->purpose},
          {"recipient", disclosure.recipient},
          {"pseudonym", disclosure.pseudonym},
          {"reference", disclosure.reference},
          {"answer", disclosure.answer},
          {"decision", disclosure.decision},
          {"grants", indexes_to_json(disclosure.grants)}};
}

}  // namespace credence
