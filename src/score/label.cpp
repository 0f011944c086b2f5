#include <credence/feature/feature.h>
#include <credence/score/label.h>
#include <fmt/format.h>

namespace credence {

namespace {

Text both(std::string text) {
  return {text, text};
}

std::string with_comma(std::string number) {
  std::size_t point = number.find('.');
  if (point != std::string::npos) number[point] = ',';
  return number;
}

Text months_text(std::int64_t months) {
  bool one = months == 1;
  return {fmt::format("{} {}", months, one ? "month" : "months"), fmt::format("{} mois", months)};
}

Text money_text(std::int64_t minor, Currency currency) {
  std::string number = minor_to_text(minor, currency);
  return {fmt::format("{} {}", number, currency.name()),
          fmt::format("{} {}", with_comma(number), currency.name())};
}

// Thousandths as a percentage with the one decimal that they may have.
Text share_text(std::int64_t thousandths) {
  std::int64_t whole = thousandths / 10, tenth = thousandths % 10;
  std::string number = tenth == 0 ? fmt::format("{}", whole) : fmt::format("{}.{}", whole, tenth);
  return {number + "%", with_comma(number) + " %"};
}

Text flag_text(std::int64_t value) {
  return value == 0 ? Text{"no", "non"} : Text{"yes", "oui"};
}

// The field that a feature measures. REQUIRES: it measures one.
const Field& field_of(const Feature& feature, const Programme& programme) {
  return programme.events.at(static_cast<std::size_t>(feature.from))
      .fields.at(static_cast<std::size_t>(feature.of));
}

Text choice_text(std::int64_t position, const Feature& feature, const Programme& programme) {
  const auto& choices = field_of(feature, programme).choices;
  if (position < 0 || static_cast<std::size_t>(position) >= choices.size()) {
    return {"another answer", "une autre réponse"};
  }
  return both(choices[static_cast<std::size_t>(position)]);
}

Text value_text(std::int64_t value, const Feature& feature, const Programme& programme) {
  switch (unit_of(feature, programme)) {
    case Unit::count:
    case Unit::number:
      return both(fmt::format("{}", value));
    case Unit::money:
      return money_text(value, programme.currency);
    case Unit::months:
      return months_text(value);
    case Unit::share:
      return share_text(value);
    case Unit::date:
      return both(to_text(date_of_day_number(static_cast<int>(value))));
    case Unit::flag:
      return flag_text(value);
    case Unit::choice:
      return choice_text(value, feature, programme);
  }
  stop_on_defect("value_text: unknown unit");
}

// Whole things are named by their first and last member ("1 to 2").
class WholeLabels {
 public:
  explicit WholeLabels(Unit unit) : unit_(unit) {}

  Text first(std::int64_t below) const {
    if (unit_ == Unit::number) {
      return {fmt::format("{} or less", below - 1), fmt::format("{} ou moins", below - 1)};
    }
    return between(0, below);
  }
  Text between(std::int64_t from, std::int64_t below) const {
    if (from == below - 1) return named(from);
    Text last = named(below - 1);
    return {fmt::format("{} to {}", from, last.en), fmt::format("{} à {}", from, last.fr)};
  }
  Text last(std::int64_t from) const {
    Text start = named(from);
    return {start.en + " or more", start.fr + " ou plus"};
  }

 private:
  Text named(std::int64_t value) const {
    return unit_ == Unit::months ? months_text(value) : both(fmt::format("{}", value));
  }
  Unit unit_;
};

Text measured_first(const Text& below) {
  return {"under " + below.en, "moins de " + below.fr};
}
Text measured_between(const Text& from, const Text& below) {
  return {fmt::format("{} to under {}", from.en, below.en),
          fmt::format("de {} à moins de {}", from.fr, below.fr)};
}
Text measured_last(const Text& from) {
  return {from.en + " or more", from.fr + " ou plus"};
}

Text date_first(const Text& below) {
  return {"before " + below.en, "avant le " + below.fr};
}
Text date_between(const Text& from, const Text& below) {
  return {fmt::format("from {} to before {}", from.en, below.en),
          fmt::format("du {} à avant le {}", from.fr, below.fr)};
}
Text date_last(const Text& from) {
  return {"from " + from.en + " on", "à partir du " + from.fr};
}

Text listed(const std::vector<std::int64_t>& choices, const Feature& feature,
            const Programme& programme) {
  Text list;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    bool last = i + 1 == choices.size();
    Text name = value_text(choices[i], feature, programme);
    list.en += (i == 0 ? "" : last ? " or " : ", ") + name.en;
    list.fr += (i == 0 ? "" : last ? " ou " : ", ") + name.fr;
  }
  return list;
}

Text bin_text(const std::vector<Card::Bin>& bins, std::size_t at, const Feature& feature,
              const Programme& programme) {
  Unit unit = unit_of(feature, programme);
  bool first = at == 0, last = at + 1 == bins.size();
  if (first && last) return {"any answer", "toute réponse"};
  if (unit == Unit::choice || unit == Unit::flag) {
    if (last) return {"any other answer", "toute autre réponse"};
    return listed(bins[at].choices, feature, programme);
  }
  std::int64_t from = first ? 0 : bins[at - 1].below;
  if (unit == Unit::count || unit == Unit::months || unit == Unit::number) {
    WholeLabels labels{unit};
    if (first) return labels.first(bins[at].below);
    return last ? labels.last(from) : labels.between(from, bins[at].below);
  }
  Text start = value_text(from, feature, programme);
  Text end = last ? Text{} : value_text(bins[at].below, feature, programme);
  if (unit == Unit::date)
    return first ? date_first(end) : last ? date_last(start) : date_between(start, end);
  return first ? measured_first(end) : last ? measured_last(start) : measured_between(start, end);
}

}  // namespace

void label_bins(std::vector<Card::Bin>& bins, const Feature& feature, const Programme& programme) {
  for (std::size_t at = 0; at < bins.size(); ++at)
    bins[at].label = bin_text(bins, at, feature, programme);
}

Text answer_text(Cell answer, const Feature& feature, const Programme& programme) {
  if (answer.is_missing()) return {"no such record", "aucun relevé de ce genre"};
  if (answer.is_special()) {
    return both(
        field_of(feature, programme).special.at(static_cast<std::size_t>(answer.special_code())));
  }
  return value_text(answer.value(), feature, programme);
}

}  // namespace credence
