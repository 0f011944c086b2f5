#include <credence/programme/readout.h>
#include <fmt/format.h>

namespace credence {

namespace {

struct Words {
  std::string_view en, fr;
};

Words comparison(Operation operation, FieldType type) {
  bool date = type == FieldType::date;
  switch (operation) {
    case Operation::equal:
      return date ? Words{"is the same day as", "tombe le même jour que"} : Words{"is", "vaut"};
    case Operation::not_equal:
      return date ? Words{"is not the same day as", "ne tombe pas le même jour que"}
                  : Words{"is not", "ne vaut pas"};
    case Operation::less:
      return date ? Words{"is earlier than", "tombe avant"}
                  : Words{"is less than", "vaut moins de"};
    case Operation::less_equal:
      return date ? Words{"is not later than", "ne tombe pas après"}
                  : Words{"is at most", "vaut au plus"};
    case Operation::greater:
      return date ? Words{"is later than", "tombe après"} : Words{"is more than", "vaut plus de"};
    default:
      return date ? Words{"is not earlier than", "ne tombe pas avant"}
                  : Words{"is at least", "vaut au moins"};
  }
}

std::string french_part(int amount, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", amount, amount < 2 ? one : many);
}

}  // namespace

Text say_field(std::string_view name) {
  return {std::string{name}, fmt::format("« {} »", name)};
}

Text say_today() {
  return {"the scoring date", "la date du calcul"};
}

Text say_integer(std::string_view digits) {
  return {std::string{digits}, std::string{digits}};
}

Text say_money(Money money) {
  Text said{to_text(money), to_text(money)};
  if (std::size_t point = said.fr.find('.'); point != std::string::npos) said.fr[point] = ',';
  return said;
}

Text say_truth(std::int64_t truth) {
  return truth == 1 ? Text{"true", "« vrai »"} : Text{"false", "« faux »"};
}

Text say_choice(std::string_view choice) {
  return {fmt::format("“{}”", choice), fmt::format("« {} »", choice)};
}

Text say_period(Period period) {
  std::string months = french_part(period.months, "mois", "mois");
  std::string days = french_part(period.days, "jour", "jours");
  std::string fr = period.days == 0 ? months : period.months == 0 ? days : months + " " + days;
  return {to_text(period), fr};
}

Text say_shift(const Text& date, Period period, std::string_view sign) {
  Text length = say_period(period);
  bool later = sign == "+";
  return {fmt::format("{} {} {}", date.en, later ? "plus" : "minus", length.en),
          fmt::format("{} {} {}", date.fr, later ? "plus" : "moins", length.fr)};
}

Text say_missing(const Text& field) {
  return {field.en + " is missing", field.fr + " manque"};
}

Text say_compare(const Text& left, Operation operation, const Text& right, FieldType type) {
  Words words = comparison(operation, type);
  return {fmt::format("{} {} {}", left.en, words.en, right.en),
          fmt::format("{} {} {}", left.fr, words.fr, right.fr)};
}

Text say_that(const Text& flag) {
  return {flag.en + " is true", flag.fr + " est vrai"};
}

Text say_not(const Text& condition) {
  return {fmt::format("it is not so that {}", condition.en),
          fmt::format("il n'est pas vrai que {}", condition.fr)};
}

Text say_both(const Text& left, const Text& right) {
  return {fmt::format("{} and {}", left.en, right.en), fmt::format("{} et {}", left.fr, right.fr)};
}

Text say_either(const Text& left, const Text& right) {
  return {fmt::format("{}, or {}", left.en, right.en), fmt::format("{}, ou {}", left.fr, right.fr)};
}

Text say_grouped(const Text& condition) {
  return {fmt::format("({})", condition.en), fmt::format("({})", condition.fr)};
}

}  // namespace credence
