#include <credence/explanation/say.h>
#include <credence/explanation/ways_up.h>
#include <fmt/format.h>

namespace credence {

namespace {

Text say_months(int months) {
  return {fmt::format("{} month{}", months, months == 1 ? "" : "s"),
          fmt::format("{} mois", months)};
}

// "5 more records, one a month from ... to ..., like yours of 12 March 2026 (rental: ...)"
Text say_records(const NewRecords& records) {
  Text first = say_date(records.first), last = say_date(records.last);
  Text of = say_date(records.example.at);
  if (records.times == 1) {
    return {fmt::format("one more record on {}, like yours of {} ({})", first.en, of.en,
                        records.example.what.en),
            fmt::format("un enregistrement de plus le {}, comme le vôtre du {} ({})", first.fr,
                        of.fr, records.example.what.fr)};
  }
  return {fmt::format("{} more records, one a month from {} to {}, like yours of {} ({})",
                      records.times, first.en, last.en, of.en, records.example.what.en),
          fmt::format("{} enregistrements de plus, un par mois du {} au {}, comme le vôtre du {} "
                      "({})",
                      records.times, first.fr, last.fr, of.fr, records.example.what.fr)};
}

Text say_way(const WayUp& way) {
  Text day = say_date(way.day), months = say_months(way.months);
  if (way.records.empty() && way.months == 0) {
    return {fmt::format("You have these points today: {}.", way.total),
            fmt::format("Vous avez ces points aujourd'hui : {}.", way.total)};
  }
  if (way.records.empty()) {
    return {fmt::format("By {} ({}), if nothing else happens: your score would be {} without your "
                        "doing anything.",
                        day.en, months.en, way.total),
            fmt::format("Le {} ({}), si rien d'autre ne se passe : votre score serait de {} sans "
                        "que vous fassiez rien.",
                        day.fr, months.fr, way.total)};
  }
  Text all;
  for (const NewRecords& records : way.records) {
    Text one = say_records(records);
    all.en += (all.en.empty() ? "" : "; and ") + one.en;
    all.fr += (all.fr.empty() ? "" : " ; et ") + one.fr;
  }
  return {fmt::format("By {} ({}), with {}: your score would be {}.", day.en, months.en, all.en,
                      way.total),
          fmt::format("Le {} ({}), avec {} : votre score serait de {}.", day.fr, months.fr, all.fr,
                      way.total)};
}

Text say_refusal(const WaysUp& ways) {
  const NotReachable& refusal = *ways.not_reachable;
  int most = ways.total + refusal.best_gain;
  Text said{fmt::format("Nothing that we can compute from your records brings {} points in the "
                        "time that was asked about; the most would be {}.",
                        ways.target, most),
            fmt::format("Rien de ce que nous pouvons calculer à partir de vos enregistrements "
                        "n'apporte {} points dans le temps demandé ; le plus serait {}.",
                        ways.target, most)};
  return said;
}

std::string_view name_of(WhyNot why) {
  switch (why) {
    case WhyNot::nothing_offered:
      return "nothing-offered";
    case WhyNot::changes:
      return "changes";
    case WhyNot::months:
      return "months";
    case WhyNot::effort:
      return "effort";
    case WhyNot::limits:
      return "limits";
    case WhyNot::points:
      return "points";
  }
  stop_on_defect("name_of: unknown WhyNot");
}

Json way_json(const Programme& programme, const WayUp& way, Language language) {
  Json::Array records, answers;
  for (const NewRecords& added : way.records) {
    const EventType& type = programme.events.at(static_cast<std::size_t>(added.event));
    records.push_back(Json::Object{{"event", type.id},
                                   {"times", added.times},
                                   {"like", added.like},
                                   {"example", added.example.what.in(language)},
                                   {"first", to_text(added.first)},
                                   {"last", to_text(added.last)}});
  }
  for (const ChangedAnswer& answer : way.answers) {
    answers.push_back(Json::Object{{"question", answer.question.in(language)},
                                   {"before", answer.before.in(language)},
                                   {"after", answer.after.in(language)},
                                   {"points_before", answer.points_before},
                                   {"points_after", answer.points_after}});
  }
  return Json::Object{{"day", to_text(way.day)},
                      {"months", way.months},
                      {"total", way.total},
                      {"cost", way.cost},
                      {"said", say_way(way).in(language)},
                      {"records", std::move(records)},
                      {"answers", std::move(answers)}};
}

}  // namespace

std::vector<Text> say_ways_up(const WaysUp& ways) {
  if (ways.not_reachable) return {say_refusal(ways)};
  std::vector<Text> said;
  for (const WayUp& way : ways.ways) said.push_back(say_way(way));
  return said;
}

Json to_json(const Programme& programme, const WaysUp& ways, Language language) {
  Json::Object json{{"target", ways.target}, {"total", ways.total}};
  Json::Array told;
  for (const WayUp& way : ways.ways) told.push_back(way_json(programme, way, language));
  json["ways"] = std::move(told);
  if (ways.not_reachable) {
    json["not_reachable"] = Json::Object{{"why", std::string{name_of(ways.not_reachable->why)}},
                                         {"most", ways.total + ways.not_reachable->best_gain},
                                         {"said", say_refusal(ways).in(language)}};
  }
  return json;
}

}  // namespace credence
