#include <credence/programme/condition_compiler.h>
#include <credence/programme/message.h>
#include <credence/programme/readout.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

namespace credence {

namespace {

constexpr std::array<std::string_view, 8> kUnits = {"days", "weeks", "months", "years",
                                                    "day",  "week",  "month",  "year"};
constexpr std::array<std::string_view, 7> kWords = {"and",   "or",   "not",  "missing",
                                                    "today", "true", "false"};

bool is_unit(const Token& token) {
  return token.kind == Token::Kind::name &&
         std::find(kUnits.begin(), kUnits.end(), token.text) != kUnits.end();
}

std::size_t end_of(const Token& token) {
  return token.begin + token.size;
}

}  // namespace

ConditionCompiler::Part ConditionCompiler::parse_term() {
  if (failed_) return {};
  switch (token_.kind) {
    case Token::Kind::name:
      return parse_name();
    case Token::Kind::number:
      return parse_number(false, token_.begin);
    case Token::Kind::date:
      return parse_date();
    case Token::Kind::choice:
      return parse_choice();
    case Token::Kind::unclosed:
      return fail("P051", token_.begin, end_of(token_),
                  {"this quote is never closed", "ce guillemet n'est jamais fermé"},
                  {"end the choice with `'`", "terminez le choix par `'`"});
    default:
      break;
  }
  if (at("(")) return parse_group();
  if (at("-")) return parse_negative();
  return syntax_error({"a field, a value or `(`", "un champ, une valeur ou `(`"});
}

ConditionCompiler::Part ConditionCompiler::parse_group() {
  if (depth_ >= kDeepest) return too_deep();
  ++depth_;
  std::size_t begin = token_.begin;
  advance();
  Part part = parse_either();
  --depth_;
  if (failed_) return part;
  if (!at(")")) return syntax_error({"`)`", "`)`"});
  part.begin = begin;
  part.end = end_of(token_);
  advance();
  return part;
}

ConditionCompiler::Part ConditionCompiler::parse_negative() {
  std::size_t begin = token_.begin;
  advance();
  if (token_.kind != Token::Kind::number) return syntax_error({"a number", "un nombre"});
  return parse_number(true, begin);
}

ConditionCompiler::Part ConditionCompiler::parse_name() {
  Token name = token_;
  Part part;
  part.begin = name.begin;
  part.end = end_of(name);
  if (at_word("missing")) return parse_missing();
  if (at_word("and") || at_word("or") || at_word("not")) {
    return syntax_error({"a field, a value or `(`", "un champ, une valeur ou `(`"});
  }
  advance();
  if (name.text == "today") {
    emit(Operation::today, 0, 1);
    part.kind = Kind::date;
    part.said = say_today();
    return part;
  }
  if (name.text == "true" || name.text == "false") {
    std::int64_t truth = name.text == "true";
    emit(Operation::constant, truth, 1);
    part.kind = Kind::flag;
    part.constant = true;
    part.said = say_truth(truth);
    return part;
  }
  return parse_field(name);
}

ConditionCompiler::Part ConditionCompiler::parse_field(const Token& name) {
  Part part;
  part.begin = name.begin;
  part.end = end_of(name);
  int position = event_.find_field(name.text);
  if (position < 0) {
    std::vector<std::string_view> known(kWords.begin(), kWords.end());
    std::string fields;
    for (const Field& field : event_.fields) {
      known.push_back(field.name);
      fields += fmt::format("{}`{}`", fields.empty() ? "" : ", ", field.name);
    }
    report(
        "P042", part.begin, part.end,
        {fmt::format("the event `{}` has no field {}", event_.id, in_backticks(name.text)),
         fmt::format("l'événement `{}` n'a pas de champ {}", event_.id, in_backticks(name.text))},
        join_texts(suggest(nearest(name.text, known)),
                   {"its fields are " + fields, "ses champs sont " + fields}));
    emit(Operation::constant, 0, 1);
    return part;
  }
  const Field& field = event_.fields[static_cast<std::size_t>(position)];
  constexpr std::array kKinds = {Kind::money, Kind::date, Kind::integer, Kind::flag, Kind::choice};
  part.kind = kKinds[static_cast<std::size_t>(field.type)];
  part.field = &field;
  part.said = say_field(name.text);
  emit(Operation::field, position, 1);
  return part;
}

ConditionCompiler::Part ConditionCompiler::parse_missing() {
  Part part;
  part.begin = token_.begin;
  advance();
  if (!at("(")) return syntax_error({"`(` after `missing`", "`(` après `missing`"});
  advance();
  if (token_.kind != Token::Kind::name) return syntax_error({"a field", "un champ"});
  Token name = token_;
  Part field = parse_field(name);
  advance();
  if (!at(")")) return syntax_error({"`)`", "`)`"});
  part.end = end_of(token_);
  advance();
  if (field.kind == Kind::broken) return part;
  Condition::Step& step = condition_.steps_.back();
  step.operation = static_cast<int>(Operation::missing);
  if (!field.field->optional) {
    report("P055", name.begin, end_of(name),
           {fmt::format("{} is never missing", in_backticks(name.text)),
            fmt::format("{} ne manque jamais", in_backticks(name.text))},
           {"mark the field as optional with `?`, or leave this out",
            "rendez le champ facultatif avec `?`, ou retirez ceci"},
           Finding::Severity::warning);
  }
  part.kind = Kind::flag;
  part.shape = Shape::comparison;
  part.said = say_missing(field.said);
  return part;
}

ConditionCompiler::Part ConditionCompiler::parse_number(bool negative, std::size_t begin) {
  Token number = token_;
  advance();
  if (token_.kind != Token::Kind::name) return parse_integer(number, negative, begin);
  Token word = token_;
  bool adjacent_word = !at_word("and") && !at_word("or") && !at_word("not");
  if (!adjacent_word) return parse_integer(number, negative, begin);
  if (is_unit(word)) {
    return fail(
        "P049", begin, end_of(word),
        {"a period is only added to a date or taken from it",
         "une durée s'ajoute à une date ou s'en retranche, rien d'autre"},
        {"write `paid > due + 3 days`; a field that counts days is compared with a plain number",
         "écrivez `paid > due + 3 days` ; un champ qui compte des jours se compare à un nombre"});
  }
  advance();
  return parse_money(number, word, negative, begin);
}

ConditionCompiler::Part ConditionCompiler::parse_money(const Token& number, const Token& code,
                                                       bool negative, std::size_t begin) {
  Part part;
  part.begin = begin;
  part.end = end_of(code);
  part.constant = true;
  std::size_t step = emit(Operation::constant, 0, 1);
  if (code.text != currency_.name()) {
    auto other = find_currency(code.text);
    report(
        "P046", code.begin, part.end,
        other
            ? Text{fmt::format("the programme counts in {}, not in {}", currency_.name(),
                               code.text),
                   fmt::format("le programme compte en {}, pas en {}", currency_.name(), code.text)}
            : Text{fmt::format("{} is no currency and no unit", in_backticks(code.text)),
                   fmt::format("{} n'est ni une monnaie ni une unité", in_backticks(code.text))},
        {fmt::format("write `{} {}`", number.text, currency_.name()),
         fmt::format("écrivez `{} {}`", number.text, currency_.name())});
    return part;
  }
  auto minor = parse_minor(number.text, currency_);
  if (!minor) {
    report(
        "P054", begin, part.end,
        {fmt::format("{} is no amount in {}", in_backticks(number.text), currency_.name()),
         fmt::format("{} n'est pas un montant en {}", in_backticks(number.text), currency_.name())},
        {fmt::format("at most {} decimals and 10^15 minor units", currency_.digits),
         fmt::format("au plus {} décimales et 10^15 unités mineures", currency_.digits)});
    return part;
  }
  std::int64_t value = negative ? -*minor : *minor;
  condition_.steps_[step].operand = value;
  part.kind = Kind::money;
  part.said = say_money({value, currency_});
  return part;
}

ConditionCompiler::Part ConditionCompiler::parse_integer(const Token& number, bool negative,
                                                         std::size_t begin) {
  Part part;
  part.begin = begin;
  part.end = end_of(number);
  part.constant = true;
  std::int64_t value = 0;
  auto [stop, error] =
      std::from_chars(number.text.data(), number.text.data() + number.text.size(), value);
  bool whole = error == std::errc{} && stop == number.text.data() + number.text.size();
  bool fits = whole && value <= Cell::kLimit;
  if (!fits) {
    bool decimal = number.text.find('.') != std::string_view::npos;
    report(
        "P054", part.begin, part.end,
        decimal ? Text{"a number with decimals is no whole number and no amount",
                       "un nombre à décimales n'est ni un entier ni un montant"}
                : Text{"this number is too large", "ce nombre est trop grand"},
        decimal
            ? Text{fmt::format("an amount has a currency: `{} {}`", number.text, currency_.name()),
                   fmt::format("un montant a une monnaie : `{} {}`", number.text, currency_.name())}
            : Text{"at most 10^18", "au plus 10^18"});
  }
  if (negative) value = -value;
  emit(Operation::constant, fits ? value : 0, 1);
  if (!fits) return part;
  part.kind = Kind::integer;
  part.said = say_integer(fmt::format("{}", value));
  return part;
}

ConditionCompiler::Part ConditionCompiler::parse_date() {
  Part part;
  part.begin = token_.begin;
  part.end = end_of(token_);
  part.constant = true;
  auto date = credence::parse_date(token_.text);
  if (!date) {
    report("P047", part.begin, part.end,
           {fmt::format("the day {} does not exist", in_backticks(token_.text)),
            fmt::format("le jour {} n'existe pas", in_backticks(token_.text))},
           {"a date is year-month-day, as in 2026-01-31",
            "une date s'écrit année-mois-jour : 2026-01-31"});
  }
  emit(Operation::constant, date ? day_number(*date) : 0, 1);
  std::string written{token_.text};
  advance();
  if (!date) return part;
  part.kind = Kind::date;
  part.said = {written, "le " + written};
  return part;
}

ConditionCompiler::Part ConditionCompiler::parse_choice() {
  Part part;
  part.begin = token_.begin;
  part.end = end_of(token_);
  part.constant = true;
  part.kind = Kind::literal;
  part.literal = token_.text;
  part.step = emit(Operation::constant, 0, 1);
  part.said = say_choice(token_.text);
  advance();
  return part;
}

// The units may follow each other: 1 year 6 months.
std::optional<Period> ConditionCompiler::parse_period() {
  std::size_t begin = token_.begin;
  if (token_.kind != Token::Kind::number) {
    fail("P048", begin, end_of(token_),
         {"a period such as `3 days` is wanted here", "il faut ici une durée, comme `3 days`"},
         {"a date is only moved by a period; compare dates with `<` and `>`",
          "une date ne se déplace que d'une durée ; comparez les dates avec `<` et `>`"});
    return std::nullopt;
  }
  while (token_.kind == Token::Kind::number) {
    advance();
    if (!is_unit(token_)) {
      bool word = token_.kind == Token::Kind::name && !at_word("and") && !at_word("or");
      std::string near =
          word ? nearest(token_.text, std::span<const std::string_view>{kUnits}) : "";
      fail("P048", word ? token_.begin : begin, word ? end_of(token_) : previous_end_,
           {"the unit of a period is days, weeks, months or years",
            "l'unité d'une durée est days, weeks, months ou years"},
           join_texts(suggest(near), {"as in `3 days`", "comme dans `3 days`"}));
      return std::nullopt;
    }
    advance();
  }
  std::string_view written = text_.substr(begin, previous_end_ - begin);
  auto period = credence::parse_period(written);
  if (!period) {
    report("P048", begin, previous_end_,
           {fmt::format("{} is no period", in_backticks(written)),
            fmt::format("{} n'est pas une durée", in_backticks(written))},
           {"at most 200 years, one space between the words",
            "au plus 200 ans, une espace entre les mots"});
  }
  return period ? *period : Period{};
}

}  // namespace credence
