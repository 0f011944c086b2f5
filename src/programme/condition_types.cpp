#include <credence/programme/condition_compiler.h>
#include <credence/programme/message.h>
#include <credence/programme/readout.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace credence {

Text ConditionCompiler::name_of(Kind kind) {
  switch (kind) {
    case Kind::money:
      return {"an amount", "un montant"};
    case Kind::date:
      return {"a date", "une date"};
    case Kind::integer:
      return {"a whole number", "un nombre entier"};
    case Kind::flag:
      return {"true or false", "vrai ou faux"};
    default:
      return {"a choice", "un choix"};
  }
}

ConditionCompiler::Part ConditionCompiler::shift(Part date, const Token& sign) {
  if (date.kind != Kind::date && date.kind != Kind::broken) {
    Text kind = name_of(date.kind);
    return fail("P049", date.begin, date.end,
                {fmt::format("{} is {}; only a date can be moved by `{}`",
                             in_backticks(source(date)), kind.en, sign.text),
                 fmt::format("{} est {} ; seule une date se déplace avec `{}`",
                             in_backticks(source(date)), kind.fr, sign.text)},
                {"amounts and numbers are compared as they stand",
                 "les montants et les nombres se comparent tels quels"});
  }
  auto period = parse_period();
  if (!period) return {};
  bool later = sign.text == "+";
  emit(Operation::shift, pack(later ? *period : Period{-period->months, -period->days}), 0);
  date.said = say_shift(date.said, *period, sign.text);
  date.end = previous_end_;
  return date;
}

bool ConditionCompiler::check_types(Part& left, Operation operation, const Token& sign,
                                    Part& right) {
  if (left.kind == Kind::broken || right.kind == Kind::broken) return false;
  if (left.kind == Kind::literal && right.kind == Kind::literal) {
    report("P045", left.begin, right.end,
           {"two choices are compared, and no field", "deux choix sont comparés, sans aucun champ"},
           {"write `field = 'choice'`", "écrivez `champ = 'choix'`"});
    return false;
  }
  if (left.kind == Kind::literal && !settle_literal(left, right)) return false;
  if (right.kind == Kind::literal && !settle_literal(right, left)) return false;
  bool same = left.kind == right.kind;
  if (same && left.kind == Kind::choice) same = left.field->choices == right.field->choices;
  if (!same) {
    report_mismatch(left, right);
    return false;
  }
  bool ordered = operation != Operation::equal && operation != Operation::not_equal;
  if (ordered && (left.kind == Kind::flag || left.kind == Kind::choice)) {
    report(
        "P053", sign.begin, sign.begin + sign.size,
        {fmt::format("`{}` needs an order, and {} has none", sign.text, name_of(left.kind).en),
         fmt::format("`{}` suppose un ordre, et {} n'en a pas", sign.text, name_of(left.kind).fr)},
        {"use `=` or `!=`", "utilisez `=` ou `!=`"});
    return false;
  }
  return true;
}

bool ConditionCompiler::settle_literal(Part& literal, const Part& other) {
  if (other.kind != Kind::choice) {
    report_mismatch(literal, other);
    return false;
  }
  const auto& choices = other.field->choices;
  auto found = std::find(choices.begin(), choices.end(), literal.literal);
  if (found == choices.end()) {
    std::string all;
    for (const std::string& choice : choices)
      all += fmt::format("{}'{}'", all.empty() ? "" : ", ", choice);
    report(
        "P045", literal.begin, literal.end,
        {fmt::format("{} is no choice of `{}`", in_backticks(literal.literal), other.field->name),
         fmt::format("{} n'est pas un choix de `{}`", in_backticks(literal.literal),
                     other.field->name)},
        join_texts(suggest(nearest(literal.literal, std::span<const std::string>{choices})),
                   {"its choices are " + all, "ses choix sont " + all}));
    return false;
  }
  condition_.steps_[literal.step].operand = found - choices.begin();
  literal.kind = Kind::choice;
  literal.field = other.field;
  return true;
}

void ConditionCompiler::report_mismatch(const Part& left, const Part& right) {
  if (right.begin < left.begin) return report_mismatch(right, left);
  auto either = [&](Kind kind) { return left.kind == kind || right.kind == kind; };
  Text help{"compare things of one kind", "comparez des choses de même nature"};
  if (either(Kind::money) && either(Kind::integer)) {
    const Part& number = left.kind == Kind::integer ? left : right;
    help = {fmt::format("an amount has a currency: `{} {}`", source(number), currency_.name()),
            fmt::format("un montant a une monnaie : `{} {}`", source(number), currency_.name())};
  } else if (either(Kind::choice) && !either(Kind::literal) && left.kind != right.kind) {
    help = {"a choice stands in single quotes: `'settled'`",
            "un choix s'écrit entre apostrophes : `'settled'`"};
  } else if (either(Kind::date) && either(Kind::literal)) {
    help = {"a date has no quotes: 2026-01-31", "une date s'écrit sans guillemets : 2026-01-31"};
  }
  Text a = name_of(left.kind), b = name_of(right.kind);
  Text message{fmt::format("{} ({}) cannot be compared with {} ({})", in_backticks(source(left)),
                           a.en, in_backticks(source(right)), b.en),
               fmt::format("{} ({}) ne se compare pas à {} ({})", in_backticks(source(left)), a.fr,
                           in_backticks(source(right)), b.fr)};
  if (left.kind == Kind::choice && right.kind == Kind::choice) {
    help = {"the two fields have different choices", "les deux champs ont des choix différents"};
  }
  report("P043", left.begin, right.end, std::move(message), std::move(help));
}

ConditionCompiler::Part ConditionCompiler::syntax_error(Text wanted) {
  if (token_.kind == Token::Kind::unreadable) return foreign_spelling();
  if (token_.kind == Token::Kind::unclosed && !failed_) {
    return fail("P051", token_.begin, token_.begin + token_.size,
                {"this quote is never closed", "ce guillemet n'est jamais fermé"},
                {"end the choice with `'`", "terminez le choix par `'`"});
  }
  bool end = token_.kind == Token::Kind::end;
  std::string found = end ? "" : in_backticks(text_.substr(token_.begin, token_.size));
  return fail("P041", token_.begin, token_.begin + token_.size,
              {fmt::format("expected {}, found {}", wanted.en, end ? "the end" : found),
               fmt::format("attendu : {} ; trouvé : {}", wanted.fr, end ? "la fin" : found)},
              {"see docs/formats/where.md for the grammar",
               "voir docs/formats/where.md pour la grammaire"});
}

ConditionCompiler::Part ConditionCompiler::foreign_spelling() {
  struct Spelling {
    std::string_view foreign, own;
  };
  constexpr std::array kSpellings = {
      Spelling{"==", "="},  Spelling{"<>", "!="}, Spelling{"&&", "and"}, Spelling{"||", "or"},
      Spelling{"!", "not"}, Spelling{"\"", "'"},  Spelling{"≤", "<="},   Spelling{"≥", ">="},
      Spelling{"≠", "!="},  Spelling{"’", "'"},   Spelling{"‘", "'"},    Spelling{"−", "-"}};
  std::string_view written = text_.substr(token_.begin, token_.size);
  auto known = std::find_if(kSpellings.begin(), kSpellings.end(),
                            [&](const Spelling& s) { return s.foreign == written; });
  Text help{"see docs/formats/where.md for the grammar",
            "voir docs/formats/where.md pour la grammaire"};
  if (known != kSpellings.end()) {
    help = {fmt::format("write `{}`", known->own), fmt::format("écrivez `{}`", known->own)};
  }
  return fail("P040", token_.begin, token_.begin + token_.size,
              {fmt::format("{} has no meaning here", in_backticks(written)),
               fmt::format("{} n'a pas de sens ici", in_backticks(written))},
              std::move(help));
}

}  // namespace credence
