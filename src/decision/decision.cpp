#include <credence/charter/person_name.h>
#include <credence/decision/decision.h>
#include <credence/decision/decision_maker.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

Error failure(std::string code, std::string message, std::string help = {}) {
  return {
      .code = std::move(code), .message = std::move(message), .where = {}, .help = std::move(help)};
}

std::string did_you_mean(const std::string& written, const std::vector<std::string>& known) {
  std::string near = nearest(written, std::span<const std::string>{known});
  return near.empty() ? std::string{} : fmt::format("did you mean `{}`?", near);
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

Error unknown_benefit(const Programme& programme, const std::string& id) {
  std::vector<std::string> known;
  for (const Benefit& benefit : programme.benefits) known.push_back(benefit.id);
  return failure("decision.benefit", fmt::format("the programme has no benefit `{}`", id),
                 did_you_mean(id, known));
}

const Recipient* find_recipient(const Programme& programme, const std::string& id) {
  for (const Recipient& recipient : programme.recipients) {
    if (recipient.id == id) return &recipient;
  }
  return nullptr;
}

bool was_decided(const Dossier& dossier, const std::string& reference) {
  return std::ranges::any_of(dossier.statements, [&](const Statement& statement) {
    if (statement.kind != FactKind::decision_made) return false;
    const Json* written = statement.payload.find("reference");
    return written != nullptr && written->string() != nullptr && *written->string() == reference;
  });
}

std::optional<Error> refuse_order(const Programme& programme, const Dossier& dossier,
                                  const Order& order, const Benefit& benefit) {
  constexpr std::size_t kLongestReference = 200;
  bool own = order.recipient == kOperator;
  if (!own && find_recipient(programme, order.recipient) == nullptr) {
    std::vector<std::string> known{std::string{kOperator}};
    for (const Recipient& recipient : programme.recipients) known.push_back(recipient.id);
    return failure("decision.recipient",
                   fmt::format("the programme has no recipient `{}`", order.recipient),
                   did_you_mean(order.recipient, known));
  }
  if (is_blank(order.reference) || order.reference.size() > kLongestReference ||
      !is_utf8(order.reference)) {
    return failure("decision.reference", "an order needs a reference of 1 to 200 characters",
                   "give the number that the order has at the partner");
  }
  if (was_decided(dossier, order.reference)) {
    return failure(
        "decision.reference",
        fmt::format("the order `{}` was decided already; an answer serves once", order.reference),
        "give each order a reference of its own");
  }
  if (benefit.credit && (!order.affordability || is_blank(order.affordability->id))) {
    return failure(
        "decision.affordability",
        fmt::format("`{}` grants credit, and a score alone never grants credit (A27)", benefit.id),
        "assess the ability to pay apart and give the result with the order");
  }
  return std::nullopt;
}

DecisionOutcome outcome_of(const Assessment& assessment, const Order& order,
                           const Benefit& benefit) {
  const Score* score = assessment.score();
  // Where the way without a score is worse, not granting would harm, so a human decides.
  DecisionOutcome otherwise =
      benefit.no_score_path.equal ? DecisionOutcome::equal_path : DecisionOutcome::awaits_human;
  if (score == nullptr) {
    return benefit.no_score_path.equal ? DecisionOutcome::not_enough_data
                                       : DecisionOutcome::awaits_human;
  }
  if (benefit.credit) {
    bool granted = score->total >= benefit.points && order.affordability->met;
    return granted ? DecisionOutcome::granted : DecisionOutcome::awaits_human;
  }
  return score->total >= benefit.points ? DecisionOutcome::granted : otherwise;
}

// The smaller of what the benefit and the recipient allow (A24).
AnswerShape shape_of(const Programme& programme, const Order& order, const Benefit& benefit) {
  const Recipient* recipient = find_recipient(programme, order.recipient);
  return recipient == nullptr ? benefit.answer : std::min(benefit.answer, recipient->answer);
}

std::optional<std::string> answer_of(const Assessment& assessment, const Programme& programme,
                                     const Order& order, const Benefit& benefit,
                                     DecisionOutcome outcome) {
  if (order.recipient == kOperator || outcome == DecisionOutcome::awaits_human) return std::nullopt;
  AnswerShape shape = shape_of(programme, order, benefit);
  const Score* score = assessment.score();
  if (shape == AnswerShape::yes_no || score == nullptr) {
    return outcome == DecisionOutcome::granted ? "yes" : "no";
  }
  if (shape == AnswerShape::score) return std::to_string(score->total);
  const Tier* tier = programme.tier_of(score->total);
  return tier == nullptr ? "none" : tier->name.en;
}

}  // namespace

std::string_view name_of(DecisionOutcome outcome) {
  switch (outcome) {
    case DecisionOutcome::granted:
      return "granted";
    case DecisionOutcome::equal_path:
      return "equal-path";
    case DecisionOutcome::not_enough_data:
      return "not-enough-data";
    case DecisionOutcome::awaits_human:
      return "awaits-human";
    case DecisionOutcome::refused:
      return "refused";
    case DecisionOutcome::imposed:
      return "imposed";
    case DecisionOutcome::not_imposed:
      return "not-imposed";
  }
  stop_on_defect("name_of: unknown outcome");
}

Result<Decision> decide(const Assessment& assessment, const LawfulProgramme& programme,
                        const Hash& trace, const Dossier& dossier, const Order& order) {
  const Benefit* benefit = programme->find_benefit(order.benefit);
  if (benefit == nullptr) return unknown_benefit(*programme, order.benefit);
  if (auto error = refuse_order(*programme, dossier, order, *benefit)) return *error;
  DecisionOutcome outcome = outcome_of(assessment, order, *benefit);
  return DecisionMaker::make({
      .about = order,
      .outcome = outcome,
      .ruling = {},
      .trace = trace,
      .ends = {},
      .answer = answer_of(assessment, *programme, order, *benefit, outcome),
  });
}

namespace {

Result<Decision> rule_on_order(const Decision& proposed, const Ruling& ruling) {
  bool granted = ruling.verdict == RulingVerdict::for_the_person;
  std::optional<std::string> answer;
  if (proposed.order()->recipient != kOperator) answer = granted ? "yes" : "no";
  return DecisionMaker::make({
      .about = *proposed.order(),
      .outcome = granted ? DecisionOutcome::granted : DecisionOutcome::refused,
      .ruling = ruling,
      .trace = proposed.trace(),
      .ends = {},
      .answer = answer,
  });
}

std::optional<Error> refuse_ruling(const Decision& proposed, const Dossier& dossier,
                                   const Ruling& ruling) {
  if (proposed.outcome() != DecisionOutcome::awaits_human) {
    return failure("decision.not_awaiting", fmt::format("nothing awaits a human: the outcome is {}",
                                                        name_of(proposed.outcome())));
  }
  if (!is_utf8(ruling.reviewer) || !names_a_person(ruling.reviewer)) {
    return failure("decision.reviewer", "a ruling needs the name of the person who gives it (A18)");
  }
  if (same_person(ruling.reviewer, dossier.subject)) {
    return failure("decision.reviewer", "nobody rules on their own case");
  }
  if (is_blank(ruling.reason) || !is_utf8(ruling.reason)) {
    return failure("decision.reason", "a ruling needs a reason in writing",
                   "write what was looked at and why it leads to this");
  }
  return std::nullopt;
}

}  // namespace

Result<Decision> rule(const Decision& proposed, const LawfulProgramme& programme,
                      const Dossier& dossier, const Ruling& ruling) {
  if (auto error = refuse_ruling(proposed, dossier, ruling)) return *error;
  if (proposed.order() != nullptr) return rule_on_order(proposed, ruling);
  return rule_on_detriment(proposed, programme, dossier, ruling);
}

Result<Disclosure> disclose(const Decision& decision, const LawfulProgramme& programme,
                            const Dossier& dossier, const AsOf& as_of, std::uint64_t decision_fact,
                            std::string pseudonym) {
  const Order* order = decision.order();
  if (order == nullptr || !decision.answer()) {
    return failure("decision.no_answer", "there is no answer that may leave",
                   "a partner is answered after the decision, never about a disadvantage");
  }
  std::set<std::uint64_t> grants;
  for (const Feature& feature : programme->features) {
    int event = feature.from;
    int source = programme->events.at(static_cast<std::size_t>(event)).source;
    const std::string& id = programme->sources.at(static_cast<std::size_t>(source)).id;
    const Grant* grant =
        dossier.consents.live(programme->purpose, id, order->recipient, as_of.asked, as_of.known);
    if (grant == nullptr) {
      return failure("decision.consent",
                     fmt::format("{} has not agreed that `{}` learns anything that comes from `{}` "
                                 "(A13)",
                                 dossier.subject, order->recipient, id),
                     "ask for that consent, or let the operator answer its own customer");
    }
    grants.insert(grant->index);
  }
  return Disclosure{.recipient = order->recipient,
                    .pseudonym = std::move(pseudonym),
                    .reference = order->reference,
                    .answer = *decision.answer(),
                    .decision = decision_fact,
                    .grants = {grants.begin(), grants.end()}};
}

}  // namespace credence
