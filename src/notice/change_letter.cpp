#include <credence/decision/clock.h>
#include <credence/explanation/say.h>
#include <credence/notice/page.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

Text outcome_of(DisputeOutcome outcome) {
  switch (outcome) {
    case DisputeOutcome::corrected:
      return {"You were right: record {} was corrected.",
              "Vous aviez raison : la donnée {} a été corrigée."};
    case DisputeOutcome::deleted:
      return {"Record {} was deleted. It will not be taken in again.",
              "La donnée {} a été supprimée. Elle ne sera pas reprise."};
    case DisputeOutcome::kept:
      return {"Record {} stays as it is and counts again.",
              "La donnée {} reste telle quelle et compte à nouveau."};
  }
  stop_on_defect("outcome_of: unknown outcome of a dispute");
}

void write_open_dispute(Page& page, const Dispute& dispute, const LawfulProgramme& programme) {
  page.paragraph(fill(
      {"You contested record {} on {}. A person answers by {}; without an answer the record "
       "is deleted.",
       "Vous avez contesté la donnée {} le {}. Une personne répond d'ici au {} ; sans réponse, "
       "la donnée est supprimée."},
      {same(static_cast<std::int64_t>(dispute.record)), say_date(day_of(dispute.opened)),
       say_date(
           add(day_of(dispute.opened), Period{.months = 0, .days = dispute_days(programme)}))}));
  page.paragraph(dispute.frozen
                     ? Text{"Until then it does not count.", "D'ici là, elle ne compte pas."}
                     : Text{"You chose that it goes on counting until then.",
                            "Vous avez choisi qu'elle continue de compter d'ici là."});
}

void write_dispute(Page& page, const Dispute& dispute, const LawfulProgramme& programme) {
  page.heading({"What became of your objection", "Ce qu'est devenue votre contestation"});
  if (!dispute.decided) {
    write_open_dispute(page, dispute, programme);
    return;
  }
  const Dispute::Decided& decided = *dispute.decided;
  page.paragraph(
      fill(outcome_of(decided.outcome), {same(static_cast<std::int64_t>(dispute.record))}));
  page.paragraph(fill({"You wrote: {}", "Vous avez écrit : {}"}, {same(dispute.because)}));
  if (decided.by == kSilence) {
    page.paragraph({"Nobody answered in time, and silence decides for you.",
                    "Personne n'a répondu à temps, et le silence décide en votre faveur."});
    return;
  }
  page.paragraph(fill(
      {"Decided by {} on {}. The reason given: {}", "Décidé par {} le {}. Le motif donné : {}"},
      {same(decided.by), say_date(day_of(decided.when)), same(decided.because)}));
}

Text total_of(const std::optional<int>& total) {
  if (!total) return {"not enough data", "pas assez de données"};
  return same(*total);
}

std::string records_of(const PointsMove& move) {
  std::string list;
  for (std::uint64_t record : move.records) {
    list += fmt::format("{}{}", list.empty() ? "" : ", ", record);
  }
  return list;
}

void write_moves(Page& page, const Changes& changes) {
  LetterTable table{.caption = page.say({"Every point that moved, and why",
                                         "Chaque point qui a bougé, et pourquoi"}),
                    .columns = {{.name = page.say({"Question", "Question"})},
                                {.name = page.say({"Cause", "Cause"})},
                                {.name = page.say({"Records", "Données"})},
                                {.name = page.say({"Points", "Points"}), .number = true}},
                    .rows = {},
                    .last_is_sum = true};
  for (const ChangedLine& line : changes.lines) {
    for (const PointsMove& move : line.moves) {
      table.rows.push_back({page.say(line.question), page.say(name_of(move.cause)),
                            records_of(move), page.say(say_points(move.points))});
    }
  }
  int difference = *changes.after - *changes.before;
  table.rows.push_back(
      {page.say({"The sum", "La somme"}), "", "", page.say(say_points(difference))});
  page.add(std::move(table));
}

void write_changes(Page& page, const Changes& changes) {
  page.heading({"What changed", "Ce qui a changé"});
  page.add(LetterTable{
      .caption = page.say({"Your score at two dates", "Votre score à deux dates"}),
      .columns = {{.name = page.say({"Date", "Date"})},
                  {.name = page.say({"Score", "Score"}), .number = true}},
      .rows = {{page.say(say_date(changes.before_as_of.date)), page.say(total_of(changes.before))},
               {page.say(say_date(changes.after_as_of.date)), page.say(total_of(changes.after))}},
      .last_is_sum = false});
  if (!changes.before || !changes.after) {
    page.paragraph(
        {"There was not enough data at one of the two dates, so there are no points to compare.",
         "À l'une des deux dates, il n'y avait pas assez de données ; il n'y a donc pas de points "
         "à comparer."});
  } else if (changes.lines.empty()) {
    page.paragraph({"No point moved.", "Aucun point n'a bougé."});
  } else {
    write_moves(page, changes);
  }
}

}  // namespace

std::string write(const ChangeLetter& letter, const LawfulProgramme& programme, Language language,
                  LetterFormat format) {
  Page page{language,
            letter.dispute
                ? Text{"Your objection and your score", "Votre contestation et votre score"}
                : Text{"What changed in your score", "Ce qui a changé dans votre score"}};
  std::vector<std::pair<Text, Text>> more;
  if (letter.dispute) {
    more.push_back(
        {{"Objection", "Contestation"}, same(static_cast<std::int64_t>(letter.dispute->index))});
  }
  write_particulars(page, *programme, letter.subject, letter.date, std::move(more));
  if (letter.dispute) write_dispute(page, *letter.dispute, programme);
  write_changes(page, letter.changes);
  write_contest(page, programme, letter.date);
  write_law(page, *programme, nullptr);
  return page.set(format);
}

}  // namespace credence
