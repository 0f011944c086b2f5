#include <credence/cli/river_card.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace credence {

namespace {

constexpr double kFirstSpecial = -1e15;  // beyond every amount (|minor| <= 10^15 is an amount)
constexpr std::array<const char*, 5> kFamilies = {"credit-history", "fulfilment", "capacity",
                                                  "behaviour", "identity"};

const Field* field_of(const Feature& feature, const Programme& programme) {
  if (feature.of < 0) return nullptr;
  const EventType& event = programme.events[static_cast<std::size_t>(feature.from)];
  return &event.fields[static_cast<std::size_t>(feature.of)];
}

bool is_choice(const Feature& feature, const Programme& programme) {
  return unit_of(feature, programme) == Unit::choice;
}

// A choice by its place in the programme's list, so that a direction can hold.
Result<Column> by_place(const Column& column, const Field& field) {
  std::vector<double> places;
  for (const std::string& text : column.dictionary()) {
    auto special = std::find(field.special.begin(), field.special.end(), text);
    auto found = std::find(field.choices.begin(), field.choices.end(), text);
    if (special != field.special.end()) {
      places.push_back(special_number(static_cast<int>(special - field.special.begin())));
    } else if (found != field.choices.end()) {
      places.push_back(static_cast<double>(found - field.choices.begin()));
    } else {
      return Error{"river.choice",
                   fmt::format("`{}` is no answer of `{}`", text, column.name()),
                   {},
                   fmt::format("the programme knows {}", fmt::join(field.choices, ", "))};
    }
  }
  std::vector<double> values;
  for (std::int32_t code : column.codes())
    values.push_back(code < 0 ? std::numeric_limits<double>::quiet_NaN()
                              : places[static_cast<std::size_t>(code)]);
  return Column::of_numbers(column.name(), std::move(values));
}

std::vector<SpecialCode> codes_of(const Feature& feature, const Programme& programme,
                                  Column::Kind kind) {
  std::vector<SpecialCode> codes;
  const Field* field = field_of(feature, programme);
  for (std::size_t i = 0; field != nullptr && i < field->special.size(); ++i) {
    SpecialCode code{.name = field->special[i], .numbers = {}, .texts = {}};
    if (kind == Column::Kind::text)
      code.texts.push_back(code.name);
    else
      code.numbers.push_back(special_number(static_cast<int>(i)));
    codes.push_back(std::move(code));
  }
  return codes;
}

Trend trend_of(Risk risk) {
  return risk == Risk::rises ? Trend::ascending : Trend::descending;
}

// What the programme says about a feature, on top of what the plan says.
void direct(TrainingPlan& plan, const Feature& feature, const Programme& programme,
            Column::Kind kind) {
  auto own = std::find_if(plan.variables.begin(), plan.variables.end(),
                          [&](const auto& one) { return one.name == feature.id; });
  if (own == plan.variables.end()) {
    TrainingPlan::Variable variable;
    variable.name = feature.id;
    variable.rules = plan.rules_of(feature.id);
    own = plan.variables.insert(own, std::move(variable));
  }
  if (feature.risk != Risk::unordered) own->rules.binning.trend = trend_of(feature.risk);
  own->rules.specials = codes_of(feature, programme, kind);
  own->family = kFamilies[static_cast<std::size_t>(feature.family)];
  own->title = feature.question;
}

}  // namespace

double special_number(int code) {
  return kFirstSpecial - 1 - code;
}

std::string feature_cell(const Feature& feature, const Programme& programme, const Cell& answer) {
  if (answer.is_missing()) return {};
  const Field* field = field_of(feature, programme);
  bool choice = is_choice(feature, programme);
  if (answer.is_special()) {
    int code = answer.special_code();
    if (choice) return field->special[static_cast<std::size_t>(code)];
    return fmt::format("{:.0f}", special_number(code));
  }
  if (choice) return field->choices[static_cast<std::size_t>(answer.value())];
  return std::to_string(answer.value());
}

Result<Table> feature_table(const Table& inputs, const LawfulProgramme& lawful,
                            TrainingPlan& plan) {
  const Programme& programme = *lawful;
  if (plan.pairs.most > 0)
    return Error{"river.pairs",
                 "a programme's card has one line per feature, and no two-way tables",
                 {},
                 "leave --pairs out"};
  std::vector<Column> columns;
  for (const Feature& feature : programme.features) {
    const Column* column = inputs.find(feature.id);
    if (column == nullptr) continue;
    bool choice = is_choice(feature, programme);
    bool empty = column->kind() == Column::Kind::number && choice;  // nobody has an answer
    if (!choice && column->kind() == Column::Kind::text)
      return Error{"river.kind",
                   fmt::format("column `{}` holds texts, but the feature is a number", feature.id),
                   {},
                   "write it in the units of docs/formats/features.md"};
    if (!choice || empty || feature.risk == Risk::unordered) {
      columns.push_back(*column);
    } else {
      auto placed = by_place(*column, *field_of(feature, programme));
      if (!placed) return placed.error();
      columns.push_back(*std::move(placed));
    }
    direct(plan, feature, programme, columns.back().kind());
  }
  if (columns.empty())
    return Error{"river.features",
                 "no column of the table is a feature of the programme",
                 {},
                 fmt::format("the features are the columns that `credence backtest --table` "
                             "writes, as in `{}`",
                             programme.features.empty() ? "" : programme.features.front().id)};
  plan.id = programme.id;
  plan.absence = TrainingPlan::Absence::never_below_worst;
  plan.scaling.lowest = programme.lowest;
  plan.scaling.highest = programme.highest;
  return Table(inputs.rows(), std::move(columns));
}

}  // namespace credence
