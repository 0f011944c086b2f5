#include <credence/explanation/say.h>
#include <credence/notice/decision_letter.h>

#include <algorithm>

namespace credence {

namespace {

Text name_of_recipient(const Programme& programme, const std::string& id) {
  auto found = std::ranges::find(programme.recipients, id, &Recipient::id);
  return found == programme.recipients.end() ? same(id) : found->name;
}

void write_equal_path(Page& page, const Benefit& benefit) {
  const NoScorePath& path = benefit.no_score_path;
  page.heading({"The same without a score", "La même chose sans score"});
  page.items({
      fill({"How: {}.", "Comment : {}."}, {path.steps}),
      fill({"Price: {}.", "Prix : {}."}, {path.price}),
      fill({"Time: {}.", "Délai : {}."}, {path.time}),
      fill({"Place: {}.", "Lieu : {}."}, {path.place}),
  });
}

void write_ruling(Page& page, const Ruling& ruling) {
  page.paragraph(fill({"Decided by {}, a person, on {}. The reason given: {}",
                       "Décidé par {}, une personne, le {}. Le motif donné : {}"},
                      {same(ruling.reviewer), say_date(day_of(ruling.when)), same(ruling.reason)}));
}

void write_granted(Page& page, const Decision& decision, const Benefit& benefit) {
  page.paragraph(fill({"Yes. You get: {}.", "Oui. Vous obtenez : {}."}, {benefit.name}));
  if (decision.ruling()) return;
  page.paragraph(
      {"The published rules gave this answer, without a person.",
       "Les règles publiées ont donné cette réponse, sans intervention d'une personne."});
}

Text points_needed(const Benefit& benefit) {
  return fill({"\"{}\" by the score needs {} points.", "« {} » par le score demande {} points."},
              {benefit.name, same(benefit.points)});
}

void write_order_outcome(Page& page, const Decision& decision, const Benefit& benefit) {
  switch (decision.outcome()) {
    case DecisionOutcome::granted:
      write_granted(page, decision, benefit);
      break;
    case DecisionOutcome::equal_path:
      page.paragraph(points_needed(benefit));
      page.paragraph(
          {"You can have the same another way, just as good. This is not a refusal.",
           "Vous pouvez obtenir la même chose autrement, dans des conditions aussi bonnes. "
           "Ce n'est pas un refus."});
      break;
    case DecisionOutcome::not_enough_data:
      page.paragraph(
          {"There is not enough data for a score, so the score decides nothing. You can have "
           "the same another way, just as good.",
           "Il n'y a pas assez de données pour un score, donc le score ne décide de rien. Vous "
           "pouvez obtenir la même chose autrement, dans des conditions aussi bonnes."});
      break;
    case DecisionOutcome::awaits_human:
      page.paragraph(points_needed(benefit));
      page.paragraph(
          {"Nothing has been decided against you. A machine may not do that: a person will look "
           "at it and write to you, with the reason.",
           "Rien n'a été décidé contre vous. Une machine n'en a pas le droit : une personne va "
           "examiner la question et vous écrira, avec le motif."});
      break;
    case DecisionOutcome::refused:
      page.paragraph(
          fill({"No: \"{}\" was refused.", "Non : « {} » a été refusé."}, {benefit.name}));
      page.paragraph(points_needed(benefit));
      break;
    case DecisionOutcome::imposed:
    case DecisionOutcome::not_imposed:
      stop_on_defect("write_outcome: an order has no such outcome");
  }
}

void write_detriment_outcome(Page& page, const Decision& decision, const Consequence& consequence) {
  const Detriment& detriment = *decision.detriment();
  std::vector<Text> about{
      fill({"What it would be: {}.", "De quoi il s'agirait : {}."}, {consequence.name}),
      fill({"Because of record {}: {}.", "À cause de la donnée {} : {}."},
           {same(static_cast<std::int64_t>(detriment.record)), consequence.justification}),
      fill({"Why it is not too much: {}.", "Pourquoi ce n'est pas excessif : {}."},
           {consequence.proportionality})};
  if (decision.outcome() == DecisionOutcome::awaits_human) {
    page.paragraph(
        {"Nothing has been decided against you. A machine may not do that: a person will look at "
         "it and write to you, with the reason.",
         "Rien n'a été décidé contre vous. Une machine n'en a pas le droit : une personne va "
         "examiner la question et vous écrira, avec le motif."});
  } else if (decision.outcome() == DecisionOutcome::imposed) {
    page.paragraph(
        fill({"{}, from {}. It ends by itself on {}, without any step of yours.",
              "{}, à partir du {}. Cela prend fin de soi-même le {}, sans démarche de votre part."},
             {consequence.name, say_date(detriment.date), say_date(*decision.ends())}));
  } else {
    page.paragraph({"Nothing changes for you.", "Rien ne change pour vous."});
  }
  page.items(about);
}

// From the record of what was sent, never from the answer that the decision holds ready.
void write_disclosure(Page& page, const Programme& programme, const DecisionLetter& letter) {
  const Order* order = letter.decision->order();
  if (order == nullptr || order->recipient == kOperator) return;
  Text recipient = name_of_recipient(programme, order->recipient);
  if (!letter.disclosed) {
    page.paragraph(fill({"Nothing was told to {}.", "Rien n'a été communiqué à {}."}, {recipient}));
    return;
  }
  page.paragraph(fill({"This left the house, and nothing more: \"{}\" to {}.",
                       "Voici ce qui est sorti, et rien de plus : « {} » à {}."},
                      {same(*letter.disclosed), recipient}));
}

}  // namespace

void write_outcome(Page& page, const Programme& programme, const DecisionLetter& letter) {
  const Decision& decision = *letter.decision;
  page.heading({"What was decided", "Ce qui a été décidé"});
  const Benefit* benefit =
      decision.order() == nullptr ? nullptr : programme.find_benefit(decision.order()->benefit);
  if (decision.order() != nullptr) {
    expects(benefit != nullptr, "write_outcome: a decision of another programme");
    write_order_outcome(page, decision, *benefit);
  } else {
    auto found = std::ranges::find(programme.consequences, decision.detriment()->consequence,
                                   &Consequence::id);
    expects(found != programme.consequences.end(),
            "write_outcome: a decision of another programme");
    write_detriment_outcome(page, decision, *found);
  }
  if (decision.ruling()) write_ruling(page, *decision.ruling());
  write_disclosure(page, programme, letter);
  bool has_path = benefit != nullptr && decision.outcome() != DecisionOutcome::granted;
  if (has_path) write_equal_path(page, *benefit);
}

}  // namespace credence
