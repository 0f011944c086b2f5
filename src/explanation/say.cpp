#include <credence/explanation/explanation.h>
#include <credence/explanation/say.h>
#include <credence/score/label.h>
#include <fmt/format.h>

#include <array>

namespace credence {

namespace {

constexpr std::array<std::string_view, 12> kMonthsEn{
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 12> kMonthsFr{
    "janvier", "février", "mars",      "avril",   "mai",      "juin",
    "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};

std::string with_comma(std::string number) {
  std::size_t point = number.find('.');
  if (point != std::string::npos) number[point] = ',';
  return number;
}

// The smallest day D with subtract(D, window) >= at: the first on which a window no longer reaches
// back to `at`.
Date first_day_outside(Date at, Period window) {
  Date day = add(at, window);
  while (subtract(day, window) >= at) day -= std::chrono::days{1};
  while (subtract(day, window) < at) day += std::chrono::days{1};
  return day;
}

Text say_money(Money money) {
  std::string number = minor_to_text(money.minor, money.currency);
  return {fmt::format("{} {}", number, money.currency.name()),
          fmt::format("{} {}", with_comma(number), money.currency.name())};
}

}  // namespace

Text say_date(Date date) {
  std::chrono::year_month_day parts{date};
  unsigned day = static_cast<unsigned>(parts.day());
  std::size_t month = static_cast<unsigned>(parts.month()) - 1;
  int year = static_cast<int>(parts.year());
  return {fmt::format("{} {} {}", day, kMonthsEn.at(month), year),
          fmt::format("{}{} {} {}", day, day == 1 ? "er" : "", kMonthsFr.at(month), year)};
}

Text say_points(int points) {
  std::string said = points > 0   ? fmt::format("+{}", points)
                     : points < 0 ? fmt::format("\u2212{}", -static_cast<std::int64_t>(points))
                                  : "0";
  return {said, said};
}

std::string say_name(std::string_view name) {
  std::string said{name};
  for (char& c : said) {
    if (c == '_') c = ' ';
  }
  return said;
}

Text say_cell(const Field& field, const Cell& cell, Currency currency) {
  if (cell.is_missing()) return {"not given", "non renseigné"};
  if (cell.is_special()) {
    const std::string& token = field.special.at(static_cast<std::size_t>(cell.special_code()));
    return {say_name(token), say_name(token)};
  }
  switch (field.type) {
    case FieldType::money:
      return say_money({cell.value(), currency});
    case FieldType::date:
      return say_date(date_of_day_number(static_cast<int>(cell.value())));
    case FieldType::integer:
      return {std::to_string(cell.value()), std::to_string(cell.value())};
    case FieldType::flag:
      return cell.value() == 0 ? Text{"no", "non"} : Text{"yes", "oui"};
    case FieldType::choice: {
      const std::string& choice = field.choices.at(static_cast<std::size_t>(cell.value()));
      return {say_name(choice), say_name(choice)};
    }
  }
  stop_on_defect("say_cell: unknown field type");
}

Text say_answer(const Programme& programme, const Feature& feature, const Cell& answer) {
  return answer_text(answer, feature, programme);
}

RecordLine say_record(const Programme& programme, const EventFact& event, const Feature* feature) {
  const EventType& type = programme.events.at(static_cast<std::size_t>(event.type));
  const Source& source = programme.sources.at(static_cast<std::size_t>(type.source));
  Text what{say_name(type.id), say_name(type.id)};
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    Text value = say_cell(type.fields[i], event.fields.at(i), programme.currency);
    std::string name = say_name(type.fields[i].name);
    what.en += fmt::format("{} {} {}", i == 0 ? ":" : ",", name, value.en);
    what.fr += fmt::format("{} {} {}", i == 0 ? " :" : ",", name, value.fr);
  }
  Date clock = source.clock_start == "recording" ? day_of(event.recorded) : event.at;
  Date until = add(clock, source.retention);
  if (feature != nullptr && feature->window) {
    until = std::min(until, first_day_outside(event.at, *feature->window));
  }
  return {.index = event.index,
          .at = event.at,
          .recorded = event.recorded,
          .what = what,
          .source = source.id,
          .source_name = source.name,
          .sender = source.verification,
          .counts_until = until};
}

}  // namespace credence
